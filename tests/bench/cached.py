"""page.cached.ratio: through the shipped nginx with its cache on, against stock Plone uncached."""

from contextlib import ExitStack
from functools import partial
from groups import Bench
from load import BenchError
from load import in_turn
from load import middle
from load import wrk
from results import ratio

import pages
import servers


HOST = "portal.bench.example"


def measure(bench: Bench) -> None:
    """Measure the service page through nginx and the stock page in turn."""
    plan = bench.plan
    with ExitStack() as stack:
        ours = stack.enter_context(servers.portal(bench.filled(), portal_url=f"http://{HOST}"))
        service = pages.chosen_service(ours)
        stock = stack.enter_context(pages.stock_site(bench, ours, service))
        front = stack.enter_context(
            servers.nginx(bench.folder / "nginx", bench.filled(), ours, HOST)
        )
        path = service.removeprefix("/portal")
        for _ in range(5):
            status, headers, _ = front.fetch(path)
            servers.fetch(stock.base + pages.STOCK["service"])
        if status != 200 or headers.get("x-cache") != "HIT":
            raise BenchError(
                f"nginx does not keep {path}: {status}, X-Cache {headers.get('x-cache')}"
            )
        for connections in plan.connections:
            end = "" if connections == plan.connections[0] else f".{connections}"
            sides = {
                "cached": partial(wrk, front.base + path, plan.seconds, connections, HOST),
                "stock": partial(
                    wrk, stock.base + pages.STOCK["service"], plan.seconds, connections
                ),
            }
            found = in_turn(sides, plan.rounds)
            value = ratio([r.rps for r in found["cached"]], [r.rps for r in found["stock"]])
            bench.found.add(
                f"page.cached.ratio{end}",
                value,
                f"times stock uncached, {connections} connection(s)",
            )
            one = middle(found["cached"])
            bench.found.add(f"page.cached.rps{end}", one.rps, "requests/s")
            bench.found.add(f"page.cached.median{end}", one.median, "ms")
            bench.found.add(f"page.cached.p95{end}", one.p95, "ms")
