"""With the keyboard only: order, visible focus, no trap, menus, checklist, notices, the entrance."""

from datetime import datetime

import pytest
import re


SERVICE = "/erkelenz/de/leistungen/personalausweis-beantragen"
SITUATION = "/erkelenz/de/lebenslagen/bauen-wohnen/wohnen-umzug"
GLAZE = "Auf allen Straßen ist Glatteis."
# What Tab must reach, in the order of the source.
REACHABLE = """() => {
  const selector = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const seen = new Set();
  return [...document.querySelectorAll(selector)].filter((part) => {
    if (part.disabled || part.tabIndex < 0 || !part.checkVisibility({visibilityProperty: true})) return false;
    if (part.type !== "radio") return true;
    const first = !seen.has(part.name);
    seen.add(part.name);
    return first;
  }).map((part, place) => { part.dataset.place = place; return part.outerHTML.slice(0, 90); });
}"""
FOCUSED = """async () => {
  // A transition of no length still takes a frame.
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const part = document.activeElement;
  if (!part || part === document.body) return null;
  const style = getComputedStyle(part);
  const box = part.getClientRects()[0] ?? part.getBoundingClientRect();
  // A large field may reach beyond the window: what counts is what shows of it.
  const seenTop = Math.max(box.top, 0), seenHeight = Math.min(box.bottom, innerHeight) - seenTop;
  const edge = (at, low, size) => Math.min(Math.max(at, low + 1), low + size - 1);
  // A place on the map is drawn, and its outline with it.
  const drawn = part.querySelector("path") && part.closest("svg") && parseFloat(getComputedStyle(part.querySelector("path")).strokeWidth) >= 4;
  const points = [[.5, .5], [.1, .5], [.9, .5]].map(([x, y]) => document.elementFromPoint(
    edge(box.left + box.width * x, box.left, box.width), edge(seenTop + seenHeight * y, seenTop, seenHeight)));
  return {
    place: part.dataset.place ?? null,
    what: part.outerHTML.slice(0, 90),
    ring: drawn || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    free: points.some((hit) => hit && (part.contains(hit) || hit.contains(part) || hit.closest("label")?.control === part)),
  };
}"""


def walk(page) -> list[dict]:
    """Press Tab from the address bar until the page is left; return every stop."""
    stops: list[dict] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or (stops and stop["place"] == stops[0]["place"]):
            return stops
        stops.append(stop)
    raise AssertionError(f"trapped at {stops[-1]}")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "path",
    [
        "",
        "/erkelenz/de",
        SERVICE,
        "/erkelenz/de/suche?SearchableText=ausweis",
        "/erkelenz/de/barriere-melden",
    ],
    ids=["entrance", "home", "service", "search", "barrier"],
)
def test_everything_is_reached_in_order_and_seen(path, width, visitor, portal_server):
    page = visitor(width).new_page()
    assert page.goto(portal_server.base + path, wait_until="networkidle").status == 200
    wanted = page.evaluate(REACHABLE)
    stops = walk(page)
    places = [stop["place"] for stop in stops]
    missed = [what for place, what in enumerate(wanted) if str(place) not in places]
    problems = [f"not reached: {what}" for what in missed]
    if not missed and places != sorted(places, key=int):
        problems.append(f"not in the order of the source: {places}")
    problems += [f"no focus to be seen: {stop['what']}" for stop in stops if not stop["ring"]]
    problems += [f"out of sight: {stop['what']}" for stop in stops if not stop["inside"]]
    problems += [f"covered: {stop['what']}" for stop in stops if not stop["free"]]
    assert not problems, "\n".join(problems)


def test_the_first_stop_leads_past_the_header(visitor, portal_server):
    page = visitor().new_page()
    page.goto(portal_server.base + SERVICE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#inhalt"
    assert page.evaluate(FOCUSED)["inside"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('main'))")


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no-script"])
def test_menu_of_the_phone(scripts, visitor, portal_server):
    page = visitor(320, java_script_enabled=scripts).new_page()
    page.goto(portal_server.base + SERVICE)
    news = page.get_by_role("link", name="Aktuelles", exact=True).first
    assert not news.is_visible()
    page.get_by_role("button" if scripts else "link", name="Menü", exact=True).click()
    for name in (
        "Aktuelles",
        "Lebenslagen",
        "Leistungen A bis Z",
        "Leichte Sprache",
        "Anmelden",
        "English",
    ):
        assert page.locator("#menue").get_by_role("link", name=name).first.is_visible(), name
    news.click()
    assert page.locator("h1").inner_text() == "Aktuelles"


def test_escape_closes_menu_and_search_and_gives_the_focus_back(visitor, portal_server):
    page = visitor(320).new_page()
    page.goto(portal_server.base + SERVICE)
    for name, inside in (("Menü", "#menue"), ("Suchen", "#suche")):
        button = page.locator(".hp-header").get_by_role("button", name=name, exact=True).first
        button.focus()
        page.keyboard.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        assert page.locator(inside).is_visible()
        page.keyboard.press("Escape")
        assert button.get_attribute("aria-expanded") == "false"
        assert not page.locator(inside).is_visible()
        assert button.evaluate("(button) => document.activeElement === button")


def test_ticks_stay_on_the_device(visitor, portal_server):
    context = visitor()
    page = context.new_page()
    page.goto(portal_server.base + SITUATION)
    boxes = page.locator("[data-hp-checklist] input")
    reset = page.locator("[data-hp-checklist-reset]")
    assert not reset.is_visible()
    boxes.nth(1).focus()
    page.keyboard.press("Space")
    page.reload()
    assert [box.is_checked() for box in boxes.all()][:3] == [False, True, False]
    other = context.new_page()
    other.goto(portal_server.base + SERVICE)
    assert other.locator("[data-hp-checklist] input:checked").count() == 0
    reset.click()
    page.reload()
    assert page.locator("[data-hp-checklist] input:checked").count() == 0
    assert context.cookies() == []


@pytest.mark.parametrize(
    ("moment", "open_", "words"),
    [
        (datetime(2026, 11, 25, 9, 0), True, "16:00"),
        (datetime(2026, 11, 25, 7, 0), False, "heute um 08:00"),
        (datetime(2026, 11, 25, 20, 0), False, "morgen um 08:00"),
        (datetime(2026, 11, 25, 0, 0), False, "heute um 08:00"),
        (datetime(2026, 11, 28, 12, 0), False, "Montag"),
        # A public holiday on a Friday: the office opens on Monday.
        (datetime(2026, 12, 25, 10, 0), False, "Montag"),
    ],
    ids=["open", "before", "evening", "midnight", "weekend", "holiday"],
)
def test_open_now_follows_the_clock(moment, open_, words, visitor, portal_server):
    page = visitor().new_page()
    page.clock.set_fixed_time(moment.strftime("%Y-%m-%dT%H:%M:00+01:00"))
    page.route("**" + SERVICE, _closed_at_christmas)
    page.goto(portal_server.base + SERVICE)
    line = page.locator("p.hp-open").first
    assert words in line.inner_text()
    assert ("hp-open--yes" in line.get_attribute("class")) == open_


def _closed_at_christmas(route) -> None:
    """Let the page name the days of 2026, whatever day it is on the server."""
    answer = route.fetch()
    body, number = re.subn(r'data-hp-closed="[^"]*"', 'data-hp-closed="2026-12-25"', answer.text())
    if number == 0:
        body = answer.text().replace("data-hp-hours=", 'data-hp-closed="2026-12-25" data-hp-hours=')
    route.fulfill(response=answer, body=body)


def test_a_warning_is_closed_for_the_visit(visitor, portal_server):
    context = visitor()
    page = context.new_page()
    page.goto(portal_server.base + SERVICE)
    warning = page.locator(".hp-warning", has_text=GLAZE)
    assert "Warnung" in warning.inner_text()
    close = warning.get_by_role("button")
    close.focus()
    page.keyboard.press("Enter")
    assert not warning.is_visible()
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    page.goto(portal_server.base + SITUATION)
    assert not page.locator(".hp-warning", has_text=GLAZE).is_visible()
    later = visitor().new_page()
    later.goto(portal_server.base + SERVICE)
    assert later.locator(".hp-warning", has_text=GLAZE).is_visible()


@pytest.mark.parametrize(
    ("code", "names"), [("52525", ["Heinsberg", "Waldfeucht"]), ("52538", ["Gangelt", "Selfkant"])]
)
def test_a_postal_code_of_two_places(code, names, visitor, portal_server):
    page = visitor().new_page()
    page.goto(portal_server.base)
    page.keyboard.press("Tab")
    page.locator("#ort").focus()
    page.keyboard.type(code)
    shown = page.locator("#orte [data-hp-place]:visible [data-hp-name]")
    assert shown.all_inner_texts() == names
    assert code in page.locator("#ort-status").inner_text()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.innerText").startswith(names[0])
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{names[0].lower()}/de")

    plain = visitor(java_script_enabled=False).new_page()
    plain.goto(portal_server.base)
    plain.fill("#ort", code)
    with plain.expect_navigation():
        plain.keyboard.press("Enter")
    offered = plain.locator("form .hp-places .hp-place__name")
    assert offered.all_inner_texts() == names
    plain.locator("form .hp-places a").nth(1).click()
    assert plain.url.endswith(f"/{names[1].lower()}/de")


def test_a_name_leads_on_and_is_remembered_only_when_asked(visitor, portal_server):
    context = visitor()
    page = context.new_page()
    page.goto(portal_server.base)
    page.fill("#ort", "uebach")
    page.keyboard.press("Enter")
    page.wait_for_url("**/uebach-palenberg/de")
    page.goto(portal_server.base)
    assert not page.locator("[data-hp-remembered]").is_visible()
    page.locator("[data-hp-remember]").check()
    page.fill("#ort", "Übach")
    page.keyboard.press("Enter")
    page.wait_for_url("**/uebach-palenberg/de")
    page.goto(portal_server.base)
    remembered = page.locator("[data-hp-remembered]")
    assert remembered.get_by_role("link").inner_text() == "Übach-Palenberg"
    remembered.get_by_role("button").click()
    page.reload()
    assert not remembered.is_visible()
    assert context.cookies() == []


def test_folded_parts_open_from_the_table_of_contents(visitor, portal_server):
    page = visitor().new_page()
    page.goto(portal_server.base + SERVICE)
    assert not page.locator("#recht .hp-fold__body").is_visible()
    page.locator(".hp-toc a[href='#recht']").click()
    page.locator("#recht .hp-fold__body").wait_for(state="visible")
