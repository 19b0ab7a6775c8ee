"""The base class of every public page."""

from AccessControl import getSecurityManager
from heinsberg.portal.foundation import clock
from heinsberg.portal.foundation.interfaces import IPublicPage
from heinsberg.portal.ui import dates
from heinsberg.portal.ui import headers
from heinsberg.portal.ui.frame import Link
from heinsberg.portal.ui.frame import Meta
from heinsberg.portal.ui.frame import Slots
from heinsberg.portal.ui.interfaces import IFrameSource
from heinsberg.portal.ui.interfaces import IPageSlot
from heinsberg.portal.ui.memo import memo
from heinsberg.portal.ui.template import Template
from heinsberg.portal.ui.texts import translator
from html import escape
from Products.Five import BrowserView
from zope.component import getAdapters
from zope.component import getMultiAdapter
from zope.interface import implementer


FRAME = Template(__file__, "frame.pt")
HEADER = Template(__file__, "header.pt")
HERE = ' aria-current="page"'


@implementer(IPublicPage)
class PublicPage(BrowserView):
    """A page for citizens: own frame, no main_template, no editors' JavaScript.

    Subclasses set ``template`` and fill ``meta`` in ``update()``; they may set
    ``crumbs`` (links from the home page to the parent) and ``main_class``.
    ``cacheable`` is False for forms and whatever depends on the visitor.
    """

    template: Template
    main_class = "hp-container"
    cacheable = True
    status = 200
    #: The page has a large search field of its own, so the header has none.
    own_search = False
    #: The menu marks the page itself; not where the page is a view beside it.
    in_menu = True
    #: What follows the address of the context, where the page is a view beside
    #: it (``/suche?…``): the language switch leads to the same view.
    beside = ""
    #: Last of the breadcrumbs; the title where it is empty.
    crumb = ""

    def __init__(self, context, request):
        super().__init__(context, request)
        self.meta = Meta()
        self.slots = Slots()
        self.crumbs: list[Link] = []

    def update(self) -> None:
        """Read what the template shows; may redirect through ``self.request.response``."""

    def day(self, value) -> str:
        """Return a date in the words of the page's language."""
        return dates.day(value, self.language)

    def stamp(self) -> tuple:
        """Return what else the page depends on, for its ETag; small and without personal data."""
        return ()

    def content(self) -> str:
        """Return the HTML inside main."""
        return self.template(view=self, t=self.t, frame=self.frame)

    def __call__(self) -> str:
        self.source = getMultiAdapter((self.context, self.request), IFrameSource)
        self.language = self.source.language
        self.request.other["LANGUAGE"] = self.language
        self.t = translator(self.language)
        self.anonymous = getSecurityManager().getUser().getUserName() == "Anonymous User"
        headers.secure(self.request)
        if self._unchanged():
            self.request.response.setStatus(304)
            return ""
        self.frame = self.source.frame()
        self.update()
        if self.request.response.getStatus() in (301, 302, 303, 307, 308):
            return ""
        if self.status != 200:
            self.request.response.setStatus(self.status)
        return self._page(self.content())

    def _unchanged(self) -> bool:
        request = self.request
        if self.anonymous:
            # Nothing of Plone's output chain concerns a visitor's page; Diazo
            # runs only for a theme with rules.
            if not request.environ.get("heinsberg.theme_rules"):
                request.environ["plone.transformchain.disable"] = True
        else:
            request.response.setHeader("X-Theme-Disabled", "1")
        if not (self.cacheable and self.anonymous and request.method in ("GET", "HEAD")):
            headers.private(request)
            return False
        stamp = (*self.source.stamp(), *self.stamp())
        return headers.shared(request, stamp, clock.now().timestamp())

    def _page(self, content: str) -> str:
        self.request.response.setHeader("Content-Type", "text/html; charset=utf-8")
        self._fill_slots()
        return FRAME(
            view=self,
            frame=self.frame,
            meta=self.meta,
            slots=self.slots,
            t=self.t,
            header=self._header(),
            content=content,
        )

    def _header(self) -> str:
        """Return the header: kept per municipality, with this page's marks put in."""
        frame = self.frame
        search = bool(frame.search_action) and not self.own_search
        html = memo.get(
            ("header", search, *frame.key), lambda: HEADER(frame=frame, t=self.t, search=search)
        )
        path = self.request.physicalPathToURL(self.context.getPhysicalPath(), relative=1)
        if self.in_menu:
            html = html.replace(f'href="{path}"><!--here-->', f'href="{path}"{HERE}>', 1)
        html = html.replace("<!--here-->", "")
        return html.replace("<!--languages-->", self._languages(), 1).replace(
            "<!--account-->", self.slots.account, 1
        )

    def _languages(self) -> str:
        items = []
        for link in self.source.language_links():
            current = ' aria-current="true"' if link.current else ""
            items.append(
                f'<li><a href="{escape(link.href + self.beside)}" lang="{link.lang}" hreflang="{link.lang}"{current}>'
                f'<span aria-hidden="true">{link.lang.upper()}</span>'
                f'<span class="kern-sr-only">{link.text}</span></a></li>'
            )
        return "".join(items)

    def _fill_slots(self) -> None:
        """Ask higher rooms for what they show around the content."""
        slots = self.slots
        for name, slot in sorted(getAdapters((self.context, self.request, self), IPageSlot)):
            if name == "warnings":
                slots.warnings = slot.render()
            elif name == "account":
                slots.account = slot.render()
            elif name == "editor-bar":
                slots.editor_bar = "" if self.anonymous else slot.render()
            elif name.startswith("below:"):
                slots.below.append(slot.render())
