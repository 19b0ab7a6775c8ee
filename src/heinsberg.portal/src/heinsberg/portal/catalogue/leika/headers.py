"""Which file it is, told by its header line."""

from .errors import CatalogueFileError
from .errors import RowError
from .folding import squeeze
from .records import split_line
from .rows import LEIKA
from .rows import OZG
from .rows import SERVICES
from .rows import SITUATIONS
from dataclasses import dataclass

import re


SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Form:
    """A known table: its columns (squeezed header → field) and which must be there.

    A column that is missing would empty its field in every row, so the columns
    of our own lists are all required; LeiKa's exports come in several widths.
    """

    kind: str
    signature: frozenset[str]
    columns: dict[str, str]
    required: frozenset[str]
    #: Field → header as the source writes it, for messages.
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class Header:
    """The header found: kind of file, separator, field per column ("" if unknown)."""

    kind: str
    separator: str
    fields: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def row_start(self) -> re.Pattern[str]:
        """What a row begins with, its id as group; no match if that is elsewhere."""
        cell = {
            SERVICES: r"99\d{12}|nicht im LeiKa",
            LEIKA: r"99\d{12}",
            OZG: r"\d{5}",
        }.get(self.kind)
        if cell is None or self.fields[0] not in ("key", "ozg_id"):
            return re.compile(r"(?!)")
        return re.compile(rf'^"?({cell})"?{re.escape(self.separator)}')


def _form(kind: str, signature: str, columns: dict[str, str], required: str) -> Form:
    return Form(
        kind,
        frozenset(signature.split()),
        {squeeze(name): field for name, field in columns.items()},
        frozenset(required.split()),
        {field: name for name, field in reversed(columns.items())},
    )


_OZG_COLUMNS = {
    "ozg_id": "ozg_id",
    "lebenslage": "lebenslage",
    "themenfeld": "themenfeld",
}

#: The most telling signature first.
FORMS = (
    _form(
        SERVICES,
        "key",
        _OZG_COLUMNS
        | {
            "leika_key": "key",
            "name": "name",
            "leika_typ": "typ",
            "ozg_leistung": "ozg_leistung",
            "rechtsgrundlagen": "legal_basis",
            "gesetze": "law",
            "gesetzeskuerzel": "abbreviation",
            "relevanz1": "sdg1",
            "relevanz2": "sdg2",
        },
        "key name typ ozg_id ozg_leistung lebenslage themenfeld legal_basis "
        "law abbreviation sdg1 sdg2",
    ),
    _form(
        LEIKA,
        "key",
        {
            "Schluessel": "key",
            "Leistungsschluessel": "key",
            "Bezeichnung": "name",
            "Bezeichnung2": "citizen_name",
            "BezeichnungII": "citizen_name",
            "Typ": "typ",
            "Leistungsgruppierung": "group",
            "Leistungskennung": "identifier",
            "Verrichtung": "action",
            "Verrichtungsdetail": "action_detail",
            "Besondere Merkmale": "features",
            "Synonyme": "synonyms",
            "Veröffentlichungsdatum": "published",
        },
        "key name typ",
    ),
    _form(OZG, "ozg_id", _OZG_COLUMNS | {"name": "name"}, "name lebenslage themenfeld"),
    _form(
        SITUATIONS,
        "lebenslage themenfeld",
        {"lebenslage": "lebenslage", "themenfeld": "themenfeld"},
        "",
    ),
)


def read_header(line: str) -> Header:
    """Return what a header line says, trying each separator.

    Raises CatalogueFileError if no known file begins like this, a required
    column is missing, or a column stands there twice.
    """
    best: tuple[int, Form, str, list[str]] | None = None
    for separator in SEPARATORS:
        names = _names(line, separator)
        for form in FORMS:
            known = {form.columns[name] for name in names if name in form.columns}
            if form.signature <= known and (best is None or len(known) > best[0]):
                best = (len(known), form, separator, names)
    if best is None:
        raise CatalogueFileError(
            "The first line is not the header of a catalogue file: "
            f"“{line.strip()[:120]}”."
        )
    _, form, separator, names = best
    return _checked(form, separator, names)


def _names(line: str, separator: str) -> list[str]:
    try:
        return [squeeze(name) for name in split_line(line, separator)]
    except RowError:
        return []


def _checked(form: Form, separator: str, names: list[str]) -> Header:
    found = tuple(form.columns.get(name, "") for name in names)
    known = [field for field in found if field]
    missing = sorted(form.required - set(known))
    if missing:
        listed = ", ".join(form.labels[field] for field in missing)
        raise CatalogueFileError(f"Columns are missing in the header: {listed}.")
    twice = sorted({field for field in known if known.count(field) > 1})
    if twice:
        listed = ", ".join(form.labels[field] for field in twice)
        raise CatalogueFileError(f"Columns stand in the header twice: {listed}.")
    unknown = tuple(
        name
        for name, field in zip(names, found, strict=True)
        if name and name not in form.columns
    )
    return Header(form.kind, separator, found, unknown)
