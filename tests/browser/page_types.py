"""Every kind of public page, once: where it is, and how a visitor gets it."""

from collections.abc import Callable
from dataclasses import dataclass
from playwright.sync_api import Page
from playwright.sync_api import Response


#: The form refuses what was filled in faster than a person can: milliseconds to wait.
FILLING_IN = 2500


@dataclass(frozen=True)
class PageType:
    """One kind of page. ``then`` does something on it and returns the answer to that."""

    name: str
    path: str
    language: str = "de"
    status: int = 200
    #: Language of the heading where the text is not in that of the page.
    text: str | None = None
    #: For search engines: has a canonical address and is no answer to somebody's input.
    public: bool = True
    then: Callable[[Page], Response] | None = None

    def open(self, page: Page, base: str) -> Response:
        """Open the page as a visitor does; return the answer that is shown."""
        response = page.goto(base + self.path)
        if self.then is not None:
            response = self.then(page)
        assert response is not None
        assert response.status == self.status, f"{response.url}: {response.status}"
        return response


def _submit(page: Page) -> Response:
    with page.expect_navigation() as navigation:
        page.click("main form [type=submit]")
    return navigation.value


def send_empty_report(page: Page) -> Response:
    """Send the barrier form without the fields it needs."""
    page.fill("#email", "keine-adresse")
    page.wait_for_timeout(FILLING_IN)
    return _submit(page)


def sign_in_wrongly(page: Page) -> Response:
    """Try a password that is none."""
    page.fill("[name=__ac_name]", "redaktion-erkelenz")
    page.fill("[name=__ac_password]", "falsch")
    return _submit(page)


E_DE = "/erkelenz/de"
E_EN = "/erkelenz/en"

PAGE_TYPES = (
    PageType("entrance", ""),
    PageType("entrance-english", "?lang=en", language="en"),
    PageType("entrance-ambiguous", "?ort=52525", public=False),
    PageType("entrance-unknown", "?ort=Bielefeld", public=False),
    PageType("home", E_DE),
    PageType("home-english", E_EN, language="en"),
    PageType("home-kreis", "/kreis/de"),
    PageType("situations", f"{E_DE}/lebenslagen"),
    PageType("theme", f"{E_DE}/lebenslagen/bauen-wohnen"),
    PageType("situation", f"{E_DE}/lebenslagen/bauen-wohnen/wohnen-umzug"),
    PageType("a-to-z", f"{E_DE}/leistungen"),
    PageType("service", f"{E_DE}/leistungen/personalausweis-beantragen"),
    PageType("service-from-catalogue", f"{E_DE}/leistungen/abbruch-anzeigen"),
    PageType("service-signpost", f"{E_DE}/leistungen/fuehrerschein-umtausch"),
    PageType("service-english", f"{E_EN}/services/personalausweis-beantragen", language="en"),
    PageType("service-german-in-english", f"{E_EN}/services/bauantrag", language="en", text="de"),
    PageType(
        "service-easy-language", f"{E_DE}/leistungen/personalausweis-beantragen/leichte-sprache"
    ),
    PageType("offices", f"{E_DE}/aemter"),
    PageType("office", f"{E_DE}/aemter/buergerbuero"),
    PageType("news-list", f"{E_DE}/aktuelles"),
    PageType("news", f"{E_DE}/aktuelles/abfallkalender-2027"),
    PageType("notices", f"{E_DE}/hinweise"),
    PageType("guides", f"{E_DE}/ratgeber"),
    PageType("guide", f"{E_DE}/ratgeber/umziehen"),
    PageType("imprint", f"{E_DE}/seiten/impressum"),
    PageType("privacy", f"{E_DE}/seiten/datenschutz"),
    PageType("accessibility-statement", f"{E_DE}/seiten/barrierefreiheit"),
    PageType("page-easy-language", f"{E_DE}/seiten/leichte-sprache"),
    PageType("page-dutch", "/erkelenz/nl/paginas/hilfe", language="nl"),
    PageType("stock-page", f"{E_DE}/stadtgeschichte"),
    PageType("search", f"{E_DE}/suche?SearchableText=ausweis", public=False),
    PageType("search-filtered", f"{E_DE}/suche?SearchableText=ausweis&art=service", public=False),
    PageType("search-nothing", f"{E_DE}/suche?SearchableText=xyzzy", public=False),
    PageType("missing", f"{E_DE}/gibt-es-nicht", status=404, public=False),
    PageType("missing-outside", "/gibt-es-nicht", status=404, public=False),
    PageType("login", f"{E_DE}/login", public=False),
    PageType("login-failed", f"{E_DE}/login", status=403, public=False, then=sign_in_wrongly),
    PageType("barrier", f"{E_DE}/barriere-melden"),
    PageType(
        "barrier-with-errors",
        f"{E_DE}/barriere-melden",
        status=422,
        public=False,
        then=send_empty_report,
    ),
    PageType("barrier-sent", f"{E_DE}/barriere-melden?gesendet=23AB-45CD", public=False),
)
