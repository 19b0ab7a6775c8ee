"""Passwords made once per installation, in files that only their owner reads."""

from collections.abc import Iterable
from heinsberg.portal.foundation import environment
from pathlib import Path

import os
import secrets


ADMIN = "admin"
ADMIN_FILE = "admin-password"
DEMO_FILE = "demo-users.txt"


def write_private(path: Path, text: str) -> None:
    """Write a file with mode 0600, replacing an older one in one step."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(fresh, path)


def admin_password() -> str:
    """Return the administrator's password: ADMIN_PASSWORD, or var/admin-password made once."""
    given = os.environ.get("ADMIN_PASSWORD")
    if given:
        return given
    path = environment.var() / ADMIN_FILE
    if not path.is_file():
        write_private(path, secrets.token_urlsafe(18) + "\n")
    return path.read_text(encoding="utf-8").strip()


def demo_passwords() -> dict[str, str]:
    """Return login -> password of the demonstration users made so far."""
    path = environment.var() / DEMO_FILE
    if not path.is_file():
        return {}
    rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: row[1] for row in rows if len(row) == 2 and row[0] != "#"}


def password_for(login: str) -> str:
    """Return the password of a demonstration user, making it on the first call.

    ADMIN_PASSWORD does not reach demonstration users: one known password must
    not open all roles.
    """
    known = demo_passwords()
    if login not in known:
        known[login] = secrets.token_urlsafe(12)
        rows = "".join(f"{name} {password}\n" for name, password in known.items())
        write_private(environment.var() / DEMO_FILE, "# login password\n" + rows)
    return known[login]


def demo_users(site) -> Iterable[tuple[str, str]]:
    """Return (login, description) of a site's demonstration users; empty without that room."""
    try:
        from heinsberg.portal.pages import demo
    except ImportError:
        return ()
    return demo.users(site)
