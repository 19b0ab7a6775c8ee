"""robots.txt of each address: what search engines may read, and where the sitemap is."""

from heinsberg.portal.foundation.interfaces import IPublicPage
from heinsberg.portal.foundation.settings import settings
from heinsberg.portal.municipality import api as municipality
from Products.Five import BrowserView
from zope.component.hooks import getSite
from zope.interface import implementer


@implementer(IPublicPage)
class Robots(BrowserView):
    """Demonstrations are not for search engines at all."""

    def __call__(self) -> str:
        response = self.request.response
        response.setHeader("Content-Type", "text/plain; charset=utf-8")
        response.setHeader("Cache-Control", "public, max-age=3600")
        if not settings().production:
            return "User-agent: *\nDisallow: /\n"
        site = getSite()
        info = municipality.home_of_domain(site, self.request)
        path = info.path if info is not None else "/".join(site.getPhysicalPath())
        lines = ["User-agent: *", "Disallow: /*/login", "Disallow: /*/suche", "Allow: /"]
        lines.append(f"Sitemap: {municipality.canonical(site, path)}/sitemap.xml")
        return "\n".join(lines) + "\n"
