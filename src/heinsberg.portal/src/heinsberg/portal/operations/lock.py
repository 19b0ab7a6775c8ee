"""The exclusive lock of the data folder: SQLite belongs to one process."""

from dataclasses import dataclass
from heinsberg.portal.foundation import environment
from heinsberg.portal.operations.interfaces import LockedError
from pathlib import Path

import fcntl
import json
import os


@dataclass(frozen=True)
class Holder:
    """The process that holds the lock, as it described itself."""

    pid: int
    purpose: str

    def sentence(self) -> str:
        """Say who holds the lock and what to do."""
        if self.purpose in ("run", "serve"):
            return (
                f"the portal already runs on this data (process {self.pid}). "
                f"Use that one, or end it first: kill {self.pid}"
            )
        return (
            f"bin/portal {self.purpose} works on this data (process {self.pid}). "
            "Wait until it has finished, then try again."
        )


class PortalLock:
    """Context manager around var/portal.lock; nested use in one process is one lock."""

    _held: "PortalLock | None" = None

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose
        self._descriptor: int | None = None

    @staticmethod
    def path() -> Path:
        """Return the lock file of this data folder."""
        return environment.var() / "portal.lock"

    @classmethod
    def held_here(cls) -> bool:
        """Say whether this process holds the lock."""
        return cls._held is not None

    @classmethod
    def holder(cls) -> Holder | None:
        """Return the other process that holds the lock, or None when it is free."""
        try:
            descriptor = os.open(cls.path(), os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _described(os.read(descriptor, 4096))
        finally:
            os.close(descriptor)
        return None

    def __enter__(self) -> "PortalLock":
        self.acquire()
        return self

    def __exit__(self, *exception) -> None:
        self.release()

    def acquire(self) -> None:
        """Take the lock or raise LockedError naming the holder."""
        if PortalLock._held is not None:
            return
        descriptor = os.open(self.path(), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _described(os.read(descriptor, 4096))
            os.close(descriptor)
            raise LockedError(holder.sentence()) from None
        os.ftruncate(descriptor, 0)
        text = json.dumps({"pid": os.getpid(), "purpose": self.purpose})
        os.pwrite(descriptor, text.encode(), 0)
        self._descriptor = descriptor
        PortalLock._held = self

    def release(self) -> None:
        """Give the lock back; harmless when it was not taken by this object."""
        if self._descriptor is None:
            return
        os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)
        self._descriptor = None
        PortalLock._held = None


def _described(raw: bytes) -> Holder:
    """Read what the holder wrote; it may be in the middle of writing."""
    try:
        data = json.loads(raw)
        return Holder(int(data["pid"]), str(data["purpose"]))
    except (ValueError, KeyError, TypeError):
        return Holder(0, "another command")
