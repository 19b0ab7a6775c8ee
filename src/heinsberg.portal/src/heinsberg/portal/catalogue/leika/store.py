"""The stored catalogue: packed rows and three small indices, once per site.

Rows lie as tuples in BTree leaves, some twenty to a database record: an
import of 5,000 rows writes a few hundred records, a changed row one or two.
"""

from .folding import fold
from .folding import words
from .rows import CatalogueEntry
from .rows import compose
from .rows import Layer
from .rows import OZG
from .rows import OzgService
from .rows import Row
from .rows import Situation
from .rows import SITUATIONS
from BTrees.OOBTree import OOBTree
from collections.abc import Iterator
from heapq import nsmallest
from persistent import Persistent
from typing import cast
from zope.annotation.interfaces import IAnnotations
from zope.interface import Interface


ANNOTATION = "heinsberg.catalogue"

_END = "\uffff"
_MAX_WORDS = 8
_MAX_LIMIT = 500


class Catalogue(Persistent):
    """The shared catalogue of all municipalities.

    ``search``, ``by_ozg`` and ``by_lebenslage`` know only rows that their
    source still lists; ``get`` also finds obsolete ones, for what refers to them.
    """

    version = 1

    def __init__(self) -> None:
        self._entries = OOBTree()
        self._ozg_services = OOBTree()
        self._situations = OOBTree()
        #: OZG id, folded Lage and folded word → tuple of ids (words: rank + id).
        self._by_ozg = OOBTree()
        self._by_situation = OOBTree()
        self._by_word = OOBTree()
        #: Kind of file → (moment in ISO form, name of the file) of the last change.
        self.imports: dict[str, tuple[str, str]] = {}

    def table(self, kind: str) -> OOBTree:
        """Return the tree of rows that a kind of file fills."""
        trees = {OZG: self._ozg_services, SITUATIONS: self._situations}
        return trees.get(kind, self._entries)

    def indices(self) -> dict[str, OOBTree]:
        """Return the indices by name; only a batch writes them."""
        return {
            "ozg": self._by_ozg,
            "situation": self._by_situation,
            "word": self._by_word,
        }

    def get(self, key: str) -> CatalogueEntry | None:
        """Return the entry of a Leistungsschlüssel or surrogate id, or None."""
        return cast(CatalogueEntry | None, _row(self._entries, key))

    def ozg_service(self, ozg_id: str) -> OzgService | None:
        """Return the OZG service of an id, or None."""
        return cast(OzgService | None, _row(self._ozg_services, ozg_id))

    def by_ozg(self, ozg_id: str) -> list[CatalogueEntry]:
        """Return the entries of an OZG service, by id."""
        return self._load(self._by_ozg.get(ozg_id, ()))

    def by_lebenslage(self, name: str) -> list[CatalogueEntry]:
        """Return the entries of a Lage, by id; spelling is folded."""
        return self._load(self._by_situation.get(fold(name), ()))

    def entries(self, *, obsolete: bool = False) -> Iterator[CatalogueEntry]:
        """Yield the entries by id, obsolete ones only if asked for."""
        return cast(Iterator[CatalogueEntry], _rows(self._entries, obsolete))

    def keys(self) -> Iterator[str]:
        """Yield every Leistungsschlüssel, obsolete ones included."""
        yield from self._entries.keys(min="99", max="99" + _END)

    def ozg_services(self, *, obsolete: bool = False) -> Iterator[OzgService]:
        """Yield the OZG services by id."""
        return cast(Iterator[OzgService], _rows(self._ozg_services, obsolete))

    def situations(self, *, obsolete: bool = False) -> Iterator[Situation]:
        """Yield the Lagen by name."""
        return cast(Iterator[Situation], _rows(self._situations, obsolete))

    def search(self, term: str, limit: int = 20) -> list[CatalogueEntry]:
        """Return the entries that hold every word of a term, the likeliest first.

        A word finds what begins with it, whatever its spelling of umlauts. A
        term of digits that begins with 99 is looked up among the keys.
        """
        limit = max(0, min(limit, _MAX_LIMIT))
        digits = "".join(term[:200].split())
        if digits.isdecimal() and digits.isascii() and digits.startswith("99"):
            return self._by_key(digits, limit)
        scores = self._scores(term[:200])
        best = nsmallest(limit, ((score, key) for key, score in scores.items()))
        found = self._load([key for _, key in best])
        return sorted(found, key=lambda entry: (scores[entry.id], fold(entry.name)))

    def stats(self) -> dict[str, int]:
        """Return the numbers of rows; reads the whole catalogue, so not for pages."""
        entries = list(self.entries(obsolete=True))
        return {
            "entries": len(entries),
            "with_key": sum(bool(entry.leistungsschluessel) for entry in entries),
            "without_key": sum(not entry.leistungsschluessel for entry in entries),
            "obsolete": sum(entry.obsolete for entry in entries),
            "ozg_services": len(self._ozg_services),
            "situations": len(self._situations),
        }

    def _by_key(self, digits: str, limit: int) -> list[CatalogueEntry]:
        found: list[CatalogueEntry] = []
        for key in self._entries.keys(min=digits, max=digits + _END):
            if len(found) >= limit:
                break
            entry = self.get(key)
            if entry is not None and not entry.obsolete:
                found.append(entry)
        return found

    def _scores(self, term: str) -> dict[str, int]:
        """Return id → score (small is good) of the entries that hold all words."""
        found = words(term)
        asked = [word for word in found if len(word) > 1][:_MAX_WORDS]
        total: dict[str, int] | None = None
        for word in sorted(asked, key=len, reverse=True):
            hits = self._word_scores(word)
            if total is None:
                total = hits
            else:
                total = {key: total[key] + hits[key] for key in total if key in hits}
            if not total:
                break
        return total or {}

    def _word_scores(self, word: str) -> dict[str, int]:
        hits: dict[str, int] = {}
        for token, postings in self._by_word.items(min=word, max=word + _END):
            for posting in postings:
                key = posting[1:]
                score = 2 * int(posting[0], 16) + (token != word)
                hits[key] = min(score, hits.get(key, score))
        return hits

    def _load(self, ids: list[str] | tuple[str, ...]) -> list[CatalogueEntry]:
        found = (self.get(key) for key in ids)
        return [entry for entry in found if entry is not None]


def _row(tree: OOBTree, key: str) -> Row | None:
    layers: tuple[Layer, ...] | None = tree.get(key)
    return None if layers is None else compose(key, layers)


def _rows(tree: OOBTree, obsolete: bool) -> Iterator[Row]:
    for key, layers in tree.items():
        row = compose(key, layers)
        if obsolete or not row.obsolete:
            yield row


def ensure_catalogue(site: Interface) -> Catalogue:
    """Return the site's catalogue, made on the first call (a write)."""
    annotations = IAnnotations(site)
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = Catalogue()
    return cast(Catalogue, annotations[ANNOTATION])


def catalogue_of(site: Interface) -> Catalogue:
    """Return the site's catalogue for reading, an empty one if none was imported."""
    found = IAnnotations(site).get(ANNOTATION)
    return Catalogue() if found is None else cast(Catalogue, found)
