"""What is noted while a page is visited, and what the server sent."""

from .page_types import PAGE_TYPES
from .page_types import PageType
from dataclasses import dataclass
from dataclasses import field
from playwright.sync_api import Browser
from playwright.sync_api import Page
from urllib.parse import urlsplit

import requests


@dataclass
class Visit:
    """Requests, complaints and cookies of one open page."""

    page: Page
    addresses: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    set_cookies: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.addresses.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._console)
        self.page.on("response", self._response)

    def other_hosts(self, host: str) -> list[str]:
        """Return what was asked of others than the portal."""
        return [
            address
            for address in self.addresses
            if urlsplit(address).scheme != "data" and urlsplit(address).netloc != host
        ]

    def _console(self, message) -> None:
        # Chromium reports the status of an error page itself, which is meant to be so.
        if message.type in ("error", "warning") and not (
            message.text.startswith("Failed to load resource")
            and message.location.get("url", "").split("#")[0] in self.failed
        ):
            self.complaints.append(f"{message.type}: {message.text}")

    def _response(self, response) -> None:
        if response.request.is_navigation_request():
            if response.status >= 400:
                self.failed.append(response.url)
        elif response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")
        if "set-cookie" in response.headers:
            self.set_cookies.append(response.url)


@dataclass(frozen=True)
class Served:
    """The answer of the server to one page type."""

    url: str
    headers: dict[str, str]
    html: str


def read_all(browser: Browser, base: str) -> dict[str, Served]:
    """Return what the server sends for each page type to a visitor without JavaScript."""
    return {kind.name: _answer(kind, browser, base) for kind in PAGE_TYPES}


def _answer(kind: PageType, browser: Browser, base: str) -> Served:
    if kind.then is None:
        answer = requests.get(base + kind.path, headers={"Accept": "text/html"}, timeout=60)
        assert answer.status_code == kind.status, f"{answer.url}: {answer.status_code}"
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Served(answer.url, headers, answer.content.decode("utf-8"))
    context = browser.new_context(java_script_enabled=False, locale="de-DE")
    try:
        response = kind.open(context.new_page(), base)
        return Served(response.url, response.all_headers(), response.text())
    finally:
        context.close()
