"""YAML files as plain values that know their line; nothing in them is ever executed."""

from collections.abc import Iterable
from collections.abc import Iterator
from heinsberg.portal.pages.seeding.errors import SeedFileError
from heinsberg.portal.pages.seeding.files import is_id
from heinsberg.portal.pages.seeding.files import read_text
from pathlib import Path
from typing import Any

import yaml


LANGUAGES = ("de", "en", "nl")

_SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Mapping(dict):
    """A mapping and the line it begins on."""

    line = 0


class _Loader(_SafeLoader):
    """Plain values only; a key that is there twice is an error, not a silent loss."""


def _mapping(loader, node) -> Iterator[Mapping]:
    found = Mapping()
    found.line = node.start_mark.line + 1
    yield found
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} is not a text; put it in quotation marks", key_node.start_mark)
        if key in found:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} is there twice", key_node.start_mark)
        found[key] = loader.construct_object(value_node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path) -> Any:
    """Return the values of a YAML file; SeedFileError names the line of what is wrong."""
    text = read_text(path)
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader with lines
    except yaml.constructor.ConstructorError as error:
        problem = error.problem or "a value that is not allowed"
        if "could not determine a constructor" in problem:
            problem = "a tag beginning with ! is not allowed; write plain values"
        raise SeedFileError(path.name, f"{problem}.", line=_line(error)) from error
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or "the file is not YAML"
        raise SeedFileError(
            path.name, f"{problem}. Look at indentation, colons and quotation marks.", line=_line(error)
        ) from error


def _line(error) -> int | None:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark is not None else None


class Record:
    """A mapping of a file, read with checks that name file, line and key."""

    def __init__(self, file: str, values: Any, where: str = "") -> None:
        self.file, self.where = file, where
        if not isinstance(values, dict):
            raise SeedFileError(file, f"expected keys and values, found {_kind(values)}.", column=where)
        self.values = values
        self.line = getattr(values, "line", None)

    def error(self, key: str, problem: str) -> SeedFileError:
        """Return the error for a value of this mapping."""
        name = f"{self.where}.{key}" if self.where else key
        return SeedFileError(self.file, problem, line=self.line, column=f"key {name}")

    def has(self, key: str) -> bool:
        """Return whether there is a value that is not null."""
        return self.values.get(key) is not None

    def only(self, allowed: Iterable[str]) -> None:
        """Raise SeedFileError for a key that nobody would read."""
        unknown = sorted(set(self.values) - set(allowed))
        if unknown:
            raise self.error(unknown[0], f"there is no such key here. Allowed: {', '.join(allowed)}.")

    def text(self, key: str, *, required: bool = False, limit: int = 100_000) -> str | None:
        """Return a text, None where it is missing or null."""
        value = self.values.get(key)
        if value is None:
            if required:
                raise self.error(key, "is missing.")
            return None
        if not isinstance(value, str):
            raise self.error(key, f"expected a text, found {_kind(value)}. Put it in quotation marks.")
        if len(value) > limit:
            raise self.error(key, f"has {len(value)} characters, at most {limit} are allowed.")
        if required and not value.strip():
            raise self.error(key, "is empty.")
        return value.strip()

    def id(self, key: str) -> str:
        """Return an id."""
        value = self.text(key, required=True)
        if not is_id(value):
            raise self.error(key, f"{value!r} is not an id: lower-case a to z, digits and single hyphens only.")
        return value

    def texts(self, key: str, limit: int = 1000) -> list[str]:
        """Return a list of texts, [] where it is missing."""
        found = []
        for number, value in enumerate(self._list(key), 1):
            if not isinstance(value, str) or not value.strip():
                raise self.error(key, f"entry {number}: expected a text, found {_kind(value)}.")
            if len(value) > limit:
                raise self.error(key, f"entry {number} has {len(value)} characters, at most {limit} are allowed.")
            found.append(value.strip())
        return found

    def ids(self, key: str) -> list[str]:
        """Return a list of ids."""
        found = self.texts(key)
        for value in found:
            if not is_id(value):
                raise self.error(key, f"{value!r} is not an id: lower-case a to z, digits and single hyphens only.")
        return found

    def choice(self, key: str, allowed: Iterable[str], default: str | None = None) -> str | None:
        """Return one of the allowed values, the default where it is missing."""
        value = self.values.get(key)
        if value is None:
            return default
        if value not in (allowed := tuple(allowed)):
            raise self.error(key, f"{value!r} is not known. Allowed: {', '.join(allowed)}.")
        return value

    def number(self, key: str, low: int = 1, high: int = 999) -> int | None:
        """Return a whole number, None where it is missing."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.error(key, f"{value!r} is not a whole number from {low} to {high}.")
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """Return true or false."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.error(key, f"expected true or false, found {_kind(value)}.")
        return value

    def words(self, key: str, *, required: bool = False) -> dict[str, str]:
        """Return a text by language; German must be there. A plain text is German."""
        value = self.values.get(key)
        if value is None:
            if required:
                raise self.error(key, "is missing.")
            return {}
        if isinstance(value, str):
            return {"de": value.strip()}
        record = self.record(key)
        record.only(LANGUAGES)
        record.text("de", required=True)
        return {code: text for code in LANGUAGES if (text := record.text(code))}

    def lists(self, key: str) -> dict[str, list[str]]:
        """Return a list of texts by language."""
        if not self.has(key):
            return {}
        record = self.record(key)
        record.only(LANGUAGES)
        return {code: record.texts(code) for code in LANGUAGES if record.has(code)}

    def record(self, key: str) -> "Record":
        """Return a mapping inside, an empty one where it is missing."""
        value = self.values.get(key)
        name = f"{self.where}.{key}" if self.where else key
        return Record(self.file, Mapping() if value is None else value, name)

    def records(self, key: str) -> list["Record"]:
        """Return a list of mappings inside."""
        name = f"{self.where}.{key}" if self.where else key
        return [Record(self.file, value, f"{name}[{number}]") for number, value in enumerate(self._list(key), 1)]

    def _list(self, key: str) -> list:
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.error(key, f"expected a list, found {_kind(value)}.")
        return value


def read_record(path: Path) -> Record:
    """Return a file that is one mapping; an empty file is an empty one."""
    return Record(path.name, read_yaml(path) or Mapping())


def read_records(path: Path) -> list[Record]:
    """Return a file that is a list of mappings, with ids used once; an empty file is an empty list."""
    values = read_yaml(path) or []
    if not isinstance(values, list):
        raise SeedFileError(path.name, f"expected a list (lines beginning with -), found {_kind(values)}.")
    return [Record(path.name, value, f"entry {number}") for number, value in enumerate(values, 1)]


def _kind(value: Any) -> str:
    names = {dict: "keys and values", list: "a list", str: "a text", bool: "true or false", type(None): "nothing"}
    return next((name for kind, name in names.items() if isinstance(value, kind)), f"{value!r}")
