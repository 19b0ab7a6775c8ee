"""What pages keep in the process is right at once: after a change, after a date, before a commit."""

from DateTime import DateTime
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.foundation import clock
from heinsberg.portal.pages.frame import FrameSource
from plone.app.testing import setRoles
from plone.app.testing import TEST_USER_ID
from plone.dexterity.utils import createContentInContainer
from zope.lifecycleevent import modified

import pytest
import transaction


FACTS = {
    "kreis": {"title": "Heinsberg", "kind": "kreis", "ags": "05370000", "ars": "053700000000"},
    "gangelt": {"title": "Gangelt", "kind": "gemeinde", "ags": "05370008", "ars": "053700008008"},
    "selfkant": {"title": "Selfkant", "kind": "gemeinde", "ags": "05370024", "ars": "053700024024"},
}
NOON = datetime(2030, 3, 5, 12, 0, tzinfo=timezone.utc)


@pytest.fixture
def places(functional_portal):
    """Kreis, Gangelt and Selfkant, committed, with the office "amt" and the service "hund" each."""
    portal = functional_portal
    setRoles(portal, TEST_USER_ID, ["Manager"])
    for name, facts in FACTS.items():
        town = createContentInContainer(
            portal, "Municipality", id=name, postal_codes=["52538"], street="Weg 1", postal_code="52538",
            city="Ort", email="info@example.org", languages=["de"], theme="neutral", **facts,
        )  # fmt: skip
        catalogue.make_sections(town)
        catalogue.create(
            town["de"]["aemter"],
            "OrganisationalUnit",
            "amt",
            publish=True,
            key="amt",
            title=f"Amt {name}",
        )
        catalogue.create(
            town["de"]["leistungen"], "PublicService", "hund", publish=True, key="hund", title="Hund anmelden",
            responsible_unit="amt", executed_by="kreis" if name == "gangelt" else "own",
        )  # fmt: skip
    catalogue.create(
        portal["gangelt"]["de"]["leistungen"], "PublicService", "pass", publish=True, key="pass", title="Pass",
        responsible_unit="amt", executed_by="other", executing_authority="selfkant",
    )  # fmt: skip
    transaction.commit()
    return portal


def shown(portal, name: str, service: str = "hund") -> str:
    """Return the service page of a municipality as a visitor gets it."""
    from plone.testing.zope import Browser

    browser = Browser(portal.getPhysicalRoot())
    browser.open(f"{portal.absolute_url()}/{name}/de/leistungen/{service}")
    return browser.contents


def tag(portal, name: str, service: str) -> str:
    """Return the ETag of a service page."""
    from plone.testing.zope import Browser

    browser = Browser(portal.getPhysicalRoot())
    browser.open(f"{portal.absolute_url()}/{name}/de/leistungen/{service}")
    return browser.headers["ETag"]


def rename(portal, name: str, title: str) -> None:
    office = portal[name]["de"]["aemter"]["amt"]
    office.title = title
    modified(office)


def test_a_changed_office_is_on_the_next_page_of_its_own_municipality_only(places):
    assert "Amt selfkant" in shown(places, "selfkant")
    rename(places, "selfkant", "Neues Amt")
    transaction.commit()
    page = shown(places, "selfkant")
    assert "Neues Amt" in page
    assert "Amt selfkant" not in page
    assert "Neues Amt" not in shown(places, "gangelt")


def test_a_changed_office_of_the_kreis_is_on_the_next_page_of_a_municipality_it_works_for(places):
    assert "Amt kreis" in shown(places, "gangelt")
    rename(places, "kreis", "Kreisamt")
    transaction.commit()
    assert "Kreisamt" in shown(places, "gangelt")


def test_a_changed_office_of_a_neighbour_is_on_the_next_page_of_the_municipality_it_works_for(
    places,
):
    assert "Amt selfkant" in shown(places, "gangelt", "pass")
    before = tag(places, "gangelt", "pass")
    rename(places, "selfkant", "Passamt")
    transaction.commit()
    assert tag(places, "gangelt", "pass") != before
    assert "Passamt" in shown(places, "gangelt", "pass")


def test_what_is_not_committed_is_never_kept(places):
    shown(places, "selfkant")
    rename(places, "selfkant", "Nie gespeichert")
    source = FrameSource(places["selfkant"]["de"], places.REQUEST)
    assert source.keep("test", make=lambda: "unsaved") == "unsaved"
    number = source.counter
    transaction.abort()
    # The next change gets the number that the lost one had.
    rename(places, "selfkant", "Gespeichert")
    transaction.commit()
    source = FrameSource(places["selfkant"]["de"], places.REQUEST)
    assert source.counter == number
    assert source.keep("test", make=lambda: "saved") == "saved"
    page = shown(places, "selfkant")
    assert "Gespeichert" in page
    assert "Nie gespeichert" not in page


def test_keys_differ_by_municipality_language_and_address(places):
    request = places.REQUEST
    keys = {FrameSource(places[name]["de"], request).key for name in FACTS}
    request.other["heinsberg_language"] = "en"
    keys.add(FrameSource(places["gangelt"]["de"], request).key)
    del request.other["heinsberg_language"]
    request.other["VirtualRootPhysicalPath"] = ("", places.getId(), "gangelt")
    keys.add(FrameSource(places["gangelt"]["de"], request).key)
    del request.other["VirtualRootPhysicalPath"]
    assert len(keys) == 5


def test_keys_are_the_same_for_every_host_and_person(places):
    request = places.REQUEST
    key = FrameSource(places["gangelt"]["de"], request).key
    request.environ["HTTP_HOST"] = "evil.example"
    request.form["x"] = "1"
    setRoles(places, TEST_USER_ID, ["Member"])
    assert FrameSource(places["gangelt"]["de"], request).key == key


@pytest.mark.parametrize("field", ["effective", "expires"])
def test_a_date_that_comes_makes_pages_anew(places, field):
    service = places["gangelt"]["de"]["leistungen"]["hund"]
    setattr(
        service,
        f"{field}_date" if field == "effective" else "expiration_date",
        DateTime(NOON.timestamp()),
    )
    service.reindexObject()
    transaction.commit()
    path = "/".join(places["gangelt"].getPhysicalPath())
    found = {}
    for minutes in (-1, 0, 1, 2):
        with clock.frozen(NOON + timedelta(minutes=minutes)):
            there = bool(catalogue.services_of(path, key="hund"))
            turn = FrameSource(places["gangelt"]["de"], places.REQUEST).key
        # The same key never stands for both answers.
        assert found.setdefault(turn, there) is there
    assert set(found.values()) == {True, False}
    assert len(found) == 2
