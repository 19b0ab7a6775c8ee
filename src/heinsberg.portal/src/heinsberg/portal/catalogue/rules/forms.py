"""Forms of values: amounts, times, keys, addresses, telephone numbers."""

from decimal import Decimal
from urllib.parse import urlsplit

import re


_PLAIN = re.compile(r"(\d{1,9})(?:[.,](\d{1,2}))?")
_GROUPED = re.compile(r"(\d{1,3}(?:\.\d{3}){1,2})(?:,(\d{1,2}))?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?")
_SERVICE_KEY = re.compile(r"99\d{12}", re.ASCII)
_MAIL = re.compile(r"[^\s@,;<>\"()]{1,64}@[^\s@,;<>\"()]+\.[^\s@,;<>\"().]{2,}")
_HOST = re.compile(r"[^\s/?#<>\"'\\@]+")


def parse_amount(value: str | None) -> Decimal | None:
    """Return euros as Decimal with two places for ``28,80``, ``28.80``, ``1.234,50`` or ``56``; else None.

    ``1.234`` is one thousand and more in German and one and a bit in English:
    three digits after a dot count as thousands, as German forms mean it.
    """
    text = (value or "").strip().removesuffix("€").strip()
    if not text.isascii():
        return None
    grouped = _GROUPED.fullmatch(text)
    match = grouped or _PLAIN.fullmatch(text)
    if match is None:
        return None
    whole = match.group(1).replace(".", "") if grouped else match.group(1)
    return Decimal(f"{whole}.{(match.group(2) or '0').ljust(2, '0')}")


def parse_clock(value: str | None) -> int | None:
    """Return minutes since midnight for ``08:00`` to ``24:00``; None for anything else."""
    match = _CLOCK.fullmatch((value or "").strip())
    if match is None or not match.group(0).isascii():
        return None
    hours, minutes = int(match.group(1)), int(match.group(2))
    total = hours * 60 + minutes
    return total if minutes < 60 and total <= 24 * 60 else None


def is_slug(value: str) -> bool:
    """Return whether a key has only a-z, 0-9 and inner hyphens."""
    return _SLUG.fullmatch(value) is not None


def is_service_key(value: str) -> bool:
    """Return whether a Leistungsschlüssel has the form of the catalogue: 14 digits, 99 first."""
    return _SERVICE_KEY.fullmatch(value) is not None


def is_mail_address(value: str) -> bool:
    """Return whether a value is one plain e-mail address."""
    return len(value) <= 254 and _MAIL.fullmatch(value) is not None


def is_web_address(value: str) -> bool:
    """Return whether a value is an absolute http(s) address without user name or blanks."""
    if len(value) > 2000 or any(ord(c) <= 32 or ord(c) == 127 or c in '<>"\\' for c in value):
        return False
    try:
        parts = urlsplit(value)
        port_ok = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return bool(
        parts.scheme in ("http", "https")
        and parts.hostname
        and port_ok
        and _HOST.fullmatch(parts.netloc)
    )


def phone_link(value: str | None) -> str | None:
    """Return ``tel:+492452130`` for ``02452 13-0``; short numbers such as 115 stay; None if it is none."""
    text = (value or "").strip().replace("(0)", "")
    if not text or re.search(r"[^\d\s()/+.–-]", text) or not text.isascii() and "–" not in text:
        return None
    digits = re.sub(r"\D", "", text)
    if not 3 <= len(digits) <= 15 or "+" in text[1:]:
        return None
    if text.startswith("+"):
        return f"tel:+{digits}"
    if digits.startswith("00"):
        return f"tel:+{digits[2:]}"
    if digits.startswith("0"):
        return f"tel:+49{digits[1:]}"
    return f"tel:{digits}" if len(digits) <= 6 else None
