"""The portal's main job without JavaScript."""

from .page_types import FILLING_IN

import pytest
import re


@pytest.fixture
def page(visitor):
    return visitor(java_script_enabled=False).new_page()


def heading(page) -> str:
    return page.locator("h1").inner_text()


def send(page) -> None:
    """Press Enter in a field and wait for the answer."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def follow(page, name: str) -> None:
    """Click the link of that name in the page's main part."""
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def test_by_life_situation(page, portal_server):
    page.goto(portal_server.base)
    page.fill("#ort", "Erkelenz")
    send(page)
    assert heading(page) == "Was möchten Sie erledigen?"
    page.locator("main").get_by_role("link", name="Bauen und Wohnen").first.click()
    follow(page, "Umziehen")
    follow(page, "Wohnsitz anmelden")
    assert heading(page) == "Wohnsitz anmelden"
    assert page.locator("#unterlagen").is_visible()
    assert page.locator(".hp-contact .hp-open").inner_text().startswith(("Jetzt", "Geschlossen"))
    assert page.locator("button:visible:not([type=submit])").count() == 0, (
        "a button that does nothing"
    )


def test_by_a_to_z_and_synonym(page, portal_server):
    page.goto(f"{portal_server.base}/erkelenz/de")
    page.locator("header").get_by_role("link", name="Leistungen A bis Z").click()
    page.locator(".hp-letters a[href='#buchstabe-a']").click()
    synonym = page.locator("#buchstabe-a ~ ul li", has_text=re.compile(r"^\s*Ausweis\s*→"))
    synonym.get_by_role("link").click()
    assert heading(page) == "Personalausweis beantragen"


def test_by_search_with_a_filter(page, portal_server):
    page.goto(f"{portal_server.base}/erkelenz/de")
    page.fill("main input[type=search]", "Ausweis")
    send(page)
    assert page.locator("main input[type=search]").input_value() == "Ausweis"
    before = page.locator(".hp-hit").count()
    page.locator("details.hp-facets summary").click()
    page.locator("[name=art][value=service]").check()
    page.get_by_role("button", name="Treffer eingrenzen").click()
    assert 0 < page.locator(".hp-hit").count() < before
    page.locator(".hp-chip").click()
    assert page.locator(".hp-hit").count() == before
    follow(page, "Personalausweis beantragen")
    assert heading(page) == "Personalausweis beantragen"


def test_a_barrier_is_reported_after_an_error(page, portal_server):
    page.goto(f"{portal_server.base}/erkelenz/de/barriere-melden")
    page.fill("#email", "keine-adresse")
    page.fill("#name", "Änne Öztürk <b>")
    page.wait_for_timeout(FILLING_IN)
    page.click("main form [type=submit]")
    errors = page.locator(".hp-errors")
    assert page.title().startswith("Fehler")
    assert errors.get_by_role("link").count() == 3
    for link in errors.get_by_role("link").all():
        assert page.locator(link.get_attribute("href")).count() == 1
    assert page.locator("#name").input_value() == "Änne Öztürk <b>"
    described = page.locator("#email").get_attribute("aria-describedby").split()
    assert page.locator("#email").get_attribute("aria-invalid") == "true"
    assert all(page.locator(f"#{name}").count() == 1 for name in described)

    page.check("#kind-use")
    page.fill("#description", "Der Knopf sagt nichts.")
    page.fill("#email", "aenne@example.de")
    page.wait_for_timeout(FILLING_IN)
    page.click("main form [type=submit]")
    number = page.locator("[role=status] strong").inner_text()
    assert len(number) == 9 and number in page.url
    page.reload()
    assert page.locator("[role=status] strong").inner_text() == number


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/erkelenz/de",
        "/erkelenz/de/lebenslagen",
        "/erkelenz/de/lebenslagen/bauen-wohnen/wohnen-umzug",
        "/erkelenz/de/leistungen",
        "/erkelenz/de/leistungen/personalausweis-beantragen",
        "/erkelenz/de/leistungen/bauantrag",
        "/erkelenz/de/aemter/buergerbuero",
        "/erkelenz/de/aktuelles/abfallkalender-2027",
        "/erkelenz/de/ratgeber/umziehen",
        "/erkelenz/de/seiten/impressum",
        "/erkelenz/de/suche?SearchableText=ausweis",
        "/erkelenz/de/barriere-melden",
        "/erkelenz/de/login",
    ],
)
def test_the_language_switch_stays_on_the_page(path, page, portal_server):
    """To the same page in the other language, or to the German text, marked as such."""
    assert page.goto(portal_server.base + path).status == 200
    german = heading(page)
    tail = page.url.rpartition("/")[2].partition("?")[0]
    page.locator("header").get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    if heading(page) == german and path:
        assert page.locator("h1").evaluate("(h1) => h1.closest('[lang]').lang") == "de"
        assert (
            page.locator("main").get_by_text("This text is available in German only.").is_visible()
        )
    if path.count("/") > 2 and "?" not in path:
        assert heading(page) != "What would you like to do?", "the switch leads to the home page"
        if path.count("/") > 3:
            assert page.url.rpartition("/")[2] == tail
    page.locator("header").get_by_role("link", name="Deutsch").click()
    assert heading(page) == german
