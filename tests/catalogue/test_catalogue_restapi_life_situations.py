"""@life-situations: the tree of a municipality, with numbers, in every language and at every depth."""

from heinsberg.portal.catalogue import api
from heinsberg.portal.catalogue.listings import SituationLine
from heinsberg.portal.catalogue.restapi.life_situations.get import tree
from heinsberg.portal.foundation.settings import override

import pytest
import transaction


PUBLIC = "https://portal.example"


@pytest.fixture
def filled(functional_place, rest):
    """A theme with two situations, services in them, one of each not public; ask with ``rest``."""
    section, services = functional_place["lebenslagen"], functional_place["leistungen"]
    theme = api.create(
        section, "LifeSituation", "familie", key="familie-kind", title="Familie & Kind",
        icon="familie", audience=["citizen"], position=2, description="Rund um die Familie", publish=True,
    )  # fmt: skip
    api.create(section, "LifeSituation", "bauen", key="bauen", title="Bauen", position=1, publish=True)
    api.create(theme, "LifeSituation", "geburt", key="geburt", title="Geburt", position=1, publish=True)
    api.create(theme, "LifeSituation", "kita", key="kinderbetreuung", title="Kinderbetreuung", position=2, publish=True)
    api.create(theme, "LifeSituation", "geheim", key="geheim", title="Geheim", position=3)

    def service(name, *situations, publish=True):
        api.create(services, "PublicService", name, key=name, title=name, life_situations=situations, publish=publish)

    service("eins", "geburt", "kinderbetreuung")
    service("zwei", "geburt")
    service("drei", "geburt", publish=False)
    transaction.commit()
    with override(portal_url=PUBLIC):
        yield rest


def titles(entries):
    return [(entry["title"], titles(entry["items"])) for entry in entries]


def test_the_tree_in_its_order_without_what_is_not_public(filled):
    answer = filled("GET", "@life-situations", anonymous=True)
    assert answer.status_code == 200
    data = answer.json()
    assert titles(data["items"]) == [
        ("Bauen", []),
        ("Familie & Kind", [("Geburt", []), ("Kinderbetreuung", [])]),
    ]
    assert data["municipality"] == {"id": "gangelt", "name": "Gangelt"}
    assert data["@id"] == f"{PUBLIC}/gangelt/@life-situations"


def test_an_entry_is_complete_and_a_theme_counts_each_service_once(filled):
    theme = filled("GET", "@life-situations", anonymous=True).json()["items"][1]
    assert {name: value for name, value in theme.items() if name != "items"} == {
        "@id": f"{PUBLIC}/gangelt/de/lebenslagen/familie",
        "key": "familie-kind",
        "title": "Familie & Kind",
        "description": "Rund um die Familie",
        "icon": "familie",
        "audience": ["citizen"],
        "language": "de",
        "services_total": 2,
    }
    assert [entry["services_total"] for entry in theme["items"]] == [2, 1]


def test_it_is_the_same_from_anywhere_below_and_for_editors(filled):
    expected = filled("GET", "@life-situations", anonymous=True).json()
    for path in ("de/@life-situations", "de/leistungen/eins/@life-situations", "de/lebenslagen/familie/geburt/@life-situations"):
        assert filled("GET", path, anonymous=True).json() == expected
    assert filled("GET", "@life-situations").json() == expected
    assert filled("GET", "@life-situations").headers["Cache-Control"] == "private, no-store"


def test_the_site_without_a_kreis_has_an_empty_tree(filled):
    data = filled("GET", "../@life-situations", anonymous=True).json()
    assert (data["items"], data["municipality"]) == ([], None)
    assert data["@id"] == f"{PUBLIC}/@life-situations"


@pytest.mark.parametrize("query", ["lang=fr", "lang=de&lang=en", "lang:list=de", "language=de", "lang=" + "x" * 5000, "b_size=1"])
def test_bad_parameters_are_named(filled, query):
    answer = filled("GET", f"@life-situations?{query}", anonymous=True)
    assert answer.status_code == 400
    assert answer.json()["parameter"] == query.partition("=")[0].partition(":")[0]


def test_writing_is_not_known(filled):
    assert filled("POST", "@life-situations", json={}, anonymous=True).status_code in (401, 404, 405)


def test_a_missing_translation_is_shown_in_german(filled):
    data = filled("GET", "@life-situations?lang=nl", anonymous=True).json()
    assert data["language"] == "nl"
    assert {entry["language"] for entry in data["items"]} == {"de"}


def test_visitors_may_keep_it_until_something_changes(filled, functional_place):
    first = filled("GET", "@life-situations", anonymous=True)
    assert "s-maxage" in first.headers["Cache-Control"]
    functional_place["lebenslagen"]["bauen"].title = "Bauen und Wohnen"
    from zope.event import notify
    from zope.lifecycleevent import ObjectModifiedEvent

    notify(ObjectModifiedEvent(functional_place["lebenslagen"]["bauen"]))
    transaction.commit()
    assert filled("GET", "@life-situations", anonymous=True).headers["ETag"] != first.headers["ETag"]


def line(key, parent=""):
    return SituationLine(
        title=key, path=f"/p/{key}", uid=key, key=key, language="de", description="", parent=parent,
        icon="", audience=(), position=None,
    )  # fmt: skip


def test_a_situation_whose_theme_is_missing_is_not_lost():
    found = tree([line("a", "gone"), line("b", "b"), line("c")], {}, lambda one: one.path)
    assert [entry["key"] for entry in found] == ["a", "b", "c"]
    assert found[0]["services_total"] == 0
