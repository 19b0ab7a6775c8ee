"""The way out for mail: a relay by SMTP, or files below var/mail in a demonstration.

Errors carry codes only: what a server says may repeat a citizen's address.
"""

from email.message import EmailMessage
from email.policy import SMTP
from heinsberg.portal.foundation import environment
from heinsberg.portal.foundation.settings import Settings
from heinsberg.portal.outbox.deadline import cut_after
from heinsberg.portal.outbox.interfaces import GiveUp
from heinsberg.portal.outbox.interfaces import RetryLater
from heinsberg.portal.outbox.interfaces import Unreachable
from pathlib import Path
from typing import Any

import os
import re
import smtplib
import ssl


# Seconds for one answer of the server, and for the whole conversation.
TIMEOUT = 10.0
LONGEST = 60.0

_ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}\b")


def send(message: EmailMessage, settings: Settings) -> None:
    """Hand the message to the relay; Unreachable, RetryLater or GiveUp by its answer."""
    client = _Client(timeout=TIMEOUT)
    try:
        with cut_after(LONGEST, lambda: client.latest):
            _converse(client, message, settings)
    except smtplib.SMTPNotSupportedError as error:
        # Configured but not offered (STARTTLS, login): for a person to mend.
        raise Unreachable(reason="the relay lacks STARTTLS or login") from error
    except smtplib.SMTPAuthenticationError as error:
        raise Unreachable(
            reason=f"the relay refuses our login ({error.smtp_code})"
        ) from error
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        raise _refusal(code, text, whole=False) from error
    except smtplib.SMTPResponseException as error:
        whole = isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPHeloError)
        raise _refusal(error.smtp_code, error.smtp_error, whole=whole) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(
            reason=f"the relay is not reachable ({type(error).__name__})"
        ) from error
    finally:
        client.close()


def _converse(client: "_Client", message: EmailMessage, settings: Settings) -> None:
    client.connect_to(settings.smtp_host, settings.smtp_port)
    if settings.smtp_starttls:
        client.starttls(context=ssl.create_default_context())
    if settings.smtp_user:
        client.login(settings.smtp_user, settings.smtp_password)
    # Not send_message(): it turns a line "From here" into ">From here".
    sender, to = (message[name].addresses[0].addr_spec for name in ("From", "To"))
    client.sendmail(sender, [to], message.as_bytes(policy=SMTP))
    try:
        client.quit()
    except (OSError, smtplib.SMTPException):
        # The message was accepted: a failing farewell must not send it again.
        return


class _Client(smtplib.SMTP):
    """Remembers its socket from the first moment, so that a deadline can cut it."""

    latest: Any = None

    def _get_socket(self, host: str, port: int, timeout: float) -> Any:
        self.latest = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        return self.latest

    def connect_to(self, host: str, port: int) -> None:
        """Connect and read the greeting; SMTPConnectError unless it is 220."""
        # starttls() checks the certificate against this name.
        self._host = host
        code, text = self.connect(host, port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, text)


def _refusal(code: int, text: Any, *, whole: bool) -> Exception:
    """Translate an SMTP answer; ``whole`` when it concerns the relay, not the message."""
    raw = text if isinstance(text, bytes) else str(text).encode("utf-8", "replace")
    enhanced = _ENHANCED.search(raw)
    reason = f"SMTP {code}" + (f" {enhanced[0].decode()}" if enhanced else "")
    if whole or code in (421, -1):
        return Unreachable(reason=reason)
    if 500 <= code <= 599:
        return GiveUp(reason)
    return RetryLater(reason=reason)


def write_file(entry_id: str, message: EmailMessage) -> Path:
    """Write var/mail/<entry id>.eml, readable by the owner only; repeating it changes nothing."""
    folder = environment.var() / "mail"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{entry_id}.eml"
    # Written aside and renamed: a reader never meets half a message.
    draft = folder / f".{entry_id}.{os.getpid()}.part"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(message.as_bytes())
    os.replace(draft, target)
    return target
