"""services.csv and competence.csv: which service which authority offers, and who carries it out."""

from collections.abc import Mapping
from dataclasses import dataclass
from heinsberg.portal.pages.seeding.authorities import Authority
from heinsberg.portal.pages.seeding.tables import read_table
from pathlib import Path

import re


SERVICE_COLUMNS = (
    "id", "leistungsschluessel", "ozg_id", "title", "official_name", "executed_by", "signpost",
    "unit", "life_situations", "target_group", "trust_level", "channel", "keywords", "most_used",
)  # fmt: skip
COMPETENCE_COLUMNS = ("service_id", "municipality_id", "executed_by")
KEY = re.compile(r"^99[0-9]{12}$")


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A row of services.csv."""

    id: str
    leistungsschluessel: str
    ozg_id: str
    title: str
    official_name: str
    executed_by: str
    signpost: bool
    unit: str
    unit_kreis: str
    life_situations: tuple[str, ...]
    target_group: tuple[str, ...]
    trust_level: str
    channel: str
    keywords: tuple[str, ...]
    most_used: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Competence:
    """An exception: who carries out a service in one municipality."""

    executed_by: str
    unit: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A service of an authority: carried out by itself, or a signpost to the Kreis."""

    service: ServiceRow
    own: bool
    unit: str


def read_services(path: Path) -> list[ServiceRow]:
    """Return the list of services; SeedFileError names row and column of what is wrong."""
    found: dict[str, ServiceRow] = {}
    for row in read_table(path, SERVICE_COLUMNS):
        service = _service(row)
        if service.id in found:
            raise row.error("id", f"{service.id!r} stands in line {found[service.id].line} already.")
        found[service.id] = service
    return list(found.values())


def _service(row) -> ServiceRow:
    key = row.text("leistungsschluessel")
    if key and not KEY.match(key):
        raise row.error("leistungsschluessel", f"{key!r} is not a key of 14 digits that begins with 99.")
    groups = row.items("target_group")
    for group in groups:
        if group not in ("citizen", "business"):
            raise row.error("target_group", f"{group!r} is not known. Allowed: citizen, business.")
    return ServiceRow(
        id=row.id("id"),
        leistungsschluessel=key,
        ozg_id=row.text("ozg_id"),
        title=row.required("title"),
        official_name=row.text("official_name"),
        executed_by=row.choice("executed_by", ("municipality", "kreis", "both")),
        signpost=row.choice("signpost", ("yes", "no"), "no") == "yes",
        unit=row.id("unit"),
        unit_kreis=row.id("unit_kreis") if row.text("unit_kreis") else "",
        life_situations=row.ids("life_situations"),
        target_group=groups,
        trust_level=row.choice("trust_level", ("none", "low", "substantial", "high"), "none"),
        channel=row.choice("channel", ("information", "form"), "information"),
        keywords=row.items("keywords"),
        most_used=row.number("most_used", 1, 8),
        line=row.line,
    )


def read_competence(
    path: Path | None, services: list[ServiceRow], authorities: list[Authority]
) -> dict[tuple[str, str], Competence]:
    """Return (service id, municipality id) -> exception; a Kreis without such a file has none."""
    if path is None:
        return {}
    known = {service.id for service in services}
    places = {item.id for item in authorities if item.kind != "kreis"}
    found: dict[tuple[str, str], Competence] = {}
    for row in read_table(path, COMPETENCE_COLUMNS):
        service, place = row.id("service_id"), row.id("municipality_id")
        if service not in known:
            raise row.error("service_id", f"{service!r} is not in services.csv.")
        if place not in places:
            raise row.error("municipality_id", f"{place!r} is no municipality of municipalities.csv.")
        if (service, place) in found:
            raise row.error("municipality_id", f"{service} for {place} is there twice.")
        unit = row.id("unit") if row.text("unit") else ""
        found[service, place] = Competence(row.choice("executed_by", ("municipality", "kreis")), unit)
    return found


def offers(
    authority: Authority,
    services: list[ServiceRow],
    exceptions: Mapping[tuple[str, str], Competence],
    levels: Mapping[str, str],
) -> list[Offer]:
    """Return what an authority offers; ``levels`` says for each unit whether it is of the Kreis."""
    if authority.kind == "kreis":
        return _kreis_offers(services, exceptions, levels)
    found = []
    for service in services:
        exception = exceptions.get((service.id, authority.id))
        executed_by = exception.executed_by if exception else service.executed_by
        if executed_by in ("municipality", "both"):
            unit = (exception.unit if exception else "") or service.unit
            found.append(Offer(service, True, unit))
        elif service.signpost or exception:
            unit = (exception.unit if exception else "") or _kreis_unit(service, levels)
            found.append(Offer(service, False, unit))
    return found


def _kreis_offers(services, exceptions, levels) -> list[Offer]:
    given: dict[str, str] = {}
    for (service_id, _place), exception in exceptions.items():
        if exception.executed_by == "kreis":
            given.setdefault(service_id, exception.unit)
    found = []
    for service in services:
        if service.executed_by in ("kreis", "both"):
            found.append(Offer(service, True, _kreis_unit(service, levels)))
        elif service.id in given:
            found.append(Offer(service, True, given[service.id] or _kreis_unit(service, levels)))
    return found


def _kreis_unit(service: ServiceRow, levels: Mapping[str, str]) -> str:
    """Return the office of the Kreis for a service, '' where the list names none."""
    if service.unit_kreis:
        return service.unit_kreis
    return service.unit if levels.get(service.unit) == "kreis" else ""
