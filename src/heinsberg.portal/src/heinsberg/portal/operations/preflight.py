"""What is checked before the slow part of a start: port, disk, rendered files."""

from heinsberg.portal.foundation import environment
from heinsberg.portal.foundation.settings import Settings
from heinsberg.portal.operations.interfaces import OperatorError
from pathlib import Path

import errno
import os
import shutil
import socket


NEEDED_MB = 500


def explain(error: OSError) -> str:
    """Return a sentence for an error of the system that an operator can act on."""
    if error.errno == errno.ENOSPC:
        return (
            f"the disk is full ({error.filename or environment.var()}). Free some space and "
            "run the same command again: it goes on where it stopped."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{error.filename or error}: no right to write. Check the owner of the folder."
    return str(error)


def number(name: str, default: int, low: int, high: int) -> int:
    """Return a whole number from the environment; OperatorError names the variable."""
    raw = os.environ.get(name) or str(default)
    if not raw.isascii() or not raw.isdigit() or not low <= int(raw) <= high:
        raise OperatorError(f"{name} must be a number from {low} to {high}, it is {raw!r}.")
    return int(raw)


def host() -> str:
    """Return the address to listen on (HEINSBERG_HOST)."""
    return os.environ.get("HEINSBERG_HOST") or "127.0.0.1"


def port() -> int:
    """Return the port to listen on (HEINSBERG_PORT)."""
    return Settings.from_environ().port


def check_disk(folder: Path) -> None:
    """Raise OperatorError when less space is free than a start needs."""
    needed = number("HEINSBERG_NEEDED_MB", NEEDED_MB, 0, 10**9)
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < needed:
        raise OperatorError(
            f"only {free} MB are free where {folder} lies; the portal needs {needed} MB. "
            "Free some space or set HEINSBERG_VAR to a folder on a larger disk, then run "
            "the same command again: it goes on where it stopped."
        )


def check_rendered() -> Path:
    """Return the rendered wsgi.ini; OperatorError when `make install` has not run here."""
    path = environment.home() / "parts" / "instance" / "etc" / "wsgi.ini"
    if not path.is_file():
        raise OperatorError(f"{path} is missing. Run: make install")
    return path


def claim_port(address: str, number_: int) -> socket.socket:
    """Bind the port now, so that a taken one is told before the slow part."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    claimed = socket.socket(family, socket.SOCK_STREAM)
    claimed.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        claimed.bind((address, number_))
    except OSError as error:
        claimed.close()
        raise OperatorError(_port_sentence(error, address, number_)) from error
    return claimed


def _port_sentence(error: OSError, address: str, number_: int) -> str:
    """Say why a port cannot be used and what to do."""
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {number_} on {address} is taken by another program. "
            f"Choose another one: make run PORT={number_ + 1}   "
            f"(who has it: ss -ltnp 'sport = :{number_}')"
        )
    if error.errno == errno.EACCES:
        return f"port {number_} needs special rights. Choose one above 1023: make run PORT=8080"
    return f"cannot listen on {address}:{number_}: {error.strerror}. See HEINSBERG_HOST."
