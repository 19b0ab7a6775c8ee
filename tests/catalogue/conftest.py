"""A municipality-like place with sections, and REST sessions by role."""

from plone.app.testing import setRoles
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.app.testing import TEST_USER_ID

import pytest
import transaction


@pytest.fixture
def place(portal):
    """An LRF with all sections; its path is the portal's."""
    from heinsberg.portal.catalogue import api
    from plone.base.utils import unrestricted_construct_instance

    setRoles(portal, TEST_USER_ID, ["Manager"])
    if "de" not in portal.objectIds():
        unrestricted_construct_instance("LRF", portal, "de")
    portal["de"].language = "de"
    api.make_sections(portal)
    return portal["de"]


@pytest.fixture
def functional_place(functional_portal):
    """The same, committed, for requests over HTTP."""
    from heinsberg.portal.catalogue import api
    from plone.base.utils import unrestricted_construct_instance

    portal = functional_portal
    setRoles(portal, TEST_USER_ID, ["Manager"])
    if "de" not in portal.objectIds():
        unrestricted_construct_instance("LRF", portal, "de")
    portal["de"].language = "de"
    api.make_sections(portal)
    transaction.commit()
    return portal["de"]


@pytest.fixture
def rest(functional_place):
    """A function: call(method, path, **json) as manager, or as nobody with ``anonymous=True``."""
    import requests

    portal = functional_place.aq_parent
    session = requests.Session()
    session.headers["Accept"] = "application/json"
    session.auth = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
    nobody = requests.Session()
    nobody.headers["Accept"] = "application/json"

    def call(method, path, json=None, anonymous=False):
        chosen = nobody if anonymous else session
        return chosen.request(method, f"{portal.absolute_url()}/{path}", json=json, timeout=20)

    yield call
    session.close()
    nobody.close()
