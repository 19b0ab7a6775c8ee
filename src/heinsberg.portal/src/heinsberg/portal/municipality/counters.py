"""Counters that say when pages of a municipality are out of date.

One conflict-free Length object per municipality, one for what all share
('shared': warnings for the whole Kreis, units of the Kreis) and one for the
directory of municipalities. Pages carry them in cache keys and ETags.
"""

from BTrees.Length import Length
from BTrees.OOBTree import OOBTree
from dataclasses import dataclass
from typing import Any
from zope.annotation.interfaces import IAnnotations
from zope.event import notify

import transaction


KEY = "heinsberg.counters"
SHARED = "*shared"
DIRECTORY = "*directory"


def ensure_counters(site) -> None:
    """Make the counters once, when the profile is installed."""
    annotations = IAnnotations(site)
    if KEY not in annotations:
        annotations[KEY] = OOBTree()
    for name in (SHARED, DIRECTORY):
        ensure(site, name)


def ensure(site, name: str) -> None:
    """Make the counter of a municipality when it is added."""
    counters = IAnnotations(site)[KEY]
    if name not in counters:
        counters[name] = Length(1)


def drop(site, name: str) -> None:
    """Forget the counter of a removed municipality."""
    IAnnotations(site)[KEY].pop(name, None)


def value(site, name: str) -> int:
    """Return the present value; 0 where there is no counter."""
    counters = IAnnotations(site).get(KEY)
    length = counters.get(name) if counters is not None else None
    return length() if length is not None else 0


def bump(site, name: str) -> bool:
    """Count one change of this transaction; True when it is the first of that name."""
    counters = IAnnotations(site).get(KEY)
    length = counters.get(name) if counters is not None else None
    if length is None:
        return False
    data = _once(transaction.get())
    if name in data:
        return False
    data.add(name)
    length.change(1)
    notify(CounterBumped(site, name))
    return True


@dataclass(frozen=True)
class CounterBumped:
    """A counter changes with this transaction; sent once per counter and transaction."""

    site: Any
    name: str


class _Bumped(set):
    """Names already counted in a transaction."""


_key = object()


def _once(txn) -> set:
    try:
        return txn.data(_key)
    except KeyError:
        names = _Bumped()
        txn.set_data(_key, names)
        return names


def bumped(name: str) -> bool:
    """Whether this transaction changed the thing, so that nothing read now may be kept."""
    try:
        return name in transaction.get().data(_key)
    except KeyError:
        return False


def bumped_names() -> frozenset[str]:
    """Return the counters that this transaction changed."""
    try:
        return frozenset(transaction.get().data(_key))
    except KeyError:
        return frozenset()
