"""What can be wrong with a catalogue file as a whole, and with one of its rows."""

from dataclasses import dataclass
from heinsberg.portal.foundation.errors import PortalError


class CatalogueFileError(PortalError):
    """The file is refused as a whole; nothing of it was imported."""


class RowError(ValueError):
    """One row cannot be used; its text is the reason."""


@dataclass(frozen=True, slots=True)
class Issue:
    """A finding in one row: ``skipped`` says whether the row was left out."""

    line: int
    reason: str
    skipped: bool = True
