"""Pure rules of the catalogue: no Plone, no database, no clock of the system."""

from heinsberg.portal.catalogue.rules.alphabet import fold
from heinsberg.portal.catalogue.rules.alphabet import group_by_letter
from heinsberg.portal.catalogue.rules.alphabet import IndexEntry
from heinsberg.portal.catalogue.rules.alphabet import letter
from heinsberg.portal.catalogue.rules.alphabet import search_variants
from heinsberg.portal.catalogue.rules.alphabet import sort_key
from heinsberg.portal.catalogue.rules.forms import is_mail_address
from heinsberg.portal.catalogue.rules.forms import is_service_key
from heinsberg.portal.catalogue.rules.forms import is_slug
from heinsberg.portal.catalogue.rules.forms import is_web_address
from heinsberg.portal.catalogue.rules.forms import parse_amount
from heinsberg.portal.catalogue.rules.forms import parse_clock
from heinsberg.portal.catalogue.rules.forms import phone_link
from heinsberg.portal.catalogue.rules.hours import Exceptional
from heinsberg.portal.catalogue.rules.hours import hours_of_week
from heinsberg.portal.catalogue.rules.hours import is_open
from heinsberg.portal.catalogue.rules.hours import Opening
from heinsberg.portal.catalogue.rules.hours import OpenState
from heinsberg.portal.catalogue.rules.words import cost_in_words
from heinsberg.portal.catalogue.rules.words import deadline_in_words
from heinsberg.portal.catalogue.rules.words import duration_in_words
from heinsberg.portal.catalogue.rules.words import euros


__all__ = [
    "Exceptional",
    "IndexEntry",
    "OpenState",
    "Opening",
    "cost_in_words",
    "deadline_in_words",
    "duration_in_words",
    "euros",
    "fold",
    "group_by_letter",
    "hours_of_week",
    "is_mail_address",
    "is_open",
    "is_service_key",
    "is_slug",
    "is_web_address",
    "letter",
    "parse_amount",
    "parse_clock",
    "phone_link",
    "search_variants",
    "sort_key",
]
