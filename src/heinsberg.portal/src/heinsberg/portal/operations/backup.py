"""`bin/portal backup`: the whole portal in one file, also while it runs."""

from heinsberg.portal.foundation import environment
from heinsberg.portal.operations import archive
from heinsberg.portal.operations import postgresql
from heinsberg.portal.operations import sqlite
from heinsberg.portal.operations import storage
from heinsberg.portal.operations.interfaces import OperatorError
from heinsberg.portal.operations.interfaces import Report
from pathlib import Path
from tempfile import TemporaryDirectory

import argparse
import os
import shutil


FOLDER = "backups"


def backup(options: argparse.Namespace, report: Report) -> int:
    """Write a backup and read it again, since only a file that can be read is one."""
    path = write_backup(options.file, report)
    print(path)
    return 0


def write_backup(name: str | None, report: Report) -> Path:
    """Write a backup under this name (default: var/backups/portal-<time>.tar.gz) and verify it."""
    target = Path(name) if name else default_target()
    if target.exists():
        raise OperatorError(f"{target} exists. Backups are never overwritten; choose another name.")
    if not target.parent.is_dir():
        raise OperatorError(f"the folder {target.parent} does not exist.")
    settings = storage.current()
    _check_space(settings, target.parent)
    with TemporaryDirectory(dir=target.parent, prefix=".backup-") as temporary:
        folder = Path(temporary)
        report("copying the database")
        facts = _collect(settings, folder)
        for secret in archive.SECRETS:
            if (environment.var() / secret).is_file():
                shutil.copyfile(environment.var() / secret, folder / secret)
        report("packing it into one file")
        archive.write(folder, target, facts)
    with TemporaryDirectory(dir=target.parent, prefix=".backup-") as temporary:
        report("reading the file again")
        archive.read(target, Path(temporary))
    size = target.stat().st_size / 1e6
    report(f"backup written and verified: {facts['objects']} objects, {size:.1f} MB")
    return target


def default_target() -> Path:
    """Return a fresh name in var/backups, which is made for its owner only."""
    folder = environment.var() / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"portal-{archive.stamp()}-{os.getpid()}.tar.gz"


def _collect(settings: storage.StorageSettings, folder: Path) -> dict:
    """Copy the database into a folder; return what the manifest says of it."""
    if settings.kind == "sqlite":
        sqlite.copy(settings.data_dir, folder)
        return {"storage": "sqlite", "objects": sqlite.verify(folder)}
    postgresql.dump(settings.dsn, folder / archive.DUMP)
    return {"storage": "postgresql", "objects": postgresql.count_objects(settings.dsn)}


def _check_space(settings: storage.StorageSettings, folder: Path) -> None:
    """Refuse early where a copy and its compressed form do not fit."""
    if settings.kind != "sqlite":
        return
    size = sum(path.stat().st_size for path in settings.data_dir.glob("*.sqlite3*"))
    free = shutil.disk_usage(folder).free
    if free < 2 * size:
        raise OperatorError(
            f"a backup needs about {2 * size // 1_000_000} MB in {folder}, "
            f"{free // 1_000_000} MB are free. Name a file on another disk."
        )
