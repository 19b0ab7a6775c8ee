"""The first start: told early what is wrong, mended by a rerun."""

from contextlib import closing

import pytest
import signal
import socket
import subprocess
import sys


pytestmark = pytest.mark.slow


def test_a_taken_port_is_told_before_the_slow_part(made):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", made.port))
        other.listen()
        done = made.run("run")
    assert done.returncode == 1
    assert f"PORT={made.port + 1}" in done.stderr
    assert "loading Plone" not in done.stderr


def test_a_full_disk_is_told_before_the_slow_part(empty):
    done = empty.run("run", HEINSBERG_NEEDED_MB="999999999")
    assert done.returncode == 1
    assert "Free some space" in done.stderr
    assert not (empty.var / "database" / "main.sqlite3").exists()


def test_serve_without_a_portal_says_how_to_make_one(empty):
    done = empty.run("serve")
    assert done.returncode == 1
    assert "make run" in done.stderr
    assert not (empty.var / "database" / "main.sqlite3").exists()


def test_a_half_made_run_is_mended_by_a_rerun(empty):
    """Ended in the middle of the first start; the rerun makes what is missing."""
    with (empty.var / "server.out").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED_IN_PROFILE],
            env=empty.environ(),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        assert process.wait(300) == -signal.SIGKILL, (empty.var / "server.out").read_text()
    assert (empty.var / ".incomplete").exists()
    assert (empty.var / "database" / "main.sqlite3").exists()

    empty.start("run")
    output = (empty.var / "server.out").read_text()
    assert "an earlier start did not finish" in output
    assert f"http://localhost:{empty.port}/portal" in output
    assert empty.get("/portal/health/live")[0].status == 200
    secret = (empty.var / "admin-password").read_text().strip()
    assert secret not in output


# Dies, as by a power cut, while the profile of the Kreis is applied.
KILLED_IN_PROFILE = """
import os, signal, sys
from heinsberg.portal.operations import cli, create
create._apply_profile = lambda *arguments: os.kill(os.getpid(), signal.SIGKILL)
sys.exit(cli.main(["run"]))
"""
