"""Pure rules of a municipality: official keys, domains, grammar.

Sources: AGS and ARS as in the Gemeindeverzeichnis (Destatis); hosts RFC 1123.
"""

from heinsberg.portal.municipality.interfaces import KINDS
from urllib.parse import urlsplit

import re


AGS = re.compile(r"^(0[1-9]|1[0-6])[0-9]{6}\Z")
ARS = re.compile(r"^(0[1-9]|1[0-6])[0-9]{10}\Z")
POSTAL_CODE = re.compile(r"^[0-9]{5}\Z")
LABEL = re.compile(r"^(?!-)[a-z0-9-]{1,63}(?<!-)\Z")


def ags_problem(ags: str, kind: str) -> str | None:
    """Return why an Amtlicher Gemeindeschlüssel is wrong (msgid), or None.

    Eight digits: Land, Regierungsbezirk, Kreis, Gemeinde; a Kreis ends in 000.
    """
    if not AGS.match(ags):
        return "ags_form"
    if (kind == "kreis") != ags.endswith("000"):
        return "ags_kind"
    return None


def ars_problem(ars: str, ags: str) -> str | None:
    """Return why an Amtlicher Regionalschlüssel is wrong (msgid), or None.

    Twelve digits: AGS parts with the four digits of the Gemeindeverband between
    Kreis (digits 1-5) and Gemeinde (last three).
    """
    if not ARS.match(ars):
        return "ars_form"
    if ars[:5] != ags[:5] or ars[-3:] != ags[-3:]:
        return "ars_ags"
    return None


def is_postal_code(value: str) -> bool:
    """Whether a text is a German postal code: five digits."""
    return bool(POSTAL_CODE.match(value or ""))


def normal_origin(value: str) -> str:
    """Return ``scheme://host[:port]`` of a domain; ValueError names what is wrong.

    A bare host means https. Umlaut domains are turned into their ASCII form.
    """
    text = value.strip()
    # urlsplit drops line breaks and tabs in silence.
    if any(c.isspace() or not c.isprintable() for c in text):
        raise ValueError("host")
    if "://" not in text:
        text = "https://" + text
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https"):
        raise ValueError("scheme")
    if parts.path not in ("", "/") or parts.query or parts.fragment or parts.username:
        raise ValueError("path")
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
        port = parts.port
    except (UnicodeError, ValueError) as exc:
        raise ValueError("host") from exc
    labels = host.split(".")
    if port == 0:
        raise ValueError("port")
    if len(host) > 253 or not all(LABEL.match(label) for label in labels):
        raise ValueError("host")
    default = 443 if parts.scheme == "https" else 80
    suffix = "" if port in (None, default) else f":{port}"
    return f"{parts.scheme}://{host}{suffix}"


def grammar(kind: str, name: str) -> dict[str, str]:
    """Return how a German sentence names the authority.

    >>> grammar("stadt", "Erkelenz")["of_name"]
    'der Stadt Erkelenz'
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind of municipality: {kind!r}")
    if kind == "kreis":
        bare = name.removeprefix("Kreis ")
        official = name if name.endswith("kreis") or name.endswith("Kreis") else f"Kreis {bare}"
        genitive = f"des Kreises {bare}" if official.startswith("Kreis ") else f"des {official}es"
        return {
            "name": official,
            "official_name": official,
            "the_name": f"Der {official}",
            "in_name": f"im {official}",
            "of_name": genitive,
        }
    word = {"stadt": "Stadt", "gemeinde": "Gemeinde"}[kind]
    return {
        "name": name,
        "official_name": f"{word} {name}",
        "the_name": f"Die {word} {name}",
        "in_name": f"in {name}",
        "of_name": f"der {word} {name}",
    }
