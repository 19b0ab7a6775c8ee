"""The page of a section: services A–Z, life situations, offices, news, guides, notices, information."""

from Acquisition import aq_base
from heinsberg.portal.catalogue import api
from heinsberg.portal.catalogue.browser.base import CataloguePage
from heinsberg.portal.ui.api import Template

import string


TEMPLATES = {
    kind: Template(__file__, f"list_{name}.pt")
    for kind, name in (
        ("services", "services"),
        ("life_situations", "situations"),
        ("units", "units"),
        ("news", "news"),
        ("warnings", "warnings"),
        ("guides", "pages"),
        ("pages", "pages"),
    )
}
DESCRIPTIONS = {
    "services": "All services of ${name} from A to Z, with search words.",
    "life_situations": "Find services of ${name} by what is happening in your life.",
    "units": "Offices of ${name} with address, telephone and opening hours.",
    "news": "Reports of ${name}.",
    "warnings": "Notices and warnings of ${name}.",
    "guides": "Guides of ${name}: how things work, explained step by step.",
    "pages": "Information about the service portal of ${name}.",
}
TITLES = {"services": "Services from A to Z"}


class SectionPage(CataloguePage):
    """A list; kept until something in the municipality changes, since it is the same for all."""

    def update(self) -> None:
        super().update()
        self.kind = aq_base(self.context).kind
        self.path = self.source.info.path
        if self.kind in TITLES:
            self.meta.title = self.t(TITLES[self.kind])
        name = self.source.info.official_name
        self.meta.description = self.context.description or self.t(DESCRIPTIONS[self.kind], name=name)

    @property
    def template(self) -> Template:
        return TEMPLATES[self.kind]

    def content(self) -> str:
        if self.kind == "warnings":
            return super().content()
        return self.source.keep("section", self.kind, make=super().content)

    def services(self):
        return api.services_of(self.path, self.language)

    def drawers(self) -> list:
        return api.a_to_z(self.services())

    def letters(self, drawers) -> list[tuple[str, bool]]:
        """Return every letter, and whether there is anything under it."""
        there = {letter for letter, _ in drawers}
        others = sorted(there - set(string.ascii_uppercase))
        return [(letter, letter in there) for letter in (*string.ascii_uppercase, *others)]

    def themes(self) -> list[tuple]:
        """Return (theme, its situations)."""
        lines = api.life_situations_of(self.path, self.language)
        return [
            (theme, [line for line in lines if line.parent == theme.key]) for theme in lines if not theme.parent
        ]

    def units(self):
        return api.units_of(self.path, self.language)

    def phone_link(self, phone: str) -> str:
        return api.phone_link(phone) or ""

    def news(self):
        return api.news_of(self.path, self.language)

    def pages(self):
        if self.kind == "guides":
            return api.guides_of(self.path, self.language)
        return api.pages_of(self.path, self.language)

    def warnings(self):
        return api.warnings_in_force(self.path, language=self.language)
