"""Stock pages and folders of Plone in the frame of the portal."""

from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.ui.api import PublicPage
from heinsberg.portal.ui.api import Template
from Products.CMFCore.utils import getToolByName


class DocumentPage(PublicPage):
    """A page of running text."""

    template = Template(__file__, "document.pt")

    def update(self) -> None:
        self.meta.title = self.context.Title()
        self.meta.description = self.context.Description()
        self.meta.canonical = self.source.canonical()

    def text(self) -> str:
        value = getattr(self.context, "text", None)
        raw = getattr(value, "raw", None) or ""
        return catalogue.raised(catalogue.sanitise(raw))


class FolderPage(DocumentPage):
    """A folder: what is published in it."""

    template = Template(__file__, "folder.pt")

    def items(self):
        catalog = getToolByName(self.context, "portal_catalog")
        path = {"query": "/".join(self.context.getPhysicalPath()), "depth": 1}
        return catalog(path=path, review_state="published", sort_on="sortable_title")

    def link(self, brain) -> str:
        return self.source.link(brain.getPath())
