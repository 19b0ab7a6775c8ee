"""Logs as lines of JSON: one number joins all lines of a request, nothing personal in them."""

from contextvars import ContextVar
from heinsberg.portal.foundation import environment
from logging.handlers import TimedRotatingFileHandler
from pathlib import Path
from typing import Any

import datetime
import json
import logging
import os
import re
import sys


DAYS_KEPT = 30

# The number of the request that this thread works on; empty outside of requests.
request_number: ContextVar[str] = ContextVar("request_number", default="")

_QUERY = re.compile(r"(/[^\s?\"'<>]*)\?[^\s\"'<>]+")
_SECRET_PATH = re.compile(r"(password_?reset|passwordreset|pwreset)/[^/\s\"']+", re.IGNORECASE)


def without_secrets(text: str) -> str:
    """Return a text without the query strings and reset tokens of addresses in it."""
    return _SECRET_PATH.sub(r"\1/…", _QUERY.sub(r"\1?…", text))


def stamp(seconds: float) -> str:
    """Return a moment (Unix time) as ISO 8601 in UTC with milliseconds."""
    moment = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return moment.isoformat(timespec="milliseconds")


def line(values: dict[str, Any]) -> str:
    """Return values as one line; line breaks inside them cannot make a second line."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=str).translate(
        # Line ends that json leaves as they are, and some viewers break at.
        {0x2028: "\\u2028", 0x2029: "\\u2029", 0x85: "\\u0085"}
    )


class EventFormatter(logging.Formatter):
    """An event as a line of JSON with the number of its request."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # fileConfig passes a format, which JSON lines do not need.
        super().__init__()

    def format(self, record: logging.LogRecord) -> str:
        values = {
            "time": stamp(record.created),
            "level": record.levelname,
            "logger": record.name,
            "request": request_number.get(),
            "thread": record.threadName,
            "message": without_secrets(record.getMessage()),
        }
        if record.exc_info:
            values["error"] = without_secrets(self.formatException(record.exc_info))
        return line({key: value for key, value in values.items() if value})


class DailyFile(TimedRotatingFileHandler):
    """A file in var/log for its owner only, renewed each night, kept for 30 days.

    HEINSBERG_LOG_DAYS changes the number of days. Each process needs a
    HEINSBERG_VAR of its own (docs/operations.md).
    """

    def __init__(self, name: str) -> None:
        folder: Path = environment.var() / "log"
        folder.mkdir(parents=True, exist_ok=True)
        days = os.environ.get("HEINSBERG_LOG_DAYS", "")
        super().__init__(
            folder / name,
            when="midnight",
            backupCount=int(days) if days.isdigit() else DAYS_KEPT,
            encoding="utf-8",
            delay=True,
        )

    def _open(self):
        def private(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        return open(self.baseFilename, self.mode, encoding=self.encoding, opener=private)


# Their warnings come at every creation and mean nothing to an operator.
_TALKATIVE = (
    "GenericSetup",
    "Products.MimetypesRegistry",
    "plone.behavior",
    "py.warnings",
    "waitress.queue",
)


class Console(logging.StreamHandler):
    """The terminal: warnings that matter, and everything with HEINSBERG_VERBOSE."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        if os.environ.get("HEINSBERG_VERBOSE"):
            self.setLevel(logging.INFO)
        else:
            self.setLevel(logging.WARNING)
            self.addFilter(lambda record: not record.name.startswith(_TALKATIVE))


class AccessConsole(logging.StreamHandler):
    """Access lines on standard output, with HEINSBERG_VERBOSE only."""

    def __init__(self) -> None:
        super().__init__(sys.stdout)
        verbose = os.environ.get("HEINSBERG_VERBOSE")
        self.setLevel(logging.INFO if verbose else logging.CRITICAL)
