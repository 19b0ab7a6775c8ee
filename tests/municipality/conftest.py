"""Municipalities to tell apart, served by Zope on a free port and by a real nginx in front."""

from contextlib import ExitStack
from heinsberg.portal.foundation.settings import override
from pathlib import Path
from types import SimpleNamespace

import http.client
import json
import pytest
import shutil
import socket
import ssl
import subprocess
import time
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

COMMON = "portal.example"
DOMAINS = {"gangelt": "www.gangelt.example", "selfkant": "www.selfkant.example"}
PASSWORD = "correct horse battery staple"


def _add_municipality(portal, name: str, **changes):
    from plone.app.testing import setRoles
    from plone.app.testing import TEST_USER_ID
    from plone.dexterity.utils import createContentInContainer

    setRoles(portal, TEST_USER_ID, ["Manager"])
    return createContentInContainer(portal, "Municipality", id=name, **{**FACTS[name], **changes})


@pytest.fixture
def add_municipality():
    """Add one of the known municipalities to a site."""
    return _add_municipality


class Answer:
    """What came back: status, headers (lower case), body; ``json`` of it."""

    def __init__(self, response) -> None:
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.body)


def ask(port: int, path: str, *, method="GET", host=None, tls=False, body=None, **headers) -> Answer:
    """Send one request with the path exactly as given; header names with _ for -."""
    if tls:
        context = ssl._create_unverified_context()
        raw = socket.create_connection(("127.0.0.1", port), timeout=20)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.sock = context.wrap_socket(raw, server_hostname=host or "localhost")
    else:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", host or f"127.0.0.1:{port}")
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        data = body.encode() if isinstance(body, str) else body
        if data is not None:
            connection.putheader("Content-Length", str(len(data)))
        connection.endheaders(data)
        return Answer(connection.getresponse())
    finally:
        connection.close()


def _layers(layer, found: list) -> list:
    """Return a layer after the ones it stands on."""
    for base in layer.__bases__:
        _layers(base, found)
    if layer not in found:
        found.append(layer)
    return found


@pytest.fixture(scope="module")
def shared_functional(functional_session):
    """The functional layer, set up once for a module: its tests see each other's changes."""
    layers = _layers(functional_session, [])
    for layer in layers:
        if hasattr(layer, "testSetUp"):
            layer.testSetUp()
    yield functional_session
    transaction.abort()
    for layer in reversed(layers):
        if hasattr(layer, "testTearDown"):
            layer.testTearDown()


@pytest.fixture(scope="module")
def world(shared_functional):
    """Gangelt and Selfkant with a public and a private page each, committed and served by Zope.

    Once per module, since it is large: tests leave behind what they found.
    """
    functional = shared_functional
    from plone.app.testing import setRoles
    from plone.app.testing import TEST_USER_ID
    from Products.SiteAccess.VirtualHostMonster import manage_addVirtualHostMonster

    portal = functional["portal"]
    app = functional["app"]
    if "virtual_hosting" not in app.objectIds():
        manage_addVirtualHostMonster(app, "virtual_hosting")
    with override(portal_url=f"https://{COMMON}", purge_urls=()):
        for name in FACTS:
            _add_municipality(portal, name, domains=[DOMAINS[name]])
            fill(portal[name])
        setRoles(portal, TEST_USER_ID, ["Member"])
        transaction.commit()
        yield SimpleNamespace(
            portal=portal,
            port=functional["port"],
            ask=ask,
            own=lambda name, path, **rest: ask(functional["port"], own_path(portal, name, path), **rest),
            common=lambda path, **rest: ask(functional["port"], common_path(portal, path), **rest),
            direct=lambda path, **rest: ask(functional["port"], path, **rest),
        )


def fill(municipality) -> None:
    """Give a municipality ``de/seiten/amt`` (public) and ``de/seiten/geheim`` (private)."""
    from plone import api

    section = municipality["de"]["seiten"]
    title = municipality.title
    page = api.content.create(section, "InformationPage", id="amt", title=f"Amt {title}")
    api.content.transition(page, "publish")
    api.content.create(section, "InformationPage", id="geheim", title=f"Geheim {title}")
    english = municipality["en"]["pages"] if "pages" in municipality["en"] else municipality["en"]
    other = api.content.create(english, "InformationPage", id="office", title=f"Office {title}")
    api.content.transition(other, "publish")
    from plone.app.multilingual.interfaces import ITranslationManager

    ITranslationManager(page).register_translation("en", other)


def own_path(portal, name: str, path: str) -> str:
    """Return how a proxy asks Zope for a path of a municipality's domain."""
    return f"/VirtualHostBase/https/{DOMAINS[name]}:443/{portal.getId()}/{name}/VirtualHostRoot{path}"


def common_path(portal, path: str) -> str:
    """Return how a proxy asks Zope for a path of the common address."""
    return f"/VirtualHostBase/https/{COMMON}:443/{portal.getId()}/VirtualHostRoot{path}"


@pytest.fixture
def staff(world):
    """Return staff(municipality, group) -> Basic credentials of a new person in that group."""
    from base64 import b64encode
    from plone import api

    def make(name: str, group: str) -> str:
        user = f"{name}-{group}-person"
        world.portal._p_jar.sync()
        if api.user.get(username=user) is not None:
            return "Basic " + b64encode(f"{user}:{PASSWORD}".encode()).decode()
        with api.env.adopt_roles(["Manager"]):
            api.user.create(email=f"{user}@example.org", username=user, password=PASSWORD)
            api.group.add_user(groupname=f"{name}-{group}", username=user)
        transaction.commit()
        return "Basic " + b64encode(f"{user}:{PASSWORD}".encode()).decode()

    return make


def free_ports(number: int) -> list[int]:
    """Return different free ports: all are held until the last is known."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


class Nginx:
    """A real nginx with the generated configuration, all its files below one folder."""

    def __init__(self, folder: Path, world) -> None:
        self.folder, self.world = folder, world
        self.port, self.tls_port, self.local_port = free_ports(3)
        self.process: subprocess.Popen | None = None

    def start(self, **options) -> "Nginx":
        from heinsberg.portal.municipality.commands import nginx

        config = self.folder / "nginx.conf"
        for name in ("cache", "log", "temporary"):
            (self.folder / name).mkdir(exist_ok=True)
        given = {
            "output": str(config), "upstream": [f"127.0.0.1:{self.world.port}"],
            "prefix": str(self.folder), "listen": f"127.0.0.1:{self.port}",
            "listen_tls": f"127.0.0.1:{self.tls_port}", "listen_local": f"127.0.0.1:{self.local_port}",
            "http_only": True, **options,
        }  # fmt: skip
        self.lines: list[str] = []
        nginx(self.world.portal, SimpleNamespace(**given), self.lines.append)
        command = ["nginx", "-c", str(config), "-g", "daemon off;"]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self._wait()
        return self

    def _wait(self) -> None:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.local_port)) == 0:
                    return
            assert self.process and self.process.poll() is None, "nginx ended"
        raise AssertionError("nginx does not listen")

    def ask(self, name: str, path: str, **rest) -> Answer:
        """Ask at a municipality's domain, or at ``common``."""
        rest.setdefault("host", DOMAINS.get(name, COMMON))
        return ask(self.tls_port if rest.get("tls") else self.port, path, **rest)

    def purge(self, host: str, path: str = "/*") -> int:
        return ask(self.local_port, path, method="PURGE", host=host).status

    def cached(self) -> int:
        """Return how many pages are kept."""
        return sum(1 for path in (self.folder / "cache" / "pages").rglob("*") if path.is_file())

    def log(self) -> str:
        return (self.folder / "log" / "portal-access.jsonl").read_text()

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.communicate(timeout=10)


@pytest.fixture
def nginx(world, tmp_path):
    """An nginx that is not started yet; ``nginx.start(option=…)`` starts it."""
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed")
    # The workers of an unprivileged nginx need to get in.
    for folder in (tmp_path, *tmp_path.parents[:3]):
        if folder != Path("/tmp"):
            folder.chmod(0o755)
    server = Nginx(tmp_path, world)
    yield server
    server.stop()
