"""Stylesheet, fonts, scripts and logo of a municipality, cached for ever by their hash.

``…/@@assets/<hash>/portal.css``: one stylesheet of base theme, the
municipality's theme and its brand tokens. Other names are files of the base
theme; ``theme/<file>`` is one of the municipality's theme, ``logo`` the
uploaded logo.
"""

from heinsberg.portal.municipality import api
from heinsberg.portal.municipality import bundle
from heinsberg.portal.municipality.interfaces import IMunicipality
from heinsberg.portal.municipality.interfaces import IPublicPage
from plone.namedfile.utils import stream_data
from Products.Five import BrowserView
from zExceptions import NotFound
from zope.component.hooks import getSite
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


#: Raster images only: a logo from an upload is never a document or a script.
LOGO_TYPES = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})
FOREVER = "public, max-age=31536000, immutable"
ONCE = "no-cache"


@implementer(IPublishTraverse, IPublicPage)
class Assets(BrowserView):
    """Serve one file; with the hash of today's files for ever, with any other just this time.

    Otherwise invented hashes would fill caches with copies of one file.
    """

    def __init__(self, context, request):
        super().__init__(context, request)
        self.steps: list[str] = []

    def publishTraverse(self, request, name):
        if len(self.steps) > 4:
            raise NotFound(name)
        self.steps.append(name)
        return self

    def __call__(self):
        if len(self.steps) < 2:
            raise NotFound("assets")
        self.request.environ["plone.transformchain.disable"] = True
        name = "/".join(self.steps[1:])
        info = api.current(getSite(), self.context) if IMunicipality.providedBy(self.context) else None
        if name == "logo" and info is not None:
            return self._logo(self.steps[0] == info.logo_stamp)
        asset = bundle.asset(info, name)
        if asset is None:
            raise NotFound(name)
        # Fonts are named relative to the stylesheet, so they come with its hash.
        known = (asset.digest, bundle.digest(info, bundle.STYLESHEET))
        return self._send(asset, self.steps[0] in known)

    def _send(self, asset, known: bool):
        response = self.request.response
        response.setHeader("Content-Type", asset.content_type)
        response.setHeader("Cache-Control", FOREVER if known else ONCE)
        response.setHeader("X-Content-Type-Options", "nosniff")
        body = asset.body
        if asset.compressed is not None:
            response.setHeader("Vary", "Accept-Encoding")
            if "gzip" in self.request.get("HTTP_ACCEPT_ENCODING", ""):
                response.setHeader("Content-Encoding", "gzip")
                body = asset.compressed
        response.setHeader("Content-Length", str(len(body)))
        return body

    def _logo(self, known: bool):
        logo = self.context.logo
        if logo is None or logo.contentType not in LOGO_TYPES:
            raise NotFound("logo")
        response = self.request.response
        response.setHeader("Content-Type", logo.contentType)
        response.setHeader("Cache-Control", FOREVER if known else ONCE)
        response.setHeader("X-Content-Type-Options", "nosniff")
        response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox")
        response.setHeader("Content-Length", str(logo.getSize()))
        return stream_data(logo)
