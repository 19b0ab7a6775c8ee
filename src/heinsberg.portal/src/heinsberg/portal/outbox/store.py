"""Reading and writing of a site's outbox, always in the caller's transaction."""

from Acquisition import aq_base
from collections.abc import Iterator
from heinsberg.portal import _
from heinsberg.portal.foundation import clock
from heinsberg.portal.outbox import rules
from heinsberg.portal.outbox.interfaces import EntryBusy
from heinsberg.portal.outbox.interfaces import NoSuchEntry
from heinsberg.portal.outbox.interfaces import StoreMissing
from heinsberg.portal.outbox.records import Entry
from heinsberg.portal.outbox.records import SENTINEL
from heinsberg.portal.outbox.records import SHARDS
from heinsberg.portal.outbox.records import Store
from heinsberg.portal.outbox.records import to_ms
from typing import Any
from uuid import uuid4
from zlib import crc32

import json


# Begins with an underscore: never reachable by a URL.
ATTRIBUTE = "_heinsberg_outbox"


def now_ms() -> int:
    """Return the present moment of the portal's clock in milliseconds."""
    return to_ms(clock.now())


def find(site: Any) -> Store | None:
    """Return the store of exactly this object, never an acquired one."""
    return getattr(aq_base(site), ATTRIBUTE, None)


def get(site: Any) -> Store:
    """Return the store of a site; StoreMissing if it was never set up."""
    store = find(site)
    if store is None:
        raise StoreMissing(
            _("This portal is not set up completely."), detail="outbox store missing"
        )
    return store


def ensure(site: Any) -> Store:
    """Return the store of a site, made on the first call."""
    if find(site) is None:
        setattr(aq_base(site), ATTRIBUTE, Store())
    return get(site)


def drop(site: Any) -> None:
    """Remove the store with everything in it (uninstall)."""
    if find(site) is not None:
        delattr(aq_base(site), ATTRIBUTE)


def _shard(shards: tuple, entry_id: str) -> Any:
    try:
        return shards[int(entry_id[:1], 16)]
    except ValueError:
        return shards[0]


def _key_shard(store: Store, key: str) -> Any:
    return store.keys[crc32(key.encode()) % SHARDS]


def entry(store: Store, entry_id: str) -> Entry | None:
    """Return the waiting entry of this id, or None."""
    row = _shard(store.pending, entry_id).get(entry_id) if entry_id else None
    return row[2] if row else None


def add(
    store: Store, kind: str, payload: dict, key: str | None, due: int | None
) -> str:
    """Write an entry and return its id, or the id of the untouched one with the same key."""
    text = json.dumps(payload, separators=(",", ":"), allow_nan=False)
    if key is not None:
        same = _untouched(store, key)
        if same is not None:
            return same.id
    moment = now_ms()
    new = Entry(uuid4().hex, kind, text, moment, moment if due is None else due, key)
    _put(store, new)
    return new.id


def _put(store: Store, item: Entry) -> None:
    _shard(store.pending, item.id)[item.id] = (item.due, item.kind, item)
    if item.key is not None:
        _key_shard(store, item.key)[item.key] = item.id


def _untouched(store: Store, key: str) -> Entry | None:
    """Return the entry of a key unless a worker has begun it.

    One that has begun may have acted on the state before this transaction, so
    it cannot stand for the new effect. For the same reason a claim that
    happens while this transaction runs must make this transaction fail.
    """
    found = entry(store, _key_shard(store, key).get(key) or "")
    if found is None or rules.is_leased(found.lease, now_ms()):
        return None
    if found._p_jar is not None:
        found._p_jar.readCurrent(found)
    return found


def _forget_key(store: Store, item: Entry) -> None:
    if item.key is None:
        return
    shard = _key_shard(store, item.key)
    # A later entry may own the key by now.
    if shard.get(item.key) == item.id:
        del shard[item.key]


def remove(store: Store, item: Entry) -> None:
    """Take a waiting entry out: its effect happened, or it is buried or discarded."""
    del _shard(store.pending, item.id)[item.id]
    _forget_key(store, item)


def postpone(store: Store, item: Entry, due: int, error: str) -> None:
    """Free the entry and let it be due later."""
    item.lease, item.due, item.error = None, due, error
    _shard(store.pending, item.id)[item.id] = (due, item.kind, item)


def bury(store: Store, item: Entry, reason: str) -> None:
    """Move a waiting entry to the dead letters."""
    remove(store, item)
    item.lease, item.error, item.dead_since = None, reason, now_ms()
    _shard(store.dead, item.id)[item.id] = item


def revive(store: Store, entry_id: str) -> None:
    """Make a dead letter wait again, due now, with all its attempts."""
    shard = _shard(store.dead, entry_id)
    item = shard.get(entry_id) if entry_id else None
    if item is None:
        raise NoSuchEntry(_("There is no such entry."))
    if item.key is not None and entry(
        store, _key_shard(store, item.key).get(item.key) or ""
    ):
        raise EntryBusy(_("A newer entry for the same purpose is waiting already."))
    del shard[entry_id]
    item.attempts, item.dead_since, item.due = 0, None, now_ms()
    _put(store, item)


def discard(store: Store, entry_id: str) -> Entry:
    """Remove a dead letter, or a waiting entry that no worker holds."""
    shard = _shard(store.dead, entry_id)
    item = shard.get(entry_id) if entry_id else None
    if item is not None:
        del shard[entry_id]
        return item
    item = entry(store, entry_id)
    if item is None:
        raise NoSuchEntry(_("There is no such entry."))
    if rules.is_leased(item.lease, now_ms()):
        raise EntryBusy(_("This entry is being carried out right now."))
    remove(store, item)
    # Written as well, so that a claim at the same moment conflicts.
    item.lease = ("discarded", 0)
    return item


def rows(store: Store) -> Iterator[tuple[int, str, str]]:
    """Yield (due in ms, kind, id) of all waiting entries without loading them."""
    for shard in store.pending:
        for entry_id, row in shard.items():
            if row is not None:
                yield row[0], row[1], entry_id


def waiting(store: Store) -> Iterator[Entry]:
    """Yield all waiting entries, in no order."""
    for shard in store.pending:
        yield from (row[2] for row in shard.values() if row is not None)


def dead(store: Store) -> Iterator[Entry]:
    """Yield all dead letters, in no order."""
    for shard in store.dead:
        yield from (item for item in shard.values() if item is not None)


def beat(store: Store, worker: str, moment: int, forget_before: int) -> None:
    """Note a sign of life of a worker process; forget workers silent since long."""
    for name in [
        n for n, at in store.beats.items() if n != SENTINEL and at < forget_before
    ]:
        del store.beats[name]
    store.beats[worker] = moment


def beats(store: Store) -> dict[str, int]:
    """Return the last persisted sign of life (ms) of each worker process."""
    return {name: at for name, at in store.beats.items() if name != SENTINEL}
