"""A real nginx with the generated configuration, in front of the real portal."""

from heinsberg.portal.foundation.settings import override
from http.client import BadStatusLine
from http.client import RemoteDisconnected

import json
import pytest
import re
import subprocess
import transaction


pytestmark = pytest.mark.slow

PAGE = "/de/seiten/amt"


@pytest.fixture
def front(nginx):
    """Without TLS, purging on."""
    return nginx.start()


def state(answer) -> str:
    return answer.headers.get("x-cache", "")


def warm(front, name: str, path: str) -> None:
    """Ask until the page is kept."""
    assert front.ask(name, path).status == 200, path
    assert state(front.ask(name, path)) == "HIT", path


def edit(world, name: str) -> str:
    """Change the title of a page; return the new one."""
    from uuid import uuid4
    from zope.lifecycleevent import modified

    world.portal._p_jar.sync()
    page = world.portal[name]["de"]["seiten"]["amt"]
    page.title = f"Amt {name} {uuid4().hex}"
    modified(page)
    transaction.commit()
    return page.title


def links_of(answer) -> set[str]:
    return set(re.findall(r'(?:href|src|action)="([^"]+)"', answer.text))


@pytest.mark.parametrize(("name", "top"), [("gangelt", ""), ("selfkant", ""), ("common", "/gangelt")])
def test_every_link_of_a_page_is_right_where_it_is_shown(front, name, top):
    page = front.ask(name, f"{top}{PAGE}")
    assert page.status == 200
    wrong = []
    for link in sorted(links_of(page)):
        if link.startswith(("#", "mailto:", "tel:", "data:")):
            continue
        own = f"https://{'portal.example' if name == 'common' else f'www.{name}.example'}"
        path = link.removeprefix(own) if link.startswith(own) else link
        if not path.startswith("/"):
            continue
        answer = front.ask(name, path.split("#")[0] or "/")
        if answer.status not in (200, 301, 302, 303):
            wrong.append((link, answer.status))
    assert not wrong, front.log()[-3000:]
    assert "VirtualHost" not in page.text
    assert "127.0.0.1" not in page.text
    assert "/plone/" not in page.text


def test_redirects_lead_to_the_same_address(front):
    for name, path, origin in (
        ("gangelt", "/", "https://www.gangelt.example"),
        ("common", "/gangelt", "https://portal.example/gangelt"),
    ):
        answer = front.ask(name, path)
        if answer.status in (301, 302, 303):
            location = answer.headers["location"]
            assert location.startswith((origin, "/")), location
            assert "VirtualHost" not in location


def test_resources_are_right_on_each_address(front):
    for name, top in (("gangelt", ""), ("selfkant", ""), ("common", "/selfkant"), ("common", "")):
        page = front.ask(name, top + PAGE if top or name != "common" else "/")
        sheets = [link for link in links_of(page) if link.endswith(".css")]
        assert sheets
        for sheet in sheets:
            answer = front.ask(name, sheet)
            assert answer.status == 200
            assert answer.headers["content-type"].startswith("text/css")
            assert "immutable" in answer.headers["cache-control"]
            assert state(front.ask(name, sheet)) == "HIT"
            packed = front.ask(name, sheet, Accept_Encoding="br, gzip")
            assert packed.headers["content-encoding"] == "gzip"


def test_tls_with_certificates_and_the_way_there(nginx, tmp_path):
    hosts = ("www.gangelt.example", "www.selfkant.example", "portal.example")
    for host in hosts:
        folder = tmp_path / "certificates" / host
        folder.mkdir(parents=True)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-subj", f"/CN={host}", "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")],
            check=True, capture_output=True,
        )  # fmt: skip
    front = nginx.start(http_only=False, certificates=str(tmp_path / "certificates"))
    answer = front.ask("gangelt", f"{PAGE}?x=1")
    assert answer.status == 301
    assert answer.headers["location"] == f"https://www.gangelt.example{PAGE}?x=1"
    page = front.ask("gangelt", PAGE, tls=True)
    assert page.status == 200
    assert page.headers["strict-transport-security"].startswith("max-age=31536000")
    assert 'href="http://' not in page.text.replace('href="http://www.', "")
    with pytest.raises((OSError, BadStatusLine, RemoteDisconnected)):
        front.ask("gangelt", PAGE, tls=True, host="stranger.example")


def test_strangers_are_dropped_and_grow_no_cache(front, world):
    from plone.app.theming.utils import theming_policy

    warm(front, "gangelt", PAGE)
    warm(front, "common", f"/gangelt{PAGE}")
    kept, memory = front.cached(), theme_caches(theming_policy)
    for number in range(100):
        with pytest.raises((RemoteDisconnected, BadStatusLine, ConnectionResetError)):
            front.ask("gangelt", PAGE, host=f"host{number}.evil.example")
        answer = front.ask("gangelt", PAGE, X_Forwarded_Host=f"h{number}.evil", X_Forwarded_For=f"10.0.0.{number}",
                           Forwarded=f"host=h{number}.evil", X_Forwarded_Proto="http")  # fmt: skip
        assert "evil" not in answer.text
        assert state(answer) == "HIT"
    assert front.cached() == kept
    assert theme_caches(theming_policy) == memory


def theme_caches(theming_policy) -> int:
    from plone.app.theming import policy

    cache = getattr(policy, "_local_cache", None)
    return len(vars(cache)) if hasattr(cache, "__dict__") else 0


def test_invented_hosts_grow_no_theming_cache_behind_the_proxy(world):
    """The same, when a proxy of somebody else lets foreign hosts through."""
    from heinsberg.portal.municipality.policy import MunicipalityThemingPolicy
    from zope.globalrequest import setRequest
    from ZPublisher.HTTPRequest import HTTPRequest

    keys = set()
    for number in range(100):
        environ = {"SERVER_NAME": f"h{number}.evil", "SERVER_PORT": "80", "REQUEST_METHOD": "GET", "HTTP_HOST": f"h{number}.evil"}
        request = HTTPRequest(None, environ, None)
        setRequest(request)
        keys.add(MunicipalityThemingPolicy(request).getCacheKey())
    setRequest(None)
    assert len(keys) == 1


def test_a_change_empties_the_pages_of_its_municipality_only(front, world):
    with override(purge_urls=(f"http://127.0.0.1:{front.local_port}",), portal_url="https://portal.example"):
        pages = [("gangelt", PAGE), ("gangelt", "/de"), ("common", f"/gangelt{PAGE}"), ("selfkant", PAGE), ("common", f"/selfkant{PAGE}")]
        for name, path in pages:
            warm(front, name, path)
        title = edit(world, "gangelt")
        assert state(front.ask("gangelt", PAGE)) == "HIT"
        deliver(world)
        for name, path in pages:
            expected = "HIT" if "selfkant" in name + path else "MISS"
            assert state(front.ask(name, path)) == expected, (name, path)
        assert title in front.ask("gangelt", PAGE).text
        assert title in front.ask("common", f"/gangelt{PAGE}").text


def deliver(world) -> list:
    """Do what the worker does with the purge entries, and forget them."""
    from heinsberg.portal.outbox import api
    from heinsberg.portal.outbox.kinds.purge import PurgeHandler

    world.portal._p_jar.sync()
    from heinsberg.portal.outbox import store as stores

    entries = [stores.entry(stores.get(world.portal), one.id) for one in api.pending(world.portal) if one.kind == "purge"]
    handler = PurgeHandler()
    for entry in entries:
        handler.perform(handler.prepare(entry.view(), world.portal))
        api.discard(world.portal, entry.id, "delivered by the test")
    transaction.commit()
    return entries


def test_a_stale_page_is_never_kept_as_a_new_one(front, world):
    """A new generation changes the key of all pages, also of those being made."""
    warm(front, "gangelt", PAGE)
    title = edit(world, "gangelt")
    assert title not in front.ask("gangelt", PAGE).text
    assert front.purge("www.gangelt.example") == 200
    assert title in front.ask("gangelt", PAGE).text
    # Without a change the pages stay.
    assert front.purge("www.gangelt.example") == 200
    assert state(front.ask("gangelt", PAGE)) == "HIT"


def test_purging_is_for_this_machine_only(front):
    warm(front, "gangelt", PAGE)
    for method in ("PURGE", "BAN", "REFRESH", "TRACE", "CONNECT", "PROPFIND", "DELETE", "PATCH", "PUT"):
        assert front.ask("gangelt", PAGE, method=method).status in (400, 405), method
        assert front.ask("gangelt", "/*", method=method).status in (400, 404, 405), method
    for method in ("PURGE", "BAN", "TRACE", "PROPFIND"):
        assert front.ask("common", "/*", method=method).status == 405, method
    assert state(front.ask("gangelt", PAGE)) == "HIT"
    # The other way round: what is for this machine shows no pages.
    assert front.world.ask(front.local_port, PAGE, host="www.gangelt.example").status == 405
    with pytest.raises((RemoteDisconnected, BadStatusLine, ConnectionResetError)):
        front.world.ask(front.local_port, PAGE, host="stranger.example")


@pytest.mark.parametrize("query", ["q=1", "lang=fr", "lang=de&q=2", "lang=DE", "q=2&lang=de", "lang=de;q=2", "%6cang=de", "lang=de&lang=en", "lang=de%20"])
def test_unknown_arguments_are_answered_by_the_portal_itself(front, query):
    warm(front, "gangelt", PAGE)
    kept = front.cached()
    for _time in range(3):
        assert state(front.ask("gangelt", f"{PAGE}?{query}")) in ("BYPASS", "")
    assert front.cached() == kept


def test_known_arguments_have_pages_of_their_own(front):
    warm(front, "gangelt", PAGE)
    assert state(front.ask("gangelt", f"{PAGE}?lang=nl")) == "MISS"
    assert state(front.ask("gangelt", f"{PAGE}?lang=nl")) == "HIT"
    assert state(front.ask("gangelt", f"{PAGE}?")) == "HIT"


@pytest.mark.parametrize("headers", [
    {"Cookie": "__ac=x"}, {"Cookie": "a=1; __ac=x"}, {"Cookie": "__ac_session=x"}, {"Cookie": "statusmessages=x"},
    {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer x"}, {"Accept": "application/json"},
    {"Cookie": "__Host-__ac=x"},
])  # fmt: skip
def test_people_who_are_signed_in_get_no_kept_page(front, headers):
    warm(front, "gangelt", PAGE)
    kept = front.cached()
    assert state(front.ask("gangelt", PAGE, **headers)) in ("BYPASS", "")
    assert front.cached() == kept
    assert state(front.ask("gangelt", PAGE, Cookie="theme=dark")) == "HIT"


def test_one_page_has_few_kept_forms(front):
    """Spellings, encodings and headers of one address do not multiply what is kept."""
    warm(front, "gangelt", PAGE)
    kept = front.cached()
    for path in ("/de/seiten/%61mt", "/de/%73eiten/amt", "/de//seiten/amt", "/de/./seiten/amt", "/de/x/../seiten/amt", PAGE + "%20"):
        front.ask("gangelt", path)
    for number in range(20):
        front.ask("gangelt", PAGE, Accept_Encoding=f"x{number}, gzip", Accept_Language=f"x{number}", User_Agent=f"u{number}")
    # One compressed form is added.
    assert front.cached() <= kept + 1


CLOSED = [
    "/manage", "/manage_main", "/MANAGE", "/de/manage_workspace", "/@@manage", "/acl_users", "/de/acl_users/login",
    "/portal_catalog", "/portal_setup/manage", "/virtual_hosting", "/MailHost", "/mailhost", "/Control_Panel",
    "/error_log", "/temp_folder", "/@users", "/de/@users/admin", "/++api++/@users", "/@registration",
    "/%61cl_users", "/acl%5fusers", "/m%61nage", "/++view++manage_main", "/de/%2e%2e/acl_users", "//acl_users",
    "/++api++/++api++/de", "/++api++/de/++api++/x", "/%2b%2bapi%2b%2b/++api++/de",
    "/VirtualHostBase/https/evil.example:443/plone/VirtualHostRoot/", "/de/VirtualHostBase/http/evil.example:80/VirtualHostRoot/de",
    "/virtualhostroot/de", "/%56irtualHostBase/http/evil:80/plone/VirtualHostRoot/", "/_vh_evil/de", "/%5fvh_evil/de", "/de/_vh_x",
    "/++vh++http:evil.example:80/++/de", "/%2b%2bvh%2b%2bhttp:evil:80/++/de", "/++skin++Plone/de", "/++attribute++x",
    "/de/..%2fselfkant", "/de/%252e%252e/x", "/de/..;/x", "/de\\..\\x", "/%00", "/de/%0d%0aX-Evil:1", "/de/%2f/x",
    "/health/ready", "/health/live", "/@@page-generation", "/_hp_generation", "/page-generation", "/@@test-rendering",
]  # fmt: skip


@pytest.mark.parametrize("name", ["gangelt", "common"])
def test_management_and_crooked_paths_are_closed(front, name):
    bad = []
    for path in CLOSED:
        answer = front.ask(name, path)
        if answer.status not in (400, 404) or "evil" in answer.text or "x-evil" in answer.headers:
            bad.append((path, answer.status))
    assert not bad


def test_signing_in_is_closed_on_domains_and_slowed_down_elsewhere(front):
    body = json.dumps({"login": "admin", "password": "wrong"})
    headers = {"Content_Type": "application/json", "Accept": "application/json"}
    own = [front.ask("gangelt", "/@login", method="POST", body=body, **headers).status for _ in range(20)]
    assert set(own) == {404}
    common = [front.ask("common", "/@login", method="POST", body=body, **headers).status for _ in range(20)]
    assert set(common) == {401, 429}
    assert front.ask("common", "/login").status == 429


def test_staff_is_led_to_the_login(front):
    answer = front.ask("common", "/acl_users/credentials_cookie_auth/require_login?came_from=https://evil.example/")
    assert answer.status == 302
    assert answer.headers["location"].startswith(("/", "https://portal.example/"))
    assert front.ask("common", "/acl_users/credentials_cookie_auth/manage").status == 404


def test_foreign_paths_do_not_answer_on_a_domain(front):
    for path in ("/selfkant/de/seiten/amt", "/plone/selfkant/de", "/++api++/selfkant/de/seiten/amt", "/gangelt/de"):
        assert front.ask("gangelt", path).status == 404, path


def test_headers_are_filled_in_not_doubled(front):
    for path in (PAGE, "/manage", "/nothing-here"):
        connection_headers = front.ask("gangelt", path).headers
        for name in ("x-content-type-options", "referrer-policy", "x-frame-options", "content-security-policy"):
            value = connection_headers.get(name, "")
            assert value, (path, name)
            assert "," not in value.replace("frame-ancestors", "") or name != "x-content-type-options"
    assert "default-src 'none'" in front.ask("gangelt", PAGE).headers["content-security-policy"]
    assert "nginx/" not in front.ask("gangelt", "/manage").headers["server"]
    assert len(front.ask("gangelt", PAGE).headers["x-request-id"]) == 32


def test_large_bodies_are_refused_before_the_portal(front):
    assert front.ask("gangelt", "/de", method="POST", body=b"x" * (3 << 20)).status == 413
    assert front.ask("common", "/login", method="POST", body=b"x" * (128 << 10)).status == 413


def test_the_log_tells_no_query_and_no_whole_address(front):
    front.ask("gangelt", f"{PAGE}?q=secret-word", Referer="https://x/?secret-word", Cookie="secret-word=1")
    front.stop()
    lines = [json.loads(line) for line in front.log().splitlines()]
    assert "secret-word" not in front.log()
    assert lines[-1]["path"] == PAGE
    assert lines[-1]["client"] == "127.0.0.0/24"


def test_when_the_portal_is_down_there_is_a_sentence(nginx):
    front = nginx.start(upstream=["127.0.0.1:9"])
    answer = front.ask("gangelt", PAGE)
    assert answer.status == 503
    assert "Das Portal ist gerade nicht erreichbar" in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_without_purging_pages_are_right_after_a_short_while(nginx, world):
    front = nginx.start(no_purge=True)
    assert "_hp_refresh" not in (front.folder / "nginx.conf").read_text()
    warm(front, "gangelt", PAGE)
    title = edit(world, "gangelt")
    answer = world.own("gangelt", "/@@page-generation")
    assert answer.headers["cache-control"] == "public, s-maxage=10, stale-while-revalidate=5"
    # What ten seconds do, done at once.
    for path in (front.folder / "cache" / "generations").rglob("*"):
        if path.is_file():
            path.unlink()
    assert title in front.ask("gangelt", PAGE).text
