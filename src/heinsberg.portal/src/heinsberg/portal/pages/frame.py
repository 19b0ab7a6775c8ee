"""Where every public page gets its frame: names, navigation, footer of its municipality."""

from collections.abc import Callable
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.foundation import clock
from heinsberg.portal.municipality import api as municipality
from heinsberg.portal.municipality.interfaces import LANGUAGE_NAMES
from heinsberg.portal.municipality.interfaces import LANGUAGES
from heinsberg.portal.pages.footer import footer
from heinsberg.portal.ui.api import Frame
from heinsberg.portal.ui.api import Link
from heinsberg.portal.ui.api import memo
from heinsberg.portal.ui.api import translator
from heinsberg.portal.ui.interfaces import IFrameSource
from typing import TypeVar
from zope.component.hooks import getSite
from zope.interface import implementer


T = TypeVar("T")

#: Fonts a first visit loads, from the base theme.
FONTS = ("fonts/fira-sans-regular-latin.woff2", "fonts/fira-sans-semibold-latin.woff2")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is: its municipality (None at the entrance) and the language it is shown in."""

    info: municipality.MunicipalityInfo | None
    language: str


@implementer(IFrameSource)
class FrameSource:
    """See IFrameSource; for every context of the site."""

    def __init__(self, context, request) -> None:
        self.context = context
        self.request = request
        self.site = getSite()
        self.info = municipality.current(self.site, context)
        self.language = self._language()

    def _language(self) -> str:
        shown = self.request.other.get("heinsberg_language")
        if shown:
            return shown
        folder = municipality.language_folder(self.context)
        if folder is not None:
            return folder.getId()
        wanted = self.request.form.get("lang")
        return wanted if wanted in LANGUAGES else LANGUAGES[0]

    @cached_property
    def counter(self) -> tuple[int, int, int]:
        return municipality.counter(self.site, self.info)

    @cached_property
    def turn(self) -> tuple[int, int]:
        return catalogue.last_turn()

    @cached_property
    def key(self) -> tuple:
        key = (
            self.info.uid if self.info else self.site.UID(),
            self.counter,
            self.turn,
            self.language,
            municipality.address_key(self.request),
        )
        # A counter that is not committed may come again with another content.
        return (*key, object()) if municipality.changing() else key

    def keep(self, what: str, *parts: Hashable, make: Callable[[], T]) -> T:
        return memo.get((what, *parts, *self.key), make)

    def counter_of(self, info) -> int:
        return municipality.counter(self.site, info)[0]

    def link(self, path: str) -> str:
        """Return the link from this page to a physical path."""
        return municipality.link(self.site, self.request, path)

    def frame(self) -> Frame:
        return self.keep("frame", make=lambda: build(self))

    def stamp(self) -> tuple:
        return (self.info.id if self.info else "portal", *self.counter, *self.turn, self.language, BUILD)

    def canonical(self, path: str | None = None) -> str:
        return municipality.canonical(self.site, path) if path else self._ways[0]

    @cached_property
    def _path(self) -> str:
        return "/".join(self.context.getPhysicalPath())

    @cached_property
    def _ways(self) -> tuple[str, tuple[tuple[str, str], ...], tuple[Link, ...]]:
        """Return canonical address, alternates and language links of this page."""
        return self.keep("ways", self._path, make=self._find_ways)

    def _find_ways(self):
        real = catalogue.translation_paths(self.context) if self.info else {}
        canonical = municipality.canonical(self.site, self._path)
        return canonical, self._alternates(real), self._language_links(real)

    def language_links(self) -> tuple[Link, ...]:
        return self._ways[2]

    def alternates(self) -> tuple[tuple[str, str], ...]:
        """Return (hreflang, canonical address) of real translations, for the head."""
        return self._ways[1]

    def _language_links(self, real: dict[str, str]) -> tuple[Link, ...]:
        """Return the page in each language: its translation, else the German text in that language's frame."""
        if self.info is None:
            base = self.link(self._path)
            codes = LANGUAGES
            targets = {code: base if code == LANGUAGES[0] else f"{base}?lang={code}" for code in codes}
        else:
            codes = self.info.languages
            targets = {code: self.link(path) for code, path in self._translations(real).items()}
        return tuple(
            Link(targets[code], LANGUAGE_NAMES[code], lang=code, current=code == self.language)
            for code in codes
            if code in targets
        )

    def _translations(self, real: dict[str, str]) -> dict[str, str]:
        """Return the physical path of this page in each language of the municipality."""
        found = dict(real)
        for code in self.info.languages:
            if code not in found:
                found[code] = catalogue.fallback_path(self.context, code) or f"{self.info.path}/{code}"
        return found

    def _alternates(self, real: dict[str, str]) -> tuple[tuple[str, str], ...]:
        if len(real) < 2:
            return ()
        pairs = [(code, municipality.canonical(self.site, path)) for code, path in sorted(real.items())]
        default = dict(pairs).get("de")
        return (*pairs, ("x-default", default)) if default else tuple(pairs)


#: Changes with each start, so that pages of an older build are asked for again.
BUILD = f"{int(clock.now().timestamp()):x}"


def build(source: FrameSource) -> Frame:
    """Put a frame together; called once per municipality, language, address and change."""
    info, language = source.info, source.language
    t = translator(language)
    owner_path = info.path if info else "/".join(source.site.getPhysicalPath())
    home = f"{info.path}/{language}" if info else owner_path

    kreis = municipality.kreis(source.site)
    # The entrance wears the colours of the Kreis.
    wearer = info or kreis

    def asset(name: str) -> str:
        return municipality.asset_link(source.site, source.request, wearer, name)

    sections = catalogue.section_paths(source.site, info, language) if info else {}
    theme = municipality.theme_of(wearer)
    if info:
        brand_kind = {"stadt": "Stadt", "gemeinde": "Gemeinde"}.get(info.kind, "")
        brand_name = info.name
        strip = t("Official service portal ${of_name}", of_name=info.of_name)
        if language != "de":
            strip = t("Official service portal ${of_name}", of_name=info.official_name)
        title = t("Service portal ${name}", name=info.official_name)
    else:
        name = kreis.name if kreis else source.site.Title()
        brand_kind, brand_name = t("Service portal"), name
        of_name = kreis.of_name if kreis and language == "de" else name
        strip = t("Official service portal of ${name} and its municipalities", name=of_name)
        title = t("Service portal ${name}", name=name)
    stylesheet = asset("portal.css")
    return Frame(
        key=source.key,
        language=language,
        site_title=title,
        strip=strip,
        brand_kind=brand_kind,
        brand_name=brand_name,
        home=source.link(home) if info or language == "de" else f"{source.link(home)}?lang={language}",
        logo=municipality.logo_link(source.site, source.request, wearer),
        stylesheet=stylesheet,
        script=asset("js/portal.js"),
        # Beside the stylesheet, as it names them itself: another address would be loaded twice.
        fonts=tuple(f"{stylesheet.removesuffix('portal.css')}{name}" for name in FONTS),
        sprite=asset("icons/life.svg"),
        icons=asset("icons/ui.svg"),
        theme_color=(wearer.brand if wearer else None) or theme.brand,
        search_action=source.link(f"{home}/suche") if info else "",
        menu=_menu(source, sections, home, t) if info else (),
        tools=_tools(source, t) if info else (),
        footer=footer(source, sections, t),
    )


def _menu(source: FrameSource, sections: dict[str, str], home: str, t) -> tuple[Link, ...]:
    wanted = (
        ("life_situations", t("Life situations")),
        ("services", t("Services A to Z")),
        ("units", t("Offices and contact")),
        ("news", t("News")),
    )
    links = [Link(source.link(home), t("Home"))]
    links += [Link(source.link(sections[kind]), text) for kind, text in wanted if kind in sections]
    return tuple(links)


def _tools(source: FrameSource, t) -> tuple[Link, ...]:
    pages = catalogue.information_pages(source.site, source.info, source.language)
    wanted = (
        ("easy_language", t("Easy language"), "easy-language"),
        ("sign_language", t("Sign language"), "sign-language"),
    )
    return tuple(
        Link(source.link(pages[kind]), text, icon=icon) for kind, text, icon in wanted if kind in pages
    )

