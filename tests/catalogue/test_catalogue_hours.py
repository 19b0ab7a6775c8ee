"""Opening hours as tables: holidays, exceptions, change of the clock, midnight, first Saturday."""

from datetime import date
from datetime import datetime
from datetime import timezone
from heinsberg.portal.catalogue.calendar import nrw_holidays
from heinsberg.portal.catalogue.rules import Exceptional
from heinsberg.portal.catalogue.rules import hours_of_week
from heinsberg.portal.catalogue.rules import is_open
from heinsberg.portal.catalogue.rules import Opening
from zoneinfo import ZoneInfo

import pytest


BERLIN = ZoneInfo("Europe/Berlin")
MON_FRI = frozenset(range(5))
OFFICE = (
    Opening(MON_FRI, 8 * 60, 12 * 60 + 30),
    Opening(frozenset({3}), 14 * 60, 18 * 60),
    Opening(frozenset({5}), 9 * 60, 12 * 60, week_of_month=1),
)
CLOSED_WEEK = Exceptional(date(2026, 12, 28), date(2026, 12, 30), reason="Betriebsferien")
SHORT_DAY = Exceptional(date(2026, 11, 11), date(2026, 11, 11), 8 * 60, 11 * 60, "Sessionseröffnung")
EXCEPTIONS = (CLOSED_WEEK, SHORT_DAY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def ask(moment, hours=OFFICE, exceptions=EXCEPTIONS):
    return is_open(hours, exceptions, nrw_holidays(moment.year), moment)


@pytest.mark.parametrize(
    "moment,until",
    [
        ("2026-11-23T08:00", "2026-11-23T12:30"),
        ("2026-11-23T12:29", "2026-11-23T12:30"),
        ("2026-11-26T14:00", "2026-11-26T18:00"),
        ("2026-11-07T10:00", "2026-11-07T12:00"),  # first Saturday
        ("2026-11-11T10:59", "2026-11-11T11:00"),  # shorter by exception
    ],
)
def test_open_until(moment, until):
    state = ask(at(moment))
    assert state.open and state.until == at(until) and state.reason == "open"


@pytest.mark.parametrize(
    "moment,following,reason",
    [
        ("2026-11-23T07:59", "2026-11-23T08:00", "hours"),
        ("2026-11-23T12:30", "2026-11-24T08:00", "hours"),
        ("2026-11-26T13:00", "2026-11-26T14:00", "hours"),
        ("2026-11-20T15:00", "2026-11-23T08:00", "hours"),  # over the weekend
        ("2026-11-14T10:00", "2026-11-16T08:00", "hours"),  # second Saturday
        ("2026-11-11T11:00", "2026-11-12T08:00", "exception"),
        ("2026-12-25T10:00", "2026-12-31T08:00", "holiday"),  # Christmas, weekend, closed week
        ("2026-12-28T10:00", "2026-12-31T08:00", "exception"),
        ("2026-06-04T10:00", "2026-06-05T08:00", "holiday"),  # Corpus Christi is one in NRW
        ("2026-10-31T10:00", "2026-11-02T08:00", "hours"),  # Reformation Day is none in NRW
        ("2027-01-01T10:00", "2027-01-02T09:00", "holiday"),
    ],
)
def test_closed_until(moment, following, reason):
    state = ask(at(moment))
    assert not state.open and state.next == at(following) and state.reason == reason


def test_the_name_of_the_holiday_and_the_reason_are_told():
    assert ask(at("2026-06-04T10:00")).detail == "Fronleichnam"
    assert ask(at("2026-12-28T10:00")).detail == "Betriebsferien"
    assert nrw_holidays(2026, "nl")[date(2026, 6, 4)] == "Sacramentsdag"
    names = set(nrw_holidays(2026, "en").values())
    assert not names & set(nrw_holidays(2026).values())


def test_an_exception_opens_a_holiday():
    extra = Exceptional(date(2026, 10, 3), date(2026, 10, 3), 600, 720, "Tag der offenen Tür")
    assert ask(at("2026-10-03T11:00"), exceptions=(extra,)).open


@pytest.mark.parametrize(
    "day,hour_utc",
    [(date(2026, 3, 29), 6), (date(2026, 10, 25), 7), (date(2026, 3, 28), 7), (date(2026, 10, 24), 6)],
)
def test_days_with_23_and_25_hours(day, hour_utc):
    """08:00 by the clock on the wall is another moment in UTC before and after the change."""
    hours = (Opening(frozenset(range(7)), 8 * 60, 12 * 60),)
    opening = datetime(day.year, day.month, day.day, hour_utc, tzinfo=timezone.utc)
    assert ask(opening, hours, ()).open
    before = opening.replace(hour=hour_utc - 1, minute=59)
    state = ask(before, hours, ())
    assert not state.open and state.next == opening


def test_the_hour_that_comes_twice():
    hours = (Opening(frozenset({6}), 60, 150),)  # 01:00 to 02:30 in the night of the change
    first = datetime(2026, 10, 25, 0, 15, tzinfo=timezone.utc)  # 02:15 summer time
    second = datetime(2026, 10, 25, 1, 15, tzinfo=timezone.utc)  # 02:15 winter time
    assert ask(first, hours, ()).open
    assert not ask(second, hours, ()).open


@pytest.mark.parametrize("opens,closes", [(22 * 60, 2 * 60), (600, 600), (-1, 60), (600, 1500)])
def test_rows_over_midnight_count_as_none(opens, closes):
    hours = (Opening(frozenset(range(7)), opens, closes),)
    for hour in (0, 1, 10, 23):
        assert not ask(at(f"2026-11-24T{hour:02}:30"), hours, ()).open
    assert not any(rows for _day, rows in hours_of_week(hours))


def test_open_to_midnight_goes_on_the_next_day():
    hours = (Opening(frozenset({0}), 18 * 60, 24 * 60), Opening(frozenset({1}), 0, 60))
    assert ask(at("2026-11-23T23:59"), hours, ()).until == at("2026-11-24T01:00")


def test_always_open_ends_the_search():
    hours = (Opening(frozenset(range(7)), 0, 24 * 60),)
    assert ask(at("2026-06-10T12:00"), hours, ()).open


def test_rows_that_touch_are_one_stretch():
    hours = (Opening(MON_FRI, 480, 720), Opening(MON_FRI, 720, 960), Opening(MON_FRI, 500, 600))
    assert ask(at("2026-11-23T09:00"), hours, ()).until == at("2026-11-23T16:00")


def test_by_appointment_is_not_open_for_everyone():
    hours = (Opening(MON_FRI, 480, 720, appointment_only=True), Opening(frozenset({3}), 840, 1080))
    state = ask(at("2026-11-23T09:00"), hours, ())
    assert not state.open and state.reason == "appointment" and state.next == at("2026-11-26T14:00")


def test_nothing_known_has_no_next_opening():
    state = ask(at("2026-11-23T09:00"), (), ())
    assert not state.open and state.next is None


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError):
        is_open(OFFICE, (), {}, datetime(2026, 11, 23, 9))
