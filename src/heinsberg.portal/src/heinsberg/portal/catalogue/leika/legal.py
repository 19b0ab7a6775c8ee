"""Legal bases as the catalogue writes them: "§ 6 Paßgesetz (PaßG) [http://…], …"."""

from typing import NamedTuple
from urllib.parse import urlsplit

import re


_BRACKET = re.compile(r"\[((?:[a-z][a-z0-9+.\-]*:|www\.)[^\[\]]*)\]", re.IGNORECASE)
_UNSAFE = re.compile(r"[\s\"'<>\\^`{|}]")


class LegalBasis(NamedTuple):
    """A norm and where it can be read; ``url`` is http, https or empty."""

    title: str
    url: str


def split_legal_basis(text: str) -> tuple[LegalBasis, ...]:
    """Return the norms of a cell in their order, without repetitions.

    Only addresses in brackets separate norms, since titles hold commas of
    their own ("§§ 19, 20a").
    """
    found: dict[LegalBasis, None] = {}
    end = 0
    for match in _BRACKET.finditer(text):
        title = text[end : match.start()].strip(" ,;")
        url = safe_url(match.group(1))
        if title or url:
            found[LegalBasis(title or url, url)] = None
        end = match.end()
    rest = text[end:].strip(" ,;")
    if rest:
        found[LegalBasis(rest, "")] = None
    return tuple(found)


def safe_url(text: str) -> str:
    """Return an address that is safe as a link, or an empty string."""
    url = text.strip()
    if url.lower().startswith("www."):
        url = f"https://{url}"
    if _UNSAFE.search(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return ""
    return url
