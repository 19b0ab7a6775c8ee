"""The package itself does not need pkg_resources, which setuptools 82 removed."""

from heinsberg.portal.foundation import environment

import os
import subprocess
import sys


PROGRAM = """
import sys
sys.modules["pkg_resources"] = None
import importlib, pkgutil
import heinsberg.portal
for found in pkgutil.walk_packages(heinsberg.portal.__path__, "heinsberg.portal."):
    if not found.name.endswith(".testing"):
        importlib.import_module(found.name)
"""


def test_every_module_imports_without_pkg_resources():
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM],
        env={**os.environ, "HEINSBERG_HOME": str(environment.home())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
