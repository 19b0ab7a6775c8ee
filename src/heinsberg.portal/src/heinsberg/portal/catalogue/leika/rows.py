"""The rows of the shared catalogue: what they hold, how they are packed."""

from .folding import squeeze
from .legal import LegalBasis
from dataclasses import dataclass
from dataclasses import fields
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from typing import Any
from typing import NamedTuple
from typing import TypeAlias

import json
import re


#: Sources of rows. Entries come from two of them and are composed on reading.
SERVICES = "services"
LEIKA = "leika"
OZG = "ozg"
SITUATIONS = "situations"

#: The year the OZG list describes; its rows say so wherever they are shown.
SERVICES_STAND = "2019"

_KEY = re.compile(r"99\d{12}")

#: One source's part of a row: (source, obsolete, values).
Layer: TypeAlias = tuple[str, bool, tuple[Any, ...]]


class Assignment(NamedTuple):
    """The OZG service that a row belongs to, with Lage and Themenfeld."""

    ozg_id: str
    ozg_leistung: str
    lebenslage: str
    themenfeld: str


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A service of the catalogue. Field order is the stored order: append only."""

    id: str
    name: str = ""
    #: LeiKa type: who makes the rules, who carries them out ("2/3", "4b", "1, 2").
    typ: str = ""
    assignments: tuple[Assignment, ...] = ()
    legal_basis: tuple[LegalBasis, ...] = ()
    law: str = ""
    abbreviation: str = ""
    #: Relevant to the Single Digital Gateway (annex I, annex II).
    relevance: tuple[bool, bool] = (False, False)
    citizen_name: str = ""
    synonyms: tuple[str, ...] = ()
    features: str = ""
    #: ISO date on which LeiKa published the row, or empty.
    published: str = ""
    #: What the row describes: a year or an ISO date. Composed, not stored.
    stand: str = ""
    #: The source no longer lists the row. Composed, not stored.
    obsolete: bool = False

    @property
    def leistungsschluessel(self) -> str:
        """The key of 14 digits, empty for a service that LeiKa does not know."""
        return self.id if is_key(self.id) else ""

    @property
    def ozg_id(self) -> str:
        return self._assignment.ozg_id

    @property
    def ozg_leistung(self) -> str:
        return self._assignment.ozg_leistung

    @property
    def lebenslage(self) -> str:
        return self._assignment.lebenslage

    @property
    def themenfeld(self) -> str:
        return self._assignment.themenfeld

    @property
    def content_hash(self) -> str:
        """16 hexadecimal digits that change whenever a stored field changes."""
        text = json.dumps([self.id, pack(self)], ensure_ascii=False)
        return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()

    @property
    def _assignment(self) -> Assignment:
        return self.assignments[0] if self.assignments else Assignment("", "", "", "")


@dataclass(frozen=True, slots=True)
class OzgService:
    """An OZG-Leistung: a bundle of services under one OZG id."""

    id: str
    name: str = ""
    lebenslage: str = ""
    themenfeld: str = ""
    obsolete: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """A Lebens- or Geschäftslage (``id`` is its name) in its Themenfeld."""

    id: str
    themenfeld: str = ""
    obsolete: bool = False


Row: TypeAlias = CatalogueEntry | OzgService | Situation

ROW_TYPES: dict[str, type[Row]] = {
    SERVICES: CatalogueEntry,
    LEIKA: CatalogueEntry,
    OZG: OzgService,
    SITUATIONS: Situation,
}
_COMPOSED = frozenset({"id", "stand", "obsolete"})


def is_key(text: str) -> bool:
    """Say whether a text is a Leistungsschlüssel (99 and twelve more ASCII digits)."""
    return text.isascii() and _KEY.fullmatch(text) is not None


def surrogate_id(name: str) -> str:
    """Return a lasting id for a service without a key, made from its name."""
    spelling = (squeeze(name) or name).encode("utf-8", "replace")
    return f"x-{blake2b(spelling, digest_size=6).hexdigest()}"


@cache
def _stored(row_type: type[Row]) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (field.name, field.default)
        for field in fields(row_type)
        if field.name not in _COMPOSED
    )


def pack(row: Row) -> tuple[Any, ...]:
    """Return the stored values of a row as plain tuples, trailing defaults left out."""
    values = [(getattr(row, name), default) for name, default in _stored(type(row))]
    while values and values[-1][0] == values[-1][1]:
        values.pop()
    return tuple(_plain(value) for value, _ in values)


def _plain(value: Any) -> Any:
    return tuple(_plain(part) for part in value) if isinstance(value, tuple) else value


def unpack(row_type: type[Row], row_id: str, values: tuple[Any, ...]) -> Row:
    """Return the row that was packed; fields added since have their default."""
    stored = dict(zip((name for name, _ in _stored(row_type)), values, strict=False))
    if row_type is CatalogueEntry:
        stored["assignments"] = tuple(
            Assignment(*part) for part in stored.get("assignments", ())
        )
        stored["legal_basis"] = tuple(
            LegalBasis(*part) for part in stored.get("legal_basis", ())
        )
    return row_type(id=row_id, **stored)


def compose(row_id: str, layers: tuple[Layer, ...]) -> Row:
    """Return the row that its sources make together.

    LeiKa itself, where it was imported, has the last word on what it states;
    the OZG list adds assignment and law. A source that dropped the row is heard
    only if all did, and then the row is obsolete.
    """
    heard = [layer for layer in layers if not layer[1]] or list(layers)
    obsolete = all(layer[1] for layer in layers)
    heard.sort(key=lambda layer: layer[0] == LEIKA)
    row = unpack(ROW_TYPES[heard[0][0]], row_id, heard[0][2])
    if not isinstance(row, CatalogueEntry):
        return replace(row, obsolete=obsolete)
    stand = SERVICES_STAND if heard[0][0] == SERVICES else row.published
    for _, _, values in heard[1:]:
        above = unpack(CatalogueEntry, row_id, values)
        given = {
            name: getattr(above, name)
            for name, default in _stored(CatalogueEntry)
            if getattr(above, name) != default
        }
        row = replace(row, **given)
        stand = above.published or stand
    return replace(row, stand=stand, obsolete=obsolete)
