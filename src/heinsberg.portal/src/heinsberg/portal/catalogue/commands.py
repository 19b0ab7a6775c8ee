"""Operator commands of the catalogue; ``bin/portal`` calls them with the site."""

from .leika.errors import CatalogueFileError
from .leika.importing import import_source
from .leika.importing import Summary
from .leika.reader import read_file
from .leika.reader import SourceFile
from .leika.store import ensure_catalogue
from collections.abc import Callable
from heinsberg.portal.foundation import environment
from pathlib import Path
from time import perf_counter
from typing import Protocol
from zope.interface import Interface

import transaction


#: What is imported when no file is named, below the portal's folder.
DEFAULT_FILES = (
    "profiles/common/data/ozg_services_leika.csv",
    "profiles/common/data/ozg_leistungen.csv",
)

#: Findings listed per file; more are counted.
_LISTED = 50
_MAX_FILE = 65 * 1024 * 1024

_TITLES = {
    "services": "OZG and LeiKa services",
    "leika": "LeiKa's own list",
    "ozg": "OZG services",
    "situations": "Lebens- and Geschäftslagen",
}
_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}

Report = Callable[[str], object]


class ImportOptions(Protocol):
    """Arguments of ``import-leika FILE… [--accept-removals]``."""

    files: list[str]
    accept_removals: bool


def import_leika(site: Interface, options: ImportOptions, report: Report) -> int:
    """Import catalogue files into the site, each in a transaction of its own.

    Returns 0, or 1 if a file was refused; the others are imported all the
    same. A file that changes nothing is not committed.
    """
    names = list(getattr(options, "files", None) or ())
    paths = [Path(name) for name in names]
    paths = paths or [environment.home() / name for name in DEFAULT_FILES]
    accept = bool(getattr(options, "accept_removals", False))
    refused = 0
    for path in paths:
        started = perf_counter()
        try:
            summary = _import_one(site, path, accept, report)
        except CatalogueFileError as error:
            refused += 1
            report(f"{path.name}: refused, nothing imported. {error.message}")
            continue
        _tell(summary, report, perf_counter() - started)
    return 1 if refused else 0


def _import_one(site: Interface, path: Path, accept: bool, report: Report) -> Summary:
    """Read, store and commit one file; raises CatalogueFileError."""
    source = read_file(_bytes(path))
    report(
        f"{path.name}: {_TITLES[source.kind]}, {source.encoding}, separated by "
        f"{_SEPARATORS[source.separator]}, {source.read} rows"
    )
    return _store(site, source, path.name, accept=accept, report=report)


def _store(
    site: Interface, source: SourceFile, name: str, *, accept: bool, report: Report
) -> Summary:
    """Bring the site's catalogue up to date and commit if it was touched."""
    summary = import_source(
        ensure_catalogue(site),
        source,
        name,
        accept_removals=accept,
        progress=lambda done, total: report(f"  {done} of {total} rows"),
    )
    if summary.wrote:
        transaction.get().note(f"Catalogue: {name} imported")
        transaction.commit()
    return summary


def _bytes(path: Path) -> bytes:
    """Return the content of a file; raises CatalogueFileError if it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(_MAX_FILE)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CatalogueFileError(f"The file cannot be read: {reason}.") from error


def _tell(summary: Summary, report: Report, seconds: float) -> None:
    report(
        f"  {summary.read} rows read: {summary.new} new, {summary.changed} changed, "
        f"{summary.unchanged} unchanged, {summary.removed} no longer listed "
        f"(kept as obsolete), {summary.skipped} skipped. {seconds:.1f} s"
    )
    if not summary.wrote:
        report("  Nothing has changed; nothing was written.")
    for issue in summary.issues[:_LISTED]:
        kind = "skipped" if issue.skipped else "note"
        report(f"  line {issue.line} ({kind}): {issue.reason}")
    more = len(summary.issues) - _LISTED
    if more > 0:
        report(f"  … and {more} more findings")
