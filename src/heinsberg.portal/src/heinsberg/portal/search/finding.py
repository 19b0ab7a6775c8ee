"""Hits in the portal's catalog: of one municipality, published, in the wanted language or German."""

from collections.abc import Callable
from dataclasses import dataclass
from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.search.query import Query
from heinsberg.portal.search.query import terms
from heinsberg.portal.search.query import TYPES
from heinsberg.portal.search.words import index_query
from heinsberg.portal.search.words import score
from heinsberg.portal.search.words import significant
from Products.ZCTextIndex.ParseTree import ParseError
from Products.ZCTextIndex.ParseTree import QueryError


SIZE = 20
KIND_OF = {portal_type: kind for kind, portal_type in TYPES.items()}


@dataclass(frozen=True, slots=True)
class Hit:
    """One result; what only services have is empty for other kinds."""

    title: str
    path: str
    uid: str
    language: str
    kind: str
    teaser: str
    online: bool
    executed_by: str
    demo: bool
    key: str = ""
    keywords: tuple[str, ...] = ()
    life_situations: tuple[str, ...] = ()
    leistungsschluessel: str = ""
    trust: str = ""
    most_used: int | None = None
    relevance: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page of results and how many there are in all.

    ``partial``: nothing has all the words, these have some of them.
    """

    hits: tuple[Hit, ...]
    total: int
    start: int
    size: int
    counts: dict[str, int]
    partial: bool = False


def find(site, info, query: Query, language: str, size: int = SIZE) -> Page:
    """Return results of one municipality; without words and filters none.

    Title counts more than search words, these more than the text; equal ranks
    by title.
    """
    words = significant(terms(query.text))
    if not words and not query.online:
        return Page((), 0, 0, size, {})
    filters = {"service_channel": "online"} if query.online else {}
    brains, partial = looked_up(words, lambda **text: _brains(info, language, filters | text))
    found = [hit_of(brain) for brain in brains]
    counts: dict[str, int] = {}
    for hit in found:
        counts[hit.kind] = counts.get(hit.kind, 0) + 1
    if query.kinds:
        found = [hit for hit in found if hit.kind in query.kinds]
    found.sort(key=lambda hit: rank(hit, words))
    start = min(query.start, max(len(found) - 1, 0)) // size * size
    return Page(tuple(found[start : start + size]), len(found), start, size, counts, partial)


def looked_up(words: list[str], brains: Callable[..., list]) -> tuple[list, bool]:
    """Return (entries with all words, False), or (those with any of them, True) where no entry has all."""
    if not words:
        return brains(), False
    found = _with_text(brains, index_query(words))
    if found or len(words) == 1:
        return found, False
    found = _with_text(brains, index_query(words, every=False))
    return found, bool(found)


def _with_text(brains: Callable[..., list], text: str) -> list:
    if not text:
        return []
    try:
        return brains(SearchableText=text)
    except (ParseError, QueryError):
        # Signs that the lexicon does not take for a word leave an empty query.
        return []


def _brains(info, language: str, filters: dict):
    found = []
    for portal_type in TYPES.values():
        if "service_channel" in filters and portal_type != "PublicService":
            continue
        found += catalogue.brains_of(info.path, portal_type, language, **filters)
    return found


def hit_of(brain) -> Hit:
    """Return an entry of the catalog as a hit; nothing is woken."""
    line = brain.catalogue_line if isinstance(brain.catalogue_line, dict) else {}
    relevance = getattr(brain, "data_record_score_", None)
    return Hit(
        title=brain.Title or brain.getId,
        path=brain.getPath(),
        uid=brain.UID,
        language=brain.Language or "de",
        kind=KIND_OF[brain.portal_type],
        teaser=brain.Description or "",
        online=bool(line.get("online")),
        executed_by=line.get("executed_by", "own"),
        demo=bool(line.get("demo")),
        key=line.get("key") or brain.getId,
        keywords=tuple(line.get("keywords", ())),
        life_situations=tuple(line.get("life_situations", ())),
        leistungsschluessel=line.get("leistungsschluessel", ""),
        trust=line.get("trust", ""),
        most_used=line.get("most_used"),
        relevance=float(relevance) if isinstance(relevance, (int, float)) else 0.0,
    )


def rank(hit: Hit, words: list[str]) -> tuple:
    """Return how far down a hit stands: the better fit, services first, much used ones, closer texts."""
    order = list(TYPES).index(hit.kind)
    often = hit.most_used if hit.most_used else 1000
    fit = score(words, hit.title, hit.keywords, hit.teaser)
    return (-fit, order, often, -hit.relevance if not fit else 0, catalogue.sort_key(hit.title), hit.path)
