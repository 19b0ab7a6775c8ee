"""units.yaml and local/<id>.yaml: offices, and what is special in one municipality."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from heinsberg.portal.pages.seeding import words
from heinsberg.portal.pages.seeding.documents import read_record
from heinsberg.portal.pages.seeding.documents import read_records
from heinsberg.portal.pages.seeding.documents import Record
from heinsberg.portal.pages.seeding.files import Sources
from heinsberg.portal.pages.seeding.texts import cost_rows
from html import escape
from typing import Any

import re


LEVELS = ("municipality", "kreis")
APPOINTMENTS = ("none", "possible", "required")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RULES = {f"{word}_of_month": number for number, word in enumerate(("first", "second", "third", "fourth", "fifth"), 1)}
CLOCK = re.compile(r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")
ADDRESS = re.compile(r"^(?P<street>.+?),\s*(?P<postal_code>[0-9]{5})\s+(?P<city>.+)$")

UNIT_KEYS = (
    "key", "level", "title", "description", "phone_extension", "mailbox", "opening_hours",
    "appointment", "accessibility", "demo",
)  # fmt: skip
#: What a municipality can say otherwise; the last ones are for readers of the file only.
LOCAL_UNIT_KEYS = (
    "title", "description", "phone_extension", "mailbox", "opening_hours", "appointment",
    "accessibility", "demo", "address", "note", "office_number", "without_appointment",
    "not_on_saturdays", "source",
)  # fmt: skip

Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """An office as the files describe it; texts by language."""

    key: str
    level: str
    title: Words
    description: Words
    phone_extension: str | None
    mailbox: str | None
    opening_hours: tuple[dict[str, Any], ...]
    appointment: str
    accessibility: Words
    demo: bool
    address: dict[str, str] = field(default_factory=dict)
    note: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Local:
    """local/<id>.yaml: what one authority has of its own."""

    most_used: tuple[str, ...] = ()
    units: Mapping[str, Record] = field(default_factory=dict)
    costs: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)


def read_units(sources: Sources) -> dict[str, Unit]:
    """Return key -> office."""
    found: dict[str, Unit] = {}
    for record in read_records(sources.require("units.yaml")):
        record.only(UNIT_KEYS)
        key = record.id("key")
        if key in found:
            raise record.error("key", f"{key!r} is there twice.")
        level = record.choice("level", LEVELS)
        if level is None:
            raise record.error("level", f"is missing. Allowed: {', '.join(LEVELS)}.")
        found[key] = Unit(
            key=key,
            level=level,
            title=record.words("title", required=True),
            description=_plain(record, "description"),
            phone_extension=record.text("phone_extension"),
            mailbox=record.text("mailbox"),
            opening_hours=opening_hours(record),
            appointment=record.choice("appointment", APPOINTMENTS, "none"),
            accessibility=_plain(record, "accessibility"),
            demo=record.flag("demo"),
        )
    return found


def read_local(sources: Sources, authority_id: str, units: Mapping[str, Unit], services: set[str]) -> Local:
    """Return what is special in one authority; nothing where it has no file."""
    path = sources.find(f"local/{authority_id}.yaml")
    if path is None:
        return Local()
    record = read_record(path)
    record.only(("most_used", "units", "costs"))
    most_used, costs, own = record.ids("most_used"), record.record("costs"), record.record("units")
    for service_id in (*most_used, *costs.values):
        if service_id not in services:
            raise record.error("most_used" if service_id in most_used else "costs", f"{service_id!r} is not in services.csv.")
    for key in own.values:
        if key not in units:
            raise own.error(key, "there is no such office in units.yaml.")
        own.record(key).only(LOCAL_UNIT_KEYS)
    return Local(
        tuple(most_used),
        {key: own.record(key) for key in own.values},
        {service_id: cost_rows(costs, service_id) for service_id in costs.values},
    )


def localised(unit: Unit, record: Record | None) -> Unit:
    """Return an office as one municipality has it."""
    if record is None:
        return unit
    return Unit(
        key=unit.key,
        level=unit.level,
        title=record.words("title") or unit.title,
        description=_plain(record, "description") or unit.description,
        phone_extension=record.text("phone_extension") or unit.phone_extension,
        mailbox=record.text("mailbox") or unit.mailbox,
        opening_hours=opening_hours(record) or unit.opening_hours,
        appointment=record.choice("appointment", APPOINTMENTS, unit.appointment),
        accessibility=_plain(record, "accessibility") or unit.accessibility,
        # True hours do not make the rest true: it stays an example until all is known.
        demo=unit.demo or record.flag("demo"),
        address=_address(record),
        note=_plain(record, "note"),
    )


def opening_hours(record: Record) -> tuple[dict[str, Any], ...]:
    """Return rows of opening hours; a note is by language."""
    return tuple(_opening(row) for row in record.records("opening_hours"))


def _opening(row: Record) -> dict[str, Any]:
    row.only(("days", "opens", "closes", "appointment_only", "rule", "note"))
    days = row.texts("days")
    for day in days:
        if day not in DAYS:
            raise row.error("days", f"{day!r} is not known. Allowed: {', '.join(DAYS)}.")
    if not days:
        raise row.error("days", "is missing.")
    opens, closes = _clock(row, "opens"), _clock(row, "closes")
    if closes <= opens:
        raise row.error("closes", f"{closes} does not come after {opens}.")
    return {
        "days": days,
        "opens": opens,
        "closes": closes,
        "appointment_only": row.flag("appointment_only"),
        "week_of_month": RULES.get(row.choice("rule", RULES, "") or ""),
        "note": row.words("note"),
    }


def _clock(row: Record, key: str) -> str:
    value = row.text(key, required=True)
    if not CLOCK.match(value):
        raise row.error(key, f"{value!r} is not a time such as \"08:00\".")
    return value


def _address(record: Record) -> dict[str, str]:
    text = record.text("address")
    if not text:
        return {}
    match = ADDRESS.match(text)
    if match is None:
        raise record.error("address", f"{text!r} is not of the form: Street 1, 12345 Town.")
    return match.groupdict()


def _plain(record: Record, key: str) -> Words:
    found = record.words(key)
    strange = words.unknown(found)
    if strange:
        raise record.error(key, f"{{{strange[0]}}} is not a placeholder. Known: {', '.join(sorted(words.NAMES))}.")
    return found


def unit_fields(unit: Unit, place, meaning: Mapping[str, str], language: str) -> dict[str, Any]:
    """Return what the content type stores of an office of a place, in one language."""
    domain = (place.email or "").rpartition("@")[2]
    note = words.fill(spoken(unit.note, language), meaning)
    return {
        "title": spoken(unit.title, language),
        "description": words.fill(spoken(unit.description, language), meaning) or None,
        "text": f"<p>{escape(note, quote=False)}</p>" if note else None,
        "street": unit.address.get("street") or place.street,
        "postal_code": unit.address.get("postal_code") or place.postal_code,
        "city": unit.address.get("city") or place.city,
        "phone": phone_number(place.phone, unit.phone_extension),
        "email": f"{unit.mailbox}@{domain}" if unit.mailbox else place.email,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "opening_hours": [row | {"note": spoken(row["note"], language) or None} for row in unit.opening_hours],
        "appointment": unit.appointment,
        "accessibility": spoken(unit.accessibility, language) or None,
        "key": unit.key,
        "level": unit.level,
        "demo": unit.demo,
    }


def spoken(found: Mapping[str, str], language: str) -> str:
    """Return a text in a language, in German where it is not translated."""
    return found.get(language) or found.get("de", "")


def phone_number(base: str | None, extension: str | None) -> str | None:
    """Return an extension behind an authority's number: 02431 85-0 and 213 make 02431 85-213."""
    if not base or not extension or "-" not in base:
        return base or None
    return f"{base.rsplit('-', 1)[0]}-{extension}"
