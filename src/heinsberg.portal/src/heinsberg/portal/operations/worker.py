"""The background worker: a thread of the server, or a process of its own."""

from heinsberg.portal.operations import loading
from heinsberg.portal.operations import storage
from heinsberg.portal.operations.interfaces import OperatorError
from heinsberg.portal.operations.interfaces import Report

import argparse


def run_worker(options: argparse.Namespace, report: Report) -> int:
    """Work until SIGTERM, in a process of its own."""
    if storage.current().kind == "sqlite":
        raise OperatorError(
            "with SQLite the worker is a thread of the one server process; nothing to start. "
            "With PostgreSQL (bin/portal move-to-postgresql) it is a process of its own."
        )
    report("loading Plone")
    loading.load_zope()
    from heinsberg.portal.outbox import api as outbox

    report("the worker runs; end it with SIGTERM or Ctrl-C")
    outbox.run_worker()
    report("the worker has ended")
    return 0
