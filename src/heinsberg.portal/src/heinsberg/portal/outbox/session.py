"""The worker's own connection, request, user and site."""

from AccessControl.SecurityManagement import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from AccessControl.users import system
from Acquisition import aq_base
from collections.abc import Iterator
from contextlib import contextmanager
from heinsberg.portal.foundation.settings import settings
from heinsberg.portal.interfaces import IPortalLayer
from heinsberg.portal.outbox import store as stores
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from zope.component.hooks import getSite
from zope.component.hooks import setSite
from zope.component.interfaces import ISite
from zope.globalrequest import getRequest
from zope.globalrequest import setRequest
from zope.interface import alsoProvides
from ZPublisher.BaseRequest import RequestContainer
from ZPublisher.HTTPRequest import HTTPRequest
from ZPublisher.HTTPResponse import HTTPResponse

import transaction


class Session:
    """One connection for the life of a worker; transactions of the calling thread.

    Opens no transaction by itself. What prepare() and calls see is the system
    user, the site as active site, and a request with the portal's public address.
    """

    def __init__(self, db: Any) -> None:
        self._connection = db.open()

    def close(self) -> None:
        """Give the connection back; whatever was not committed is gone."""
        transaction.abort()
        self._connection.close()

    def site_paths(self) -> list[str]:
        """Return the ids of all sites at the root that have an outbox; own transaction."""
        transaction.begin()
        try:
            application = self._connection.root()["Application"]
            return [
                name
                for name in application.objectIds()
                if stores.find(application._getOb(name)) is not None
            ]
        finally:
            transaction.abort()

    @contextmanager
    def inside(self, path: str) -> Iterator[tuple[Any, Any]]:
        """Yield (site, store) in a fresh transaction; what is not committed is aborted."""
        before = getSecurityManager(), getSite(), getRequest()
        transaction.begin()
        request = _request()
        try:
            application = self._connection.root()["Application"]
            application = application.__of__(RequestContainer(REQUEST=request))
            site = application.unrestrictedTraverse(path.strip("/"))
            newSecurityManager(None, system)
            setRequest(request)
            setSite(site if ISite.providedBy(aq_base(site)) else None)
            _place(request, site)
            yield site, stores.get(site)
        finally:
            transaction.abort()
            setSecurityManager(before[0])
            setSite(before[1])
            setRequest(before[2])
            request.clear()


def _request() -> HTTPRequest:
    """Return a request that stands at the root of the portal's public address."""
    url = urlsplit(settings().portal_url)
    port = url.port or (443 if url.scheme == "https" else 80)
    environ = {
        "REQUEST_METHOD": "GET",
        "SERVER_NAME": url.hostname,
        "SERVER_PORT": str(port),
        "HTTP_HOST": url.netloc,
        "HTTPS": "on" if url.scheme == "https" else "off",
    }
    response = HTTPResponse(stdout=BytesIO())
    request = HTTPRequest(BytesIO(), environ, response)
    # Traversal has not happened, so nobody else marks the layer.
    alsoProvides(request, IPortalLayer)
    return request


def _place(request: HTTPRequest, site: Any) -> None:
    """Make absolute_url() of the site equal to the portal's public address."""
    public = [part for part in urlsplit(settings().portal_url).path.split("/") if part]
    physical = list(site.getPhysicalPath())
    if public != physical[1:]:
        request["PARENTS"] = [site]
        request.setVirtualRoot(public)
