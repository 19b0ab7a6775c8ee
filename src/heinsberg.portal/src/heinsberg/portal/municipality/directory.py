"""The municipalities of a site as frozen records, read without waking objects twice."""

from dataclasses import dataclass
from heinsberg.portal.municipality import counters
from heinsberg.portal.municipality.interfaces import IMunicipality
from heinsberg.portal.municipality.interfaces import IMunicipalityInfo
from heinsberg.portal.municipality.interfaces import LANGUAGES
from plone.uuid.interfaces import IUUID
from weakref import WeakKeyDictionary
from zope.interface import implementer


@implementer(IMunicipalityInfo)
@dataclass(frozen=True, slots=True)
class MunicipalityInfo:
    """See IMunicipalityInfo."""

    id: str
    uid: str
    path: str
    name: str
    official_name: str
    kind: str
    ags: str
    ars: str
    postal_codes: tuple[str, ...]
    languages: tuple[str, ...]
    origins: tuple[str, ...]
    theme: str | None
    brand: str | None
    accent: str | None
    logo_stamp: str | None
    street: str
    postal_code: str
    city: str
    phone: str
    email: str
    website: str
    latitude: float | None
    longitude: float | None
    population: int | None
    in_name: str
    of_name: str


def _info(obj) -> MunicipalityInfo:
    words = obj.grammar()
    chosen = set(obj.languages or ()) | {"de"}
    logo = obj.logo
    return MunicipalityInfo(
        id=obj.getId(),
        uid=IUUID(obj),
        path="/".join(obj.getPhysicalPath()),
        name=obj.title,
        official_name=words["official_name"],
        kind=obj.kind,
        ags=obj.ags,
        ars=obj.ars,
        postal_codes=tuple(obj.postal_codes or ()),
        languages=tuple(code for code in LANGUAGES if code in chosen),
        origins=obj.origins(),
        theme=obj.theme,
        brand=obj.brand_color,
        accent=obj.accent_color,
        logo_stamp=f"{logo._p_mtime or 0:.0f}" if logo else None,
        street=obj.street or "",
        postal_code=obj.postal_code or "",
        city=obj.city or "",
        phone=obj.phone or "",
        email=obj.email or "",
        website=obj.website or "",
        latitude=obj.latitude,
        longitude=obj.longitude,
        population=obj.population,
        in_name=words["in_name"],
        of_name=words["of_name"],
    )


#: database -> site id -> (counter, records)
_records: WeakKeyDictionary = WeakKeyDictionary()


def municipalities(site) -> tuple[MunicipalityInfo, ...]:
    """Return the municipalities of the site, the Kreis first, then by name."""
    jar = site._p_jar
    if jar is None or counters.bumped(counters.DIRECTORY):
        return _read(site)
    kept = _records.setdefault(jar.db(), {})
    stamp = counters.value(site, counters.DIRECTORY)
    found = kept.get(site.getId())
    if found is None or found[0] != stamp:
        found = kept[site.getId()] = (stamp, _read(site))
    return found[1]


def _read(site) -> tuple[MunicipalityInfo, ...]:
    infos = [_info(obj) for obj in site.objectValues() if IMunicipality.providedBy(obj)]
    return tuple(sorted(infos, key=lambda info: (info.kind != "kreis", _folded(info.name))))


def _folded(name: str) -> str:
    return name.lower().translate(str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "s"}))
