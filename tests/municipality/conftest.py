"""Two municipalities to tell apart."""

import pytest
import transaction


FACTS = {
    "gangelt": {
        "title": "Gangelt", "kind": "gemeinde", "ags": "05370008", "ars": "053700008008",
        "postal_codes": ["52538"], "street": "Burgstraße 10", "postal_code": "52538", "city": "Gangelt",
        "email": "info@gangelt.de", "theme": "gangelt", "domains": ["www.gangelt.example"],
    },
    "selfkant": {
        "title": "Selfkant", "kind": "gemeinde", "ags": "05370024", "ars": "053700024024",
        "postal_codes": ["52538"], "street": "Am Rathaus 13", "postal_code": "52538", "city": "Selfkant",
        "email": "info@selfkant.de", "theme": "selfkant",
    },
}  # fmt: skip


@pytest.fixture
def add_municipality():
    """Add one of the known municipalities to a site."""
    from plone.app.testing import setRoles
    from plone.app.testing import TEST_USER_ID
    from plone.dexterity.utils import createContentInContainer

    def add(portal, name: str, **changes):
        setRoles(portal, TEST_USER_ID, ["Manager"])
        facts = {**FACTS[name], **changes}
        return createContentInContainer(portal, "Municipality", id=name, **facts)

    return add
