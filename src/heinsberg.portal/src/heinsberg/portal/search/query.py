"""What a person looks for, cleaned: pure."""

from dataclasses import dataclass

import re
import unicodedata


#: Longest query and number of words that are looked up.
LENGTH, WORDS = 200, 8
TYPES = {
    "service": "PublicService",
    "unit": "OrganisationalUnit",
    "situation": "LifeSituation",
    "guide": "Guide",
    "news": "News",
    "page": "InformationPage",
}
_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Query:
    """A search: words, kinds of content, only online ones, page of results."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    online: bool = False
    start: int = 0

    @classmethod
    def of(cls, form: dict) -> "Query":
        """Return the query of a request's form; anything odd in it counts as absent."""
        text = form.get("SearchableText")
        kinds = form.get("art") or ()
        kinds = (kinds,) if isinstance(kinds, str) else kinds
        start = form.get("ab")
        return cls(
            text=normal(text) if isinstance(text, str) else "",
            kinds=tuple(kind for kind in TYPES if kind in kinds),
            online=form.get("online") == "1",
            start=int(start) if isinstance(start, str) and start.isdigit() and len(start) < 6 else 0,
        )


def normal(text: str) -> str:
    """Return a query without control characters, cut to its length."""
    text = unicodedata.normalize("NFC", text)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LENGTH]


def terms(text: str) -> list[str]:
    """Return the words of a query, in lower case, at most eight."""
    return [word.lower() for word in _WORD.findall(text)][:WORDS]
