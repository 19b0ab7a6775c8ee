"""The steps between a loaded Zope and a filled portal, each repeatable."""

from heinsberg.portal.foundation import environment
from heinsberg.portal.operations import loading
from heinsberg.portal.operations import runner
from heinsberg.portal.operations import steps
from heinsberg.portal.operations.dispatch import resolve
from heinsberg.portal.operations.interfaces import OperatorError
from heinsberg.portal.operations.interfaces import Report
from heinsberg.portal.operations.table import BY_NAME

import argparse


MARKER = ".incomplete"
NO_PORTAL = "there is no portal yet. Make and fill it: make run"


def bring_up(options: argparse.Namespace, report: Report) -> None:
    """Create and fill what is missing, and run pending upgrade steps of an older database."""
    marker = environment.var() / MARKER
    if marker.exists():
        report("an earlier start did not finish; going on from there")
    done = finished_steps()
    if "create" not in done or "seed" not in done:
        marker.touch()
    chosen = {"kreis": getattr(options, "kreis", None)}
    runner.run(BY_NAME["create"], chosen, report)
    if "create" in done:
        runner.run(BY_NAME["upgrade"], {}, report)
    if "seed" not in done:
        fill(chosen, report)
    if "seed" in finished_steps():
        marker.unlink(missing_ok=True)


def require_site(options: argparse.Namespace, report: Report) -> None:
    """Raise OperatorError where there is nothing to serve."""
    with loading.portal_session() as (_, site):
        if site is None:
            raise OperatorError(NO_PORTAL)


def finished_steps() -> dict[str, str]:
    """Return the finished steps of the portal; empty without one."""
    with loading.portal_session() as (_, site):
        return {} if site is None else steps.finished(site)


def fill(options: dict, report: Report) -> None:
    """Run the seed and record it; an installation without that room stays empty."""
    command = BY_NAME["seed"]
    try:
        resolve(command)
    except OperatorError as error:
        report(f"the portal stays empty: {error.message}")
        return
    report("filling the portal; this takes some minutes on the first start")
    if runner.run(command, options, report):
        raise OperatorError(
            "the portal could not be filled completely (see above). "
            "Run the same command again: it goes on where it stopped."
        )
    with loading.portal_session() as (_, site):
        import transaction

        steps.finish(site, "seed")
        transaction.commit()
