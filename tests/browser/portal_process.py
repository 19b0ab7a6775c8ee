"""A portal in a process of its own: made, served, asked over HTTP, ended."""

from contextlib import closing
from pathlib import Path

import json
import os
import requests
import signal
import socket
import subprocess
import sys
import time


HOME = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("small_portal.py")
DEADLINE = 240.0
# Of this process, but never its data folder, port or database.
INHERITED = {name: value for name, value in os.environ.items() if "HEINSBERG" not in name}


class PortalProcess:
    """A served portal on a port of its own."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.host = f"localhost:{_free_port()}"
        self.base = f"http://{self.host}/portal"
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        """Make what is missing, serve, and return when the portal answers."""
        own = {
            "HEINSBERG_HOME": str(HOME),
            "HEINSBERG_VAR": str(self.var),
            "HEINSBERG_PORT": self.host.partition(":")[2],
        }
        with self._log().open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, str(SCRIPT), "run"],
                env={**INHERITED, **own},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        end = time.monotonic() + DEADLINE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"no portal: {self._log().read_text()[-3000:]}")
            time.sleep(0.1)

    def stop(self) -> None:
        """End the process."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(60)

    def admin(self) -> tuple[str, str]:
        """Return name and password of Zope's administrator."""
        return "admin", (self.var / "admin-password").read_text().strip()

    def password(self, login: str) -> str:
        """Return the password of a demonstration user."""
        lines = (self.var / "demo-users.txt").read_text().splitlines()
        return next(line.split()[1] for line in lines if line.split()[0] == login)

    def rest(self, method: str, path: str, **body: object) -> dict:
        """Return the answer of plone.restapi to the administrator."""
        answer = requests.request(
            method,
            self.base + path,
            auth=self.admin(),
            json=body or None,
            headers={"Accept": "application/json"},
            timeout=60,
        )
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        return answer.json() if answer.content else {}

    def errors(self) -> list[str]:
        """Return what the server has logged as an error."""
        path = self.var / "log" / "events.jsonl"
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return [line["message"] for line in lines if line["level"] in ("ERROR", "CRITICAL")]

    def _log(self) -> Path:
        return self.var / "server.out"

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.base}/health/live", timeout=5).ok
        except requests.RequestException:
            return False


def _free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
