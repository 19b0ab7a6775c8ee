"""Pages of running text: news, guides, notices, information pages, and their easy language."""

from heinsberg.portal.catalogue import api
from heinsberg.portal.catalogue.browser.base import CataloguePage
from heinsberg.portal.ui.api import Template
from zExceptions import NotFound


class TextPage(CataloguePage):
    """A guide, report or information page."""

    template = Template(__file__, "text.pt")

    def update(self) -> None:
        super().update()
        self.text = api.read_page(self.context, self.language, self.address)
        self.meta.description = self.text.description or api.opening(self.text.text)
        if self.context.portal_type == "News":
            self.meta.og_type = "article"
        path = self.text.path
        if self.foreign:
            path = api.fallback_path(self.context, self.language) or path
        self.own_link = self.source.link(path)
        self.easy_link = f"{self.own_link}/leichte-sprache" if self.text.easy_language else ""

    def body(self) -> str:
        return api.raised(self.text.text)

    def services(self):
        if not self.text.services:
            return ()
        return api.services_of(self.source.info.path, self.language, key=self.text.services)

    def is_news(self) -> bool:
        return self.context.portal_type == "News"

    def image(self) -> str:
        return f"{self.source.link(self.text.path)}/@@images/image/large" if self.text.image else ""


class TextInEasyLanguage(TextPage):
    """The same page in Leichte Sprache."""

    template = Template(__file__, "easy.pt")

    def update(self) -> None:
        super().update()
        if not self.text.easy_language:
            raise NotFound(self.context.getId())
        self.heading = self.text.title
        self.easy_text = api.raised(self.text.easy_language)
        self.back = self.own_link
        self.meta.title = f"{self.text.title}: {self.t('Easy language')}"
        self.meta.canonical = f"{self.meta.canonical}/leichte-sprache"
        self.meta.alternates = ()


class WarningPage(CataloguePage):
    """One notice or warning."""

    template = Template(__file__, "warning.pt")
    cacheable = False

    def update(self) -> None:
        super().update()
        self.meta.description = self.context.text or ""

    def level(self) -> str:
        return {"info": self.t("Notice"), "warning": self.t("Warning"), "danger": self.t("Danger")}[
            self.context.level or "info"
        ]
