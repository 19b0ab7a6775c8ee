"""Entries of lists: small frozen records made from the catalog's columns."""

from dataclasses import dataclass
from datetime import date
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service in a list; ``language`` differs from the wanted one where no translation exists."""

    title: str
    path: str
    uid: str
    key: str
    language: str
    teaser: str
    keywords: tuple[str, ...]
    life_situations: tuple[str, ...]
    target_group: tuple[str, ...]
    unit: str
    executed_by: str
    authority: str
    channel: str
    online: bool
    easy: bool
    demo: bool
    most_used: int | None
    leistungsschluessel: str
    official_name: str

    @property
    def badge(self) -> str:
        """online, kreis, other or '': what a list marks."""
        return "online" if self.online else ("" if self.executed_by == "own" else self.executed_by)


@dataclass(frozen=True, slots=True)
class SituationLine:
    """A theme (``parent`` '') or a situation in a list."""

    title: str
    path: str
    uid: str
    key: str
    language: str
    description: str
    parent: str
    icon: str
    audience: tuple[str, ...]
    position: int | None


@dataclass(frozen=True, slots=True)
class UnitLine:
    """An office in a list."""

    title: str
    path: str
    uid: str
    key: str
    language: str
    description: str
    phone: str
    email: str
    street: str
    city: str
    parent: str
    level: str
    demo: bool


@dataclass(frozen=True, slots=True)
class WarningLine:
    """A warning in force."""

    title: str
    path: str
    uid: str
    language: str
    level: str
    text: str
    link: str
    scope: str
    starts: datetime | None
    ends: datetime | None
    demo: bool


@dataclass(frozen=True, slots=True)
class PageLine:
    """A report, guide or information page in a list."""

    title: str
    path: str
    uid: str
    key: str
    language: str
    description: str
    kind: str
    day: date | None
    image: bool
    image_alt: str
    easy: bool
    demo: bool
    services: tuple[str, ...]
    life_situations: tuple[str, ...]

    @property
    def date(self):
        """The day of a report."""
        return self.day
