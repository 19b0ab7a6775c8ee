"""Defaults of the process environment, set before Zope reads its configuration.

Plain standard library: it runs before anything of Zope is imported.
"""

from pathlib import Path

import os


def home() -> Path:
    """Return the checkout (or image folder) that holds profiles/, themes/ and instance/."""
    value = os.environ.get("HEINSBERG_HOME")
    if value:
        return Path(value)
    here = Path(__file__).resolve()
    for parent in here.parents:
        if (parent / "instance" / "portal-site.zcml").is_file():
            return parent
    raise RuntimeError(
        "HEINSBERG_HOME is not set, and no folder above this file holds "
        "instance/portal-site.zcml. Set HEINSBERG_HOME to the portal's folder."
    )


def var() -> Path:
    """Return the folder of everything that the portal writes."""
    return Path(os.environ.get("HEINSBERG_VAR") or home() / "var")


def storage_conf() -> Path:
    """Return the ZODB configuration: var/storage.conf once moved, else SQLite."""
    chosen = os.environ.get("HEINSBERG_STORAGE")
    if chosen:
        return Path(chosen)
    moved = var() / "storage.conf"
    return moved if moved.is_file() else home() / "instance" / "storage-sqlite.conf"


def prepare() -> None:
    """Set the variables that zope.conf and ZCML name, and make the folders below var/."""
    root, data = home(), var()
    _load_secrets(data / "secrets.env")
    defaults = {
        "HEINSBERG_HOME": root,
        "HEINSBERG_VAR": data,
        "HEINSBERG_INSTANCE": root / "parts" / "instance",
        "HEINSBERG_STORAGE": storage_conf(),
        "CHAMELEON_CACHE": data / "cache" / "templates",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, str(value))
    for folder in ("database", "blobcache", "cache/templates", "log"):
        (data / folder).mkdir(mode=0o700, parents=True, exist_ok=True)


def _load_secrets(path: Path) -> None:
    """Set HEINSBERG_* variables from NAME=value lines; what is set already wins."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, separator, value = line.partition("=")
        if separator and name.startswith("HEINSBERG_"):
            os.environ.setdefault(name, value)
