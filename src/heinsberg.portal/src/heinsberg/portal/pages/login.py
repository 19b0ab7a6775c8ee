"""Sign-in of staff with a local account; citizens' sign-in is a room of its own."""

from AccessControl import getSecurityManager
from heinsberg.portal import logger
from heinsberg.portal.foundation import clock
from heinsberg.portal.foundation.interfaces import IPublicPage
from heinsberg.portal.municipality import api as municipality
from heinsberg.portal.pages import formguard
from heinsberg.portal.ui.api import PublicPage
from heinsberg.portal.ui.api import Template
from Products.CMFCore.utils import getToolByName
from Products.Five import BrowserView
from threading import Lock
from urllib.parse import quote
from zExceptions import Forbidden
from zope.component.hooks import getSite
from zope.interface import implementer


#: Wrong passwords per name and per address before a pause, and its length in seconds.
TRIES = 8
PAUSE = 300


class Attempts:
    """Counts wrong passwords in this process, bounded; a right one forgets them."""

    def __init__(self, size: int = 10_000) -> None:
        self._size, self._lock = size, Lock()
        self._failed: dict[str, list[float]] = {}

    def blocked(self, *keys: str) -> bool:
        """Return whether one of the keys has used up its tries."""
        return any(len(self._recent(key)) >= TRIES for key in keys)

    def failed(self, *keys: str) -> None:
        """Count a wrong password."""
        with self._lock:
            if len(self._failed) >= self._size:
                self._failed.clear()
            for key in keys:
                self._failed[key] = [*self._recent(key), clock.now().timestamp()][-TRIES:]

    def forget(self, *keys: str) -> None:
        """A right password: begin anew."""
        with self._lock:
            for key in keys:
                self._failed.pop(key, None)

    def _recent(self, key: str) -> list[float]:
        since = clock.now().timestamp() - PAUSE
        return [moment for moment in self._failed.get(key, ()) if moment > since]


attempts = Attempts()


class Login(PublicPage):
    """Name and password; on a municipality's own domain it leads to the common address."""

    template = Template(__file__, "login.pt")
    in_menu = False
    cacheable = False

    def update(self) -> None:
        self.meta.title = self.t("Sign in")
        self.meta.robots = "noindex"
        self.beside = "/login"
        self.problem, self.name = "", ""
        here = municipality.home_of_domain(self.source.site, self.request)
        if here is not None:
            # Passwords of staff are typed in one place only.
            self.request.response.redirect(f"{municipality.common_url()}/login", status=302)
            return
        self.came_from = self._came_from()
        self.action = self.request.physicalPathToURL(self.context.getPhysicalPath(), relative=1) + "/login"
        if self.request.method == "POST":
            self._sign_in()

    def token(self) -> str:
        return formguard.token("login")

    def _came_from(self) -> str:
        wanted = self.request.form.get("came_from") or ""
        tool = getToolByName(self.source.site, "portal_url")
        if isinstance(wanted, str) and wanted and tool.isURLInPortal(wanted) and "login" not in wanted:
            return wanted
        return ""

    def _sign_in(self) -> None:
        # Plone's token is bound to the user, who changes with the right password.
        if formguard.problem(self.request, "login", soonest=0):
            self.request.response.expireCookie("__ac", path="/")
            self.problem = self.t("The form was open for too long. Please sign in again.")
            return
        self.name = str(self.request.form.get("__ac_name") or "")[:100]
        keys = (f"name:{self.name.lower()}", f"from:{self.request.getClientAddr()}")
        if attempts.blocked(*keys):
            self.request.response.expireCookie("__ac", path="/")
            self.problem = self.t("Too many attempts. Please wait five minutes.")
            self.status = 429
            return
        if self.anonymous:
            attempts.failed(*keys)
            logger.warning("login_failed")
            self.problem = self.t("Name or password is wrong. Check both and try again.")
            self.status = 403
            return
        attempts.forget(*keys)
        getToolByName(self.source.site, "portal_membership").loginUser(self.request)
        target = self.came_from or self.frame.home
        self.request.response.redirect(target, status=303)


@implementer(IPublicPage)
class Logout(BrowserView):
    """End the session and go home."""

    def __call__(self) -> str:
        site = getSite()
        tool = getToolByName(site, "portal_membership")
        if getSecurityManager().getUser().getUserName() != "Anonymous User":
            tool.logoutUser(self.request)
        self.request.response.setHeader("Cache-Control", "private, no-store")
        path = "/".join(self.context.getPhysicalPath())
        self.request.response.redirect(municipality.link(site, self.request, path), status=303)
        return ""


@implementer(IPublicPage)
class RequireLogin(BrowserView):
    """Where Plone sends people who may not see a page: to sign in, or to a plain refusal."""

    def __call__(self) -> str:
        if getSecurityManager().getUser().getUserName() != "Anonymous User":
            raise Forbidden("signed in, but not allowed")
        site = getSite()
        came_from = self.request.form.get("came_from") or ""
        tool = getToolByName(site, "portal_url")
        place = municipality.nearest(self.context) or site
        path = municipality.link(site, self.request, "/".join(place.getPhysicalPath()))
        target = f"{path.rstrip('/')}/login"
        if isinstance(came_from, str) and came_from and tool.isURLInPortal(came_from):
            target += "?came_from=" + quote(came_from, safe="")
        self.request.response.setHeader("Cache-Control", "private, no-store")
        self.request.response.redirect(target, status=302)
        return ""
