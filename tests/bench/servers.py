"""The processes that are measured: ours, a stock Plone, nginx; each in a folder and on a port of its own."""

from load import BenchError
from pathlib import Path
from types import TracebackType
from urllib.error import HTTPError
from urllib.error import URLError
from urllib.request import Request
from urllib.request import urlopen

import os
import psutil
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time


HOME = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
PYTHON = sys.executable
THREADS = "3"


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers (small letters) and body; nothing is unpacked."""
    request = Request(
        url, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        with urlopen(request, timeout=60) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
    except HTTPError as error:
        return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()


class Server:
    """A process that answers on a port of this machine; a context manager that ends it."""

    def __init__(
        self,
        command: list[str],
        environ: dict[str, str],
        port: int,
        ready: str,
        log: Path,
        host: str = "",
    ) -> None:
        self.command, self.environ, self.port = command, environ, port
        self.ready, self.log, self.host = ready, log, host
        self.base = f"http://127.0.0.1:{port}"
        self.seconds = 0.0

    def __enter__(self) -> "Server":
        begun = time.perf_counter()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command,
                env=os.environ | self.environ,
                cwd=HOME,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        self.seconds = time.perf_counter() - begun
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _wait(self, limit: float = 300.0) -> None:
        end = time.monotonic() + limit
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise BenchError(f"the server ended at once; see {self.log}:\n{self._tail()}")
            try:
                if self.fetch(self.ready)[0] == 200:
                    return
            except (URLError, OSError):
                pass
            time.sleep(0.05)
        raise BenchError(f"the server did not get ready; see {self.log}:\n{self._tail()}")

    def fetch(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers (small letters) and body of a path."""
        return fetch(self.base + path, **({"Host": self.host} if self.host else {}), **headers)

    def _tail(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-2000:]

    def stop(self) -> None:
        """End the process and wait for it."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def memory(self) -> float:
        """Return the resident memory of the process in MB."""
        return psutil.Process(self.process.pid).memory_info().rss / 1e6


def environment(var: Path, port: int, portal_url: str = "") -> dict[str, str]:
    """Return the variables of a portal on a data folder, as in production."""
    return {
        "HEINSBERG_HOME": str(HOME),
        "HEINSBERG_VAR": str(var),
        "HEINSBERG_PORT": str(port),
        "HEINSBERG_PORTAL_URL": portal_url or f"http://localhost:{port}/portal",
        "HEINSBERG_THREADS": THREADS,
        "HEINSBERG_MODE": "production",
        # Nothing is sent; production only wants to know where mail would go.
        "HEINSBERG_SMTP_HOST": "127.0.0.1",
        "CHAMELEON_CACHE": str(var / "cache" / "templates"),
    }


def portal(var: Path, command: str = "serve", portal_url: str = "", **more: str) -> Server:
    """Return the portal on a data folder: ``serve``, or ``run`` as at a second start."""
    port = free_port()
    environ = environment(var, port, portal_url) | more
    return Server(
        [str(HOME / "bin" / "portal"), command],
        environ,
        port,
        "/health/ready",
        var / "log" / f"bench-{command}.log",
    )


def stock(folder: Path) -> Server:
    """Return the stock Plone site that ``stock.py make`` made in a folder."""
    port = free_port()
    command = [
        PYTHON,
        str(HERE / "stock.py"),
        "serve",
        "--folder",
        str(folder),
        "--port",
        str(port),
        "--threads",
        THREADS,
    ]
    return Server(command, {}, port, "/plone/service", folder / "serve.log")


def nginx(folder: Path, var: Path, upstream: Server, host: str) -> Server:
    """Return nginx with the configuration that ``bin/portal nginx`` writes, in front of a running portal."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        raise BenchError(
            "nginx is missing. On Debian or Ubuntu: sudo apt-get install nginx libnginx-mod-http-cache-purge"
        )
    for name in ("cache", "log", "temporary"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    config, port = folder / "nginx.conf", free_port()
    operate(
        var, "nginx", "--output", str(config), "--prefix", str(folder), "--http-only",
        "--listen", f"127.0.0.1:{port}", "--listen-local", f"127.0.0.1:{free_port()}",
        "--upstream", f"127.0.0.1:{upstream.port}", portal_url=f"http://{host}",
    )  # fmt: skip
    command = [program, "-c", str(config), "-g", "daemon off;"]
    return Server(command, {}, port, "/", folder / "nginx.log", host)


def operate(var: Path, *arguments: str, portal_url: str = "") -> str:
    """Run a command of bin/portal on a data folder; return what it wrote."""
    command = [str(HOME / "bin" / "portal"), *arguments]
    return _run(command, environment(var, free_port(), portal_url))


def script(name: str, *arguments: str, environ: dict[str, str] | None = None) -> str:
    """Run a script of this folder in a process of its own; return what it wrote."""
    return _run([PYTHON, str(HERE / name), *arguments], environ or {})


def _run(command: list[str], environ: dict[str, str]) -> str:
    done = subprocess.run(
        command, env=os.environ | environ, cwd=HOME, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BenchError(f"{' '.join(command[:3])} failed:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout + done.stderr


def copy_data(source: Path, target: Path) -> Path:
    """Copy a data folder; its databases by SQLite itself, so a running portal does no harm."""
    ignored = shutil.ignore_patterns("*.sqlite3*", "*.sock", "portal.lock", "*.pid", "log", "run")
    shutil.copytree(source, target, ignore=ignored)
    for path in (source / "database").glob("*.sqlite3"):
        (target / "database").mkdir(exist_ok=True)
        with (
            sqlite3.connect(path) as here,
            sqlite3.connect(target / "database" / path.name) as there,
        ):
            here.backup(there)
    return target
