"""Keys of the deployment that stay outside the database: one file below var/, or the environment."""

from functools import lru_cache
from hashlib import sha256
from heinsberg.portal.foundation import environment

import contextlib
import hmac
import os
import secrets


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
    with contextlib.suppress(FileExistsError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text().strip().encode()
