"""Query parameters, typed and limited: whatever is wrong is a 400 that names the parameter.

Zope turns repeated parameters and names with a converter (``a:list``,
``a.b:record``) into other things than text; none of them is accepted here.
"""

from collections.abc import Mapping
from heinsberg.portal import _
from heinsberg.portal.foundation.errors import PortalError
from typing import Any

import re


_TRUE = frozenset({"1", "true"})
_FALSE = frozenset({"0", "false"})
_WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)


class ParameterError(PortalError):
    """A parameter of a request cannot be used; ``parameter`` is its name."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message, detail=f"parameter {parameter[:80]!r} refused")
        self.parameter = parameter


class Parameters:
    """Typed reading of one request's query; an empty value counts as absent.

    ``names`` are all the parameters a service knows: a misspelt filter would
    otherwise find everything, so an unknown name is refused.
    """

    def __init__(self, form: Mapping[str, Any], names: tuple[str, ...]) -> None:
        for name in form:
            if name not in names:
                raise ParameterError(
                    str(name),
                    _("The parameter ${name} is not known here.", mapping={"name": str(name)[:80]}),
                )
        self._form = form

    def text(self, name: str, limit: int = 200) -> str:
        """Return the text without control characters at most ``limit`` long; '' if absent."""
        value = self._form.get(name, "")
        if not isinstance(value, str):
            raise _refused(name, _("The parameter ${name} must be given once, as text.", mapping={"name": name}))
        if len(value) > limit:
            raise _refused(
                name,
                _(
                    "The parameter ${name} is longer than ${limit} characters.",
                    mapping={"name": name, "limit": limit},
                ),
            )
        return " ".join("".join(c if c.isprintable() else " " for c in value).split())

    def matching(self, name: str, pattern: re.Pattern[str], limit: int = 100) -> str:
        """Return a text of a form; '' if absent. The pattern must not backtrack."""
        value = self.text(name, limit)
        if value and not pattern.fullmatch(value):
            raise _refused(name, _("The parameter ${name} does not have the right form.", mapping={"name": name}))
        return value

    def choice(self, name: str, allowed: tuple[str, ...], default: str = "") -> str:
        """Return one of the allowed values."""
        value = self.text(name) or default
        if value and value not in allowed:
            raise _refused(
                name,
                _(
                    "The parameter ${name} must be one of: ${allowed}.",
                    mapping={"name": name, "allowed": ", ".join(allowed)},
                ),
            )
        return value

    def number(self, name: str, low: int, high: int, default: int) -> int:
        """Return a whole number from ``low`` to ``high``."""
        value = self.text(name)
        if not value:
            return default
        if not _WHOLE.fullmatch(value) or not low <= int(value) <= high:
            raise _refused(
                name,
                _(
                    "The parameter ${name} must be a whole number from ${low} to ${high}.",
                    mapping={"name": name, "low": low, "high": high},
                ),
            )
        return int(value)

    def flag(self, name: str) -> bool | None:
        """Return true or false; None if absent."""
        value = self.text(name).lower()
        if value and value not in _TRUE | _FALSE:
            raise _refused(name, _("The parameter ${name} must be true or false.", mapping={"name": name}))
        return value in _TRUE if value else None


def _refused(name: str, message: str) -> ParameterError:
    return ParameterError(name, message)
