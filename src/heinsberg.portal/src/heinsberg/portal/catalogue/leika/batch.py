"""Changes of one import: rows at once, indices together at the end."""

from .folding import fold
from .folding import words
from .rows import CatalogueEntry
from .rows import compose
from .rows import Layer
from .rows import pack
from .rows import Row
from .store import Catalogue
from BTrees.OOBTree import OOBTree
from collections import defaultdict
from collections.abc import Iterator


NEW = "new"
CHANGED = "changed"
UNCHANGED = "unchanged"

#: Rank of a word: its place in the name, then these. One hexadecimal digit.
_LAST_PLACE = 9
_OTHER_NAMES = 10
_OZG_NAMES = 12

#: (index, term) → ids, index being "ozg", "situation" or "word".
_Terms = dict[tuple[str, str], str]


class Batch:
    """Writes rows of one source; what is equal already is not touched."""

    def __init__(self, catalogue: Catalogue, source: str) -> None:
        self._catalogue = catalogue
        self._source = source
        self._tree: OOBTree = catalogue.table(source)
        self._added: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._removed: dict[tuple[str, str], set[str]] = defaultdict(set)

    def put(self, row: Row) -> str:
        """Store the source's part of a row; return NEW, CHANGED or UNCHANGED."""
        before: tuple[Layer, ...] = self._tree.get(row.id, ())
        mine = (self._source, False, pack(row))
        if mine in before:
            return UNCHANGED
        self._write(row.id, before, mine)
        return CHANGED if any(part[0] == self._source for part in before) else NEW

    def listed(self) -> set[str]:
        """Return the ids that the source listed at its last import."""
        return {
            key
            for key, layers in self._tree.items()
            if any(source == self._source and not gone for source, gone, _ in layers)
        }

    def retire(self, key: str) -> None:
        """Mark the source's part of a row as obsolete; the row is kept."""
        before: tuple[Layer, ...] = self._tree[key]
        for source, _, values in before:
            if source == self._source:
                self._write(key, before, (source, True, values))

    def finish(self) -> None:
        """Bring the indices up to date with the rows."""
        trees = self._catalogue.indices()
        for place in sorted(self._added.keys() | self._removed.keys()):
            index, term = place
            tree = trees[index]
            before = tree.get(term, ())
            # Removals first: a word that changed its rank is in both.
            ids = (set(before) - self._removed[place]) | self._added[place]
            after = tuple(sorted(ids))
            if not after:
                tree.pop(term, None)
            elif after != before:
                tree[term] = after

    def _write(self, key: str, before: tuple[Layer, ...], mine: Layer) -> None:
        others = [layer for layer in before if layer[0] != mine[0]]
        after = tuple(sorted([*others, mine], key=lambda layer: layer[0]))
        old = index_terms(compose(key, before)) if before else {}
        new = index_terms(compose(key, after))
        for place, posting in old.items() - new.items():
            self._removed[place].add(posting)
        for place, posting in new.items() - old.items():
            self._added[place].add(posting)
        self._tree[key] = after


def index_terms(row: Row) -> _Terms:
    """Return where a row stands in the indices; an obsolete one stands nowhere."""
    if row.obsolete or not isinstance(row, CatalogueEntry):
        return {}
    terms: _Terms = {}
    for one in row.assignments:
        if one.ozg_id:
            terms["ozg", one.ozg_id] = row.id
        if one.lebenslage:
            terms["situation", fold(one.lebenslage)] = row.id
    for rank, word in sorted(_ranked_words(row), reverse=True):
        if len(word) > 1:
            terms["word", word] = f"{rank:x}{row.id}"
    return terms


def _ranked_words(row: CatalogueEntry) -> Iterator[tuple[int, str]]:
    for at, word in enumerate(words(row.name)):
        yield min(at, _LAST_PLACE), word
    for text in (row.citizen_name, *row.synonyms):
        yield from ((_OTHER_NAMES, word) for word in words(text))
    for one in row.assignments:
        yield from ((_OZG_NAMES, word) for word in words(one.ozg_leistung))
