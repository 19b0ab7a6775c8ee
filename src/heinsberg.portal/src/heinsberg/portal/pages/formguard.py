"""Protection of forms that need no account: signed, short-lived, one effect per form.

The stock token is the same for every visitor. This one is random per form,
signed with a key of this process's start or of the deployment, carries its
time, and serves as the idempotency key of what the form does.
"""

from hashlib import sha256
from heinsberg.portal.foundation import clock
from heinsberg.portal.foundation import secret

import hmac
import re
import secrets


#: A person needs longer than this (seconds), and is done before that.
SOONEST, LATEST = 2, 4 * 3600
TRAP = "website"
FIELD = "token"
NUMBER = re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$")
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def token(form: str) -> str:
    """Return the hidden fields of a form as HTML: the token and a trap for machines."""
    value = f"{secrets.token_urlsafe(12)}.{int(clock.now().timestamp())}"
    return (
        f'<input type="hidden" name="{FIELD}" value="{value}.{_sign(form, value)}">'
        f'<div class="hp-form__trap" hidden><label>Website <input type="text" name="{TRAP}" tabindex="-1" autocomplete="off"></label></div>'
    )


def problem(request, form: str, soonest: int = SOONEST) -> str:
    """Return '' for a good form, 'robot' for a machine, 'stale' for one to send again.

    ``soonest`` 0 where a program of the person's own may fill the form in at once.
    """
    if request.form.get(TRAP):
        return "robot"
    parts = str(request.form.get(FIELD) or "").split(".")
    if len(parts) != 3 or not parts[1].isdigit():
        return "stale"
    if not hmac.compare_digest(_sign(form, ".".join(parts[:2])), parts[2]):
        return "stale"
    age = clock.now().timestamp() - int(parts[1])
    return "" if soonest <= age <= LATEST else "stale"


def nonce(form: dict) -> str:
    """Return what makes a form one: the same for a double click or a repeated request."""
    return str(form.get(FIELD) or "").split(".")[0]


def number(nonce: str) -> str:
    """Return a number to read out on the telephone, the same for the same form."""
    value = int.from_bytes(sha256(b"number" + nonce.encode()).digest()[:6], "big")
    digits = []
    for _ in range(8):
        value, rest = divmod(value, len(ALPHABET))
        digits.append(ALPHABET[rest])
    return "".join(digits[:4]) + "-" + "".join(digits[4:])


def receipt(value) -> str:
    """Return a receipt number from an address, or '' where it is none."""
    return value if isinstance(value, str) and NUMBER.match(value) else ""


def _sign(form: str, value: str) -> str:
    return hmac.new(secret.key("forms"), f"{form}:{value}".encode(), sha256).hexdigest()[:32]
