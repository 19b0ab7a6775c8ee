"""Moving to a real PostgreSQL, and operating the portal there."""

from contextlib import closing
from heinsberg.portal.operations import postgresql
from heinsberg.portal.operations import sqlite
from heinsberg.portal.operations.interfaces import OperatorError
from pathlib import Path

import glob
import os
import pytest
import shutil
import socket
import subprocess
import tempfile


pytestmark = pytest.mark.slow

BINARIES = shutil.which("initdb") or next(
    iter(sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), reverse=True)), None
)
PASSWORD = "s3cr3t-of-the-test"


def as_postgres(*command: str) -> list[str]:
    """PostgreSQL refuses to run as root; as root, use the user that its package made."""
    return [*(["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []), *command]


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL of our own in a temporary folder, on a free port; yields its DSN base."""
    if BINARIES is None:
        pytest.skip("PostgreSQL's server binaries are missing (apt-get install postgresql)")
    binaries = Path(os.path.realpath(BINARIES)).parent
    # Not below pytest's folder, which other users must not enter.
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-", dir="/tmp"))
    (folder / "password").write_text(PASSWORD)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        shutil.chown(folder / "password", "postgres")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = str(folder / "data")
    subprocess.run(
        as_postgres(
            str(binaries / "initdb"), "-D", data, "-U", "portal", "-E", "UTF8", "--locale=C.UTF-8",
            "--auth=scram-sha-256", f"--pwfile={folder / 'password'}",
        ),
        check=True, capture_output=True, cwd="/",
    )  # fmt: skip
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    start = as_postgres(
        str(binaries / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log"), "-o", options
    )
    subprocess.run([*start, "start"], check=True, stdout=subprocess.DEVNULL, cwd="/")
    try:
        yield f"host=127.0.0.1 port={port} user=portal password={PASSWORD}"
    finally:
        stop = as_postgres(str(binaries / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
        subprocess.run(stop, check=True, stdout=subprocess.DEVNULL, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def dsn(server, request):
    """A fresh empty database."""
    import psycopg2

    name = f"portal_{abs(hash(request.node.nodeid))}"
    with closing(psycopg2.connect(f"{server} dbname=postgres")) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    return f"{server} dbname={name}"


def test_move_serve_backup_restore_and_pack(made, dsn):
    objects = sqlite.count_objects(made.var / "database")
    done = made.run("move-to-postgresql", HEINSBERG_DSN=dsn)
    assert done.returncode == 0, done.stderr
    assert f"{objects} objects" in done.stderr
    assert PASSWORD not in done.stdout + done.stderr
    assert postgresql.count_objects(dsn) == objects
    for name in ("storage.conf", "secrets.env"):
        assert (made.var / name).stat().st_mode & 0o077 == 0
    assert (made.var / "database" / sqlite.MAIN).is_file()

    # The address now comes from var/secrets.env alone.
    made.start()
    assert made.get("/portal/health/live")[0].status == 200
    # Without a worker process the portal is not ready, and says so.
    answer, body = made.get("/health/ready")
    assert answer.status == 503
    assert b'"worker": "failed"' in body
    refused = made.run("restore", str(made.var / "admin-password"), "--force")
    assert refused.returncode == 1
    assert "Stop them first" in refused.stderr
    assert made.stop() == 0

    target = made.var.parent / "pg.tar.gz"
    done = made.run("backup", str(target))
    assert done.returncode == 0, done.stderr
    done = made.run("pack", "--days", "0", "--no-backup")
    assert done.returncode == 0, done.stderr
    packed = postgresql.count_objects(dsn)
    assert 1000 < packed <= objects

    refused = made.run("restore", str(target))
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    done = made.run("restore", str(target), "--force")
    assert done.returncode == 0, done.stderr
    assert postgresql.count_objects(dsn) >= packed
    assert list((made.var / "backups").glob("portal-*.tar.gz"))
    made.start()
    assert made.get("/portal/health/live")[0].status == 200


def test_a_full_target_is_refused(made, dsn):
    import psycopg2

    with closing(psycopg2.connect(dsn)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE somebody_elses (x int)")
    done = made.run("move-to-postgresql", dsn)
    assert done.returncode == 1
    assert "not empty" in done.stderr
    assert not (made.var / "storage.conf").exists()


@pytest.mark.parametrize(
    "bad", ["host=127.0.0.1 port=1 dbname=x user=x password=SECRET", "not a dsn SECRET", "a=1"]
)
def test_an_unusable_address_changes_nothing_and_shows_no_password(made, bad):
    done = made.run("move-to-postgresql", bad)
    assert done.returncode == 1
    assert "SECRET" not in done.stderr
    assert "Traceback" not in done.stderr
    assert not (made.var / "storage.conf").exists()
    assert not (made.var / "secrets.env").exists()


def test_a_password_is_not_on_a_command_line():
    found = postgresql.variables("host=h dbname=d user=u password='p w'")
    assert found["PGPASSWORD"] == "p w"
    with pytest.raises(OperatorError, match="not supported"):
        postgresql.variables("host=h options='-c x=y'")
