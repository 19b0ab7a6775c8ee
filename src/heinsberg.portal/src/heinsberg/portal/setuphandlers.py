"""What a profile cannot say in XML."""

from plone.base.interfaces import INonInstallable
from zope.interface import implementer


@implementer(INonInstallable)
class HiddenProfiles:
    """Keep the uninstall profile and the Kreis profiles out of the add-ons panel."""

    def getNonInstallableProfiles(self) -> list[str]:
        return ["heinsberg.portal:uninstall", "heinsberg.portal:kreis-heinsberg"]

    def getNonInstallableProducts(self) -> list[str]:
        return []


def after_install(setup_tool) -> None:
    """Finish what the default profile began."""


def after_uninstall(setup_tool) -> None:
    """Remove what the uninstall profile cannot name."""
