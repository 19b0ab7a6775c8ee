"""Checks that need the other municipalities: keys and domains are used once."""

from heinsberg.portal import _
from heinsberg.portal.foundation.errors import PortalError
from heinsberg.portal.municipality import rules
from heinsberg.portal.municipality.interfaces import IMunicipality


class TakenError(PortalError):
    """Another municipality already has this key or domain."""


def check_unique(site, municipality_id: str, ags: str, ars: str, domains: list[str]) -> None:
    """Raise TakenError when a key or domain belongs to another municipality of the site."""
    origins = {rules.normal_origin(domain).split("://")[1] for domain in domains or ()}
    for other in site.objectValues():
        if not IMunicipality.providedBy(other) or other.getId() == municipality_id:
            continue
        if other.ags == ags or other.ars == ars:
            raise TakenError(
                _("${name} already has this AGS or ARS.", mapping={"name": other.title})
            )
        taken = origins & {origin.split("://")[1] for origin in other.origins()}
        if taken:
            raise TakenError(
                _(
                    "${name} already has the domain ${domain}.",
                    mapping={"name": other.title, "domain": sorted(taken)[0]},
                )
            )
