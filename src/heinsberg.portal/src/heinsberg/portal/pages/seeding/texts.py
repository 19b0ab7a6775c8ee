"""texts/<id>.yaml: the written texts of services and their translations, checked row by row."""

from dataclasses import dataclass
from dataclasses import field
from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.pages.seeding import words
from heinsberg.portal.pages.seeding.documents import read_record
from heinsberg.portal.pages.seeding.documents import Record
from heinsberg.portal.pages.seeding.files import Sources
from typing import Any


KEYS = (
    "id", "title", "official_name", "teaser", "short_text", "full_text", "requirements",
    "documents", "costs", "deadlines", "processing_time", "procedure", "legal_basis", "forms",
    "remedy", "hints", "easy_language", "related", "keywords", "local_fee",
)  # fmt: skip
TRANSLATED = (
    "title", "teaser", "short_text", "full_text", "requirements", "documents", "costs",
    "deadlines", "processing_time", "procedure", "hints",
)  # fmt: skip
HTML = ("full_text", "requirements", "hints", "easy_language")
COST_KINDS = ("fixed", "free", "variable")
PERIODS = ("once", "year", "month", "day")
UNITS_OF_TIME = ("day", "workday", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class ServiceTexts:
    """The text of a service in German, and what is translated of it."""

    german: dict[str, Any]
    translations: dict[str, dict[str, Any]] = field(default_factory=dict)
    local_fee: bool = False


def read_texts(sources: Sources) -> dict[str, ServiceTexts]:
    """Return id -> texts of all files below texts/; the Kreis's own file beats the common one."""
    found = {}
    for service_id in sources.ids("texts"):
        record = read_record(sources.require(f"texts/{service_id}.yaml"))
        german = german_text(record, service_id)
        translations = {}
        for language in ("en", "nl"):
            path = sources.find(f"texts/{service_id}.{language}.yaml")
            if path is not None:
                translations[language] = translated_text(read_record(path), german)
        found[service_id] = ServiceTexts(german, translations, record.flag("local_fee"))
    return found


def german_text(record: Record, service_id: str) -> dict[str, Any]:
    """Return the fields of a German text."""
    record.only(KEYS)
    if record.id("id") != service_id:
        raise record.error("id", f"is {record.values['id']!r}, but the file is named {service_id}.yaml.")
    fields = _common(record) | {
        "title": record.text("title", required=True, limit=200),
        "official_name": record.text("official_name", limit=500),
        "costs": cost_rows(record, "costs"),
        "deadlines": [_deadline(row) for row in record.records("deadlines")],
        "documents": [_document(row) for row in record.records("documents")],
        "legal_basis": [_link(row, needs_url=False) for row in record.records("legal_basis")],
        "forms": [_link(row) for row in record.records("forms")],
        "remedy": record.text("remedy", limit=4000),
        "easy_language": html(record, "easy_language"),
        "keywords": record.texts("keywords", 100),
        "related": record.ids("related"),
    }
    return _checked(record, fields | _processing(record.record("processing_time")))


def translated_text(record: Record, german: dict[str, Any]) -> dict[str, Any]:
    """Return a translation; amounts and periods are those of the German text."""
    record.only(TRANSLATED)
    fields = _common(record) | {
        "title": record.text("title", required=True, limit=200),
        "documents": [_document(row) for row in record.records("documents")] if record.has("documents") else [],
        "costs": _merged(record, "costs", german["costs"]),
        "deadlines": _merged(record, "deadlines", german["deadlines"]),
    }
    note = record.record("processing_time").text("note", limit=500)
    timing = {name: german[name] for name in ("processing_from", "processing_to", "processing_unit")}
    return _checked(record, fields | timing | {"processing_note": note})


def _common(record: Record) -> dict[str, Any]:
    return {
        "teaser": record.text("teaser", limit=160),
        "short_text": record.text("short_text", limit=1000),
        "procedure": record.texts("procedure"),
        **{name: html(record, name) for name in ("full_text", "requirements", "hints")},
    }


def _checked(record: Record, fields: dict[str, Any]) -> dict[str, Any]:
    for key, value in fields.items():
        strange = words.unknown(value)
        if strange:
            raise record.error(key, f"{{{strange[0]}}} is not a placeholder. Known: {', '.join(sorted(words.NAMES))}.")
    return fields


def html(record: Record, key: str) -> str | None:
    """Return HTML of allowed tags, None where there is none."""
    value = record.text(key)
    if not value:
        return None
    if not catalogue.sanitise(value):
        raise record.error(key, "holds no text. Write HTML from <p>, <ul>, <ol>, <li>, <h3>, <strong>, <a href>.")
    return value


def _document(row: Record) -> dict[str, Any]:
    row.only(("title", "description", "required"))
    return {
        "title": row.text("title", required=True, limit=300),
        "description": row.text("description", limit=2000),
        "required": row.flag("required", True),
    }


def cost_rows(record: Record, key: str) -> list[dict[str, Any]]:
    """Return rows of costs; amounts are texts such as "28.80"."""
    return [_cost(row) for row in record.records(key)]


def _cost(row: Record) -> dict[str, Any]:
    row.only(("label", "kind", "amount", "amount_to", "period", "note", "demo", "source"))
    kind = row.choice("kind", COST_KINDS, "fixed")
    low, high = _amount(row, "amount"), _amount(row, "amount_to")
    if kind == "fixed" and low is None:
        raise row.error("amount", "is missing for a fixed cost.")
    if low is not None and high is not None and float(high) < float(low):
        raise row.error("amount_to", f"{high} is below amount {low}.")
    return {
        "label": row.text("label", required=True, limit=300),
        "kind": kind,
        "amount": low,
        "amount_to": high,
        "period": row.choice("period", PERIODS),
        "note": row.text("note", limit=500),
    }


def _amount(row: Record, key: str) -> str | None:
    value = row.text(key)
    if not value:
        return None
    whole, _dot, cents = value.partition(".")
    if not (whole.isascii() and whole.isdigit() and (not cents or (len(cents) <= 2 and cents.isdigit()))):
        raise row.error(key, f"{value!r} is not an amount such as \"28.80\".")
    return value


def _deadline(row: Record) -> dict[str, Any]:
    row.only(("label", "kind", "duration", "unit", "note"))
    duration, unit = row.number("duration"), row.choice("unit", UNITS_OF_TIME)
    kind = row.choice("kind", ("within", "before", "date", "none"), "within")
    if kind in ("within", "before") and bool(duration) != bool(unit):
        raise row.error("duration", "a period needs a number and a unit.")
    return {
        "label": row.text("label", required=True, limit=300),
        "kind": kind,
        "duration": duration,
        "unit": unit,
        "note": row.text("note", limit=500),
    }


def _link(row: Record, needs_url: bool = True) -> dict[str, Any]:
    row.only(("title", "url"))
    url = row.text("url", required=needs_url)
    if url and not url.startswith(("https://", "http://")):
        raise row.error("url", f"{url!r} is not a web address.")
    return {"title": row.text("title", required=True, limit=300), "url": url}


def _processing(record: Record) -> dict[str, Any]:
    record.only(("duration", "duration_to", "unit", "note"))
    low, high = record.number("duration"), record.number("duration_to")
    unit = record.choice("unit", UNITS_OF_TIME)
    if (low or high) and not unit:
        raise record.error("unit", "is missing for the processing time.")
    return {
        "processing_from": low,
        "processing_to": high,
        "processing_unit": unit,
        "processing_note": record.text("note", limit=500),
    }


def _merged(record: Record, key: str, german: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the German rows with translated label and note; none where the numbers of rows differ."""
    rows = record.records(key)
    if not rows:
        return []
    if len(rows) != len(german):
        raise record.error(key, f"has {len(rows)} rows, the German text {len(german)}. Keep the same order.")
    merged = []
    for row, original in zip(rows, german, strict=True):
        row.only(("label", "note"))
        merged.append(original | {"label": row.text("label", required=True, limit=300), "note": row.text("note", limit=500)})
    return merged
