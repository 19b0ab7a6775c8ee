"""``@service-search``: services by words and filters, in plone.restapi's batched form.

On a municipality only its own services; on the site those of all
municipalities, each with the municipality's name. An unknown parameter is
refused, since a misspelt filter would find everything.
"""

from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.foundation.batching import batch
from heinsberg.portal.foundation.rest import PortalService
from heinsberg.portal.municipality import api as municipality
from heinsberg.portal.municipality.interfaces import LANGUAGES
from heinsberg.portal.search.finding import Hit
from heinsberg.portal.search.query import LENGTH
from heinsberg.portal.search.services import find_services
from heinsberg.portal.search.services import ServiceQuery
from typing import Any
from urllib.parse import quote
from zope.component.hooks import getSite

import re


SIZE, LARGEST, FURTHEST = 20, 100, 100_000
TARGET_GROUPS = ("citizen", "business")
EXECUTED_BY = ("own", "kreis", "other")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_SCHLUESSEL = re.compile(r"[0-9]{14}")


class ServiceSearch(PortalService):
    """GET; see the fragment for the parameters."""

    public = True
    parameters = (
        "SearchableText", "life_situation", "unit", "target_group", "online", "executed_by",
        "leistungsschluessel", "lang", "b_start", "b_size",
    )  # fmt: skip

    def stamp(self) -> tuple:
        site, info = getSite(), self._info()
        if info is not None:
            return ("ss", *municipality.counter(site, info))
        # Whichever municipality changes, the list of all of them does.
        return ("ss", *(municipality.counter(site, one)[0] for one in municipality.municipalities(site)),
                *municipality.counter(site, None))  # fmt: skip

    def reply(self) -> dict[str, Any]:
        site, info, language = getSite(), self._info(), self._language()
        query, given = self._wanted()
        start = self.query.number("b_start", 0, FURTHEST, 0)
        size = self.query.number("b_size", 1, LARGEST, SIZE)
        root = "/".join(site.getPhysicalPath())
        kreis = municipality.kreis(site)
        top = info.path if info is not None else root
        tree = info.path if info is not None else kreis.path if kreis is not None else root
        hits, partial = find_services(top, query, language, tree)
        address = self._address(top) + "/@service-search"
        answer = batch(address, given, len(hits), start, size)
        answer["partial"] = partial
        answer["items"] = [self._item(site, hit, language) for hit in hits[start : start + size]]
        return answer

    def _wanted(self) -> tuple[ServiceQuery, dict[str, str]]:
        """Return the query, and the parameters as they were given, for addresses."""
        read = self.query
        query = ServiceQuery(
            text=read.text("SearchableText", LENGTH),
            life_situation=read.matching("life_situation", _KEY),
            unit=read.matching("unit", _KEY),
            target_group=read.choice("target_group", TARGET_GROUPS),
            executed_by=read.choice("executed_by", EXECUTED_BY),
            leistungsschluessel=read.matching("leistungsschluessel", _SCHLUESSEL, 14),
            online=read.flag("online"),
        )
        names = [name for name in self.parameters if name not in ("b_start", "b_size")]
        return query, {name: value for name in names if (value := read.text(name))}

    def _info(self):
        """Return the municipality that is searched, None for all; on its domain never another."""
        site = getSite()
        home = municipality.home_of_domain(site, self.request)
        return home or municipality.current(site, self.context)

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

    def _item(self, site, hit: Hit, language: str) -> dict[str, Any]:
        info = municipality.owner(site, hit.path)
        return {
            "@id": self._address(catalogue.shown_path(hit, language)),
            "key": hit.key,
            "title": hit.title,
            "teaser": hit.teaser,
            "municipality": {"id": info.id, "name": info.name} if info is not None else None,
            "executed_by": hit.executed_by,
            "online": hit.online,
            "trust": hit.trust or None,
            "leistungsschluessel": hit.leistungsschluessel,
            "language": hit.language,
            "life_situations": list(hit.life_situations),
        }
