"""`bin/portal create`: the administrator and the empty portal."""

from heinsberg.portal.operations import credentials
from heinsberg.portal.operations import loading
from heinsberg.portal.operations import steps
from heinsberg.portal.operations.interfaces import OperatorError
from heinsberg.portal.operations.interfaces import Report
from heinsberg.portal.operations.interfaces import SITE_ID

import argparse
import os


PACKAGE = "heinsberg.portal"
DEFAULT_KREIS = "kreis-heinsberg"
TIME_ZONE = "Europe/Berlin"


def create(app, options: argparse.Namespace, report: Report) -> int:
    """Make what is missing of administrator and portal; what exists stays."""
    kreis = chosen_kreis(getattr(options, "kreis", None))
    _make_admin(app, report)
    if SITE_ID in app.objectIds():
        site = app[SITE_ID]
        made_with = steps.kreis(site)
        if made_with and made_with != kreis and getattr(options, "kreis", None):
            raise OperatorError(
                f"this portal was made with {made_with}. A second Kreis is a portal of its "
                "own: set HEINSBERG_VAR to another folder."
            )
        report("the portal exists")
    else:
        report("making the portal")
        site = _make_site(app, kreis)
    _apply_profile(site, steps.kreis(site) or kreis, report)
    if not steps.kreis(site):
        steps.finish(site, "kreis", kreis)
        steps.finish(site, "create")
    return 0


def chosen_kreis(option: str | None) -> str:
    """Return the Kreis profile to use; OperatorError names the existing ones."""
    from Products.GenericSetup import profile_registry

    kreis = option or os.environ.get("HEINSBERG_KREIS") or DEFAULT_KREIS
    known = [
        name.partition(":")[2]
        for name in profile_registry.listProfiles()
        if name.startswith(f"{PACKAGE}:kreis-")
    ]
    if kreis not in known:
        raise OperatorError(
            f"there is no profile {kreis!r}. Known: {', '.join(sorted(known))}. "
            "Profiles are registered in profiles/configure.zcml."
        )
    return kreis


def _make_admin(app, report: Report) -> None:
    """Make Zope's administrator with a password of this installation."""
    users = app.acl_users
    if users.getUser(credentials.ADMIN) is not None:
        return
    users._doAddUser(credentials.ADMIN, credentials.admin_password(), ["Manager"], [])
    where = "ADMIN_PASSWORD" if os.environ.get("ADMIN_PASSWORD") else "var/admin-password"
    report(f"made the administrator 'admin', password: see {where}")


def _make_site(app, kreis: str):
    """Make the Plone site in German and German time, then apply the Kreis profile.

    addPloneSite drops extension profiles when a distribution is named. The
    Kreis profile brings heinsberg.portal:default as its dependency.
    """
    from AccessControl.SecurityManagement import newSecurityManager
    from Products.CMFPlone.factory import addPloneSite

    admin = app.acl_users.getUser(credentials.ADMIN)
    newSecurityManager(None, admin.__of__(app.acl_users))
    addPloneSite(
        app,
        SITE_ID,
        title="Serviceportal",
        distribution_name="classic",
        default_language="de",
        portal_timezone=TIME_ZONE,
    )
    site = app[SITE_ID]
    loading.enter_site(site)
    return site


def _apply_profile(site, kreis: str, report: Report) -> None:
    """Apply the Kreis profile unless the site has it."""
    setup = site.portal_setup
    profile = f"{PACKAGE}:{kreis}"
    if setup.getLastVersionForProfile(profile) != "unknown":
        return
    report(f"applying profile {kreis}")
    setup.runAllImportStepsFromProfile(f"profile-{profile}")
    loading.enter_site(site)
