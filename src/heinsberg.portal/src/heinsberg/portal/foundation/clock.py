"""The one clock of the portal: stored in UTC, shown in Europe/Berlin, frozen by tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from datetime import timezone
from zoneinfo import ZoneInfo


BERLIN = ZoneInfo("Europe/Berlin")

_frozen: datetime | None = None


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return _frozen or datetime.now(timezone.utc)


def local(moment: datetime | None = None) -> datetime:
    """Return a moment (default: now) as people in Germany read it off a clock."""
    return (moment or now()).astimezone(BERLIN)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Stop the clock at an aware moment, for tests."""
    global _frozen
    if moment.tzinfo is None:
        raise ValueError("frozen() needs an aware datetime")
    before, _frozen = _frozen, moment.astimezone(timezone.utc)
    try:
        yield
    finally:
        _frozen = before
