"""Consistent copies of the SQLite database while it is written to, and their checks.

RelStorage keeps two files: main.sqlite3 holds the objects (and blobs),
oids.sqlite3 the last range of object numbers given out. A range file older than
the objects would give numbers out twice, and new objects would overwrite old ones.
"""

from contextlib import closing
from heinsberg.portal.operations.interfaces import OperatorError
from pathlib import Path

import sqlite3


MAIN = "main.sqlite3"
OIDS = "oids.sqlite3"

# relstorage.adapters.oidallocator: one row stands for a range of 16 numbers.
RANGE = 16
PATIENCE = 60.0


def copy(source: Path, target: Path) -> None:
    """Copy both files into an existing folder, the range file first, then lift it if needed."""
    for name in (OIDS, MAIN):
        if not (source / name).is_file():
            raise OperatorError(f"there is no database in {source} ({name} is missing).")
        with closing(_connect(source / name)) as connection:
            connection.execute("VACUUM INTO ?", (str(target / name),))
    lift_oids(target)


def lift_oids(folder: Path) -> None:
    """Make the range file reach beyond every object, as RelStorage itself would."""
    needed = -(-highest_oid(folder) // RANGE)
    with closing(_connect(folder / OIDS)) as connection, connection:
        connection.execute("UPDATE new_oid SET zoid = ?1 WHERE zoid < ?1", (needed,))


def verify(folder: Path) -> int:
    """Return the number of objects; OperatorError when the files are damaged or do not fit."""
    try:
        for name in (OIDS, MAIN):
            with closing(_connect(folder / name)) as connection:
                result = connection.execute("PRAGMA quick_check").fetchone()[0]
                if result != "ok":
                    raise OperatorError(f"{name} is damaged: {result}")
        with closing(_connect(folder / OIDS)) as connection:
            row = connection.execute("SELECT max(zoid) FROM new_oid").fetchone()
        if (row[0] or 0) * RANGE < highest_oid(folder):
            raise OperatorError(
                f"{OIDS} is older than {MAIN}: new objects would overwrite existing ones."
            )
        return count_objects(folder)
    except sqlite3.DatabaseError as error:
        raise OperatorError(f"the database files are damaged: {error}") from error


def count_objects(folder: Path) -> int:
    """Return the number of stored objects."""
    with closing(_connect(folder / MAIN)) as connection:
        query = "SELECT count(*) FROM object_state WHERE state IS NOT NULL"
        return connection.execute(query).fetchone()[0]


def count_blobs(folder: Path) -> int:
    """Return the number of objects that have a file."""
    with closing(_connect(folder / MAIN)) as connection:
        return connection.execute("SELECT count(DISTINCT zoid) FROM blob_chunk").fetchone()[0]


def highest_oid(folder: Path) -> int:
    """Return the highest object number in use."""
    with closing(_connect(folder / MAIN)) as connection:
        return connection.execute("SELECT max(zoid) FROM object_state").fetchone()[0] or 0


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=PATIENCE)
