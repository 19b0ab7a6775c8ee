"""See the package."""

from heinsberg.portal import logger
from heinsberg.portal.foundation.interfaces import IInstallStep
from zope.component import getUtilitiesFor
from zope.component.hooks import getSite


def run_install_steps(setup_tool) -> None:
    """Call every room's install step; each leaves what it finds."""
    names = []
    for name, step in sorted(getUtilitiesFor(IInstallStep)):
        step(getSite())
        names.append(name)
    logger.info("upgraded to=20261122002 steps=%s", ",".join(names))
