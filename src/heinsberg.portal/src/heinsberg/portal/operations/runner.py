"""Runs one command against the database, repeated on conflicts."""

from heinsberg.portal.operations import credentials
from heinsberg.portal.operations import loading
from heinsberg.portal.operations.dispatch import resolve
from heinsberg.portal.operations.interfaces import Command
from heinsberg.portal.operations.interfaces import OperatorError
from heinsberg.portal.operations.interfaces import Report
from transaction.interfaces import TransientError

import argparse
import transaction


ATTEMPTS = 8


def run(command: Command, options: dict, report: Report, write: Report = print) -> int:
    """Run, commit and return the exit code; Zope must be loaded."""
    function = resolve(command)
    namespace = argparse.Namespace(**options, password_for=credentials.password_for, write=write)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with loading.portal_session() as (app, site):
                if command.needs == "site" and site is None:
                    raise OperatorError("there is no portal yet. Make it: bin/portal create")
                code = function(app if command.needs == "app" else site, namespace, report)
                transaction.commit()
                return code or 0
        except TransientError:
            if attempt == ATTEMPTS:
                raise
            report(f"another change came in between, attempt {attempt + 1}")
    raise AssertionError("unreachable")
