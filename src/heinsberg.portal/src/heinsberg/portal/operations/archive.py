"""The backup file: a .tar.gz with a manifest of checksums, written and read with care."""

from datetime import datetime
from heinsberg.portal.foundation import clock
from heinsberg.portal.operations.interfaces import OperatorError
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version
from pathlib import Path
from typing import Any

import hashlib
import json
import os
import platform
import tarfile
import zlib


FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "postgresql.dump"
SECRETS = ("admin-password", "demo-users.txt", "secret.key", "secrets.env")
# Everything that a backup may hold; anything else in a file is refused.
KNOWN = frozenset({MANIFEST, DUMP, "main.sqlite3", "oids.sqlite3", *SECRETS})
CHUNK = 1 << 20


def stamp(moment: datetime | None = None) -> str:
    """Return a moment (default: now) as it stands in file names, in UTC."""
    return (moment or clock.now()).strftime("%Y%m%d-%H%M%S")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write(folder: Path, target: Path, facts: dict[str, Any]) -> None:
    """Pack a folder with its manifest into a file that appears whole, mode 0600, or not at all."""
    names = sorted(path.name for path in folder.iterdir())
    manifest = {
        "format": FORMAT,
        "created": clock.now().isoformat(timespec="seconds"),
        "versions": _versions(),
        **facts,
        "files": {name: digest(folder / name) for name in names},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2), encoding="utf-8")
    unfinished = target.with_name(f".{target.name}.unfinished")
    descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=6) as tar:
                for name in [MANIFEST, *names]:
                    tar.add(folder / name, arcname=name, recursive=False)
            stream.flush()
            os.fsync(stream.fileno())
        # link, unlike rename, never overwrites a file that came up meanwhile.
        os.link(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def read(source: Path, folder: Path) -> dict[str, Any]:
    """Unpack into an empty folder and return the manifest; OperatorError unless all is intact."""
    try:
        with tarfile.open(source, mode="r:gz") as tar:
            for member in tar:
                _unpack(tar, member, folder)
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = dict(manifest["files"])
    except (tarfile.TarError, EOFError, zlib.error, ValueError, KeyError) as error:
        raise OperatorError(f"{source} is damaged or no backup: {error}") from error
    except OSError as error:
        raise OperatorError(f"{source} cannot be read: {error}") from error
    if manifest.get("format") != FORMAT:
        raise OperatorError(f"{source} has a format that this version does not know.")
    present = {path.name for path in folder.iterdir()} - {MANIFEST}
    if present != set(files):
        raise OperatorError(f"{source} is incomplete: files and manifest differ.")
    for name, expected in files.items():
        if digest(folder / name) != expected:
            raise OperatorError(f"{source} is damaged: the checksum of {name} is wrong.")
    return manifest


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one member with a known plain name; links, folders and other names are refused."""
    if not member.isreg() or member.name not in KNOWN:
        raise OperatorError(
            f"the file holds something foreign: {member.name!r}. Nothing was changed."
        )
    stream = tar.extractfile(member)
    descriptor = os.open(folder / member.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        while chunk := stream.read(CHUNK):
            target.write(chunk)


def _versions() -> dict[str, str]:
    """Return the versions that a restore may want to compare."""
    found = {"python": platform.python_version()}
    for name in ("heinsberg.portal", "Products.CMFPlone", "RelStorage"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
