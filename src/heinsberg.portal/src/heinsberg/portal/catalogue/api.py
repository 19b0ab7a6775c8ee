"""Front door of the room: read a service, an office, a life situation; list them.

>>> text = api.read_service(obj, "de")                        # doctest: +SKIP
>>> api.services_of(info.path, "en", life_situation="geburt") # doctest: +SKIP

Paths are physical paths of municipalities (``MunicipalityInfo.path``); keys
are the references between objects, the same in every language.
"""

from datetime import datetime
from heinsberg.portal.catalogue import html
from heinsberg.portal.catalogue import listings
from heinsberg.portal.catalogue import reading
from heinsberg.portal.catalogue import rules
from heinsberg.portal.catalogue.calendar import nrw_holidays
from heinsberg.portal.catalogue.commands import import_leika
from heinsberg.portal.catalogue.factory import create
from heinsberg.portal.catalogue.factory import problems
from heinsberg.portal.catalogue.factory import translate_as
from heinsberg.portal.catalogue.indexers import key_of
from heinsberg.portal.catalogue.interfaces import SECTION_IDS
from heinsberg.portal.catalogue.leika.store import catalogue_of
from heinsberg.portal.catalogue.listings import PageLine
from heinsberg.portal.catalogue.listings import ServiceLine
from heinsberg.portal.catalogue.listings import SituationLine
from heinsberg.portal.catalogue.listings import UnitLine
from heinsberg.portal.catalogue.listings import WarningLine
from heinsberg.portal.catalogue.navigation import closed_days
from heinsberg.portal.catalogue.navigation import fallback_path
from heinsberg.portal.catalogue.navigation import hours_in_words
from heinsberg.portal.catalogue.navigation import information_pages
from heinsberg.portal.catalogue.navigation import section_paths
from heinsberg.portal.catalogue.navigation import shown_path
from heinsberg.portal.catalogue.navigation import translation_paths
from heinsberg.portal.catalogue.navigation import week_in_words
from heinsberg.portal.catalogue.provision import make_sections
from heinsberg.portal.catalogue.rules import fold
from heinsberg.portal.catalogue.rules import group_by_letter
from heinsberg.portal.catalogue.rules import hours_of_week
from heinsberg.portal.catalogue.rules import IndexEntry
from heinsberg.portal.catalogue.rules import is_mail_address
from heinsberg.portal.catalogue.rules import Opening
from heinsberg.portal.catalogue.rules import OpenState
from heinsberg.portal.catalogue.rules import phone_link
from heinsberg.portal.catalogue.rules import sort_key
from heinsberg.portal.catalogue.texts import PageText
from heinsberg.portal.catalogue.texts import ServiceText
from heinsberg.portal.catalogue.texts import SituationText
from heinsberg.portal.catalogue.texts import UnitText
from heinsberg.portal.foundation import clock


__all__ = [
    "IndexEntry",
    "OpenState",
    "Opening",
    "PageLine",
    "PageText",
    "ServiceLine",
    "ServiceText",
    "SituationLine",
    "SituationText",
    "UnitLine",
    "UnitText",
    "WarningLine",
    "a_to_z",
    "brains_of",
    "catalogue_of",
    "closed_days",
    "create",
    "fallback_path",
    "fold",
    "guides_of",
    "hours_in_words",
    "hours_of_week",
    "import_leika",
    "information_pages",
    "is_mail_address",
    "key_of",
    "last_turn",
    "life_situations_of",
    "make_sections",
    "news_of",
    "open_state",
    "opening",
    "pages_of",
    "phone_link",
    "problems",
    "raised",
    "read_life_situation",
    "read_page",
    "read_service",
    "read_unit",
    "sanitise",
    "section_path",
    "section_paths",
    "services_of",
    "shown_path",
    "sort_key",
    "translate_as",
    "translation_paths",
    "units_of",
    "warnings_in_force",
    "week_in_words",
]

sanitise = html.sanitise
raised = html.raised
opening = html.opening

#: Search words of a service that stand in the A–Z; more would bury the titles.
SYNONYMS = 2


def read_service(obj, language: str | None = None, address: reading.Address | None = None) -> ServiceText:
    """Return everything a page or client shows of a service.

    ``language`` chooses the words for costs and periods (default: that of the
    object). ``address`` turns the UID of linked content into an address
    (default: the request's own, published content only; None drops the link).
    """
    return reading.service(obj, language, address)


def read_unit(obj, language: str | None = None, address: reading.Address | None = None) -> UnitText:
    """Return everything a page shows of an office."""
    return reading.unit(obj, language, address)


def read_life_situation(
    obj, language: str | None = None, address: reading.Address | None = None
) -> SituationText:
    """Return everything a page shows of a theme or situation, without its services."""
    return reading.life_situation(obj, language, address)


def read_page(obj, language: str | None = None, address: reading.Address | None = None) -> PageText:
    """Return everything a page shows of a guide, report or information page."""
    return reading.page(obj, language, address)


def open_state(unit: UnitText, moment: datetime | None = None, language: str | None = None) -> OpenState:
    """Return whether an office is open at a moment (default: now), with NRW's public holidays."""
    moment = moment or clock.now()
    holidays = nrw_holidays(clock.local(moment).year, language or unit.language)
    return rules.is_open(unit.hours, unit.exceptions, holidays, moment)


def services_of(path: str, language: str = "de", **wanted) -> tuple[ServiceLine, ...]:
    """Return published services in force below a municipality's path, by title.

    Filters: ``life_situation``, ``unit``, ``key`` (one or several),
    ``target_group``, ``executed_by``, ``online=True``, ``most_used=True``
    (then by rank), ``limit``. A missing translation is shown in German.
    """
    return listings.services(path, language, **wanted)


def a_to_z(lines, synonyms: bool = True) -> list[tuple[str, list[IndexEntry]]]:
    """Return drawers (letter, entries) of service lines; an entry's target is its line."""
    return group_by_letter(
        (line.title, line, line.keywords[:SYNONYMS] if synonyms else ()) for line in lines
    )


def life_situations_of(path: str, language: str = "de") -> tuple[SituationLine, ...]:
    """Return themes (``parent`` '') and situations in their order."""
    return listings.life_situations(path, language)


def units_of(path: str, language: str = "de", *, key: str | None = None) -> tuple[UnitLine, ...]:
    """Return published offices by name, or the one of a key."""
    return listings.units(path, language, key=key)


def warnings_in_force(
    path: str, moment: datetime | None = None, language: str = "de"
) -> tuple[WarningLine, ...]:
    """Return warnings of a municipality, and Kreis-wide ones of the Kreis, at a moment (default: now)."""
    return listings.warnings(path, language, moment)


def last_turn() -> tuple[int, int]:
    """Return two numbers that change when content comes into force or goes by its dates."""
    return listings.last_turn()


def news_of(path: str, language: str = "de", limit: int | None = None) -> tuple[PageLine, ...]:
    """Return reports, newest first."""
    return listings.news(path, language, limit)


def guides_of(path: str, language: str = "de", life_situation: str | None = None) -> tuple[PageLine, ...]:
    """Return guides by title, all or those of a life situation."""
    query = {"life_situations": life_situation} if life_situation else {}
    return listings.pages(path, "Guide", language, **query)


def pages_of(path: str, language: str = "de", kind: str | None = None) -> tuple[PageLine, ...]:
    """Return information pages, all or those of a kind such as ``imprint``."""
    query = {"catalogue_kind": kind} if kind else {}
    return listings.pages(path, "InformationPage", language, **query)


def section_path(path: str, language: str, kind: str) -> str:
    """Return the path of a municipality's section, as provisioning makes it."""
    return f"{path}/{language}/{SECTION_IDS[language][kind]}"


def brains_of(path: str, portal_type: str, language: str = "de", **query) -> list:
    """Return published catalog entries in force below a path, German where no translation exists."""
    return listings.brains([path], portal_type, language, **query)
