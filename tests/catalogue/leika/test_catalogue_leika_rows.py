"""Pure parts: legal bases, folding, packing and composing."""

from dataclasses import replace
from heinsberg.portal.catalogue.leika.folding import fold
from heinsberg.portal.catalogue.leika.legal import split_legal_basis
from heinsberg.portal.catalogue.leika.rows import Assignment
from heinsberg.portal.catalogue.leika.rows import CatalogueEntry
from heinsberg.portal.catalogue.leika.rows import compose
from heinsberg.portal.catalogue.leika.rows import LEIKA
from heinsberg.portal.catalogue.leika.rows import pack
from heinsberg.portal.catalogue.leika.rows import SERVICES
from heinsberg.portal.catalogue.leika.rows import surrogate_id
from heinsberg.portal.catalogue.leika.rows import unpack

import pytest


ENTRY = CatalogueEntry(
    id="99000000000001",
    name="Hundesteuer",
    typ="5",
    assignments=(Assignment("10001", "Hunde", "Tierhaltung", "Engagement & Hobby"),),
    legal_basis=split_legal_basis("§ 3 KAG [http://example.org/kag]"),
    relevance=(True, False),
)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", []),
        ("asdqw", [("asdqw", "")]),
        ("§§ 19, 20a HO [http://x.org/19]", [("§§ 19, 20a HO", "http://x.org/19")]),
        (
            "§ 1 A [http://x.org/1], § 2 B [https://x.org/2?a=b;c#d]",
            [("§ 1 A", "http://x.org/1"), ("§ 2 B", "https://x.org/2?a=b;c#d")],
        ),
        ("V [www.x.org/v/], W", [("V", "https://www.x.org/v/"), ("W", "")]),
        ("§ 1 A [alte Fassung] B", [("§ 1 A [alte Fassung] B", "")]),
        ("https://x.org [https://x.org]", [("https://x.org", "https://x.org")]),
        ("[http://x.org]", [("http://x.org", "http://x.org")]),
        ("§ 1 [javascript:alert(1)]", [("§ 1", "")]),
        ("A [http://x.org], A [http://x.org]", [("A", "http://x.org")]),
        ("A [http://[::1]", [("A [http://[::1]", "")]),
        ("A [http://x.org", [("A [http://x.org", "")]),
    ],
)
def test_legal_bases_are_split_at_their_addresses(text, expected):
    assert list(split_legal_basis(text)) == expected


@pytest.mark.parametrize(
    "one, other",
    [("Müll", "mull"), ("Straße", "STRASSE"), ("Führer", "Fuehrer"), ("Café", "cafe")],
)
def test_spellings_fold_alike(one, other):
    assert fold(one) == fold(other)


def test_what_is_typed_so_far_folds_to_a_beginning():
    for spelling in ("Fuehrerschein", "Führerschein", "Straßenbau", "Steuer"):
        for end in range(1, len(spelling)):
            assert fold(spelling).startswith(fold(spelling[:end]))


def test_names_of_other_scripts_keep_ids_of_their_own():
    ids = {surrogate_id(name) for name in ("Πόλη", "Город", "???", "!!!", "Müll")}
    assert len(ids) == 5
    assert surrogate_id("Abmeldung  Müll") == surrogate_id("abmeldung Muell")


def test_packing_keeps_every_field():
    full = replace(
        ENTRY,
        law="KAG",
        abbreviation="KAG",
        citizen_name="Hund anmelden",
        synonyms=("Wau",),
        features="x",
        published="2024-01-01",
    )
    for entry in (full, ENTRY, CatalogueEntry(id="99000000000002")):
        assert unpack(CatalogueEntry, entry.id, pack(entry)) == entry


def test_stored_values_are_plain_and_short():
    assert len(pack(ENTRY)) == 7
    assert type(pack(ENTRY)[2][0]) is tuple
    assert pack(CatalogueEntry(id="99000000000002")) == ()


def test_the_content_hash_follows_the_content_alone():
    assert (
        ENTRY.content_hash == replace(ENTRY, stand="2019", obsolete=True).content_hash
    )
    changed = replace(ENTRY, legal_basis=())
    assert changed.content_hash != ENTRY.content_hash
    assert len(ENTRY.content_hash) == 16


def test_leika_has_the_last_word_on_what_it_states():
    own = CatalogueEntry(
        id=ENTRY.id, name="Hundesteuer neu", synonyms=("Wau",), published="2024-01-01"
    )
    layers = (
        (LEIKA, False, pack(own)),
        (SERVICES, False, pack(ENTRY)),
    )
    both = compose(ENTRY.id, layers)
    assert (both.name, both.typ, both.ozg_id) == ("Hundesteuer neu", "5", "10001")
    assert (both.stand, both.obsolete) == ("2024-01-01", False)
    only = compose(ENTRY.id, layers[1:])
    assert (only.name, only.stand) == ("Hundesteuer", "2019")


def test_a_row_is_obsolete_when_every_source_dropped_it():
    own = pack(CatalogueEntry(id=ENTRY.id, name="Neu"))
    dropped = (SERVICES, True, pack(ENTRY))
    assert not compose(ENTRY.id, (dropped, (LEIKA, False, own))).obsolete
    gone = compose(ENTRY.id, (dropped, (LEIKA, True, own)))
    assert gone.obsolete and gone.name == "Neu" and gone.ozg_id == "10001"
