"""PostgreSQL's own tools and a few questions to a database, without showing passwords."""

from contextlib import closing
from heinsberg.portal.operations.interfaces import OperatorError
from pathlib import Path

import os
import shutil
import subprocess


_VARIABLES = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "passfile": "PGPASSFILE",
}


def variables(dsn: str) -> dict[str, str]:
    """Return an environment for PostgreSQL's tools; a password on a command line would be seen."""
    from psycopg2.extensions import parse_dsn

    import psycopg2

    try:
        parts = parse_dsn(dsn)
    except psycopg2.Error as error:
        raise OperatorError(
            "the DSN cannot be read. Example: host=127.0.0.1 dbname=portal user=portal"
        ) from error
    unknown = sorted(set(parts) - set(_VARIABLES))
    if unknown:
        raise OperatorError(f"the DSN has parts that are not supported: {', '.join(unknown)}")
    return {**os.environ, **{_VARIABLES[name]: str(value) for name, value in parts.items()}}


def tool(name: str) -> str:
    """Return the path of a PostgreSQL tool; OperatorError names the package."""
    found = shutil.which(name)
    if not found:
        raise OperatorError(f"{name} is missing. On Debian: apt-get install postgresql-client")
    return found


def run(command: list[str], dsn: str) -> None:
    """Run a PostgreSQL tool; OperatorError with its last words when it fails."""
    done = subprocess.run(
        [tool(command[0]), *command[1:]], env=variables(dsn), capture_output=True, text=True
    )
    if done.returncode:
        raise OperatorError(f"{command[0]} failed: {done.stderr.strip()[-800:]}")


def dump(dsn: str, target: Path) -> None:
    """Write the whole database, large objects (blobs) included, in pg_dump's own format."""
    run(["pg_dump", "--format=custom", f"--file={target}"], dsn)


def load(dsn: str, source: Path) -> None:
    """Replace the portal's tables by those of a dump, all or nothing."""
    run(
        [
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--no-privileges",
            "--single-transaction",
            f"--dbname={variables(dsn).get('PGDATABASE', '')}",
            str(source),
        ],
        dsn,
    )


def ask(dsn: str, query: str) -> int:
    """Return the one number that a query gives; OperatorError when there is no connection."""
    import psycopg2

    try:
        with closing(psycopg2.connect(dsn, connect_timeout=10)) as connection:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return int(cursor.fetchone()[0] or 0)
    except psycopg2.OperationalError as error:
        raise OperatorError(f"PostgreSQL cannot be reached: {str(error).strip()}") from error


def count_tables(dsn: str) -> int:
    """Return how many tables the database holds, of whatever kind."""
    return ask(
        dsn,
        "SELECT count(*) FROM information_schema.tables "
        "WHERE table_schema NOT IN ('pg_catalog', 'information_schema')",
    )


def count_objects(dsn: str) -> int:
    """Return the number of stored objects; 0 in a database without RelStorage's tables."""
    if not ask(dsn, "SELECT count(*) FROM pg_tables WHERE tablename = 'object_state'"):
        return 0
    return ask(dsn, "SELECT count(*) FROM object_state WHERE state IS NOT NULL")


def count_blobs(dsn: str) -> int:
    """Return the number of objects that have a file."""
    return ask(dsn, "SELECT count(DISTINCT zoid) FROM blob_chunk")


def other_sessions(dsn: str) -> int:
    """Return how many other connections are open to the database."""
    return ask(
        dsn,
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
