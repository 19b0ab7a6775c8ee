"""Starting and stopping workers: one thread in the serving process, or a process of its own."""

from heinsberg.portal import logger
from heinsberg.portal.outbox.signals import wake
from heinsberg.portal.outbox.worker import Worker
from typing import Any

import signal
import threading
import Zope2


class _Running:
    """The worker thread of this process, if there is one."""

    lock = threading.Lock()
    thread: threading.Thread | None = None
    stop: threading.Event | None = None


def start_in_process(app_or_db: Any = None) -> None:
    """Start the worker thread; a second call while it runs does nothing.

    Takes a DB, an application object, or nothing (the DB that Zope has opened).
    """
    db = _database(app_or_db)
    with _Running.lock:
        if _Running.thread is not None and _Running.thread.is_alive():
            return
        stop = threading.Event()
        worker = Worker(db)
        # A daemon: a process whose server ended without stop_worker() must not
        # hang; the lease covers what was in flight.
        thread = threading.Thread(
            target=worker.run_forever, args=(stop,), name="outbox-worker", daemon=True
        )
        _Running.thread, _Running.stop = thread, stop
        thread.start()
        logger.info("outbox_worker_started worker=%s", worker.name)


def stop_worker(timeout: float = 20.0) -> bool:
    """Let the thread finish its current entry; False if it still runs after ``timeout`` s."""
    with _Running.lock:
        thread, stop = _Running.thread, _Running.stop
        if thread is None or stop is None:
            return True
        stop.set()
        wake.set()
        thread.join(timeout)
        if thread.is_alive():
            logger.warning("outbox_worker_still_busy")
            return False
        _Running.thread = _Running.stop = None
        logger.info("outbox_worker_stopped")
        return True


def run_worker(db: Any = None) -> None:
    """Work in this process until SIGTERM or SIGINT; the current entry is finished first."""
    stop = threading.Event()

    def end(_number: int, _frame: object) -> None:
        stop.set()
        wake.set()

    before = {
        number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        Worker(_database(db), mode="process").run_forever(stop)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _database(app_or_db: Any) -> Any:
    if app_or_db is None:
        return Zope2.DB
    jar = getattr(app_or_db, "_p_jar", None)
    return jar.db() if jar is not None else app_or_db
