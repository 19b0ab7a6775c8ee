"""The entrance of the portal: choose the town or municipality by name, postal code or list."""

from heinsberg.portal.municipality import api as municipality
from heinsberg.portal.pages.outline import outline
from heinsberg.portal.ui.api import PublicPage
from heinsberg.portal.ui.api import Template

import re


class Entrance(PublicPage):
    """``/portal``; ``?ort=`` leads on, or asks back when a postal code belongs to two."""

    own_search = True
    template = Template(__file__, "entrance.pt")
    main_class = "hp-main--home"

    def update(self) -> None:
        self.meta.title = self.t("Your town or municipality")
        kreis = municipality.kreis(self.source.site)
        self.kreis = kreis
        self.meta.description = self.t(
            "Choose your place: service portals of the towns and municipalities in ${name}.",
            name=kreis.name if kreis else "",
        )
        self.meta.canonical = self.source.canonical()
        self.places = municipality.municipalities(self.source.site)
        self.query = (self.request.form.get("ort") or "") if isinstance(self.request.form.get("ort"), str) else ""
        self.query = self.query.strip()[:100]
        self.found = find(self.query, self.places) if self.query else ()
        if len(self.found) == 1:
            self.request.response.redirect(self.link(self.found[0]), status=302)

    def __call__(self) -> str:
        # An answer to what was typed is nobody's to keep.
        self.cacheable = not self.request.form.get("ort")
        return super().__call__()

    def link(self, info) -> str:
        language = self.language if self.language in info.languages else "de"
        return self.source.link(f"{info.path}/{language}")

    def logo(self, info) -> str:
        return municipality.logo_link(self.source.site, self.request, info)

    def towns(self) -> list:
        return [info for info in self.places if info.kind != "kreis"]

    def kind(self, info) -> str:
        return {"stadt": self.t("Town"), "gemeinde": self.t("Municipality")}.get(
            info.kind, self.t("District administration")
        )

    def search_words(self, info) -> str:
        return " ".join((folded(info.name), *info.postal_codes)) if info.kind != "kreis" else folded(info.name)

    def drawn_map(self) -> str:
        """Return the map that the Kreis's theme brings, its links set; '' where there is none."""
        if self.kreis is None:
            return ""
        file = municipality.theme_of(self.kreis).file("map.svg")
        if file is None:
            return ""
        svg = file.read_text("utf-8")
        for info in self.towns():
            svg = svg.replace(f'href="/{info.id}"', f'href="{self.link(info)}"')
        return svg.replace("Karte der zehn Städte und Gemeinden", self.t("Map of the towns and municipalities"))

    def map(self):
        """Return the simple map, where coordinates are known for all."""
        return outline(self.towns())


def folded(text: str) -> str:
    """Return a name as people without umlauts on their keyboard type it."""
    plain = text.lower()
    for umlaut, ascii_form in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        plain = plain.replace(umlaut, ascii_form)
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


def find(query: str, places) -> tuple:
    """Return the municipalities that a name or postal code may mean."""
    if re.fullmatch(r"[0-9]{5}", query):
        return tuple(info for info in places if info.kind != "kreis" and query in info.postal_codes)
    wanted = folded(query)
    if not wanted:
        return ()
    exact = tuple(info for info in places if wanted in (folded(info.name), folded(info.official_name), info.id))
    if exact:
        return exact
    return tuple(info for info in places if wanted in folded(info.name))
