"""A–Z as German indexes do it (DIN 5007-1): Ä like A, ß like ss."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import re
import unicodedata


_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
_WITH_UMLAUT = re.compile(r"[\w-]*[äöüÄÖÜß][\w-]*")

#: The drawer for titles that begin with a digit or a sign.
OTHER = "0–9"


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A line of the A–Z: a title, or another word that leads to a title."""

    text: str
    target: object
    title: str
    synonym: bool = False


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return a text without accents and in lower case: Ä -> a, ß -> ss."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ẞ", "ss"))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def sort_key(text: str) -> tuple[str, str]:
    """Return the key to sort titles by; signs and blanks at the front do not count."""
    return (re.sub(r"^\W+", "", fold(text)), text)


def letter(text: str) -> str:
    """Return the drawer of a title: A to Z, or ``0–9``."""
    first = sort_key(text)[0][:1].upper()
    return first if first and "A" <= first <= "Z" else OTHER


def search_variants(text: str) -> str:
    """Return the words with umlauts once more, written with ae, oe, ue, ss."""
    found = []
    for word in dict.fromkeys(_WITH_UMLAUT.findall(text)):
        for umlaut, plain in _UMLAUTS.items():
            word = word.replace(umlaut, plain)
        found.append(word.replace("ß", "ss"))
    return " ".join(found)


def group_by_letter(
    titles: Iterable[tuple[str, object, Iterable[str]]],
) -> list[tuple[str, list[IndexEntry]]]:
    """Return drawers (letter, entries) in order, from (title, target, synonyms).

    A synonym is left out where it is the first word of the title.
    """
    entries = []
    for title, target, synonyms in titles:
        entries.append(IndexEntry(title, target, title))
        start = fold(title)
        for word in dict.fromkeys(word.strip() for word in synonyms):
            if word and not re.match(rf"{re.escape(fold(word))}\b", start):
                entries.append(IndexEntry(word, target, title, True))
    entries.sort(key=lambda entry: (sort_key(entry.text), entry.synonym, sort_key(entry.title)))
    drawers: dict[str, list[IndexEntry]] = {}
    for entry in entries:
        drawers.setdefault(letter(entry.text), []).append(entry)
    return sorted(drawers.items(), key=lambda drawer: (drawer[0] == OTHER, drawer[0]))
