"""The real files of profiles/common/data, and LeiKa's own form."""

from heinsberg.portal.catalogue.leika.reader import read_file
from heinsberg.portal.catalogue.leika.rows import is_key

import pytest


@pytest.fixture(scope="module")
def services():
    from heinsberg.portal.foundation import environment

    folder = environment.home() / "profiles" / "common" / "data"
    return read_file((folder / "ozg_services_leika.csv").read_bytes())


def test_counts_of_the_services(services):
    assert services.read == 5251
    assert sum(is_key(key) for key in services.rows) == 4813
    assert sum(not is_key(key) for key in services.rows) == 434
    assert all(
        row.leistungsschluessel in ("", row.id) for row in services.rows.values()
    )


def test_what_the_testers_left_is_reported(services):
    found = [(issue.line, issue.skipped) for issue in services.issues]
    assert found == [
        (2, False),
        (4548, True),
        (5154, False),
        (5251, True),
        (5252, True),
    ]
    assert "sdesf" in services.issues[0].reason
    assert "25323525" in services.issues[3].reason
    names = {row.name for row in services.rows.values()}
    assert not {"Test 124", "Test 4"} & names
    assert "(Baumuster-) Prüfung von Gefahrengutverpackungen" in names
    assert not {"sdesf", "asdqw"} & {row.law for row in services.rows.values()}


def test_a_service_in_two_ozg_services_is_one_entry(services):
    name = "Zulassung für die Beförderung unverpackter Gegenstände gem. ADR/RID/"
    (entry,) = (row for row in services.rows.values() if row.name.startswith(name))
    assert [one.ozg_id for one in entry.assignments] == ["10433", "10478"]


def test_an_entry_in_full(services):
    entry = services.rows["99046029001000"]
    assert entry.name == "Abdrucke aus dem Schuldnerverzeichnis Erteilung"
    assert entry.typ == "2/3"
    assert entry.ozg_id == "10569"
    assert entry.ozg_leistung == "Schuldnerverzeichnis"
    assert entry.lebenslage == "Querschnitt Unternehmen"
    assert entry.themenfeld == "Querschnitt"
    assert entry.legal_basis == (
        (
            "§ 882g Zivilprozessordnung (ZPO)",
            "http://www.gesetze-im-internet.de/zpo/__882g.html",
        ),
    )
    assert (entry.law, entry.abbreviation) == ("Zivilprozessordnung", "ZPO")
    assert entry.relevance == (False, False)


def test_every_legal_basis_has_title_and_address(services):
    bases = [basis for row in services.rows.values() for basis in row.legal_basis]
    assert len(bases) == 5022
    assert all(basis.title for basis in bases)
    assert sum(not basis.url for basis in bases) == 0
    assert all("[" not in basis.title for basis in bases)


def test_the_other_lists(data):
    ozg = read_file((data / "ozg_leistungen.csv").read_bytes())
    assert (ozg.kind, len(ozg.rows), ozg.issues) == ("ozg", 557, [])
    assert ozg.rows["10110"].name == "Abfallentsorgung"
    lagen = read_file((data / "lebenslagen.csv").read_bytes())
    assert (lagen.kind, len(lagen.rows), lagen.issues) == ("situations", 55, [])
    assert len({row.themenfeld for row in lagen.rows.values()}) == 14


def test_the_official_form_of_leika():
    text = (
        "Schluessel;Bezeichnung;Bezeichnung2;Typ;Leistungsgruppierung;"
        "Leistungskennung;Verrichtung;Verrichtungsdetail;Besondere Merkmale;"
        "Synonyme;Veröffentlichungsdatum\r\n"
        '99008001012000;Personalausweis Ausstellung;"Personalausweis\nbeantragen";'
        "2/3;008;001;012;;;Perso|Ausweis| Perso ;01.02.2024 13:37\r\n"
        "99008001014000;Personalausweis Meldung;;2/3;008;001;014;;;;gestern\r\n"
        "nicht im LeiKa;Etwas;;1;;;;;;;\r\n"
    )
    source = read_file(text.encode("iso-8859-1"))
    assert (source.kind, source.separator) == ("leika", ";")
    entry = source.rows["99008001012000"]
    assert entry.citizen_name == "Personalausweis beantragen"
    assert entry.synonyms == ("Perso", "Ausweis")
    assert entry.published == "2024-02-01"
    assert [(issue.line, issue.skipped) for issue in source.issues] == [
        (4, False),
        (5, True),
    ]
