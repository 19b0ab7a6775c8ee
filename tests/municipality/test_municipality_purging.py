"""Which places are purged for which change, and how often."""

from heinsberg.portal.foundation.settings import override
from heinsberg.portal.municipality import api
from heinsberg.portal.municipality import counters
from heinsberg.portal.municipality import purging
from heinsberg.portal.outbox import api as outbox

import pytest
import transaction


COMMON = "https://portal.example/portal"


@pytest.fixture
def portal_with_two(functional, add_municipality):
    portal = functional["portal"]
    with override(portal_url=COMMON, purge_urls=("http://127.0.0.1:9",)):
        add_municipality(portal, "gangelt", domains=["www.gangelt.example", "gangelt.example:8443"])
        add_municipality(portal, "selfkant", domains=[])
        transaction.commit()
        for entry in outbox.pending(portal):
            outbox.discard(portal, entry.id, "made by the fixture")
        transaction.commit()
        yield portal


def pairs(portal) -> list:
    from heinsberg.portal.outbox import store as stores

    entries = [stores.entry(stores.get(portal), one.id) for one in outbox.pending(portal) if one.kind == "purge"]
    return sorted(tuple(pair) for entry in entries for pair in entry.view().payload["pairs"])


GANGELT = [
    ("gangelt.example:8443", "/*"), ("portal.example", "/portal/gangelt"), ("portal.example", "/portal/gangelt/*"), ("www.gangelt.example", "/*"),
]  # fmt: skip
SELFKANT = [("portal.example", "/portal/selfkant"), ("portal.example", "/portal/selfkant/*")]
ENTRANCE = [("portal.example", "/portal/"), ("portal.example", "/portal/*")]


def test_a_change_purges_every_address_of_its_municipality_once(portal_with_two):
    portal = portal_with_two
    for _time in range(3):
        api.touch(portal, "gangelt")
    assert pairs(portal) == []
    transaction.commit()
    assert pairs(portal) == GANGELT


def test_equal_entries_that_wait_are_one(portal_with_two):
    portal = portal_with_two
    for _time in range(5):
        api.touch(portal, "gangelt")
        transaction.commit()
    assert pairs(portal) == GANGELT


def test_an_aborted_change_purges_nothing(portal_with_two):
    portal = portal_with_two
    api.touch(portal, "gangelt")
    transaction.abort()
    transaction.commit()
    assert pairs(portal) == []


def test_what_is_shared_purges_everything(portal_with_two):
    portal = portal_with_two
    api.touch_shared(portal)
    transaction.commit()
    assert pairs(portal) == sorted(GANGELT + SELFKANT + ENTRANCE)


def test_a_removed_municipality_is_purged_too(portal_with_two):
    portal = portal_with_two
    portal.manage_delObjects(["selfkant"])
    transaction.commit()
    assert pairs(portal) == sorted(GANGELT + SELFKANT + ENTRANCE)


def test_without_proxies_there_is_no_entry(portal_with_two):
    portal = portal_with_two
    with override(purge_urls=(), portal_url=COMMON):
        api.touch(portal, "gangelt")
        transaction.commit()
    assert outbox.pending_count(portal) == 0


def test_reading_and_other_writing_purge_nothing(portal_with_two):
    """What is not public content, for example a thousand outbox entries, leaves the pages alone."""
    portal = portal_with_two
    before = counters.value(portal, "gangelt")
    for number in range(100):
        outbox.send_mail("someone@example.org", "x", str(number), site=portal)
    transaction.commit()
    assert counters.value(portal, "gangelt") == before
    assert pairs(portal) == []


def test_what_is_moved_touches_where_it_was_and_where_it_is(portal_with_two):
    from plone.dexterity.utils import createContentInContainer

    portal = portal_with_two
    origin, target = portal["gangelt"]["de"]["seiten"], portal["selfkant"]["de"]["seiten"]
    createContentInContainer(origin, "InformationPage", id="x", title="x")
    transaction.commit()
    values = {name: counters.value(portal, name) for name in ("gangelt", "selfkant")}
    target.manage_pasteObjects(origin.manage_cutObjects(["x"]))
    transaction.commit()
    assert "x" in target.objectIds()
    assert counters.value(portal, "gangelt") == values["gangelt"] + 1
    assert counters.value(portal, "selfkant") == values["selfkant"] + 1


def test_texts_beside_the_municipalities_are_everybodys(portal_with_two):
    from plone.dexterity.utils import createContentInContainer

    portal = portal_with_two
    before = counters.value(portal, counters.SHARED)
    createContentInContainer(portal, "Document", checkConstraints=False, title="x")
    assert counters.value(portal, counters.SHARED) == before + 1


def test_a_municipality_keeps_its_id(portal_with_two):
    from zExceptions import BadRequest

    portal = portal_with_two
    with pytest.raises(BadRequest, match="keeps its id"):
        portal.manage_renameObject("gangelt", "gangelt2")
    transaction.abort()


def test_plones_own_purging_is_off(portal_with_two):
    from plone.registry.interfaces import IRegistry
    from zope.component import getUtility

    registry = getUtility(IRegistry)
    assert registry["plone.cachepurging.interfaces.ICachePurgingSettings.enabled"] is False
    assert not registry["plone.caching.interfaces.ICacheSettings.enabled"]


def test_places_of_the_entrance_at_a_bare_common_address(portal_with_two):
    with override(portal_url="https://portal.example", purge_urls=("http://127.0.0.1:9",)):
        places = purging.changed_places(portal_with_two, frozenset({counters.SHARED}))
    assert places[-1] == [("portal.example", "/"), ("portal.example", "/*")]
