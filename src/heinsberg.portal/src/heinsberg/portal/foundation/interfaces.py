"""Contracts between the rooms and the frame they hang in."""

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
