"""Cells of a catalogue table to values; what cannot be used says why."""

from .errors import RowError
from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

import re


#: Longest cell (characters); names of the catalogue reach 289, legal bases 953.
MAX_CELL = 20_000
MAX_NAME = 1_000

#: LeiKa types: the grades of 2019 and those in use since.
TYPES = frozenset("1 2 2/3 2a 2b 3 3a 3b 4 4a 4b 5 6 7 8 9 10 11 12 2/3a 2/3b".split())

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_OZG_ID = re.compile(r"\d{5}", re.ASCII)
_KEY = re.compile(r"99\d{12}", re.ASCII)
_NO_KEY = frozenset({"nicht im leika", "nicht in leika"})
_FLOAT = re.compile(r"9[.,]9\d*E\+?13", re.IGNORECASE)

#: Takes a remark on a cell of a row that is kept.
Note: TypeAlias = Callable[[str], object]


def clean(cells: dict[str, str], note: Note) -> dict[str, str]:
    """Return the cells with white space collapsed and control characters removed.

    Markup and spreadsheet formulas stay the text they are: whoever shows them
    escapes. Raises RowError for damaged or over-long cells.
    """
    result = {}
    for field, value in cells.items():
        if len(value) > MAX_CELL:
            raise RowError(f"{field} has {len(value)} characters (at most {MAX_CELL})")
        if "\ufffd" in value:
            raise RowError(f"{field} holds characters that were damaged on the way")
        if _CONTROL.search(value):
            value = _CONTROL.sub("", value)
            note(f"control characters were removed from {field}")
        result[field] = " ".join(value.split())
    return result


def read_key(text: str) -> str:
    """Return the key, empty for "nicht im LeiKa"; raises RowError."""
    if text.casefold() in _NO_KEY:
        return ""
    key = text.replace(" ", "")
    if _KEY.fullmatch(key):
        return key
    if _FLOAT.fullmatch(key):
        raise RowError(f"a spreadsheet turned the key into the number {text}")
    raise RowError(f"“{text[:40]}” is no Leistungsschlüssel (99 and 12 more digits)")


def read_name(text: str) -> str:
    """Return a name; raises RowError if it is missing or no name."""
    if not text:
        raise RowError("the name is missing")
    if len(text) > MAX_NAME:
        raise RowError(f"the name has {len(text)} characters (at most {MAX_NAME})")
    return text


def read_ozg_id(text: str) -> str:
    """Return an OZG id or an empty text; raises RowError."""
    if text and not _OZG_ID.fullmatch(text):
        raise RowError(f"“{text[:40]}” is no OZG id (five digits)")
    return text


def read_type(text: str, note: Note) -> str:
    """Return the LeiKa type as it stands; an unknown one is kept and noted."""
    odd = [part for part in text.split(",") if part.strip() not in TYPES]
    if text and odd:
        note(f"unknown LeiKa type “{text[:40]}”")
    return text


def read_law(text: str, legal_basis: str, abbreviation: str, note: Note) -> str:
    """Return the name of the law, without what testers typed.

    German laws begin with a capital: one small word with neither norm nor
    abbreviation beside it names nothing.
    """
    if text.isalpha() and text.islower() and not legal_basis and not abbreviation:
        note(f"“{text[:40]}” is no law and was left out")
        return ""
    return text


def read_flag(text: str, field: str, note: Note) -> bool:
    """Return a flag written 0 or 1."""
    if text not in ("", "0", "1"):
        note(f"{field} is “{text[:40]}”, not 0 or 1; taken as 0")
    return text == "1"


def read_date(text: str, note: Note) -> str:
    """Return the ISO date of "DD.MM.YYYY hh:mm" or an ISO date, else empty."""
    day = text.split(" ")[0].split("T")[0]
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(day, form).date().isoformat()  # noqa: DTZ007
        except ValueError:
            continue
    if text:
        note(f"“{text[:40]}” is no date")
    return ""
