from heinsberg.portal.interfaces import IPortalLayer
from plone.browserlayer.utils import registered_layers


def test_the_profile_installs_the_browser_layer(portal):
    assert IPortalLayer in registered_layers()
