"""Carries out what waits in the outbox: claim, prepare, perform, settle.

Claim, prepare and settle are short transactions; perform() runs outside of any.
A crash leaves a claim behind; when its lease has run out, the entry is repeated.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from heinsberg.portal import logger
from heinsberg.portal.outbox import attempt
from heinsberg.portal.outbox import rules
from heinsberg.portal.outbox import store as stores
from heinsberg.portal.outbox.attempt import Outcome
from heinsberg.portal.outbox.pulse import Pulse
from heinsberg.portal.outbox.session import Session
from heinsberg.portal.outbox.signals import wake
from typing import Any
from ZODB.POSException import ConflictError

import os
import socket
import threading
import time
import uuid


POLL_SECONDS = 2.0
BATCH = 10
# A pass ends after this time, so that what has come meanwhile gets its turn.
PASS_SECONDS = 2.0
PASS_ENTRIES = 200
LONGEST_REST = 30.0


@dataclass
class Tally:
    """What one pass did, counted in entries."""

    done: int = 0
    retried: int = 0
    dead: int = 0

    @property
    def total(self) -> int:
        return self.done + self.retried + self.dead


def _enough(stop: threading.Event, end: float) -> bool:
    return stop.is_set() or time.monotonic() > end


class Worker:
    """Worker over one site, or over all sites at the root when ``site_path`` is None."""

    def __init__(
        self, db: Any, site_path: str | None = None, *, mode: str = "thread"
    ) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self._db = db
        self._site_path = site_path
        self._pulse = Pulse(self.name, mode)
        self._paused: dict[tuple[str, str], int] = {}

    def run_once(self) -> Tally:
        """Carry out everything that is due now, once, and return the tally.

        Begins and ends transactions of the calling thread: commit before.
        """
        session = Session(self._db)
        try:
            return self._pass(session, None, lambda: False)
        finally:
            session.close()

    def run_forever(self, stop: threading.Event) -> None:
        """Work until ``stop`` is set; wakes at once after a commit in this process."""
        rest = 1.0
        while not stop.is_set():
            try:
                self._work(stop)
                rest = 1.0
            except Exception:
                # The database may be away; the worker outlives that.
                logger.exception("outbox_worker_failed worker=%s", self.name)
                stop.wait(rest)
                rest = min(rest * 2, LONGEST_REST)
        self._pulse.end()

    def _work(self, stop: threading.Event) -> None:
        session = Session(self._db)
        try:
            while not stop.is_set():
                wake.clear()
                enough = partial(_enough, stop, time.monotonic() + PASS_SECONDS)
                tally = self._pass(session, PASS_ENTRIES, enough)
                if not tally.total:
                    wake.wait(POLL_SECONDS)
        finally:
            session.close()

    def _pass(
        self, session: Session, limit: int | None, enough: Callable[[], bool]
    ) -> Tally:
        tally = Tally()
        for path in [self._site_path] if self._site_path else session.site_paths():
            order = self._order(session, path, limit)
            while order and not enough():
                batch, order = order[:BATCH], order[BATCH:]
                self._carry_out(session, path, batch, tally, enough)
        return tally

    def _order(self, session: Session, path: str, limit: int | None) -> list[str]:
        with session.inside(path) as (_site, store):
            self._pulse.beat(store)
            moment = stores.now_ms()
            due = (
                row
                for row in stores.rows(store)
                if row[0] <= moment and not self._is_paused(path, row[1], moment)
            )
            return rules.fair_order(due, limit)

    def _is_paused(self, path: str, kind: str, moment: int) -> bool:
        return self._paused.get((path, kind), 0) > moment

    def _carry_out(
        self,
        session: Session,
        path: str,
        batch: list[str],
        tally: Tally,
        enough: Callable[[], bool],
    ) -> None:
        """Claim a batch with one commit and work it off; what stays behind is released."""
        claimed = self._claim(session, path, batch)
        while claimed:
            entry_id, kind = claimed.pop(0)
            if enough() or self._is_paused(path, kind, stores.now_ms()):
                attempt.release(session, path, self.name, entry_id)
                continue
            self._pulse.beat()
            self._count(
                path, kind, attempt.run(session, path, self.name, entry_id), tally
            )

    def _claim(
        self, session: Session, path: str, batch: list[str]
    ) -> list[tuple[str, str]]:
        """Return (id, kind) of those that this worker now holds."""
        for _try in range(5):
            try:
                return attempt.claim(session, path, self.name, batch)
            except ConflictError:
                # Another worker was faster with some of them; look again.
                continue
        return []

    def _count(
        self, path: str, kind: str, outcome: Outcome | None, tally: Tally
    ) -> None:
        if outcome is None:
            return
        if outcome.pause:
            self._paused[path, kind] = stores.now_ms() + int(rules.PAUSE * 1000)
        match outcome.result:
            case "done":
                tally.done += 1
            case "retry":
                tally.retried += 1
            case "dead":
                tally.dead += 1
