"""The generation of a municipality's pages, asked by the proxy in front.

Our nginx puts it into the key of every page it keeps. It changes when the
pages do, so one small answer has to be forgotten instead of many pages, and a
page that was made before a change is never kept as one made after it.
"""

from heinsberg.portal.foundation.settings import settings
from heinsberg.portal.municipality import api
from heinsberg.portal.municipality.interfaces import IMunicipality
from heinsberg.portal.municipality.interfaces import IPublicPage
from Products.Five import BrowserView
from zope.component.hooks import getSite
from zope.interface import implementer


HEADER = "X-Generation"
#: Seconds the answer is kept: with purging only a lost PURGE is ever that old.
PURGED_AGE = 60
UNPURGED_AGE = 10
#: Seconds longer while one request fetches the new one.
GRACE = 5


@implementer(IPublicPage)
class Generation(BrowserView):
    """Answer with the counters a page depends on; empty body."""

    def __call__(self) -> bytes:
        site = getSite()
        info = api.current(site, self.context) if IMunicipality.providedBy(self.context) else None
        age = PURGED_AGE if settings().purge_urls else UNPURGED_AGE
        self.request.environ["plone.transformchain.disable"] = True
        response = self.request.response
        response.setHeader(HEADER, ".".join(str(count) for count in api.counter(site, info)))
        response.setHeader("Cache-Control", f"public, s-maxage={age}, stale-while-revalidate={GRACE}")
        response.setHeader("Content-Type", "text/plain; charset=utf-8")
        return b""
