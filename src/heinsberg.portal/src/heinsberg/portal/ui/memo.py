"""Fragments of pages kept in the process, bounded, by keys that carry the municipality.

A key names everything the fragment depends on: municipality, counter,
language, virtual root. It never holds a host, a user or a query, so no
visitor can make it grow.
"""

from collections import OrderedDict
from collections.abc import Callable
from collections.abc import Hashable
from threading import Lock
from typing import TypeVar


T = TypeVar("T")


class Memo:
    """A least-recently-used store of finished fragments."""

    def __init__(self, size: int = 4096) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the fragment of a key, made at first use."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[return-value]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)


#: Shared by all rooms; each key begins with the name of what is kept.
memo = Memo()
