"""`bin/portal check`: runs the checks of all rooms and tells what is unsafe in production."""

from heinsberg.portal.foundation.settings import settings
from heinsberg.portal.operations.interfaces import Finding
from heinsberg.portal.operations.interfaces import Report
from importlib import import_module
from importlib.util import find_spec

import argparse
import dataclasses
import json
import logging


logger = logging.getLogger(__name__)

# Modules with run(site) -> iterable of Finding; one that an installation lacks is passed over.
MODULES = (
    "heinsberg.portal.operations.checks",
    "heinsberg.portal.outbox.checks",
    "heinsberg.portal.municipality.checks",
    "heinsberg.portal.catalogue.checks",
    "heinsberg.portal.search.checks",
    "heinsberg.portal.pages.checks",
)

EXIT_CODES = {"ok": 0, "warning": 1, "error": 2}
_ORDER = ("error", "warning", "ok")
_SIGNS = {"ok": "ok     ", "warning": "warning", "error": "ERROR  "}


def check(site, options: argparse.Namespace, report: Report) -> int:
    """Print all findings; return 0 (all fine), 1 (warnings) or 2 (errors)."""
    findings = collect(site)
    if options.json:
        options.write(as_json(findings))
    else:
        options.write(as_table(findings))
    return exit_code(findings)


def collect(site, modules: tuple[str, ...] = MODULES) -> list[Finding]:
    """Run all checks; one that fails itself is an error, not a silence."""
    found: list[Finding] = []
    for name in modules:
        if find_spec(name) is None:
            continue
        try:
            found.extend(import_module(name).run(site))
        except Exception as error:
            logger.exception("check_failed module=%s", name)
            text = f"the check itself failed: {type(error).__name__}: {error}"
            found.append(Finding("error", name.rpartition("portal.")[2], text))
    return sorted(found, key=lambda finding: _ORDER.index(finding.level))


def exit_code(findings: list[Finding]) -> int:
    """Return the code of the worst finding."""
    return max((EXIT_CODES[finding.level] for finding in findings), default=0)


def as_json(findings: list[Finding]) -> str:
    """Return the findings for a monitoring system."""
    rows = [dataclasses.asdict(finding) for finding in findings]
    values = {"mode": settings().mode, "exit_code": exit_code(findings), "findings": rows}
    return json.dumps(values, indent=2, ensure_ascii=False)


def as_table(findings: list[Finding]) -> str:
    """Return the findings as lines, worst first, with what to do below."""
    width = max((len(finding.name) for finding in findings), default=0)
    lines = []
    for finding in findings:
        lines.append(f"{_SIGNS[finding.level]}  {finding.name:<{width}}  {finding.message}")
        if finding.remedy and finding.level != "ok":
            lines.append(f"{'':<{width + 11}}-> {finding.remedy}")
    counts = [f"{_count(findings, level)} {level}" for level in _ORDER]
    verdict = "ready for production" if exit_code(findings) < 2 else "NOT ready for production"
    return "\n".join([*lines, "", f"{', '.join(counts)}: {verdict}"])


def _count(findings: list[Finding], level: str) -> int:
    return sum(1 for finding in findings if finding.level == level)
