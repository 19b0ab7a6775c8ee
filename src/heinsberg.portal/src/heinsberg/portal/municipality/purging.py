"""What the proxies in front forget when a municipality's pages change.

One place per address a municipality is served under, with ``*`` at the end:
everything below it. Which pages show a text cannot be listed exactly (lists,
home page, search), so all of the municipality's pages go, and no other's.
Our nginx keeps one generation per municipality (docs/nginx.md), which its own
domains and its part of the common address share.

plone.cachepurging is not used. Its rewriter knows the virtual root of the
editor's request only, its purger works in a thread that forgets its queue
when the process ends, and it purges object by object. It stays switched off
in the registry (profiles/default/registry).
"""

from heinsberg.portal.foundation.settings import settings
from heinsberg.portal.municipality import counters
from heinsberg.portal.municipality import links
from heinsberg.portal.municipality.directory import municipalities
from heinsberg.portal.outbox import api as outbox
from urllib.parse import quote
from urllib.parse import urlsplit

import transaction


Pair = tuple[str, str]


def counter_bumped(event) -> None:
    """Remember, once per transaction, to purge when it is about to be committed."""
    if not settings().purge_urls:
        return
    txn = transaction.get()
    try:
        txn.data(_key)
    except KeyError:
        txn.set_data(_key, True)
        txn.addBeforeCommitHook(_enqueue, (event.site,))


_key = object()


def _enqueue(site) -> None:
    """Write one outbox entry per place that changed; equal ones that wait are merged."""
    for pairs in changed_places(site, counters.bumped_names()):
        outbox.purge(pairs, site=site)


def changed_places(site, names: frozenset[str]) -> list[list[Pair]]:
    """Return what to purge for these counters: a list of (host, path) per municipality.

    The shared counter and the directory's concern every page of the portal.
    """
    infos = {info.id: info for info in municipalities(site)}
    everything = bool(names & {counters.SHARED, counters.DIRECTORY})
    # A municipality that is gone has no domains any more, but its pages may still be kept.
    ids = sorted(set(infos) | names if everything else names)
    ids = [name for name in ids if name not in (counters.SHARED, counters.DIRECTORY)]
    places = [_places(name, infos.get(name)) for name in ids]
    if everything:
        # The entrance last: it shows what is below it.
        places.append([_common("/"), _common("/*")])
    return places


def _places(name: str, info) -> list[Pair]:
    origins = info.origins if info is not None else ()
    own = [(urlsplit(origin).netloc, "/*") for origin in origins]
    # Without the slash: the municipality's home page at the common address.
    return [*own, _common(f"/{quote(name)}"), _common(f"/{quote(name)}/*")]


def _common(path: str) -> Pair:
    common = urlsplit(links.common_url())
    return common.netloc, quote(common.path, safe="/%") + path
