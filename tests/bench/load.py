"""Load by wrk, taken in turn: A B A B, so that all sides see the same machine."""

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import json
import shutil
import subprocess


LUA = Path(__file__).with_name("report.lua")


class BenchError(Exception):
    """The measurement cannot be made; the message says what to do."""


@dataclass(frozen=True)
class Round:
    """What wrk saw in one round; times in milliseconds."""

    rps: float
    median: float
    p95: float
    bytes: float


@dataclass(frozen=True)
class Plan:
    """How long, how often, with how many connections."""

    rounds: int = 5
    seconds: int = 5
    connections: tuple[int, ...] = (1, 4)


QUICK = Plan(rounds=2, seconds=2)


def wrk(
    url: str, seconds: int, connections: int, host: str = "", paths: Sequence[str] = ()
) -> Round:
    """Ask one address, or several paths of it in turn, as fast as it answers; BenchError for a wrong answer."""
    program = shutil.which("wrk")
    if program is None:
        raise BenchError("wrk is missing. On Debian or Ubuntu: sudo apt-get install wrk")
    command = [
        program,
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
        "--timeout",
        "20s",
        "-s",
        str(LUA),
    ]
    if host:
        command += ["-H", f"Host: {host}"]
    done = subprocess.run(
        [*command, url, "--", *paths], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BenchError(f"wrk failed at {url}: {done.stderr.strip()[-300:]}")
    return parsed(done.stdout, url)


def parsed(output: str, url: str = "") -> Round:
    """Return a round from the line that report.lua prints."""
    found = json.loads(output.splitlines()[-1])
    wrong = found["errors"]
    if wrong or not found["requests"]:
        raise BenchError(f"{wrong} of {found['requests']} requests failed at {url}")
    return Round(
        rps=found["requests"] / found["microseconds"] * 1e6,
        median=found["p50"] / 1000,
        p95=found["p95"] / 1000,
        bytes=found["bytes"] / found["requests"],
    )


def in_turn(sides: Mapping[str, Callable[[], Round]], rounds: int) -> dict[str, list[Round]]:
    """Run each side once per round, in turn; every second round in reverse, so none is always first."""
    found: dict[str, list[Round]] = {name: [] for name in sides}
    names = list(sides)
    for number in range(rounds):
        for name in names if number % 2 == 0 else reversed(names):
            found[name].append(sides[name]())
    return found


def middle(rounds: list[Round]) -> Round:
    """Return the median of each figure over the rounds."""
    return Round(
        *(median(getattr(r, name) for r in rounds) for name in ("rps", "median", "p95", "bytes"))
    )
