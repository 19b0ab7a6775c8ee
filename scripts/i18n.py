#!/usr/bin/env python3
"""Texts of the portal: collect them from the sources, keep the translations complete.

    scripts/i18n.py                 update locales/ from the sources
    scripts/i18n.py --merge FILE…   put translations in, lines ``msgid|de|nl`` (``\\n`` for a new line)
    scripts/i18n.py --check         exit 1 and say what is missing, superfluous, doubtful or unlike

Texts are: ``_("…")`` and ``t("…")`` in Python, ``t('…')`` in page templates,
``i18n:translate`` and ``i18n:attributes`` in profiles, ``title`` and
``description`` in ZCML. A text that is handed to ``t`` out of a constant of a
module (``t(TITLES[kind])``) is found through the constant's name; any other
is marked with ``N_("…")`` where it is written down.

Workflow titles are also written for the domain "plone", where Plone's menus
look them up. Standard library only; the same sources give the same files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path

import argparse
import ast
import html
import json
import re
import sys
import xml.etree.ElementTree as ElementTree


ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "heinsberg.portal" / "src" / "heinsberg" / "portal"
DOMAIN = "heinsberg.portal"
LANGUAGES = ("de", "en", "nl")
I18N = "{http://xml.zope.org/namespaces/i18n}"
PLACEHOLDER = re.compile(r"\$?\{\w+\}")
CALL = re.compile(r"(?<![\w'\"])(?:\w+\.)*t\(")
# A permission's title is the name the security machinery compares.
UNTRANSLATED = {"permission", "include", "configure"}


class Unreadable(Exception):
    """A source cannot be read; nothing is written then."""


@dataclass
class Text:
    """A text of the sources."""

    msgid: str
    default: str = ""
    files: set[str] = field(default_factory=set)

    @property
    def english(self) -> str:
        return self.default or self.msgid


@dataclass
class Entry:
    """A translation; ``fuzzy`` where a person has to look at it."""

    text: str = ""
    fuzzy: bool = False


class Collection:
    """All texts of a package, by domain, and the calls whose text nobody can see."""

    def __init__(self, package: Path) -> None:
        self.package = package
        self.texts: dict[str, dict[str, Text]] = {DOMAIN: {}, "plone": {}}
        self.unseen: list[str] = []
        self.trees = {path: _tree(path) for path in sorted(package.rglob("*.py"))}
        self.constants = _constants(self.trees)
        for path, tree in self.trees.items():
            self._python(path, tree)
        for path in sorted(package.rglob("*.pt")):
            self._template(path)
        for path in sorted([*package.rglob("*.xml"), *package.rglob("*.zcml")]):
            self._xml(path)

    def add(self, path: Path, msgid: str, default: str = "", domain: str = DOMAIN) -> None:
        if not msgid.strip():
            return
        text = self.texts[domain].setdefault(msgid, Text(msgid))
        if default and text.default and default != text.default:
            raise Unreadable(f"{path}: two default texts for {msgid!r}")
        text.default = text.default or ("" if default == msgid else default)
        text.files.add(path.relative_to(self.package).as_posix())

    def _python(self, path: Path, tree: ast.AST) -> None:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                self._call(path, node)

    def _call(self, path: Path, node: ast.Call) -> None:
        function = node.func
        name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        if name == "t" or (name in ("_", "N_") and isinstance(function, ast.Name)):
            arguments = node.args
        elif name == "text" and len(node.args) > 1 and _string(node.args[1]) is not None:
            arguments = node.args[1:]  # ui.texts.text(language, "…")
        else:
            return
        default = next((_string(k.value) for k in node.keywords if k.arg == "default"), None)
        if default is None and name == "_" and len(arguments) > 1:
            default = _string(arguments[1])
        found = self._strings(arguments[0]) if arguments else None
        if found is None:
            self.unseen.append(f"{path.relative_to(self.package).as_posix()}: {ast.unparse(node)}")
        for msgid in found or ():
            self.add(path, msgid, default or "")

    def _strings(self, node: ast.expr) -> list[str] | None:
        """Return all texts an argument can be, or None where that cannot be told."""
        if (text := _string(node)) is not None:
            return [text]
        parts: list[ast.expr] = []
        if isinstance(node, ast.IfExp):
            parts = [node.body, node.orelse]
        elif isinstance(node, ast.BoolOp):
            parts = node.values
        elif isinstance(node, ast.Subscript):
            parts = [node.value]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get":
            parts = [node.func.value, *node.args[1:]]
        elif isinstance(node, ast.Dict):
            parts = node.values
        elif isinstance(node, (ast.Tuple, ast.List)):
            parts = node.elts
        elif isinstance(node, (ast.Name, ast.Attribute)):
            return self.constants.get(node.id if isinstance(node, ast.Name) else node.attr)
        found = [self._strings(part) for part in parts]
        return None if not found or None in found else [text for texts in found for text in texts]

    def _template(self, path: Path) -> None:
        source = html.unescape(path.read_text("utf-8"))
        if f'i18n:domain="{DOMAIN}"' in source:
            raise Unreadable(f"{path}: i18n:domain in a template; use t('…')")
        for match in CALL.finditer(source):
            call = f"t({_argument(source, match.end(), path)})"
            try:
                self._call(path, ast.parse(call, mode="eval").body)
            except SyntaxError as exc:
                raise Unreadable(f"{path}: {call}") from exc

    def _xml(self, path: Path) -> None:
        try:
            root = ElementTree.parse(path).getroot()
        except ElementTree.ParseError as exc:
            raise Unreadable(f"{path}: {exc}") from exc
        if path.suffix == ".zcml":
            for node in root.iter() if root.get("i18n_domain") == DOMAIN else ():
                if node.tag.rpartition("}")[2] not in UNTRANSLATED:
                    for name in ("title", "description"):
                        self.add(path, " ".join(node.get(name, "").split()))
            return
        for domain, msgid, default in _marked(root, ""):
            if domain == DOMAIN:
                self.add(path, msgid, default)
                if "workflows" in path.parts:
                    self.add(path, msgid, default, "plone")


def _tree(path: Path) -> ast.Module:
    try:
        return ast.parse(path.read_text("utf-8"))
    except SyntaxError as exc:
        raise Unreadable(f"{path}: {exc}") from exc


def _string(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _constants(trees: dict[Path, ast.Module]) -> dict[str, list[str]]:
    """Return the texts of each module's constants in capitals: strings, dicts' values, lists."""
    found: dict[str, list[str]] = {}
    for tree in trees.values():
        for node in tree.body:
            target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            value = getattr(node, "value", None)
            if not (isinstance(target, ast.Name) and target.id.isupper() and value):
                continue
            items = value.values if isinstance(value, ast.Dict) else getattr(value, "elts", [value])
            texts = [_string(item) for item in items]
            if texts and None not in texts:
                found.setdefault(target.id, []).extend(texts)
    return found


def _argument(source: str, start: int, path: Path) -> str:
    """Return what stands between the brackets of a call."""
    depth, quote, at = 1, "", start
    while at < len(source):
        char = source[at]
        if quote:
            at += char == "\\"
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        else:
            depth += (char in "([{") - (char in ")]}")
            if not depth:
                return source[start:at]
        at += 1
    raise Unreadable(f"{path}: a call without end: {source[start : start + 60]}")


def _marked(node: ElementTree.Element, domain: str) -> Iterator[tuple[str, str, str]]:
    """Yield (domain, msgid, default) of an element marked for translation and of those inside."""
    domain = node.get(f"{I18N}domain", domain)
    marked = node.get(f"{I18N}translate")
    if marked is not None:
        text = " ".join("".join(node.itertext()).split())
        yield domain, marked or text, text
    for part in node.get(f"{I18N}attributes", "").split(";"):
        if words := part.split():
            text = node.get(words[0], "")
            yield domain, words[1] if len(words) > 1 else text, text
    for child in node:
        yield from _marked(child, domain)


def read_po(path: Path) -> dict[str, Entry]:
    """Return the translations of a file, without its header."""
    entries: dict[str, Entry] = {}
    if not path.exists():
        return entries
    for block in re.split(r"\n\s*\n", path.read_text("utf-8")):
        values, keyword = {"msgid": "", "msgstr": ""}, ""
        for line in block.splitlines():
            if match := re.match(r'(?:(msgid|msgstr)\s+)?(".*")\s*$', line):
                keyword = match[1] or keyword
                values[keyword] += json.loads(match[2])
        if values["msgid"]:
            fuzzy = re.search(r"^#,.*\bfuzzy\b", block, re.MULTILINE) is not None
            entries[values["msgid"]] = Entry(values["msgstr"], fuzzy)
    return entries


def format_po(texts: dict[str, Text], entries: dict[str, Entry], language: str, domain: str) -> str:
    """Return a PO file, or the template of all where the language is ''."""
    header = f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\nDomain: {domain}\n"
    if language:
        header += f"Language: {language}\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
    lines = ['msgid ""', 'msgstr ""', *(_quoted(line) for line in header.splitlines(keepends=True)), ""]
    for msgid, text in sorted(texts.items()):
        entry = entries.get(msgid, Entry())
        lines += [f"#. Default: {_quoted(text.default)}"] if text.default else []
        lines += [f"#: {name}" for name in sorted(text.files)]
        lines += ["#, fuzzy"] if entry.fuzzy else []
        lines += [f"msgid {_quoted(msgid)}", f"msgstr {_quoted(entry.text)}", ""]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def files(package: Path) -> Iterator[tuple[str, str, Path]]:
    """Yield (domain, language, file); the language of the template is ''."""
    folder = package / "locales"
    for domain in (DOMAIN, "plone"):
        yield domain, "", folder / f"{domain}.pot"
        for language in LANGUAGES:
            yield domain, language, folder / language / "LC_MESSAGES" / f"{domain}.po"


def update(package: Path, merged: dict[str, dict[str, str]]) -> None:
    """Write all files anew; what the sources no longer have goes."""
    found = Collection(package)
    for domain, language, path in files(package):
        texts, entries = found.texts[domain], read_po(path)
        for msgid in sorted(set(entries) - set(texts)):
            print(f"{path.name} {language or 'template'}: gone: {msgid}")
        for msgid, text in texts.items() if language else ():
            entry = entries.setdefault(msgid, Entry(text.english if language == "en" else ""))
            if (new := merged.get(language, {}).get(msgid)) and new != entry.text:
                entries[msgid] = Entry(new)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(format_po(texts, entries if language else {}, language, domain), "utf-8")


def problems(package: Path = PACKAGE) -> list[str]:
    """Return one line for everything that is not as it should be; empty when all is well."""
    found = Collection(package)
    lines = [f"nobody can see the text of this call, mark it with N_: {call}" for call in found.unseen]
    for domain, language, path in files(package):
        texts, entries = found.texts[domain], read_po(path)
        place = f"{domain} {language or 'template'}"
        lines += [f"{place}: not in the sources any more: {msgid}" for msgid in sorted(set(entries) - set(texts))]
        lines += [f"{place}: missing: {msgid}" for msgid in sorted(set(texts) - set(entries))]
        for msgid in sorted(set(texts) & set(entries)) if language else ():
            lines += [f"{place}: {problem}: {msgid}" for problem in _problems(texts[msgid], entries[msgid])]
    return lines


def _problems(text: Text, entry: Entry) -> Iterator[str]:
    if not entry.text.strip():
        yield "not translated"
    elif sorted(PLACEHOLDER.findall(text.english)) != sorted(PLACEHOLDER.findall(entry.text)):
        yield "different placeholders"
    if entry.fuzzy:
        yield "fuzzy"


def read_lines(paths: list[Path]) -> dict[str, dict[str, str]]:
    """Return {language: {msgid: translation}} of lines ``msgid|de|nl[|en]``."""
    merged: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
            if not line.strip() or line.startswith("#"):
                continue
            cells = [cell.replace("\\n", "\n") for cell in line.split("|")]
            if len(cells) not in (3, 4):
                raise Unreadable(f"{path}:{number}: not msgid|de|nl")
            for language, cell in zip(("de", "nl", "en"), cells[1:], strict=False):
                merged[language][cells[0]] = cell
    return merged


def main(arguments: list[str] | None = None, package: Path = PACKAGE) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if something is wrong")
    parser.add_argument("--merge", nargs="+", type=Path, default=[], metavar="FILE", help="lines msgid|de|nl")
    options = parser.parse_args(arguments)
    try:
        if not options.check:
            update(package, read_lines(options.merge))
        found = problems(package)
    except Unreadable as exc:
        print(exc, file=sys.stderr)
        return 2
    for line in found:
        print(line)
    print(f"{len(found)} problems" if found else "All texts are translated.")
    return 1 if found and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
