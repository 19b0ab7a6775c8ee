"""Dates and times as people in each language write them."""

from datetime import date
from datetime import datetime
from heinsberg.portal.foundation import clock


MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "en": "January February March April May June July August September October November December".split(),
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
}
DAYS = {
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split(),
}


def day(value: date | datetime, language: str) -> str:
    """Return ``22. November 2026``, ``22 November 2026`` or ``22 november 2026``."""
    if isinstance(value, datetime):
        value = clock.local(value).date()
    dot = "." if language == "de" else ""
    return f"{value.day}{dot} {MONTHS[language][value.month - 1]} {value.year}"


def weekday(value: date | datetime, language: str) -> str:
    """Return the name of the day of the week."""
    if isinstance(value, datetime):
        value = clock.local(value).date()
    return DAYS[language][value.weekday()]


def time(value: datetime, language: str) -> str:
    """Return ``14:30 Uhr``, ``14:30`` or ``14:30 uur``."""
    suffix = {"de": " Uhr", "en": "", "nl": " uur"}[language]
    return f"{clock.local(value):%H:%M}{suffix}"
