"""The first visit: bytes on the wire, scripts, and what holds up the first picture."""

from .visits import Visit
from collections import defaultdict
from urllib.parse import urlsplit

import pytest


WHOLE = 150_000
SCRIPTS = 30_000


@pytest.mark.parametrize(
    "path", ["", "/erkelenz/de", "/erkelenz/de/leistungen/personalausweis-beantragen"]
)
def test_first_visit(path, visitor, portal_server):
    page = visitor().new_page()
    visit = Visit(page)
    kinds, sizes = _measure(page)
    page.goto(portal_server.base + path, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    by_kind: dict[str, float] = defaultdict(float)
    for request, size in sizes.items():
        by_kind[kinds[request][0]] += size
    assert by_kind["Document"] > 1000 and by_kind["Stylesheet"] > 1000
    assert sum(by_kind.values()) <= WHOLE, dict(by_kind)
    assert 0 < by_kind["Script"] <= SCRIPTS, dict(by_kind)
    assert by_kind["Font"] > 1000, "the fonts are not ours"
    assert not visit.other_hosts(portal_server.host)
    blocking = page.evaluate(
        """performance.getEntriesByType("resource").filter((entry) => entry.renderBlockingStatus === "blocking").map((entry) => entry.name)"""
    )
    assert len(blocking) == 1 and urlsplit(blocking[0]).path.endswith(".css"), blocking


def test_a_second_page_asks_for_the_page_only(visitor, portal_server):
    page = visitor().new_page()
    page.goto(portal_server.base + "/erkelenz/de", wait_until="networkidle")
    kinds, sizes = _measure(page)
    page.goto(portal_server.base + "/erkelenz/de/leistungen/bauantrag", wait_until="networkidle")
    loaded = [
        kinds[request][1]
        for request, size in sizes.items()
        if size and kinds[request][0] != "Document"
    ]
    # Icons of the contact card come with the first page that has one.
    assert [address for address in loaded if not address.endswith(".svg")] == []


def _measure(page) -> tuple[dict, dict]:
    """Return (kind and address of each request, bytes of each request), filled while the page loads."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    kinds: dict[str, tuple[str, str]] = {}
    sizes: dict[str, float] = {}
    session.on(
        "Network.requestWillBeSent",
        lambda event: kinds.__setitem__(
            event["requestId"], (event.get("type", ""), event["request"]["url"])
        ),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.__setitem__(event["requestId"], event["encodedDataLength"]),
    )
    return kinds, sizes
