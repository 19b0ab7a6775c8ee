"""Waking the worker of this process right after a commit."""

from transaction.interfaces import ITransaction

import threading


wake = threading.Event()

_HOOKED = "heinsberg.portal.outbox.hooked"


def wake_after(txn: ITransaction) -> None:
    """Wake the worker when this transaction has been committed; once per transaction."""
    try:
        txn.data(_HOOKED)
    except KeyError:
        txn.set_data(_HOOKED, True)
        txn.addAfterCommitHook(_committed)


def _committed(success: bool) -> None:
    if success:
        wake.set()
