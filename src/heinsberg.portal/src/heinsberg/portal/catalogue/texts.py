"""What a page says: frozen, display-ready records of a service, an office, a life situation."""

from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from decimal import Decimal
from heinsberg.portal.catalogue.rules import Exceptional
from heinsberg.portal.catalogue.rules import Opening


@dataclass(frozen=True, slots=True)
class Link:
    """A link; ``url`` may be '' for a legal basis without one."""

    title: str
    url: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class DocumentNeeded:
    """A document to bring."""

    title: str
    description: str
    required: bool


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost: ``text`` in words, the numbers for machines."""

    label: str
    text: str
    note: str
    kind: str
    amount: Decimal | None
    amount_to: Decimal | None
    period: str | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline: ``text`` in words, '' for a fixed date that the note names."""

    label: str
    text: str
    note: str
    kind: str
    duration: int | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class ServiceText:
    """A service as shown: own text today, later merged field by field with the Kreis's.

    HTML fields are safe and may be put into a page as they are; all others
    are plain text. ``sources`` names for each field that has a value where it
    came from ("own").
    """

    path: str
    uid: str
    id: str
    key: str
    language: str
    title: str
    official_name: str = ""
    teaser: str = ""
    short_text: str = ""
    full_text: str = ""
    requirements: str = ""
    documents: tuple[DocumentNeeded, ...] = ()
    costs: tuple[Cost, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    processing_time: str = ""
    processing_note: str = ""
    processing: tuple[int | None, int | None, str | None] = (None, None, None)
    procedure: tuple[str, ...] = ()
    legal_basis: tuple[Link, ...] = ()
    forms: tuple[Link, ...] = ()
    online_services: tuple[Link, ...] = ()
    further_links: tuple[Link, ...] = ()
    remedy: str = ""
    hints: str = ""
    easy_language: str = ""
    keywords: tuple[str, ...] = ()
    target_group: tuple[str, ...] = ()
    trust_level: str = "none"
    channel: str = "information"
    leistungsschluessel: str = ""
    ozg_id: str = ""
    responsible_unit: str = ""
    accepting_unit: str = ""
    executed_by: str = "own"
    executing_authority: str = ""
    life_situations: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    most_used: int | None = None
    contact_hint: str = ""
    author: str = ""
    valid_until: date | None = None
    demo: bool = False
    modified: datetime | None = None
    sources: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def is_online(self) -> bool:
        """Whether it can be done online now."""
        return any(link.kind != "information" for link in self.online_services)


@dataclass(frozen=True, slots=True)
class UnitText:
    """An office as shown; ``hours`` and ``exceptions`` feed ``api.open_state``."""

    path: str
    uid: str
    id: str
    key: str
    language: str
    title: str
    description: str = ""
    text: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    phone: str = ""
    phone_link: str | None = None
    fax: str = ""
    email: str = ""
    website: str = ""
    latitude: float | None = None
    longitude: float | None = None
    hours: tuple[Opening, ...] = ()
    exceptions: tuple[Exceptional, ...] = ()
    appointment: str = "none"
    accessibility: str = ""
    building_notes: str = ""
    parent_unit: str = ""
    level: str = "municipality"
    demo: bool = False


@dataclass(frozen=True, slots=True)
class SituationText:
    """A theme or situation as shown; ``order`` holds keys of services."""

    path: str
    uid: str
    id: str
    key: str
    language: str
    title: str
    description: str = ""
    text: str = ""
    checklist: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    icon: str = ""
    official_name: str = ""
    audience: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageText:
    """A guide, a report or an information page as shown."""

    path: str
    uid: str
    id: str
    language: str
    title: str
    description: str = ""
    text: str = ""
    easy_language: str = ""
    further_links: tuple[Link, ...] = ()
    services: tuple[str, ...] = ()
    life_situations: tuple[str, ...] = ()
    kind: str = ""
    day: date | None = None
    image: str = ""
    image_alt: str = ""
    demo: bool = False

    @property
    def date(self):
        """The day of a report, or on which a page was last checked."""
        return self.day
