"""What of Plone and of the portal is for visitors.

An allow-list: our own pages and services carry a marker, of Plone's own only
reading published content, images and files stay open.
"""

from heinsberg.portal.municipality.interfaces import IPublicPage
from heinsberg.portal.municipality.interfaces import IPublicService
from plone.dexterity.interfaces import IDexterityContent
from plone.namedfile.browser import Download
from plone.namedfile.scaling import ImageScale
from plone.namedfile.scaling import ImageScaling
from plone.rest.interfaces import IAPIRequest
from plone.restapi.services.auth.login import Login
from plone.restapi.services.auth.logout import Logout
from plone.restapi.services.auth.renew import Renew
from plone.restapi.services.breadcrumbs.get import BreadcrumbsGet
from plone.restapi.services.content.get import ContentGet
from plone.restapi.services.multilingual.pam import TranslationInfo
from plone.restapi.services.navigation.get import NavigationGet
from plone.restapi.services.search.get import SearchGet
from Products.CMFPlone.interfaces import IPloneSiteRoot


#: plone.restapi services that read published content.
READING = (BreadcrumbsGet, ContentGet, NavigationGet, SearchGet, TranslationInfo)

#: Views of stock content that lead to the content itself.
CONTENT_VIEWS = frozenset({"file_view", "image_view", "link_redirect_view"})

#: plone.restapi services that sign a person in; closed on municipalities' domains.
LOGIN = (Login, Logout, Renew)


def allowed(published, parents, request) -> bool:
    """Whether visitors may have what was published."""
    if IPublicPage.providedBy(published) or IPublicService.providedBy(published):
        return True
    if _is_marked(published):
        return True
    if request.method == "HEAD" and getattr(published, "__name__", "") == "HEAD":
        return IDexterityContent.providedBy(getattr(published, "__self__", None))
    if IAPIRequest.providedBy(request):
        return request.method in ("GET", "HEAD", "OPTIONS") and _reads(published)
    if isinstance(published, (Download, ImageScale, ImageScaling)):
        return True
    if any(isinstance(parent, ImageScaling) for parent in parents[:2]):
        return True
    return getattr(published, "__name__", "") in CONTENT_VIEWS


def is_login(published) -> bool:
    """Whether a sign-in service of plone.restapi was published."""
    return isinstance(getattr(published, "__self__", published), LOGIN)


def _is_marked(published) -> bool:
    """A method of a marked view counts as the view (render, __call__, index_html)."""
    owner = getattr(published, "__self__", None)
    return owner is not None and (
        IPublicPage.providedBy(owner) or IPublicService.providedBy(owner)
    )


def _reads(published) -> bool:
    owner = getattr(published, "__self__", published)
    if isinstance(owner, READING):
        return True
    # CORS preflight and content found before its service is looked up
    return IDexterityContent.providedBy(owner) or IPloneSiteRoot.providedBy(owner)
