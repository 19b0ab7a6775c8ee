"""The key of a deployment: made once, private, never empty."""

from concurrent.futures import ThreadPoolExecutor
from heinsberg.portal.foundation import secret
from heinsberg.portal.foundation.errors import ConfigurationError

import pytest
import stat


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HEINSBERG_VAR", str(tmp_path))
    monkeypatch.delenv("HEINSBERG_SECRET", raising=False)
    secret._master.cache_clear()
    yield tmp_path
    secret._master.cache_clear()


def test_it_is_made_once_and_for_its_owner_only(folder):
    first = secret.key("forms")
    secret._master.cache_clear()
    assert secret.key("forms") == first != secret.key("other")
    assert stat.S_IMODE((folder / secret.FILE).stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == [secret.FILE]


def test_two_that_start_at_once_share_it(folder):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: secret._make(folder / secret.FILE), range(8)))
    assert len((folder / secret.FILE).read_text()) == 64
    assert [path.name for path in folder.iterdir()] == [secret.FILE]


@pytest.mark.parametrize("text", ["", "\n", "short"])
def test_a_damaged_one_is_refused(folder, text):
    (folder / secret.FILE).write_text(text)
    with pytest.raises(ConfigurationError):
        secret.key("forms")
