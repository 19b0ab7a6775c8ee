"""One attempt at one entry, and the short transactions around it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from heinsberg.portal import logger
from heinsberg.portal.outbox import rules
from heinsberg.portal.outbox import store as stores
from heinsberg.portal.outbox.interfaces import DONE
from heinsberg.portal.outbox.interfaces import GiveUp
from heinsberg.portal.outbox.interfaces import IOutboxHandler
from heinsberg.portal.outbox.interfaces import RetryLater
from heinsberg.portal.outbox.interfaces import Unreachable
from heinsberg.portal.outbox.records import Entry
from heinsberg.portal.outbox.records import Store
from heinsberg.portal.outbox.session import Session
from typing import Any
from ZODB.POSException import ConflictError
from zope.component import queryUtility

import random
import transaction


# A settled result that is lost repeats the effect, so it is tried stubbornly.
TRIES = 20

DEFAULT_SECONDS = 60.0


@dataclass(frozen=True)
class Outcome:
    """What became of an attempt: ``result`` is done, retry or dead."""

    result: str
    reason: str = ""
    seconds: float = 0.0
    pause: bool = False


def _handler(kind: str) -> Any:
    return queryUtility(IOutboxHandler, name=kind)


def _longest(kind: str) -> float:
    return getattr(_handler(kind), "seconds", DEFAULT_SECONDS)


def claim(
    session: Session, path: str, worker: str, ids: list[str]
) -> list[tuple[str, str]]:
    """Lease those of ``ids`` that are free; ConflictError if another worker was faster."""
    with session.inside(path) as (_site, store):
        moment, claimed = stores.now_ms(), []
        for entry_id in ids:
            entry = stores.entry(store, entry_id)
            if (
                entry is None
                or entry.due > moment
                or rules.is_leased(entry.lease, moment)
            ):
                continue
            entry.lease = (worker, rules.lease_end(moment, _longest(entry.kind)))
            # Counted before the work: an entry that kills its worker every
            # time must end as a dead letter as well.
            entry.attempts += 1
            claimed.append((entry_id, entry.kind))
        transaction.commit()
        return claimed


def run(session: Session, path: str, worker: str, entry_id: str) -> Outcome | None:
    """Carry out a claimed entry; None when it is no longer this worker's."""
    job = _prepare(session, path, worker, entry_id)
    if job is None or isinstance(job, Outcome):
        outcome = job
    else:
        outcome = _guarded(job.kind, job.attempts, entry_id, job.perform)
    if outcome is None or outcome.reason == _SETTLED:
        return outcome
    return _settle(session, path, worker, entry_id, outcome)


def release(session: Session, path: str, worker: str, entry_id: str) -> None:
    """Give a claimed entry back untouched; its attempt does not count."""

    def free(store: Store, entry: Entry) -> None:
        entry.lease, entry.attempts = None, entry.attempts - 1

    _change(session, path, worker, entry_id, free)


# Reason of an outcome whose transaction has already removed the entry.
_SETTLED = "settled with its own transaction"


@dataclass(frozen=True)
class _Job:
    kind: str
    attempts: int
    perform: Callable[[], Outcome]


def _prepare(session: Session, path: str, worker: str, entry_id: str) -> Any:
    """Return a _Job, an Outcome, or None when the entry was taken away."""
    for _try in range(TRIES):
        try:
            return _prepare_once(session, path, worker, entry_id)
        except ConflictError:
            continue
    return Outcome("retry", "conflicts with other writers", rules.FIRST_DELAY)


def _prepare_once(session: Session, path: str, worker: str, entry_id: str) -> Any:
    with session.inside(path) as (site, store):
        entry = stores.entry(store, entry_id)
        if entry is None or not rules.holds(entry.lease, worker):
            return None
        kind, attempts = entry.kind, entry.attempts
        handler = _handler(kind)
        if handler is None:
            return _failed(kind, attempts, f"no handler for kind {kind}", None)
        if attempts > handler.max_attempts:
            return Outcome("dead", f"stopped in the middle {attempts - 1} times")
        _extend(entry, worker, handler.seconds)
        view = entry.view()

        def prepare() -> Any:
            prepared = handler.prepare(view, site)
            if prepared is DONE:
                stores.remove(store, entry)
            transaction.commit()
            if prepared is DONE:
                return Outcome("done", _SETTLED)
            return _Job(kind, attempts, partial(_perform, handler, prepared))

        return _guarded(kind, attempts, entry_id, prepare)


def _perform(handler: Any, prepared: Any) -> Outcome:
    try:
        handler.perform(prepared)
    except ConflictError as error:
        # No transaction is open here; passing it on would look like one of ours.
        raise RuntimeError("perform() touched the database") from error
    return Outcome("done")


def _extend(entry: Entry, worker: str, seconds: float) -> None:
    """Renew the lease when it might end before the work does (late in a batch)."""
    moment = stores.now_ms()
    if entry.lease[1] < moment + seconds * 1000:
        entry.lease = (worker, rules.lease_end(moment, seconds))


def _guarded(kind: str, attempts: int, entry_id: str, work: Callable[[], Any]) -> Any:
    """Run a handler's code and translate what it raises."""
    try:
        return work()
    except ConflictError:
        raise
    except GiveUp as refusal:
        return Outcome("dead", refusal.reason)
    except RetryLater as wish:
        outcome = _failed(
            kind, attempts, wish.reason or "asked to try later", wish.seconds
        )
        return Outcome(
            outcome.result,
            outcome.reason,
            outcome.seconds,
            isinstance(wish, Unreachable),
        )
    except Exception as error:
        # The text of a foreign error may hold a citizen's data: type and place only.
        name = type(error).__name__
        veiled = RuntimeError(f"{name} (text withheld)")
        logger.exception(
            "outbox_error kind=%s id=%s",
            kind,
            entry_id,
            exc_info=(RuntimeError, veiled, error.__traceback__),
        )
        return _failed(kind, attempts, f"unexpected {name}", None)


def _failed(kind: str, attempts: int, reason: str, seconds: float | None) -> Outcome:
    handler = _handler(kind)
    if attempts >= getattr(handler, "max_attempts", 12):
        return Outcome("dead", f"{reason}; gave up after {attempts} attempts")
    if seconds is None:
        longest = getattr(handler, "longest_delay", 3600.0)
        seconds = rules.back_off(attempts, longest, random.random())  # noqa: S311
    return Outcome("retry", reason, seconds)


def _settle(
    session: Session, path: str, worker: str, entry_id: str, outcome: Outcome
) -> Outcome | None:
    """Write down what became of an attempt; None if the lease was lost meanwhile."""

    def note(store: Store, entry: Entry) -> None:
        match outcome.result:
            case "done":
                stores.remove(store, entry)
            case "retry":
                due = stores.now_ms() + int(outcome.seconds * 1000)
                stores.postpone(store, entry, due, outcome.reason)
            case "dead":
                stores.bury(store, entry, outcome.reason)

    if not _change(session, path, worker, entry_id, note):
        logger.warning("outbox_lease_lost id=%s result=%s", entry_id, outcome.result)
        return None
    log = logger.error if outcome.result == "dead" else logger.info
    log("outbox_%s id=%s reason=%s", outcome.result, entry_id, outcome.reason or "-")
    return outcome


def _change(
    session: Session,
    path: str,
    worker: str,
    entry_id: str,
    change: Callable[[Store, Entry], None],
) -> bool:
    """Apply a change to an entry that this worker holds; False if it does not."""
    for _try in range(TRIES):
        with session.inside(path) as (_site, store):
            entry = stores.entry(store, entry_id)
            if entry is None or not rules.holds(entry.lease, worker):
                return False
            change(store, entry)
            try:
                transaction.commit()
                return True
            except ConflictError:
                continue
    logger.error("outbox_settle_failed id=%s worker=%s", entry_id, worker)
    return True
