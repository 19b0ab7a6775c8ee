"""Who may do what in which state: role × state × action."""

from AccessControl import getSecurityManager
from heinsberg.portal.catalogue import api
from heinsberg.portal.catalogue.interfaces import CONTENT_TYPES
from heinsberg.portal.catalogue.interfaces import WORKFLOW
from plone.app.testing import login
from plone.app.testing import logout
from plone.app.testing import TEST_USER_NAME
from Products.CMFCore.utils import getToolByName

import pytest


STATES = {"private": (), "pending": ("submit",), "published": ("publish",)}
VIEW, EDIT, DELETE = "View", "Modify portal content", "Delete objects"
ALL = {"submit", "publish", "reject", "retract"}

#: role -> state -> (sees, edits, transitions)
TABLE = {
    "Anonymous": {"private": (0, 0, ""), "pending": (0, 0, ""), "published": (1, 0, "")},
    "Member": {"private": (0, 0, ""), "pending": (0, 0, ""), "published": (1, 0, "")},
    "Reader": {"private": (1, 0, ""), "pending": (1, 0, ""), "published": (1, 0, "")},
    "Contributor": {"private": (1, 0, ""), "pending": (1, 0, ""), "published": (1, 0, "")},
    "Editor": {"private": (1, 1, "submit"), "pending": (1, 0, "retract"), "published": (1, 1, "")},
    "Reviewer": {"private": (1, 0, "publish"), "pending": (1, 1, "publish reject"), "published": (1, 0, "reject")},
    "MunicipalityAdmin": {
        "private": (1, 1, "submit publish"), "pending": (1, 1, "publish reject retract"), "published": (1, 1, "reject"),
    },
    "Site Administrator": {
        "private": (1, 1, "submit publish"), "pending": (1, 1, "publish reject retract"), "published": (1, 1, "reject"),
    },
    "Manager": {
        "private": (1, 1, "submit publish"), "pending": (1, 1, "publish reject retract"), "published": (1, 1, "reject"),
    },
}  # fmt: skip


@pytest.fixture
def service(portal, place):
    """A service, and one person for each role in the section: local roles are remembered per request."""
    for role in TABLE:
        name = role.lower().replace(" ", "")
        portal.acl_users.userFolderAddUser(name, "geheim-genug-12", ["Member"], [])
        if role not in ("Anonymous", "Member"):
            place.manage_setLocalRoles(name, [role])
    return api.create(place["leistungen"], "PublicService", "hund", title="Hund anmelden", key="hund")


@pytest.mark.parametrize("state", STATES)
def test_role_by_state_by_action(portal, service, state):
    workflow = getToolByName(portal, "portal_workflow")
    for transition in STATES[state]:
        workflow.doActionFor(service, transition)
    assert workflow.getInfoFor(service, "review_state") == state
    wrong = []
    for role, states in TABLE.items():
        sees, edits, transitions = states[state]
        if role == "Anonymous":
            logout()
        else:
            login(portal, role.lower().replace(" ", ""))
        check = getSecurityManager().checkPermission
        found = {item["id"] for item in workflow.getTransitionsFor(service)} & ALL
        got = (bool(check(VIEW, service)), bool(check(EDIT, service)), found)
        if got != (bool(sees), bool(edits), set(transitions.split())):
            wrong.append((role, got))
        login(portal, TEST_USER_NAME)
    assert not wrong


ADDERS = {
    "Anonymous": False, "Member": False, "Reader": False, "Editor": False, "Reviewer": False,
    "Contributor": True, "MunicipalityAdmin": True, "Site Administrator": True, "Manager": True,
}  # fmt: skip


@pytest.mark.parametrize("role", ADDERS)
def test_who_may_add(portal, place, role):
    portal.acl_users.userFolderAddUser("other", "geheim-genug-12", ["Member"], [])
    section = place["leistungen"]
    if role == "Anonymous":
        logout()
    else:
        if role != "Member":
            section.manage_setLocalRoles("other", [role])
        login(portal, "other")
    allowed = [fti.getId() for fti in section.allowedContentTypes()]
    assert allowed == (["PublicService"] if ADDERS[role] else [])
    login(portal, TEST_USER_NAME)


def test_every_type_has_the_workflow(portal):
    workflow = getToolByName(portal, "portal_workflow")
    for name in CONTENT_TYPES:
        assert workflow.getChainForPortalType(name) == (WORKFLOW,), name
