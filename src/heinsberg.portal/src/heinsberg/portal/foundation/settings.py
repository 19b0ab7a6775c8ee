"""Settings of a deployment: HEINSBERG_* variables, parsed once, refused at start by name.

To add one: a field with a default in ``Settings``, a line in ``from_environ``.
Secrets are fields with ``repr=False``, so that no log ever shows them.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from functools import cache
from heinsberg.portal.foundation.errors import ConfigurationError
from typing import Any
from urllib.parse import urlsplit

import os


DEMONSTRATION = "demonstration"
PRODUCTION = "production"

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})


@dataclass(frozen=True)
class Settings:
    """What differs between two deployments of the same code."""

    mode: str = DEMONSTRATION
    port: int = 8080
    portal_url: str = "http://localhost:8080/portal"
    threads: int = 3
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_starttls: bool = False
    purge_urls: tuple[str, ...] = ()
    #: Services of each authority that the seed takes; 0 is all. For trials and tests.
    seed_limit: int = 0

    @property
    def production(self) -> bool:
        """Return whether real citizens use this portal."""
        return self.mode == PRODUCTION

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Parse the environment; ConfigurationError names the variable that cannot work."""
        read = _Reader(os.environ if environ is None else environ)
        settings = cls(
            mode=read.choice("HEINSBERG_MODE", cls.mode, (DEMONSTRATION, PRODUCTION)),
            port=read.number("HEINSBERG_PORT", cls.port, 1, 65535),
            portal_url=read.url("HEINSBERG_PORTAL_URL", cls.portal_url),
            threads=read.number("HEINSBERG_THREADS", cls.threads, 1, 64),
            seed_limit=read.number("HEINSBERG_SEED_LIMIT", cls.seed_limit, 0, 100_000),
            smtp_host=read.text("HEINSBERG_SMTP_HOST"),
            smtp_port=read.number("HEINSBERG_SMTP_PORT", cls.smtp_port, 1, 65535),
            smtp_user=read.text("HEINSBERG_SMTP_USER"),
            smtp_password=read.text("HEINSBERG_SMTP_PASSWORD"),
            smtp_starttls=read.flag("HEINSBERG_SMTP_STARTTLS", cls.smtp_starttls),
            purge_urls=read.urls("HEINSBERG_PURGE_URLS"),
        )
        settings.check()
        return settings

    def check(self) -> None:
        """Raise ConfigurationError for values that are each fine but cannot work together."""
        if self.production and not self.smtp_host:
            # In production a mail that only lands in a file is a lost mail.
            raise _refusal(
                "HEINSBERG_SMTP_HOST", "must be set when HEINSBERG_MODE is production"
            )
        if self.smtp_password and not self.smtp_user:
            raise _refusal(
                "HEINSBERG_SMTP_USER", "must be set with HEINSBERG_SMTP_PASSWORD"
            )


@cache
def _from_process() -> Settings:
    return Settings.from_environ()


_overridden: Settings | None = None


def settings() -> Settings:
    """Return the settings of this process; ConfigurationError at the first call if wrong."""
    return _overridden or _from_process()


@contextmanager
def override(**changes: Any) -> Iterator[Settings]:
    """Replace single settings for a test, in all threads."""
    global _overridden
    before = _overridden
    _overridden = replace(before or Settings(), **changes)
    try:
        yield _overridden
    finally:
        _overridden = before


def _refusal(name: str, why: str) -> ConfigurationError:
    """Return the error for one variable; never with its value, which may be a secret."""
    return ConfigurationError(f"{name} {why}.", detail=f"{name} {why}.")


class _Reader:
    """Typed reading of one environment; an empty variable counts as not set."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def text(self, name: str, default: str = "") -> str:
        return self._environ.get(name, "").strip() or default

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value not in allowed:
            raise _refusal(name, f"must be one of {', '.join(allowed)}")
        return value

    def number(self, name: str, default: int, low: int, high: int) -> int:
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
            raise _refusal(name, f"must be a whole number from {low} to {high}")
        return int(value)

    def flag(self, name: str, default: bool) -> bool:
        value = self.text(name, "1" if default else "0").lower()
        if value not in _TRUE | _FALSE:
            raise _refusal(name, "must be true or false")
        return value in _TRUE

    def url(self, name: str, default: str) -> str:
        return _checked_url(name, self.text(name, default))

    def urls(self, name: str) -> tuple[str, ...]:
        parts = (part.strip() for part in self.text(name).split(","))
        return tuple(_checked_url(name, part) for part in parts if part)


def _checked_url(name: str, value: str) -> str:
    """Return an http(s) address without a slash at its end."""
    try:
        parts = urlsplit(value)
        usable = (
            parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        )
    except ValueError:
        usable = False
    if not usable:
        raise _refusal(name, "must be an address such as http://127.0.0.1:8080")
    return value.rstrip("/")
