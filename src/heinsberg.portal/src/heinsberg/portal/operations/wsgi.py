"""The outermost WSGI filter: request number, access line, no self-description of the server."""

from collections.abc import Callable
from collections.abc import Iterable
from heinsberg.portal.operations import logs
from heinsberg.portal.operations import readiness
from heinsberg.portal.operations.head import HeadAsGet
from ipaddress import ip_address
from ipaddress import ip_network
from typing import Any

import logging
import re
import secrets
import time


access = logging.getLogger("heinsberg.portal.access")

NUMBER_KEY = "heinsberg.request_number"
LONGEST_PATH = 500

_NUMBER = re.compile(r"[A-Za-z0-9_-]{8,64}")
_METHOD = re.compile(r"[A-Z]{1,20}")
_HIDDEN_HEADERS = frozenset({"x-powered-by", "server", "x-request-id"})


def request_filter(global_conf: dict, **local_conf: str) -> Callable:
    """Paste filter factory; stands first in the pipeline of instance/wsgi.ini.in."""
    return RequestFilter


class RequestFilter:
    """Numbers each request, writes its access line, and answers for a broken health page.

    Other rooms may set environ["heinsberg.municipality"] and
    environ["heinsberg.user_kind"], and read environ["heinsberg.request_number"].
    """

    def __init__(self, app: Callable) -> None:
        self.app = HeadAsGet(app)

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        entry = Entry(environ)
        token = logs.request_number.set(entry.number)
        try:
            result = self._answer(environ, entry.starter(start_response))
            if isinstance(result, (list, tuple)):
                entry.sent = sum(map(len, result))
                entry.write()
                return result
            if hasattr(result, "prepare"):
                # A file that the server sends by itself; its length stands in the header.
                entry.write()
                return result
            return Counted(result, entry)
        except BaseException:
            entry.status = "500"
            entry.write()
            raise
        finally:
            logs.request_number.reset(token)

    def _answer(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Call the application; a health page that breaks is answered with 503."""
        if readiness.is_health(environ.get("PATH_INFO", "")):
            return readiness.guarded(self.app, environ, start_response)
        try:
            return self.app(environ, start_response)
        except Exception:
            logging.getLogger(__name__).exception("request_failed")
            raise


class Entry:
    """One line of the access log in the making."""

    def __init__(self, environ: dict) -> None:
        self.environ = environ
        self.begun = time.perf_counter()
        self.time = time.time()
        self.number = request_number(environ)
        # The address as it was asked; virtual hosting rewrites PATH_INFO later.
        self.path = readable_path(environ)
        self.status = "000"
        self.length = ""
        self.sent: int | None = None
        environ[NUMBER_KEY] = self.number

    def starter(self, start_response: Callable) -> Callable:
        """Return a start_response that notes the status and cleans the headers."""

        def start(status: str, headers: list, exc_info: Any = None) -> Callable:
            self.status = status[:3]
            clean = [pair for pair in headers if pair[0].lower() not in _HIDDEN_HEADERS]
            self.length = next((v for k, v in clean if k.lower() == "content-length"), "")
            clean.append(("X-Request-Id", self.number))
            return start_response(status, clean, exc_info)

        return start

    def write(self) -> None:
        """Write the line; never a query string, a cookie, a referrer or a whole address."""
        environ = self.environ
        length = int(self.length) if self.length.isdigit() else 0
        method = environ.get("REQUEST_METHOD", "")
        values = {
            "time": logs.stamp(self.time),
            "request": self.number,
            "municipality": environ.get("heinsberg.municipality", ""),
            "user": environ.get("heinsberg.user_kind", ""),
            "client": shortened(environ.get("REMOTE_ADDR", "")),
            "method": method if _METHOD.fullmatch(method) else "?",
            "path": self.path,
            "status": int(self.status) if self.status.isdigit() else 0,
            "bytes": length if self.sent is None else self.sent,
            "ms": round((time.perf_counter() - self.begun) * 1000, 1),
        }
        access.info("%s", logs.line(values))


class Counted:
    """A streamed answer: counts its bytes and writes the line when it is closed."""

    def __init__(self, result: Iterable[bytes], entry: Entry) -> None:
        self.result = result
        self.entry = entry
        self.closed = False
        entry.sent = 0

    def __iter__(self):
        for chunk in self.result:
            self.entry.sent += len(chunk)
            yield chunk

    def close(self) -> None:
        """Close the application's iterable, then write the line once."""
        if self.closed:
            return
        self.closed = True
        try:
            if hasattr(self.result, "close"):
                self.result.close()
        finally:
            self.entry.write()


def request_number(environ: dict) -> str:
    """Return the trusted proxy's number when it is well-formed, else a fresh one.

    The HTTP server removes X-Forwarded-* of everybody but the trusted proxy,
    so their presence tells who speaks.
    """
    given = environ.get("HTTP_X_REQUEST_ID", "")
    trusted = "HTTP_X_FORWARDED_FOR" in environ or "HTTP_X_FORWARDED_PROTO" in environ
    if given and trusted and _NUMBER.fullmatch(given):
        return given
    return secrets.token_hex(6)


def readable_path(environ: dict) -> str:
    """Return the path as people read it, without secrets in it and not endlessly long."""
    raw = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    text = raw.encode("latin-1", "replace").decode("utf-8", "replace")
    return logs.without_secrets(text.split("?", 1)[0])[:LONGEST_PATH]


def shortened(address: str) -> str:
    """Return the network of an address: /24 of IPv4, /48 of IPv6; empty if it is none."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    prefix = 24 if parsed.version == 4 else 48
    return str(ip_network((parsed, prefix), strict=False))
