"""From stored content to display-ready records; the only place that does it."""

from Acquisition import aq_base
from collections.abc import Callable
from datetime import timezone
from heinsberg.portal.catalogue import html
from heinsberg.portal.catalogue import rules
from heinsberg.portal.catalogue import texts
from heinsberg.portal.catalogue.indexers import key_of
from plone.uuid.interfaces import IUUID
from Products.CMFCore.utils import getToolByName

import datetime


Address = Callable[[str], str | None]

_WEEKDAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}


def _line(base, name: str) -> str:
    return (getattr(base, name, None) or "").strip()


def _rows(base, name: str) -> list[dict]:
    return [row for row in getattr(base, name, None) or () if isinstance(row, dict)]


def _keys(base, name: str) -> tuple[str, ...]:
    return tuple(getattr(base, name, None) or ())


def _links(base, name: str) -> tuple[texts.Link, ...]:
    found = []
    for row in _rows(base, name):
        url = (row.get("url") or "").strip()
        # Validated on entry; asked again, since a script may have written it.
        safe = url if rules.is_web_address(url) else ""
        if row.get("title") and (safe or name == "legal_basis"):
            found.append(texts.Link(row["title"], safe, row.get("kind") or ""))
    return tuple(found)


def addresses(obj) -> Address:
    """Return the default way from UID to address: what is published, as the request writes addresses."""

    def address(uid: str) -> str | None:
        catalog = getToolByName(obj, "portal_catalog")
        brains = catalog.unrestrictedSearchResults(UID=uid, review_state="published")
        return brains[0].getURL() if brains else None

    return address


def _html(base, name: str, address: Address) -> str:
    clean = html.sanitise(html.raw_of(getattr(base, name, None)))
    return html.resolve_links(clean, address)


def _identity(obj, language: str | None) -> dict:
    base = aq_base(obj)
    return {
        "path": "/".join(obj.getPhysicalPath()),
        "uid": IUUID(obj, "") or "",
        "id": obj.getId(),
        "language": base.language or language or "de",
        "title": base.title or obj.getId(),
    }


def _cost(row: dict, language: str) -> texts.Cost:
    amount, amount_to = rules.parse_amount(row.get("amount")), rules.parse_amount(row.get("amount_to"))
    kind, period = row.get("kind") or "fixed", row.get("period")
    words = rules.cost_in_words(kind, amount, amount_to, period, language)
    return texts.Cost(
        row.get("label") or "", words, row.get("note") or "", kind, amount, amount_to, period
    )


def _deadline(row: dict, language: str) -> texts.Deadline:
    kind, duration, unit = row.get("kind") or "within", row.get("duration"), row.get("unit")
    words = rules.deadline_in_words(kind, duration, unit, language)
    return texts.Deadline(
        row.get("label") or "", words, row.get("note") or "", kind, duration, unit
    )


def _documents(base) -> tuple[texts.DocumentNeeded, ...]:
    return tuple(
        texts.DocumentNeeded(
            row["title"], row.get("description") or "", row.get("required") is not False
        )
        for row in _rows(base, "documents")
        if row.get("title")
    )


def _modified(obj) -> datetime.datetime:
    return obj.modified().asdatetime().astimezone(timezone.utc)


def service(obj, language: str | None = None, address: Address | None = None) -> texts.ServiceText:
    """Return a service as shown; see api.read_service."""
    base, address = aq_base(obj), address or addresses(obj)
    identity = _identity(obj, language)
    words = language or identity["language"]
    values = {
        "documents": _documents(base),
        "costs": tuple(_cost(row, words) for row in _rows(base, "costs")),
        "deadlines": tuple(_deadline(row, words) for row in _rows(base, "deadlines")),
        "processing_time": rules.duration_in_words(
            base.processing_from, base.processing_to, base.processing_unit, words
        ),
        "procedure": tuple(step for step in base.procedure or () if step.strip()),
        "trust_level": base.trust_level or "none",
        "channel": base.channel or "information",
        "executed_by": base.executed_by or "own",
        "most_used": base.most_used,
        "valid_until": base.valid_until,
        "demo": bool(base.demo),
    }
    values |= {name: _line(base, name) for name in _SERVICE_LINES}
    values |= {name: _html(base, name, address) for name in _SERVICE_HTML}
    values |= {name: _links(base, name) for name in _SERVICE_LINKS}
    values |= {name: _keys(base, name) for name in _SERVICE_KEYS}
    return texts.ServiceText(
        **identity,
        **values,
        key=key_of(obj),
        processing=(base.processing_from, base.processing_to, base.processing_unit),
        modified=_modified(obj),
        sources={name: "own" for name, value in values.items() if value},
    )


_SERVICE_LINES = (
    "official_name", "teaser", "short_text", "processing_note", "remedy", "leistungsschluessel",
    "ozg_id", "responsible_unit", "accepting_unit", "executing_authority", "contact_hint", "author",
)  # fmt: skip
_SERVICE_HTML = ("full_text", "requirements", "hints", "easy_language")
_SERVICE_LINKS = ("legal_basis", "forms", "online_services", "further_links")
_SERVICE_KEYS = ("keywords", "target_group", "life_situations", "related")


def openings(rows: list[dict]) -> tuple[rules.Opening, ...]:
    """Return stored rows as rules see them; rows without valid times are left out."""
    found = []
    for row in rows:
        opens, closes = rules.parse_clock(row.get("opens")), rules.parse_clock(row.get("closes"))
        days = frozenset(_WEEKDAYS[day] for day in row.get("days") or () if day in _WEEKDAYS)
        if days and opens is not None and closes is not None and opens < closes:
            found.append(
                rules.Opening(
                    days, opens, closes, row.get("note") or "",
                    bool(row.get("appointment_only")), row.get("week_of_month"),
                )  # fmt: skip
            )
    return tuple(found)


def exceptionals(rows: list[dict]) -> tuple[rules.Exceptional, ...]:
    """Return stored exceptions as rules see them."""
    found = []
    for row in rows:
        first = row.get("date_from")
        if first is None:
            continue
        opens = closes = None
        if row.get("closed") is False:
            opens, closes = rules.parse_clock(row.get("opens")), rules.parse_clock(row.get("closes"))
        found.append(
            rules.Exceptional(first, row.get("date_to") or first, opens, closes, row.get("reason") or "")
        )
    return tuple(found)


def unit(obj, language: str | None = None, address: Address | None = None) -> texts.UnitText:
    """Return an office as shown; see api.read_unit."""
    base, address = aq_base(obj), address or addresses(obj)
    website = _line(base, "website")
    return texts.UnitText(
        **_identity(obj, language),
        **{name: _line(base, name) for name in _UNIT_LINES},
        key=key_of(obj),
        text=_html(base, "text", address),
        phone_link=rules.phone_link(base.phone),
        website=website if rules.is_web_address(website) else "",
        latitude=base.latitude,
        longitude=base.longitude,
        hours=openings(_rows(base, "opening_hours")),
        exceptions=exceptionals(_rows(base, "opening_exceptions")),
        appointment=base.appointment or "none",
        level=base.level or "municipality",
        demo=bool(base.demo),
    )


_UNIT_LINES = (
    "description", "street", "postal_code", "city", "phone", "fax", "email", "accessibility",
    "building_notes", "parent_unit",
)  # fmt: skip


def life_situation(obj, language: str | None = None, address: Address | None = None) -> texts.SituationText:
    """Return a theme or situation as shown; see api.read_life_situation."""
    base, address = aq_base(obj), address or addresses(obj)
    return texts.SituationText(
        **_identity(obj, language),
        key=key_of(obj),
        description=_line(base, "description"),
        text=_html(base, "text", address),
        checklist=_keys(base, "checklist"),
        before=_keys(base, "order_before"),
        at=_keys(base, "order_at"),
        after=_keys(base, "order_after"),
        icon=_line(base, "icon"),
        official_name=_line(base, "official_name"),
        audience=_keys(base, "audience"),
        related=_keys(base, "related"),
    )


def page(obj, language: str | None = None, address: Address | None = None) -> texts.PageText:
    """Return a guide, report or information page as shown; see api.read_page."""
    base, address = aq_base(obj), address or addresses(obj)
    image = getattr(base, "image", None)
    return texts.PageText(
        **_identity(obj, language),
        description=_line(base, "description"),
        text=_html(base, "text", address),
        easy_language=_html(base, "easy_language", address),
        further_links=_links(base, "further_links"),
        services=_keys(base, "services"),
        life_situations=_keys(base, "life_situations"),
        kind=_line(base, "kind"),
        day=getattr(base, "date", None) or getattr(base, "checked_on", None),
        image="image" if image else "",
        image_alt=_line(base, "image_alt"),
        demo=bool(getattr(base, "demo", False)),
    )
