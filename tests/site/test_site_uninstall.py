"""Uninstalling leaves nothing of ours that a stock Plone would trip over."""

from heinsberg.portal.interfaces import IPortalLayer
from plone.browserlayer.utils import registered_layers
from zope.annotation.interfaces import IAnnotations


OURS = {
    "Municipality", "PublicService", "LifeSituation", "OrganisationalUnit",
    "News", "Warning", "Guide", "InformationPage", "Section",
}  # fmt: skip


def test_nothing_of_ours_is_left(portal):
    assert OURS <= set(portal.portal_types.objectIds())
    portal.portal_setup.runAllImportStepsFromProfile("heinsberg.portal:uninstall", purge_old=False)
    assert not OURS & set(portal.portal_types.objectIds())
    assert IPortalLayer not in registered_layers()
    assert "heinsberg_content_workflow" not in portal.portal_workflow.objectIds()
    assert "catalogue_key" not in portal.portal_catalog.indexes()
    assert "catalogue_line" not in portal.portal_catalog.schema()
    assert not [key for key in IAnnotations(portal) if key.startswith("heinsberg.")]
    assert not [name for name in vars(portal) if name.startswith("_heinsberg")]
    assert portal.getLayout() != "entrance"


def test_the_site_can_be_installed_again(portal):
    setup = portal.portal_setup
    setup.runAllImportStepsFromProfile("heinsberg.portal:uninstall", purge_old=False)
    setup.runAllImportStepsFromProfile("heinsberg.portal:default", purge_old=False)
    assert OURS <= set(portal.portal_types.objectIds())
    assert IPortalLayer in registered_layers()
