"""Every page type in the browser, light and dark, on a phone and on a desk."""

from .visits import Visit

import pytest


TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: What axe finds by colours; all other rules say the same in the light and in the dark.
COLOURS = ["color-contrast", "link-in-text-block"]
RUN_AXE = """async ([type, values]) => {
  const found = await axe.run(document, {runOnly: {type, values}, resultTypes: ["violations"]});
  return found.violations.map(({id, help, nodes}) => `${id}: ${help}: ` +
    nodes.slice(0, 4).map((node) => `${node.target.join(" ")} [${node.any[0]?.message ?? node.all[0]?.message ?? ""}]`).join(" | "));
}"""
OPEN_ALL = "document.querySelectorAll('main details').forEach((part) => { part.open = true; })"
# What sticks out to the right; a table's own scrolling region may.
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const inside = ".hp-table-scroll, .hp-skip, .kern-sr-only, svg *";
  const parts = [...document.querySelectorAll("body *")].filter((part) => {
    const box = part.getBoundingClientRect();
    return box.width && box.right > width + 1 && !part.matches(inside) && !part.closest(inside);
  }).slice(0, 5).map((part) => `${part.tagName}.${part.className}: ${Math.round(part.getBoundingClientRect().right)}`);
  const whole = document.documentElement.scrollWidth;
  return whole > width ? [`page ${whole} of ${width}`, ...parts] : parts;
}"""
STRUCTURE = """() => {
  const count = (selector) => document.querySelectorAll(selector).length;
  const top = (selector) => [...document.querySelectorAll(selector)].filter((part) =>
    !part.closest("main, article, aside, nav, section")).length;
  const ids = [...document.querySelectorAll("[id]")].map((part) => part.id);
  return {
    h1: count("h1"), main: count("main"), banner: top("header"), contentinfo: top("footer"),
    lang: document.documentElement.lang, title: document.title, text: document.querySelector("h1")?.closest("[lang]").lang,
    noAlt: [...document.images].filter((image) => !image.hasAttribute("alt")).map((image) => image.src),
    broken: [...document.images].filter((image) => image.complete && !image.naturalWidth).map((image) => image.src),
    doubled: ids.filter((id, place) => ids.indexOf(id) !== place),
    deadAnchors: [...document.querySelectorAll("a[href^='#']")].map((link) => link.hash.slice(1)).filter((id) => id && !document.getElementById(id)),
    dangling: [...document.querySelectorAll("[aria-labelledby], [aria-describedby], [aria-controls]")].flatMap((part) =>
      ["aria-labelledby", "aria-describedby", "aria-controls"].flatMap((name) => (part.getAttribute(name) ?? "").split(/\\s+/)))
      .filter((id) => id && !document.getElementById(id)),
    styled: document.querySelectorAll("[style], style").length,
    untranslated: [...document.querySelectorAll("body")].flatMap((part) => part.innerText.match(/\\$\\{\\w*\\}|\\{(count|query|time|day)\\}/g) ?? []),
  };
}"""


@pytest.mark.parametrize("width", [320, 1280])
def test_page(page_type, width, visitor, portal_server, axe):
    context = visitor(width)
    page = context.new_page()
    visit = Visit(page)
    page_type.open(page, portal_server.base)
    page.wait_for_load_state("networkidle")
    problems = _structure(page, page_type)
    problems += [f"too wide: {part}" for part in page.evaluate(TOO_WIDE)]
    problems += visit.complaints
    problems += [f"other host: {address}" for address in visit.other_hosts(portal_server.host)]
    problems += [f"cookie: {address}" for address in visit.set_cookies]
    problems += [f"cookie: {cookie['name']}" for cookie in context.cookies()]
    page.evaluate(OPEN_ALL)
    page.evaluate(axe)
    for scheme, rules in (("light", ["tag", TAGS]), ("dark", ["rule", COLOURS])):
        page.emulate_media(color_scheme=scheme)
        problems += [f"{scheme}: {text}" for text in page.evaluate(RUN_AXE, rules)]
    problems += [f"opened, too wide: {part}" for part in page.evaluate(TOO_WIDE)]
    assert not problems, "\n".join(problems)


def _structure(page, page_type) -> list[str]:
    """Return what is wrong with headings, landmarks, languages, images and references."""
    found = page.evaluate(STRUCTURE)
    wanted = {"h1": 1, "main": 1, "banner": 1, "contentinfo": 1, "lang": page_type.language}
    wanted["styled"] = 0
    problems = [
        f"{name}: {found[name]!r}" for name, value in wanted.items() if found[name] != value
    ]
    if page_type.text and found["text"] != page_type.text:
        problems.append(f"the text is {page_type.text}, but marked as {found['text']}")
    if not found["title"].strip(" –"):
        problems.append("no title")
    for name in ("noAlt", "broken", "doubled", "deadAnchors", "dangling", "untranslated"):
        problems += [f"{name}: {value}" for value in found[name]]
    return problems


def test_titles_are_unique(served):
    titles: dict[str, list[str]] = {}
    for name, answer in served.items():
        title = answer.html.partition("<title>")[2].partition("</title>")[0]
        assert title, name
        titles.setdefault(title, []).append(name)
    again = {title: names for title, names in titles.items() if len(names) > 1}
    # The same page in two states, and the same wrong address in two places.
    assert set(map(tuple, again.values())) <= {
        ("entrance", "entrance-ambiguous", "entrance-unknown"),
        ("login", "login-failed"),
        ("barrier", "barrier-sent"),
        ("search", "search-filtered"),
    }


def test_nothing_was_logged_as_an_error(served, portal_server):
    # An editor who was refused a page is no error of the server.
    errors = [text for text in portal_server.errors() if not text.startswith("Forbidden:")]
    assert errors == []
