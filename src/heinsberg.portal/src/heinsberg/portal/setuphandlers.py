"""What a profile cannot say in XML."""

from heinsberg.portal.foundation.interfaces import IInstallStep
from heinsberg.portal.foundation.interfaces import IUninstallStep
from plone.base.interfaces import INonInstallable
from Products.GenericSetup import profile_registry
from zope.component import getUtilitiesFor
from zope.component.hooks import getSite
from zope.interface import implementer


#: Profiles of the Kreise: one per site, chosen at its making.
KREIS = "heinsberg.portal:kreis-"
PERMISSIONS = "_heinsberg_portal__"
ROLES = ("MunicipalityAdmin",)


@implementer(INonInstallable)
class HiddenProfiles:
    """Keep the uninstall profile and the Kreis profiles out of the add-ons panel."""

    def getNonInstallableProfiles(self) -> list[str]:
        ours = [name for name in profile_registry.listProfiles() if name.startswith(KREIS)]
        return ["heinsberg.portal:uninstall", *ours]

    def getNonInstallableProducts(self) -> list[str]:
        return []


def after_install(setup_tool) -> None:
    """Run the install step of every room, in the order of their names."""
    site = getSite()
    for _name, step in sorted(getUtilitiesFor(IInstallStep)):
        step(site)


def after_uninstall(setup_tool) -> None:
    """Let every room remove what the uninstall profile cannot name."""
    site = getSite()
    for _name, step in sorted(getUtilitiesFor(IUninstallStep), reverse=True):
        step(site)
    # Who may what, and our role: GenericSetup can set these, not take them back.
    for name in [name for name in vars(site) if name.startswith(PERMISSIONS)]:
        delattr(site, name)
    roles = [role for role in site.__ac_roles__ if role not in ROLES]
    site.__ac_roles__ = tuple(roles)
