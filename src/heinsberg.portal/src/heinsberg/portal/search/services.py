"""Services by words and by what they are; in one municipality or in all of them."""

from dataclasses import dataclass
from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.search.finding import Hit
from heinsberg.portal.search.finding import hit_of
from heinsberg.portal.search.finding import looked_up
from heinsberg.portal.search.finding import rank
from heinsberg.portal.search.query import normal
from heinsberg.portal.search.query import terms
from heinsberg.portal.search.words import significant


@dataclass(frozen=True, slots=True)
class ServiceQuery:
    """What services are looked for; empty values do not restrict."""

    text: str = ""
    life_situation: str = ""
    unit: str = ""
    target_group: str = ""
    executed_by: str = ""
    leistungsschluessel: str = ""
    online: bool | None = None

    def filters(self, situations: tuple[str, ...]) -> dict[str, object]:
        """Return the query of the catalog's indexes; ``situations`` are the keys that count for the wanted one."""
        wanted: dict[str, object] = {
            "life_situations": list(situations),
            "responsible_unit": self.unit,
            "target_group": self.target_group,
            "executed_by": self.executed_by,
            "leistungsschluessel": self.leistungsschluessel,
            "service_channel": "" if self.online is None else {"query": "online"} if self.online else {"not": "online"},
        }
        return {name: value for name, value in wanted.items() if value}


def find_services(path: str, query: ServiceQuery, language: str, situations_path: str = "") -> tuple[list[Hit], bool]:
    """Return (hits below a path, whether they have only some of the words), best first.

    Without words they are sorted by title. A theme stands for all its
    situations; they are read at ``situations_path``, by default at the same place.
    """
    situations = branch(situations_path or path, query.life_situation)
    filters = query.filters(situations)
    words = significant(terms(normal(query.text)))
    if query.text and not words:
        return [], False
    brains, partial = looked_up(
        words, lambda **text: catalogue.brains_of(path, "PublicService", language, **filters, **text)
    )
    hits = [hit_of(brain) for brain in brains]
    hits.sort(key=lambda hit: rank(hit, words) if words else (catalogue.sort_key(hit.title), hit.path))
    return hits, partial


def branch(path: str, key: str) -> tuple[str, ...]:
    """Return the key of a life situation, with those of its situations if it is a theme."""
    if not key:
        return ()
    below = [line.key for line in catalogue.life_situations_of(path) if line.parent == key]
    return (key, *below)
