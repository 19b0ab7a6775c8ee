"""Where the time of a page goes: cProfile around the WSGI application, in this process.

    python tests/bench/profiling.py --var FOLDER /portal/erkelenz/de/leistungen/hund-anmelden

FOLDER is a data folder that no other process uses (copy one). Prints the
milliseconds a request without, then the profile with, the profiler.
"""

from pathlib import Path

import argparse
import cProfile
import io
import os
import pstats
import sys
import time


HOME = Path(__file__).resolve().parents[2]


def application(var: str):
    """Return the portal's WSGI application, on a data folder, as production runs it."""
    os.environ["HEINSBERG_HOME"] = str(HOME)
    os.environ["HEINSBERG_VAR"] = var
    os.environ.setdefault("HEINSBERG_MODE", "production")
    os.environ.setdefault("HEINSBERG_SMTP_HOST", "127.0.0.1")
    from heinsberg.portal.foundation import environment

    environment.prepare()
    from heinsberg.portal.operations import loading

    return loading.load_zope()


def get(app, path: str) -> tuple[str, list[tuple[str, str]], bytes]:
    """Return status, headers and body of one request."""
    answer: list = []

    def start_response(status, headers, exc_info=None):
        answer[:] = [status, headers]
        return lambda data: None

    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8080",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost:8080",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    result = app(environ, start_response)
    body = b"".join(result)
    if hasattr(result, "close"):
        result.close()
    return answer[0], answer[1], body


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--var", required=True, help="data folder that no other process uses")
    parser.add_argument("--number", type=int, default=200, help="requests")
    parser.add_argument("--lines", type=int, default=60, help="lines of the profile")
    parser.add_argument("--sort", default="cumulative", help="cumulative or tottime")
    parser.add_argument("paths", nargs="+", help="paths as Zope sees them")
    options = parser.parse_args()
    app = application(options.var)
    for path in options.paths:
        status, _, body = get(app, path)
        print(f"\n{path}: {status}, {len(body)} bytes")
        for _ in range(20):
            get(app, path)
        begun = time.process_time()
        for _ in range(options.number):
            get(app, path)
        print(
            f"{(time.process_time() - begun) * 1000 / options.number:.2f} ms of processor time a request"
        )
        profiler = cProfile.Profile()
        profiler.enable()
        for _ in range(options.number):
            get(app, path)
        profiler.disable()
        pstats.Stats(profiler).sort_stats(options.sort).print_stats(options.lines)


if __name__ == "__main__":
    main()
