"""A municipality that is added by hand has its legal and help pages at once."""

from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.pages import checks
from heinsberg.portal.pages.seeding.defaults import make_pages
from plone.app.testing import setRoles
from plone.app.testing import TEST_USER_ID
from plone.dexterity.utils import createContentInContainer

import pytest


@pytest.fixture
def gangelt(portal):
    setRoles(portal, TEST_USER_ID, ["Manager"])
    return createContentInContainer(
        portal, "Municipality", id="gangelt", title="Gangelt", kind="gemeinde", ags="05370008", ars="053700008008",
        postal_codes=["52538"], street="Burgstraße 10", postal_code="52538", city="Gangelt", email="info@gangelt.de",
    )  # fmt: skip


def test_the_pages_that_the_law_asks_for_are_there(portal, gangelt):
    kinds = {line.kind for line in catalogue.pages_of("/plone/gangelt", "de")}
    assert kinds >= {"imprint", "privacy", "accessibility", "easy_language", "sign_language", "contact", "help"}


def test_they_are_linked_in_every_language(portal, gangelt):
    for code in ("en", "nl"):
        lines = catalogue.pages_of("/plone/gangelt", code)
        assert {line.language for line in lines} == {code}


def test_they_name_the_authority_and_no_other(portal, gangelt):
    line = next(line for line in catalogue.pages_of("/plone/gangelt", "de") if line.kind == "imprint")
    text = catalogue.read_page(portal.unrestrictedTraverse(line.path), "de", lambda uid: None).text
    assert "Gemeinde Gangelt" in text
    assert "{" not in text
    assert "Erkelenz" not in text


def test_the_check_for_production_refuses_their_placeholders(portal, gangelt):
    errors = [finding for finding in checks.run(portal) if finding.level == "error"]
    assert {finding.name.split()[1] for finding in errors} >= {"Impressum", "Datenschutz"}


def test_what_editors_changed_is_left_alone(portal, gangelt):
    line = next(line for line in catalogue.pages_of("/plone/gangelt", "de") if line.kind == "imprint")
    portal.unrestrictedTraverse(line.path).title = "Unser Impressum"
    assert make_pages(portal, gangelt) == 0
    assert portal.unrestrictedTraverse(line.path).title == "Unser Impressum"
