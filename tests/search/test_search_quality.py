"""German words find the written texts: the service that is meant comes first."""

from heinsberg.portal.search import api

import pytest
import transaction


#: What people type -> the service that is meant.
FIRST = {
    "Perso": "personalausweis-beantragen",
    "perso verloren": "personalausweis-verlust",
    "Personalausweise": "personalausweis-beantragen",
    "Ausweis": "personalausweis-beantragen",
    "Hund anmelden": "hund-anmelden",
    "Hunde": "hund-anmelden",
    "Hundesteuer": "hund-anmelden",
    "Ich möchte meinen Hund anmelden": "hund-anmelden",
    "Sperrmüll": "sperrmuell-anmelden",
    "Sperrmuell": "sperrmuell-anmelden",
    "sperrmull": "sperrmuell-anmelden",
    "Führungszeugnis": "fuehrungszeugnis",
    "fuehrungszeugnisse": "fuehrungszeugnis",
    "Führerscheine umtauschen": "fuehrerschein-umtausch",
    "Geburtsurkunden": "geburtsurkunde",
    "Reisepass": "reisepass-beantragen",
    "Reisepässe": "reisepass-beantragen",
    "Anwohnerparken": "bewohnerparkausweis",
    "Kita": "kita-platz",
    "Kindergarten": "kita-platz",
    "Gewerbe abmelden": "gewerbe-abmelden",
    "Heirat": "eheschliessung-anmelden",
}


@pytest.fixture
def find(world):
    from heinsberg.portal.municipality import api as municipality

    transaction.begin()
    infos = {info.id: info for info in municipality.municipalities(world.portal)}

    def call(text, language="de", place="gangelt", **rest):
        return api.find(world.portal, infos[place], api.Query(text, **rest), language)

    yield call
    transaction.abort()


@pytest.mark.parametrize("typed", FIRST)
def test_the_service_that_is_meant_comes_first(find, typed):
    page = find(typed)
    assert [hit.key for hit in page.hits][:1] == [FIRST[typed]], [hit.title for hit in page.hits][:5]


def test_all_words_before_some_words(find):
    assert not find("Hund anmelden").partial
    page = find("Hund Raumschiff")
    assert page.partial
    assert "hund-anmelden" in [hit.key for hit in page.hits]
    assert find("Raumschiff").total == 0
    assert not find("Raumschiff").partial


def test_title_before_keywords_before_text(find):
    keys = [hit.key for hit in find("Hund").hits]
    assert {"hund-anmelden", "hund-abmelden"} == set(keys[:2])
    assert find("Fundsache").hits[0].key == "fundsache"


def test_one_municipality_only(find):
    assert {hit.path.split("/")[2] for hit in find("Hund", place="selfkant").hits} == {"selfkant"}
    assert "geheim" not in [hit.key for hit in find("Hund", place="selfkant").hits]


def test_a_translation_stands_for_the_german_text(find):
    page = find("dog", "en")
    assert [(hit.title, hit.language) for hit in page.hits] == [("Register a dog", "en")]
    assert find("Hundesteuer", "en").hits[0].language == "de"


HOSTILE = [
    "", " ", "*", "?", '"', "AND", "OR", "NOT", "AND AND", "NOT hund", "hund AND", "(hund", "hund)", '"hund', "-hund",
    "a b c d e f g h i j k", "\x00", "hund\x00", "日本", "ﷺ", "²", "\ud800", "%", "' OR 1=1 --", "x" * 200, "🐕", "…",
    "hund* OR (katze", "<script>", "ſ", "İ", "\u200b", "ä" * 200, "_", "-", ".", "and", "or", "not", "1", "a",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_typed_breaks_the_search(find, typed):
    page = api.Query.of({"SearchableText": typed})
    assert find(page.text).total >= 0
