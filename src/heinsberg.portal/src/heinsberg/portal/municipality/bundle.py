"""Files of the themes, put together and compressed once per process."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from heinsberg.portal.municipality import palette
from heinsberg.portal.municipality import theming
from pathlib import Path

import gzip


TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".ico": "image/x-icon",
    ".webmanifest": "application/manifest+json",
}
TEXT = (".css", ".js", ".svg", ".webmanifest")
STYLESHEET = "portal.css"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file ready to be sent, with its gzip form where that is smaller."""

    body: bytes
    content_type: str
    compressed: bytes | None
    digest: str


def _asset(body: bytes, suffix: str) -> Asset:
    small = gzip.compress(body, 9, mtime=0) if suffix in TEXT else None
    if small is not None and len(small) >= len(body):
        small = None
    return Asset(body, TYPES[suffix], small, sha256(body).hexdigest()[:12])


def asset(info, name: str) -> Asset | None:
    """Return the file of that name for a municipality (None: the entrance), or None."""
    theme = theming.theme_of(info)
    if name == STYLESHEET:
        brand = (info.brand if info else None) or theme.brand
        accent = (info.accent if info else None) or theme.accent
        return _stylesheet(_stamp(), str(theme.folder), brand, accent)
    folder = theming.base_folder()
    if name.startswith("theme/"):
        folder, name = theme.folder, name.removeprefix("theme/")
    return _file(str(folder), name, _mtime(folder, name)) if folder else None


def digest(info, name: str) -> str:
    """Return the hash of a file for its address; 'missing' where there is none."""
    found = asset(info, name)
    return found.digest if found else "missing"


def _inside(folder: Path, name: str) -> Path | None:
    path = (folder / name).resolve()
    if path.suffix not in TYPES or not path.is_relative_to(folder.resolve()) or not path.is_file():
        return None
    return path


def _mtime(folder: Path | None, name: str) -> float:
    path = _inside(folder, name) if folder else None
    return path.stat().st_mtime if path else 0.0


@lru_cache(maxsize=512)
def _file(folder: str, name: str, stamp: float) -> Asset | None:
    path = _inside(Path(folder), name)
    return _asset(path.read_bytes(), path.suffix) if path else None


_parts_stamp: list[str] = []


def _stamp() -> str:
    """Return what changes when a file of the base styles does; read once per process."""
    if not _parts_stamp:
        _parts_stamp.append("|".join(f"{p.name}:{p.stat().st_mtime_ns}" for p in _parts()))
    return _parts_stamp[0]


def _parts() -> list[Path]:
    folder = theming.base_folder()
    return sorted((folder / "css").glob("*.css")) if folder else []


@lru_cache(maxsize=128)
def _stylesheet(stamp: str, theme_folder: str, brand: str, accent: str | None) -> Asset:
    own = Path(theme_folder) / "theme.css"
    parts = [path.read_text("utf-8") for path in _parts()]
    parts.append(palette.stylesheet(brand, accent))
    if own.is_file():
        parts.append(own.read_text("utf-8"))
    return _asset("\n".join(parts).encode("utf-8"), ".css")
