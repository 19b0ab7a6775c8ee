"""Purging against small proxies that answer, refuse, hang and cut."""

from datetime import timedelta
from heinsberg.portal.foundation import clock
from heinsberg.portal.foundation.settings import override
from heinsberg.portal.outbox import api
from heinsberg.portal.outbox.interfaces import IOutboxHandler
from heinsberg.portal.outbox.kinds import purge
from heinsberg.portal.outbox.kinds.purge import PurgeHandler
from heinsberg.portal.outbox.worker import Worker
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer

import contextlib
import pytest
import threading
import transaction


PAIR = ("www.gangelt.de", "/de/amt")


@contextlib.contextmanager
def proxy(behave=None):
    """A proxy whose PURGE answers 204, or does what ``behave(handler)`` does; yields (url, seen)."""
    seen = []

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PURGE(self):
            seen.append((self.headers.get_all("Host"), self.path))
            if behave is not None:
                behave(self)
            else:
                answer(self, 204)

        def log_message(self, *args):
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.daemon_threads = True
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}
    )
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        thread.join()
        server.socket.close()


def answer(handler, status, body=b""):
    handler.send_response(status)
    if status != 204:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture
def forget(desk, register):
    register(PurgeHandler(), IOutboxHandler, "purge")

    def forget(*pairs):
        found = api.purge(list(pairs), site=desk.site)
        transaction.commit()
        return found

    return forget


@pytest.fixture
def work(desk):
    def work():
        tally = Worker(desk.db).run_once()
        transaction.begin()
        return tally

    return work


def test_every_proxy_is_told_with_the_host_of_the_page(forget, work):
    with proxy() as (first, seen_first), proxy() as (second, seen_second):
        with override(purge_urls=(first, second)):
            forget(PAIR, ("www.wegberg.de", "/de/%C3%A4mter?x=1"))
            assert work().done == 1
    assert (
        seen_first
        == seen_second
        == [(["www.gangelt.de"], "/de/amt"), (["www.wegberg.de"], "/de/%C3%A4mter?x=1")]
    )


def test_without_proxies_nothing_is_written(desk, forget, work):
    with override(purge_urls=()):
        assert forget(PAIR) == []
    assert api.pending_count(desk.site) == 0


def test_an_entry_from_times_with_a_proxy_succeeds_without(forget, work):
    with override(purge_urls=("http://127.0.0.1:1",)):
        forget(PAIR)
    with override(purge_urls=()):
        assert work().done == 1


def test_the_same_pages_wait_once_and_many_pages_share_entries(desk, forget):
    with override(purge_urls=("http://127.0.0.1:1",)):
        assert forget(PAIR, PAIR) == forget(PAIR)
        assert api.pending_count(desk.site) == 1
        many = forget(*((PAIR[0], f"/{n}") for n in range(250)))
    assert len(many) == 3


@pytest.mark.parametrize("status", [200, 404, 412])
def test_what_was_not_cached_is_purged(forget, work, status):
    with proxy(lambda handler: answer(handler, status, b"x" * 10)) as (url, seen):
        with override(purge_urls=(url,)):
            forget(PAIR, (PAIR[0], "/"))
            assert work().done == 1
    assert len(seen) == 2


@pytest.mark.parametrize("status", [405, 403, 501])
def test_a_proxy_without_purge_is_a_dead_letter_that_says_so(
    desk, forget, work, status
):
    with proxy(lambda handler: answer(handler, status)) as (url, _seen):
        with override(purge_urls=(url,)):
            forget(PAIR)
            assert work().dead == 1
    assert f"answers {status} to PURGE" in api.dead_letters(desk.site)[0].error


def hang(handler):
    handler.rfile.read(1)


def cut(handler):
    handler.close_connection = True


def trickle(handler):
    gate = threading.Event()
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not gate.wait(0.05):
        handler.wfile.write(b"x")


def endless(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    with contextlib.suppress(OSError):
        while True:
            handler.wfile.write(b"x" * 65536)


def nonsense(handler):
    handler.wfile.write(b"\x00\xff\r\n\r\n")
    handler.close_connection = True


def overloaded(handler):
    answer(handler, 503)


@pytest.mark.parametrize("behave", [hang, cut, trickle, nonsense, overloaded])
def test_a_proxy_that_is_down_is_tried_again_and_the_other_served_at_once(
    desk, forget, work, monkeypatch, behave
):
    monkeypatch.setattr(purge, "TIMEOUT", 0.4)
    monkeypatch.setattr(PurgeHandler, "seconds", 1.2)
    broken = [behave]

    def heal(handler):
        broken[0](handler) if broken else answer(handler, 204)

    with proxy(heal) as (bad, seen_bad), proxy() as (good, seen_good):
        with override(purge_urls=(bad, good)):
            forget(PAIR)
            assert work().retried == 1
            assert len(seen_good) == 1
            assert bad in api.pending(desk.site)[0].error
            broken.clear()
            with clock.frozen(clock.now() + timedelta(minutes=1)):
                assert work().done == 1
    assert len(seen_bad) == 2


def test_an_endless_answer_is_not_read_to_its_end(forget, work):
    with proxy(endless) as (url, _seen), override(purge_urls=(url,)):
        forget(PAIR)
        assert work().done == 1


@pytest.mark.parametrize(
    "host, path",
    [
        ("a.de\r\nX: y", "/"),
        ("a.de", "/x\r\nX: y"),
        ("a.de", "/x HTTP/1.1"),
        ("a.de", "no-slash"),
        ("a.de", "http://b.de/"),
        ("a.de", "/ämter"),
        ("a.de/x", "/"),
        ("", "/"),
        ("user@a.de", "/"),
        ("a.de:123456", "/"),
    ],
)
def test_pairs_that_could_smuggle_are_refused(desk, forget, host, path):
    with override(purge_urls=("http://127.0.0.1:1",)), pytest.raises(ValueError):
        forget(PAIR, (host, path))
    transaction.abort()
    assert api.pending_count(desk.site) == 0
