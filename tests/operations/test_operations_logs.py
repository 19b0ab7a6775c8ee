"""Log lines hold no query strings, and nobody can forge a second line."""

from heinsberg.portal.operations import logs
from heinsberg.portal.operations import wsgi

import json
import logging
import pytest
import sys


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, logger="heinsberg.portal.access")
    wsgi.access.propagate = True

    def read() -> list[str]:
        return [r.getMessage() for r in caplog.records if r.name == wsgi.access.name]

    return read


def call(app=None, **environ):
    """Send one request through the filter; return status, headers and body."""
    given = {}

    def start_response(status, headers, exc_info=None):
        given.update(status=status, headers=headers)

    def plain(environ, start_response):
        head = [("X-Powered-By", "Zope"), ("Server", "x"), ("Content-Length", "2")]
        start_response("200 OK", head)
        return [b"ok"]

    defaults = {"REQUEST_METHOD": "GET", "PATH_INFO": "/portal", "REMOTE_ADDR": "192.0.2.77"}
    environ = {**defaults, **environ}
    result = wsgi.request_filter({})(app or plain)(environ, start_response)
    body = b"".join(result)
    if hasattr(result, "close"):
        result.close()
    return given["status"], dict(given["headers"]), body, environ


def test_query_cookie_and_referrer_stay_out(lines):
    call(
        QUERY_STRING="token=SECRET",
        HTTP_COOKIE="__ac=SECRET",
        HTTP_REFERER="http://x/?q=SECRET",
        HTTP_USER_AGENT="SECRET",
    )
    (line,) = lines()
    assert "SECRET" not in line
    assert set(json.loads(line)) == {
        "time", "request", "municipality", "user", "client",
        "method", "path", "status", "bytes", "ms",
    }  # fmt: skip


@pytest.mark.parametrize(
    "path",
    ["/a\nb", "/a\r\n{\"status\":200}", "/a\u2028".encode().decode("latin-1"),
     "/a\x85b", "/a\x00\x1b[31m", "/\xff\xfe", "/" + "x" * 5000],
)  # fmt: skip
def test_a_hostile_path_is_one_short_line(path, lines):
    call(PATH_INFO=path)
    (line,) = lines()
    assert len(line.splitlines()) == 1
    assert len(json.loads(line)["path"]) <= wsgi.LONGEST_PATH
    assert "\x1b" not in line


def test_reset_tokens_and_question_marks_in_the_path_are_cut(lines):
    call(PATH_INFO="/portal/passwordreset/abcdef0123")
    call(PATH_INFO="/portal/x?name=Meier")
    assert "abcdef0123" not in lines()[0]
    assert json.loads(lines()[1])["path"] == "/portal/x"


@pytest.mark.parametrize(
    "number", ["a\r\nSet-Cookie: x=1", "short", "x" * 65, "has space here", "<script>1", "ü" * 10]
)
def test_a_malformed_number_is_replaced(number):
    _, headers, _, environ = call(HTTP_X_REQUEST_ID=number, HTTP_X_FORWARDED_PROTO="https")
    assert headers["X-Request-Id"] == environ[wsgi.NUMBER_KEY] != number
    assert len(headers["X-Request-Id"]) == 12


def test_only_the_proxy_gives_numbers():
    _, headers, _, _ = call(HTTP_X_REQUEST_ID="abcdef-123456")
    assert headers["X-Request-Id"] != "abcdef-123456"
    _, headers, _, _ = call(HTTP_X_REQUEST_ID="abcdef-123456", HTTP_X_FORWARDED_FOR="1.2.3.4")
    assert headers["X-Request-Id"] == "abcdef-123456"


def test_the_server_does_not_describe_itself():
    _, headers, body, _ = call()
    assert set(headers) == {"Content-Length", "X-Request-Id"}
    assert body == b"ok"


@pytest.mark.parametrize(
    "address, network",
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("evil\n1.2.3.4", ""),
        ("", ""),
    ],
)
def test_addresses_are_shortened(address, network, lines):
    call(REMOTE_ADDR=address)
    assert json.loads(lines()[0])["client"] == network


def test_streams_are_counted_and_logged_once(lines):
    def app(environ, start_response):
        start_response("200 OK", [])
        return iter([b"abc", b"de"])

    call(app)
    (line,) = lines()
    assert json.loads(line)["bytes"] == 5


def test_a_crash_is_a_line_too_and_goes_on(lines):
    def app(environ, start_response):
        raise RuntimeError("http://x/portal/y?name=SECRET")

    with pytest.raises(RuntimeError):
        call(app)
    assert json.loads(lines()[0])["status"] == 500
    assert logs.request_number.get() == ""


def test_what_other_rooms_noted_is_in_the_line(lines):
    def app(environ, start_response):
        environ["heinsberg.municipality"] = "gangelt"
        environ["heinsberg.user_kind"] = "anonymous"
        environ["PATH_INFO"] = "/rewritten"
        start_response("404 Not Found", [])
        return []

    call(app)
    line = json.loads(lines()[0])
    assert (line["municipality"], line["user"], line["path"]) == ("gangelt", "anonymous", "/portal")


def test_events_carry_the_number_and_no_query():
    token = logs.request_number.set("0123456789ab")
    try:
        raise ValueError("GET /portal/form?name=SECRET failed\nsecond line")
    except ValueError:
        record = logging.LogRecord(
            "x", logging.ERROR, "", 1, "at %s", ("http://h/p?q=SECRET",), sys.exc_info()
        )
    finally:
        logs.request_number.reset(token)
    formatted = _formatted_as(record, "0123456789ab")
    assert "SECRET" not in formatted
    assert len(formatted.splitlines()) == 1
    values = json.loads(formatted)
    assert values["request"] == "0123456789ab"
    assert "second line" in values["error"]


def _formatted_as(record: logging.LogRecord, number: str) -> str:
    token = logs.request_number.set(number)
    try:
        return logs.EventFormatter("%(message)s").format(record)
    finally:
        logs.request_number.reset(token)


def test_log_files_are_private_and_end_after_days(tmp_path, monkeypatch):
    monkeypatch.setenv("HEINSBERG_VAR", str(tmp_path))
    monkeypatch.setenv("HEINSBERG_LOG_DAYS", "7")
    handler = logs.DailyFile("x.jsonl")
    handler.emit(logging.makeLogRecord({"msg": "hello"}))
    handler.close()
    assert handler.backupCount == 7
    assert (tmp_path / "log" / "x.jsonl").stat().st_mode & 0o077 == 0
