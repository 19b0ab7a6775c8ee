"""`bin/portal restore`: bring a backup back, without ever deleting what is there."""

from heinsberg.portal.foundation import environment
from heinsberg.portal.operations import archive
from heinsberg.portal.operations import backup
from heinsberg.portal.operations import postgresql
from heinsberg.portal.operations import sqlite
from heinsberg.portal.operations import storage
from heinsberg.portal.operations.interfaces import OperatorError
from heinsberg.portal.operations.interfaces import Report
from heinsberg.portal.operations.lock import PortalLock
from pathlib import Path
from tempfile import TemporaryDirectory

import argparse
import shutil


def restore(options: argparse.Namespace, report: Report) -> int:
    """Verify the file, move what is there aside (--force), put the backup in its place."""
    source = Path(options.file)
    if not source.is_file():
        raise OperatorError(f"{source} does not exist.")
    settings = storage.current()
    # The lock keeps a server from starting in the middle, and tells of a running one.
    with PortalLock(purpose="restore"):
        _refuse_existing(settings, options.force)
        with TemporaryDirectory(dir=environment.var(), prefix=".restore-") as temporary:
            folder = Path(temporary)
            report("verifying the backup")
            manifest = archive.read(source, folder)
            if manifest["storage"] != settings.kind:
                raise OperatorError(
                    f"the backup is of {manifest['storage']}, this portal uses {settings.kind}. "
                    "Restore it into a folder of its own (HEINSBERG_VAR), then move it."
                )
            report(f"restoring the state of {manifest['created']}")
            if settings.kind == "sqlite":
                _restore_sqlite(settings, folder, report)
            else:
                _restore_postgresql(settings, folder, report)
            _restore_secrets(folder)
        # Files of another state under the same number would be served from here.
        shutil.rmtree(environment.var() / "blobcache", ignore_errors=True)
    report("restored; start it with bin/portal serve")
    return 0


def _refuse_existing(settings: storage.StorageSettings, force: bool) -> None:
    """Refuse to replace data unless asked to, and a PostgreSQL database in use always."""
    if settings.kind == "sqlite":
        full = (settings.data_dir / sqlite.MAIN).exists()
    else:
        storage.refuse_unsafe(settings)
        full = postgresql.count_objects(settings.dsn) > 0
        if postgresql.other_sessions(settings.dsn):
            raise OperatorError("other processes are connected to the database. Stop them first.")
    if full and not force:
        raise OperatorError(
            "there is a portal already. With --force it is kept aside and the backup takes its place."
        )


def _restore_sqlite(settings: storage.StorageSettings, folder: Path, report: Report) -> None:
    """Put the two database files in place, by renaming whole folders."""
    sqlite.verify(folder)
    ready = folder / "database"
    ready.mkdir(mode=0o700)
    for name in (sqlite.MAIN, sqlite.OIDS):
        (folder / name).rename(ready / name)
    target = settings.data_dir
    if target.exists():
        if any(target.iterdir()):
            aside = target.with_name(f"{target.name}.before-restore-{archive.stamp()}")
            target.rename(aside)
            report(f"the former database is kept in {aside}")
        else:
            target.rmdir()
    shutil.move(ready, target)


def _restore_postgresql(settings: storage.StorageSettings, folder: Path, report: Report) -> None:
    """Load the dump in one transaction, after a backup of what is there."""
    if postgresql.count_objects(settings.dsn):
        kept = backup.write_backup(None, lambda line: None)
        report(f"the former database is kept in {kept}")
    postgresql.load(settings.dsn, folder / archive.DUMP)


def _restore_secrets(folder: Path) -> None:
    """Bring back passwords that belong to the database; differing ones are kept aside.

    secrets.env belongs to the machine: it is only put where none is.
    """
    for name in archive.SECRETS:
        source, target = folder / name, environment.var() / name
        if not source.is_file():
            continue
        if target.exists():
            if name == "secrets.env" or archive.digest(source) == archive.digest(target):
                continue
            target.rename(target.with_name(f"{name}.before-restore-{archive.stamp()}"))
        shutil.move(source, target)
        target.chmod(0o600)
