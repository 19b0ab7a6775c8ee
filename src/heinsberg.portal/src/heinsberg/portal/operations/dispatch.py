"""Decides where a command runs: here, in the running server, or in a Zope of its own."""

from heinsberg.portal.operations import client
from heinsberg.portal.operations import storage
from heinsberg.portal.operations.interfaces import Command
from heinsberg.portal.operations.interfaces import LockedError
from heinsberg.portal.operations.interfaces import OperatorError
from heinsberg.portal.operations.interfaces import Report
from heinsberg.portal.operations.lock import PortalLock
from importlib import import_module

import argparse
import time


WAIT_FOR_START = 90.0


def resolve(command: Command):
    """Return the function of a command; OperatorError where its room does not offer it."""
    module_name, _, function = command.target.partition(":")
    try:
        module = import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name and module_name.startswith(error.name):
            raise OperatorError(
                f"this installation does not hold {module_name}, which offers the command."
            ) from error
        raise
    return getattr(module, function)


def dispatch(command: Command, options: dict, report: Report) -> int:
    """Run a command where it belongs and return its exit code."""
    if command.place == "alone":
        return resolve(command)(argparse.Namespace(**options), report) or 0
    if storage.current().kind == "postgresql":
        return run_here(command, options, report)
    code = ask_server(command, options, report)
    if code is not None:
        return code
    with PortalLock(purpose=command.name):
        return run_here(command, options, report)


def run_here(command: Command, options: dict, report: Report) -> int:
    """Load Zope in this process and run the command in it."""
    from heinsberg.portal.operations import inifile
    from heinsberg.portal.operations import loading
    from heinsberg.portal.operations import preflight
    from heinsberg.portal.operations import runner

    inifile.set_up_logging(preflight.check_rendered())
    report("loading Plone")
    loading.load_zope()
    return runner.run(command, options, report)


def ask_server(command: Command, options: dict, report: Report) -> int | None:
    """Let the running server do it; None without a server. Waits for one that is starting."""
    deadline = time.monotonic() + WAIT_FOR_START
    told = False
    while True:
        code = client.request(command.name, options, report)
        if code is not None:
            return code
        holder = PortalLock.holder()
        if holder is None:
            return None
        if holder.purpose not in ("run", "serve") or time.monotonic() > deadline:
            raise LockedError(holder.sentence())
        if not told:
            report(f"waiting for the portal that is starting or ending (process {holder.pid})")
            told = True
        time.sleep(0.2)
