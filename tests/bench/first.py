"""first.visit.bytes: what a real browser loads at its first visit of a home page, through the shipped nginx."""

from contextlib import ExitStack
from groups import Bench
from load import BenchError

import pages
import servers


HOST = "portal.bench.example"


def measure(bench: Bench) -> None:
    """Open the home page in Chromium with an empty cache, and add up what came over the wire."""
    with ExitStack() as stack:
        ours = stack.enter_context(servers.portal(bench.filled(), portal_url=f"http://{HOST}"))
        front = stack.enter_context(
            servers.nginx(bench.folder / "nginx-first", bench.filled(), ours, HOST)
        )
        front.fetch(pages.HOME.removeprefix("/portal"))
        loaded = visit(f"http://{HOST}:{front.port}{pages.HOME.removeprefix('/portal')}", HOST)
    for kind in sorted({kind for kind, _, _ in loaded}):
        bench.say(f"{kind}: {sum(size for k, _, size in loaded if k == kind):,.0f} bytes")
    bench.found.add(
        "first.visit.bytes", sum(size for _, _, size in loaded), "bytes on the wire, home page"
    )
    bench.found.add("first.visit.requests", len(loaded), "requests")
    scripts = [size for kind, _, size in loaded if kind == "Script"]
    bench.found.add("first.visit.js.bytes", sum(scripts), "bytes on the wire")


def visit(url: str, host: str) -> list[tuple[str, str, float]]:
    """Return (kind, address, bytes with headers) of everything the browser loaded."""
    from playwright.sync_api import sync_playwright

    begun: dict[str, tuple[str, str]] = {}
    loaded: list[tuple[str, str, float]] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_chromium(),
            args=["--no-sandbox", f"--host-resolver-rules=MAP {host} 127.0.0.1"],
        )
        page = browser.new_page()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on(
            "Network.requestWillBeSent",
            lambda e: begun.update({e["requestId"]: (e["type"], e["request"]["url"])}),
        )
        session.on(
            "Network.loadingFinished",
            lambda e: loaded.append((*begun[e["requestId"]], e["encodedDataLength"])),
        )
        answer = page.goto(url, wait_until="networkidle")
        if answer is None or answer.status != 200:
            raise BenchError(f"{url} answers {answer.status if answer else 'nothing'}")
        browser.close()
    return loaded


def _chromium() -> str:
    import shutil

    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise BenchError("chromium is missing. On Debian or Ubuntu: sudo apt-get install chromium")
    return found
