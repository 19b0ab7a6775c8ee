"""Search results: the query stays, hits are counted in a sentence, an empty result helps."""

from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.search import api
from heinsberg.portal.search.query import TYPES
from heinsberg.portal.ui.api import Link
from heinsberg.portal.ui.api import PublicPage
from heinsberg.portal.ui.api import Template
from html import escape
from urllib.parse import urlencode

import re


class Results(PublicPage):
    """``…/de/suche?SearchableText=``; nothing of it is kept by caches."""

    own_search = True
    template = Template(__file__, "results.pt")
    in_menu = False
    cacheable = False

    def update(self) -> None:
        self.query = api.Query.of(self.request.form)
        self.page = api.find(self.source.site, self.source.info, self.query, self.language)
        self.meta.title = self.t("Search")
        if self.query.text:
            self.meta.title = f"{self.t('Search')}: {self.query.text}"
        self.meta.robots = "noindex"
        self.crumb = self.t("Search")
        self.beside = "/suche" + self.address().removeprefix(self.frame.search_action)
        self.crumbs = [Link(self.frame.home, self.t("Home"))]
        self.words = api.terms(self.query.text)

    def kind_title(self, kind: str) -> str:
        t = self.t
        return {
            "service": t("Service"),
            "unit": t("Office"),
            "situation": t("Life situation"),
            "guide": t("Guide"),
            "news": t("Report"),
            "page": t("Information"),
        }[kind]

    def facets(self) -> list[tuple[str, str, int, bool]]:
        """Return (value, title, number, chosen) of the kinds that have hits."""
        counts = self.page.counts
        return [
            (kind, self.kind_title(kind), counts[kind], kind in self.query.kinds)
            for kind in TYPES
            if counts.get(kind)
        ]

    def chips(self) -> list[tuple[str, str]]:
        """Return (title, address without it) of the filters in force."""
        query = self.query
        found = []
        if query.online:
            found.append((self.t("Online"), self.address(online=False)))
        for kind in query.kinds:
            rest = tuple(other for other in query.kinds if other != kind)
            found.append((self.kind_title(kind), self.address(kinds=rest)))
        return found

    def address(self, **changes) -> str:
        """Return the address of this search with something changed."""
        query = self.query
        online = changes.get("online", query.online)
        pairs = [("SearchableText", query.text)] if query.text else []
        pairs += [("art", kind) for kind in changes.get("kinds", query.kinds)]
        pairs += [("online", "1")] if online else []
        start = changes.get("start", 0)
        pairs += [("ab", str(start))] if start else []
        return self.frame.search_action + ("?" + urlencode(pairs) if pairs else "")

    def pages(self) -> list[tuple[str, str, bool]]:
        """Return (number, address, present) of the pages of results."""
        size, total = self.page.size, self.page.total
        if total <= size:
            return []
        return [
            (str(start // size + 1), self.address(start=start), start == self.page.start)
            for start in range(0, total, size)
        ][:50]

    def link(self, hit) -> str:
        return self.source.link(catalogue.shown_path(hit, self.language))

    def lang_of(self, hit) -> str | None:
        return hit.language if hit.language != self.language else None

    def marked(self, text: str) -> str:
        """Return escaped text with the words of the query marked."""
        safe = escape(text)
        words = [re.escape(escape(word)) for word in self.words if len(word) > 1]
        if not words:
            return safe
        pattern = re.compile(rf"(?<!&)\b({'|'.join(words)})", re.IGNORECASE)
        return pattern.sub(r"<mark>\1</mark>", safe)

    def suggestions(self):
        """Return the most used services, for an empty result."""
        return catalogue.services_of(self.source.info.path, self.language, most_used=True, limit=8)
