"""CSV files as rows that know their line."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from heinsberg.portal.pages.seeding.errors import SeedFileError
from heinsberg.portal.pages.seeding.files import is_id
from heinsberg.portal.pages.seeding.files import read_text
from pathlib import Path

import csv
import io
import re


@dataclass(frozen=True, slots=True)
class Row:
    """One record: values by column, blanks stripped."""

    file: str
    line: int
    values: Mapping[str, str]

    def has(self, column: str) -> bool:
        """Return whether the file has the column at all."""
        return column in self.values

    def text(self, column: str) -> str:
        """Return a value, '' for an empty or missing one."""
        return self.values.get(column, "")

    def required(self, column: str, hint: str = "") -> str:
        """Return a value; SeedFileError where it is empty."""
        value = self.text(column)
        if not value:
            raise self.error(column, f"is empty. {hint or 'Fill it in.'}")
        return value

    def id(self, column: str) -> str:
        """Return a value that is an id."""
        value = self.required(column)
        if not is_id(value):
            raise self.error(column, f"{value!r} is not an id: lower-case a to z, digits and single hyphens only.")
        return value

    def choice(self, column: str, allowed: Iterable[str], default: str | None = None) -> str:
        """Return one of the allowed values; an empty one is the default, if there is one."""
        value = self.text(column)
        if not value and default is not None:
            return default
        allowed = tuple(allowed)
        if value not in allowed:
            raise self.error(column, f"{value!r} is not known. Allowed: {', '.join(allowed)}.")
        return value

    def number(self, column: str, low: int, high: int) -> int | None:
        """Return a whole number between two bounds, None for an empty value."""
        value = self.text(column)
        if not value:
            return None
        if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
            raise self.error(column, f"{value!r} is not a whole number from {low} to {high}.")
        return int(value)

    def items(self, column: str) -> tuple[str, ...]:
        """Return the parts of a list, separated by | or ;."""
        return tuple(part.strip() for part in re.split(r"[|;]", self.text(column)) if part.strip())

    def ids(self, column: str) -> tuple[str, ...]:
        """Return a list of ids."""
        for part in self.items(column):
            if not is_id(part):
                raise self.error(column, f"{part!r} is not an id: lower-case a to z, digits and single hyphens only.")
        return self.items(column)

    def error(self, column: str, problem: str) -> SeedFileError:
        """Return the error for a value of this row."""
        return SeedFileError(self.file, problem, line=self.line, column=f"column {column}")


def read_table(path: Path, required: Iterable[str], aliases: Mapping[str, str] | None = None) -> list[Row]:
    """Return the rows of a CSV file with comma or semicolon, with or without a mark, any line ends.

    ``aliases`` maps other headings to ours; ours wins where both are there.
    """
    text = read_text(path).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise SeedFileError(path.name, "is empty. It needs a row of headings.")
    records = _records(path.name, text, _separator(text))
    line, heading = next(records)
    columns = _columns(path.name, line, heading, aliases or {})
    missing = [name for name in required if name not in columns]
    if missing:
        raise SeedFileError(
            path.name, f"the column {', '.join(missing)} is missing. Found: {', '.join(filter(None, columns))}.", line=line
        )
    return [_row(path.name, line, columns, fields) for line, fields in records]


def _separator(text: str) -> str:
    heading = text.lstrip("\n").split("\n", 1)[0]
    return ";" if heading.count(";") > heading.count(",") else ","


def _records(file: str, text: str, separator: str):
    """Yield (line, fields) of records that are not blank."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise SeedFileError(
                file, f"a quotation mark is opened and not closed, or stands inside a value ({error}).", line=line
            ) from error
        if any(field.strip() for field in fields):
            yield line, [field.strip() for field in fields]
        line = reader.line_num + 1


def _columns(file: str, line: int, heading: list[str], aliases: Mapping[str, str]) -> list[str]:
    """Return our names of the columns, '' for one that a better heading replaces."""
    names = [name.lower() for name in heading]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise SeedFileError(file, f"the column {', '.join(doubled)} is there twice.", line=line)
    return [
        name if aliases.get(name, name) == name else ("" if aliases[name] in names else aliases[name])
        for name in names
    ]


def _row(file: str, line: int, columns: list[str], fields: list[str]) -> Row:
    if len(fields) > len(columns):
        raise SeedFileError(
            file, f"has {len(fields)} values for {len(columns)} columns. Put values that hold a separator in quotation marks.", line=line
        )
    if len(fields) < len(columns):
        raise SeedFileError(file, f"has {len(fields)} values for {len(columns)} columns. Is the row cut off?", line=line)
    return Row(file, line, {name: value for name, value in zip(columns, fields, strict=True) if name})
