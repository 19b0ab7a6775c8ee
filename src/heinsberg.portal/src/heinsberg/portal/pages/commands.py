"""Operator commands of this room; ``bin/portal`` calls them with the site."""

from argparse import Namespace
from collections.abc import Callable
from heinsberg.portal.pages.seeding import running


def seed(site, options: Namespace, report: Callable[[str], object]) -> int:
    """Fill the portal from the files of its Kreis; only what is missing. ``seed [--kreis NAME]``.

    ``options.limit`` takes the first services of each authority only, and
    ``options.with_catalogue`` False leaves out the shared catalogue: for tests.
    Raises SeedError before the first change where a file is wrong.
    """
    return running.run(site, options, report)
