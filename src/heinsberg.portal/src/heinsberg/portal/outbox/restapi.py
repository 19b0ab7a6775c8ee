"""REST for operators: @outbox lists what waits and what was given up. No payloads."""

from datetime import datetime
from heinsberg.portal import _
from heinsberg.portal.foundation.errors import PortalError
from heinsberg.portal.outbox import api
from heinsberg.portal.outbox.interfaces import EntrySummary
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.deserializer import json_body
from plone.restapi.exceptions import DeserializationError
from plone.restapi.services import Service
from typing import Any
from zope.i18n import translate
from zope.interface import alsoProvides


def _moment(value: datetime | None) -> str | None:
    return value.isoformat(timespec="seconds") if value else None


def _entry(summary: EntrySummary) -> dict[str, Any]:
    return {
        "id": summary.id,
        "kind": summary.kind,
        "created": _moment(summary.created),
        "due": _moment(summary.due),
        "attempts": summary.attempts,
        "leased_until": _moment(summary.leased_until),
        "error": summary.error,
        "dead_since": _moment(summary.dead_since),
    }


class OutboxGet(Service):
    """State of the outbox: worker, counts, next 500 waiting entries, dead letters."""

    def reply(self) -> dict[str, Any]:
        self.request.response.setHeader("Cache-Control", "no-store")
        beat = api.heartbeat(self.context)
        dead = api.dead_letters(self.context)
        return {
            "@id": f"{self.context.absolute_url()}/@outbox",
            "worker": beat
            and {"id": beat.worker, "mode": beat.mode, "at": _moment(beat.at)},
            "oldest_due": _moment(api.oldest_pending(self.context)),
            "pending_total": api.pending_count(self.context),
            "pending": [_entry(summary) for summary in api.pending(self.context)],
            "dead_total": len(dead),
            "dead": [_entry(summary) for summary in dead[:500]],
        }


class OutboxPost(Service):
    """{"action": "retry" | "discard", "id": …, "reason": …}; 204, or a refusal in JSON."""

    def reply(self) -> dict[str, Any] | None:
        # A foreign page can send a form or plain text with our cookie, but not
        # this content type; so the check may take the place of the token.
        kind = self.request.getHeader("Content-Type", "") or ""
        if kind.split(";")[0].strip().lower() != "application/json":
            return self._refuse(415, _("Send this request as application/json."))
        alsoProvides(self.request, IDisableCSRFProtection)
        try:
            self._act(json_body(self.request))
        except DeserializationError:
            return self._refuse(400, _("The body is not valid JSON."))
        except PortalError as error:
            return self._refuse(error.status, error.message)
        return self.reply_no_content()

    def _act(self, data: dict[str, Any]) -> None:
        entry_id, reason = data.get("id"), data.get("reason")
        if not isinstance(entry_id, str) or not entry_id:
            raise PortalError(_("The id of an entry is missing."))
        match data.get("action"):
            case "retry":
                api.retry(self.context, entry_id)
            case "discard":
                if not isinstance(reason, str) or not reason.strip():
                    raise PortalError(_("Discarding needs a reason."))
                api.discard(self.context, entry_id, reason.strip())
            case _other:
                raise PortalError(_("The action must be retry or discard."))

    def _refuse(self, status: int, message: str) -> dict[str, Any]:
        self.request.response.setStatus(status)
        text = translate(message, context=self.request)
        return {"error": {"type": "OutboxError", "message": text}}
