"""Names, goals and arithmetic of the benchmark; plain Python, tested by itself."""

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import asdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import json
import operator
import re


#: Goals by name. Names are those of the issues; others rely on them.
GOALS = {
    "page.service.ratio": ">= 5",
    "page.home.ratio": ">= 5",
    "page.cached.ratio": ">= 50",
    "page.growth": "<= 1.3",
    "start.seconds": "<= 20",
    "import.leika.seconds": "<= 20",
    "first.visit.bytes": "<= 150000",
    "first.visit.js.bytes": "<= 30000",
    "page.stock.bytes": "<= 15000",
}

_GOAL = re.compile(r"(<=|>=) ([0-9.]+)")
_COMPARE = {"<=": operator.le, ">=": operator.ge}


@dataclass(frozen=True)
class Result:
    """One figure: a number, its unit, and what it should be ('' where there is no goal)."""

    value: float
    unit: str
    goal: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without one."""
        return None if not self.goal else meets(self.value, self.goal)


def meets(value: float, goal: str) -> bool:
    """Return whether a number satisfies a goal such as ``>= 5``."""
    found = _GOAL.fullmatch(goal)
    if found is None:
        raise ValueError(f"no goal: {goal}")
    return _COMPARE[found.group(1)](value, float(found.group(2)))


class Results:
    """The figures of one run, in the order in which they were found."""

    def __init__(self) -> None:
        self.found: dict[str, Result] = {}

    def add(self, name: str, value: float, unit: str) -> None:
        """Keep a figure, with three significant digits and the goal of its name."""
        self.found[name] = Result(rounded(value), unit, GOALS.get(name, ""))

    def write(self, path: Path) -> None:
        """Write the figures into bench.json; those of other groups stay as they are."""
        kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        kept |= {name: asdict(result) for name, result in self.found.items()}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")

    def table(self) -> str:
        """Return the figures for people."""
        rows = [
            (
                name,
                f"{r.value:,.10g}",
                r.unit,
                r.goal,
                {True: "met", False: "MISSED", None: ""}[r.met],
            )
            for name, r in self.found.items()
        ]
        return table([("name", "value", "unit", "goal", ""), *rows])


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows in columns, the second to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            c.rjust(w) if i == 1 else c.ljust(w)
            for i, (c, w) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def rounded(value: float) -> float:
    """Return a number with three significant digits; whole numbers stay whole."""
    return value if float(value).is_integer() else float(f"{value:.3g}")


def ratio(ours: Iterable[float], theirs: Iterable[float]) -> float:
    """Return the median of the pairwise ratios of rounds that were taken in turn.

    Each pair saw the same machine a few seconds apart, so a neighbour's load
    on one pair does not bend the others.
    """
    pairs = [a / b for a, b in zip(ours, theirs, strict=True) if b]
    if not pairs:
        raise ValueError("nothing was answered")
    return median(pairs)
