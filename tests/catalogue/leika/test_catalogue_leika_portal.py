"""The catalogue on a real Plone site: annotation and named vocabulary."""

from heinsberg.portal.catalogue.leika.importing import import_source
from heinsberg.portal.catalogue.leika.reader import read_file
from heinsberg.portal.catalogue.leika.store import ANNOTATION
from heinsberg.portal.catalogue.leika.store import catalogue_of
from heinsberg.portal.catalogue.leika.store import ensure_catalogue
from z3c.formwidget.query.interfaces import IQuerySource
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtility
from zope.schema.interfaces import IVocabularyFactory


NAME = "heinsberg.portal.Leistungsschluessel"


def test_reading_writes_nothing(portal):
    assert catalogue_of(portal).search("hund") == []
    assert ANNOTATION not in IAnnotations(portal)


def test_an_empty_catalogue_has_an_empty_vocabulary(portal):
    terms = getUtility(IVocabularyFactory, NAME)(portal)
    assert list(terms) == terms.search("hund") == []


def test_the_vocabulary_reads_the_site_from_anywhere(portal, make):
    source = read_file(make(make.row(1, name="Hundesteuer")))
    import_source(ensure_catalogue(portal), source, "file.csv")
    for context in (portal, portal.acl_users, None):
        terms = getUtility(IVocabularyFactory, NAME)(context)
        assert IQuerySource.providedBy(terms)
        assert [term.token for term in terms.search("hunde")] == ["99000000000001"]
