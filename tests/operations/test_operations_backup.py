"""Backup and restore of a real RelStorage on SQLite, while it is written to."""

from contextlib import closing
from heinsberg.portal.operations import sqlite
from heinsberg.portal.operations.interfaces import OperatorError
from pathlib import Path

import json
import pytest
import sqlite3
import subprocess
import sys
import tarfile


# Writes numbered objects until it is ended; each line it prints was committed before.
WRITER = """
import sys, transaction
from BTrees.IOBTree import IOBTree
from persistent.mapping import PersistentMapping
from ZODB.config import databaseFromString
db = databaseFromString('''
%import relstorage
<zodb main>
  <relstorage>
    keep-history false
    cache-local-mb 0
    blob-dir {var}/blobcache
    shared-blob-dir false
    <sqlite3>
      data-dir {var}/database
    </sqlite3>
  </relstorage>
</zodb>
''')
root = db.open().root()
root['written'] = IOBTree()
for number in range({count}):
    root['written'][number] = PersistentMapping(number=number)
    transaction.commit()
    print(number, flush=True)
"""

READER = """
import json
from ZODB.config import databaseFromString
db = databaseFromString('''
%import relstorage
<zodb main>
  <relstorage>
    keep-history false
    cache-local-mb 0
    blob-dir {var}/blobcache
    shared-blob-dir false
    <sqlite3>
      data-dir {var}/database
    </sqlite3>
  </relstorage>
</zodb>
''')
import transaction
from persistent.mapping import PersistentMapping
root = db.open().root()
before = [root['written'][number]['number'] for number in root['written']]
oids = {{root['written'][number]._p_oid for number in root['written']}}
fresh = [PersistentMapping() for _ in range(200)]
root['fresh'] = PersistentMapping(enumerate(fresh))
transaction.commit()
print(json.dumps([before, len(oids & {{item._p_oid for item in fresh}}), 'portal' in root['Application']]))
"""


def script(template: str, var: Path, **values) -> list[str]:
    return [sys.executable, "-c", template.format(var=var, **values)]


@pytest.mark.slow
def test_a_backup_while_writing_comes_back_whole(made, empty):
    """Guard 15: all that was committed before is there, and no object number is given twice."""
    writer = subprocess.Popen(
        script(WRITER, made.var, count=100_000), stdout=subprocess.PIPE, text=True
    )
    try:
        for line in writer.stdout:
            if int(line) == 300:
                break
        target = made.var.parent / "while-writing.tar.gz"
        done = made.run("backup", str(target))
        assert done.returncode == 0, done.stderr
        assert writer.poll() is None, "the writer must still be at work"
    finally:
        writer.kill()
        writer.wait()
    assert target.stat().st_mode & 0o077 == 0

    done = empty.run("restore", str(target))
    assert done.returncode == 0, done.stderr
    read = subprocess.run(script(READER, empty.var), capture_output=True, text=True, check=True)
    numbers, reused, portal = json.loads(read.stdout)
    assert numbers == list(range(len(numbers)))
    assert len(numbers) > 300
    assert reused == 0
    assert portal
    assert (empty.var / "admin-password").read_text() == (made.var / "admin-password").read_text()


@pytest.mark.slow
def test_restore_keeps_what_is_there(made):
    target = made.var.parent / "one.tar.gz"
    assert made.run("backup", str(target)).returncode == 0
    again = made.run("backup", str(target))
    assert again.returncode == 1
    assert "never overwritten" in again.stderr

    refused = made.run("restore", str(target))
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    before = sqlite.count_objects(made.var / "database")
    forced = made.run("restore", str(target), "--force")
    assert forced.returncode == 0, forced.stderr
    assert sqlite.verify(made.var / "database") == before
    (aside,) = made.var.glob("database.before-restore-*")
    assert sqlite.verify(aside) == before
    assert not list(made.var.glob(".restore-*"))


@pytest.mark.slow
def test_a_damaged_backup_changes_nothing(made, prepared):
    target = made.var.parent / "one.tar.gz"
    assert made.run("backup", str(target)).returncode == 0
    data = bytearray(target.read_bytes())
    data[len(data) // 2] ^= 0xFF
    target.write_bytes(data)
    before = (made.var / "database" / sqlite.MAIN).read_bytes()
    refused = made.run("restore", str(target), "--force")
    assert refused.returncode == 1
    assert "damaged" in refused.stderr
    assert (made.var / "database" / sqlite.MAIN).read_bytes() == before
    assert not list(made.var.glob("database.before-restore-*"))


@pytest.mark.slow
def test_a_backup_of_another_storage_is_refused(made):
    target = made.var.parent / "one.tar.gz"
    assert made.run("backup", str(target)).returncode == 0
    with tarfile.open(target) as tar:
        tar.extractall(made.var.parent / "x", filter="data")
    folder = made.var.parent / "x"
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "storage": "postgresql"}))
    other = made.var.parent / "two.tar.gz"
    with tarfile.open(other, "w:gz") as tar:
        for path in folder.iterdir():
            tar.add(path, arcname=path.name)
    refused = made.run("restore", str(other), "--force")
    assert refused.returncode == 1
    assert "postgresql" in refused.stderr


def test_nothing_to_back_up_is_said(empty):
    done = empty.run("backup")
    assert done.returncode == 1
    assert "there is no database" in done.stderr
    assert not list((empty.var / "backups").iterdir())


@pytest.fixture
def copied(prepared, tmp_path) -> Path:
    folder = tmp_path / "copied"
    folder.mkdir()
    sqlite.copy(prepared / "database", folder)
    return folder


def test_a_copy_verifies(copied, prepared):
    assert sqlite.verify(copied) == sqlite.count_objects(prepared / "database") > 1000


def test_old_object_numbers_are_noticed_and_lifted(copied):
    with closing(sqlite3.connect(copied / sqlite.OIDS)) as connection, connection:
        connection.execute("UPDATE new_oid SET zoid = 1")
    with pytest.raises(OperatorError, match="overwrite"):
        sqlite.verify(copied)
    sqlite.lift_oids(copied)
    sqlite.verify(copied)


@pytest.mark.parametrize("name", [sqlite.MAIN, sqlite.OIDS])
def test_damaged_database_files_are_noticed(copied, name):
    with (copied / name).open("r+b") as stream:
        stream.seek(100)
        stream.write(b"\xff" * 4000)
    with pytest.raises(OperatorError, match="damaged"):
        sqlite.verify(copied)


def test_a_copy_of_nothing_is_refused(tmp_path):
    with pytest.raises(OperatorError, match="there is no database"):
        sqlite.copy(tmp_path, tmp_path)
