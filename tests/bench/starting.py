"""start.seconds: a second start of the filled portal, until /health/ready says so."""

from groups import Bench

import servers


ROUNDS = 3


def measure(bench: Bench) -> None:
    """Start three times as ``make run`` does when everything is there; the median counts."""
    seconds = []
    for _ in range(1 if bench.quick else ROUNDS):
        with servers.portal(bench.filled(), "run") as server:
            seconds.append(server.seconds)
    bench.found.add(
        "start.seconds", sorted(seconds)[len(seconds) // 2], "s, bin/portal run until /health/ready"
    )
