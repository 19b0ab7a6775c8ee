"""All seed files of a Kreis, read and checked before the first object is made."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from heinsberg.portal.pages.seeding import articles
from heinsberg.portal.pages.seeding import offices
from heinsberg.portal.pages.seeding.authorities import Authority
from heinsberg.portal.pages.seeding.authorities import read_authorities
from heinsberg.portal.pages.seeding.competence import Offer
from heinsberg.portal.pages.seeding.competence import offers
from heinsberg.portal.pages.seeding.competence import read_competence
from heinsberg.portal.pages.seeding.competence import read_services
from heinsberg.portal.pages.seeding.competence import ServiceRow
from heinsberg.portal.pages.seeding.errors import SeedFileError
from heinsberg.portal.pages.seeding.files import Sources
from heinsberg.portal.pages.seeding.situations import read_situations
from heinsberg.portal.pages.seeding.situations import Situation
from heinsberg.portal.pages.seeding.texts import read_texts
from heinsberg.portal.pages.seeding.texts import ServiceTexts


@dataclass(frozen=True, slots=True)
class Plan:
    """What the files ask for."""

    authorities: list[Authority]
    offers: dict[str, list[Offer]]
    texts: dict[str, ServiceTexts]
    units: dict[str, offices.Unit]
    local: dict[str, offices.Local]
    situations: tuple[Situation, ...]
    pages: list[articles.Article]
    guides: list[articles.Article]
    news: list[articles.Article]
    warnings: list[articles.Notice]

    @property
    def kreis(self) -> Authority:
        """Return the Kreis."""
        return self.authorities[0]

    def units_of(self, authority: Authority) -> list[offices.Unit]:
        """Return the offices of an authority: those of its level that carry out one of its services."""
        level = "kreis" if authority.kind == "kreis" else "municipality"
        local = self.local[authority.id]
        used = {offer.unit for offer in self.offers[authority.id] if offer.own}
        return [
            offices.localised(unit, local.units.get(unit.key))
            for unit in self.units.values()
            if unit.level == level and (unit.key in used or unit.key in local.units)
        ]


def read_plan(sources: Sources, limit: int | None = None) -> Plan:
    """Return everything the files ask for.

    ``limit`` takes the first services of each authority only, and the life
    situations that these need: a small portal for tests.
    """
    authorities = read_authorities(sources.own("municipalities.csv"))
    services = read_services(sources.require("services.csv"))
    ids = {service.id for service in services}
    units = offices.read_units(sources)
    situations = read_situations(sources)
    _check_services(services, units, situations)
    exceptions = read_competence(sources.find("competence.csv"), services, authorities)
    _check_units(exceptions, units)
    levels = {key: unit.level for key, unit in units.items()}
    places = {item.id for item in authorities}
    offered = {item.id: _first(offers(item, services, exceptions, levels), limit) for item in authorities}
    if limit is not None:
        situations = needed(situations, offered)
    return Plan(
        authorities=authorities,
        offers=offered,
        texts=read_texts(sources),
        units=units,
        local={item.id: offices.read_local(sources, item.id, units, ids) for item in authorities},
        situations=situations,
        pages=articles.read_pages(sources),
        guides=articles.read_guides(sources, ids),
        news=articles.read_news(sources, places),
        warnings=articles.read_warnings(sources, places, authorities[0].id),
    )


def _first(found: list[Offer], limit: int | None) -> list[Offer]:
    """Return a small part for tests, signposts included."""
    if limit is None:
        return found
    signposts = [offer for offer in found if not offer.own][: max(1, limit // 5)]
    own = [offer for offer in found if offer.own][: limit - len(signposts)]
    return own + signposts


def needed(situations: tuple[Situation, ...], offered: Mapping[str, list[Offer]]) -> tuple[Situation, ...]:
    """Return the life situations in which one of the services stands, with their themes."""
    used = {key for found in offered.values() for offer in found for key in offer.service.life_situations}

    def trimmed(item: Situation) -> Situation:
        children = tuple(trimmed(child) for child in item.children if child.key in used)
        return replace(item, children=children, related=tuple(key for key in item.related if key in used))

    return tuple(trimmed(theme) for theme in situations if theme.key in used or any(c.key in used for c in theme.children))


def _check_services(services: Iterable[ServiceRow], units, situations) -> None:
    keys = {item.key for theme in situations for item in (theme, *theme.children)}
    for service in services:
        for column in ("unit", "unit_kreis"):
            value = getattr(service, column)
            if value and value not in units:
                raise SeedFileError(
                    "services.csv", f"{value!r} is no office of units.yaml.", line=service.line, column=f"column {column}"
                )
        for key in service.life_situations:
            if key not in keys:
                raise SeedFileError(
                    "services.csv", f"{key!r} is no life situation of life_situations.yaml.",
                    line=service.line, column="column life_situations",
                )  # fmt: skip


def _check_units(exceptions, units) -> None:
    for (service_id, place), exception in exceptions.items():
        if exception.unit and exception.unit not in units:
            raise SeedFileError("competence.csv", f"{exception.unit!r} ({service_id}, {place}) is no office of units.yaml.")
