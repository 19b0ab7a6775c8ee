"""Kind "mail": one message to one address."""

from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from email.utils import parseaddr
from heinsberg.portal import _
from heinsberg.portal.foundation.errors import PortalError
from heinsberg.portal.foundation.settings import settings
from heinsberg.portal.outbox.interfaces import EntryView
from heinsberg.portal.outbox.interfaces import IOutboxHandler
from heinsberg.portal.outbox.kinds import smtp
from plone.registry.interfaces import IRegistry
from typing import Any
from urllib.parse import urlsplit
from zope.component import queryUtility
from zope.interface import implementer

import re


_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_LONGEST_SUBJECT = 500


class MailRefused(PortalError):
    """An address cannot be used; nothing was enqueued."""


def payload(
    to: str, subject: str, text: str, html: str | None, sender: str | None
) -> dict[str, Any]:
    """Return the entry's payload; MailRefused if an address is none."""
    data = {
        "to": str(address(to)),
        # A title with a line break is no attack by itself: it becomes a blank.
        "subject": _CONTROL.sub(" ", str(subject)).strip()[:_LONGEST_SUBJECT],
        "text": text,
    }
    if html is not None:
        data["html"] = html
    if sender is not None:
        data["sender"] = str(address(sender))
    return data


def address(value: str) -> Address:
    """Parse ``name <a@b>`` or ``a@b``; MailRefused for anything else, line breaks first of all."""
    refused = MailRefused(_("This e-mail address cannot be used."))
    if not isinstance(value, str) or _CONTROL.search(value):
        raise refused
    name, plain = parseaddr(value.strip())
    local, _at, domain = plain.rpartition("@")
    # parseaddr() takes the first of "a@b, c@d": what it left out must not vanish silently.
    # It also closes gaps: "a@exa mple.org" would become another domain.
    whole = plain in value and value.count("@") == 1
    if not (local and domain and whole) or re.search(r"[\s,;:<>\"]", plain):
        raise refused
    try:
        domain = domain.encode("idna").decode("ascii")
        local.encode("ascii")
        return Address(display_name=name, username=local, domain=domain)
    except (HeaderParseError, ValueError, IndexError) as exc:
        raise refused from exc


def compose(entry: EntryView, sender: str, host: str) -> EmailMessage:
    """Return the message of an entry: the same one, whenever it is composed again."""
    data = entry.payload
    message = EmailMessage()
    message["From"] = address(data.get("sender") or sender)
    message["To"] = address(data["to"])
    message["Subject"] = data["subject"]
    message["Date"] = format_datetime(entry.created)
    # Stable, so that a repetition after a crash is seen as the same message.
    message["Message-ID"] = f"<{entry.id}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(data["text"], charset="utf-8", cte="quoted-printable")
    if data.get("html"):
        message.add_alternative(
            data["html"], subtype="html", charset="utf-8", cte="quoted-printable"
        )
    return message


@dataclass(frozen=True)
class MailJob:
    """A composed message on its way."""

    entry_id: str
    message: EmailMessage


@implementer(IOutboxHandler)
class MailHandler:
    """Composes with the site's sender; sends by SMTP, or writes .eml files in a demonstration."""

    seconds = smtp.LONGEST
    # With up to four hours in between: a relay may be down for a long weekend.
    max_attempts = 24
    longest_delay = 4 * 3600.0

    def prepare(self, entry: EntryView, site: Any) -> MailJob:
        host = urlsplit(settings().portal_url).hostname or "localhost"
        return MailJob(entry.id, compose(entry, _site_sender(host), host))

    def perform(self, job: MailJob) -> None:
        if settings().smtp_host:
            smtp.send(job.message, settings())
        else:
            smtp.write_file(job.entry_id, job.message)


def _site_sender(host: str) -> str:
    """Return the sender that the site's mail settings name, else noreply@host."""
    registry = queryUtility(IRegistry)
    plain = registry.get("plone.email_from_address") if registry is not None else None
    name = (
        registry.get("plone.email_from_name") if registry is not None else None
    ) or ""
    plain = plain or f"noreply@{host if '.' in host else 'localhost.localdomain'}"
    return str(Address(display_name=_CONTROL.sub(" ", name), addr_spec=plain.strip()))
