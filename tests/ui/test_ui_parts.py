"""Memo, headers and dates: what every page relies on."""

from datetime import date
from datetime import datetime
from datetime import timezone
from heinsberg.portal.foundation.settings import override
from heinsberg.portal.ui import api
from heinsberg.portal.ui import headers

import pytest


class Response:
    def __init__(self) -> None:
        self.headers: dict[str, str] = {}

    def setHeader(self, name, value):
        self.headers[name.lower()] = value


class Request:
    def __init__(self, **given) -> None:
        self.response = Response()
        self.given = given

    def get_header(self, name):
        return self.given.get(name)

    def get(self, name, default=None):
        return self.given.get(name, default)


def test_a_memo_forgets_the_oldest_and_never_grows_beyond_its_size():
    memo = api.Memo(size=3)
    for number in range(10):
        memo.get(("page", number), lambda number=number: number)
    assert len(memo) == 3
    assert memo.get(("page", 9), lambda: "made anew") == 9
    assert memo.get(("page", 0), lambda: "made anew") == "made anew"


def test_a_memo_keeps_what_fails_out():
    memo = api.Memo()
    with pytest.raises(ZeroDivisionError):
        memo.get("key", lambda: 1 / 0)
    assert memo.get("key", lambda: 1) == 1


def test_pages_of_two_stamps_have_different_etags():
    first, second = Request(), Request()
    headers.shared(first, ("erkelenz", 1, 1, 1, "de"), 0)
    headers.shared(second, ("erkelenz", 2, 1, 1, "de"), 0)
    assert first.response.headers["etag"] != second.response.headers["etag"]


@pytest.mark.parametrize("prefix", ["", "W/"])
def test_a_visitor_who_has_the_page_is_told_so(prefix):
    first = Request()
    headers.shared(first, ("erkelenz", 1), 0)
    tag = first.response.headers["etag"].removeprefix("W/")
    again = Request(**{"If-None-Match": f'"other", {prefix}{tag}'})
    assert headers.shared(again, ("erkelenz", 1), 0) is True
    assert headers.shared(Request(**{"If-None-Match": '"other"'}), ("erkelenz", 1), 0) is False


def test_shared_caches_keep_pages_longer_where_they_are_purged():
    short, long = Request(), Request()
    headers.shared(short, ("x",), 0)
    with override(purge_urls=("http://127.0.0.1:1",)):
        headers.shared(long, ("x",), 0)
    assert "s-maxage=30," in short.response.headers["cache-control"]
    assert "s-maxage=300," in long.response.headers["cache-control"]


def test_a_private_answer_has_no_etag_of_the_page_that_failed():
    request = Request()
    headers.shared(request, ("x",), 0)
    headers.private(request)
    assert request.response.headers["cache-control"] == "private, no-store"
    assert "etag" not in request.response.headers


def test_the_policy_allows_nothing_inline_and_nothing_foreign():
    policy = headers.CONTENT_SECURITY_POLICY
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy


def test_strict_transport_only_over_https():
    plain, secure = Request(SERVER_URL="http://a.example"), Request(SERVER_URL="https://a.example")
    headers.secure(plain)
    headers.secure(secure)
    assert "strict-transport-security" not in plain.response.headers
    assert "strict-transport-security" in secure.response.headers


@pytest.mark.parametrize(
    "language, text", [("de", "22. November 2026"), ("en", "22 November 2026"), ("nl", "22 november 2026")]
)
def test_a_day_in_three_languages(language, text):
    assert api.dates.day(date(2026, 11, 22), language) == text


def test_times_are_those_of_a_clock_in_germany():
    assert api.dates.time(datetime(2026, 7, 1, 12, 30, tzinfo=timezone.utc), "de") == "14:30 Uhr"
    assert api.dates.time(datetime(2026, 12, 1, 12, 30, tzinfo=timezone.utc), "nl") == "13:30 uur"
    # The day changes before it does in UTC.
    assert api.dates.day(datetime(2026, 12, 31, 23, 30, tzinfo=timezone.utc), "de") == "1. Januar 2027"
