"""Where seed files lie, and their bytes as text."""

from dataclasses import dataclass
from heinsberg.portal.foundation import environment
from heinsberg.portal.pages.seeding.errors import SeedFileError
from pathlib import Path

import re


MAX_BYTES = 8 * 1024 * 1024
COMMON = "common"
ID = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")


def is_id(text: object) -> bool:
    """Return whether a text can be an id: it becomes part of addresses and file names."""
    return isinstance(text, str) and len(text) <= 100 and ID.match(text) is not None


@dataclass(frozen=True, slots=True)
class Sources:
    """The folders of seed files, the Kreis's own first."""

    folders: tuple[Path, ...]

    @classmethod
    def of(cls, kreis_folder: Path, home: Path | None = None) -> "Sources":
        """Return the search path of a Kreis profile."""
        return cls((kreis_folder, (home or environment.home()) / "profiles" / COMMON))

    def find(self, name: str) -> Path | None:
        """Return the first file of a relative name, or None; never one outside the folders."""
        for folder in self.folders:
            path = (folder / name).resolve()
            if path.is_relative_to(folder.resolve()) and path.is_file():
                return path
        return None

    def require(self, name: str) -> Path:
        """Return the first file of a name; SeedFileError says where it was looked for."""
        path = self.find(name)
        if path is None:
            looked = " or ".join(str(folder / name) for folder in self.folders)
            raise SeedFileError(name, f"there is no such file. Expected: {looked}.")
        return path

    def own(self, name: str) -> Path:
        """Return a file of the Kreis's own folder; what it holds cannot come from elsewhere."""
        return Sources(self.folders[:1]).require(name)

    def ids(self, folder: str) -> list[str]:
        """Return the ids for which ``<folder>/<id>.yaml`` exists in any folder of the path."""
        names = {path.name for base in self.folders for path in (base / folder).glob("*.yaml")}
        return sorted(name[:-5] for name in names if is_id(name[:-5]))


def read_text(path: Path) -> str:
    """Return a UTF-8 file with or without a mark; SeedFileError names the first wrong line."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise SeedFileError(path.name, f"cannot be read: {error.strerror}.") from error
    if len(raw) > MAX_BYTES:
        raise SeedFileError(path.name, f"is larger than {MAX_BYTES // 1024 // 1024} MB.")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise SeedFileError(path.name, "is UTF-16. Save it as UTF-8.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        byte = raw[error.start]
        raise SeedFileError(
            path.name,
            f"byte 0x{byte:02x} is not UTF-8 (in Windows-1252 it would be "
            f"{bytes([byte]).decode('cp1252', 'replace')!r}). Save the file as UTF-8.",
            line=line,
        ) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise SeedFileError(path.name, "holds a zero byte. Save it as plain text.", line=line)
    return text
