"""Contracts between the rooms and the frame they hang in."""

from zope.interface import Attribute
from zope.interface import Interface


class IInstallStep(Interface):
    """Named utility of a room: ``step(site)`` prepares the site, and may be called again.

    Steps run in the order of their names when the default profile is applied.
    """


class IUninstallStep(Interface):
    """Named utility of a room: ``step(site)`` removes what the room left in the site."""


class IPublicPage(Interface):
    """Marker of views that visitors may open, also on a municipality's own domain."""


class IPublicService(Interface):
    """Marker of REST services that visitors' clients may call, also on a municipality's own domain."""


class IOpenAPIFragment(Interface):
    """Named utility of a room: what it adds to the description of the REST services.

    See ``foundation.openapi.Fragment``, which implements it.
    """

    paths = Attribute("'/@name' -> path item, for services below the site and any municipality")
    site_paths = Attribute("the same for services that only the site itself has")
    schemas = Attribute("name -> JSON schema, for #/components/schemas")
