"""The door: what each address answers, checked after traversal of every request.

* A path is answered only where it is contained, never by acquisition: no
  municipality's content appears below another's address.
* Visitors reach only pages and services that are meant for them; everything
  else of Plone is for people who are signed in, and on a municipality's own
  domain for nobody.
* What is not yet, or no longer, to be shown answers to its editors only.
"""

from AccessControl import getSecurityManager
from Acquisition import aq_base
from Acquisition import aq_inner
from Acquisition import aq_parent
from heinsberg.portal.foundation import clock
from heinsberg.portal.interfaces import IPortalLayer
from heinsberg.portal.municipality import links
from heinsberg.portal.municipality import publicity
from heinsberg.portal.municipality import theming
from heinsberg.portal.municipality.content import Municipality
from plone.dexterity.content import DexterityContent
from plone.rest.interfaces import IAPIRequest
from zExceptions import Forbidden
from zExceptions import NotFound
from zExceptions import Unauthorized
from zope.component import queryMultiAdapter
from zope.component.hooks import getSite


MODIFY = "Modify portal content"

#: Roles that make nobody staff.
NO_OFFICE = frozenset({"Anonymous", "Authenticated", "Member", "Citizen", "Applicant"})

#: plone.rest's step in a path, after which the same object comes once more.
API_STEP = "++api++"
BUNDLE_STEP = "/++webresource++"


# Classes instead of interfaces below: Dexterity computes what an object provides
# anew each time, which would be most of the cost of every request.


def after_traversal(event) -> None:
    """Refuse what this address or this person may not have; note the municipality for the log."""
    request = event.request
    site = getSite()
    if site is None or not IPortalLayer.providedBy(request):
        return
    other = request.other
    published = other.get("PUBLISHED")
    parents = [_unwrapped(parent) for parent in other.get("PARENTS") or ()]
    context = _context(published, parents)
    anonymous = _anonymous(request)
    here = _note(request, site, parents, anonymous)
    german = other.get("heinsberg_fallback")
    repeats = _repeats(request)
    if not _contained(parents, anonymous or here is not None, german, repeats):
        raise NotFound(request.get("PATH_INFO", ""))
    if not _shown(context):
        raise NotFound(request.get("PATH_INFO", ""))
    if (anonymous or here is not None) and not publicity.allowed(published, parents, request):
        if here is None and IAPIRequest.providedBy(request) and anonymous:
            if publicity.is_login(published):
                return
            raise Unauthorized("This service is for people who are signed in.")
        raise NotFound(request.get("PATH_INFO", ""))
    if not anonymous and _is_foreign(context, parents) and not publicity.allowed(published, parents, request):
        raise Forbidden("This is for the staff of this municipality.")


def _unwrapped(obj):
    """Return the object behind plone.rest's traversal wrapper."""
    return obj.__dict__.get("context", obj) if type(obj).__name__ == "RESTWrapper" else obj


def _anonymous(request) -> bool:
    user = getSecurityManager().getUser()
    # Not by the name, which a person could have.
    return user is None or user.getId() is None


def _context(published, parents):
    for candidate in (published, getattr(published, "__parent__", None), *parents[:1]):
        candidate = _unwrapped(candidate) if candidate is not None else None
        if isinstance(candidate, DexterityContent):
            return candidate
    return None


def _note(request, site, parents, anonymous):
    """Put municipality, kind of user and theme into the WSGI environment; return the domain's municipality."""
    here = links.home_of_domain(site, request)
    environ = request.environ
    found = next((parent for parent in parents if isinstance(parent, Municipality)), None)
    if found is not None:
        environ["heinsberg.municipality"] = found.getId()
    environ["heinsberg.user_kind"] = "anonymous" if anonymous else "signed-in"
    # Most have none: then nothing has to be looked up.
    themed = theming.themes_with_rules()
    if themed and found is not None and aq_base(found).theme in themed:
        environ["heinsberg.theme"] = found.theme
        environ["heinsberg.theme_rules"] = True
    return here


def _repeats(request) -> int:
    """Return how often an object may follow itself: once after a step that stands for the place itself."""
    steps = request.get("PATH_INFO", "")
    if "++" not in steps:
        return 0
    repeats = 1 if IAPIRequest.providedBy(request) and API_STEP in steps else 0
    # Editors' bundles carry their hash in such a step, once.
    return repeats + min(1, steps.count(BUNDLE_STEP))


def _contained(parents, strict: bool, german=None, repeats: int = 0) -> bool:
    """Whether every object of the path lies in the one before it.

    With strict also tools and skin objects; without, only content. ``german``
    is shown below another language's section of its own municipality;
    ``repeats`` is how often an object may follow itself.
    """
    for child, parent in zip(parents, parents[1:], strict=False):
        if german is not None and aq_base(child) is german:
            continue
        if repeats and aq_base(child) is aq_base(parent):
            repeats -= 1
            continue
        if not (isinstance(child, DexterityContent) or (strict and _is_item(child))):
            continue
        holder = aq_parent(aq_inner(child))
        if aq_base(holder) is not aq_base(parent):
            return False
    return True


def _is_foreign(context, parents) -> bool:
    """Whether a person who is signed in has no office in the municipality of this path.

    Plone's own pages and services would answer such people with forms, 400 or
    500 where 403 is meant.
    """
    place = next((parent for parent in parents if isinstance(parent, Municipality)), None)
    if place is None:
        return False
    roles = getSecurityManager().getUser().getRolesInContext(context if context is not None else place)
    return NO_OFFICE.issuperset(roles)


def _is_item(obj) -> bool:
    return hasattr(aq_base(obj), "manage_options") or hasattr(aq_base(obj), "meta_type")


def _shown(context) -> bool:
    """Whether the date of publication has come, or the person may edit."""
    if context is None:
        return True
    starts = getattr(aq_base(context), "effective_date", None)
    ends = getattr(aq_base(context), "expiration_date", None)
    if starts is None and ends is None:
        return True
    now = clock.now().timestamp()
    if (starts is None or starts.timeTime() <= now) and (ends is None or now < ends.timeTime()):
        return True
    return bool(getSecurityManager().checkPermission(MODIFY, context))


def before_abort(event) -> None:
    """On a municipality's domain what a visitor may not see does not exist: 404, no way to a login."""
    request = event.request
    site = getSite()
    if event.retry or not issubclass(event.exc_info[0], Unauthorized):
        return
    if site is None or not IPortalLayer.providedBy(request) or links.home_of_domain(site, request) is None:
        return
    response = request.response
    for name in ("location", "www-authenticate"):
        response.headers.pop(name, None)
    missing = NotFound(request.get("PATH_INFO", ""))
    view = queryMultiAdapter((missing, request), name="index.html")
    if view is not None:
        response.setBody(view())
    # A challenge to sign in has locked the status of its redirect.
    response._locked_status = 0
    response.setStatus(404, lock=True)
