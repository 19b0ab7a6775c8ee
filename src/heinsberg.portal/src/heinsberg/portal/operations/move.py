"""`bin/portal move-to-postgresql`: copy a stopped SQLite portal, check it, then switch."""

from heinsberg.portal.foundation import environment
from heinsberg.portal.operations import postgresql
from heinsberg.portal.operations import sqlite
from heinsberg.portal.operations import storage
from heinsberg.portal.operations.credentials import write_private
from heinsberg.portal.operations.interfaces import OperatorError
from heinsberg.portal.operations.interfaces import Report
from heinsberg.portal.operations.lock import PortalLock
from pathlib import Path
from tempfile import TemporaryDirectory

import argparse
import os
import shutil
import subprocess
import sys


CONVERT = """\
%import relstorage
<relstorage source>
    keep-history false
    cache-local-mb 0
    blob-dir {temporary}/source-blobs
    shared-blob-dir false
    <sqlite3>
        data-dir {data_dir}
    </sqlite3>
</relstorage>
<relstorage destination>
    keep-history false
    cache-local-mb 0
    blob-dir {temporary}/destination-blobs
    shared-blob-dir false
    <postgresql>
        dsn $(HEINSBERG_DSN)
    </postgresql>
</relstorage>
"""


def move_to_postgresql(options: argparse.Namespace, report: Report) -> int:
    """Copy, compare, and use PostgreSQL from the next start on; the SQLite files stay."""
    dsn = options.dsn or os.environ.get("HEINSBERG_DSN", "")
    if not dsn or "\n" in dsn:
        raise OperatorError("name the database as DSN or in HEINSBERG_DSN, on one line.")
    settings = storage.current()
    if settings.kind != "sqlite":
        raise OperatorError(f"this portal uses PostgreSQL already ({settings.path}).")
    with PortalLock(purpose="move-to-postgresql"):
        storage.refuse_unsafe(settings)
        expected = sqlite.verify(settings.data_dir), sqlite.count_blobs(settings.data_dir)
        _check_target(dsn, options.force)
        report(f"copying {expected[0]} objects to PostgreSQL")
        _convert(settings.data_dir, dsn, clear=options.force)
        found = postgresql.count_objects(dsn), postgresql.count_blobs(dsn)
        if found != expected:
            raise OperatorError(
                f"the copy is not complete: {expected} objects and files here, {found} there. "
                "This portal goes on using SQLite."
            )
        _switch(dsn)
    report(f"moved and compared: {found[0]} objects, {found[1]} files")
    report(f"used from the next start on; the SQLite files stay in {settings.data_dir}")
    return 0


def _check_target(dsn: str, force: bool) -> None:
    """Refuse a DSN that the tools cannot use, and a database that holds something."""
    postgresql.variables(dsn)
    tables = postgresql.count_tables(dsn)
    if tables and not force:
        raise OperatorError(
            f"the target database is not empty ({tables} tables). Make an empty one, or use "
            "--force to overwrite a portal in it."
        )


def _convert(data_dir: Path, dsn: str, clear: bool) -> None:
    """Run RelStorage's zodbconvert; the DSN goes through the environment, not a file."""
    with TemporaryDirectory(dir=environment.var(), prefix=".move-") as temporary:
        configuration = Path(temporary) / "zodbconvert.conf"
        configuration.write_text(CONVERT.format(temporary=temporary, data_dir=data_dir))
        command = [sys.executable, "-m", "relstorage.zodbconvert", str(configuration)]
        if clear:
            command.insert(3, "--clear")
        done = subprocess.run(
            command,
            env={**os.environ, "HEINSBERG_DSN": dsn},
            capture_output=True,
            text=True,
        )
    if done.returncode:
        raise OperatorError(f"the copy failed: {done.stderr.strip()[-800:]}")


def _switch(dsn: str) -> None:
    """Write var/secrets.env and, as the last and deciding step, var/storage.conf."""
    var = environment.var()
    secrets = var / "secrets.env"
    lines = secrets.read_text(encoding="utf-8").splitlines() if secrets.is_file() else []
    kept = [line for line in lines if not line.startswith("HEINSBERG_DSN=")]
    write_private(secrets, "\n".join([*kept, f"HEINSBERG_DSN={dsn}"]) + "\n")
    # The cache would answer with files of the former storage.
    shutil.rmtree(var / "blobcache", ignore_errors=True)
    template = environment.home() / "instance" / "storage-postgresql.conf"
    write_private(var / "storage.conf", template.read_text(encoding="utf-8"))
