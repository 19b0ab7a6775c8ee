"""Hits in the portal's catalog: of one municipality, published, in the wanted language or German."""

from dataclasses import dataclass
from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.search.query import index_query
from heinsberg.portal.search.query import Query
from heinsberg.portal.search.query import terms
from heinsberg.portal.search.query import TYPES


SIZE = 20
KIND_OF = {portal_type: kind for kind, portal_type in TYPES.items()}


@dataclass(frozen=True, slots=True)
class Hit:
    """One result."""

    title: str
    path: str
    uid: str
    language: str
    kind: str
    teaser: str
    online: bool
    executed_by: str
    demo: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of results and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int
    start: int
    size: int
    counts: dict[str, int]


def find(site, info, query: Query, language: str, size: int = SIZE) -> Page:
    """Return results of one municipality; without words and filters none.

    Title and search words count more than the text; equal ranks by title.
    """
    words = terms(query.text)
    if not words and not query.online:
        return Page((), 0, 0, size, {})
    filters = {}
    text = index_query(words)
    if text:
        filters["SearchableText"] = text
    if query.online:
        filters["service_channel"] = "online"
    found = [_hit(brain) for brain in _brains(info, language, filters)]
    counts: dict[str, int] = {}
    for hit in found:
        counts[hit.kind] = counts.get(hit.kind, 0) + 1
    if query.kinds:
        found = [hit for hit in found if hit.kind in query.kinds]
    found.sort(key=lambda hit: _rank(hit, words))
    start = min(query.start, max(len(found) - 1, 0)) // size * size
    return Page(tuple(found[start : start + size]), len(found), start, size, counts)


def _brains(info, language: str, filters: dict):
    found = []
    for portal_type in TYPES.values():
        if "service_channel" in filters and portal_type != "PublicService":
            continue
        found += catalogue.brains_of(info.path, portal_type, language, **filters)
    return found


def _hit(brain) -> Hit:
    line = brain.catalogue_line if isinstance(brain.catalogue_line, dict) else {}
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
    )


def _rank(hit: Hit, words: list[str]) -> tuple:
    """Return how far down a hit stands: title first, services before other things."""
    title = catalogue.fold(hit.title)
    folded = [catalogue.fold(word) for word in words]
    starts = bool(folded) and title.startswith(folded[0])
    inside = sum(word in title for word in folded)
    order = list(TYPES).index(hit.kind)
    return (not starts, -inside, order, catalogue.sort_key(hit.title))
