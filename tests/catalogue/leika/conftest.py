"""A site in a ZODB in memory, and catalogue files made row by row."""

from collections.abc import Callable
from heinsberg.portal.catalogue.commands import import_leika
from heinsberg.portal.foundation import environment
from pathlib import Path
from persistent import Persistent
from persistent.mapping import PersistentMapping
from types import SimpleNamespace
from ZODB.MappingStorage import MappingStorage
from zope.annotation.interfaces import IAnnotations

import pytest
import transaction
import ZODB


HEADER = (
    "leika_key,name,leika_typ,ozg_id,ozg_leistung,lebenslage,themenfeld,"
    "rechtsgrundlagen,gesetze,gesetzeskuerzel,relevanz1,relevanz2"
)


class Site(Persistent):
    """Stands in for the portal: an object with annotations."""

    def __init__(self) -> None:
        self._annotations = PersistentMapping()

    def __conform__(self, interface):
        return self._annotations if interface is IAnnotations else None


@pytest.fixture
def data() -> Path:
    return environment.home() / "profiles" / "common" / "data"


@pytest.fixture
def database():
    storage = MappingStorage()
    db = ZODB.DB(storage)
    yield db
    transaction.abort()
    db.close()


@pytest.fixture
def site(database):
    connection = database.open()
    connection.root()["site"] = Site()
    transaction.commit()
    yield connection.root()["site"]
    transaction.abort()
    connection.close()


def row(number: int, name: str = "", **other: str) -> str:
    """Return a plain row: key 990000000000NN."""
    cells = {
        "key": f"99{number:012}",
        "name": name or f"Leistung {number}",
        "typ": "2/3",
        "ozg": "10001,Hundeangelegenheiten,Tierhaltung,Engagement & Hobby",
        "legal": "§ 1 Hundegesetz (HundG) [http://www.example.org/hundg/__1.html]",
        "law": "Hundegesetz",
        "short": "HundG",
        "flags": "1,0",
    } | other
    return ",".join(cells.values())


@pytest.fixture
def make() -> Callable[..., bytes]:
    """Return a function: rows (lines or numbers) to the bytes of a services file."""

    def made(*rows: str | int, header: str = HEADER, encoding: str = "utf-8") -> bytes:
        lines = [header, *(row(one) if isinstance(one, int) else one for one in rows)]
        return ("\r\n".join(lines) + "\r\n").encode(encoding)

    made.row = row
    return made


@pytest.fixture
def run(site, tmp_path):
    """Return a function: bytes of files to (exit code, lines reported)."""

    def imported(*contents: bytes, **options) -> tuple[int, list[str]]:
        files = []
        for number, content in enumerate(contents):
            path = tmp_path / f"file{number}.csv"
            path.write_bytes(content)
            files.append(str(path))
        lines: list[str] = []
        code = import_leika(site, SimpleNamespace(files=files, **options), lines.append)
        return code, lines

    return imported
