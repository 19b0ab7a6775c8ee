"""`bin/portal run` and `serve`: from the checks before the start to a clean end."""

from contextlib import ExitStack
from heinsberg.portal.foundation import environment
from heinsberg.portal.foundation import settings as deployment
from heinsberg.portal.operations import client
from heinsberg.portal.operations import credentials
from heinsberg.portal.operations import first_start
from heinsberg.portal.operations import inifile
from heinsberg.portal.operations import loading
from heinsberg.portal.operations import preflight
from heinsberg.portal.operations import sqlite
from heinsberg.portal.operations import storage
from heinsberg.portal.operations.interfaces import OperatorError
from heinsberg.portal.operations.interfaces import Report
from heinsberg.portal.operations.interfaces import SITE_ID
from heinsberg.portal.operations.lock import PortalLock
from pathlib import Path

import argparse
import os
import signal
import sys


def run(options: argparse.Namespace, report: Report) -> int:
    """Create and fill what is missing, run pending upgrade steps, then serve."""
    return _serve(options, report, first_start.bring_up)


def serve(options: argparse.Namespace, report: Report) -> int:
    """Serve a portal that exists; nothing is created or upgraded."""
    settings = storage.current()
    if settings.kind == "sqlite" and not (settings.data_dir / sqlite.MAIN).is_file():
        # Told before the slow part, and before an empty database is made.
        raise OperatorError(first_start.NO_PORTAL)
    return _serve(options, report, first_start.require_site)


def _serve(options: argparse.Namespace, report: Report, bring_up) -> int:
    """Check, lock, load, bring up, and answer until SIGTERM or Ctrl-C."""
    address, port, settings = _preflight()
    if getattr(options, "verbose", False):
        os.environ["HEINSBERG_VERBOSE"] = "1"
    with ExitStack() as stack:
        # A stop request must also work during the slow first part.
        signal.signal(signal.SIGTERM, _interrupt)
        if settings.kind == "sqlite":
            stack.enter_context(PortalLock(purpose="serve"))
        claimed = stack.enter_context(preflight.claim_port(address, port))
        ini = inifile.write(address, port)
        inifile.set_up_logging(ini)
        report("loading Plone")
        app = loading.load_zope(str(ini))
        stack.callback(_close_database)
        bring_up(options, report)
        _start_helpers(stack, settings)
        server = _waitress(app, claimed, ini)
        _announce(address, port, report)
        server.run()
        # A second stop request must not cut off the clean end.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        report("ending")
        server.close()
    return 0


def _preflight() -> tuple[str, int, storage.StorageSettings]:
    """Check what can be checked at once; return address, port and storage."""
    address, port = preflight.host(), preflight.port()
    # Links in mails follow the port, unless the public address is set.
    os.environ.setdefault("HEINSBERG_PORTAL_URL", f"http://localhost:{port}/{SITE_ID}")
    deployment.settings()
    settings = storage.current()
    storage.refuse_unsafe(settings)
    preflight.check_rendered()
    preflight.check_disk(environment.var())
    return address, port, settings


def _waitress(app, claimed, ini: Path):
    """Return the HTTP server on the port that was claimed before."""
    from waitress.server import create_server

    settings = dict(inifile.parsed(ini).items("server:main"))
    settings.pop("use", None)
    settings.pop("listen", None)
    return create_server(app, sockets=[claimed], **settings)


def _start_helpers(stack: ExitStack, settings: storage.StorageSettings) -> None:
    """Start the worker thread and the door for commands, both ended with the server."""
    from heinsberg.portal.operations import door
    from heinsberg.portal.outbox import api as outbox

    if settings.kind != "sqlite":
        return
    outbox.start_worker()
    stack.callback(outbox.stop_worker)
    entrance = door.Door()
    entrance.start()
    stack.callback(entrance.stop)


def _announce(address: str, port: int, report: Report) -> None:
    """Say which address to open, and with which demonstration users."""
    loopback = address in ("127.0.0.1", "::1", "localhost")
    shown = "localhost" if loopback or address in ("0.0.0.0", "::") else address
    report("ready")
    lines = ["", f"  The portal: http://{shown}:{port}/{SITE_ID}"]
    passwords = credentials.demo_passwords()
    with loading.portal_session() as (_, site):
        users = [pair for pair in credentials.demo_users(site) if pair[0] in passwords]
    if users:
        lines.append("  Demonstration users (var/demo-users.txt):")
        width = max(len(name) for name, _ in users)
        for name, text in users:
            secret = passwords[name] if loopback else "********"
            lines.append(f"    {name:<{width}}  {secret}  {text}")
    where = "ADMIN_PASSWORD" if os.environ.get("ADMIN_PASSWORD") else "var/admin-password"
    lines += [f"  Administrator: admin, password in {where}", "  End with Ctrl-C.", ""]
    print("\n".join(lines), file=sys.stdout, flush=True)


def _interrupt(*_) -> None:
    """Turn SIGTERM into the end that Ctrl-C takes; make and its shell may both send one."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(0)


def _close_database() -> None:
    """Close the storage, so that SQLite folds its log into the database file."""
    import Zope2

    for database in getattr(Zope2, "opened", []):
        database.close()
    (environment.var() / client.SOCKET_NAME).unlink(missing_ok=True)
