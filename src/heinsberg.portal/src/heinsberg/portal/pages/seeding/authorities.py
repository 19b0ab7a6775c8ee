"""municipalities.csv: the authorities of a Kreis, ours and the official registers' columns."""

from dataclasses import dataclass
from heinsberg.portal.municipality import api as municipality
from heinsberg.portal.municipality.interfaces import KINDS
from heinsberg.portal.municipality.interfaces import LANGUAGES
from heinsberg.portal.pages.seeding.errors import SeedFileError
from heinsberg.portal.pages.seeding.tables import read_table
from heinsberg.portal.pages.seeding.tables import Row
from pathlib import Path

import re
import unicodedata


#: Headings of the official registers -> ours.
ALIASES = {
    "plz": "postal_codes",
    "rathaus_strasse": "street",
    "rathaus_plz": "postal_code",
    "gemeindetyp_go_nrw": "gemeindetyp",
    "url": "website",
    "population_geonames": "population",
    "domains": "domain",
}
REQUIRED = ("name", "ags", "ars", "postal_codes", "street", "postal_code", "email")

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Authority:
    """One row: values of the fields of a Municipality."""

    id: str
    name: str
    official_name: str
    kind: str
    ags: str
    ars: str
    postal_codes: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    population: int | None
    street: str
    postal_code: str
    city: str
    phone: str
    email: str
    website: str
    theme: str
    brand: str
    domains: tuple[str, ...]
    languages: tuple[str, ...]

    def fields(self) -> dict:
        """Return what the content type stores."""
        return {
            "title": self.name,
            "official_name": self.official_name or None,
            "kind": self.kind,
            "ags": self.ags,
            "ars": self.ars,
            "postal_codes": list(self.postal_codes),
            "languages": list(self.languages),
            "population": self.population,
            "street": self.street,
            "postal_code": self.postal_code,
            "city": self.city,
            "phone": self.phone or None,
            "email": self.email,
            "website": self.website or None,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "theme": self.theme or None,
            "brand_color": self.brand or None,
            "domains": list(self.domains),
        }


def read_authorities(path: Path) -> list[Authority]:
    """Return the authorities, the Kreis first; SeedFileError names row and column of what is wrong."""
    rows = read_table(path, REQUIRED, ALIASES)
    found: dict[str, tuple[int, Authority]] = {}
    for row in rows:
        authority = _authority(row)
        _unique(row, authority, found)
        found[authority.id] = (row.line, authority)
    authorities = [authority for _line, authority in found.values()]
    _one_kreis(path.name, authorities)
    return sorted(authorities, key=lambda item: item.kind != "kreis")


def slug(name: str) -> str:
    """Return an id for a name: Übach-Palenberg becomes uebach-palenberg."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_UMLAUTS))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def _authority(row: Row) -> Authority:
    name = row.required("name")
    kind = _kind(row, name)
    ags, ars = _keys(row, kind)
    return Authority(
        id=row.id("id") if row.text("id") else ("kreis" if kind == "kreis" else slug(name)),
        name=name,
        official_name=row.text("official_name"),
        kind=kind,
        ags=ags,
        ars=ars,
        # A Kreis has none of its own: a postal code leads to towns.
        postal_codes=() if kind == "kreis" and not row.text("postal_codes") else _postal_codes(row, row.items("postal_codes")),
        latitude=_degrees(row, "lat", 90),
        longitude=_degrees(row, "lon", 180),
        # The registers write 0 where they do not know the number.
        population=row.number("population", 0, 20_000_000) or None,
        street=row.required("street", "Write street and number of the town hall."),
        postal_code=_postal_codes(row, (row.required("postal_code"),), "postal_code")[0],
        city=row.required("city") if row.has("city") else name,
        phone=row.text("phone"),
        email=_email(row),
        website=_website(row),
        theme=row.text("theme"),
        brand=_brand(row),
        domains=_domains(row),
        languages=_languages(row),
    )


def _brand(row: Row) -> str:
    """Return the brand colour; one that cannot be read is an error that names the nearest that can."""
    value = row.text("brand")
    if not value:
        return ""
    try:
        return municipality.check_brand(value)
    except municipality.ContrastError as error:
        raise row.error("brand", f"{value} is too light on white. The nearest colour that passes is {error.suggestion}.") from error
    except ValueError as error:
        raise row.error("brand", "is no colour like #004f9f.") from error


def _kind(row: Row, name: str) -> str:
    """Return the kind; empty is not a default, since grammar and competence hang on it."""
    if row.text("kind"):
        return row.choice("kind", KINDS)
    official = f"{row.text('gemeindetyp')} ".lower()
    for word in KINDS:
        if re.search(rf"(?:^|[\s-]){word}\s", official):
            return word
    first = row.text("official_name").split(" ")[0].lower()
    if first in KINDS:
        return first
    raise row.error(
        "kind",
        f"cannot be told for {name}. Write stadt, gemeinde or kreis, or an official_name "
        "that begins with Stadt, Gemeinde or Kreis.",
    )


def _keys(row: Row, kind: str) -> tuple[str, str]:
    ags, ars = row.required("ags"), row.required("ars")
    problem = municipality.ags_problem(ags, kind)
    if problem == "ags_kind":
        raise row.error("ags", f"{ags!r} does not fit kind {kind}: the AGS of a Kreis ends in 000, no other does.")
    if problem:
        hint = " The leading zero is missing: format the column as text." if len(ags) == 7 else ""
        raise row.error("ags", f"{ags!r} is not an AGS of eight digits such as 05370004.{hint}")
    if municipality.ars_problem(ars, ags):
        raise row.error("ars", f"{ars!r} is not the ARS of AGS {ags}: twelve digits, of which the first five and last three are the same.")
    return ags, ars


def _postal_codes(row: Row, codes, column: str = "postal_codes") -> tuple[str, ...]:
    if not codes:
        raise row.error(column, "is empty. Write at least one postal code.")
    for code in codes:
        if not municipality.is_postal_code(code):
            raise row.error(column, f"{code!r} is not a postal code of five digits.")
    return tuple(dict.fromkeys(codes))


def _degrees(row: Row, column: str, limit: int) -> float | None:
    value = row.text(column).replace(",", ".")
    if not value:
        return None
    try:
        number = float(value)
    except ValueError as error:
        raise row.error(column, f"{value!r} is not a number of degrees such as 51.0794.") from error
    if not -limit <= number <= limit:
        raise row.error(column, f"{value!r} lies outside -{limit} to {limit}.")
    return number


def _email(row: Row) -> str:
    value = row.required("email", "Write the address of the authority's mailbox.")
    if not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+", value):
        raise row.error("email", f"{value!r} is not an e-mail address.")
    return value


def _website(row: Row) -> str:
    value = row.text("website")
    if value and "://" not in value:
        value = f"https://{value if value.startswith('www.') else 'www.' + value}"
    if value and not value.startswith(("https://", "http://")):
        raise row.error("website", f"{value!r} is not a web address.")
    return value


def _domains(row: Row) -> tuple[str, ...]:
    for domain in row.items("domain"):
        try:
            municipality.normal_origin(domain)
        except ValueError as error:
            raise row.error("domain", f"{domain!r} is not a domain such as service.example.de.") from error
    return row.items("domain")


def _languages(row: Row) -> tuple[str, ...]:
    chosen = row.items("languages") or LANGUAGES
    for code in chosen:
        if code not in LANGUAGES:
            raise row.error("languages", f"{code!r} is not offered. Allowed: {', '.join(LANGUAGES)}.")
    return tuple(code for code in LANGUAGES if code == "de" or code in chosen)


def _unique(row: Row, authority: Authority, found: dict[str, tuple[int, Authority]]) -> None:
    for line, other in found.values():
        for column in ("id", "ags", "ars"):
            value = getattr(authority, column)
            if value == getattr(other, column):
                raise row.error(column, f"{value!r} stands in line {line} already ({other.name}).")


def _one_kreis(file: str, authorities: list[Authority]) -> None:
    count = sum(item.kind == "kreis" for item in authorities)
    if count != 1:
        raise SeedFileError(file, f"has {count} rows of kind kreis. It needs exactly one.")
