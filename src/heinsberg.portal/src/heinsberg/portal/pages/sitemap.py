"""sitemap.xml of each address: that of a municipality, or of all that have no domain of their own.

Source: https://www.sitemaps.org/protocol.html
"""

from heinsberg.portal.foundation.interfaces import IPublicPage
from heinsberg.portal.municipality import api as municipality
from heinsberg.portal.ui.api import memo
from Products.CMFCore.utils import getToolByName
from Products.Five import BrowserView
from xml.sax.saxutils import escape
from zope.component.hooks import getSite
from zope.interface import implementer

import gzip


TYPES = ("PublicService", "LifeSituation", "OrganisationalUnit", "News", "Guide", "InformationPage", "Section", "LRF")
LIMIT = 50_000
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


@implementer(IPublicPage)
class Sitemap(BrowserView):
    """Canonical addresses of everything published, with the day of the last change."""

    content_type = "application/xml; charset=utf-8"

    def __call__(self) -> bytes:
        self.request.environ["plone.transformchain.disable"] = True
        response = self.request.response
        response.setHeader("Content-Type", self.content_type)
        response.setHeader("Cache-Control", "public, max-age=3600")
        return self.packed(self.body())

    def packed(self, body: bytes) -> bytes:
        return body

    def body(self) -> bytes:
        site = getSite()
        info = municipality.current(site, self.context)
        counter = municipality.counter(site, info) if info else municipality.counter(site, None)
        if info is None:
            return self._make(site, None)
        return memo.get(("sitemap", info.uid, counter), lambda: self._make(site, info))

    def _make(self, site, info) -> bytes:
        own = info is not None
        infos = [info] if own else [i for i in municipality.municipalities(site) if not i.origins]
        catalog = getToolByName(site, "portal_catalog")
        rows = [HEAD]
        for one in infos:
            for brain in catalog.unrestrictedSearchResults(
                path=one.path, portal_type=TYPES, sort_on="modified", sort_order="descending", sort_limit=LIMIT
            )[:LIMIT]:
                if brain.portal_type != "LRF" and brain.review_state != "published":
                    continue
                address = escape(municipality.canonical(site, brain.getPath()))
                day = brain.modified.strftime("%Y-%m-%d")
                rows.append(f"<url><loc>{address}</loc><lastmod>{day}</lastmod></url>\n")
        rows.append("</urlset>\n")
        return "".join(rows[: LIMIT + 2]).encode("utf-8")


class CompressedSitemap(Sitemap):
    """The same, compressed."""

    content_type = "application/gzip"

    def packed(self, body: bytes) -> bytes:
        return gzip.compress(body, mtime=0)
