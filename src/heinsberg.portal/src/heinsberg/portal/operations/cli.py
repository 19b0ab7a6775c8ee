"""bin/portal: the operator's command line."""

from collections.abc import Sequence
from heinsberg.portal.foundation import environment
from heinsberg.portal.foundation.errors import PortalError
from heinsberg.portal.operations.interfaces import Command
from heinsberg.portal.operations.table import BY_NAME
from heinsberg.portal.operations.table import COMMANDS
from pathlib import Path

import argparse
import os
import sys
import time


EPILOG = """\
Environment: HEINSBERG_PORT (8080), HEINSBERG_HOST (127.0.0.1), HEINSBERG_THREADS (3),
HEINSBERG_VAR (folder of all data), HEINSBERG_KREIS (kreis-heinsberg), ADMIN_PASSWORD.
With a running portal a command runs inside it, without one by itself.
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = argparse.ArgumentParser(
        prog="bin/portal",
        description="Operate the service portal.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        sub = commands.add_parser(command.name, help=command.help, description=command.help)
        for argument in command.arguments:
            sub.add_argument(*argument.flags, **argument.settings)
    return top


def options_of(command: Command, namespace: argparse.Namespace) -> dict:
    """Return the options as plain data; paths made absolute for the server process."""
    values = {key: value for key, value in vars(namespace).items() if key != "command"}
    for argument in command.arguments:
        name = argument.flags[-1].lstrip("-").replace("-", "_")
        value = values.get(name)
        if argument.path and value:
            values[name] = (
                [str(Path(item).absolute()) for item in value]
                if isinstance(value, list)
                else str(Path(value).absolute())
            )
    return values


class Console:
    """Shows progress lines with the seconds since the start, on standard error."""

    def __init__(self) -> None:
        self.begun = time.monotonic()

    def __call__(self, line: str) -> None:
        seconds = time.monotonic() - self.begun
        print(f"[{seconds:6.1f} s] {line}", file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    namespace = parser().parse_args(arguments)
    command = BY_NAME[namespace.command]
    try:
        # All that is written below var/ holds personal data: for this user only.
        os.umask(0o077)
        environment.prepare()
        from heinsberg.portal.operations import dispatch

        return dispatch.dispatch(command, options_of(command, namespace), Console())
    except PortalError as error:
        print(f"\nbin/portal {command.name} stopped: {error.message}", file=sys.stderr)
        return 1
    except OSError as error:
        from heinsberg.portal.operations import preflight

        print(f"\nbin/portal {command.name} stopped: {preflight.explain(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nEnded by Ctrl-C.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
