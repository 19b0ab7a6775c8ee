"""The contact card of an office: open now, telephone, mail, address, hours."""

from dataclasses import dataclass
from datetime import timedelta
from heinsberg.portal.catalogue import api
from heinsberg.portal.foundation import clock
from heinsberg.portal.ui.api import dates
from urllib.parse import quote

import json


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Contact:
    """An office as its card shows it."""

    title: str
    href: str
    open: bool
    state: str
    hours: tuple[tuple[str, str], ...]
    hours_json: str
    closed_days: str
    phone: str
    phone_link: str
    email: str
    street: str
    place: str
    map_link: str
    website: str
    appointment: str
    demo: bool
    lang: str | None
    authority: str

    @classmethod
    def find(cls, page, info, key: str) -> "Contact | None":
        """Return the card of an office of an authority by its key."""
        lines = api.units_of(info.path, page.language, key=key)
        if not lines:
            return None
        obj = page.source.site.unrestrictedTraverse(lines[0].path)
        return cls.of(page, info, api.read_unit(obj, page.language, page.address))

    @classmethod
    def of(cls, page, info, unit) -> "Contact":
        """Return the card of an office."""
        state = api.open_state(unit, language=page.language)
        street = unit.street or info.street
        code, city = (unit.postal_code, unit.city) if unit.street else (info.postal_code, info.city)
        phone = unit.phone or info.phone
        return cls(
            title=unit.title,
            href=page.path_link(api.shown_path(unit, page.language)),
            open=state.open,
            state=state_in_words(state, page.language, page.t) if unit.hours else "",
            hours=api.week_in_words(unit.hours, page.language),
            hours_json=_hours_json(unit),
            closed_days=" ".join(api.closed_days(unit)),
            phone=phone,
            phone_link=api.phone_link(phone) or "",
            email=unit.email or info.email,
            street=street,
            place=f"{code} {city}".strip(),
            map_link=_map_link(unit, street, code, city),
            website=unit.website,
            appointment=unit.appointment,
            demo=unit.demo,
            lang=unit.language if unit.language != page.language else None,
            authority=info.official_name,
        )


def state_in_words(state, language: str, t) -> str:
    """Return "Jetzt geöffnet bis 16:00 Uhr", or when the office opens next."""
    if state.open and state.until is not None:
        return t("Open now until ${time}", time=dates.time(state.until, language))
    if state.open:
        return t("Open now")
    if state.reason == "appointment":
        return t("Now by appointment only")
    reason = f" ({state.detail})" if state.detail else ""
    if state.next is None:
        return t("Closed") + reason
    today, opens = clock.local().date(), clock.local(state.next).date()
    time = dates.time(state.next, language)
    if opens == today:
        return t("Closed, opens today at ${time}", time=time) + reason
    if opens == today + timedelta(days=1):
        return t("Closed, opens tomorrow at ${time}", time=time) + reason
    if opens <= today + timedelta(days=6):
        return t("Closed, opens on ${day} at ${time}", day=dates.weekday(opens, language), time=time) + reason
    return t("Closed, opens on ${day} at ${time}", day=dates.day(opens, language), time=time) + reason


def _hours_json(unit) -> str:
    """Return plain weekly hours for the script that keeps "open now" fresh; '' where rules are finer."""
    special = any(row.week_of_month or row.appointment_only for row in unit.hours)
    if special or any(row.opens is not None for row in unit.exceptions):
        return ""
    week: dict[str, list] = {}
    for row in unit.hours:
        for day in row.days:
            week.setdefault(WEEKDAYS[day], []).append(
                [f"{m // 60:02d}:{m % 60:02d}" for m in (row.opens, row.closes)]
            )
    return json.dumps({day: sorted(times) for day, times in sorted(week.items())}) if week else ""


def _map_link(unit, street: str, code: str, city: str) -> str:
    """Return a way to the map: only a link, nothing is loaded from there."""
    if unit.latitude is not None and unit.longitude is not None:
        return f"https://www.openstreetmap.org/?mlat={unit.latitude}&mlon={unit.longitude}#map=18/{unit.latitude}/{unit.longitude}"
    if not street:
        return ""
    return "https://www.openstreetmap.org/search?query=" + quote(f"{street}, {code} {city}")
