"""A limit for a whole conversation: socket time-outs bound single reads only."""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager

import socket
import threading


@contextmanager
def cut_after(
    seconds: float, current: Callable[[], socket.socket | None]
) -> Iterator[threading.Event]:
    """Cut the socket that ``current`` returns when the block takes longer than ``seconds``.

    The blocked call then ends with an error or a short answer, as if the other
    end had hung up. Yields an event that tells whether this happened.
    """
    expired = threading.Event()

    def cut() -> None:
        expired.set()
        sock = current()
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                # It was closed in the meantime, which is what we want.
                return

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield expired
    finally:
        timer.cancel()
