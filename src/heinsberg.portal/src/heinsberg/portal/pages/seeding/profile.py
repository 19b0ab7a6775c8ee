"""Which Kreis a portal belongs to, and where its seed files lie."""

from heinsberg.portal.pages.seeding.errors import SeedError
from pathlib import Path
from Products.CMFCore.utils import getToolByName
from Products.GenericSetup import profile_registry
from Products.GenericSetup.tool import UNKNOWN

import os


PACKAGE = "heinsberg.portal"
FILE = "municipalities.csv"


def registered() -> dict[str, Path]:
    """Return name -> folder of the Kreis profiles: those of our package with a list of municipalities."""
    found = {}
    for profile_id in profile_registry.listProfiles():
        package, _colon, name = profile_id.partition(":")
        if package != PACKAGE:
            continue
        path = Path(profile_registry.getProfileInfo(profile_id)["path"])
        if path.is_absolute() and (path / FILE).is_file():
            found[name] = path
    return found


def applied(site) -> str | None:
    """Return the Kreis profile that the site was made with."""
    tool = getToolByName(site, "portal_setup")
    names = [name for name in registered() if tool.getLastVersionForProfile(f"{PACKAGE}:{name}") != UNKNOWN]
    return names[0] if len(names) == 1 else None


def chosen(site, option: str | None) -> str:
    """Return the profile to seed from; SeedError where none fits, or the site is another Kreis's."""
    present = applied(site)
    wanted = option or present or os.environ.get("HEINSBERG_KREIS")
    known = registered()
    if not wanted or wanted not in known:
        named = f"there is no Kreis profile {wanted!r}" if wanted else "this portal has no Kreis profile"
        raise SeedError(
            f"{named}. Known: {', '.join(sorted(known)) or 'none'}. A profile is a folder with {FILE} "
            "and metadata.xml, registered in profiles/configure.zcml."
        )
    if present and present != wanted:
        raise SeedError(
            f"this portal was made with {present}. A second Kreis is a portal of its own: "
            "set HEINSBERG_VAR to another folder."
        )
    return wanted


def folder(name: str) -> Path:
    """Return the folder of a registered Kreis profile."""
    return registered()[name]
