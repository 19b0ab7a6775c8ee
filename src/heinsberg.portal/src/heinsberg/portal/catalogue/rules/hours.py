"""Opening hours: is an office open at a moment, until when, or when next.

Wall time is that of Europe/Berlin; what is returned is aware, so days with
23 or 25 hours come out right. Hours never run over midnight: a row that ends
before it begins counts as no row at all (the form refuses it).
"""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from datetime import timezone
from zoneinfo import ZoneInfo


BERLIN = ZoneInfo("Europe/Berlin")
#: How far ahead the next opening is looked for.
HORIZON = 92
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Opening:
    """Hours on days of the week (0 Monday … 6 Sunday), in minutes since midnight."""

    days: frozenset[int]
    opens: int
    closes: int
    note: str = ""
    appointment_only: bool = False
    week_of_month: int | None = None

    def applies(self, day: date) -> bool:
        """Return whether the row holds on a day: right weekday, and right week of the month."""
        if day.weekday() not in self.days:
            return False
        return self.week_of_month is None or (day.day - 1) // 7 + 1 == self.week_of_month


@dataclass(frozen=True, slots=True)
class Exceptional:
    """Days with other hours, or none (``opens`` None)."""

    first: date
    last: date
    opens: int | None = None
    closes: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OpenState:
    """The answer: ``until`` when open, ``next`` when closed and known.

    ``reason``: open, hours (outside the hours), holiday, exception or
    appointment (staff are there by appointment only); ``detail`` names the
    holiday or the reason the editors gave.
    """

    open: bool
    until: datetime | None = None
    next: datetime | None = None
    reason: str = "hours"
    detail: str = ""


def _moment(day: date, minutes: int) -> datetime:
    whole, rest = divmod(minutes, _DAY)
    at = time(rest // 60, rest % 60)
    return datetime.combine(day + timedelta(days=whole), at, BERLIN)


def _day(
    day: date,
    hours: Iterable[Opening],
    exceptions: Iterable[Exceptional],
    holidays: Mapping[date, str],
) -> tuple[list[tuple[int, int, bool]], str, str]:
    """Return (intervals, reason, detail) of one day; an interval is (opens, closes, by appointment)."""
    special = [item for item in exceptions if item.first <= day <= item.last]
    if special:
        shut = [item for item in special if item.opens is None or item.closes is None]
        if shut:
            return [], "exception", shut[0].reason
        found = [(item.opens, item.closes, False) for item in special]
        return _valid(found), "exception", special[0].reason
    if day in holidays:
        return [], "holiday", holidays[day]
    rows = [(row.opens, row.closes, row.appointment_only) for row in hours if row.applies(day)]
    return _valid(rows), "hours", ""


def _valid(intervals: list) -> list[tuple[int, int, bool]]:
    return sorted(item for item in intervals if 0 <= item[0] < item[1] <= _DAY)


def _walk_in(day: date, intervals: list) -> list[tuple[datetime, datetime]]:
    """Return merged stretches of a day on which anyone may come."""
    merged: list[list[int]] = []
    for opens, closes, by_appointment in intervals:
        if by_appointment:
            continue
        if merged and opens <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], closes)
        else:
            merged.append([opens, closes])
    return [(_moment(day, opens), _moment(day, closes)) for opens, closes in merged]


def is_open(
    hours: Iterable[Opening],
    exceptions: Iterable[Exceptional],
    holidays: Mapping[date, str],
    moment: datetime,
) -> OpenState:
    """Return whether it is open at an aware moment, and until when or when next.

    ``holidays`` maps dates to names and must cover the days ahead. Editors'
    exceptions beat holidays, holidays beat the weekly hours.
    """
    if moment.tzinfo is None:
        raise ValueError("is_open() needs an aware datetime")
    hours, exceptions = tuple(hours), tuple(exceptions)
    moment = moment.astimezone(timezone.utc)  # two times of one zone would be compared by wall clock
    today = moment.astimezone(BERLIN).date()
    intervals, reason, detail = _day(today, hours, exceptions, holidays)
    for opens, closes in _walk_in(today, intervals):
        if opens <= moment < closes:
            until = _extended(closes, hours, exceptions, holidays)
            return OpenState(True, until=until, reason="open", detail=detail)
    if any(
        by_appointment and _moment(today, opens) <= moment < _moment(today, closes)
        for opens, closes, by_appointment in intervals
    ):
        reason = "appointment"
    following = _next(today, moment, hours, exceptions, holidays)
    return OpenState(False, next=following, reason=reason, detail=detail)


def _extended(closes: datetime, hours, exceptions, holidays) -> datetime:
    """Return the real end where a day that ends at midnight goes on the next day."""
    for _unused in range(7):
        day = closes.astimezone(BERLIN).date()
        stretches = _walk_in(day, _day(day, hours, exceptions, holidays)[0])
        further = [end for start, end in stretches if start == closes]
        if not further:
            break
        closes = further[0]
    return closes


def _next(today: date, moment: datetime, hours, exceptions, holidays) -> datetime | None:
    if not hours and not exceptions:
        return None
    for offset in range(HORIZON + 1):
        day = today + timedelta(days=offset)
        for opens, _closes in _walk_in(day, _day(day, hours, exceptions, holidays)[0]):
            if opens > moment:
                return opens
    return None


def hours_of_week(hours: Iterable[Opening]) -> list[tuple[int, list[Opening]]]:
    """Return (weekday, rows) for Monday to Sunday, rows by time; for the table of a page."""
    rows = sorted(
        (row for row in hours if 0 <= row.opens < row.closes <= _DAY),
        key=lambda row: (row.week_of_month or 0, row.opens),
    )
    return [(day, [row for row in rows if day in row.days]) for day in range(7)]
