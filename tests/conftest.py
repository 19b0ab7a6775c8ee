"""Fixtures for all tests: the portal's layer, its data folder, a clean clock."""

from pathlib import Path

import os
import tempfile


HOME = Path(__file__).resolve().parents[1]
os.environ["HEINSBERG_HOME"] = str(HOME)
# Catalogues are compiled at start; git holds only their sources.
os.environ.setdefault("zope_i18n_compile_mo_files", "true")
os.environ.setdefault("HEINSBERG_VAR", tempfile.mkdtemp(prefix="portal-tests-"))

from heinsberg.portal.testing import FUNCTIONAL  # noqa: E402
from heinsberg.portal.testing import INTEGRATION  # noqa: E402
from pytest_plone import fixtures_factory  # noqa: E402


pytest_plugins = ["pytest_plone"]

globals().update(
    fixtures_factory(((FUNCTIONAL, "functional"), (INTEGRATION, "integration")))
)
