"""var/run/wsgi.ini: the rendered settings of HTTP server and logs, made for one start."""

from configparser import RawConfigParser
from heinsberg.portal.foundation import environment
from heinsberg.portal.foundation import settings as deployment
from heinsberg.portal.operations import preflight
from logging.config import fileConfig
from pathlib import Path

import logging
import warnings


def parsed(path: Path) -> RawConfigParser:
    """Return an ini file with its option names as they are written."""
    parser = RawConfigParser()
    parser.optionxform = str
    parser.read(path, encoding="utf-8")
    return parser


def write(address: str, port: int) -> Path:
    """Write the file with this start's address and threads; return its path."""
    parser = parsed(preflight.check_rendered())
    host = f"[{address}]" if ":" in address else address
    parser.set("server:main", "listen", f"{host}:{port}")
    parser.set("server:main", "threads", str(deployment.settings().threads))
    path = environment.var() / "run" / "wsgi.ini"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as stream:
        parser.write(stream)
    return path


def set_up_logging(path: Path) -> None:
    """Set up the logs as an ini file describes them; warnings of libraries go there, too."""
    fileConfig(str(path), disable_existing_loggers=False)
    warnings.simplefilter("default")
    logging.captureWarnings(True)
