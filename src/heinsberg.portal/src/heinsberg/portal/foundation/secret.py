"""Keys of the deployment that stay outside the database: one file below var/, or the environment."""

from functools import lru_cache
from hashlib import sha256
from heinsberg.portal.foundation import environment
from heinsberg.portal.foundation.errors import ConfigurationError
from pathlib import Path

import contextlib
import hmac
import os
import secrets
import tempfile


FILE = "secret.key"


def key(purpose: str) -> bytes:
    """Return the key for one purpose, derived from the deployment's secret."""
    return hmac.new(_master(), purpose.encode(), sha256).digest()


@lru_cache(maxsize=1)
def _master() -> bytes:
    """Return the secret: HEINSBERG_SECRET, else var/secret.key, made at first use."""
    given = os.environ.get("HEINSBERG_SECRET")
    if given:
        return given.encode()
    path = environment.var() / FILE
    if not path.exists():
        _make(path)
    secret = path.read_text().strip().encode()
    if len(secret) < 32:
        # An empty key would sign everything for everybody.
        raise ConfigurationError(f"{path} is damaged: restore it from a backup, or remove it to have a new one made.")
    return secret


def _make(path: Path) -> None:
    """Make the file whole or not at all: another process may be reading it already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".secret-")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
        # The first of two processes wins; the second takes what is there.
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
    finally:
        os.unlink(name)
