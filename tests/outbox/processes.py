"""What the storage tests run in processes of their own: ``processes.py COMMAND URL FOLDER …``.

URL is a folder (SQLite with the options of instance/storage-sqlite.conf) or a PostgreSQL DSN.
"""

from datetime import timedelta
from heinsberg.portal.foundation import clock
from heinsberg.portal.outbox import api
from heinsberg.portal.outbox import store as stores
from heinsberg.portal.outbox.interfaces import IOutboxCall
from heinsberg.portal.outbox.interfaces import IOutboxHandler
from heinsberg.portal.outbox.kinds.call import CallHandler
from heinsberg.portal.outbox.worker import Worker
from OFS.Application import Application
from OFS.Folder import Folder
from pathlib import Path
from ZODB.config import databaseFromString
from ZODB.POSException import ConflictError
from zope.component import provideUtility

import json
import os
import sys
import threading
import time
import transaction


SQLITE = "<sqlite3>\ndata-dir {}\n<pragmas>\nsynchronous full\n</pragmas>\n</sqlite3>"
POSTGRESQL = "<postgresql>\ndsn {}\n</postgresql>"

CONFIGURATION = """
%import relstorage
<zodb>
  pool-size 24
  <relstorage>
    keep-history false
    cache-local-mb {cache}
    blob-dir {blobs}
    {adapter}
  </relstorage>
</zodb>
"""


def open_database(url: str, folder: Path):
    """Open the database of a test with the options that the portal ships."""
    postgresql = "dbname=" in url
    adapter = (POSTGRESQL if postgresql else SQLITE).format(url)
    return databaseFromString(
        CONFIGURATION.format(
            cache=64 if postgresql else 0,
            blobs=folder / f"blobs-{os.getpid()}",
            adapter=adapter,
        )
    )


def say(line: str) -> None:
    print(line, flush=True)


class Appending:
    """Writes a line with the entry's id; can stop for ever before or after that."""

    seconds = 5.0
    max_attempts = 12
    longest_delay = 60.0

    def __init__(self, target: Path, hang: str = "") -> None:
        self.target, self.hang = target, hang

    def prepare(self, entry, site):
        self._maybe("prepare")
        return entry.id

    def perform(self, job):
        self._maybe("before")
        handle = os.open(self.target, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.write(handle, f"{job} {os.getpid()}\n".encode())
        os.close(handle)
        self._maybe("after")

    def _maybe(self, point: str) -> None:
        if self.hang == point:
            say("hanging")
            sys.stdin.read()


class Counting:
    """A deferred function that changes the database; can stop before its commit."""

    def __init__(self, hang: bool) -> None:
        self.hang = hang

    def __call__(self, site, payload, entry_id):
        site.counter = getattr(site, "counter", 0) + payload["step"]
        if self.hang:
            say("hanging")
            sys.stdin.read()


def register(folder: Path, hang: str = "") -> None:
    provideUtility(Appending(folder / "effects", hang), IOutboxHandler, "append")
    provideUtility(CallHandler(), IOutboxHandler, "call")
    provideUtility(Counting(hang == "call"), IOutboxCall, "count")


def committed(db, work, tries: int = 200):
    """Do work(site) in a transaction, again on a conflict, as Zope does; count the conflicts."""
    connection = db.open()
    try:
        for conflicts in range(tries):
            transaction.begin()
            try:
                work(connection.root()["Application"].portal)
                transaction.commit()
                return conflicts
            except ConflictError:
                transaction.abort()
        raise SystemExit("too many conflicts")
    finally:
        connection.close()


def create(db) -> None:
    connection = db.open()
    application = Application()
    connection.root()["Application"] = application
    application._setObject("portal", Folder("portal"))
    stores.ensure(application.portal)
    transaction.commit()
    connection.close()


def state(db) -> dict:
    connection = db.open()
    transaction.begin()
    site = connection.root()["Application"].portal
    found = {
        "pending": api.pending_count(site),
        "dead": api.dead_count(site),
        "counter": getattr(site, "counter", 0),
        "attempts": [entry.attempts for entry in api.pending(site)],
        "beats": len(stores.beats(stores.get(site))),
    }
    transaction.abort()
    connection.close()
    return found


def enqueue(db, kind: str, count: int) -> None:
    payload = {"name": "count", "payload": {"step": 1}} if kind == "call" else {"n": 1}

    def work(site):
        for _each in range(count):
            api.enqueue(kind, payload, site=site)

    committed(db, work)


def drain(db, ahead: int = 0) -> None:
    """Work until nothing is due, ``ahead`` seconds in the future."""
    with clock.frozen(clock.now() + timedelta(seconds=ahead)):
        worker = Worker(db)
        while worker.run_once().total:
            pass


def compete(db) -> None:
    """Wait for the starting shot, then work until nothing is left at all."""
    say("ready")
    sys.stdin.readline()
    worker = Worker(db, mode="process")
    while worker.run_once().total or state(db)["pending"]:
        pass


def stress(db, threads: int, each: int) -> None:
    """Enqueue from many threads while a worker thread carries out."""
    conflicts: list[int] = []
    stop = threading.Event()
    worker = threading.Thread(target=Worker(db).run_forever, args=(stop,))
    worker.start()

    def produce() -> None:
        for _each in range(each):
            conflicts.append(
                committed(db, lambda site: api.enqueue("append", {"n": 1}, site=site))
            )

    start = time.monotonic()
    producers = [threading.Thread(target=produce) for _each in range(threads)]
    for thread in producers:
        thread.start()
    for thread in producers:
        thread.join()
    enqueued = time.monotonic() - start
    while state(db)["pending"] and time.monotonic() - start < 120:
        stop.wait(0.05)
    stop.set()
    worker.join(30)
    say(
        json.dumps(
            {
                "conflicts": sum(conflicts),
                "seconds_enqueue": enqueued,
                "seconds_all": time.monotonic() - start,
                "worker_ended": not worker.is_alive(),
            }
        )
    )


def main(command: str, url: str, folder: str, *rest: str) -> None:
    place = Path(folder)
    register(place, rest[0] if command == "hang" else "")
    db = open_database(url, place)
    match command:
        case "hang":
            drain(db, int(rest[1]))
        case "compete":
            compete(db)
        case "stress":
            stress(db, int(rest[0]), int(rest[1]))
        case "run-worker":
            register(place, rest[0] if rest else "")
            say("started")
            api.run_worker(db)
            say("ended")
    db.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
