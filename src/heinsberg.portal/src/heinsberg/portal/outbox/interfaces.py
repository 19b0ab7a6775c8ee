"""Contracts between the outbox, its handlers and those who read its state."""

from dataclasses import dataclass
from datetime import datetime
from heinsberg.portal.foundation.errors import NotFoundError
from heinsberg.portal.foundation.errors import PortalError
from typing import Any
from zope.interface import Attribute
from zope.interface import Interface


# prepare() returns DONE when its own transaction was the effect: the entry is
# removed in that same transaction, so the effect happens exactly once.
DONE = object()


class IOutboxHandler(Interface):
    """Named utility that carries out entries of one kind (its name)."""

    seconds = Attribute("Longest time perform() can take; the lease is longer")
    max_attempts = Attribute("Attempts before the entry becomes a dead letter")
    longest_delay = Attribute("Upper limit of the back-off, in seconds")

    def prepare(entry, site):
        """Read what is needed inside a transaction; return a job, or DONE.

        ``entry`` is an EntryView. May raise RetryLater or GiveUp.
        """

    def perform(job):
        """Do the outgoing call, outside of any transaction; may be repeated after a crash.

        May raise RetryLater, Unreachable or GiveUp; any other error is retried with back-off.
        """


class IOutboxCall(Interface):
    """Named utility: a deferred function of another room, run in one transaction."""

    def __call__(site, payload, entry_id):
        """Change the database; the entry vanishes in the same transaction."""


@dataclass(frozen=True)
class EntryView:
    """What a handler sees of an entry; ``id`` is its idempotency key."""

    id: str
    kind: str
    payload: dict[str, Any]
    created: datetime
    attempts: int


@dataclass(frozen=True)
class EntrySummary:
    """What an operator sees of an entry: no payload, since it may hold personal data."""

    id: str
    kind: str
    created: datetime
    due: datetime
    attempts: int
    leased_until: datetime | None
    error: str
    dead_since: datetime | None


@dataclass(frozen=True)
class Heartbeat:
    """The last sign of life of a worker."""

    worker: str
    at: datetime
    mode: str


class RetryLater(Exception):
    """Try this entry again; after ``seconds``, or by back-off when None.

    ``reason`` is shown to operators: no personal data in it.
    """

    def __init__(self, seconds: float | None = None, reason: str = "") -> None:
        super().__init__(reason)
        self.seconds = seconds
        self.reason = reason


class Unreachable(RetryLater):
    """The other end is down: other entries of this kind wait too and lose no attempt."""


class GiveUp(Exception):
    """Trying again is useless: dead letter. ``reason`` must hold no personal data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StoreMissing(PortalError):
    """This site has no outbox: ensure_store() did not run."""

    status = 500


class NoSuchEntry(NotFoundError):
    """No entry of this id waits or lies among the dead letters."""


class EntryBusy(PortalError):
    """A worker is carrying the entry out, or an equal one took its place."""

    status = 409
