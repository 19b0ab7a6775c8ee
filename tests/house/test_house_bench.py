"""The benchmark's arithmetic and names; the measurement itself is `make bench`."""

from pathlib import Path

import importlib.util
import json
import pytest
import subprocess
import sys


FOLDER = Path(__file__).resolve().parents[1] / "bench"

#: In brackets in the issue.
NAMES = (
    "page.service.ratio",
    "page.home.ratio",
    "page.cached.ratio",
    "page.growth",
    "start.seconds",
    "import.leika.seconds",
)


def module(name: str):
    spec = importlib.util.spec_from_file_location(f"bench_{name}", FOLDER / f"{name}.py")
    found = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = found
    spec.loader.exec_module(found)
    return found


results = module("results")
load = module("load")
texts = module("texts")


@pytest.mark.parametrize("name", NAMES)
def test_names_of_the_issue_have_a_goal_and_are_measured(name):
    assert results.GOALS[name]
    sources = "".join(
        path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py") if path.stem != "results"
    )
    parts = name.split(".")
    assert name in sources or f'"{parts[0]}.{{name}}.{parts[2]}' in sources


@pytest.mark.parametrize(
    ("value", "goal", "met"),
    [
        (5, ">= 5", True),
        (4.99, ">= 5", False),
        (1.3, "<= 1.3", True),
        (1.31, "<= 1.3", False),
        (7, "", None),
    ],
)
def test_a_goal_includes_its_limit(value, goal, met):
    assert results.Result(value, "", goal).met is met


def test_a_goal_that_cannot_be_read_is_an_error():
    with pytest.raises(ValueError, match="no goal"):
        results.meets(1, "about 5")


def test_ratio_is_the_median_of_pairs_so_one_disturbed_round_does_not_count():
    assert results.ratio([100, 100, 10], [10, 20, 10]) == 5
    with pytest.raises(ValueError, match="nothing was answered"):
        results.ratio([1.0], [0.0])


def test_rounds_that_do_not_pair_are_an_error():
    with pytest.raises(ValueError, match="zip"):
        results.ratio([1.0, 2.0], [1.0])


def test_sides_are_taken_in_turn_and_none_is_always_first():
    order = []
    load.in_turn({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, 3)
    assert order == ["a", "b", "b", "a", "a", "b"]


def test_a_round_is_read_from_the_line_of_the_script():
    line = '{"requests": 500, "microseconds": 2000000, "bytes": 5000000, "p50": 4000, "p95": 9000, "errors": 0}'
    found = load.parsed(f"Running 2s test\n{line}\n")
    assert found == load.Round(rps=250, median=4.0, p95=9.0, bytes=10_000)


@pytest.mark.parametrize("broken", ['"requests": 10, "errors": 1', '"requests": 0, "errors": 0'])
def test_wrong_answers_are_no_figures(broken):
    line = f'{{{broken}, "microseconds": 1, "bytes": 1, "p50": 1, "p95": 1}}'
    with pytest.raises(load.BenchError):
        load.parsed(line)


def test_the_file_keeps_the_figures_of_other_groups(tmp_path):
    path = tmp_path / "var" / "bench.json"
    first = results.Results()
    first.add("page.growth", 1.23456, "times")
    first.add("page.home.ratio", 3, "times")
    first.write(path)
    second = results.Results()
    second.add("page.home.ratio", 6, "times")
    second.write(path)
    assert json.loads(path.read_text()) == {
        "page.growth": {"value": 1.23, "unit": "times", "goal": "<= 1.3"},
        "page.home.ratio": {"value": 6, "unit": "times", "goal": ">= 5"},
    }
    assert "met" in second.table()


def test_the_stock_page_gets_every_word_and_no_design():
    page = (
        '<header>no</header><main class="x"><h1>Hund <b>anmelden</b></h1><nav><a href="#a">toc</a></nav>'
        '<p class="y">Sie <a href="/x">brauchen</a></p><svg><use href="z"/></svg><form><label>no</label></form></main>'
    )
    assert texts.same_text(page) == {"title": "Hund anmelden", "html": "<p>Sie brauchen</p>"}


def test_the_command_knows_its_groups():
    command = [sys.executable, str(FOLDER / "run.py"), "--help"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for group in ("page", "growth", "start", "import", "first", "--quick", "--data"):
        assert group in told
