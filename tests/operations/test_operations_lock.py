"""One process on one SQLite database."""

from contextlib import contextmanager
from heinsberg.portal.operations.interfaces import LockedError
from heinsberg.portal.operations.lock import PortalLock

import os
import pytest
import stat
import subprocess
import sys


HOLD = (
    "import sys\n"
    "from heinsberg.portal.operations.lock import PortalLock\n"
    "lock = PortalLock(purpose='serve'); lock.acquire()\n"
    "print('held', flush=True); sys.stdin.read()\n"
)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HEINSBERG_VAR", str(tmp_path))


@contextmanager
def other_process():
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout.readline() == b"held\n"
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_second_process_is_refused_and_told_what_to_do():
    with other_process() as process:
        with pytest.raises(LockedError) as refused, PortalLock(purpose="seed"):
            pass
        assert f"process {process.pid}" in refused.value.message
        assert f"kill {process.pid}" in refused.value.message
        assert PortalLock.holder().purpose == "serve"


def test_a_killed_process_leaves_no_lock():
    with other_process():
        pass
    assert PortalLock.holder() is None
    with PortalLock(purpose="seed"):
        assert PortalLock.held_here()
    assert not PortalLock.held_here()


def test_nested_use_in_one_process_is_one_lock():
    with PortalLock(purpose="serve"):
        with PortalLock(purpose="backup"):
            pass
        assert PortalLock.held_here()


def test_the_file_is_private_and_survives_nonsense(tmp_path):
    with PortalLock(purpose="seed"):
        mode = stat.S_IMODE(os.stat(tmp_path / "portal.lock").st_mode)
        assert mode & 0o077 == 0
    with other_process():
        (tmp_path / "portal.lock").write_text("{broken")
        with pytest.raises(LockedError, match="another command"):
            PortalLock(purpose="seed").acquire()
