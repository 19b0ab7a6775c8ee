"""Translated texts at the price of a dictionary look-up.

zope.i18n walks utilities and negotiates for each message; a page has dozens.
Catalogues do not change while the process runs, so each (language, message)
is looked up once.
"""

from collections.abc import Callable
from heinsberg.portal import PACKAGE_NAME
from zope.i18n import interpolate
from zope.i18n import translate
from zope.i18nmessageid import Message


_known: dict[tuple[str, str], str] = {}


def text(language: str, message: str, **mapping: object) -> str:
    """Return a message of our domain in a language, with ``${name}`` filled in."""
    key = (language, message)
    found = _known.get(key)
    if found is None:
        default = getattr(message, "default", None)
        found = translate(
            Message(str(message), domain=PACKAGE_NAME, default=default), target_language=language
        )
        _known[key] = found
    own = getattr(message, "mapping", None)
    if own or mapping:
        return interpolate(found, {**(own or {}), **mapping})
    return found


def translator(language: str) -> Callable[..., str]:
    """Return ``t(message, **mapping)`` for one language."""

    def t(message: str, **mapping: object) -> str:
        return text(language, message, **mapping)

    return t
