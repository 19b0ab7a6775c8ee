"""What the room needs in a site."""

from heinsberg.portal.foundation.interfaces import IInstallStep
from heinsberg.portal.foundation.interfaces import IUninstallStep
from heinsberg.portal.municipality import counters
from heinsberg.portal.municipality.interfaces import LANGUAGES
from plone.i18n.interfaces import ILanguageSchema
from plone.registry.interfaces import IRegistry
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtility
from zope.interface import provider


@provider(IInstallStep)
def install(site) -> None:
    """Make the counters, and set the languages after plone.app.multilingual was installed."""
    counters.ensure_counters(site)
    languages = getUtility(IRegistry).forInterface(ILanguageSchema, prefix="plone")
    languages.default_language = "de"
    languages.available_languages = list(LANGUAGES)
    languages.use_combined_language_codes = False
    # The language is that of the folder in the path, never a cookie or the browser's.
    # The path says it always; asking the content as well costs every page.
    languages.use_content_negotiation = False
    languages.use_path_negotiation = True
    languages.use_cookie_negotiation = False
    languages.authenticated_users_only = False
    languages.use_request_negotiation = False
    languages.always_show_selector = False
    # Made by the classic distribution; the entrance and the subsites replace them.
    for name in ("news", "events", "Members"):
        if name in site.objectIds():
            site.manage_delObjects([name])


@provider(IUninstallStep)
def uninstall(site) -> None:
    """Forget the counters."""
    IAnnotations(site).pop(counters.KEY, None)
