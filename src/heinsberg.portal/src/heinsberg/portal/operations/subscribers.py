"""Start-up guard: however Zope was started, the storage must be safe and SQLite ours alone."""

from heinsberg.portal.operations import storage
from heinsberg.portal.operations.lock import PortalLock

import atexit


def guard_database(event) -> None:
    """Refuse unsafe settings; take the lock when a start did not go through bin/portal."""
    if not _is_relstorage(event.database.storage):
        return
    settings = storage.current()
    storage.refuse_unsafe(settings)
    if settings.kind == "sqlite" and not PortalLock.held_here():
        lock = PortalLock(purpose="bin/instance")
        lock.acquire()
        atexit.register(lock.release)


def _is_relstorage(database_storage) -> bool:
    """Say whether this is the real storage; tests run on a DemoStorage."""
    return type(database_storage).__module__.startswith("relstorage.")
