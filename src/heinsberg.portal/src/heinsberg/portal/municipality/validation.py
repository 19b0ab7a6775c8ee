"""Checks that need the other municipalities: keys and domains are used once."""

from heinsberg.portal import _
from heinsberg.portal.foundation.errors import PortalError
from heinsberg.portal.foundation.settings import settings
from heinsberg.portal.municipality import rules
from heinsberg.portal.municipality.interfaces import IMunicipality
from urllib.parse import urlsplit


class TakenError(PortalError):
    """Another municipality already has this key or domain."""


def check_unique(site, municipality_id: str, ags: str, ars: str, domains: list[str]) -> None:
    """Raise TakenError when a key or domain belongs to another municipality or to the portal.

    Hosts count without their port: cookies and proxies know no ports.
    """
    hosts = {_host(rules.normal_origin(domain)) for domain in domains or ()}
    if _host(settings().portal_url) in hosts:
        raise TakenError(_("This is the common address of the portal."))
    for other in site.objectValues():
        if not IMunicipality.providedBy(other) or other.getId() == municipality_id:
            continue
        if other.ags == ags or other.ars == ars:
            raise TakenError(
                _("${name} already has this AGS or ARS.", mapping={"name": other.title})
            )
        taken = hosts & {_host(origin) for origin in other.origins()}
        if taken:
            raise TakenError(
                _(
                    "${name} already has the domain ${domain}.",
                    mapping={"name": other.title, "domain": sorted(taken)[0]},
                )
            )


def _host(origin: str) -> str:
    return (urlsplit(origin).hostname or "").lower()
