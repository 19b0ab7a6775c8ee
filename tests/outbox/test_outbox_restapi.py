"""@outbox: seen and steered by operators only, and never with a payload."""

from heinsberg.portal.interfaces import IPortalLayer
from heinsberg.portal.outbox import api
from heinsberg.portal.outbox import store as stores
from heinsberg.portal.outbox.restapi import OutboxGet
from heinsberg.portal.outbox.restapi import OutboxPost
from plone.app.testing import login
from plone.app.testing import logout
from plone.app.testing import setRoles
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.app.testing import TEST_USER_ID
from plone.app.testing import TEST_USER_NAME
from plone.app.testing import TEST_USER_PASSWORD
from plone.rest.interfaces import IAPIRequest
from zope.interface import alsoProvides

import io
import json
import pytest
import requests


@pytest.fixture
def site(integration):
    site = integration["portal"]
    api.ensure_store(site)
    return site


@pytest.fixture
def ask(site, integration):
    """Call the service as plone.rest does, with a body as JSON and a content type."""
    request = integration["request"]
    alsoProvides(request, IAPIRequest, IPortalLayer)

    def ask(factory, body=None, content_type="application/json"):
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        request.set("BODY", raw)
        request.stdin = io.BytesIO(raw)
        request.environ["CONTENT_TYPE"] = content_type
        request.response.setStatus(200)
        service = factory()
        service.context, service.request = site, request
        return service.reply(), request.response.getStatus()

    return ask


@pytest.fixture
def mail(site):
    return api.send_mail(
        "erika@example.org", "Ihr Antrag", "Steuernummer 12", site=site
    )


@pytest.fixture
def dead(site, mail):
    store = stores.get(site)
    stores.bury(store, stores.entry(store, mail), "SMTP 550")
    return mail


@pytest.mark.parametrize(
    "roles, allowed",
    [
        (["Manager"], True),
        (["Site Administrator"], True),
        (["Editor", "Reviewer", "Contributor"], False),
        (["Member"], False),
        ([], False),
    ],
)
def test_only_operators_may(site, roles, allowed):
    setRoles(site, TEST_USER_ID, roles)
    login(site, TEST_USER_NAME)
    member = site.acl_users.getUserById(TEST_USER_ID)
    assert (
        bool(member.has_permission("heinsberg.portal: View Operations", site))
        is allowed
    )
    logout()


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "user, statuses",
    [(None, {401}), (TEST_USER_NAME, {401, 403}), (SITE_OWNER_NAME, {200, 404})],
)
def test_over_http_strangers_and_members_are_refused(
    functional, method, user, statuses
):
    password = SITE_OWNER_PASSWORD if user == SITE_OWNER_NAME else TEST_USER_PASSWORD
    answer = requests.request(
        method,
        functional["portal"].absolute_url() + "/@outbox",
        auth=(user, password) if user else None,
        headers={"Accept": "application/json"},
        json={"action": "retry", "id": "0"} if method == "POST" else None,
        timeout=30,
    )
    assert answer.status_code in statuses
    assert answer.headers["Content-Type"].startswith("application/json")


def test_the_list_shows_state_but_no_payload(ask, site, mail):
    answer, status = ask(OutboxGet)
    assert status == 200
    assert [entry["id"] for entry in answer["pending"]] == [mail]
    assert (answer["pending_total"], answer["dead_total"]) == (1, 0)
    text = json.dumps(answer)
    assert "erika" not in text and "Steuernummer" not in text and "Antrag" not in text


def test_a_dead_letter_is_shown_and_retried(ask, site, dead):
    answer, _status = ask(OutboxGet)
    assert [(e["id"], e["error"]) for e in answer["dead"]] == [(dead, "SMTP 550")]
    _answer, status = ask(OutboxPost, {"action": "retry", "id": dead})
    assert status == 204
    assert api.dead_count(site) == 0


def test_discarding_needs_a_reason(ask, site, dead):
    for reason in (None, "", "  ", 5):
        _answer, status = ask(
            OutboxPost, {"action": "discard", "id": dead, "reason": reason}
        )
        assert status == 400
    _answer, status = ask(
        OutboxPost, {"action": "discard", "id": dead, "reason": "letter"}
    )
    assert (status, api.dead_count(site)) == (204, 0)


@pytest.mark.parametrize(
    "body, status",
    [
        ({}, 400),
        ({"action": "retry"}, 400),
        ({"action": "retry", "id": 5}, 400),
        ({"action": "retry", "id": ["a"]}, 400),
        ({"action": "drop", "id": "0"}, 400),
        ({"action": "retry", "id": "0" * 32}, 404),
        ({"action": "discard", "id": "ä", "reason": "x"}, 404),
        ([], 400),
        ("text", 400),
        (b"{", 400),
        (b"\xff", 400),
    ],
)
def test_bad_input_is_never_a_500(ask, site, dead, body, status):
    answer, found = ask(OutboxPost, body)
    assert found == status
    assert answer["error"]["message"]
    assert api.dead_count(site) == 1


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"],
)
def test_what_a_foreign_page_could_send_is_refused(ask, site, dead, content_type):
    body = {"action": "discard", "id": dead, "reason": "csrf"}
    _answer, status = ask(OutboxPost, body, content_type)
    assert (status, api.dead_count(site)) == (415, 1)


def test_a_waiting_entry_held_by_a_worker_is_a_conflict(ask, site, mail):
    stores.entry(stores.get(site), mail).lease = ("worker", 2**50)
    _answer, status = ask(OutboxPost, {"action": "discard", "id": mail, "reason": "x"})
    assert status == 409
