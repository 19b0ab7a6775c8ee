"""Talks to the running server over var/portal.sock, in lines of JSON."""

from collections.abc import Iterator
from contextlib import contextmanager
from heinsberg.portal.foundation import environment
from heinsberg.portal.operations.interfaces import OperatorError
from heinsberg.portal.operations.interfaces import Report
from pathlib import Path

import json
import os
import socket
import sys


SOCKET_NAME = "portal.sock"


@contextmanager
def short_path(folder: Path) -> Iterator[str]:
    """Yield a path of the socket short enough for the system's limit of 107 bytes."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{descriptor}/{SOCKET_NAME}"
    finally:
        os.close(descriptor)


def connect() -> socket.socket | None:
    """Return a connection to the running server, or None when there is none."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with short_path(environment.var()) as path:
            connection.connect(path)
    except (FileNotFoundError, ConnectionRefusedError):
        connection.close()
        return None
    return connection


def request(name: str, options: dict, report: Report) -> int | None:
    """Run a command in the server; None without a server, OperatorError when it failed."""
    connection = connect()
    if connection is None:
        return None
    with connection, connection.makefile("rwb") as stream:
        stream.write(json.dumps({"command": name, "options": options}).encode() + b"\n")
        stream.flush()
        for line in stream:
            answer = json.loads(line)
            if "progress" in answer:
                report(answer["progress"])
            elif "output" in answer:
                print(answer["output"], file=sys.stdout, flush=True)
            elif "error" in answer:
                raise OperatorError(answer["error"])
            else:
                return int(answer["result"])
    raise OperatorError(
        "the server ended before the command had finished. Start it again, then repeat the "
        "command: it goes on where it stopped."
    )
