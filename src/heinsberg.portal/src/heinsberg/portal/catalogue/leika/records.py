"""Text of a CSV table to records with line numbers; a broken one harms no other."""

from .errors import RowError
from collections.abc import Iterator
from itertools import islice

import csv
import re


#: Longest line and most lines of one record; more is a quote that was never closed.
MAX_LINE = 100_000
MAX_LINES = 50


def split_lines(text: str) -> list[str]:
    """Return the lines of a text, whatever system wrote it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def split_line(line: str, separator: str) -> list[str]:
    """Return the fields of a record that stands on one line; raises RowError."""
    if len(line) > MAX_LINE:
        raise RowError(f"the line has {len(line)} characters (at most {MAX_LINE})")
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error as error:
        raise RowError(f"not readable as CSV: {error}") from error


def records(
    lines: list[str], start: int, separator: str, row_start: re.Pattern[str]
) -> Iterator[tuple[int, list[str] | RowError]]:
    """Yield (line number, fields or error) from index ``start`` on, but no blanks.

    ``row_start`` matches how a record begins: a quoted field that seems to
    swallow such a line was never closed, and only its own line is given up.
    """
    index = start
    while index < len(lines):
        line = lines[index]
        if not line.strip():
            index += 1
            continue
        try:
            fields, used = _record(lines, index, separator, row_start)
        except RowError as error:
            yield index + 1, error
            used = 1
        else:
            if any(field.strip() for field in fields):
                yield index + 1, fields
        index += used


def _record(
    lines: list[str], index: int, separator: str, row_start: re.Pattern[str]
) -> tuple[list[str], int]:
    """Return the fields of the record at an index, and how many lines it takes."""
    line = lines[index]
    if '"' not in line or len(line) > MAX_LINE:
        return split_line(line, separator), 1
    reader = csv.reader(
        (text + "\n" for text in islice(lines, index, index + MAX_LINES)),
        delimiter=separator,
        strict=True,
    )
    try:
        fields = next(reader)
    except csv.Error as error:
        if "unexpected end" in str(error) or reader.line_num > 1:
            raise RowError("a quotation mark is opened and never closed") from error
        # A stray quotation mark inside a field: read it as it stands.
        return split_line(line, separator), 1
    used = reader.line_num
    if any(row_start.match(text) for text in lines[index + 1 : index + used]):
        raise RowError("a quotation mark is opened and not closed before the next row")
    return fields, used
