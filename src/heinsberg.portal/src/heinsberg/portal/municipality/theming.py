"""Which theme a municipality has, and Plone's own pages in Plone's own theme."""

from configparser import ConfigParser
from configparser import Error
from dataclasses import dataclass
from functools import lru_cache
from heinsberg.portal import logger
from pathlib import Path
from plone.resource.interfaces import IResourceDirectory
from zope.component import getUtilitiesFor


BASE = "base"
NEUTRAL = "neutral"
FALLBACK_BRAND = "#1f5a8a"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme folder: plain data below themes/, with a brand colour in its manifest."""

    name: str
    title: str
    brand: str
    accent: str | None
    folder: Path
    rules: bool

    def file(self, name: str) -> Path | None:
        """Return a file of the theme, or None where it has none."""
        path = self.folder / name
        return path if path.is_file() else None


@lru_cache(maxsize=256)
def _read(name: str, folder: str, stamp: float) -> Theme | None:
    manifest = ConfigParser(interpolation=None)
    try:
        manifest.read(Path(folder) / "manifest.cfg", encoding="utf-8")
    except Error:
        logger.exception("theme_manifest_unreadable name=%s", name)
        return None
    if not manifest.has_section("heinsberg.portal"):
        return None
    own = manifest["heinsberg.portal"]
    return Theme(
        name=name,
        title=manifest.get("theme", "title", fallback=name),
        brand=own.get("brand", FALLBACK_BRAND),
        accent=own.get("accent") or None,
        folder=Path(folder),
        rules=(Path(folder) / "rules.xml").is_file(),
    )


def installed_themes() -> dict[str, Theme]:
    """Return the installed themes of municipalities by name.

    A theme is a resource directory of type theme whose manifest.cfg has a
    section [heinsberg.portal].
    """
    found = {}
    for name, directory in getUtilitiesFor(IResourceDirectory):
        folder = getattr(directory, "directory", None)
        if not name.startswith("++theme++") or not folder:
            continue
        manifest = Path(folder) / "manifest.cfg"
        if not manifest.is_file():
            continue
        theme = _read(name.removeprefix("++theme++"), str(folder), manifest.stat().st_mtime)
        if theme is not None:
            found[theme.name] = theme
    return found


@lru_cache(maxsize=1)
def themes_with_rules() -> frozenset[str]:
    """Return the names of themes that want Diazo; read once per process."""
    return frozenset(name for name, theme in installed_themes().items() if theme.rules)


def base_folder() -> Path | None:
    """Return the folder of the base theme that all municipalities share."""
    for name, directory in getUtilitiesFor(IResourceDirectory):
        if name == f"++theme++{BASE}":
            return Path(directory.directory)
    return None


def theme_of(info) -> Theme:
    """Return the theme of a municipality (or None for the entrance): chosen, else neutral."""
    themes = installed_themes()
    wanted = info.theme if info is not None else None
    return (
        themes.get(wanted or "")
        or themes.get(NEUTRAL)
        or Theme(NEUTRAL, NEUTRAL, FALLBACK_BRAND, None, Path("/nonexistent"), False)
    )
