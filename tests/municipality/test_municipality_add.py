"""Who may add a municipality, and that nobody can put one elsewhere."""

from plone.app.testing import setRoles
from plone.app.testing import TEST_USER_ID

import pytest


@pytest.mark.parametrize(
    "role, may",
    [("Manager", True), ("Site Administrator", True), ("Editor", False), ("Contributor", False), ("Member", False)],
)
def test_who_may_add_a_municipality(portal, role, may):
    setRoles(portal, TEST_USER_ID, [role])
    allowed = [fti.getId() for fti in portal.allowedContentTypes()]
    assert ("Municipality" in allowed) is may


def test_a_municipality_lies_below_the_site_only(portal, add_municipality):
    gangelt = add_municipality(portal, "gangelt")
    setRoles(portal, TEST_USER_ID, ["Manager"])
    for place in (gangelt, gangelt["de"], gangelt["de"]["seiten"]):
        assert "Municipality" not in [fti.getId() for fti in place.allowedContentTypes()]
