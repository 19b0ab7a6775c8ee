"""Front door of the outbox: what happens after the commit, and how it stands."""

from collections.abc import Sequence
from datetime import datetime
from heinsberg.portal import logger
from heinsberg.portal.outbox import pulse
from heinsberg.portal.outbox import store as stores
from heinsberg.portal.outbox.interfaces import EntrySummary
from heinsberg.portal.outbox.interfaces import Heartbeat
from heinsberg.portal.outbox.interfaces import IOutboxCall
from heinsberg.portal.outbox.interfaces import IOutboxHandler
from heinsberg.portal.outbox.kinds import mail as mails
from heinsberg.portal.outbox.kinds import purge as purges
from heinsberg.portal.outbox.records import from_ms
from heinsberg.portal.outbox.records import to_ms
from heinsberg.portal.outbox.runner import run_worker
from heinsberg.portal.outbox.runner import start_in_process as start_worker
from heinsberg.portal.outbox.runner import stop_worker
from heinsberg.portal.outbox.signals import wake_after
from plone import api as plone_api
from typing import Any
from zope.component import queryUtility


__all__ = [
    "call",
    "dead_count",
    "dead_letters",
    "discard",
    "drop_store",
    "enqueue",
    "ensure_store",
    "heartbeat",
    "oldest_pending",
    "pending",
    "pending_count",
    "purge",
    "retry",
    "run_worker",
    "send_mail",
    "start_worker",
    "stop_worker",
]


def ensure_store(site: Any) -> None:
    """Make the site's outbox if it has none; for the install profile and upgrade steps."""
    stores.ensure(site)


def drop_store(site: Any) -> None:
    """Remove the site's outbox with everything that waits in it; for uninstalling."""
    stores.drop(site)


def enqueue(
    kind: str,
    payload: dict[str, Any],
    *,
    site: Any = None,
    key: str | None = None,
    due: datetime | None = None,
) -> str:
    """Write an entry in the caller's transaction and return its id.

    ``payload`` must be JSON-able (TypeError or ValueError otherwise). While an entry of the
    same ``key`` waits that no worker has begun, its id is returned and nothing
    is written: the key merges, it does not remember finished effects.
    ``due`` (aware) is the earliest moment. LookupError for an unknown kind.
    """
    if queryUtility(IOutboxHandler, name=kind) is None:
        raise LookupError(f"no outbox handler of kind {kind!r}")
    site = plone_api.portal.get() if site is None else site
    store = stores.get(site)
    entry_id = stores.add(
        store, kind, payload, key, None if due is None else to_ms(due)
    )
    wake_after(store._p_jar)
    return entry_id


def send_mail(
    to: str,
    subject: str,
    text: str,
    *,
    html: str | None = None,
    sender: str | None = None,
    key: str | None = None,
    site: Any = None,
    due: datetime | None = None,
) -> str:
    """Enqueue a mail to one address and return the entry id.

    MailRefused if an address cannot be used. ``sender`` defaults to the site's address.
    """
    payload = mails.payload(to, subject, text, html, sender)
    return enqueue("mail", payload, site=site, key=key, due=due)


def purge(paths_by_host: Sequence[tuple[str, str]], *, site: Any = None) -> list[str]:
    """Enqueue PURGE requests for (host, path) pairs at all proxies; ids of the entries.

    Paths are what the proxy sees: absolute, percent-encoded. ValueError for a
    pair that is no such thing. Without HEINSBERG_PURGE_URLS nothing is written.
    """
    return [
        enqueue("purge", payload, site=site, key=key)
        for payload, key in purges.payloads(paths_by_host)
    ]


def call(
    name: str,
    payload: dict[str, Any],
    *,
    site: Any = None,
    key: str | None = None,
    due: datetime | None = None,
) -> str:
    """Enqueue the IOutboxCall utility ``name``: runs once, in one transaction with its entry."""
    if queryUtility(IOutboxCall, name=name) is None:
        raise LookupError(f"no outbox call named {name!r}")
    return enqueue(
        "call", {"name": name, "payload": payload}, site=site, key=key, due=due
    )


def pending(site: Any, limit: int = 500) -> list[EntrySummary]:
    """Return what waits, next due first."""
    first = sorted(stores.rows(stores.get(site)))[:limit]
    found = (
        stores.entry(stores.get(site), entry_id) for _due, _kind, entry_id in first
    )
    return [entry.summary() for entry in found if entry is not None]


def pending_count(site: Any) -> int:
    """Return how many entries wait, those of a later date included."""
    return sum(1 for _row in stores.rows(stores.get(site)))


def dead_letters(site: Any) -> list[EntrySummary]:
    """Return the entries that were given up, latest first."""
    found = sorted(stores.dead(stores.get(site)), key=lambda entry: -entry.dead_since)
    return [entry.summary() for entry in found]


def dead_count(site: Any) -> int:
    """Return how many entries were given up and wait for a person."""
    return sum(1 for _entry in stores.dead(stores.get(site)))


def retry(site: Any, entry_id: str) -> None:
    """Let a dead letter try again, at once. NoSuchEntry, EntryBusy."""
    store = stores.get(site)
    stores.revive(store, entry_id)
    wake_after(store._p_jar)
    logger.info("outbox_revived id=%s", entry_id)


def discard(site: Any, entry_id: str, reason: str) -> None:
    """Remove a dead letter or a waiting entry; the reason is logged. NoSuchEntry, EntryBusy."""
    entry = stores.discard(stores.get(site), entry_id)
    logger.warning(
        "outbox_discarded id=%s kind=%s reason=%r", entry_id, entry.kind, reason[:200]
    )


def oldest_pending(site: Any) -> datetime | None:
    """Return since when the oldest overdue entry waits; None if nothing is due."""
    oldest = min((row[0] for row in stores.rows(stores.get(site))), default=None)
    if oldest is None or oldest > stores.now_ms():
        return None
    return from_ms(oldest)


def heartbeat(site: Any = None) -> Heartbeat | None:
    """Return the last sign of life of any worker; None if there was never one."""
    return pulse.newest(plone_api.portal.get() if site is None else site)
