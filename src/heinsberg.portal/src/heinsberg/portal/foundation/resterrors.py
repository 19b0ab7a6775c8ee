"""Errors of REST requests outside of our own services: stock services, traversal, unreadable queries.

In place of plone.rest's view, which tells the text of any exception, and the
traceback to managers.
"""

from heinsberg.portal import logger
from heinsberg.portal.foundation.rest import failure
from heinsberg.portal.foundation.rest import NUMBER_KEY
from heinsberg.portal.foundation.rest import problem
from heinsberg.portal.foundation.rest import SENTENCES
from heinsberg.portal.interfaces import IPortalLayer
from plone.rest.errors import ErrorHandling
from plone.rest.interfaces import IAPIRequest
from plone.rest.interfaces import ICORSPolicy
from typing import Any
from zExceptions import NotFound
from zope.component import queryMultiAdapter
from zope.i18n import translate
from zope.interface import alsoProvides
from zope.interface import directlyProvidedBy
from zope.interface import directlyProvides

import json


class IStartedRequest(IAPIRequest):
    """A REST request of which only method and headers are known: more specific than plone.rest's marker."""


class IRestRequest(IPortalLayer):
    """A REST request to the portal: more specific than the layer, whose error pages are HTML."""


def mark_start(event) -> None:
    """Mark a REST request before its query is read."""
    if IAPIRequest.providedBy(event.request):
        alsoProvides(event.request, IStartedRequest)


def mark(site, event) -> None:
    """Mark a REST request once its layers are known, before anything below the site can fail."""
    request = event.request
    if IRestRequest.providedBy(request) or not IPortalLayer.providedBy(request):
        return
    if IAPIRequest.providedBy(request) or "/++api++" in request.get("PATH_INFO", ""):
        directlyProvides(request, IRestRequest, directlyProvidedBy(request))


class RestError(ErrorHandling):
    """JSON {type, message, number} with a fitting status; never kept."""

    def __call__(self) -> None:
        response = self.request.response
        policy = queryMultiAdapter((self.context, self.request), ICORSPolicy)
        if policy is not None:
            policy.process_simple_request()
        if isinstance(self.context, NotFound) and self._is_in_site() and self.attempt_redirect():
            response.setBody("", lock=1)
            return
        status, answer = self.told()
        response.setHeader("Content-Type", "application/json")
        response.setHeader("Cache-Control", "private, no-store")
        response.setHeader("X-Content-Type-Options", "nosniff")
        response.setStatus(status, lock=1)
        response.setBody(json.dumps(answer, separators=(",", ":")), lock=1)
        # Else PAS sends the client to a page to sign in.
        response._has_challenged = True

    def told(self) -> tuple[int, dict[str, Any]]:
        """Return status and JSON; what is our own fault is logged with the request's number."""
        number = str(self.request.environ.get(NUMBER_KEY) or "")
        if self._is_unread():
            return 400, {"type": "BadRequest", "message": self._say(SENTENCES[400])}
        found = problem(self.context, self._say, number)
        if found is None or found[0] >= 500:
            logger.error(
                "rest_failed number=%s path=%s", number, self.request.get("PATH_INFO", ""), exc_info=self.context
            )
        return found or (500, failure(self._say, number))

    def _is_unread(self) -> bool:
        """Whether Zope could not even read the query (``a:int=x``): nothing was traversed yet."""
        started = self.request.get("PUBLISHED") is not None or getattr(self.request, "steps", None)
        return not started and isinstance(self.context, (ValueError, TypeError, SyntaxError, LookupError))

    def _is_in_site(self) -> bool:
        return bool(self.request.get("PARENTS"))

    def _say(self, message: str) -> str:
        return str(translate(message, context=self.request) or message)
