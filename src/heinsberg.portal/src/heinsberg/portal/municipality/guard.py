"""The door: what each address answers, checked after traversal of every request.

* A path is answered only where it is contained, never by acquisition: no
  municipality's content appears below another's address.
* Visitors reach only pages and services that are meant for them; everything
  else of Plone is for people who are signed in, and on a municipality's own
  domain for nobody.
* What is not yet, or no longer, to be shown answers to its editors only.
"""

from AccessControl import getSecurityManager
from AccessControl import Unauthorized
from Acquisition import aq_base
from Acquisition import aq_inner
from Acquisition import aq_parent
from DateTime import DateTime
from heinsberg.portal.foundation import clock
from heinsberg.portal.interfaces import IPortalLayer
from heinsberg.portal.municipality import links
from heinsberg.portal.municipality import publicity
from heinsberg.portal.municipality.interfaces import IMunicipality
from plone.dexterity.interfaces import IDexterityContent
from plone.rest.interfaces import IAPIRequest
from Products.CMFPlone.interfaces import IPloneSiteRoot
from zExceptions import NotFound
from zope.component.hooks import getSite


MODIFY = "Modify portal content"


def after_traversal(event) -> None:
    """Refuse what this address or this person may not have; note the municipality for the log."""
    request = event.request
    site = getSite()
    if site is None or not IPortalLayer.providedBy(request):
        return
    published = request.get("PUBLISHED")
    parents = [_unwrapped(parent) for parent in request.get("PARENTS") or ()]
    context = _context(published, parents)
    anonymous = _anonymous(request)
    here = _note(request, site, parents, anonymous)
    german = request.other.get("heinsberg_fallback")
    if not _contained(parents, anonymous or here is not None, german):
        raise NotFound(request.get("PATH_INFO", ""))
    if not _shown(context):
        raise NotFound(request.get("PATH_INFO", ""))
    if (anonymous or here is not None) and not publicity.allowed(published, parents, request):
        if here is None and IAPIRequest.providedBy(request) and anonymous:
            if publicity.is_login(request):
                return
            raise Unauthorized("This service is for people who are signed in.")
        raise NotFound(request.get("PATH_INFO", ""))


def _unwrapped(obj):
    """Return the object behind plone.rest's traversal wrapper."""
    return obj.__dict__.get("context", obj) if type(obj).__name__ == "RESTWrapper" else obj


def _anonymous(request) -> bool:
    user = getSecurityManager().getUser()
    return user is None or user.getUserName() == "Anonymous User"


def _context(published, parents):
    for candidate in (published, getattr(published, "__parent__", None), *parents[:1]):
        candidate = _unwrapped(candidate) if candidate is not None else None
        if IDexterityContent.providedBy(candidate):
            return candidate
    return None


def _note(request, site, parents, anonymous):
    """Put municipality and kind of user into the WSGI environment; return the domain's municipality."""
    here = links.home_of_domain(site, request)
    for parent in parents:
        if IMunicipality.providedBy(parent):
            request.environ["heinsberg.municipality"] = parent.getId()
            break
    request.environ["heinsberg.user_kind"] = "anonymous" if anonymous else "signed-in"
    return here


def _contained(parents, strict: bool, german=None) -> bool:
    """Whether every object of the path lies in the one before it.

    With strict also tools and skin objects; without, only content. ``german``
    is shown below another language's section of its own municipality.
    """
    for child, parent in zip(parents, parents[1:], strict=False):
        if german is not None and aq_base(child) is german:
            continue
        if IPloneSiteRoot.providedBy(child):
            return True
        if not (IDexterityContent.providedBy(child) or (strict and _is_item(child))):
            continue
        holder = aq_parent(aq_inner(child))
        if aq_base(holder) is not aq_base(parent):
            return False
    return True


def _is_item(obj) -> bool:
    return hasattr(aq_base(obj), "manage_options") or hasattr(aq_base(obj), "meta_type")


def _shown(context) -> bool:
    """Whether the date of publication has come, or the person may edit."""
    if context is None or IPloneSiteRoot.providedBy(context):
        return True
    starts = getattr(aq_base(context), "effective_date", None)
    ends = getattr(aq_base(context), "expiration_date", None)
    if starts is None and ends is None:
        return True
    now = DateTime(clock.now())
    if (starts is None or starts <= now) and (ends is None or now < ends):
        return True
    return bool(getSecurityManager().checkPermission(MODIFY, context))
