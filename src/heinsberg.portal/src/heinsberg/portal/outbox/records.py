"""Lean persistent records of the outbox.

Their module path stands in the database: moving a class needs an alias here.
"""

from BTrees.OOBTree import OOBTree
from datetime import datetime
from datetime import timezone
from heinsberg.portal.outbox.interfaces import EntrySummary
from heinsberg.portal.outbox.interfaces import EntryView
from persistent import Persistent

import json


SHARDS = 16

# Never removed: a bucket that never runs empty and keeps its first key can
# always be merged, so an enqueue does not conflict with the worker's removal.
SENTINEL = ""


def to_ms(moment: datetime) -> int:
    """Return an aware moment as milliseconds since the epoch."""
    if moment.tzinfo is None:
        raise ValueError("the outbox needs aware datetimes")
    return int(moment.timestamp() * 1000)


def from_ms(value: int) -> datetime:
    """Return milliseconds since the epoch as an aware UTC datetime."""
    return datetime.fromtimestamp(value / 1000, timezone.utc)


class Entry(Persistent):
    """One effect that is still to happen. Times in ms; payload as JSON text."""

    VERSION = 1

    lease: tuple[str, int] | None = None
    attempts = 0
    error = ""
    dead_since: int | None = None

    def __init__(
        self,
        entry_id: str,
        kind: str,
        payload: str,
        created: int,
        due: int,
        key: str | None,
    ):
        self.version = self.VERSION
        self.id = entry_id
        self.kind = kind
        self.payload = payload
        self.created = created
        self.due = due
        self.key = key

    def view(self) -> EntryView:
        """Return the immutable copy that handlers get."""
        return EntryView(
            self.id,
            self.kind,
            json.loads(self.payload),
            from_ms(self.created),
            self.attempts,
        )

    def summary(self) -> EntrySummary:
        """Return what operators may see."""
        return EntrySummary(
            id=self.id,
            kind=self.kind,
            created=from_ms(self.created),
            due=from_ms(self.due),
            attempts=self.attempts,
            leased_until=from_ms(self.lease[1]) if self.lease else None,
            error=self.error,
            dead_since=from_ms(self.dead_since) if self.dead_since else None,
        )


def _shard() -> OOBTree:
    tree = OOBTree()
    tree[SENTINEL] = None
    return tree


class Store(Persistent):
    """All entries of one site. Shards are made once, here, and never replaced.

    pending: id -> (due in ms, kind, Entry); the scan reads no Entry.
    dead: id -> Entry. keys: key -> id of the pending entry. beats: worker -> ms.
    """

    VERSION = 1

    def __init__(self) -> None:
        self.version = self.VERSION
        self.pending = tuple(_shard() for _ in range(SHARDS))
        self.dead = tuple(_shard() for _ in range(SHARDS))
        self.keys = tuple(_shard() for _ in range(SHARDS))
        self.beats = _shard()
