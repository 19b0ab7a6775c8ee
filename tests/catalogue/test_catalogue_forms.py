"""Edit forms as an editor meets them: all types render, rows are saved, errors are explained."""

from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.testing.zope import Browser

import pytest
import transaction


PLACES = {
    "leistungen": "PublicService",
    "lebenslagen": "LifeSituation",
    "aemter": "OrganisationalUnit",
    "aktuelles": "News",
    "hinweise": "Warning",
    "ratgeber": "Guide",
    "seiten": "InformationPage",
}


@pytest.fixture
def browser(functional, functional_place):
    found = Browser(functional["app"])
    found.handleErrors = False
    found.addHeader("Authorization", f"Basic {SITE_OWNER_NAME}:{SITE_OWNER_PASSWORD}")
    return found


def test_every_type_can_be_added_by_its_form(browser, functional_place):
    for section, portal_type in PLACES.items():
        before = set(functional_place[section].objectIds())
        browser.open(f"{functional_place.absolute_url()}/{section}/++add++{portal_type}")
        browser.getControl(name="form.widgets.title").value = f"Neu {portal_type}"
        browser.getControl(name="form.buttons.save").click()
        transaction.begin()
        made = [obj for obj in functional_place[section].objectValues() if obj.getId() not in before]
        assert [obj.portal_type for obj in made] == [portal_type], browser.contents[:2000]
        browser.open(made[0].absolute_url() + "/edit")
        assert f"Neu {portal_type}" in browser.contents


def test_rows_are_saved_by_the_form(browser, functional_place):
    from heinsberg.portal.catalogue import api

    service = api.create(
        functional_place["leistungen"], "PublicService", "hund", title="Hund", key="hund",
        costs=[{"label": "Ein Hund", "kind": "fixed", "amount": "56,00", "period": "year"}],
        documents=[{"title": "Ausweis"}],
    )  # fmt: skip
    transaction.commit()
    browser.open(service.absolute_url() + "/edit")
    browser.getControl(name="form.widgets.costs.0.widgets.amount").value = "60,50"
    browser.getControl(name="form.buttons.save").click()
    transaction.begin()
    row = functional_place["leistungen"]["hund"].costs[0]
    assert row["amount"] == "60,50" and row["label"] == "Ein Hund" and row["period"] == "year"
    assert functional_place["leistungen"]["hund"].documents[0]["required"] is True


def test_wrong_amounts_are_explained(browser, functional_place):
    from heinsberg.portal.catalogue import api

    service = api.create(
        functional_place["leistungen"], "PublicService", "hund", title="Hund", key="hund",
        costs=[{"label": "Ein Hund", "kind": "fixed", "amount": "56,00"}],
    )  # fmt: skip
    transaction.commit()
    browser.open(service.absolute_url() + "/edit")
    browser.getControl(name="form.widgets.costs.0.widgets.amount").value = "viel Geld"
    browser.getControl(name="form.buttons.save").click()
    assert "28,80" in browser.contents
    transaction.begin()
    assert functional_place["leistungen"]["hund"].costs[0]["amount"] == "56,00"


def test_opening_hours_are_saved_by_the_form(browser, functional_place):
    from heinsberg.portal.catalogue import api

    unit = api.create(
        functional_place["aemter"], "OrganisationalUnit", "amt", title="Amt", key="amt",
        opening_hours=[{"days": ["mon", "tue"], "opens": "08:00", "closes": "12:00"}],
    )  # fmt: skip
    transaction.commit()
    browser.open(unit.absolute_url() + "/edit")
    browser.getControl(name="form.widgets.opening_hours.0.widgets.closes").value = "13:00"
    browser.getControl(name="form.buttons.save").click()
    transaction.begin()
    row = functional_place["aemter"]["amt"].opening_hours[0]
    assert row["closes"] == "13:00" and row["days"] == ["mon", "tue"]
