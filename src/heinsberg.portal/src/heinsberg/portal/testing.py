"""The one test layer: the portal as the instance loads it, in one Plone site."""

from contextlib import contextmanager
from plone.app.testing import applyProfile
from plone.app.testing import FunctionalTesting
from plone.app.testing import IntegrationTesting
from plone.app.testing import PLONE_FIXTURE
from plone.app.testing import PloneSandboxLayer
from plone.testing.zope import WSGI_SERVER_FIXTURE
from zope.configuration import xmlconfig

import os


class PortalLayer(PloneSandboxLayer):
    """Loads instance/portal-site.zcml, so what is tested is what runs."""

    defaultBases = (PLONE_FIXTURE,)

    def setUpZope(self, app, configurationContext):
        from heinsberg.portal.foundation import environment

        environment.prepare()
        site = environment.home() / "instance" / "portal-site.zcml"
        xmlconfig.file(str(site), context=configurationContext)
        import heinsberg.portal

        xmlconfig.includeOverrides(
            configurationContext, "overrides.zcml", package=heinsberg.portal
        )
        configurationContext.execute_actions()

        _unregister_language_subscriber()

    def setUpPloneSite(self, portal):
        applyProfile(portal, "plone.app.layout:default")
        applyProfile(portal, "heinsberg.portal:default")


def _unregister_language_subscriber() -> None:
    """Do what <unconfigure> does in the instance.

    Plone's own fixture executes the ZCML of plone.app.multilingual before
    ours is read, so that there is nothing left to unconfigure.
    """
    from plone.app.multilingual.subscriber import change_language_settings
    from plone.i18n.interfaces import ILanguageSchema
    from plone.registry.interfaces import IRecordModifiedEvent
    from zope.component import getGlobalSiteManager

    registries = [getGlobalSiteManager()]
    for registry in registries:
        registry.unregisterHandler(
            change_language_settings, (ILanguageSchema, IRecordModifiedEvent)
        )
        registries.extend(registry.__bases__)


FIXTURE = PortalLayer()
INTEGRATION = IntegrationTesting(bases=(FIXTURE,), name="Portal:Integration")
FUNCTIONAL = FunctionalTesting(
    bases=(FIXTURE, WSGI_SERVER_FIXTURE), name="Portal:Functional"
)


@contextmanager
def environ(**values: str):
    """Set environment variables for the length of a block."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
