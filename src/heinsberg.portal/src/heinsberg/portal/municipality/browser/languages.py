"""Language links on editors' pages, which have Plone's own frame.

plone.app.multilingual's are wrong here: its list of alternates is kept without
the host it was made for, and its selector leads to the root of the whole site
when a translation is missing.
"""

from heinsberg.portal.municipality import api
from plone.app.i18n.locales.browser.selector import LanguageSelector
from plone.app.layout.viewlets.common import ViewletBase
from plone.app.multilingual.interfaces import ITranslationManager
from zope.component.hooks import getSite


def translations(context) -> dict:
    """Return the translations of a context that this person may see, by language."""
    manager = ITranslationManager(context, None)
    return manager.get_restricted_translations() if manager is not None else {}


class Alternates(ViewletBase):
    """``link rel=alternate hreflang``: canonical addresses, the same on every host."""

    def update(self) -> None:
        super().update()
        site = getSite()
        self.alternates = [
            {"lang": code, "url": api.canonical(site, "/".join(obj.getPhysicalPath()))}
            for code, obj in sorted(translations(self.context).items())
        ]

    @property
    def available(self) -> bool:
        return len(self.alternates) > 1

    def render(self) -> str:
        return self.index() if self.available else ""


class Selector(LanguageSelector):
    """The languages of the municipality: the translation, else its home page in that language."""

    def languages(self) -> list[dict]:
        site = getSite()
        info = api.current(site, self.context)
        if info is None:
            return []
        found = translations(self.context)
        rows = []
        for row in super().languages():
            code = row["code"]
            if code not in info.languages:
                continue
            target = found.get(code)
            path = "/".join(target.getPhysicalPath()) if target is not None else f"{info.path}/{code}"
            rows.append(
                {**row, "translated": target is not None, "url": api.link(site, self.request, path)}
            )
        return rows
