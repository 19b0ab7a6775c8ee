"""The home page of a municipality, and the way to it from the bare address."""

from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.foundation.interfaces import IPublicPage
from heinsberg.portal.municipality import api as municipality
from heinsberg.portal.municipality.interfaces import LANGUAGES
from heinsberg.portal.ui.api import PublicPage
from heinsberg.portal.ui.api import Template
from Products.Five import BrowserView
from zope.component.hooks import getSite
from zope.interface import implementer


#: Tiles on the home page; more stand behind "all life situations".
TILES = 12
MOST_USED = 8
NEWS = 3


class HomePage(PublicPage):
    """What would you like to do? Search, life situations, most used, news."""

    own_search = True
    template = Template(__file__, "home.pt")
    main_class = "hp-main--home"

    def update(self) -> None:
        info = self.source.info
        self.meta.title = self.t("What would you like to do?")
        self.meta.description = self.t(
            "Services of ${name}: find out what you need, what it costs and who is responsible.",
            name=info.official_name,
        )
        self.meta.canonical = self.source.canonical()
        self.meta.alternates = self.source.alternates()

    def content(self) -> str:
        # Nothing on it depends on the visitor, so the whole of it is kept until
        # something in the municipality changes.
        return self.source.keep("home", make=super().content)

    def link(self, line) -> str:
        return self.source.link(catalogue.shown_path(line, self.language))

    def sections(self) -> dict[str, str]:
        paths = catalogue.section_paths(self.source.site, self.source.info, self.language)
        return {kind: self.source.link(path) for kind, path in paths.items()}

    def themes(self) -> list[tuple]:
        """Return (line, names of its situations) for the tiles."""
        lines = catalogue.life_situations_of(self.source.info.path, self.language)
        children: dict[str, list[str]] = {}
        for line in lines:
            if line.parent:
                children.setdefault(line.parent, []).append(line.title)
        themes = [line for line in lines if not line.parent and children.get(line.key)]
        return [(line, ", ".join(children[line.key][:3])) for line in themes[:TILES]]

    def most_used(self):
        path = self.source.info.path
        return catalogue.services_of(path, self.language, most_used=True, limit=MOST_USED)

    def number_of_services(self) -> int:
        return len(catalogue.services_of(self.source.info.path, self.language))

    def number_online(self) -> int:
        return len(catalogue.services_of(self.source.info.path, self.language, online=True))

    def news(self):
        return catalogue.news_of(self.source.info.path, self.language, limit=NEWS)

    def guides(self):
        return catalogue.guides_of(self.source.info.path, self.language)[:4]


@implementer(IPublicPage)
class ToLanguage(BrowserView):
    """The municipality's bare address leads to its home page in a language of the visitor."""

    def __call__(self) -> str:
        site = getSite()
        info = municipality.current(site, self.context)
        code = preferred(self.request.get_header("Accept-Language") or "", info.languages)
        target = municipality.link(site, self.request, f"{info.path}/{code}")
        response = self.request.response
        response.setHeader("Cache-Control", "private, no-store")
        response.setHeader("Vary", "Accept-Language")
        response.redirect(target, status=302)
        return ""


def preferred(header: str, languages: tuple[str, ...]) -> str:
    """Return the first language the browser asks for and the municipality has; German otherwise."""
    wanted = []
    for part in header.split(",")[:20]:
        code, _, weight = part.strip().partition(";q=")
        try:
            wanted.append((-float(weight or 1), len(wanted), code.strip().lower()[:2]))
        except ValueError:
            continue
    for _weight, _place, code in sorted(wanted):
        if code in languages:
            return code
    return LANGUAGES[0]
