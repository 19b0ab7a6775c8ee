"""A file that was read goes into the stored catalogue: all of it, or nothing."""

from .batch import Batch
from .batch import CHANGED
from .batch import NEW
from .errors import CatalogueFileError
from .errors import Issue
from .reader import SourceFile
from .store import Catalogue
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from heinsberg.portal.foundation import clock


#: Rows between two progress lines.
STEP = 500

#: More removals than this, and more than half of what was there, look like a
#: file that was cut off.
_FEW = 50


@dataclass(frozen=True, slots=True)
class Summary:
    """What an import did, in rows."""

    kind: str
    read: int
    new: int
    changed: int
    unchanged: int
    #: Dropped by the source since the last import: kept, marked obsolete.
    removed: int
    issues: tuple[Issue, ...]

    @property
    def skipped(self) -> int:
        """Rows of the file that could not be used."""
        return sum(issue.skipped for issue in self.issues)

    @property
    def wrote(self) -> bool:
        """Whether anything of the stored catalogue was touched."""
        return bool(self.new or self.changed or self.removed)


def import_source(
    catalogue: Catalogue,
    source: SourceFile,
    name: str,
    *,
    accept_removals: bool = False,
    progress: Callable[[int, int], object] = lambda done, total: None,
) -> Summary:
    """Bring the catalogue up to date with a file; the caller commits.

    Raises CatalogueFileError before the first write if the file drops more
    than half of the rows and ``accept_removals`` does not say that it may.
    """
    batch = Batch(catalogue, source.kind)
    listed = batch.listed()
    dropped = sorted(listed - source.rows.keys() - source.unreadable)
    if not accept_removals and len(dropped) > max(_FEW, len(listed) // 2):
        raise CatalogueFileError(
            f"The file drops {len(dropped)} of {len(listed)} rows; it looks cut off. "
            "Import it with --accept-removals if that is meant."
        )
    counts: Counter[str] = Counter()
    for done, key in enumerate(sorted(source.rows), start=1):
        counts[batch.put(source.rows[key])] += 1
        if done % STEP == 0 or done == len(source.rows):
            progress(done, len(source.rows))
    for key in dropped:
        batch.retire(key)
    batch.finish()
    summary = Summary(
        kind=source.kind,
        read=source.read,
        new=counts[NEW],
        changed=counts[CHANGED],
        unchanged=len(source.rows) - counts[NEW] - counts[CHANGED],
        removed=len(dropped),
        issues=tuple(source.issues),
    )
    if summary.wrote:
        moment = clock.now().isoformat(timespec="seconds")
        catalogue.imports = catalogue.imports | {source.kind: (moment, name)}
    return summary
