"""/health/live and /health/ready, for load balancers and monitoring; nothing personal."""

from heinsberg.portal.foundation import clock
from heinsberg.portal.municipality.interfaces import IPublicPage
from heinsberg.portal.operations import readiness
from heinsberg.portal.operations.interfaces import SITE_ID
from heinsberg.portal.outbox import api as outbox
from heinsberg.portal.outbox.interfaces import StoreMissing
from plone.base.interfaces import IPloneSiteRoot
from Products.Five.browser import BrowserView
from zExceptions import NotFound
from zope.component.hooks import setSite
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse

import logging


logger = logging.getLogger(__name__)


@implementer(IPublishTraverse, IPublicPage)
class Health(BrowserView):
    """``live``: the process answers. ``ready``: database, worker and jobs are fine."""

    page = ""

    def publishTraverse(self, request, name: str):
        if self.page or name not in ("live", "ready"):
            raise NotFound(name)
        self.page = name
        return self

    def __call__(self) -> bytes:
        if not self.page:
            raise NotFound("health")
        response = self.request.response
        for name, value in readiness.HEADERS:
            response.setHeader(name, value)
        if self.page == "live":
            return b'{"status": "live"}'
        found = self.inspect()
        if not found.ready:
            response.setStatus(503)
        return found.as_json()

    def inspect(self) -> readiness.Readiness:
        """Look at the database, and at the worker of the site."""
        found = readiness.Readiness()
        found.parts["database"] = self._reads()
        site = self._site()
        found.parts["portal"] = site is not None
        if site is not None:
            setSite(site)
            self._worker(found, site)
        return found

    def _worker(self, found: readiness.Readiness, site) -> None:
        """Look at the worker and at what waits for it."""
        try:
            oldest, dead = outbox.oldest_pending(site), outbox.dead_count(site)
        except StoreMissing:
            logger.error("health_outbox_missing")
            found.parts["jobs"] = False
            return
        beat = outbox.heartbeat(site)
        readiness.judge_worker(found, clock.now(), None if beat is None else beat.at, oldest, dead)

    def _reads(self) -> bool:
        """Read an object from the storage itself, not from this connection's cache."""
        root = self.context.getPhysicalRoot()
        try:
            data, _ = root._p_jar._storage.load(root._p_oid)
        except Exception:
            logger.exception("health_database_failed")
            return False
        return bool(data)

    def _site(self):
        """Return the site asked, or the portal when the Zope root was asked."""
        if IPloneSiteRoot.providedBy(self.context):
            return self.context
        root = self.context.getPhysicalRoot()
        return root[SITE_ID] if SITE_ID in root.objectIds() else None
