from heinsberg.portal.catalogue.interfaces import CONTENT_TYPES

import pytest


@pytest.mark.parametrize("name", CONTENT_TYPES)
def test_each_type_has_exactly_its_behaviors(portal, name):
    behaviors = portal.portal_types[name].behaviors
    assert tuple(behaviors) == (
        "plone.namefromtitle",
        "plone.shortname",
        "plone.publication",
        "plone.translatable",
        "plone.locking",
    )
