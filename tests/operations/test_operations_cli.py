"""The command line: fast help, absolute paths, clear words for a missing room."""

from heinsberg.portal.operations import cli
from heinsberg.portal.operations import dispatch
from heinsberg.portal.operations.interfaces import Command
from heinsberg.portal.operations.interfaces import OperatorError
from heinsberg.portal.operations.table import BY_NAME
from heinsberg.portal.operations.table import COMMANDS

import pytest
import subprocess
import sys


def test_help_loads_nothing_of_zope():
    code = (
        "import sys\n"
        "from heinsberg.portal.operations.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in sys.modules if name.split('.')[0] in "
        "('Zope2', 'ZODB', 'Products', 'plone', 'transaction')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.rstrip().endswith("[]")
    for command in COMMANDS:
        assert f"\n    {command.name}" in done.stdout


@pytest.mark.parametrize("line", [[], ["no-such"], ["restore"], ["pack", "--days", "x"]])
def test_a_wrong_line_ends_with_usage(line, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.parser().parse_args(line)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_paths_are_absolute_for_the_server(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    namespace = cli.parser().parse_args(["import-leika", "one.csv", "two.csv"])
    options = cli.options_of(BY_NAME["import-leika"], namespace)
    assert options["files"] == [str(tmp_path / "one.csv"), str(tmp_path / "two.csv")]
    namespace = cli.parser().parse_args(["backup"])
    assert cli.options_of(BY_NAME["backup"], namespace) == {"file": None}


def test_a_missing_room_is_named():
    command = Command("x", "", "heinsberg.portal.nowhere.commands:run")
    with pytest.raises(OperatorError, match="heinsberg.portal.nowhere.commands"):
        dispatch.resolve(command)


@pytest.mark.parametrize(
    "command", [c for c in COMMANDS if ".operations." in c.target], ids=lambda c: c.name
)
def test_own_commands_exist(command):
    assert callable(dispatch.resolve(command))
