"""Front door of the room: which municipality, its facts, its addresses.

>>> info = api.current(context, request)   # doctest: +SKIP
>>> api.link(site, request, info.path)     # doctest: +SKIP
"""

from Acquisition import aq_chain
from Acquisition import aq_inner
from heinsberg.portal.municipality import bundle
from heinsberg.portal.municipality import counters
from heinsberg.portal.municipality.directory import municipalities
from heinsberg.portal.municipality.directory import MunicipalityInfo
from heinsberg.portal.municipality.interfaces import IMunicipality
from heinsberg.portal.municipality.links import canonical
from heinsberg.portal.municipality.links import common_url
from heinsberg.portal.municipality.links import home_of_domain
from heinsberg.portal.municipality.links import key as address_key
from heinsberg.portal.municipality.links import known_hosts
from heinsberg.portal.municipality.links import link
from heinsberg.portal.municipality.links import owner
from heinsberg.portal.municipality.palette import check_brand
from heinsberg.portal.municipality.palette import ContrastError
from heinsberg.portal.municipality.palette import stylesheet as palette_stylesheet
from heinsberg.portal.municipality.rules import ags_problem
from heinsberg.portal.municipality.rules import ars_problem
from heinsberg.portal.municipality.rules import is_postal_code
from heinsberg.portal.municipality.rules import normal_origin
from heinsberg.portal.municipality.theming import installed_themes
from heinsberg.portal.municipality.theming import theme_of
from plone.app.multilingual.interfaces import ILanguageRootFolder


__all__ = [
    "ContrastError",
    "MunicipalityInfo",
    "address_key",
    "ags_problem",
    "ars_problem",
    "asset_link",
    "canonical",
    "check_brand",
    "changing",
    "common_url",
    "counter",
    "current",
    "home_of_domain",
    "installed_themes",
    "is_municipality",
    "is_postal_code",
    "known_hosts",
    "kreis",
    "language_folder",
    "language_folder_of",
    "link",
    "logo_link",
    "municipalities",
    "nearest",
    "normal_origin",
    "owner",
    "palette_stylesheet",
    "theme_of",
    "touch",
    "touch_shared",
]


def nearest(context):
    """Return the municipality object that a context lies in, or None.

    Walks containment to IMunicipality; the navigation root will not do,
    because every language folder is one.
    """
    for parent in aq_chain(aq_inner(context)):
        if IMunicipality.providedBy(parent):
            return parent
    return None


def current(site, context) -> MunicipalityInfo | None:
    """Return the facts of the municipality that a context lies in."""
    found = nearest(context)
    if found is None:
        return None
    wanted = found.getId()
    return next((info for info in municipalities(site) if info.id == wanted), None)


def kreis(site) -> MunicipalityInfo | None:
    """Return the Kreis of the site."""
    return next((info for info in municipalities(site) if info.kind == "kreis"), None)


def language_folder(context):
    """Return the language folder that a context lies in, or None."""
    for parent in aq_chain(aq_inner(context)):
        if ILanguageRootFolder.providedBy(parent):
            return parent
        if IMunicipality.providedBy(parent):
            return None
    return None


def language_folder_of(obj):
    """Return the object itself where it is a language folder, else None."""
    return obj if ILanguageRootFolder.providedBy(obj) else None


def is_municipality(obj) -> bool:
    """Whether an object is a municipality."""
    return IMunicipality.providedBy(obj)


def counter(site, info: MunicipalityInfo | None) -> tuple[int, int, int]:
    """Return what a cached page of the municipality depends on: its own, the shared and the directory counter."""
    own = counters.value(site, info.id) if info is not None else 0
    return (own, counters.value(site, counters.SHARED), counters.value(site, counters.DIRECTORY))


def changing() -> bool:
    """Whether this transaction changed public content, so that nothing made in it may be kept."""
    return bool(counters.bumped_names())


def touch(site, municipality_id: str) -> None:
    """Say that public content of a municipality changed; once per transaction."""
    counters.bump(site, municipality_id)


def touch_shared(site) -> None:
    """Say that something every municipality shows has changed."""
    counters.bump(site, counters.SHARED)


def asset_link(site, request, info: MunicipalityInfo | None, name: str) -> str:
    """Return the link to a file of the themes for a municipality's pages; its hash is in the path."""
    path = info.path if info is not None else "/".join(site.getPhysicalPath())
    base = link(site, request, path).rstrip("/")
    return f"{base}/@@assets/{bundle.digest(info, name)}/{name}"


def logo_link(site, request, info: MunicipalityInfo | None) -> str:
    """Return the link to a municipality's logo: the uploaded one, else that of its theme."""
    if info is not None and info.logo_stamp is not None:
        base = link(site, request, info.path).rstrip("/")
        return f"{base}/@@assets/{info.logo_stamp}/logo"
    return asset_link(site, request, info, "theme/logo.svg")
