"""``@openapi``: the description of all our REST services, as OpenAPI 3.1.

At the portal it names every municipality as a server, at a municipality only
that one: what lies below another address is no business of a client there.
"""

from heinsberg.portal.foundation.interfaces import IOpenAPIFragment
from heinsberg.portal.foundation.openapi import document
from heinsberg.portal.foundation.openapi import server
from heinsberg.portal.foundation.rest import PortalService
from heinsberg.portal.municipality import api as municipality
from importlib.metadata import version
from typing import Any
from urllib.parse import quote
from zope.component import getUtilitiesFor
from zope.component.hooks import getSite


TITLE = "Service portal"


class OpenAPI(PortalService):
    """GET, for everybody."""

    public = True

    def stamp(self) -> tuple:
        info = self._info()
        return ("oa", version("heinsberg.portal"), *municipality.counter(getSite(), info))

    def reply(self) -> dict[str, Any]:
        _ = self.query  # refuses parameters: there are none
        site, info = getSite(), self._info()
        own_domain = municipality.home_of_domain(site, self.request) is not None
        site_server = server(municipality.common_url(), "The portal: all municipalities")
        return document(
            [utility for _name, utility in sorted(getUtilitiesFor(IOpenAPIFragment))],
            [self._server(site, info)] if info is not None else [site_server, *self._servers(site)],
            None if own_domain else site_server,
            title=f"{TITLE}: {info.official_name}" if info is not None else TITLE,
            version=version("heinsberg.portal"),
        )

    def _info(self):
        site = getSite()
        return municipality.home_of_domain(site, self.request) or municipality.current(site, self.context)

    def _servers(self, site) -> list[dict[str, str]]:
        return [self._server(site, info) for info in municipality.municipalities(site)]

    def _server(self, site, info) -> dict[str, str]:
        """Return a municipality's address: its own domain where it has one, else at the common address."""
        if info.origins:
            return server(municipality.canonical(site, info.path).rstrip("/"), info.official_name)
        return server(f"{municipality.common_url()}/{quote(info.id)}", info.official_name)
