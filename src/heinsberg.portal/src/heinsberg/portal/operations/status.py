"""`bin/portal status`: what runs, on which data; needs no Zope."""

from heinsberg.portal.foundation import environment
from heinsberg.portal.operations import backup
from heinsberg.portal.operations import first_start
from heinsberg.portal.operations import postgresql
from heinsberg.portal.operations import sqlite
from heinsberg.portal.operations import storage
from heinsberg.portal.operations.interfaces import OperatorError
from heinsberg.portal.operations.interfaces import Report
from heinsberg.portal.operations.lock import PortalLock

import argparse
import shutil


STOPPED = 3


def status(options: argparse.Namespace, report: Report) -> int:
    """Print the state; return 0 while a server runs on this data, 3 otherwise."""
    holder = PortalLock.holder()
    settings = storage.current()
    rows = {
        "data": str(environment.var()),
        "storage": f"{settings.kind} ({settings.path})",
        "database": _database(settings),
        "process": f"{holder.purpose}, process {holder.pid}" if holder else "none",
        "first start": "not finished" if _unfinished() else "finished or not begun",
        "last backup": _last_backup(),
        "free space": f"{shutil.disk_usage(environment.var()).free // 1_000_000} MB",
    }
    for name, value in rows.items():
        print(f"{name:<12} {value}")
    return 0 if holder and holder.purpose == "serve" else STOPPED


def _database(settings: storage.StorageSettings) -> str:
    """Say how large the database is, or why that cannot be told."""
    try:
        if settings.kind == "postgresql":
            return f"{postgresql.count_objects(settings.dsn)} objects"
        if not (settings.data_dir / sqlite.MAIN).is_file():
            return "not made yet"
        size = (settings.data_dir / sqlite.MAIN).stat().st_size / 1e6
        return f"{sqlite.count_objects(settings.data_dir)} objects, {size:.1f} MB"
    except OperatorError as error:
        return str(error.message)


def _unfinished() -> bool:
    return (environment.var() / first_start.MARKER).exists()


def _last_backup() -> str:
    """Name the latest file in var/backups."""
    found = sorted((environment.var() / backup.FOLDER).glob("portal-*.tar.gz"))
    return found[-1].name if found else "none in var/backups"
