"""Placeholders in seed texts, and the words they stand for."""

from collections.abc import Mapping
from html import escape
from typing import Any

import re


#: What a seed text may name.
NAMES = frozenset({
    "name", "official_name", "the_name", "in_name", "of_name", "kreis", "of_kreis", "street", "postal_code",
    "city", "phone", "email", "website", "representative", "data_protection_email", "ombudsstelle",
})  # fmt: skip

#: Ombudsstelle für barrierefreie Informationstechnik of the Land, § 10e BGG NRW.
OMBUDS_OFFICE = "ombudsstelle-barrierefreie-it@mags.nrw.de"

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_REPRESENTATIVE = {
    ("kreis", "de"): "die Landrätin oder den Landrat [[zu ergänzen: Name]]",
    ("kreis", "en"): "the head of the district administration [[zu ergänzen: name]]",
    ("kreis", "nl"): "het hoofd van de Kreis [[zu ergänzen: naam]]",
    ("", "de"): "die Bürgermeisterin oder den Bürgermeister [[zu ergänzen: Name]]",
    ("", "en"): "the mayor [[zu ergänzen: name]]",
    ("", "nl"): "de burgemeester [[zu ergänzen: naam]]",
}
_PHONE = {"de": "[[zu ergänzen: Telefon]]", "en": "[[zu ergänzen: telephone]]", "nl": "[[zu ergänzen: telefoon]]"}


def words(place, kreis, language: str = "de") -> dict[str, str]:
    """Return what placeholders mean for an authority (content, its Kreis, language of the text)."""
    found = dict(place.grammar())
    above = kreis.grammar()
    found |= {"kreis": above["name"], "of_kreis": above["of_name"]}
    if language != "de":
        found |= _foreign(found, language)
    kind = "kreis" if place.kind == "kreis" else ""
    domain = (place.email or "").rpartition("@")[2]
    return found | {
        "street": place.street or "",
        "postal_code": place.postal_code or "",
        "city": place.city or "",
        "phone": place.phone or _PHONE[language],
        "email": place.email or "",
        "website": place.website or "",
        "representative": _REPRESENTATIVE[kind, language],
        "data_protection_email": f"datenschutz@{domain}",
        "ombudsstelle": OMBUDS_OFFICE,
    }


def _foreign(german: Mapping[str, str], language: str) -> dict[str, str]:
    """Return names in English or Dutch sentences; official names stay German."""
    of = {"en": "of", "nl": "van"}[language]
    return {
        "the_name": german["official_name"],
        "in_name": f"in {german['name']}",
        "of_name": f"{of} {german['official_name']}",
        "of_kreis": f"{of} {german['kreis']}",
    }


def unknown(value: Any) -> list[str]:
    """Return names of placeholders that mean nothing, anywhere in a value."""
    if isinstance(value, str):
        return [name for name in _PLACEHOLDER.findall(value) if name not in NAMES]
    if isinstance(value, dict):
        return [name for part in value.values() for name in unknown(part)]
    if isinstance(value, list | tuple):
        return [name for part in value for name in unknown(part)]
    return []


def fill(value: Any, meaning: Mapping[str, str]) -> Any:
    """Return a value of texts, lists and rows with its placeholders replaced by plain text."""
    if isinstance(value, str):
        if "{" not in value:
            return value
        return _PLACEHOLDER.sub(lambda match: meaning.get(match.group(1), match.group(0)), value)
    if isinstance(value, dict):
        return {key: fill(part, meaning) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [fill(part, meaning) for part in value]
    return value


def fill_html(value: str | None, meaning: Mapping[str, str]) -> str | None:
    """Return HTML with its placeholders replaced, their text escaped."""
    if not value or "{" not in value:
        return value
    return fill(value, {name: escape(text) for name, text in meaning.items()})


def shorten(text: str, limit: int) -> str:
    """Return a text of at most ``limit`` characters, cut at a blank."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
