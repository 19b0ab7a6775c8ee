"""Lists show what is published and in force, in the wanted language or German."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from heinsberg.portal.catalogue import api
from heinsberg.portal.foundation import clock

import pytest


NOON = datetime(2027, 3, 1, 12, 0, tzinfo=timezone.utc)


def add(place, name, **fields):
    fields.setdefault("title", name.title())
    fields.setdefault("key", name)
    publish = fields.pop("publish", True)
    return api.create(place["leistungen"], "PublicService", name, publish=publish, **fields)


def titles(lines):
    return [line.title for line in lines]


def test_only_published_services_in_force_are_listed(place, path):
    add(place, "jetzt")
    add(place, "privat", publish=False)
    add(place, "spaeter", effective=datetime(2027, 3, 2, 0, 0))
    add(place, "vorbei", expires=datetime(2027, 2, 1, 0, 0))
    with clock.frozen(NOON):
        assert titles(api.services_of(path)) == ["Jetzt"]
    with clock.frozen(NOON + timedelta(days=3)):
        assert titles(api.services_of(path)) == ["Jetzt", "Spaeter"]
    with clock.frozen(NOON - timedelta(days=60)):
        assert titles(api.services_of(path)) == ["Jetzt", "Vorbei"]


def test_filters(place, path):
    add(place, "a", life_situations=["geburt"], responsible_unit="standesamt", most_used=2)
    add(place, "b", life_situations=["geburt", "tod"], accepting_unit="standesamt", target_group=["business"])
    add(
        place, "c", executed_by="kreis", most_used=1,
        online_services=[{"title": "x", "url": "https://x.example", "kind": "application"}],
    )  # fmt: skip
    of = api.services_of
    assert titles(of(path, life_situation="geburt")) == ["A", "B"]
    assert titles(of(path, life_situation="tod")) == ["B"]
    assert titles(of(path, life_situation="gibt-es-nicht")) == []
    assert titles(of(path, unit="standesamt")) == ["A", "B"]
    assert titles(of(path, most_used=True)) == ["C", "A"]
    assert titles(of(path, online=True)) == ["C"]
    assert titles(of(path, key=["c", "a"])) == ["A", "C"]
    assert titles(of(path, target_group="business")) == ["B"]
    assert titles(of(path, executed_by="kreis")) == ["C"]
    assert titles(of(path, limit=1)) == ["A"]
    assert of(path, online=True)[0].badge == "online"
    assert titles(of(path + "/aemter")) == []


def test_titles_are_sorted_as_in_german(place, path):
    for number, title in enumerate(("Zebra", "Ärger", "Arm", "ähnlich")):
        add(place, f"s{number}", title=title)
    assert titles(api.services_of(path)) == ["ähnlich", "Ärger", "Arm", "Zebra"]


def test_a_missing_translation_is_shown_in_german(english, place, path):
    german = add(place, "hund", title="Hund anmelden")
    add(place, "katze", title="Katze melden")
    translated = api.create(
        english["services"], "PublicService", "hund", publish=True, title="Register a dog", key="hund"
    )
    api.translate_as(german, translated, "en")
    translated.reindexObject()
    lines = api.services_of(path, "en")
    assert [(line.title, line.language, line.key) for line in lines] == [
        ("Katze melden", "de", "katze"),
        ("Register a dog", "en", "hund"),
    ]
    assert titles(api.services_of(path, "de")) == ["Hund anmelden", "Katze melden"]


def test_keys_are_copied_to_translations_and_texts_are_not(portal, english, place):
    from heinsberg.portal.catalogue.interfaces import IPublicService
    from plone.app.multilingual.interfaces import IPloneAppMultilingualInstalled
    from zope.interface import alsoProvides
    from zope.lifecycleevent import modified

    alsoProvides(portal.REQUEST, IPloneAppMultilingualInstalled)
    german = add(place, "hund", teaser="Deutsch")
    other = api.create(english["services"], "PublicService", "hund", title="Dog", key="hund", teaser="English")
    api.translate_as(german, other, "en")
    german.leistungsschluessel = "99102013104000"
    german.life_situations = ["tierhaltung"]
    german.teaser = "Neu"
    modified(german)
    assert other.leistungsschluessel == "99102013104000"
    assert other.life_situations == ["tierhaltung"]
    assert other.teaser == "English"
    assert IPublicService["key"].__name__ == "key"


def test_themes_and_situations_come_as_a_tree(place, path):
    section = place["lebenslagen"]
    theme = api.create(section, "LifeSituation", "familie", publish=True, title="Familie", key="familie-kind", position=2)
    api.create(section, "LifeSituation", "bauen", publish=True, title="Bauen", key="bauen", position=1)
    api.create(theme, "LifeSituation", "geburt", publish=True, title="Geburt", key="geburt", icon="familie")
    api.create(theme, "LifeSituation", "entwurf", title="Entwurf", key="entwurf")
    lines = api.life_situations_of(path)
    assert [(line.title, line.parent) for line in lines] == [
        ("Bauen", ""), ("Familie", ""), ("Geburt", "familie-kind"),
    ]  # fmt: skip


def warn(place, name, **fields):
    api.create(place["hinweise"], "Warning", name, publish=True, title=name, **fields)


def test_warnings_are_shown_for_their_time_gravest_first(place, path):
    hour = timedelta(hours=1)
    warn(place, "immer", level="info")
    warn(place, "jetzt", level="danger", starts=NOON - hour, ends=NOON + hour, text="Bleiben Sie zu Hause.")
    warn(place, "kommt", level="warning", starts=NOON + hour)
    warn(place, "vorbei", level="warning", ends=NOON)
    assert titles(api.warnings_in_force(path, NOON)) == ["jetzt", "immer"]
    assert titles(api.warnings_in_force(path, NOON + 2 * hour)) == ["kommt", "immer"]
    with clock.frozen(NOON):
        assert titles(api.warnings_in_force(path)) == ["jetzt", "immer"]


def test_news_come_newest_first(place, path):
    from datetime import date

    for day in (1, 3, 2):
        api.create(place["aktuelles"], "News", f"n{day}", publish=True, title=f"N{day}", date=date(2026, 1, day))
    lines = api.news_of(path, limit=2)
    assert titles(lines) == ["N3", "N2"] and lines[0].day == date(2026, 1, 3)


def test_guides_and_pages(place, path):
    api.create(place["ratgeber"], "Guide", "umzug", publish=True, title="Umzug", key="umzug", life_situations=["umzug"])
    api.create(place["seiten"], "InformationPage", "nutzung", publish=True, title="Nutzung", kind="other")
    assert titles(api.guides_of(path)) == ["Umzug"]
    assert titles(api.guides_of(path, life_situation="umzug")) == ["Umzug"]
    assert titles(api.guides_of(path, life_situation="geburt")) == []
    assert titles(api.pages_of(path, kind="other")) == ["Nutzung"]
    # The pages that the law asks for came with the municipality.
    assert titles(api.pages_of(path, kind="imprint")) == ["Impressum"]


def test_a_new_object_gets_a_key_and_a_copy_gets_its_own(place):
    section = place["leistungen"]
    first = api.create(section, "PublicService", "hund", title="Hund")
    assert first.key == "hund"
    section.manage_pasteObjects(section.manage_copyObjects(["hund"]))
    copy = next(obj for obj in section.objectValues() if obj.getId() != "hund")
    assert copy.key and copy.key != "hund"


def test_search_finds_umlauts_in_each_spelling(portal, place):
    add(place, "muell", title="Müllabfuhr", teaser="Straße räumen", keywords=["Wertstoffhöfe"])
    for word in ("Müllabfuhr", "Muellabfuhr", "mullabfuhr", "Strasse", "raeumen", "Wertstoffhoefe"):
        assert len(portal.portal_catalog(SearchableText=word, portal_type="PublicService")) == 1, word


def test_the_factory_refuses_unknown_fields_and_finds_problems(place):
    with pytest.raises(TypeError):
        add(place, "x", preis="5")
    broken = add(place, "y", leistungsschluessel="1", costs=[{"label": "x", "amount": "viel", "kind": "fixed"}])
    assert {name for name, _text in api.problems(broken)} == {"leistungsschluessel", "costs"}


def test_open_state_of_a_stored_office(place):
    office = api.create(
        place["aemter"], "OrganisationalUnit", "amt", title="Amt", key="amt", phone="02452 13-0",
        opening_hours=[
            {"days": ["mon"], "opens": "08:00", "closes": "12:00"},
            {"days": ["tue"], "opens": "22:00", "closes": "02:00"},
        ],
    )  # fmt: skip
    text = api.read_unit(office)
    assert len(text.hours) == 1 and text.phone_link == "tel:+492452130"
    with clock.frozen(datetime(2027, 3, 1, 8, 0, tzinfo=timezone.utc)):
        assert api.open_state(text).open
    with clock.frozen(datetime(2027, 3, 29, 8, 0, tzinfo=timezone.utc)):
        assert api.open_state(text).detail == "Ostermontag"


def test_only_the_kreis_warns_the_whole_kreis(portal, place, path):
    """A scope that was written past the form by another municipality has no effect elsewhere."""
    from heinsberg.portal.municipality.api import nearest
    from plone.dexterity.utils import createContentInContainer

    kreis = createContentInContainer(
        portal, "Municipality", id="kreis", title="Kreis Heinsberg", kind="kreis", ags="05370000",
        ars="053700000000", postal_codes=["52525"], street="x", postal_code="52525", city="Heinsberg",
        email="info@kreis.example", languages=["de"],
    )  # fmt: skip
    api.make_sections(kreis)
    warn(kreis["de"], "ueberall", scope="kreis_wide")
    warn(kreis["de"], "kreishaus", scope="municipality")
    warn(place, "gangelt", scope="kreis_wide")
    assert titles(api.warnings_in_force(path)) == ["gangelt", "ueberall"]
    assert titles(api.warnings_in_force(path.replace("gangelt", "kreis"))) == ["kreishaus", "ueberall"]
    assert nearest(place).getId() == "gangelt"


def test_content_of_a_new_municipality_has_its_language(english, place):
    """Also what was made inside while the municipality was being added."""
    add(place, "hund")
    for code, folder in (("de", place), ("en", english)):
        assert {obj.language for obj in folder.objectValues()} == {code}
    assert place["leistungen"]["hund"].language == "de"
