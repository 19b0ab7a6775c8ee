"""import-leika: all or nothing per file, reruns that write nothing, small changes."""

from heinsberg.portal.catalogue.commands import import_leika
from heinsberg.portal.catalogue.leika.store import ANNOTATION
from heinsberg.portal.catalogue.leika.store import catalogue_of
from heinsberg.portal.catalogue.leika.store import ensure_catalogue
from time import perf_counter
from types import SimpleNamespace
from zope.annotation.interfaces import IAnnotations

import pytest
import transaction


def written(database, since):
    """Return the sizes of the database records written after a transaction."""
    return [
        len(record.data)
        for txn in database.storage.iterator()
        if txn.tid > since
        for record in txn
    ]


def test_a_refused_file_leaves_no_trace(run, site, database):
    before = database.lastTransaction()
    code, lines = run(b"PK\x03\x04 not a table")
    assert code == 1
    assert "refused" in lines[0] and "Excel" in lines[0]
    assert ANNOTATION not in IAnnotations(site)
    assert database.lastTransaction() == before


def test_a_missing_file_is_refused(site, tmp_path):
    lines = []
    options = SimpleNamespace(files=[str(tmp_path / "none.csv"), str(tmp_path)])
    assert import_leika(site, options, lines.append) == 1
    assert len(lines) == 2 and all("cannot be read" in line for line in lines)


def test_one_refused_file_does_not_stop_the_others(run, site, make):
    code, lines = run(b"\0\0\0", make(1, 2))
    assert code == 1
    assert catalogue_of(site).get("99000000000002") is not None
    transaction.abort()
    assert catalogue_of(site).get("99000000000002") is not None


def test_a_file_that_looks_cut_off_is_refused(run, site, make):
    run(make(*range(1, 201)))
    code, lines = run(make(*range(1, 50)))
    assert code == 1 and "cut off" in lines[-1]
    assert catalogue_of(site).stats()["obsolete"] == 0
    code, lines = run(make(*range(1, 50)), accept_removals=True)
    assert code == 0
    assert catalogue_of(site).stats()["obsolete"] == 151


def test_broken_rows_are_told_with_their_line(run, make):
    code, lines = run(make(1, make.row(2, key="3233"), 3))
    assert code == 0
    assert any("3 rows read: 2 new" in line and "1 skipped" in line for line in lines)
    assert any("line 3 (skipped): “3233”" in line for line in lines)


def test_many_findings_are_counted(run, make):
    bad = [make.row(number, key="1") for number in range(200)]
    _, lines = run(make(1, *bad))
    assert sum("(skipped)" in line for line in lines) == 50
    assert "150 more" in lines[-1]


def test_a_broken_row_keeps_what_is_stored(run, site, make):
    run(make(1, 2, 3))
    run(make(1, make.row(2, name=" "), 3))
    run(make(1, make.row(2, name='"x'), 3))
    run(make(1, make.row(2, flags="1"), 3))
    entry = catalogue_of(site).get("99000000000002")
    assert entry.name == "Leistung 2" and not entry.obsolete


def test_a_rerun_touches_no_object(run, site, database, make):
    run(make(1, 2, make.row(3, key="nicht im LeiKa")))
    before = database.lastTransaction()
    assert not site._p_jar._registered_objects
    code, lines = run(make(1, 2, make.row(3, key="nicht im LeiKa")))
    assert code == 0
    assert not site._p_jar._registered_objects
    assert database.lastTransaction() == before
    assert "  Nothing has changed; nothing was written." in lines
    assert any("0 new, 0 changed, 3 unchanged, 0 no longer" in line for line in lines)


def test_a_changed_row_updates_that_row_alone(run, site, database, make):
    run(make(*range(1, 1001)))
    old = {entry.id: entry for entry in catalogue_of(site).entries()}
    before = database.lastTransaction()
    rows = [make.row(7, name="Katzensteuer"), *range(8, 1001)]
    _, lines = run(make(*range(1, 7), *rows))
    assert any("0 new, 1 changed, 999 unchanged" in line for line in lines)
    new = {entry.id: entry for entry in catalogue_of(site).entries()}
    assert {key for key in new if new[key] != old[key]} == {"99000000000007"}
    assert new["99000000000007"].content_hash != old["99000000000007"].content_hash
    sizes = written(database, before)
    assert len(sizes) < 10
    assert [e.id for e in catalogue_of(site).search("katzen")] == ["99000000000007"]
    assert "99000000000007" not in {
        e.id for e in catalogue_of(site).search("Leistung 7")
    }


def test_a_dropped_row_is_kept_as_obsolete_and_comes_back(run, site, database, make):
    run(make(1, 2, 3))
    _, lines = run(make(1, 3))
    catalogue = catalogue_of(site)
    assert any("1 no longer listed" in line for line in lines)
    assert catalogue.get("99000000000002").obsolete
    assert catalogue.get("99000000000002").name == "Leistung 2"
    assert {e.id[-1] for e in catalogue.search("leistung")} == {"1", "3"}
    assert {e.id[-1] for e in catalogue.by_ozg("10001")} == {"1", "3"}
    before = database.lastTransaction()
    _, lines = run(make(1, 3))
    assert any("0 no longer listed" in line for line in lines)
    assert database.lastTransaction() == before
    _, lines = run(make(1, 2, 3))
    assert any("1 changed, 2 unchanged" in line for line in lines)
    assert not catalogue.get("99000000000002").obsolete
    assert len(catalogue.by_ozg("10001")) == 3


def test_two_sources_do_not_overwrite_each_other(run, site, database, make):
    leika = (
        "Schluessel;Bezeichnung;Typ;Synonyme\n"
        "99000000000001;Leistung neu;4b;Wauwau\n"
        "99000000000009;Nur im LeiKa;5;\n"
    ).encode("iso-8859-1")
    run(make(1, 2), leika)
    catalogue = catalogue_of(site)
    entry = catalogue.get("99000000000001")
    assert (entry.name, entry.typ, entry.ozg_id) == ("Leistung neu", "4b", "10001")
    assert catalogue.get("99000000000009").ozg_id == ""
    assert [e.id for e in catalogue.search("wauwau")] == ["99000000000001"]
    before = database.lastTransaction()
    assert run(make(1, 2), leika)[0] == 0
    assert database.lastTransaction() == before


def test_the_catalogue_is_made_once(site):
    first = ensure_catalogue(site)
    transaction.commit()
    assert ensure_catalogue(site) is first
    assert not site._p_jar._registered_objects


def test_the_default_files_within_the_time(site, database):
    lines = []
    started = perf_counter()
    assert import_leika(site, SimpleNamespace(files=[]), lines.append) == 0
    assert perf_counter() - started < 10
    stats = catalogue_of(site).stats()
    assert stats == {
        "entries": 5247,
        "with_key": 4813,
        "without_key": 434,
        "obsolete": 0,
        "ozg_services": 557,
        "situations": 0,
    }
    assert sum("rows" in line and " of " in line for line in lines) >= 11
    before = database.lastTransaction()
    assert sum(written(database, b"\0" * 8)) < 5_000_000
    lines.clear()
    assert import_leika(site, SimpleNamespace(files=[]), lines.append) == 0
    assert lines.count("  Nothing has changed; nothing was written.") == 2
    assert database.lastTransaction() == before


@pytest.mark.parametrize("written_as", ["utf-16", "cp1252"])
def test_the_same_rows_in_another_dress_change_nothing(run, data, written_as):
    content = (data / "ozg_services_leika.csv").read_bytes()
    run(content)
    text = content.decode().replace("\r\n", "\n")
    # What Windows-1252 lacks cannot be compared.
    text = "\n".join(
        line
        for line in text.split("\n")
        if line == line.encode("cp1252", "ignore").decode("cp1252")
    )
    _, lines = run(text.encode(written_as))
    assert any(" 0 new, 0 changed" in line for line in lines)
