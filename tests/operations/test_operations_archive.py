"""The backup file: nothing damaged, incomplete or foreign comes through."""

from heinsberg.portal.operations import archive
from heinsberg.portal.operations.interfaces import OperatorError
from io import BytesIO
from pathlib import Path

import json
import pytest
import random
import tarfile


@pytest.fixture
def good(tmp_path) -> Path:
    """A small intact backup."""
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "main.sqlite3").write_bytes(random.Random(7).randbytes(50_000))
    (folder / "oids.sqlite3").write_bytes(b"numbers")
    target = tmp_path / "good.tar.gz"
    archive.write(folder, target, {"storage": "sqlite", "objects": 3})
    return target


@pytest.fixture
def out(tmp_path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def rewritten(good: Path, change) -> Path:
    """Return a backup whose members went through change(name, data) -> TarInfo and data pairs."""
    target = good.with_name("bad.tar.gz")
    with tarfile.open(good) as source, tarfile.open(target, "w:gz") as tar:
        for member in source:
            data = source.extractfile(member).read()
            for info, content in change(member, data):
                info.size = len(content)
                tar.addfile(info, BytesIO(content))
    return target


def test_round_trip_is_private_and_whole(good, out):
    manifest = archive.read(good, out)
    assert manifest["objects"] == 3
    assert (out / "oids.sqlite3").read_bytes() == b"numbers"
    assert good.stat().st_mode & 0o077 == 0
    assert (out / "main.sqlite3").stat().st_mode & 0o077 == 0
    assert {path.name for path in good.parent.iterdir()} == {"content", "out", "good.tar.gz"}


def test_an_existing_file_is_never_overwritten(good, tmp_path):
    folder = tmp_path / "content"
    (folder / archive.MANIFEST).unlink()
    before = good.read_bytes()
    with pytest.raises(FileExistsError):
        archive.write(folder, good, {})
    assert good.read_bytes() == before


@pytest.mark.parametrize("position", [5, 500, 20_000, 49_000])
def test_a_flipped_byte_is_noticed(good, out, position):
    data = bytearray(good.read_bytes())
    data[position] ^= 0xFF
    good.write_bytes(data)
    if position == 5:
        # In the time stamp of gzip's header, which nothing depends on.
        assert archive.read(good, out)
        return
    with pytest.raises(OperatorError):
        archive.read(good, out)


@pytest.mark.parametrize("length", [0, 10, 3000, 40_000])
def test_a_cut_file_is_noticed(good, out, length):
    good.write_bytes(good.read_bytes()[:length])
    with pytest.raises(OperatorError):
        archive.read(good, out)


def test_a_file_that_is_no_backup_is_refused(tmp_path, out):
    path = tmp_path / "x.tar.gz"
    path.write_text("hello")
    with pytest.raises(OperatorError, match="no backup"):
        archive.read(path, out)


def test_changed_content_with_a_valid_archive_is_noticed(good, out):
    def change(member, data):
        yield member, data.replace(b"numbers", b"Numbers")

    with pytest.raises(OperatorError, match="checksum of oids.sqlite3"):
        archive.read(rewritten(good, change), out)


def test_a_missing_or_doubled_member_is_noticed(good, tmp_path):
    def without(member, data):
        if member.name != "oids.sqlite3":
            yield member, data

    def doubled(member, data):
        yield member, data
        yield member, data

    for number, change in enumerate((without, doubled)):
        folder = tmp_path / f"out{number}"
        folder.mkdir()
        with pytest.raises(OperatorError):
            archive.read(rewritten(good, change), folder)


@pytest.mark.parametrize("name", ["../evil", "/tmp/evil", "etc/evil", "storage.conf", "evil"])
def test_foreign_names_are_refused_and_write_nothing(good, out, name):
    def change(member, data):
        yield tarfile.TarInfo(name), b"evil"
        yield member, data

    with pytest.raises(OperatorError, match="foreign"):
        archive.read(rewritten(good, change), out)
    assert list(out.iterdir()) == []
    assert not (out.parent / "evil").exists()


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE]
)
def test_links_and_devices_are_refused(good, out, kind):
    def change(member, data):
        if member.name == "oids.sqlite3":
            member.type, member.linkname = kind, "/etc/passwd"
            yield member, b""
        else:
            yield member, data

    with pytest.raises(OperatorError, match="foreign"):
        archive.read(rewritten(good, change), out)


def test_a_newer_format_is_refused(good, out):
    def change(member, data):
        if member.name == archive.MANIFEST:
            data = json.dumps({**json.loads(data), "format": 99}).encode()
        yield member, data

    with pytest.raises(OperatorError, match="format"):
        archive.read(rewritten(good, change), out)
