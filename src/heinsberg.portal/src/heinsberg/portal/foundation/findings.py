"""What a check of a deployment finds; rooms give them, operations prints them."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """One result of a check: ``level`` is ok, warning or error; ``remedy`` says what to do."""

    level: Literal["ok", "warning", "error"]
    name: str
    message: str
    remedy: str = ""
