"""What is told before the slow part of a start."""

from contextlib import closing
from heinsberg.portal.foundation.errors import ConfigurationError
from heinsberg.portal.operations import preflight
from heinsberg.portal.operations import storage
from heinsberg.portal.operations.interfaces import OperatorError
from heinsberg.portal.operations.interfaces import UnsafeStorageError
from pathlib import Path

import errno
import pytest
import socket


INSTANCE = Path(__file__).resolve().parents[2] / "instance"


def test_a_taken_port_names_another():
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(OperatorError, match=f"PORT={port + 1}"):
            preflight.claim_port("127.0.0.1", port)


def test_a_free_port_is_held_until_the_server_takes_it():
    with preflight.claim_port("127.0.0.1", 0) as claimed:
        assert claimed.getsockname()[1]


@pytest.mark.parametrize("value", ["0", "65536", "-1", "80 80", "http", "８０８０"])
def test_a_wrong_port_names_the_variable(value, monkeypatch):
    monkeypatch.setenv("HEINSBERG_PORT", value)
    with pytest.raises(ConfigurationError, match="HEINSBERG_PORT"):
        preflight.port()


def test_a_full_disk_is_named_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("HEINSBERG_NEEDED_MB", "999999999")
    with pytest.raises(OperatorError, match=r"999999999 MB.*it goes on where it stopped"):
        preflight.check_disk(tmp_path)
    monkeypatch.setenv("HEINSBERG_NEEDED_MB", "0")
    preflight.check_disk(tmp_path)


def test_system_errors_become_sentences():
    full = OSError(errno.ENOSPC, "No space left on device", "/data/x")
    assert "disk is full (/data/x)" in preflight.explain(full)
    denied = PermissionError(errno.EACCES, "Permission denied", "/data/x")
    assert "owner" in preflight.explain(denied)


@pytest.mark.parametrize("name", ["storage-sqlite.conf", "storage-postgresql.conf"])
def test_shipped_storages_are_safe(name, monkeypatch):
    monkeypatch.setenv("HEINSBERG_DSN", "dbname=portal")
    storage.refuse_unsafe(storage.read(INSTANCE / name))


SQLITE = "<relstorage main>\n{}\n<sqlite3>\ndata-dir /x\n</sqlite3>\n</relstorage>\n"


@pytest.mark.parametrize(
    "settings, reason",
    [
        ("keep-history false\ncache-local-mb 128", "cache-local-mb 0"),
        ("keep-history false", "cache-local-mb 0"),
        ("keep-history false\n# cache-local-mb 0", "cache-local-mb 0"),
        ("cache-local-mb 0", "keep-history false"),
        ("cache-local-mb 0\nkeep-history on", "keep-history false"),
    ],
)
def test_unsafe_settings_are_refused(settings, reason, tmp_path):
    path = tmp_path / "storage.conf"
    path.write_text(SQLITE.format(settings))
    with pytest.raises(UnsafeStorageError, match=reason):
        storage.refuse_unsafe(storage.read(path))


def test_postgresql_without_address_and_foreign_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.delenv("HEINSBERG_DSN", raising=False)
    with pytest.raises(UnsafeStorageError, match="HEINSBERG_DSN"):
        storage.refuse_unsafe(storage.read(INSTANCE / "storage-postgresql.conf"))
    with pytest.raises(UnsafeStorageError, match="do not exist"):
        storage.read(tmp_path / "none.conf")
    (tmp_path / "other.conf").write_text("<filestorage>\npath x\n</filestorage>")
    with pytest.raises(UnsafeStorageError, match="neither"):
        storage.read(tmp_path / "other.conf")
