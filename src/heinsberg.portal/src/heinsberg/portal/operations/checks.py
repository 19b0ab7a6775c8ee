"""The operator's room's own checks: machine, configuration, storage, worker."""

from collections.abc import Iterator
from configparser import RawConfigParser
from heinsberg.portal.foundation import clock
from heinsberg.portal.foundation import environment
from heinsberg.portal.foundation.settings import settings
from heinsberg.portal.operations import archive
from heinsberg.portal.operations import backup
from heinsberg.portal.operations import credentials
from heinsberg.portal.operations import preflight
from heinsberg.portal.operations import readiness
from heinsberg.portal.operations import storage
from heinsberg.portal.operations.interfaces import Finding
from heinsberg.portal.operations.interfaces import UnsafeStorageError
from heinsberg.portal.operations.lock import PortalLock
from pathlib import Path

import shutil
import stat
import time


TIME_ZONE = "Europe/Berlin"
PRIVATE = (*archive.SECRETS, "storage.conf", "portal.lock", "database", "blobcache", "log")
LOWEST_FREE_MB = 2000
OLDEST_BACKUP = 26 * 3600


def run(site) -> Iterator[Finding]:
    """Yield the findings of this room."""
    yield check_mode()
    yield check_storage()
    yield check_debug()
    yield check_proxy(preflight.check_rendered())
    yield from check_files(environment.var())
    yield check_disk(environment.var())
    yield check_backup(environment.var() / backup.FOLDER)
    yield check_demo_users(site)
    yield check_time_zone(site)
    yield check_worker(site)


def check_mode() -> Finding:
    """Say whether this is run as a demonstration or in production."""
    if settings().production:
        return Finding("ok", "mode", "production")
    return Finding(
        "warning", "mode", "this is a demonstration", "production: HEINSBERG_MODE=production"
    )


def check_storage() -> Finding:
    """Look at history, caches and the number of processes."""
    current = storage.current()
    try:
        storage.refuse_unsafe(current)
    except UnsafeStorageError as error:
        return Finding("error", "storage", str(error.message))
    if current.kind == "sqlite" and not PortalLock.held_here():
        return Finding("error", "storage", "SQLite is open here without the exclusive lock")
    return Finding("ok", "storage", f"{current.kind}, no history, safe caches")


def check_debug() -> Finding:
    """Refuse debug mode, which shows insides and reloads templates at each request."""
    from App.config import getConfiguration

    if getConfiguration().debug_mode:
        return Finding("error", "debug", "debug-mode is on", "set it off in instance/zope.conf")
    return Finding("ok", "debug", "debug mode is off")


def check_proxy(ini: Path) -> Finding:
    """Look at who is believed about addresses and schemes of others."""
    parser = RawConfigParser()
    parser.read(ini, encoding="utf-8")
    section = dict(parser.items("server:main"))
    remedy = "see instance/wsgi.ini.in, then make install"
    if section.get("trusted_proxy", "") == "*":
        return Finding("error", "proxy", "every sender is trusted as a proxy", remedy)
    if section.get("clear_untrusted_proxy_headers", "").lower() not in ("true", "1", "yes"):
        return Finding("error", "proxy", "forged X-Forwarded headers come through", remedy)
    if preflight.host() not in ("127.0.0.1", "::1", "localhost"):
        return Finding(
            "warning",
            "proxy",
            f"listens on {preflight.host()}, reachable without the proxy",
            "HEINSBERG_HOST=127.0.0.1, or close the port in the firewall",
        )
    return Finding("ok", "proxy", "only the proxy on this machine is believed")


def check_files(var: Path) -> Iterator[Finding]:
    """Refuse files with passwords or personal data that others can read."""
    open_ones = [
        name
        for name in PRIVATE
        if (var / name).exists() and stat.S_IMODE((var / name).stat().st_mode) & 0o077
    ]
    for name in open_ones:
        yield Finding("error", "files", f"others can read {var / name}", f"chmod go= {var / name}")
    if not open_ones:
        yield Finding("ok", "files", "data and passwords are readable for their owner only")


def check_disk(folder: Path) -> Finding:
    """Tell before the disk is full."""
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < preflight.NEEDED_MB:
        return Finding("error", "disk", f"only {free} MB are free", "free some space now")
    if free < LOWEST_FREE_MB:
        return Finding("warning", "disk", f"{free} MB are free", "a backup may not fit any more")
    return Finding("ok", "disk", f"{free} MB are free")


def check_backup(folder: Path) -> Finding:
    """Tell when var/backups holds nothing of the last day."""
    remedy = "bin/portal backup, each night (docs/operations.md); copy it to another machine"
    times = [path.stat().st_mtime for path in folder.glob("*.tar.gz")]
    if not times:
        return Finding("warning", "backup", "there is no backup in var/backups", remedy)
    hours = int((time.time() - max(times)) / 3600)
    if time.time() - max(times) > OLDEST_BACKUP:
        return Finding("warning", "backup", f"the last one is {hours} hours old", remedy)
    return Finding("ok", "backup", f"the last one is {hours} hours old")


def check_demo_users(site) -> Finding:
    """Refuse demonstration users in production."""
    found = [name for name, _ in credentials.demo_users(site) if site.acl_users.getUserById(name)]
    if not found:
        return Finding("ok", "demo users", "none")
    level = "error" if settings().production else "warning"
    remedy = "remove these users before citizens use the portal"
    return Finding(level, "demo users", f"{len(found)} exist: {', '.join(found[:5])} …", remedy)


def check_time_zone(site) -> Finding:
    """Refuse another zone than the one that periods of law run in."""
    from plone.registry.interfaces import IRegistry
    from zope.component import getUtility

    zone = getUtility(IRegistry).get("plone.portal_timezone")
    if zone != TIME_ZONE:
        return Finding("error", "time zone", f"the portal runs in {zone}", f"set {TIME_ZONE}")
    return Finding("ok", "time zone", TIME_ZONE)


def check_worker(site) -> Finding:
    """Look at the worker and at jobs that wait for a person."""
    from heinsberg.portal.outbox import api as outbox
    from heinsberg.portal.outbox.interfaces import StoreMissing

    try:
        beat, dead = outbox.heartbeat(site), outbox.dead_count(site)
    except StoreMissing:
        return Finding("error", "worker", "the outbox is missing", "bin/portal upgrade")
    if beat is None or clock.now() - beat.at > readiness.HEARTBEAT_LIMIT:
        return Finding(
            "warning" if not settings().production else "error",
            "worker",
            "no worker shows a sign of life",
            "start bin/portal serve; with PostgreSQL also bin/portal worker",
        )
    if dead:
        return Finding("warning", "worker", f"{dead} jobs were given up", "see @outbox")
    return Finding("ok", "worker", "works, nothing was given up")
