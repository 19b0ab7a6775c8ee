"""``@life-situations``: the tree of themes and life situations of a municipality.

On the site itself it is the Kreis's tree: every municipality starts from the
same themes, and the Kreis shows those that no municipality has of its own.
"""

from collections import defaultdict
from collections.abc import Iterable
from heinsberg.portal.catalogue import listings
from heinsberg.portal.catalogue.listings import ServiceLine
from heinsberg.portal.catalogue.listings import SituationLine
from heinsberg.portal.catalogue.navigation import shown_path
from heinsberg.portal.foundation.rest import PortalService
from heinsberg.portal.municipality import api as municipality
from heinsberg.portal.municipality.interfaces import LANGUAGES
from typing import Any
from urllib.parse import quote
from zope.component.hooks import getSite


class LifeSituations(PortalService):
    """GET; ``lang`` chooses the language, by default that of the language folder, else German."""

    public = True
    parameters = ("lang",)

    def stamp(self) -> tuple:
        site = getSite()
        return ("ls", *municipality.counter(site, self._info()), self._language())

    def reply(self) -> dict[str, Any]:
        info, language = self._info(), self._language()
        themes: list[dict[str, Any]] = []
        if info is not None:
            lines = listings.life_situations(info.path, language)
            numbers = service_numbers(lines, listings.services(info.path, language))
            themes = tree(lines, numbers, lambda line: self._address(shown_path(line, language)))
        return {
            "@id": self._address(self._top()) + "/@life-situations",
            "municipality": {"id": info.id, "name": info.name} if info is not None else None,
            "language": language,
            "items": themes,
        }

    def _info(self):
        site = getSite()
        return municipality.current(site, self.context) or municipality.kreis(site)

    def _top(self) -> str:
        """Return the path of the place that was asked: the municipality, or the site."""
        found = municipality.current(getSite(), self.context)
        return found.path if found is not None else "/".join(getSite().getPhysicalPath())

    def _language(self) -> str:
        folder = municipality.language_folder(self.context)
        own = folder.getId() if folder is not None else LANGUAGES[0]
        return self.query.choice("lang", LANGUAGES, own if own in LANGUAGES else LANGUAGES[0])

    def _address(self, path: str) -> str:
        """Return the absolute address at the host that was asked; from settings, not from its header."""
        site = getSite()
        if municipality.home_of_domain(site, self.request) is not None:
            return municipality.canonical(site, path).rstrip("/")
        return municipality.common_url() + quote(path.removeprefix("/".join(site.getPhysicalPath())))


def service_numbers(lines: Iterable[SituationLine], services: Iterable[ServiceLine]) -> dict[str, int]:
    """Return key -> number of services; a theme counts those of its situations, each once."""
    parents = {line.key: line.parent for line in lines}
    found: dict[str, set[str]] = defaultdict(set)
    for service in services:
        for key in service.life_situations:
            found[key].add(service.key)
            if parents.get(key):
                found[parents[key]].add(service.key)
    return {key: len(keys) for key, keys in found.items()}


def tree(lines: Iterable[SituationLine], numbers: dict[str, int], address) -> list[dict[str, Any]]:
    """Return themes with their situations; one whose theme is not shown stands at the top."""
    entries = {line.key: (line, _entry(line, numbers, address)) for line in lines}
    top = []
    for line, entry in entries.values():
        above = entries.get(line.parent)
        (above[1]["items"] if above is not None and line.parent != line.key else top).append(entry)
    return top


def _entry(line: SituationLine, numbers: dict[str, int], address) -> dict[str, Any]:
    return {
        "@id": address(line),
        "key": line.key,
        "title": line.title,
        "description": line.description,
        "icon": line.icon,
        "audience": list(line.audience),
        "language": line.language,
        "services_total": numbers.get(line.key, 0),
        "items": [],
    }
