"""`bin/portal pack`: remove what nothing refers to any more, after a backup."""

from heinsberg.portal.operations import backup
from heinsberg.portal.operations.interfaces import OperatorError
from heinsberg.portal.operations.interfaces import Report

import argparse
import transaction


def pack(app, options: argparse.Namespace, report: Report) -> int:
    """Pack with the storage that Zope itself uses, so that blobs and options are the same."""
    if options.days < 0:
        raise OperatorError("--days must be 0 or more.")
    database = app._p_jar.db()
    # An open transaction of this connection would hold the storage back.
    transaction.abort()
    if not options.no_backup:
        backup.write_backup(None, report)
    before = database.objectCount()
    report(f"packing, keeping what was reachable {options.days} day(s) ago; do not interrupt")
    database.pack(days=options.days)
    report(f"packed: about {before} objects before, {database.objectCount()} after")
    return 0
