"""page.service.ratio and page.home.ratio: ours and a stock Plone in turn, uncached, one process each."""

from contextlib import ExitStack
from functools import partial
from groups import Bench
from load import BenchError
from load import in_turn
from load import middle
from load import wrk
from results import ratio
from servers import Server

import json
import re
import servers
import texts


MUNICIPALITY = "erkelenz"
HOME = f"/portal/{MUNICIPALITY}/de"
LIST = f"{HOME}/leistungen"
STOCK = {"service": "/plone/service", "home": "/plone"}
#: A stock page may have 15 kB; its own frame takes about 9.
TEXT_LIMIT = 5_500
PROBED = 40


def measure(bench: Bench) -> None:
    """Measure both pages on both sides, with each number of connections."""
    with ExitStack() as stack:
        ours = stack.enter_context(servers.portal(bench.filled()))
        service = chosen_service(ours)
        bench.say(f"the service page is {service}")
        stock = stack.enter_context(stock_site(bench, ours, service))
        own = {"service": service, "home": HOME}
        for name in ("service", "home"):
            _sizes(bench, name, ours.base + own[name], stock.base + STOCK[name])
            _compare(bench, name, ours.base + own[name], stock.base + STOCK[name])
        _tour(bench, ours)
        for side, server in (("ours", ours), ("stock", stock)):
            bench.found.add(f"page.{side}.rss", server.memory(), "MB")
            bench.found.add(f"page.{side}.start", server.seconds, "s")


def chosen_service(ours: Server) -> str:
    """Return the service whose text is the longest that fits into a stock page of 15 kB."""
    best, length = "", 0
    for link in service_links(ours, LIST)[:PROBED]:
        status, _, page = servers.fetch(ours.base + link)
        if status != 200:
            raise BenchError(f"{link} answers {status}")
        size = len(texts.same_text(page.decode())["html"].encode())
        if length < size <= TEXT_LIMIT:
            best, length = link, size
    if not best:
        raise BenchError(f"no service below {LIST} has a text that fits into a stock page")
    return best


def service_links(ours: Server, section: str) -> list[str]:
    """Return the paths of the services on the list of a municipality."""
    _, _, body = servers.fetch(ours.base + section)
    return sorted(set(re.findall(rf'href="({section}/[a-z0-9-]+)"', body.decode())))


def stock_site(bench: Bench, ours: Server, service: str) -> Server:
    """Make the stock site with the same texts; return its server, not started yet."""
    folder = bench.folder / "stock"
    if not folder.is_dir():
        bench.say("making the stock Plone site")
        folder.mkdir()
        pages = {
            "service": texts.same_text(servers.fetch(ours.base + service)[2].decode()),
            "home": texts.same_text(servers.fetch(ours.base + HOME)[2].decode()),
        }
        path = folder / "texts.json"
        path.write_text(json.dumps(pages), encoding="utf-8")
        servers.script("stock.py", "make", "--folder", str(folder), "--texts", str(path))
    return servers.stock(folder)


def _tour(bench: Bench, ours: Server) -> None:
    """Many services in turn instead of one: what is kept of single pages helps less."""
    links = service_links(ours, LIST)[:PROBED]
    for link in links:
        servers.fetch(ours.base + link)
    found = wrk(ours.base, bench.plan.seconds, 1, paths=links)
    bench.found.add(
        "page.service.ours.tour.rps", found.rps, f"requests/s, {len(links)} services in turn"
    )


def _sizes(bench: Bench, name: str, ours: str, stock: str) -> None:
    """Warm both sides up, and note the bytes of the page without compression."""
    largest = 0
    for side, url in (("ours", ours), ("stock", stock)):
        for _ in range(20):
            status, _, body = servers.fetch(url)
        if status != 200:
            raise BenchError(f"{url} answers {status}")
        bench.found.add(f"page.{name}.{side}.bytes", len(body), "bytes")
        largest = len(body)
    known = bench.found.found.get("page.stock.bytes")
    bench.found.add(
        "page.stock.bytes", max(largest, known.value if known else 0), "bytes, larger page"
    )


def _compare(bench: Bench, name: str, ours: str, stock: str) -> None:
    """Measure one page on both sides in turn; the ratio is that of one connection."""
    plan = bench.plan
    for connections in plan.connections:
        sides = {
            "ours": partial(wrk, ours, plan.seconds, connections),
            "stock": partial(wrk, stock, plan.seconds, connections),
        }
        found = in_turn(sides, plan.rounds)
        end = "" if connections == plan.connections[0] else f".{connections}"
        value = ratio([r.rps for r in found["ours"]], [r.rps for r in found["stock"]])
        bench.found.add(
            f"page.{name}.ratio{end}", value, f"times stock, {connections} connection(s)"
        )
        for side, rounds in found.items():
            one = middle(rounds)
            bench.found.add(f"page.{name}.{side}.rps{end}", one.rps, "requests/s")
            bench.found.add(f"page.{name}.{side}.median{end}", one.median, "ms")
            bench.found.add(f"page.{name}.{side}.p95{end}", one.p95, "ms")
            bench.found.add(
                f"page.{name}.{side}.wire{end}", one.bytes, "bytes/request, with headers"
            )
        bench.say(f"{name}, {connections} connection(s): {value:.2f} times stock")
