"""`bin/portal upgrade`: pending steps of Plone, of the portal and of its Kreis."""

from heinsberg.portal.operations import steps
from heinsberg.portal.operations.create import PACKAGE
from heinsberg.portal.operations.interfaces import OperatorError
from heinsberg.portal.operations.interfaces import Report

import argparse


def profiles(site) -> list[str]:
    """Return the profiles whose upgrade lines belong to this portal, in order."""
    kreis = steps.kreis(site)
    return [f"{PACKAGE}:default"] + ([f"{PACKAGE}:{kreis}"] if kreis else [])


def pending(site) -> dict[str, int]:
    """Return profile -> number of pending steps, without those that have none."""
    setup = site.portal_setup
    counts = {name: _count(setup.listUpgrades(name)) for name in profiles(site)}
    if site.portal_migration.needUpgrading():
        counts["Plone"] = 1
    return {name: count for name, count in counts.items() if count}


def upgrade(site, options: argparse.Namespace, report: Report) -> int:
    """Run what is pending in one transaction; say so when there is nothing."""
    waiting = pending(site)
    if not waiting:
        report("no upgrade steps are pending")
        return 0
    if waiting.pop("Plone", None):
        report("upgrading Plone itself")
        messages = site.portal_migration.upgrade(swallow_errors=False)
        if site.portal_migration.needUpgrading():
            raise OperatorError(f"Plone's own upgrade did not finish: {messages[-400:]}")
    for profile, count in waiting.items():
        report(f"running {count} upgrade step(s) of {profile}")
        site.portal_setup.upgradeProfile(profile)
    left = {name: count for name, count in pending(site).items() if name != "Plone"}
    if left:
        raise OperatorError(f"upgrade steps are still pending: {left}. Nothing was changed.")
    return 0


def _count(upgrades: list) -> int:
    """Count steps; GenericSetup groups those of one ZCML directive in lists."""
    return sum(len(item) if isinstance(item, list) else 1 for item in upgrades)
