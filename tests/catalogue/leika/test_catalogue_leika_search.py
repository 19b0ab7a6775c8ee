"""The stored catalogue's look-ups, on the real data, and the editors' vocabulary."""

from heinsberg.portal.catalogue.leika import vocabulary
from heinsberg.portal.catalogue.leika.importing import import_source
from heinsberg.portal.catalogue.leika.reader import read_file
from heinsberg.portal.catalogue.leika.store import Catalogue
from heinsberg.portal.catalogue.leika.store import catalogue_of
from heinsberg.portal.catalogue.leika.vocabulary import KeyVocabulary
from zope.schema.interfaces import IVocabularyTokenized

import pytest


@pytest.fixture(scope="module")
def catalogue():
    from heinsberg.portal.foundation import environment

    folder = environment.home() / "profiles" / "common" / "data"
    filled = Catalogue()
    for name in ("ozg_services_leika.csv", "ozg_leistungen.csv"):
        import_source(filled, read_file((folder / name).read_bytes()), name)
    return filled


@pytest.mark.parametrize(
    "term, name",
    [
        ("hundest", "Hundesteuer"),
        ("Führerschein", "Führerschein"),
        ("fuehrersch", "Führerschein"),
        ("fuhrerschein ers", "Führerschein Ersatz"),
        ("sperrmuell", "Sperrmüll"),
        ("PERSONALAUSWEIS ausst", "Personalausweis Ausstellung"),
        ("99008001012", "Personalausweis Ausstellung"),
        ("99 008 001 012 000", "Personalausweis Ausstellung"),
        ("verlust führerschein", "Führerschein Ersatz wegen Verlust"),
    ],
)
def test_the_first_hit_is_the_one_meant(catalogue, term, name):
    assert catalogue.search(term, 5)[0].name == name


@pytest.mark.parametrize(
    "term", ["", " ", "x", "xyzzy", "hund xyzzy", "!!", "\0", "99999", "'; DROP", "%"]
)
def test_what_finds_nothing_finds_nothing(catalogue, term):
    assert catalogue.search(term) == []


def test_limits_are_kept(catalogue):
    assert len(catalogue.search("er", 7)) == 7
    assert len(catalogue.search("99", 7)) == 7
    assert catalogue.search("er", -1) == catalogue.search("99", 0) == []
    assert len(catalogue.search("er", 10**9)) == 500
    assert catalogue.search("hund " * 100_000)


def test_the_whole_word_comes_before_its_beginning(run, site, make):
    run(make(make.row(1, name="Hundesteuer"), make.row(2, name="Hund"), 3))
    assert [entry.name for entry in catalogue_of(site).search("hund", 1)] == ["Hund"]


def test_every_hit_holds_every_word(catalogue):
    found = catalogue.search("erteilung waff", 100)
    assert found
    for entry in found:
        assert "Waff" in f"{entry.name} {entry.ozg_leistung}"


def test_look_up_by_ozg_service_and_lage(catalogue):
    assert len(catalogue.by_ozg("10069")) == 318
    assert {entry.lebenslage for entry in catalogue.by_lebenslage("Tierhaltung")} == {
        "Tierhaltung"
    }
    assert len(catalogue.by_lebenslage("führerschein")) == len(
        catalogue.by_lebenslage("Fuehrerschein")
    )
    assert catalogue.by_ozg("") == catalogue.by_lebenslage("") == []
    assert catalogue.ozg_service("10110").name == "Abfallentsorgung"
    assert catalogue.ozg_service("1") is None and catalogue.get("") is None


def test_the_indices_agree_with_the_rows(catalogue):
    by_ozg: dict[str, set[str]] = {}
    for entry in catalogue.entries():
        for one in entry.assignments:
            by_ozg.setdefault(one.ozg_id, set()).add(entry.id)
    by_ozg.pop("", None)
    assert len(by_ozg) == 557
    for ozg_id, ids in by_ozg.items():
        assert {entry.id for entry in catalogue.by_ozg(ozg_id)} == ids


def test_the_vocabulary_searches_and_checks(catalogue):
    terms = KeyVocabulary(catalogue)
    assert IVocabularyTokenized.providedBy(terms)
    first = terms.search("hundest")[0]
    assert first.value == first.token == "99102013000000"
    assert first.title == "Hundesteuer (99102013000000)"
    assert terms.getTermByToken("99102013000000").value in terms
    assert len(terms) == sum(1 for _ in terms) == 4813
    assert len(terms.search("erteilung")) == 50


@pytest.mark.parametrize(
    "value", ["", "99", "99999999999999", None, 99102013000000, []]
)
def test_the_vocabulary_refuses_what_is_no_key(catalogue, value):
    assert value not in KeyVocabulary(catalogue)


def test_services_without_a_key_are_not_offered(catalogue):
    terms = KeyVocabulary(catalogue)
    (entry,) = catalogue.search("Abmeldung Abfallbehälter")
    assert entry.id not in terms
    assert terms.search("Abmeldung Abfallbehälter") == []
    with pytest.raises(LookupError):
        terms.getTermByToken(entry.id)


def test_terms_are_made_when_they_are_asked_for(catalogue, monkeypatch):
    made = []
    monkeypatch.setattr(vocabulary, "_term", lambda entry: made.append(entry) or entry)
    terms = KeyVocabulary(catalogue)
    next(iter(terms))
    assert "99102013000000" in terms
    assert len(made) == 1


def test_an_obsolete_key_stays_valid_but_is_not_offered(run, site, make):
    run(make(1, 2, 3))
    run(make(1, 3))
    terms = KeyVocabulary(catalogue_of(site))
    assert "99000000000002" in terms
    assert terms.getTerm("99000000000002").token == "99000000000002"
    offered = {term.value for term in terms.search("leistung")} | {
        term.value for term in terms
    }
    assert offered == {"99000000000001", "99000000000003"}
