"""The server's side of var/portal.sock: operators' commands in the running process."""

from heinsberg.portal.foundation import environment
from heinsberg.portal.operations import client
from heinsberg.portal.operations.interfaces import CancelledError
from heinsberg.portal.operations.interfaces import OperatorError
from heinsberg.portal.operations.table import BY_NAME

import json
import logging
import os
import socket
import socketserver
import struct
import threading


logger = logging.getLogger(__name__)

LONGEST_REQUEST = 1_000_000


class _Handler(socketserver.StreamRequestHandler):
    """One command: a request line in, progress lines and a result out."""

    def handle(self) -> None:
        if not _same_user(self.request):
            return
        try:
            answer = {"result": self._run(self.rfile.readline(LONGEST_REQUEST))}
        except OperatorError as error:
            answer = {"error": str(error.message)}
        except (CancelledError, ConnectionError):
            logger.info("operator_command_cancelled")
            return
        except Exception as error:
            logger.exception("operator_command_failed")
            answer = {"error": f"{type(error).__name__}: {error} (see var/log/events.jsonl)"}
        try:
            self._send(answer)
        except CancelledError:
            logger.info("operator_gone_before_result")

    def _run(self, line: bytes) -> int:
        """Run the command of a request line and return its exit code."""
        from heinsberg.portal.operations import runner

        try:
            data = json.loads(line)
            command = BY_NAME[data["command"]]
            options = dict(data["options"])
        except (ValueError, KeyError, TypeError) as error:
            raise OperatorError("the server does not know this command.") from error
        if command.place != "portal":
            raise OperatorError(f"{command.name} does not run inside the server.")
        if not self.server.turn.acquire(blocking=False):
            self._send({"progress": "waiting for another command to finish"})
            self.server.turn.acquire()
        try:
            return runner.run(
                command,
                options,
                report=lambda text: self._send({"progress": text}),
                write=lambda text: self._send({"output": text}),
            )
        finally:
            self.server.turn.release()

    def _send(self, answer: dict) -> None:
        """Write one line; CancelledError when the operator has gone away."""
        try:
            self.wfile.write(json.dumps(answer).encode() + b"\n")
            self.wfile.flush()
        except OSError as error:
            raise CancelledError from error


class Door(socketserver.ThreadingUnixStreamServer):
    """Listens in threads of its own, readable and writable for this user only."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.socket_path = environment.var() / client.SOCKET_NAME
        self.socket_path.unlink(missing_ok=True)
        with client.short_path(environment.var()) as short:
            super().__init__(short, _Handler, bind_and_activate=False)
            before = os.umask(0o177)
            try:
                self.server_bind()
            finally:
                os.umask(before)
        self.server_activate()
        self._thread = threading.Thread(target=self.serve_forever, name="door", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self, patience: float = 10.0) -> None:
        """Take no further commands; give a running one some seconds to finish."""
        self.socket_path.unlink(missing_ok=True)
        self.shutdown()
        self.server_close()
        if not self.turn.acquire(timeout=patience):
            logger.warning("operator_command_cut_off")


def _same_user(connection: socket.socket) -> bool:
    """Say whether the caller is this process's user or root (beside the file's mode)."""
    raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, uid, _ = struct.unpack("3i", raw)
    return uid in (0, os.geteuid())
