"""A municipality with its sections, and REST sessions by role."""

from plone.app.testing import setRoles
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.app.testing import TEST_USER_ID

import pytest
import transaction


FACTS = {
    "title": "Gangelt", "kind": "gemeinde", "ags": "05370008", "ars": "053700008008",
    "postal_codes": ["52538"], "street": "Burgstraße 10", "postal_code": "52538", "city": "Gangelt",
    "email": "info@gangelt.de", "theme": "gangelt",
}  # fmt: skip


def _municipality(portal, *languages):
    from heinsberg.portal.catalogue import api
    from plone.dexterity.utils import createContentInContainer

    setRoles(portal, TEST_USER_ID, ["Manager"])
    if "gangelt" not in portal.objectIds():
        createContentInContainer(
            portal, "Municipality", id="gangelt", languages=list(languages), **FACTS
        )
    api.make_sections(portal["gangelt"])
    return portal["gangelt"]


@pytest.fixture
def place(portal):
    """The German folder of a municipality, with all sections."""
    return _municipality(portal, "de")["de"]


@pytest.fixture
def english(portal):
    """The English folder of the same municipality; ask for it before ``place``."""
    return _municipality(portal, "de", "en")["en"]


@pytest.fixture
def path(portal):
    """Physical path of the municipality."""
    return "/".join(portal.getPhysicalPath()) + "/gangelt"


@pytest.fixture
def functional_place(functional_portal):
    """The German folder, committed, for requests over HTTP."""
    folder = _municipality(functional_portal, "de")["de"]
    transaction.commit()
    return folder


@pytest.fixture
def rest(functional_place):
    """A function: call(method, path, json) as manager, or as nobody with ``anonymous=True``."""
    import requests

    municipality = functional_place.aq_parent
    session = requests.Session()
    session.headers["Accept"] = "application/json"
    session.auth = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
    nobody = requests.Session()
    nobody.headers["Accept"] = "application/json"

    def call(method, path, json=None, anonymous=False):
        chosen = nobody if anonymous else session
        return chosen.request(method, f"{municipality.absolute_url()}/{path}", json=json, timeout=20)

    yield call
    session.close()
    nobody.close()
