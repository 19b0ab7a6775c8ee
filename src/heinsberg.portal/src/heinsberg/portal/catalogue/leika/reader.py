"""A catalogue file to rows. Pure: bytes in, rows and findings out."""

from . import cells
from .decoding import decode
from .errors import CatalogueFileError
from .errors import Issue
from .errors import RowError
from .headers import Header
from .headers import read_header
from .legal import split_legal_basis
from .records import records
from .records import split_lines
from .rows import Assignment
from .rows import CatalogueEntry
from .rows import LEIKA
from .rows import OZG
from .rows import OzgService
from .rows import Row
from .rows import SERVICES
from .rows import Situation
from .rows import SITUATIONS
from .rows import surrogate_id
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace


@dataclass(slots=True)
class SourceFile:
    """What a file holds: rows by id, findings in the order of the lines.

    ``unreadable`` are ids of rows that are there but broken: the source has
    not dropped them.
    """

    kind: str
    encoding: str
    separator: str
    read: int = 0
    rows: dict[str, Row] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    lines: dict[str, int] = field(default_factory=dict)

    @property
    def skipped(self) -> int:
        """Number of rows that were left out."""
        return sum(issue.skipped for issue in self.issues)


def read_file(data: bytes) -> SourceFile:
    """Read a catalogue file of any known form; raises CatalogueFileError only."""
    text, encoding = decode(data)
    lines = split_lines(text)
    start = _header_index(lines)
    header = read_header(lines[start])
    source = SourceFile(header.kind, encoding, header.separator)
    if header.unknown:
        unknown = ", ".join(header.unknown)[:200]
        source.issues.append(Issue(start + 1, f"columns not used: {unknown}", False))
    for line, found in records(lines, start + 1, header.separator, header.row_start):
        source.read += 1
        if isinstance(found, RowError):
            source.issues.append(Issue(line, str(found)))
            source.unreadable.update(header.row_start.findall(lines[line - 1][:40]))
        else:
            _take(source, header, line, found)
    if not source.rows:
        raise _nothing_usable(source)
    return source


def _nothing_usable(source: SourceFile) -> CatalogueFileError:
    first = next((issue for issue in source.issues if issue.skipped), None)
    why = f" Line {first.line}: {first.reason}." if first else ""
    return CatalogueFileError(
        f"None of the {source.read} rows of the file can be used.{why}"
    )


def _header_index(lines: list[str]) -> int:
    """Return the index of the header, after blank lines and Excel's "sep=;"."""
    for index, line in enumerate(lines):
        if line.strip() and not line.strip().lower().startswith("sep="):
            return index
    raise CatalogueFileError("The file is empty.")


def _take(source: SourceFile, header: Header, line: int, values: list[str]) -> None:
    """Put one record into the source file, or the reason why not."""
    remarks: list[str] = []
    named = _named(header, values)
    try:
        _check_width(header, values)
        row = _PARSERS[header.kind](cells.clean(named, remarks.append), remarks.append)
        remarks += _add(source, line, row)
    except RowError as error:
        source.issues.append(Issue(line, str(error)))
        source.unreadable.update(_identities(named))
    else:
        source.issues += (Issue(line, text, skipped=False) for text in remarks)


def _identities(named: dict[str, str]) -> set[str]:
    """Return the ids that a broken row may have, so that its row is not given up."""
    key = "".join(named.get("key", "").split())
    name = " ".join(named.get("name", "").split())
    found = {key, surrogate_id(name), " ".join(named.get("lebenslage", "").split())}
    return found if "key" in named else found | {named.get("ozg_id", "").strip()}


def _named(header: Header, values: list[str]) -> dict[str, str]:
    """Return the cells of known columns by field name."""
    pairs = zip(header.fields, values, strict=False)
    return {name: value for name, value in pairs if name}


def _check_width(header: Header, values: list[str]) -> None:
    """Raise RowError if cells are missing or too many; empty ones at the end may be."""
    expected = len(header.fields)
    if len(values) < expected or any(value.strip() for value in values[expected:]):
        raise RowError(f"{len(values)} fields instead of {expected}")


def _add(source: SourceFile, line: int, row: Row) -> list[str]:
    """Add a row; one that is there already adds its OZG service or is refused."""
    before = source.rows.get(row.id)
    if before is None:
        source.rows[row.id] = row
        source.lines[row.id] = line
        return []
    first = source.lines[row.id]
    if row == before:
        raise RowError(f"the same as line {first}")
    if isinstance(row, CatalogueEntry) and isinstance(before, CatalogueEntry):
        new = [one for one in row.assignments if one not in before.assignments]
        if new:
            assignments = (*before.assignments, *new)
            source.rows[row.id] = replace(before, assignments=assignments)
            return [f"one service with line {first}, under another OZG service"]
    raise RowError(f"the same service as in line {first}, with other details")


def _service(row: dict[str, str], note: cells.Note) -> CatalogueEntry:
    key = cells.read_key(row["key"])
    name = cells.read_name(row["name"])
    ozg_id = cells.read_ozg_id(row["ozg_id"])
    place = (row["ozg_leistung"], row["lebenslage"], row["themenfeld"])
    legal, short = row["legal_basis"], row["abbreviation"]
    return CatalogueEntry(
        id=key or surrogate_id(name),
        name=name,
        typ=cells.read_type(row["typ"], note),
        assignments=(Assignment(ozg_id, *place),) if ozg_id or any(place) else (),
        legal_basis=split_legal_basis(legal),
        law=cells.read_law(row["law"], legal, short, note),
        abbreviation=short,
        relevance=(
            cells.read_flag(row["sdg1"], "relevanz1", note),
            cells.read_flag(row["sdg2"], "relevanz2", note),
        ),
    )


def _leika(row: dict[str, str], note: cells.Note) -> CatalogueEntry:
    key = cells.read_key(row["key"])
    if not key:
        raise RowError("LeiKa's own list has a row without a key")
    synonyms = (part.strip() for part in row.get("synonyms", "").split("|"))
    return CatalogueEntry(
        id=key,
        name=cells.read_name(row["name"]),
        typ=cells.read_type(row["typ"], note),
        citizen_name=row.get("citizen_name", ""),
        synonyms=tuple(dict.fromkeys(part for part in synonyms if part)),
        features=row.get("features", ""),
        published=cells.read_date(row.get("published", ""), note),
    )


def _ozg_service(row: dict[str, str], note: cells.Note) -> OzgService:
    ozg_id = cells.read_ozg_id(row["ozg_id"])
    if not ozg_id:
        raise RowError("the OZG id is missing")
    name = cells.read_name(row["name"])
    return OzgService(ozg_id, name, row["lebenslage"], row["themenfeld"])


def _situation(row: dict[str, str], note: cells.Note) -> Situation:
    return Situation(cells.read_name(row["lebenslage"]), row["themenfeld"])


_PARSERS: dict[str, Callable[[dict[str, str], cells.Note], Row]] = {
    SERVICES: _service,
    LEIKA: _leika,
    OZG: _ozg_service,
    SITUATIONS: _situation,
}
