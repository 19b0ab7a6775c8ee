"""import.leika.seconds: the whole command on the shipped file, into an empty catalogue, and again."""

from groups import Bench

import servers
import time


FILE = servers.HOME / "profiles" / "common" / "data" / "ozg_services_leika.csv"


def measure(bench: Bench) -> None:
    """Time ``bin/portal import-leika FILE`` from its start to its end, loading of Plone included."""
    folder = bench.folder / "import"
    folder.mkdir()
    servers.operate(folder, "create")
    for name in ("import.leika.seconds", "import.leika.again.seconds"):
        begun = time.perf_counter()
        told = servers.operate(folder, "import-leika", str(FILE))
        bench.found.add(name, time.perf_counter() - begun, "s, the whole command")
        bench.say(
            next((line.strip() for line in told.splitlines() if "rows read" in line), "no summary")
        )
