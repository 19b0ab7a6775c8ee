"""The base class of REST services: errors told as JSON, nothing failed is kept, writing needs JSON."""

from datetime import datetime
from datetime import timezone
from heinsberg.portal.foundation import caching
from heinsberg.portal.foundation import clock
from heinsberg.portal.foundation.errors import ConfigurationError
from heinsberg.portal.foundation.errors import NotFoundError
from heinsberg.portal.foundation.errors import PortalError
from heinsberg.portal.foundation.interfaces import IPublicService
from heinsberg.portal.foundation.parameters import ParameterError
from heinsberg.portal.foundation.rest import failure
from heinsberg.portal.foundation.rest import PortalService
from heinsberg.portal.foundation.rest import problem
from heinsberg.portal.foundation.settings import override
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.exceptions import DeserializationError
from transaction.interfaces import TransientError
from zExceptions import BadRequest
from zExceptions import Forbidden
from zExceptions import MethodNotAllowed
from zExceptions import NotFound
from zExceptions import Redirect
from zExceptions import Unauthorized
from ZODB.POSException import ConflictError
from zope.interface import implementer
from zope.publisher.interfaces.http import IHTTPRequest

import json
import pytest
import transaction


SECRET = "password=hunter2"


@implementer(IHTTPRequest)
class Request(dict):
    """As much of a request as the base class touches."""

    def __init__(self, method="GET", body=b"", **headers):
        super().__init__(BODY=body)
        self.method, self.form, self.sent = method, {}, headers
        self.environ = {"heinsberg.request_number": "abc123"}
        self.response = Response()

    def getHeader(self, name, default=None):
        return self.sent.get(name.replace("-", "_"), default)


class Response:
    def __init__(self):
        self.status, self.headers = 200, {}

    def setStatus(self, status):
        self.status = status

    def setHeader(self, name, value):
        self.headers[name.lower()] = value


@pytest.fixture
def serve():
    """Run a service whose reply is a function; return (response, JSON or '')."""
    transaction.abort()

    def run(reply, request=None, base=PortalService, **attributes):
        class Tried(base):
            context = None

            def check_permission(self):
                pass

            def reply(self):
                return reply(self)

        for name, value in attributes.items():
            setattr(Tried, name, value)
        service = Tried()
        service.request = request or Request()
        body = service.render()
        return service.request.response, json.loads(body) if body else ""

    yield run
    transaction.abort()


def raising(error):
    def reply(service):
        raise error

    return reply


EXPECTED = {
    "portal": (PortalError("Das geht nicht."), 400, "Das geht nicht."),
    "not found": (NotFoundError("Nicht da."), 404, "Nicht da."),
    "configuration": (ConfigurationError(f"HEINSBERG_X {SECRET}"), 500, None),
    "parameter": (ParameterError("b_size", "Zu viel."), 400, "Zu viel."),
    "bad request": (BadRequest("Kein Feld."), 400, "Kein Feld."),
    "bad request without text": (BadRequest(), 400, None),
    "json": (DeserializationError(SECRET), 400, None),
    "unauthorized": (Unauthorized(f"You are {SECRET}"), 401, None),
    "forbidden": (Forbidden(SECRET), 403, None),
    "missing": (NotFound(f"/{SECRET}"), 404, None),
    "method": (MethodNotAllowed(SECRET), 405, None),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_errors_are_told(serve, name):
    error, status, message = EXPECTED[name]
    response, answer = serve(raising(error))
    assert response.status == status
    assert answer["type"] == type(error).__name__
    assert answer["number"] == "abc123"
    assert answer["message"] and SECRET not in answer["message"]
    if message:
        assert answer["message"] == message
    assert response.headers["cache-control"] == "private, no-store"
    assert response.headers["content-type"] == "application/json"


def test_a_refused_parameter_is_named(serve):
    assert serve(raising(ParameterError("b_size", "x")))[1]["parameter"] == "b_size"


def test_reports_by_field_are_kept(serve):
    answer = serve(raising(BadRequest([{"field": "title", "message": "Fehlt.", "error": ValueError("x")}])))[1]
    assert answer["errors"] == [{"field": "title", "message": "Fehlt.", "error": "x"}]


@pytest.mark.parametrize("error", [ValueError(SECRET), KeyError(SECRET), RecursionError(), UnicodeError(SECRET)])
def test_the_unexpected_is_logged_and_not_told(serve, caplog, error):
    response, answer = serve(raising(error))
    assert response.status == 500
    assert SECRET not in json.dumps(answer)
    assert answer["type"] == "InternalError"
    assert answer["number"] == "abc123"
    record = next(record for record in caplog.records if "rest_failed" in record.getMessage())
    assert "abc123" in record.getMessage()
    assert record.exc_info[1] is error


@pytest.mark.parametrize("error", [ConflictError(), TransientError(), Redirect("https://x.example")])
def test_what_zope_must_see_goes_on(serve, error):
    with pytest.raises(type(error)):
        serve(raising(error))
    assert not transaction.get().isDoomed()


def test_nothing_that_failed_is_committed(serve):
    serve(raising(PortalError("x")), Request("POST", Content_Type="application/json"))
    assert transaction.get().isDoomed()


def test_what_went_well_is(serve):
    serve(lambda service: {"ok": True})
    assert not transaction.get().isDoomed()


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp"]
)
def test_what_a_foreign_form_can_send_is_refused(serve, kind):
    done = []
    request = Request("POST", Content_Type=kind)
    response, answer = serve(lambda service: done.append(1), request)
    assert response.status == 415
    assert not done
    assert not IDisableCSRFProtection.providedBy(request)


@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT", "DELETE"])
def test_json_needs_no_token(serve, method):
    request = Request(method, Content_Type="Application/JSON; charset=utf-8")
    assert serve(lambda service: {}, request)[0].status == 200
    assert IDisableCSRFProtection.providedBy(request)


def test_reading_keeps_the_protection(serve):
    request = Request("GET")
    serve(lambda service: {}, request)
    assert not IDisableCSRFProtection.providedBy(request)


@pytest.mark.parametrize("body", [b"[1]", b"{", b"\xff", b"[" * 100_000, b"1" * 5000, b'"x"', b"null"])
def test_bodies_that_are_no_object(serve, body):
    response, answer = serve(lambda service: service.body(), Request("POST", body, Content_Type="application/json"))
    assert response.status == 400
    assert answer["type"] == "DeserializationError"


def test_a_body(serve):
    request = Request("POST", b'{"a": 1}', Content_Type="application/json")
    assert serve(lambda service: service.body(), request)[1] == {"a": 1}
    assert serve(lambda service: service.body(), Request("POST", b"", Content_Type="application/json"))[1] == {}


NOON = datetime(2027, 3, 1, 12, 0, tzinfo=timezone.utc)


def stamped(service):
    return ("x", 7)


def test_visitors_share_an_answer_until_its_stamp_changes(serve):
    with clock.frozen(NOON), override(purge_urls=()):
        response, _answer = serve(lambda service: {}, stamp=stamped)
        tag = response.headers["etag"]
        assert "s-maxage=30" in response.headers["cache-control"]
        assert response.headers["vary"] == "Accept, Accept-Encoding"
        done = []
        again, answer = serve(lambda service: done.append(1), Request(If_None_Match=f'"a", {tag}'), stamp=stamped)
        assert (again.status, answer, done) == (304, "", [])
        other, _answer = serve(lambda service: {}, Request(If_None_Match=tag), stamp=lambda service: ("x", 8))
        assert other.status == 200


def test_without_stamp_and_for_writing_nobody_keeps_it(serve):
    assert serve(lambda service: {})[0].headers["cache-control"] == "private, no-store"
    request = Request("POST", Content_Type="application/json")
    assert serve(lambda service: {}, request, stamp=stamped)[0].headers["cache-control"] == "private, no-store"


def test_people_who_are_signed_in_get_their_own(serve):
    response, _answer = serve(lambda service: {}, stamp=stamped, _anonymous=lambda service: False)
    assert response.headers["cache-control"] == "private, no-store"
    assert "etag" not in response.headers


def test_an_error_is_never_kept(serve):
    response, _answer = serve(raising(NotFoundError("x")), stamp=stamped)
    assert response.headers["cache-control"] == "private, no-store"
    assert "etag" not in response.headers


def test_purged_answers_live_longer():
    with override(purge_urls=("http://127.0.0.1:6081",)):
        assert "s-maxage=300" in caching.shared_headers("x", "Accept")["Cache-Control"]
    assert not caching.matches("*", 'W/"x"')
    assert caching.matches('"x"', 'W/"x"')


def test_only_services_that_say_so_are_for_visitors():
    class Public(PortalService):
        public = True

    class Heir(Public):
        pass

    class Closed(Heir):
        public = False

    assert IPublicService.implementedBy(Public)
    assert IPublicService.implementedBy(Heir)
    assert not IPublicService.implementedBy(Closed)
    assert not IPublicService.implementedBy(PortalService)
    assert IPublicService.implementedBy(Public)


def test_messages_are_translated_by_the_caller():
    status, answer = problem(PortalError("No."), lambda message: f"<{message}>")
    assert (status, answer["message"]) == (400, "<No.>")
    assert "number" not in answer
    assert problem(ValueError("x"), str) is None
    assert "number" not in failure(str)
