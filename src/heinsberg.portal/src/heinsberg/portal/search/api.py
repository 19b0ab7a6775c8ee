"""Front door of the room: find what is published in a municipality.

>>> page = api.find(site, info, Query("perso"), "de")   # doctest: +SKIP
"""

from heinsberg.portal.search.finding import find
from heinsberg.portal.search.finding import Hit
from heinsberg.portal.search.finding import Page
from heinsberg.portal.search.query import Query
from heinsberg.portal.search.query import terms
from heinsberg.portal.search.services import find_services
from heinsberg.portal.search.services import ServiceQuery


__all__ = ["Hit", "Page", "Query", "ServiceQuery", "find", "find_services", "terms"]
