"""Contracts between the rooms and the frame they hang in."""

from zope.interface import Interface


class IInstallStep(Interface):
    """Named utility of a room: ``step(site)`` prepares the site, and may be called again.

    Steps run in the order of their names when the default profile is applied.
    """


class IUninstallStep(Interface):
    """Named utility of a room: ``step(site)`` removes what the room left in the site."""
