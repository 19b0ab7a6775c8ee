"""A real portal in a folder of its own: created once per session, copied for each test."""

from contextlib import closing
from http.client import HTTPConnection
from http.client import HTTPResponse
from pathlib import Path

import json
import os
import pytest
import shutil
import signal
import socket
import subprocess
import sys
import time


HOME = Path(__file__).resolve().parents[2]
COMMAND = "import sys; from heinsberg.portal.operations.cli import main; sys.exit(main())"
# Of this process, but never its data folder, port or database.
INHERITED = {name: value for name, value in os.environ.items() if "HEINSBERG" not in name}
DEADLINE = 120.0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Portal:
    """One data folder, with the processes that a test starts on it."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = free_port()
        self.process: subprocess.Popen | None = None

    def environ(self, **more: str) -> dict[str, str]:
        """Return the environment of this portal's processes."""
        own = {
            "HEINSBERG_HOME": str(HOME),
            "HEINSBERG_VAR": str(self.var),
            "HEINSBERG_PORT": str(self.port),
            # Two services an authority: what is tested here is the way, not the filling.
            "HEINSBERG_SEED_LIMIT": "2",
        }
        return {**INHERITED, **own, **more}

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run bin/portal to its end."""
        return subprocess.run(
            [sys.executable, "-c", COMMAND, *arguments],
            env=self.environ(**more),
            capture_output=True,
            text=True,
            timeout=300,
        )

    def start(self, *arguments: str, **more: str) -> None:
        """Start a server and return when it answers."""
        log = (self.var / "server.out").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, *(arguments or ("serve",))],
            env=self.environ(**more),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        log.close()
        self.await_(lambda: self.answers("/health/live"), "the server")

    def await_(self, condition, what: str) -> None:
        """Poll until a condition holds; fail with the server's output after the deadline."""
        end = time.monotonic() + DEADLINE
        while not condition():
            ended = self.process is not None and self.process.poll() is not None
            if ended or time.monotonic() > end:
                output = (self.var / "server.out").read_text()
                pytest.fail(f"{what} did not come: {output[-3000:]}")
            time.sleep(0.05)

    def answers(self, path: str) -> bool:
        """Say whether the server answers at all."""
        try:
            return self.get(path)[0].status < 600
        except OSError:
            return False

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[HTTPResponse, bytes]:
        """Return answer and body of one request."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET", path, headers=headers or {})
            answer = connection.getresponse()
            return answer, answer.read()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """End the server and return its exit code."""
        if self.process is None:
            return 0
        process, self.process = self.process, None
        process.send_signal(number)
        return process.wait(60)

    def lines(self, name: str) -> list[dict]:
        """Return the lines of a log file; each must be JSON by itself."""
        path = self.var / "log" / name
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        return [json.loads(line) for line in text.split("\n") if line]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Path:
    """A data folder with an empty portal, made once; copy it, never start it."""
    var = tmp_path_factory.mktemp("prepared") / "var"
    var.mkdir()
    done = Portal(var).run("create")
    assert done.returncode == 0, done.stderr[-3000:]
    return var


@pytest.fixture
def empty(tmp_path):
    """A portal without anything."""
    var = tmp_path / "empty" / "var"
    var.mkdir(parents=True)
    portal = Portal(var)
    yield portal
    portal.stop(signal.SIGKILL)


@pytest.fixture
def made(prepared, tmp_path):
    """A stopped portal that was created."""
    var = tmp_path / "var"
    shutil.copytree(prepared, var)
    portal = Portal(var)
    yield portal
    portal.stop(signal.SIGKILL)


@pytest.fixture(scope="module")
def running(prepared, tmp_path_factory):
    """A served portal, one for all tests of a module."""
    var = tmp_path_factory.mktemp("running") / "var"
    shutil.copytree(prepared, var)
    portal = Portal(var)
    portal.start()
    yield portal
    portal.stop(signal.SIGKILL)
