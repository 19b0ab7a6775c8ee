"""Diazo per request: a municipality's rules on its pages, Plone's theme for editors."""

from heinsberg.portal.municipality.interfaces import IPublicPage
from heinsberg.portal.municipality.theming import installed_themes
from plone.app.theming.policy import ThemingPolicy
from plone.app.theming.utils import getTheme


class _Settings:
    """Theme settings of the registry, with the files of another theme."""

    def __init__(self, settings, theme) -> None:
        self._settings = settings
        self.currentTheme = theme.__name__
        self.rules = theme.rules
        self.absolutePrefix = theme.absolutePrefix
        self.doctype = theme.doctype
        self.parameterExpressions = theme.parameterExpressions

    def __getattr__(self, name):
        return getattr(self._settings, name)


class MunicipalityThemingPolicy(ThemingPolicy):
    """Pick the theme by the page that is shown, not by the host."""

    def _own_theme(self) -> str | None:
        if self.request is None or not IPublicPage.providedBy(self.request.get("PUBLISHED")):
            return None
        name = self.request.environ.get("heinsberg.theme")
        theme = installed_themes().get(name or "")
        return name if theme is not None and theme.rules else None

    def getCurrentTheme(self):
        own = self._own_theme()
        if own is not None:
            return own
        # Not the stock guess by rules: themes of municipalities have none either.
        settings = super().getSettings()
        return settings.currentTheme if settings is not None else None

    def getSettings(self):
        settings = super().getSettings()
        name = self._own_theme()
        if settings is None or name is None:
            return settings
        return _Settings(settings, getTheme(name))

    def getCacheKey(self, theme=None):
        # The stock key holds the host: every invented Host header would grow it.
        return theme or self.getCurrentTheme()
