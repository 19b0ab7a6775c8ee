"""A small demonstration portal and one Chromium, both made once for all browser tests.

HEINSBERG_BROWSER_VAR names a folder in which the demonstration is kept from one
run to the next; without it each run makes a fresh one.
"""

from .page_types import PAGE_TYPES
from .page_types import PageType
from .portal_process import PortalProcess
from .visits import read_all
from .visits import Served
from collections.abc import Iterator
from pathlib import Path
from playwright.sync_api import Browser
from playwright.sync_api import BrowserContext
from playwright.sync_api import sync_playwright

import os
import pytest
import shutil


HERE = Path(__file__).parent
NPM = HERE.parent / "npm" / "node_modules"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder, so that `-m "not browser"` leaves them out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def portal_server(tmp_path_factory) -> Iterator[PortalProcess]:
    """A served portal: all municipalities, three of them filled."""
    kept = os.environ.get("HEINSBERG_BROWSER_VAR")
    var = Path(kept) if kept else tmp_path_factory.mktemp("browser") / "var"
    var.mkdir(parents=True, exist_ok=True)
    server = PortalProcess(var)
    try:
        server.start()
        _own_content(server)
        yield server
    finally:
        server.stop()


def _own_content(server: PortalProcess) -> None:
    """Add what the demonstration does not have for ever: a page of Plone's own type and a warning."""
    _publish(
        server,
        "/erkelenz/de",
        **{
            "@type": "Document",
            "id": "stadtgeschichte",
            "title": "Stadtgeschichte",
            "description": "Was früher hier war.",
            "text": "<p>Im Jahr 966 zum ersten Mal genannt.</p><h2>Mittelalter</h2><p>Die Burg.</p>",
        },
    )
    _publish(
        server,
        "/erkelenz/de/hinweise",
        **{
            "@type": "Warning",
            "id": "glatteis",
            "title": "Glatteis",
            "text": "Auf allen Straßen ist Glatteis.",
            "level": "warning",
        },
    )


def _publish(server: PortalProcess, folder: str, **content: str) -> None:
    """Add and publish content, unless a kept demonstration has it."""
    address = f"{folder}/{content['id']}"
    there = server.rest("GET", f"{folder}?b_size=100")["items"]
    if not any(item["@id"].endswith(address) for item in there):
        server.rest("POST", folder, **content)
        server.rest("POST", f"{address}/@workflow/publish")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def visitor(browser, portal_server):
    """Return a function that opens a fresh visitor; keywords are those of a browser context."""
    opened: list[BrowserContext] = []

    def make(width: int = 1280, **options) -> BrowserContext:
        settings = {
            "viewport": {"width": width, "height": 800},
            "locale": "de-DE",
            "timezone_id": "Europe/Berlin",
            "reduced_motion": "reduce",
            **options,
        }
        context = browser.new_context(**settings)
        context.set_default_timeout(20_000)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture(params=PAGE_TYPES, ids=lambda kind: kind.name)
def page_type(request) -> PageType:
    """Each kind of public page in turn."""
    return request.param


@pytest.fixture(scope="session")
def served(browser, portal_server) -> dict[str, Served]:
    """Every page type as the server sends it: name -> answer, read once without JavaScript."""
    return read_all(browser, portal_server.base)


@pytest.fixture(scope="session")
def npm() -> Path:
    """The folder of the npm packages; `make test-setup` installs them."""
    if not (NPM / "axe-core").is_dir():
        pytest.fail(f"{NPM} is empty. Run: make test-setup")
    return NPM


@pytest.fixture(scope="session")
def axe(npm) -> str:
    """The source of axe-core."""
    return (npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
