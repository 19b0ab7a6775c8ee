"""Names that every room and every test may rely on."""

from zope.publisher.interfaces.browser import IDefaultBrowserLayer


class IPortalLayer(IDefaultBrowserLayer):
    """Browser layer: the profile of the portal is installed in this site."""
