"""The groups of the benchmark, and what they share: folders and a filled portal."""

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from load import Plan
from load import QUICK
from pathlib import Path
from results import Results

import servers
import time


#: Services of each authority in the demonstration made for a run.
SERVICES = 60
QUICK_SERVICES = 12


@dataclass
class Bench:
    """One run: where its files lie, what it found, and what it has made so far."""

    folder: Path
    found: Results
    quick: bool = False
    data: Path | None = None
    _filled: Path | None = field(default=None, init=False)

    @property
    def plan(self) -> Plan:
        return QUICK if self.quick else Plan()

    def say(self, text: str) -> None:
        """Tell the person who waits what happens now."""
        print(f"  {text}", flush=True)

    def filled(self) -> Path:
        """Return a data folder with a few services of every municipality, made once per run."""
        if self._filled is None:
            target = self.folder / "portal"
            begun = time.perf_counter()
            if self.data is not None:
                servers.copy_data(self.data, target)
            else:
                self.say("making the demonstration portal")
                target.mkdir()
                servers.operate(target, "create")
                number = str(QUICK_SERVICES if self.quick else SERVICES)
                servers.script(
                    "fill.py",
                    "demo",
                    number,
                    environ=servers.environment(target, servers.free_port()),
                )
            self.say(f"portal ready after {time.perf_counter() - begun:.0f} s")
            self._filled = target
        return self._filled


def chosen(only: Sequence[str] | None) -> list[str]:
    """Return the groups to run, in their order."""
    wanted: list[str] = []
    for name in only or GROUPS:
        wanted += ALIASES.get(name, (name,))
    return [name for name in GROUPS if name in wanted]


def _pages(bench: Bench) -> None:
    import pages

    pages.measure(bench)


def _cached(bench: Bench) -> None:
    import cached

    cached.measure(bench)


def _growth(bench: Bench) -> None:
    import growth

    growth.measure(bench)


def _start(bench: Bench) -> None:
    import starting

    starting.measure(bench)


def _import(bench: Bench) -> None:
    import importing

    importing.measure(bench)


def _first(bench: Bench) -> None:
    import first

    first.measure(bench)


GROUPS: dict[str, Callable[[Bench], None]] = {
    "pages": _pages,
    "cached": _cached,
    "growth": _growth,
    "start": _start,
    "import": _import,
    "first": _first,
}
ALIASES = {"page": ("pages", "cached", "growth")}
