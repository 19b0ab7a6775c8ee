"""Contracts of the operator's room: commands, findings and what other rooms contribute.

A room offers a command as a function in ``<room>/commands.py``::

    def seed(site, options: argparse.Namespace, report: Report) -> int | None:
        ...

and one row in ``operations/table.py`` names it (name, help, dotted path,
arguments), so that ``bin/portal --help`` imports nothing of Zope.

- The first argument is the Plone site, or the Zope application where the row
  says ``needs="app"``.
- ``options`` holds the arguments of the row; paths are absolute strings,
  because the command may run in the server process. It also holds
  ``options.password_for(login)``: the password of a demonstration user, made
  once per installation and kept in var/demo-users.txt.
- ``options.write(text)`` is for results (standard output, --json);
  ``report(line)`` shows progress (standard error); it raises CancelledError when the operator
  has gone away, so let it pass.
- The return value is the exit code, None counts as 0.
- The command runs in a connection and thread of its own as the Zope
  administrator, and is committed when it returns. A conflict repeats it from
  the beginning, so it must be idempotent; long ones may commit in between.

A room contributes checks as ``<room>/checks.py`` with
``run(site) -> list[Finding]``, named in ``operations/check.py``, and
demonstration users as ``pages.demo.users(site) -> iterable of (login, description)``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from heinsberg.portal.foundation.errors import ConfigurationError
from heinsberg.portal.foundation.errors import PortalError
from heinsberg.portal.foundation.findings import Finding  # noqa: F401
from typing import Any
from typing import Literal


Report = Callable[[str], None]

SITE_ID = "portal"


class OperatorError(PortalError):
    """A command cannot go on; the message tells the operator what to do."""


class LockedError(OperatorError):
    """Another process works on the same database."""


class CancelledError(Exception):
    """The operator ended the command while it ran in the server process."""


class UnsafeStorageError(ConfigurationError):
    """The storage settings would lose data or lock processes out."""


@dataclass(frozen=True)
class Argument:
    """One argument of a command, as argparse takes it; ``path`` makes values absolute."""

    flags: tuple[str, ...]
    settings: dict[str, Any] = field(default_factory=dict)
    path: bool = False


@dataclass(frozen=True)
class Command:
    """One row of the command table.

    ``place``: ``alone`` runs in the calling process without Zope, ``portal``
    in the running server or, without one, in a Zope loaded for it.
    """

    name: str
    help: str
    target: str
    place: Literal["alone", "portal"] = "portal"
    needs: Literal["site", "app"] = "site"
    arguments: tuple[Argument, ...] = ()
