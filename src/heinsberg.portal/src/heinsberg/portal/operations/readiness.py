"""Rules of the health pages, and their answer when the portal itself cannot give one."""

from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timedelta

import json
import logging


logger = logging.getLogger(__name__)

# A worker beats every few seconds; a process of its own notes it every 30 s.
HEARTBEAT_LIMIT = timedelta(seconds=120)
OLDEST_JOB_LIMIT = timedelta(minutes=15)
HEADERS = [
    ("Content-Type", "application/json; charset=utf-8"),
    ("Cache-Control", "no-store"),
]


@dataclass
class Readiness:
    """What was found: name -> ok, with numbers beside it that tell nothing personal."""

    parts: dict[str, bool] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """Say whether requests should be sent here."""
        return all(self.parts.values())

    def as_json(self) -> bytes:
        """Return the body of the health page."""
        values = {
            "status": "ready" if self.ready else "unavailable",
            "checks": {name: "ok" if good else "failed" for name, good in self.parts.items()},
            **self.numbers,
        }
        return json.dumps(values).encode()


def judge_worker(
    found: Readiness,
    now: datetime,
    heartbeat: datetime | None,
    oldest: datetime | None,
    dead: int,
) -> None:
    """Add worker and oldest job to what was found; all moments aware.

    Dead letters wait for a person and are told as a number only: restarting a
    process, which is what a failed check leads to, does not help them.
    """
    found.parts["worker"] = heartbeat is not None and now - heartbeat <= HEARTBEAT_LIMIT
    found.parts["jobs"] = oldest is None or now - oldest <= OLDEST_JOB_LIMIT
    if heartbeat is not None:
        found.numbers["heartbeat_seconds"] = max(0, int((now - heartbeat).total_seconds()))
    if oldest is not None:
        found.numbers["oldest_job_seconds"] = max(0, int((now - oldest).total_seconds()))
    found.numbers["dead_letters"] = dead


def is_health(path: str) -> bool:
    """Say whether a path is a health page of the root or of a site."""
    return path.endswith(("/health/live", "/health/ready"))


def guarded(app: Callable, environ: dict, start_response: Callable) -> Iterable[bytes]:
    """Call the application for a health page; 503 in JSON where it fails itself."""
    given: list = []

    def note(status: str, headers: list, exc_info=None) -> Callable[[bytes], None]:
        given[:] = [status, headers]
        return lambda data: None

    try:
        result = app(environ, note)
        body = b"".join(result)
        if hasattr(result, "close"):
            result.close()
    except Exception:
        logger.exception("health_failed")
        given[:] = []
    if given and (given[0][:1] != "5" or given[0].startswith("503")):
        start_response(given[0], given[1])
        return [body]
    found = Readiness(parts={"portal": False})
    start_response("503 Service Unavailable", list(HEADERS))
    return [found.as_json()]
