"""What each address refuses, asked of Zope itself by the paths a proxy sends."""

from urllib.parse import quote
from urllib.parse import urlencode

import json
import pytest


#: From the root of Gangelt's domain: ways to a page of Selfkant, and endless paths.
FOREIGN = [
    "/selfkant/de/seiten/amt",
    "/{site}/selfkant/de/seiten/amt",
    "/de/selfkant/de/seiten/amt",
    "/de/seiten/amt/selfkant/de/seiten/amt",
    "/gangelt/de/seiten/amt",
    "/de/seiten/amt/amt",
    "/de/seiten/seiten/amt",
    "/de/de/seiten/amt",
    "/selfkant",
    "/{site}",
    "/{site}/gangelt/de",
    "/{site}/{site}/selfkant",
    "//selfkant//de/seiten/amt",
    "/de/%2e%2e/selfkant/de/seiten/amt",
    "/de/../selfkant/de/seiten/amt",
    "/de%2f..%2fselfkant/de/seiten/amt",
    "/./selfkant/./de/seiten/amt",
    "/selfkant/de/seiten/amt.",
    "/@@view/selfkant/de/seiten/amt",
    "/de/@@view/@@view/selfkant/de/seiten/amt",
    "/_vh_x/selfkant/de/seiten/amt",
    "/de/++theme++base/../../selfkant/de/seiten/amt",
    "/++attribute++aq_parent/selfkant/de/seiten/amt",
    "/aq_parent/selfkant/de/seiten/amt",
    "/aq_inner/aq_parent/selfkant/de/seiten/amt",
    "/++vh++https:evil.example:443/++/selfkant/de/seiten/amt",
    "/virtual_hosting/selfkant/de/seiten/amt",
    "/portal_url/getPortalObject/selfkant/de/seiten/amt",
    "/portal_catalog/selfkant/de/seiten/amt",
    "/resolveuid/{uid}",
    "/@@redirect-to-uuid/{uid}",
    "/@@tg/{uid}",
]


def filled(world, path: str) -> str:
    from plone.uuid.interfaces import IUUID

    uid = IUUID(world.portal["selfkant"]["de"]["seiten"]["amt"])
    return path.format(site=world.portal.getId(), uid=uid)


def refused(answer) -> bool:
    """Whether the answer shows nothing; at the common address it may lead staff to the login."""
    to_login = answer.status == 302 and "login" in answer.headers.get("location", "")
    return answer.status in (401, 403, 404) or to_login


@pytest.mark.parametrize("path", FOREIGN)
def test_a_domain_answers_its_own_paths_only(world, path):
    bad = []
    for shape in ("{0}", "/++api++{0}", "{0}/@@view", "{0}/@search", "/++api++{0}/@search"):
        answer = world.own("gangelt", shape.format(filled(world, path)))
        if answer.status not in (400, 404) or "Amt Selfkant" in answer.text:
            bad.append((shape, answer.status, answer.headers.get("location"), answer.text[:100]))
    assert not bad


ACQUIRED = [
    "/gangelt/selfkant/de/seiten/amt",
    "/gangelt/de/selfkant/de/seiten/amt",
    "/selfkant/gangelt/de/seiten/amt",
    "/{site}/gangelt/de/seiten/amt",
    "/{site}/{site}/gangelt/de/seiten/amt",
    "/gangelt/gangelt/de/seiten/amt",
    "/gangelt/de/seiten/amt/amt",
    "/gangelt/de/seiten/seiten/amt",
    "/portal_catalog/gangelt/de/seiten/amt",
    "/gangelt/acl_users/de/seiten/amt",
    "/gangelt/portal_skins/de/seiten/amt",
]


@pytest.mark.parametrize("path", ACQUIRED)
def test_the_common_address_answers_no_acquired_paths(world, path):
    for shape in ("{0}", "/++api++{0}", "{0}/@@view", "{0}/@search"):
        answer = world.common(shape.format(filled(world, path)))
        assert answer.status in (401, 403, 404), (shape, answer.status)


def test_own_pages_answer_at_both_addresses(world):
    for path in ("/de", "/de/seiten/amt", "/en/pages/office"):
        assert world.own("gangelt", path).status == 200, path
        assert world.common(f"/gangelt{path}").status == 200, path


#: Nothing of Plone's own that visitors do not need, on domains and at the common address.
CLOSED = [
    "/manage", "/manage_main", "/manage_workspace", "/acl_users", "/acl_users/users/manage_users",
    "/acl_users/login", "/portal_catalog", "/portal_setup", "/portal_memberdata", "/portal_registration",
    "/virtual_hosting", "/MailHost", "/error_log", "/temp_folder", "/portal_skins",
    "/@@test-rendering", "/@@overview-controlpanel", "/@@usergroup-userprefs", "/@@register", "/@@new-user",
    "/folder_contents", "/@@folder_contents", "/@@sharing", "/edit", "/@@edit", "/++add++Document",
    "/@@search", "/@@updated_search", "/@@sitemap", "/RSS", "/@@getVocabulary?name=plone.app.vocabularies.Users",
    "/@@plone_portal_state", "/@@plone_context_state", "/@@multilingual-selector", "/@@historyview",
    "/author/admin", "/@@author", "/contact-info", "/sendto_form", "/mail_password_form",
    "/HEAD", "/objectIds", "/title_or_id", "/getId", "/de/seiten/amt/title", "/de/seiten/amt/Title",
    "/de/seiten/amt/aq_parent", "/@@ploneview", "/@@plone", "/@@main_template/macros", "/index_html/aq_parent",
    "/++resource++plone.app.event", "/@@json-site-info", "/@@allUsers", "/@@export_import",
]  # fmt: skip

SERVICES = [
    "@users", "@groups", "@principals", "@userschema", "@registry", "@controlpanels", "@types",
    "@types/Document", "@vocabularies", "@vocabularies/plone.app.vocabularies.Users", "@sources/x",
    "@querysources/x", "@querystring", "@querystring-search", "@site", "@system", "@database", "@addons",
    "@roles", "@sharing", "@history", "@workflow", "@lock", "@actions", "@aliases", "@contextnavigation",
    "@content-rules", "@rules", "@comments", "@email-notification", "@transactions", "@upgrade", "@tiles",
    "@inherit", "@linkintegrity", "@relations", "@recyclebin",
]  # fmt: skip


@pytest.mark.parametrize("where", ["own", "common"])
def test_management_and_stock_views_are_closed_to_visitors(world, where):
    bad = []
    for path in CLOSED:
        answer = world.own("gangelt", path) if where == "own" else world.common(f"/gangelt{path}")
        root = answer if where == "own" else world.common(path)
        if not (refused(answer) and refused(root)) or (where == "own" and answer.status not in (403, 404)):
            bad.append((path, answer.status, root.status, answer.headers.get("location"), answer.text[:80]))
    assert not bad


@pytest.mark.parametrize("where", ["own", "common"])
def test_services_that_visitors_do_not_need_are_closed(world, where):
    bad = []
    for name in SERVICES:
        for shape in (f"/++api++/de/{name}", f"/de/seiten/amt/{name}"):
            path = shape if where == "own" else shape.replace("/de/", "/gangelt/de/", 1)
            ask = (lambda p: world.own("gangelt", p, Accept="application/json")) if where == "own" else (
                lambda p: world.common(p, Accept="application/json"))  # fmt: skip
            answer = ask(path)
            if answer.status not in (401, 403, 404):
                bad.append((path, answer.status, answer.text[:100]))
    assert not bad


def test_names_of_people_cannot_be_guessed(world):
    for user in ("admin", "test-user", "nobody-there"):
        for path in (f"/@users/{user}/reset-password", f"/@users/{user}"):
            for method in ("GET", "POST"):
                body = "{}" if method == "POST" else None
                headers = {"Accept": "application/json", "Content_Type": "application/json"}
                own = world.own("gangelt", path, method=method, body=body, **headers)
                common = world.common(path, method=method, body=body, **headers)
                assert (own.status, common.status) == (404, 401), (path, method)


def test_signing_in_by_rest_is_closed_on_domains(world):
    from plone.app.testing import SITE_OWNER_NAME
    from plone.app.testing import SITE_OWNER_PASSWORD

    good = json.dumps({"login": SITE_OWNER_NAME, "password": SITE_OWNER_PASSWORD})
    headers = {"Accept": "application/json", "Content_Type": "application/json"}
    for _attempt in range(20):
        assert world.own("gangelt", "/@login", method="POST", body=good, **headers).status == 404
    wrong = json.dumps({"login": "admin", "password": "wrong"})
    assert world.common("/@login", method="POST", body=wrong, **headers).status == 401


@pytest.mark.parametrize("method", ["PATCH", "PUT", "DELETE", "POST", "TRACE", "PROPFIND", "MKCOL", "COPY", "MOVE", "LOCK", "PURGE"])
def test_visitors_change_nothing(world, method):
    body = json.dumps({"title": "owned", "@type": "InformationPage"})
    world.portal._p_jar.sync()
    before = sorted(world.portal["gangelt"]["de"]["seiten"].objectIds())
    bad = []
    for path in ("/de/seiten/amt", "/++api++/de/seiten/amt", "/de/seiten", "/++api++/de/seiten", "/de/seiten/neu"):
        for accept in ("application/json", "*/*"):
            for ask in (lambda p, **r: world.own("gangelt", p, **r), lambda p, **r: world.common(f"/gangelt{p}", **r)):
                answer = ask(path, method=method, body=body, Accept=accept, Content_Type="application/json")
                # A form page may answer a POST by itself; it changes nothing.
                if answer.status < 400 and not (method in ("POST", "PURGE") and "<!" in answer.text[:9]):
                    bad.append((path, accept, answer.status, answer.text[:80]))
    assert not bad
    world.portal._p_jar.sync()
    assert world.portal["gangelt"]["de"]["seiten"]["amt"].title == "Amt Gangelt"
    assert "amt" in before
    assert sorted(world.portal["gangelt"]["de"]["seiten"].objectIds()) == before


def test_a_method_cannot_be_smuggled_in(world):
    for header in ("X_HTTP_Method_Override", "X_Method_Override", "X_HTTP_Method"):
        answer = world.own("gangelt", "/de/seiten/amt", method="POST", body="", Accept="application/json", **{header: "DELETE"})
        assert answer.status in (400, 401, 404, 405)
    world.own("gangelt", "/de/seiten/amt?_method=DELETE&delete:method=1&manage_delObjects:method=1&:method=manage_main")
    world.portal._p_jar.sync()
    assert "amt" in world.portal["gangelt"]["de"]["seiten"].objectIds()


def test_head_and_options_are_harmless(world):
    head = world.own("gangelt", "/de/seiten/amt", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert world.own("gangelt", "/de/seiten/geheim", method="HEAD").status == 404
    assert world.own("gangelt", "/selfkant/de/seiten/amt", method="HEAD").status == 404
    assert world.own("gangelt", "/selfkant/de/seiten/amt", method="OPTIONS").status in (200, 404, 405)


PRIVATE = ["/de/seiten/geheim", "/++api++/de/seiten/geheim", "/de/seiten/geheim/view", "/de/seiten/geheim/@@view",
           "/de/seiten/geheim/@breadcrumbs", "/de/seiten/geheim/@navigation"]  # fmt: skip


@pytest.mark.parametrize("path", PRIVATE)
def test_private_texts_are_not_there(world, path):
    answer = world.own("gangelt", path)
    assert answer.status == 404
    assert "location" not in answer.headers
    assert "www-authenticate" not in answer.headers
    assert "Geheim" not in answer.text
    assert "Geheim" not in world.common(f"/gangelt{path}").text


SEARCHES = [
    {}, {"path": ""}, {"path": "/"}, {"path": "/{site}"}, {"path": "/{site}/selfkant"}, {"path": "/../selfkant"},
    {"path.query": ""}, {"path.query": "/", "path.level": "-1"}, {"path.query": "selfkant", "path.level": "1"},
    {"path.query:list": ""}, {"path.not": "/{site}/gangelt"}, {"path.query": "/", "path.not": "/{site}/gangelt"},
    {"path.operator": "or"}, {"path.range": "min", "path.query": "/"}, {"path.depth": "9"}, {"path.depth": "-1", "path": ""},
    {"SearchableText": "Selfkant"}, {"Title": "Selfkant"}, {"portal_type": "Municipality"}, {"UID": "{uid}"},
    {"use_site_search_settings": "1"}, {"use_site_search_settings": "1", "path": "/{site}/selfkant"},
    {"path:list": "/{site}/selfkant"}, {"path:list": ""}, {"path:tuple": ""}, {"path:int": "1"}, {"path.query:int": "0"},
]  # fmt: skip


@pytest.mark.parametrize("query", SEARCHES, ids=str)
def test_search_on_a_domain_stays_there(world, query):
    text = urlencode({name: filled(world, value) for name, value in query.items()})
    for top in ("/++api++/@search", "/++api++/de/@search", "/@search"):
        answer = world.own("gangelt", f"{top}?fullobjects=1&b_size=200&{text}", Accept="application/json")
        assert answer.status < 500, (top, answer.text[:300])
        assert answer.headers["content-type"].startswith("application/json")
        for item in answer.json.get("items", []) if isinstance(answer.json, dict) else []:
            assert item["@id"].startswith("https://www.gangelt.example"), (top, text, item["@id"])
            assert "selfkant" not in json.dumps(item).lower(), (top, text)
        assert "Geheim" not in answer.text


def test_search_on_a_domain_finds_its_own(world):
    found = world.own("gangelt", "/++api++/@search?portal_type=InformationPage", Accept="application/json").json
    assert {item["@id"] for item in found["items"]} >= {"https://www.gangelt.example/de/seiten/amt"}
    found = world.own("gangelt", "/++api++/@search?path=/de/seiten", Accept="application/json").json
    assert "https://www.gangelt.example/de/seiten/amt" in {item["@id"] for item in found["items"]}
    found = world.own("gangelt", "/++api++/@search?path.query=/de&path.depth=1", Accept="application/json").json
    assert "https://www.gangelt.example/de/seiten" in {item["@id"] for item in found["items"]}
    assert "https://www.gangelt.example/de/seiten/amt" not in {item["@id"] for item in found["items"]}


@pytest.mark.parametrize("path", [
    "/++api++/", "/++api++/de", "/++api++/de/seiten/amt", "/++api++/de/seiten/amt/@breadcrumbs", "/++api++/de/@navigation",
    "/++api++/@navigation", "/++api++/@navigation?expand.navigation.depth=3", "/++api++/@breadcrumbs",
    "/++api++/de/seiten/amt/@translations", "/++api++/de/seiten/amt?expand=breadcrumbs,navigation,translations,navroot",
    "/++api++/@search?fullobjects=1",
])  # fmt: skip
def test_rest_addresses_stay_on_the_domain(world, path):
    answer = world.own("gangelt", path, Accept="application/json")
    assert answer.status == 200, answer.text[:300]
    wrong = [url for url in addresses(answer.json) if not url.startswith("https://www.gangelt.example")]
    assert not wrong
    assert "/gangelt/" not in answer.text
    assert "selfkant" not in answer.text.lower()


def addresses(value) -> list[str]:
    """Return every address in a JSON answer."""
    if isinstance(value, dict):
        return [found for one in value.values() for found in addresses(one)]
    if isinstance(value, list):
        return [found for one in value for found in addresses(one)]
    return [value] if isinstance(value, str) and value.startswith(("http://", "https://")) else []


def test_repeated_api_markers_lead_nowhere(world):
    for path in ("/++api++/++api++/de", "/++api++/de/++api++/seiten/amt", "/++api++/++api++/++api++/selfkant/de"):
        answer = world.own("gangelt", path)
        assert answer.status in (301, 302, 404), path
        assert answer.headers.get("location", "https://www.gangelt.example/").startswith("https://www.gangelt.example/")


def test_published_content_stays_readable_after_a_managers_request(world):
    """Permission results of fields are not kept from one person to the next."""
    from base64 import b64encode
    from plone.app.testing import SITE_OWNER_NAME
    from plone.app.testing import SITE_OWNER_PASSWORD

    manager = "Basic " + b64encode(f"{SITE_OWNER_NAME}:{SITE_OWNER_PASSWORD}".encode()).decode()
    path = "/gangelt/@search?fullobjects=1&b_size=200"
    seen = world.common(path, Accept="application/json", Authorization=manager)
    assert seen.status == 200
    assert "Geheim Gangelt" in seen.text
    answer = world.common(path, Accept="application/json")
    assert answer.status == 200
    assert "Geheim" not in answer.text
    municipality = world.own("gangelt", "/++api++/", Accept="application/json")
    assert "contacts" not in municipality.json or not municipality.json["contacts"]


@pytest.mark.parametrize("size", ["x", "-1", "1e9", "٣", "100000"])
def test_a_search_batch_is_a_number_and_never_the_whole_site(world, size):
    answer = world.own("gangelt", f"/@search?b_size={quote(size)}", Accept="application/json")
    if size == "100000":
        assert answer.status == 200
        assert len(answer.json["items"]) <= 200
    else:
        assert answer.status == 400, answer.text[:200]
