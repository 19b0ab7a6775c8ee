"""The background worker: a thread of the server, or a process of its own."""

from heinsberg.portal.operations import loading
from heinsberg.portal.operations import storage
from heinsberg.portal.operations.interfaces import OperatorError
from heinsberg.portal.operations.interfaces import Report

import argparse
import signal
import threading


def outbox():
    """Return the outbox room's api when it offers a worker, else None."""
    try:
        from heinsberg.portal.outbox import api
    except ImportError:
        return None
    return api if hasattr(api, "start_worker") else None


def start(report: Report):
    """Start the worker thread in this process; returns an object with stop(), or None."""
    api = outbox()
    if api is None:
        report("no background worker: the outbox room offers none")
        return None
    return api.start_worker()


def run_worker(options: argparse.Namespace, report: Report) -> int:
    """Work until SIGTERM, in a process of its own."""
    if storage.current().kind == "sqlite":
        raise OperatorError(
            "with SQLite the worker is a thread of the one server process; nothing to start. "
            "With PostgreSQL (bin/portal move-to-postgresql) it is a process of its own."
        )
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    report("loading Plone")
    loading.load_zope()
    worker = start(report)
    if worker is None:
        return 1
    report("the worker runs; end it with SIGTERM or Ctrl-C")
    ended.wait()
    worker.stop()
    return 0
