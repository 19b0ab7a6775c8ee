"""Kind "call": a deferred function of another room, exactly once."""

from heinsberg.portal.outbox.interfaces import DONE
from heinsberg.portal.outbox.interfaces import EntryView
from heinsberg.portal.outbox.interfaces import IOutboxCall
from heinsberg.portal.outbox.interfaces import IOutboxHandler
from heinsberg.portal.outbox.interfaces import RetryLater
from typing import Any
from zope.component import queryUtility
from zope.interface import implementer


@implementer(IOutboxHandler)
class CallHandler:
    """Runs a named IOutboxCall in the transaction that removes the entry."""

    seconds = 30.0
    max_attempts = 12
    longest_delay = 3600.0

    def prepare(self, entry: EntryView, site: Any) -> Any:
        """Run the function; its changes and the removal of the entry are one commit."""
        name = entry.payload["name"]
        function = queryUtility(IOutboxCall, name=name)
        if function is None:
            raise RetryLater(reason=f"no call named {name}")
        function(site, entry.payload["payload"], entry.id)
        return DONE

    def perform(self, job: Any) -> None:
        """Nothing is left to do outside of the transaction."""
