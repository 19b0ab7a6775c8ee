"""Reads the storage settings as text, before anything of Zope is loaded."""

from dataclasses import dataclass
from heinsberg.portal.foundation import environment
from heinsberg.portal.operations.interfaces import UnsafeStorageError
from pathlib import Path
from typing import Literal

import os
import re


_SETTING = re.compile(r"^\s*([a-z][a-z-]*)\s+(.+?)\s*$")
_VARIABLE = re.compile(r"\$\(([A-Z_]+)\)|\$\{([A-Z_]+)\}")
_TRUE = ("true", "yes", "on", "1")


@dataclass(frozen=True)
class StorageSettings:
    """What a storage file says; defaults are RelStorage's own."""

    path: Path
    kind: Literal["sqlite", "postgresql"]
    cache_local_mb: int
    keep_history: bool
    data_dir: Path | None = None
    dsn: str = ""


def current() -> StorageSettings:
    """Return the settings of the storage that the portal would use now."""
    return read(environment.storage_conf())


def read(path: Path) -> StorageSettings:
    """Return the settings of one storage file; UnsafeStorageError where it cannot be ours."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UnsafeStorageError(
            f"the storage settings {path} do not exist (HEINSBERG_STORAGE)."
        ) from None
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    if any("<sqlite3" in line for line in lines):
        kind = "sqlite"
    elif any("<postgresql" in line for line in lines):
        kind = "postgresql"
    else:
        raise UnsafeStorageError(f"{path} names neither SQLite nor PostgreSQL.")
    found = dict(match.groups() for match in map(_SETTING.match, lines) if match)
    folder = _expanded(found.get("data-dir", ""))
    return StorageSettings(
        path=path,
        kind=kind,
        cache_local_mb=int(found.get("cache-local-mb", "10")),
        keep_history=found.get("keep-history", "true").lower() in _TRUE,
        data_dir=Path(folder) if folder else None,
        dsn=_expanded(found.get("dsn", "")),
    )


def refuse_unsafe(settings: StorageSettings) -> None:
    """Raise UnsafeStorageError for settings that lock out processes or keep deleted data."""
    if settings.keep_history:
        raise UnsafeStorageError(
            f"{settings.path} keeps history: what is deleted would stay. "
            "Set 'keep-history false' there before the first start; a database made "
            "with history has to be converted (zodbconvert)."
        )
    if settings.kind == "sqlite" and settings.cache_local_mb > 0:
        raise UnsafeStorageError(
            f"{settings.path} sets cache-local-mb {settings.cache_local_mb} with SQLite. "
            "Two processes would lock each other out for good. Set 'cache-local-mb 0', "
            "or move to PostgreSQL: bin/portal move-to-postgresql"
        )
    if settings.kind == "postgresql" and not settings.dsn:
        raise UnsafeStorageError(
            "HEINSBERG_DSN is empty. It stands in var/secrets.env or in the environment."
        )


def _expanded(value: str) -> str:
    """Replace $(NAME) as ZConfig does."""
    return _VARIABLE.sub(lambda match: os.environ.get(match.group(1) or match.group(2), ""), value)
