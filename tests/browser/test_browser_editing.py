"""Editors and administrators at work: sign-in, Plone's forms, and the public page right afterwards."""

from .visits import Visit
from uuid import uuid4

import pytest
import requests


#: New in each run, also where the demonstration is kept.
TEASER = f"Den Bauantrag stellen Sie jetzt beim Bauamt im Zimmer {uuid4().hex[:8]}."
BAUANTRAG = "/erkelenz/de/leistungen/bauantrag"


@pytest.fixture
def signed_in(visitor, portal_server):
    """Return a function that signs somebody in by the form and returns their page."""

    def sign_in(login: str, start: str = "/erkelenz/de"):
        page = visitor().new_page()
        page.goto(f"{portal_server.base}{start}")
        page.locator("header").get_by_role("link", name="Anmelden").click()
        page.fill("[name=__ac_name]", login)
        page.fill("[name=__ac_password]", portal_server.password(login))
        page.locator("main form [type=submit]").click()
        page.wait_for_url(f"{portal_server.base}{start}")
        return page

    return sign_in


def save(page) -> None:
    """Press the button of Plone's form and fail with what it complains of."""
    page.locator("#form-buttons-save").click()
    page.wait_for_load_state()
    complaints = page.locator(
        ".invalid-feedback:visible, .field.error:visible, .alert-danger:visible"
    )
    assert complaints.count() == 0, complaints.all_inner_texts()


def tab(page, name: str) -> None:
    """Open a fieldset of a form with tabs."""
    page.locator("form nav a, form .autotoc-nav a").get_by_text(name, exact=True).first.click()


def test_an_editor_changes_a_teaser_and_visitors_see_it_at_once(signed_in, visitor, portal_server):
    page = signed_in("redaktion-erkelenz")
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert cookies["__ac"]["httpOnly"]
    assert cookies["__ac"]["sameSite"] in ("Lax", "Strict")
    page.goto(portal_server.base + BAUANTRAG)
    bar = page.get_by_role("navigation", name="Redaktion")
    assert bar.is_visible()
    public = visitor().new_page()
    public.goto(portal_server.base + BAUANTRAG)
    assert TEASER not in public.locator("main").inner_text()
    assert public.get_by_role("navigation", name="Redaktion").count() == 0

    visit = Visit(page)
    bar.get_by_role("link", name="Bearbeiten").click()
    page.wait_for_load_state("networkidle")
    assert [text for text in visit.complaints if text[0].isdigit()] == [], (
        "parts of the form are missing"
    )
    assert visit.other_hosts(portal_server.host) == []
    page.fill("[name='form.widgets.teaser']", TEASER)
    save(page)
    assert TEASER in page.locator("main").inner_text()
    public.reload()
    assert TEASER in public.locator("main").inner_text()
    found = requests.get(
        f"{portal_server.base}/erkelenz/de/suche?SearchableText={TEASER[-9:-1]}", timeout=30
    )
    assert "Bauantrag" in found.text


def test_an_editor_of_one_place_has_no_bar_in_another(signed_in, portal_server):
    page = signed_in("redaktion-gangelt", "/gangelt/de")
    page.goto(portal_server.base + BAUANTRAG)
    assert page.get_by_role("navigation", name="Redaktion").count() == 0
    answer = page.goto(portal_server.base + BAUANTRAG + "/edit")
    assert answer.status in (401, 403, 404) or "/login" in page.url
    assert page.locator("[name='form.widgets.teaser']").count() == 0


def test_an_office_with_opening_hours_from_the_form(signed_in, visitor, portal_server):
    page = signed_in("redaktion-erkelenz")
    page.goto(f"{portal_server.base}/erkelenz/de/aemter")
    bar = page.get_by_role("navigation", name="Redaktion")
    bar.locator("summary", has_text="Hinzufügen").click()
    bar.get_by_role("link", name="Amt", exact=True).click()
    page.fill("[name='form.widgets.title']", "Museum")
    page.fill("[name='form.widgets.description']", "Hier sehen Sie alte Webstühle.")
    tab(page, "Öffnungszeiten")
    row = "form.widgets.opening_hours.0.widgets"
    first = page.locator(f"[name='{row}.days:list'][value=sat]")
    if first.count() == 0:
        # The grid makes a row of its empty one as soon as something is entered there.
        page.locator("[name='form.widgets.opening_hours.AA.widgets.opens']").fill("10:00")
    page.locator(
        "[name^='form.widgets.opening_hours.'][name$='.days:list'][value=sat]:visible"
    ).first.check()
    page.locator("[name^='form.widgets.opening_hours.'][name$='.opens']:visible").first.fill(
        "10:00"
    )
    page.locator("[name^='form.widgets.opening_hours.'][name$='.closes']:visible").first.fill(
        "14:00"
    )
    save(page)
    assert page.locator("h1").inner_text() == "Museum"
    assert "10:00–14:00 Uhr" in page.locator("main").inner_text()
    address = page.url
    bar = page.get_by_role("navigation", name="Redaktion")
    bar.locator("summary", has_text="Status").click()
    bar.get_by_role("link", name="Veröffentlichen").click()
    public = visitor().new_page()
    answer = public.goto(address)
    assert answer.status == 200
    assert public.locator("h1").inner_text() == "Museum", "it was not published"
    hours = public.locator("dl.hp-hours").first.inner_text()
    assert "Samstag" in hours and "10:00–14:00 Uhr" in hours
    public.goto(f"{portal_server.base}/erkelenz/de/aemter")
    assert public.get_by_role("link", name="Museum").is_visible()


def test_signing_out_ends_the_session(signed_in, portal_server):
    page = signed_in("redaktion-erkelenz")
    page.locator("header").get_by_role("link", name="Abmelden").click()
    page.goto(portal_server.base + BAUANTRAG)
    assert page.get_by_role("navigation", name="Redaktion").count() == 0
    assert [cookie for cookie in page.context.cookies() if cookie["name"] == "__ac"] == []


TWELFTH = {
    "title": "Musterbach",
    "official_name": "Gemeinde Musterbach",
    "ags": "05370099",
    "ars": "053700099099",
    "postal_codes": "52599",
    "street": "Dorfstraße 1",
    "postal_code": "52599",
    "city": "Musterbach",
    "phone": "02499 10-0",
    "email": "info@musterbach.example",
    "website": "https://musterbach.example",
}


def test_a_twelfth_municipality_made_in_plone_comes_up_complete(signed_in, visitor, portal_server):
    page = signed_in("portal-admin", "")
    page.goto(f"{portal_server.base}/++add++Municipality")
    page.select_option("[name='form.widgets.kind:list']", "gemeinde")
    page.evaluate(
        "document.querySelectorAll('form fieldset').forEach((part) => part.classList.add('active', 'show'))"
    )
    for name, value in TWELFTH.items():
        page.locator(f"[name='form.widgets.{name}']").evaluate(
            "(field, value) => { field.value = value; }", value
        )
    save(page)

    public = visitor().new_page()
    for code, lives, services in (
        ("de", "Lebenslagen", "Leistungen"),
        ("en", "Life situations", "Services"),
        ("nl", "Levenssituaties", "Diensten"),
    ):
        answer = public.goto(f"{portal_server.base}/musterbach/{code}")
        assert answer.status == 200
        assert public.locator("html").get_attribute("lang") == code
        assert "Musterbach" in public.title()
        menu = public.locator(".hp-menu__main a")
        words = " ".join(menu.all_inner_texts())
        assert lives in words and services in words
        legal = public.locator("footer .hp-footer__legal a, footer .hp-footer__service a")
        addresses = {link.get_attribute("href") for link in (*menu.all(), *legal.all())}
        assert len(addresses) >= 9
        for address in addresses:
            url = requests.compat.urljoin(public.url, address)
            assert requests.get(url, timeout=30).status_code == 200, url
    public.goto(f"{portal_server.base}/musterbach/de/seiten/impressum")
    assert "Dorfstraße 1" in public.locator("main").inner_text()
    public.goto(portal_server.base)
    assert public.locator("#orte").get_by_role("link", name="Musterbach").is_visible()
    public.fill("#ort", "52599")
    public.keyboard.press("Enter")
    public.wait_for_url("**/musterbach/de")
    groups = {group["id"] for group in portal_server.rest("GET", "/@groups")}
    assert {"musterbach-editors", "musterbach-administrators"} <= groups
