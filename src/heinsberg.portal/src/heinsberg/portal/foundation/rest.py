"""The base class of the portal's REST services: errors, CSRF, parameters and caching, once.

A service writes ``reply()`` and raises; what becomes of a mistake is decided
here. Nothing that failed is committed.
"""

from AccessControl import getSecurityManager
from collections.abc import Callable
from heinsberg.portal import _
from heinsberg.portal import logger
from heinsberg.portal.foundation import caching
from heinsberg.portal.foundation import clock
from heinsberg.portal.foundation.errors import PortalError
from heinsberg.portal.foundation.interfaces import IPublicService
from heinsberg.portal.foundation.parameters import ParameterError
from heinsberg.portal.foundation.parameters import Parameters
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.exceptions import DeserializationError
from plone.restapi.exceptions import QueryParsingError
from plone.restapi.services import _no_content_marker
from plone.restapi.services import Service
from transaction.interfaces import TransientError
from typing import Any
from zExceptions import BadRequest
from zExceptions import HTTPException
from zExceptions import HTTPRedirection
from zope.i18n import translate
from zope.interface import alsoProvides
from zope.interface import classImplements
from zope.interface import classImplementsOnly
from zope.interface import implementedBy

import json
import transaction


READING = ("GET", "HEAD", "OPTIONS")
NUMBER_KEY = "heinsberg.request_number"

SENTENCES = {
    400: _("The request cannot be understood."),
    401: _("Please sign in to use this service."),
    403: _("You may not use this service."),
    404: _("What you asked for does not exist here."),
    405: _("This service does not know this method."),
    409: _("Somebody else has changed this in the meantime. Please load it again."),
    413: _("The request is too large."),
    415: _("Send this request as application/json."),
}
FAILED = _("Something went wrong on our side. Please try again later.")
NOT_JSON = _("The body is not a valid JSON object.")


def problem(error: Exception, say: Callable[[str], str], number: str = "") -> tuple[int, dict[str, Any]] | None:
    """Return (status, JSON) for an error that a client is told about, None for an unexpected one.

    ``say`` translates a message.
    """
    status, message = _told(error, say)
    if not status:
        return None
    answer: dict[str, Any] = {"type": type(error).__name__, "message": message}
    if isinstance(error, ParameterError):
        answer["parameter"] = error.parameter[:80]
    if isinstance(error, BadRequest) and error.args and isinstance(error.args[0], list):
        answer["errors"] = [_plain(row, say) for row in error.args[0] if isinstance(row, dict)]
    if number:
        answer["number"] = number
    return status, answer


def failure(say: Callable[[str], str], number: str = "") -> dict[str, Any]:
    """Return the JSON of an unexpected error: nothing of its cause."""
    return {"type": "InternalError", "message": say(FAILED)} | ({"number": number} if number else {})


def _told(error: Exception, say: Callable[[str], str]) -> tuple[int, str]:
    """Return (status, sentence); status 0 for an unexpected error."""
    if isinstance(error, PortalError):
        # What a deployment lacks is for the log, not for clients.
        return error.status, say(error.message if error.status < 500 else FAILED)
    if isinstance(error, DeserializationError):
        return 400, say(NOT_JSON)
    if isinstance(error, QueryParsingError):
        return 400, say(SENTENCES[400])
    if isinstance(error, BadRequest) and error.args and isinstance(error.args[0], str):
        return 400, say(error.args[0])
    if isinstance(error, HTTPException):
        status = error.getStatus()
        return status, say(SENTENCES.get(status, SENTENCES[400] if status < 500 else FAILED))
    return 0, ""


def _plain(row: dict, say: Callable[[str], str]) -> dict[str, str]:
    """Return plone.restapi's report on one field with its message translated."""
    return {str(name): say(value) if isinstance(value, str) else str(value) for name, value in row.items()}


class PortalService(Service):
    """A REST service of the portal.

    Class attributes: ``public``: visitors may call it, also on a municipality's
    own domain. ``parameters``: names of all query parameters it knows.
    ``body_types``: content types of a POST; a form cannot send any of them from
    a foreign page, which is why a token is not asked for.
    """

    public = False
    parameters: tuple[str, ...] = ()
    body_types: tuple[str, ...] = ("application/json",)

    def __init_subclass__(cls, **kw: Any) -> None:
        super().__init_subclass__(**kw)
        if cls.public:
            classImplements(cls, IPublicService)
        elif IPublicService.implementedBy(cls):
            classImplementsOnly(cls, implementedBy(cls) - IPublicService)

    def stamp(self) -> tuple | None:
        """Return what an anonymous GET depends on, without personal data; None: nobody keeps it."""
        return None

    @property
    def query(self) -> Parameters:
        """The typed query parameters; the first use refuses unknown ones."""
        found = self.__dict__.get("_query")
        if found is None:
            found = self.__dict__["_query"] = Parameters(self.request.form, self.parameters)
        return found

    def body(self) -> dict[str, Any]:
        """Return the JSON object that was sent; DeserializationError (400) if there is none."""
        try:
            data = json.loads(self.request.get("BODY") or "{}")
        except (ValueError, RecursionError) as exc:
            raise DeserializationError(str(NOT_JSON)) from exc
        if not isinstance(data, dict):
            raise DeserializationError(str(NOT_JSON))
        return data

    def render(self) -> str | None:
        """Return the JSON of ``reply()``, or of what went wrong."""
        try:
            self.check_permission()
            self._check_body_type()
            if self._unchanged():
                return self._answer(304, _no_content_marker)
            return self._answer(None, self.reply())
        except (TransientError, HTTPRedirection):
            raise  # Zope repeats the request, or sends the client elsewhere
        except Exception as error:
            return self._refuse(error)

    def _check_body_type(self) -> None:
        """Refuse what a foreign page could have sent; lift the token for the rest."""
        if self.request.method in READING:
            return
        if self.request.method == "POST":
            sent = (self.request.getHeader("Content-Type", "") or "").split(";")[0].strip().lower()
            if sent not in self.body_types:
                raise UnsupportedMediaType(SENTENCES[415])
        alsoProvides(self.request, IDisableCSRFProtection)

    def _unchanged(self) -> bool:
        """Set who may keep the answer; whether the client has it already."""
        stamp = self.stamp() if self.request.method in READING and self._anonymous() else None
        if stamp is None:
            self._headers(caching.PRIVATE_HEADERS)
            return False
        tag = caching.entity_tag(stamp, clock.now().timestamp())
        self._headers(caching.shared_headers(tag, "Accept, Accept-Encoding"))
        return caching.matches(self.request.getHeader("If-None-Match") or "", tag)

    def _anonymous(self) -> bool:
        user = getSecurityManager().getUser()
        # Not by the name, which a person could have.
        return user is None or user.getId() is None

    def _headers(self, headers: dict[str, str]) -> None:
        for name, value in headers.items():
            self.request.response.setHeader(name, value)

    def _refuse(self, error: Exception) -> str:
        transaction.doom()
        number = str(self.request.environ.get(NUMBER_KEY) or "")
        found = problem(error, self._say, number)
        if found is None or found[0] >= 500:
            logger.exception("rest_failed number=%s service=%s", number, type(self).__name__)
        status, answer = found or (500, failure(self._say, number))
        self.request.response.headers.pop("etag", None)
        self._headers(caching.PRIVATE_HEADERS)
        return self._answer(status, answer)

    def _say(self, message: str) -> str:
        return str(translate(message, context=self.request) or message)

    def _answer(self, status: int | None, content: Any) -> str | None:
        response = self.request.response
        if status is not None:
            response.setStatus(status)
        response.setHeader("X-Content-Type-Options", "nosniff")
        if content is _no_content_marker:
            return ""
        response.setHeader("Content-Type", self.content_type)
        return json.dumps(content, separators=(",", ":"))


class UnsupportedMediaType(PortalError):
    """The body has a content type that the service does not take."""

    status = 415
