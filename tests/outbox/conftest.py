"""Databases and handlers for the outbox tests: in memory, SQLite, PostgreSQL."""

from collections.abc import Iterator
from contextlib import ExitStack
from heinsberg.portal.outbox import pulse
from heinsberg.portal.outbox import store as stores
from heinsberg.portal.outbox.interfaces import IOutboxCall
from heinsberg.portal.outbox.interfaces import IOutboxHandler
from heinsberg.portal.outbox.kinds.call import CallHandler
from importlib.util import module_from_spec
from importlib.util import spec_from_file_location
from OFS.Application import Application
from OFS.Folder import Folder
from pathlib import Path
from ZODB.DB import DB
from ZODB.DemoStorage import DemoStorage
from zope.component import getGlobalSiteManager

import os
import pytest
import shutil
import socket
import subprocess
import sys
import tempfile
import transaction


SCRIPT = Path(__file__).with_name("processes.py")


class Desk:
    """An outbox in memory: ``desk.site`` below a bare application, ``desk.db`` to work on."""

    def __init__(self) -> None:
        self.db = DB(DemoStorage())
        self.connection = self.db.open()
        application = Application()
        self.connection.root()["Application"] = application
        application._setObject("portal", Folder("portal"))
        stores.ensure(application.portal)
        transaction.commit()

    @property
    def site(self):
        return self.connection.root()["Application"].portal

    @property
    def store(self):
        return stores.get(self.site)


@pytest.fixture
def desk() -> Iterator[Desk]:
    transaction.abort()
    # Signs of life of other tests' workers, some of them from the future.
    pulse._here.clear()
    desk = Desk()
    yield desk
    transaction.abort()
    desk.connection.close()
    desk.db.close()


class Handler:
    """Records what it is asked to do; ``fail`` is raised by perform()."""

    seconds = 10.0
    max_attempts = 3
    longest_delay = 60.0

    def __init__(self) -> None:
        self.performed: list[str] = []
        self.views: list = []
        self.fail: Exception | None = None
        self.during = lambda job: None
        self.preparing = lambda entry, site: entry.id

    def prepare(self, entry, site):
        self.views.append(entry)
        return self.preparing(entry, site)

    def perform(self, job):
        self.performed.append(job)
        self.during(job)
        if self.fail is not None:
            raise self.fail


@pytest.fixture
def register() -> Iterator:
    """Return register(component, interface, name); undone after the test."""
    registry = getGlobalSiteManager()
    with ExitStack() as stack:

        def add(component, interface, name):
            before = registry.queryUtility(interface, name)
            registry.registerUtility(component, interface, name)
            if before is None:
                stack.callback(registry.unregisterUtility, component, interface, name)
            else:
                # That of the portal's layer, which other tests of this run use.
                stack.callback(registry.registerUtility, before, interface, name)
            return component

        yield add


@pytest.fixture
def handler(register) -> Handler:
    register(Handler(), IOutboxHandler, "other")
    register(CallHandler(), IOutboxHandler, "call")
    return register(Handler(), IOutboxHandler, "test")


@pytest.fixture
def calls(register, handler):
    """Register a function as IOutboxCall of a name."""
    return lambda name, function: register(function, IOutboxCall, name)


def _load_processes():
    spec = spec_from_file_location("outbox_processes", SCRIPT)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Processes:
    """One database on disk: its state is read here, what may die runs in other processes."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder
        self.tools = _load_processes()
        self.here(self.tools.create)

    def here(self, work, *rest):
        """Run work(db, …) in this process, on a database opened for it alone."""
        db = self.tools.open_database(self.url, self.folder)
        try:
            return work(db, *rest)
        finally:
            db.close()

    def _command(self, command: str, *rest: object) -> list[str]:
        return [
            sys.executable,
            str(SCRIPT),
            command,
            self.url,
            str(self.folder),
            *map(str, rest),
        ]

    def start(self, command: str, *rest: object) -> subprocess.Popen:
        return subprocess.Popen(
            self._command(command, *rest),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, command: str, *rest: object) -> str:
        done = subprocess.run(
            self._command(command, *rest), capture_output=True, text=True, timeout=180
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def enqueue(self, kind: str, count: int) -> None:
        self.here(self.tools.enqueue, kind, count)

    def drain(self, ahead: int) -> None:
        """Work off what is due ``ahead`` seconds from now."""
        self.here(self.tools.drain, ahead)

    def state(self) -> dict:
        return self.here(self.tools.state)

    def effects(self) -> list[str]:
        """Return the ids whose effect happened, as often as it happened."""
        return [line.split()[0] for line in self._lines()]

    def actors(self) -> set[str]:
        return {line.split()[1] for line in self._lines()}

    def _lines(self) -> list[str]:
        target = self.folder / "effects"
        return target.read_text().splitlines() if target.exists() else []


def _on_disk(url: str, folder: Path, register) -> Processes:
    found = Processes(url, folder)
    register(found.tools.Appending(folder / "effects"), IOutboxHandler, "append")
    register(CallHandler(), IOutboxHandler, "call")
    register(found.tools.Counting(False), IOutboxCall, "count")
    return found


@pytest.fixture
def sqlite(tmp_path, register) -> Processes:
    (tmp_path / "database").mkdir()
    return _on_disk(str(tmp_path / "database"), tmp_path, register)


def _postgresql_binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    plain = shutil.which("initdb")
    return found[-1].parent if found else Path(plain).parent if plain else None


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Start a PostgreSQL server of our own in a temporary folder; yields its DSN."""
    binaries = _postgresql_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL's initdb is not installed")
    prefix: list[str] = []
    if os.getuid() == 0:
        if not shutil.which("runuser"):
            pytest.skip(
                "PostgreSQL refuses to run as root, and runuser is not installed"
            )
        prefix = ["runuser", "-u", "nobody", "--"]
    folder = Path(tempfile.mkdtemp(prefix="outbox-pg-"))
    folder.chmod(0o777)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def pg(*arguments: str) -> None:
        subprocess.run(
            [*prefix, *arguments], check=True, cwd="/", stdout=subprocess.DEVNULL
        )

    data = str(folder / "data")
    pg(
        str(binaries / "initdb"),
        "-D",
        data,
        "-U",
        "portal",
        "--auth=trust",
        "-E",
        "UTF8",
    )
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    pg(
        str(binaries / "pg_ctl"),
        "-D",
        data,
        "-w",
        "-l",
        f"{data}/log",
        "-o",
        options,
        "start",
    )
    try:
        yield f"dbname='postgres' user='portal' host='127.0.0.1' port='{port}'"
    finally:
        pg(str(binaries / "pg_ctl"), "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql(postgresql_server, tmp_path, register) -> Processes:
    return _on_disk(postgresql_server, tmp_path, register)
