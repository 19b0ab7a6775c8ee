"""Signs of life of workers: in memory for the thread, in the database for processes."""

from heinsberg.portal import logger
from heinsberg.portal.outbox import store as stores
from heinsberg.portal.outbox.interfaces import Heartbeat
from heinsberg.portal.outbox.records import from_ms
from heinsberg.portal.outbox.records import Store
from typing import Any
from ZODB.POSException import ConflictError

import transaction


PERSIST_EVERY_MS = 30_000
FORGET_AFTER_MS = 86_400_000

# Workers of this process; written by their own threads only.
_here: dict[str, Heartbeat] = {}


class Pulse:
    """The heartbeat of one worker; ``mode`` is "thread" or "process"."""

    def __init__(self, worker: str, mode: str) -> None:
        self._worker = worker
        self._mode = mode
        self._persisted = 0

    def beat(self, store: Store | None = None) -> None:
        """Note that the worker lives; with a store, in process mode, also there.

        A store is passed only inside a transaction of its own, which is committed.
        """
        moment = stores.now_ms()
        _here[self._worker] = Heartbeat(self._worker, from_ms(moment), self._mode)
        if store is None or self._mode != "process":
            return
        if moment - self._persisted < PERSIST_EVERY_MS:
            return
        stores.beat(store, self._worker, moment, moment - FORGET_AFTER_MS)
        try:
            transaction.commit()
            self._persisted = moment
        except ConflictError:
            transaction.abort()
            logger.info("outbox_beat_postponed worker=%s", self._worker)
        transaction.begin()

    def end(self) -> None:
        """Forget this worker: it stopped in an orderly way."""
        _here.pop(self._worker, None)


def newest(site: Any) -> Heartbeat | None:
    """Return the latest sign of life: of this process, else of any worker process."""
    found = list(_here.values())
    store = stores.find(site)
    if store is not None:
        found += [
            Heartbeat(name, from_ms(at), "process")
            for name, at in stores.beats(store).items()
        ]
    return max(found, key=lambda beat: beat.at, default=None)
