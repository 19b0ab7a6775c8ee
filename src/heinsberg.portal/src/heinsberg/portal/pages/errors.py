"""Error pages that help: what may have happened, what to do next, the number to quote."""

from heinsberg.portal import logger
from heinsberg.portal.municipality import api as municipality
from heinsberg.portal.ui.api import PublicPage
from heinsberg.portal.ui.api import Template
from plone.rest.errors import ErrorHandling
from plone.rest.interfaces import IAPIRequest
from zExceptions import Forbidden
from zExceptions import NotFound
from zExceptions import Redirect
from zExceptions import Unauthorized
from zope.component.hooks import getSite
from zope.security.interfaces import IUnauthorized

import uuid


class _Error(PublicPage):
    """An error page: in the frame of the municipality that was asked, never kept."""

    in_menu = False
    cacheable = False

    def __init__(self, exception, request):
        self.exception = exception
        super().__init__(_place(request), request)

    def __call__(self) -> str:
        if IAPIRequest.providedBy(self.request):
                return ErrorHandling(self.exception, self.request)()
        return super().__call__()

    def update(self) -> None:
        self.meta.robots = "noindex"

    def home(self) -> str:
        return self.frame.home


def _place(request):
    """Return the innermost municipality or language folder of the path that was found, else the site."""
    for parent in request.get("PARENTS") or ():
        parent = parent.__dict__.get("context", parent) if type(parent).__name__ == "RESTWrapper" else parent
        if municipality.language_folder_of(parent) is not None:
            return municipality.language_folder_of(parent)
        if municipality.is_municipality(parent):
            german = parent.get("de")
            return german if german is not None else parent
    return getSite()


class NotFoundPage(_Error):
    """404."""

    own_search = True
    template = Template(__file__, "404.pt")
    status = 404

    def update(self) -> None:
        super().update()
        self.meta.title = self.t("This page does not exist")


class ErrorPage(_Error):
    """500, and what else goes wrong; the number on the page stands in the log beside the cause."""

    template = Template(__file__, "500.pt")
    status = 500

    def __call__(self) -> str:
        if isinstance(self.exception, Redirect):
            return ""
        if IAPIRequest.providedBy(self.request):
            return super().__call__()
        if isinstance(self.exception, Unauthorized) or IUnauthorized.providedBy(self.exception):
            self.status, self.kind = 401, "login"
        elif isinstance(self.exception, Forbidden):
            self.status, self.kind = 403, "forbidden"
        elif isinstance(self.exception, NotFound):
            self.status, self.kind = 404, "missing"
        else:
            status = getattr(type(self.exception), "status", None) or getattr(self.exception, "status", 500)
            self.status = status if isinstance(status, int) and 400 <= status < 600 else 500
            self.kind = "error"
        self.number = self.request.environ.get("heinsberg.request_number") or uuid.uuid4().hex[:10]
        if self.status >= 500:
            logger.error(
                "error_page_shown number=%s path=%s",
                self.number, self.request.get("PATH_INFO", ""), exc_info=self.exception,
            )  # fmt: skip
        return super().__call__()

    def update(self) -> None:
        super().update()
        self.meta.title = {
            "login": self.t("Please sign in"),
            "forbidden": self.t("You may not open this page"),
            "missing": self.t("This page does not exist"),
        }.get(self.kind, self.t("Something went wrong"))
        self.info = self.source.info or municipality.kreis(self.source.site)
