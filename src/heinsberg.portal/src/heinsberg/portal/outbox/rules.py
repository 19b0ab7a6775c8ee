"""Rules of the outbox without a database: back-off, leases, order."""

from collections import defaultdict
from collections import deque
from collections.abc import Iterable


FIRST_DELAY = 10.0

# Seconds that all entries of a kind wait when its other end is down. Short, for
# only one entry a time finds out and spends an attempt on it.
PAUSE = 10.0

# Seconds that a lease outlasts the longest perform(): clocks of two machines
# may differ by a little, and a claimed batch is carried out one by one.
GRACE = 60.0

Due = tuple[int, str, str]


def back_off(attempt: int, longest: float, chance: float) -> float:
    """Return seconds before the next try after the nth (1-based) failed attempt.

    Doubles from FIRST_DELAY up to ``longest``; ``chance`` in [0, 1) spreads it
    over the upper half, so that a thousand failures do not return at one moment.
    """
    full = min(longest, FIRST_DELAY * 2 ** min(max(attempt, 1) - 1, 30))
    return full / 2 + full / 2 * chance


def lease_end(now_ms: int, seconds: float, grace: float = GRACE) -> int:
    """Return the end of a lease (ms) for work that takes at most ``seconds``."""
    return now_ms + int((seconds + grace) * 1000)


def is_leased(lease: tuple[str, int] | None, now_ms: int) -> bool:
    """Return whether some worker holds the entry now."""
    return lease is not None and lease[1] > now_ms


def holds(lease: tuple[str, int] | None, worker: str) -> bool:
    """Return whether this worker was the last to claim, even if its time has run out."""
    return lease is not None and lease[0] == worker


def fair_order(due: Iterable[Due], limit: int | None = None) -> list[str]:
    """Return ids oldest first within a kind, kinds taking turns.

    Ten thousand purges therefore never keep one mail waiting.
    """
    queues: dict[str, deque[str]] = defaultdict(deque)
    for _moment, kind, entry_id in sorted(due):
        queues[kind].append(entry_id)
    turns, order = deque(queues.values()), []
    while turns and (limit is None or len(order) < limit):
        queue = turns.popleft()
        order.append(queue.popleft())
        if queue:
            turns.append(queue)
    return order
