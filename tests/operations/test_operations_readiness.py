"""When the health page says no."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from heinsberg.portal.operations import readiness

import json
import pytest


NOW = datetime(2026, 3, 29, 1, 0, tzinfo=timezone.utc)


def judged(heartbeat: float | None, oldest: float | None, dead: int = 0) -> readiness.Readiness:
    """Judge moments given as seconds ago."""
    found = readiness.Readiness(parts={"database": True})

    def ago(seconds: float | None) -> datetime | None:
        return None if seconds is None else NOW - timedelta(seconds=seconds)

    readiness.judge_worker(found, NOW, ago(heartbeat), ago(oldest), dead)
    return found


@pytest.mark.parametrize(
    "heartbeat, oldest, dead, ready",
    [
        (1, None, 0, True),
        (119, 60, 0, True),
        (1, None, 99, True),
        (None, None, 0, False),
        (121, None, 0, False),
        (1, 901, 0, False),
        (1, 899, 0, True),
    ],
)
def test_worker_and_oldest_job_decide(heartbeat, oldest, dead, ready):
    assert judged(heartbeat, oldest, dead).ready is ready


def test_the_body_holds_numbers_only():
    body = json.loads(judged(1, 901, 2).as_json())
    assert body == {
        "status": "unavailable",
        "checks": {"database": "ok", "worker": "ok", "jobs": "failed"},
        "heartbeat_seconds": 1,
        "oldest_job_seconds": 901,
        "dead_letters": 2,
    }


def crash(environ, start_response):
    raise RuntimeError("no database")


def error_page(environ, start_response):
    start_response("500 Internal Server Error", [("Content-Type", "text/html")])
    return [b"<h1>internals</h1>"]


def error_json(environ, start_response):
    start_response("500 Internal Server Error", [("Content-Type", "application/json")])
    return [b'{"error_type": "OperationalError"}']


@pytest.mark.parametrize("app", [crash, error_page, error_json])
def test_a_broken_portal_answers_503_without_insides(app):
    given = {}
    body = b"".join(
        readiness.guarded(
            app,
            {"PATH_INFO": "/health/ready"},
            lambda status, headers, exc_info=None: given.update(status=status, headers=headers),
        )
    )
    assert given["status"].startswith("503")
    assert ("Cache-Control", "no-store") in given["headers"]
    assert json.loads(body) == {"status": "unavailable", "checks": {"portal": "failed"}}


@pytest.mark.parametrize(
    "path, health",
    [
        ("/health/ready", True),
        ("/portal/health/live", True),
        ("/portal/health", False),
        ("/portal/health/ready/x", False),
        ("/myhealth/ready", False),
    ],
)
def test_only_health_pages_are_guarded(path, health):
    assert readiness.is_health(path) is health
