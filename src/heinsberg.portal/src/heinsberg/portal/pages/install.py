"""What the room needs in a site: the entrance as its first page."""

from heinsberg.portal.foundation.interfaces import IInstallStep
from heinsberg.portal.foundation.interfaces import IUninstallStep
from heinsberg.portal.outbox import api as outbox
from zope.interface import provider


@provider(IInstallStep)
def install(site) -> None:
    """Make the outbox, and show the entrance at the site's address."""
    outbox.ensure_store(site)
    for name in ("default_page", "layout"):
        if site.hasProperty(name):
            site.manage_delProperties([name])
        if name in site.__dict__:
            delattr(site, name)
    site.setLayout("entrance")
    for name in ("front-page",):
        if name in site.objectIds():
            site.manage_delObjects([name])


@provider(IUninstallStep)
def uninstall(site) -> None:
    """Give the site back its listing."""
    if site.getLayout() == "entrance":
        site.setLayout("listing_view")
