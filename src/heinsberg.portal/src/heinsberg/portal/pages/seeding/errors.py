"""Errors of seed files: which file, which line, which column, and how to mend it."""

from heinsberg.portal.foundation.errors import PortalError


class SeedError(PortalError):
    """The seed cannot go on; the message tells the operator what to do."""


class SeedFileError(SeedError):
    """A seed file says something that cannot be meant."""

    def __init__(self, file: str, problem: str, *, line: int | None = None, column: str = "") -> None:
        self.file, self.line, self.column, self.problem = file, line, column, problem
        place = file
        if line is not None:
            place += f", line {line}"
        if column:
            place += f", {column}"
        super().__init__(f"{place}: {problem}")
