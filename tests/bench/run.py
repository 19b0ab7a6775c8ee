"""The benchmark: ``make bench``, ``make bench ONLY=page``.

    python tests/bench/run.py [--only GROUP …] [--quick] [--data FOLDER]

Groups: page, cached, growth, start, import, first. ``--only page`` takes the
first three. Writes var/bench.json, {name: {"value", "unit", "goal"}}, prints a
table, and asserts nothing: a busy machine is no fault of the code. Ratios are
of processes measured in turn in one run; absolute numbers hold for this
machine, now. ``--data`` measures a copy of a filled data folder instead of a
small demonstration made for the run.
"""

from pathlib import Path

import argparse
import os
import sys
import tempfile
import time


sys.path.insert(0, str(Path(__file__).resolve().parent))

import groups  # noqa: E402
import load  # noqa: E402
import results  # noqa: E402
import servers  # noqa: E402


def main() -> int:
    options = _options()
    chosen = groups.chosen(options.only)
    found = results.Results()
    begun = time.perf_counter()
    print(
        f"{os.cpu_count()} cores, load average before the run: {os.getloadavg()[0]:.1f}", flush=True
    )
    failed = False
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        # nginx started by root works as another user, who must get to its cache below.
        Path(folder).chmod(0o711)
        bench = groups.Bench(Path(folder), found, options.quick, options.data)
        for name in chosen:
            print(f"\n{name} …", flush=True)
            try:
                groups.GROUPS[name](bench)
            except load.BenchError as error:
                failed = True
                print(f"{name} was not measured: {error}", file=sys.stderr, flush=True)
    print(f"\n{found.table() if found.found else 'nothing was measured'}")
    print(
        f"\n{time.perf_counter() - begun:.0f} s, load average after the run: {os.getloadavg()[0]:.1f}"
    )
    if found.found:
        path = Path(os.environ.get("HEINSBERG_VAR") or servers.HOME / "var") / "bench.json"
        found.write(path)
        print(f"written: {path}")
    return 1 if failed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    names = [*groups.ALIASES, *groups.GROUPS]
    parser.add_argument(
        "--only", action="append", choices=sorted(set(names)), help="measure this group only"
    )
    parser.add_argument(
        "--quick", action="store_true", help="short rounds and less data: to see that it works"
    )
    parser.add_argument(
        "--data", type=Path, help="copy this filled data folder instead of making one"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
