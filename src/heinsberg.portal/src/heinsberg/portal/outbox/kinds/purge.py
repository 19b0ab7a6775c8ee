"""Kind "purge": tell the proxies in front to forget pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from heinsberg.portal.foundation.settings import settings
from heinsberg.portal.outbox.deadline import cut_after
from heinsberg.portal.outbox.interfaces import EntryView
from heinsberg.portal.outbox.interfaces import GiveUp
from heinsberg.portal.outbox.interfaces import IOutboxHandler
from heinsberg.portal.outbox.interfaces import Unreachable
from typing import Any
from urllib.parse import urlsplit
from zope.interface import implementer

import http.client
import re


TIMEOUT = 3.0
CHUNK = 100

_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?")
_PATH = re.compile(r"/[!-~]*")

# 404 and 412: it was not cached, which is what we want.
_FINE = frozenset({200, 202, 204, 404, 410, 412})
# The proxy does not know PURGE or does not let us: no repetition helps.
_REFUSED = frozenset({400, 401, 403, 405, 501})

Pair = tuple[str, str]


def payloads(pairs: Sequence[Pair]) -> list[tuple[dict[str, Any], str]]:
    """Return (payload, key) of the entries for these pairs; none without proxies."""
    for host, path in pairs:
        if not (_HOST.fullmatch(host) and _PATH.fullmatch(path)):
            raise ValueError("not a host and an absolute, percent-encoded path")
    if not settings().purge_urls:
        return []
    unique = sorted({(host.lower(), path) for host, path in pairs})
    chunks = [unique[at : at + CHUNK] for at in range(0, len(unique), CHUNK)]
    return [({"pairs": chunk}, _key(chunk)) for chunk in chunks]


def _key(chunk: list[Pair]) -> str:
    text = "\n".join(f"{host} {path}" for host, path in chunk)
    return "purge:" + sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class PurgeJob:
    """Which pairs go to which proxies."""

    pairs: tuple[Pair, ...]
    proxies: tuple[str, ...]


@implementer(IOutboxHandler)
class PurgeHandler:
    """Sends PURGE for every pair to every proxy; repeating it does no harm."""

    seconds = 60.0
    max_attempts = 30
    longest_delay = 600.0

    def prepare(self, entry: EntryView, site: Any) -> PurgeJob:
        pairs = tuple((host, path) for host, path in entry.payload["pairs"])
        return PurgeJob(pairs, settings().purge_urls)

    def perform(self, job: PurgeJob) -> None:
        """Serve every proxy, also when one is down; then report the worst."""
        share = self.seconds / max(len(job.proxies), 1)
        answers = [_purge(proxy, job.pairs, share) for proxy in job.proxies]
        down = [str(answer) for answer in answers if isinstance(answer, Unreachable)]
        refused = [str(answer) for answer in answers if isinstance(answer, GiveUp)]
        if down:
            raise Unreachable(reason="; ".join(down))
        if refused:
            raise GiveUp("; ".join(refused))


def _purge(proxy: str, pairs: tuple[Pair, ...], longest: float) -> Exception | None:
    """Send all pairs over one connection; return what went wrong with this proxy."""
    url = urlsplit(proxy)
    secure = url.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(url.hostname or "", url.port, timeout=TIMEOUT)
    try:
        with cut_after(longest, lambda: connection.sock) as expired:
            statuses = {
                _send(connection, host, url.path + path) for host, path in pairs
            }
        if expired.is_set():
            return Unreachable(reason=f"{proxy} is too slow")
    except (OSError, http.client.HTTPException) as error:
        return Unreachable(reason=f"{proxy} is not reachable ({type(error).__name__})")
    finally:
        connection.close()
    return _judge(proxy, statuses)


def _judge(proxy: str, statuses: set[int]) -> Exception | None:
    """Return why the proxy must be asked again or never again; None if all is purged."""
    failed = statuses - _FINE
    if not failed:
        return None
    reason = f"{proxy} answers {', '.join(map(str, sorted(failed)))} to PURGE"
    return GiveUp(reason) if failed <= _REFUSED else Unreachable(reason=reason)


def _send(connection: http.client.HTTPConnection, host: str, path: str) -> int:
    connection.putrequest("PURGE", path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    # Read to the end only if it is short: the connection is used again.
    if len(answer.read(65536)) == 65536:
        connection.close()
    return answer.status
