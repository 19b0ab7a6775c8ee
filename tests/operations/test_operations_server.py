"""The served portal: health, logs, commands through the socket, one process."""

from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from heinsberg.portal.operations import client
from heinsberg.portal.operations import sqlite

import json
import pytest
import signal
import socket
import subprocess
import sys


pytestmark = pytest.mark.slow


@pytest.mark.parametrize("base", ["", "/portal"])
@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html"])
def test_health_of_root_and_site(running, base, accept):
    for page, status in (("live", "live"), ("ready", "ready")):
        running.await_(
            lambda: running.get(f"{base}/health/ready")[0].status == 200, "a ready worker"
        )
        answer, body = running.get(f"{base}/health/{page}", {"Accept": accept})
        assert answer.status == 200
        assert json.loads(body)["status"] == status
        assert answer.getheader("Cache-Control") == "no-store"


@pytest.mark.parametrize("path", ["/health", "/health/x", "/health/ready/x", "/portal/health"])
def test_other_health_paths_do_not_exist(running, path):
    assert running.get(path)[0].status == 404


def test_no_query_in_the_logs_and_one_number_for_all(running):
    hostile = {"X-Request-Id": "abcdef-123456", "Referer": "http://x/?q=SECRET1"}
    answer, _ = running.get("/portal/nothing%0Ahere?name=SECRET2", hostile)
    number = answer.getheader("X-Request-Id")
    assert number != "abcdef-123456"
    assert not answer.getheader("Server")
    assert not answer.getheader("X-Powered-By")

    def found() -> list[dict]:
        return [line for line in running.lines("access.jsonl") if line["request"] == number]

    running.await_(found, "the access line")
    (line,) = found()
    assert line["status"] == answer.status
    assert line["client"] == "127.0.0.0/24"
    for name in ("access.jsonl", "events.jsonl"):
        path = running.var / "log" / name
        assert "SECRET" not in path.read_text()
        assert path.stat().st_mode & 0o077 == 0


def test_a_number_of_the_proxy_is_kept(running):
    answer, _ = running.get(
        "/health/live", {"X-Request-Id": "abcdef-123456", "X-Forwarded-For": "192.0.2.1"}
    )
    assert answer.getheader("X-Request-Id") == "abcdef-123456"


def test_a_second_process_is_refused(running):
    pid = running.process.pid
    for command in ("serve", "run"):
        done = running.run(command)
        assert done.returncode == 1
        assert f"process {pid}" in done.stderr
    done = running.run("restore", str(running.var / "admin-password"), "--force")
    assert done.returncode == 1
    assert f"process {pid}" in done.stderr


def test_commands_run_inside_the_server(running):
    done = running.run("create")
    assert done.returncode == 0, done.stderr
    assert "the portal exists" in done.stderr
    assert "loading Plone" not in done.stderr
    done = running.run("check", "--json")
    values = json.loads(done.stdout)
    assert values["exit_code"] == done.returncode
    levels = {item["name"]: item["level"] for item in values["findings"]}
    assert levels["storage"] == levels["worker"] == levels["time zone"] == "ok"
    done = running.run("create", "--kreis", "kreis-unknown")
    assert done.returncode == 1
    assert "kreis-heinsberg" in done.stderr


def test_the_socket_is_private_and_takes_nonsense(running):
    path = running.var / "portal.sock"
    assert path.stat().st_mode & 0o077 == 0
    for line in (b"\n", b"{}\n", b"[1]\n", b"\xff\n", b'{"command": "restore", "options": {}}\n'):
        with closing(socket.socket(socket.AF_UNIX)) as connection:
            connection.settimeout(30)
            # The test's folder may be longer than a socket's name can be.
            with client.short_path(running.var) as short:
                connection.connect(short)
            connection.sendall(line)
            answer = connection.makefile().readline()
            assert "error" in json.loads(answer)
    assert running.get("/health/live")[0].status == 200


def test_pack_and_backup_while_requests_come(running):
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(running.get, "/portal/health/ready") for _ in range(60)]
        packed = running.run("pack", "--days", "0")
    assert packed.returncode == 0, packed.stderr
    assert "backup written and verified" in packed.stderr
    assert all(request.result()[0].status in (200, 503) for request in asked)
    assert sqlite.verify(running.var / "database") > 1000
    status = running.run("status")
    assert status.returncode == 0
    assert f"process {running.process.pid}" in status.stdout
    assert "portal-" in status.stdout


def test_the_administrator_has_no_known_password(running):
    path = running.var / "admin-password"
    assert path.stat().st_mode & 0o077 == 0
    for password in ("admin", "secret", ""):
        answer, _ = running.get("/manage_main", basic("admin", password))
        assert answer.status in (401, 403, 404)
    answer, _ = running.get("/manage_main", basic("admin", path.read_text().strip()))
    assert answer.status == 200


def basic(name: str, password: str) -> dict[str, str]:
    """Return the header of a sign-in at the Zope root."""
    return {"Authorization": "Basic " + b64encode(f"{name}:{password}".encode()).decode()}


def test_zope_started_by_other_means_is_refused(running):
    """However Zope is started on this data, the lock holds."""
    code = (
        "from heinsberg.portal.foundation import environment; environment.prepare()\n"
        "from Zope2.Startup.run import make_wsgi_app\n"
        "make_wsgi_app({}, str(environment.home() / 'instance' / 'zope.conf'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=running.environ(), capture_output=True, text=True
    )
    assert done.returncode != 0
    assert f"process {running.process.pid}" in done.stderr


def test_a_killed_server_hinders_nobody_and_sigterm_ends_cleanly(made):
    made.start()
    made.stop(signal.SIGKILL)
    assert (made.var / "portal.sock").exists()
    made.start()
    # A supervisor and make may both send one.
    made.process.send_signal(signal.SIGTERM)
    assert made.stop(signal.SIGTERM) == 0
    assert "ending" in (made.var / "server.out").read_text()
    assert not (made.var / "portal.sock").exists()
    assert made.run("status").returncode == 3
    assert not (made.var / "database" / "main.sqlite3-wal").exists()
    messages = [line["message"] for line in made.lines("events.jsonl")]
    assert any("outbox_worker_stopped" in message for message in messages)
