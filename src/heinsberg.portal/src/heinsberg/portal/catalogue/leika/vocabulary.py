"""The Leistungsschlüssel as a vocabulary that is searched, not listed."""

from .rows import CatalogueEntry
from .store import Catalogue
from .store import catalogue_of
from collections.abc import Iterator
from Products.CMFCore.interfaces import ISiteRoot
from z3c.formwidget.query.interfaces import IQuerySource
from zope.component import queryUtility
from zope.interface import implementer
from zope.interface import Interface
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.interfaces import IVocabularyTokenized
from zope.schema.vocabulary import SimpleTerm


#: Hits offered to an editor for one term.
HITS = 50


@implementer(IVocabularyTokenized, IQuerySource)
class KeyVocabulary:
    """Keys of the catalogue: value and token are the 14 digits.

    Terms are made when they are asked for. Obsolete keys stay valid, so that
    what carries one can be saved, but are not offered.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __contains__(self, value: object) -> bool:
        return self._entry(value) is not None

    def __iter__(self) -> Iterator[SimpleTerm]:
        for entry in self._catalogue.entries():
            if entry.leistungsschluessel:
                yield _term(entry)

    def __len__(self) -> int:
        return sum(1 for _ in self._catalogue.keys())

    def getTerm(self, value: str) -> SimpleTerm:
        """Return the term of a key; raises LookupError."""
        entry = self._entry(value)
        if entry is None:
            raise LookupError(value)
        return _term(entry)

    getTermByToken = getTerm

    def search(self, query_string: str) -> list[SimpleTerm]:
        """Return the likeliest terms for an editor's words or the digits of a key."""
        found = self._catalogue.search(query_string, limit=2 * HITS)
        return [_term(entry) for entry in found if entry.leistungsschluessel][:HITS]

    def _entry(self, value: object) -> CatalogueEntry | None:
        entry = self._catalogue.get(value) if isinstance(value, str) else None
        return entry if entry is not None and entry.leistungsschluessel else None


def _term(entry: CatalogueEntry) -> SimpleTerm:
    key = entry.leistungsschluessel
    return SimpleTerm(value=key, token=key, title=f"{entry.name} ({key})")


@provider(IVocabularyFactory)
def leistungsschluessel(context: Interface) -> KeyVocabulary:
    """Return the vocabulary ``heinsberg.portal.Leistungsschluessel``."""
    site = queryUtility(ISiteRoot)
    return KeyVocabulary(Catalogue() if site is None else catalogue_of(site))
