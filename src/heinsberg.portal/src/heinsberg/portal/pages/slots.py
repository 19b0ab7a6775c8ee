"""What stands around the content of every page: warnings and the way to sign in."""

from AccessControl import getSecurityManager
from hashlib import sha256
from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.foundation import clock
from heinsberg.portal.ui.api import Template
from heinsberg.portal.ui.interfaces import IPageSlot
from zope.interface import implementer


WARNINGS = Template(__file__, "warnings.pt")
ACCOUNT = Template(__file__, "account.pt")
ICONS = {"info": "info", "warning": "warning", "danger": "danger"}


class _Slot:
    def __init__(self, context, request, view) -> None:
        self.context, self.request, self.view = context, request, view


@implementer(IPageSlot)
class Warnings(_Slot):
    """The bar of warnings in force; looked up again every minute and after every change."""

    def render(self) -> str:
        source = self.view.source
        if source.info is None:
            return ""
        minute = int(clock.now().timestamp() // 60)
        return source.keep("warnings", minute, make=self._bar)

    def _bar(self) -> str:
        source, t = self.view.source, self.view.t
        lines = catalogue.warnings_in_force(source.info.path, language=source.language)
        if not lines:
            return ""
        levels = {"info": t("Notice"), "warning": t("Warning"), "danger": t("Danger")}
        rows = [
            {
                "line": line,
                "level": levels[line.level],
                # One sentence: the text where it is short enough to be one.
                "text": line.text if 0 < len(line.text) <= 160 else line.title,
                "icon": ICONS[line.level],
                "href": line.link or source.link(catalogue.shown_path(line, source.language)),
                "lang": line.language if line.language != source.language else None,
                # Comes back when the text changes.
                "digest": sha256(f"{line.title}{line.text}".encode()).hexdigest()[:8],
            }
            for line in lines
        ]
        return WARNINGS(rows=rows, t=t)


@implementer(IPageSlot)
class Account(_Slot):
    """Sign in, or the name of the person."""

    def render(self) -> str:
        view = self.view
        if view.anonymous:
            return view.source.keep("sign-in", make=self._sign_in)
        user = getSecurityManager().getUser()
        name = user.getProperty("fullname") or user.getUserName()
        return ACCOUNT(t=view.t, href=f"{self._home()}/logout", name=name)

    def _sign_in(self) -> str:
        return ACCOUNT(t=self.view.t, href=f"{self._home()}/login", name="")

    def _home(self) -> str:
        source = self.view.source
        home = f"{source.info.path}/{source.language}" if source.info else "/".join(source.site.getPhysicalPath())
        return source.link(home).rstrip("/")
