"""page.growth: what a page costs with 10,000 services, against 100 and 1,000; home and services."""

from contextlib import ExitStack
from functools import partial
from groups import Bench
from load import BenchError
from load import in_turn
from load import middle
from load import wrk
from pathlib import Path
from results import ratio

import servers
import time


SIZES = (100, 1_000, 10_000)
QUICK_SIZES = (100, 300)
#: fill.py gives the services to the first municipality by name.
PLACE = "/portal/erkelenz/de"
#: Different services are asked in turn, so that no single page is kept ready.
TOUR = [f"{PLACE}/leistungen/bench-{number:05d}" for number in range(50)]


def measure(bench: Bench) -> None:
    """Measure the same pages of portals of each size in turn, each in a process of its own."""
    plan, sizes = bench.plan, QUICK_SIZES if bench.quick else SIZES
    with ExitStack() as stack:
        running = {
            size: stack.enter_context(servers.portal(folder))
            for size, folder in portals(bench, sizes).items()
        }
        worst = 0.0
        for name, paths in (("service", TOUR), ("home", [PLACE])):
            for server in running.values():
                for path in paths:
                    status = server.fetch(path)[0]
                    if status != 200:
                        raise BenchError(f"{path} answers {status}")
            sides = {
                str(size): partial(wrk, server.base, plan.seconds, 1, paths=paths)
                for size, server in running.items()
            }
            found = in_turn(sides, plan.rounds)
            small = [r.rps for r in found[str(sizes[0])]]
            for size in sizes:
                bench.found.add(
                    f"page.growth.{name}.{size}.median", middle(found[str(size)]).median, "ms"
                )
            for size in sizes[1:]:
                value = ratio(small, [r.rps for r in found[str(size)]])
                bench.found.add(
                    f"page.growth.{name}.{size}", value, f"times the cost with {sizes[0]} services"
                )
            worst = max(worst, value)
    unit = f"times the cost with {sizes[0]:,} services, at {sizes[-1]:,}, worse of home and service page"
    bench.found.add("page.growth", worst, unit)


def portals(bench: Bench, sizes: tuple[int, ...]) -> dict[int, Path]:
    """Return data folders by number of services, each made from the one before."""
    found: dict[int, Path] = {}
    before, folder = 0, _empty(bench)
    for size in sizes:
        begun = time.perf_counter()
        environ = servers.environment(folder, servers.free_port())
        servers.script("fill.py", "services", str(before), str(size), environ=environ)
        bench.say(f"{size:,} services after {time.perf_counter() - begun:.0f} s")
        found[size], before = folder, size
        if size != sizes[-1]:
            folder = servers.copy_data(folder, bench.folder / f"growth-{size}-on")
    return found


def _empty(bench: Bench) -> Path:
    """Return a new portal with offices and life situations, and hardly a service."""
    folder = bench.folder / "growth"
    folder.mkdir()
    servers.operate(folder, "create")
    servers.script(
        "fill.py", "demo", "12", environ=servers.environment(folder, servers.free_port())
    )
    return folder
