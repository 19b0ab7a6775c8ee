"""Waking the worker of this process right after a commit."""

from typing import Any

import threading
import transaction


wake = threading.Event()

_HOOKED = "heinsberg.portal.outbox.hooked"


def wake_after(jar: Any) -> None:
    """Wake the worker when the connection's transaction has been committed.

    ``jar`` is None for a store that was made in this very transaction.
    """
    manager = transaction.manager if jar is None else jar.transaction_manager
    txn = manager.get()
    try:
        txn.data(_HOOKED)
    except KeyError:
        txn.set_data(_HOOKED, True)
        txn.addAfterCommitHook(_committed)


def _committed(success: bool) -> None:
    if success:
        wake.set()
