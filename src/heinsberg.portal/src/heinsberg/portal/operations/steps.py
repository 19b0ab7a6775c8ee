"""Which steps of the first start are finished, kept in the database itself.

A file on disk alone would claim a filled portal after the database was
replaced; the record travels with backup, restore and move.
"""

from heinsberg.portal.foundation import clock
from persistent.mapping import PersistentMapping
from zope.annotation.interfaces import IAnnotations


KEY = "heinsberg.portal.operations.steps"


def finished(site) -> dict[str, str]:
    """Return finished step -> moment (ISO 8601, UTC)."""
    return dict(IAnnotations(site).get(KEY, {}))


def finish(site, step: str, value: str | None = None) -> None:
    """Record a step in the current transaction, by default with the present moment."""
    annotations = IAnnotations(site)
    if KEY not in annotations:
        annotations[KEY] = PersistentMapping()
    annotations[KEY][step] = value or clock.now().isoformat(timespec="seconds")


def kreis(site) -> str:
    """Return the Kreis profile that the portal was made with."""
    return finished(site).get("kreis", "")
