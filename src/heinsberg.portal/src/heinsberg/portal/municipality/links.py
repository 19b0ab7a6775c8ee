"""Addresses: right on the common address and on each municipality's own domain.

Links inside an address are path-absolute, so they hold for every host and
scheme and no Host header of a visitor reaches a page or a cache. Only links
to another municipality's domain, canonical links and mail carry an origin,
and that comes from settings.
"""

from heinsberg.portal.foundation.settings import settings
from heinsberg.portal.municipality.directory import municipalities
from heinsberg.portal.municipality.directory import MunicipalityInfo
from urllib.parse import quote
from urllib.parse import urlsplit


def site_path(site) -> str:
    return "/".join(site.getPhysicalPath())


def common_url() -> str:
    """Return the portal's common address without a slash at the end."""
    return settings().portal_url.rstrip("/")


def owner(site, path: str) -> MunicipalityInfo | None:
    """Return the municipality that a physical path lies in."""
    parts = path.removeprefix(site_path(site) + "/").split("/")
    if not path.startswith(site_path(site) + "/"):
        return None
    for info in municipalities(site):
        if info.id == parts[0]:
            return info
    return None


def home_of_domain(site, request) -> MunicipalityInfo | None:
    """Return the municipality whose own domain serves this request, by the virtual root."""
    root = request.other.get("VirtualRootPhysicalPath", ("",))
    if len(root) < 3:
        return None
    if root[1] != site.getId():
        return None
    return next((info for info in municipalities(site) if info.id == root[2]), None)


def link(site, request, path: str) -> str:
    """Return the link from this request's page to a physical path.

    ``/portal/erkelenz/de`` or ``/de`` inside one address; with the origin of
    the other municipality's domain when the path is not served here.
    """
    here = home_of_domain(site, request)
    if here is not None and path != here.path and not path.startswith(here.path + "/"):
        return canonical(site, path)
    return request.physicalPathToURL(path, relative=1) or "/"


def canonical(site, path: str) -> str:
    """Return the one address that search engines and mails are given."""
    info = owner(site, path)
    if info is not None and info.origins:
        return info.origins[0] + quote(path.removeprefix(info.path))
    return common_url() + quote(path.removeprefix(site_path(site)))


def key(request) -> tuple:
    """Return what of an address changes the links of a page: its virtual root and prefix, no host."""
    return (
        request.other.get("VirtualRootPhysicalPath", ("",)),
        tuple(getattr(request, "_script", ())),
    )


def known_hosts(site) -> frozenset[str]:
    """Return every host the portal is served under."""
    hosts = {urlsplit(common_url()).netloc}
    for info in municipalities(site):
        hosts.update(urlsplit(origin).netloc for origin in info.origins)
    return frozenset(hosts)
