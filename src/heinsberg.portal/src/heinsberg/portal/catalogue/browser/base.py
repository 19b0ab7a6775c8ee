"""What all pages of the catalogue share: links, breadcrumbs, language of the text, contact card."""

from Acquisition import aq_base
from Acquisition import aq_inner
from Acquisition import aq_parent
from functools import partial
from heinsberg.portal.catalogue import api
from heinsberg.portal.catalogue.browser.contact import Contact
from heinsberg.portal.foundation import clock
from heinsberg.portal.municipality import api as municipality
from heinsberg.portal.ui.api import Link
from heinsberg.portal.ui.api import memo
from heinsberg.portal.ui.api import PublicPage
from heinsberg.portal.ui.api import Template
from plone.app.multilingual.interfaces import ILanguageRootFolder
from plone.app.multilingual.interfaces import ITranslationManager
from Products.CMFCore.utils import getToolByName


ROWS = Template(__file__, "rows.pt")
CARD = Template(__file__, "card.pt")


class CataloguePage(PublicPage):
    """A page about one object of the catalogue."""

    def __call__(self) -> str:
        self.text_language = aq_base(self.context).language or "de"
        return super().__call__()

    def update(self) -> None:
        self.meta.title = self.context.title
        self.meta.canonical = self.source.canonical()
        self.meta.alternates = self.source.alternates()
        self.crumbs = self._crumbs()

    @property
    def foreign(self) -> str | None:
        """Return the language of the text where it is not that of the page."""
        return self.text_language if self.text_language != self.language else None

    def link(self, line) -> str:
        """Return the link to a line of a list, in this page's language."""
        return self.source.link(api.shown_path(line, self.language))

    def path_link(self, path: str) -> str:
        return self.source.link(path)

    def lang_of(self, line) -> str | None:
        return line.language if line.language != self.language else None

    def address(self, uid: str) -> str | None:
        """Return the address of linked content, or None where it is not published."""
        catalog = getToolByName(self.context, "portal_catalog")
        brains = catalog.unrestrictedSearchResults(UID=uid, review_state="published")
        return self.source.link(brains[0].getPath()) if brains else None

    def _crumbs(self) -> list[Link]:
        links, obj = [], aq_parent(aq_inner(self.context))
        while obj is not None and not ILanguageRootFolder.providedBy(obj):
            path = "/".join(obj.getPhysicalPath())
            title = obj.title
            if self.foreign:
                path, title = self.source.keep("shown", path, make=partial(self._shown, obj, path, title))
            links.append(Link(self.source.link(path), title))
            obj = aq_parent(aq_inner(obj))
        links.append(Link(self.frame.home, self.t("Home")))
        return links[::-1]

    def _shown(self, obj, path: str, title: str) -> tuple[str, str]:
        """Return path and title of a container in the page's language."""
        found = ITranslationManager(obj).get_translation(self.language)
        if found is not None:
            return "/".join(found.getPhysicalPath()), found.title
        return path, title

    def contact(self, unit_key: str, authority=None) -> Contact | None:
        """Return the contact card of an office, by key, of this or another authority."""
        if not unit_key:
            return None
        info = authority or self.source.info
        # "Open now" holds for a minute.
        minute = int(clock.now().timestamp() // 60)
        parts = (info.uid, self.source.counter_of(info), unit_key, minute)
        return self.source.keep("contact", *parts, make=lambda: Contact.find(self, info, unit_key))

    def situation_lines(self):
        """Return the themes and situations of the municipality, kept until something in it changes."""
        path = self.source.info.path
        return self.source.keep("situations", make=lambda: api.life_situations_of(path, self.language))

    def card_html(self, card: Contact, anchor: str = "kontakt", heading: str = "", own: bool = False) -> str:
        """Return the HTML of a contact card; on the office's own page it has no link and no hours."""
        icons, heading = self.frame.icons, heading or card.title
        # All that it shows is in the key.
        return memo.get(
            ("card", card, self.language, icons, anchor, heading, own),
            lambda: CARD(card=card, t=self.t, icons=icons, anchor=anchor, heading=heading, own=own),
        )

    def rows(self, lines) -> str:
        """Return the HTML of a list of services with teaser and badge."""
        return ROWS(view=self, t=self.t, lines=lines)

    def authority(self, executed_by: str, key: str):
        """Return the municipality that executes a service, where it is not this one."""
        site = self.source.site
        if executed_by == "kreis":
            found = municipality.kreis(site)
        elif executed_by == "other":
            found = next((i for i in municipality.municipalities(site) if i.id == key), None)
        else:
            found = None
        return found if found is not None and found.id != self.source.info.id else None
