"""What a service says: from its written text, as a signpost, or from what the catalogue knows. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from hashlib import sha256
from heinsberg.portal.pages.seeding import phrases
from heinsberg.portal.pages.seeding.competence import Offer
from heinsberg.portal.pages.seeding.texts import HTML
from heinsberg.portal.pages.seeding.texts import ServiceTexts
from heinsberg.portal.pages.seeding.words import fill
from heinsberg.portal.pages.seeding.words import fill_html
from heinsberg.portal.pages.seeding.words import shorten
from typing import Any

import json


#: What a service takes over from its text; the hash is made of these.
TEXT_FIELDS = (
    "title", "teaser", "short_text", "full_text", "requirements", "documents", "costs",
    "deadlines", "processing_from", "processing_to", "processing_unit", "processing_note",
    "procedure", "legal_basis", "forms", "remedy", "hints", "easy_language",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What the shared catalogue says of a service; empty where it does not know it."""

    name: str = ""
    group: str = ""
    stand: str = ""
    legal_basis: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """The authority that offers services, as sentences and references need it."""

    #: Words by language of the authority itself and of its Kreis.
    own: Mapping[str, Mapping[str, str]]
    kreis: Mapping[str, Mapping[str, str]]
    kreis_id: str
    #: Key of an office -> its name by language, those of the Kreis included.
    units: Mapping[str, Mapping[str, str]]
    offered: frozenset[str]
    ranks: Mapping[str, int]
    costs: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)


def languages(offer: Offer, texts: ServiceTexts | None) -> list[str]:
    """Return the languages in which a service can be shown, German first."""
    return ["de", *(texts.translations if texts else ())]


def service_fields(
    offer: Offer, texts: ServiceTexts | None, known: Known, place: Place, language: str = "de"
) -> dict[str, Any]:
    """Return everything the content type stores of a service in one language."""
    source = None
    if texts is not None:
        source = texts.german if language == "de" else texts.translations[language]
    if not offer.own:
        body = _signpost(offer, source, known, place, language)
    elif source is not None:
        body = _written(offer, texts, source, known, place, language)
    else:
        body = _generic(offer, known, place)
    body["teaser"] = shorten(body.get("teaser") or "", 160) or None
    return body | _references(offer, texts, place) | {"adopted_hash": digest(body)}


def digest(body: Mapping[str, Any]) -> str:
    """Return the hash of a text: equal as long as nobody changed what was taken over."""
    values = {name: body.get(name) for name in TEXT_FIELDS if body.get(name)}
    return sha256(json.dumps(values, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _references(offer: Offer, texts: ServiceTexts | None, place: Place) -> dict[str, Any]:
    service = offer.service
    german = texts.german if texts else {}
    related = [key for key in german.get("related", ()) if key in place.offered and key != service.id]
    keywords = dict.fromkeys((*service.keywords, *german.get("keywords", ())))
    return {
        "key": service.id,
        "official_name": german.get("official_name") or service.official_name or service.title,
        "leistungsschluessel": service.leistungsschluessel or None,
        "ozg_id": service.ozg_id or None,
        "trust_level": service.trust_level,
        "channel": service.channel if offer.own else "information",
        "target_group": list(service.target_group),
        "life_situations": list(service.life_situations),
        "keywords": list(keywords),
        "related": related or None,
        "most_used": place.ranks.get(service.id),
        "executed_by": "own" if offer.own else "kreis",
        "executing_authority": None if offer.own else place.kreis_id,
        "responsible_unit": offer.unit or None,
        "adopted_from": service.leistungsschluessel or service.id,
        "demo": True,
    }


def _written(offer, texts: ServiceTexts, source, known: Known, place: Place, language: str) -> dict[str, Any]:
    meaning = place.own[language]
    body = {
        name: fill_html(value, meaning) if name in HTML else fill(value, meaning)
        for name, value in source.items()
        if name in TEXT_FIELDS
    }
    body["costs"] = fill(_costs(offer.service.id, texts, source, place, language), meaning)
    if language != "de":
        body["legal_basis"] = fill(texts.german["legal_basis"], place.own["de"])
        body["forms"] = fill(texts.german["forms"], place.own["de"])
    elif not body.get("legal_basis"):
        body["legal_basis"] = _laws(known)
    return body


def _costs(service_id: str, texts: ServiceTexts, source, place: Place, language: str) -> list[dict[str, Any]]:
    """Return the costs: those of the municipality where it names some, else those of the text."""
    rows = source.get("costs") or []
    local = place.costs.get(service_id)
    if local is None:
        return [phrases.as_example(row, language) for row in rows] if texts.local_fee else rows
    if language == "de":
        return local
    translated = {
        german["label"]: row for german, row in zip(texts.german["costs"], rows, strict=False)
    }
    return [phrases.translated_cost(row, translated.get(row["label"]), language) for row in local]


def _signpost(offer: Offer, source, known: Known, place: Place, language: str) -> dict[str, Any]:
    """Return a short text that leads to the Kreis."""
    meaning = place.kreis[language]
    unit = place.units.get(offer.unit, {})
    name = unit.get(language) or unit.get("de", "")
    source = source or {}
    service = offer.service
    return {
        "title": fill(source.get("title") or service.title, meaning),
        "teaser": fill(source.get("teaser"), meaning) or phrases.signpost_teaser(meaning["name"], language),
        "short_text": fill(source.get("short_text"), meaning)
        or phrases.what_it_is(service.official_name or service.title, known.group),
        "full_text": phrases.signpost(meaning["name"], name, language),
        "legal_basis": fill(source.get("legal_basis"), meaning) or _laws(known),
        "hints": phrases.origin(known.stand) if known.legal_basis and not source else None,
    }


def _generic(offer: Offer, known: Known, place: Place) -> dict[str, Any]:
    """Return a page of what is known: what it is, the law, who does it, how to reach them."""
    meaning, service = place.own["de"], offer.service
    unit = place.units.get(offer.unit, {}).get("de", "")
    return {
        "title": service.title,
        "teaser": phrases.generic_teaser(unit, meaning["in_name"]),
        "short_text": phrases.what_it_is(service.official_name or service.title, known.group),
        "full_text": phrases.generic_text(unit, meaning["official_name"]),
        "procedure": phrases.generic_steps(unit),
        "legal_basis": _laws(known),
        "hints": phrases.origin(known.stand) if known.stand else None,
    }


def _laws(known: Known) -> list[dict[str, Any]]:
    return [{"title": shorten(title, 300), "url": url or None} for title, url in known.legal_basis if title]
