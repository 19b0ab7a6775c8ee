#!/usr/bin/env python3
"""Texts of the portal: collect them from the sources, keep the translations complete.

    scripts/i18n.py                   update locales/ from the sources
    scripts/i18n.py --merge FILE…     and fill gaps with lines msgid|de|nl or msgid|de|nl|en
    scripts/i18n.py --replace FILE…   the same, but the lines win over what is there
    scripts/i18n.py --check           exit 1 and list what is wrong

Texts are _("…"), N_("…") and t("…") in Python, t('…') in page templates, what
is marked with i18n: in profiles, titles and descriptions in ZCML. In
t(TITLES[kind]) they are found through the name of the module's constant.
Workflow titles also go to the domain "plone", where Plone's menus look.
"""

from collections.abc import Iterator
from contextlib import suppress
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
HEADER = """\
Content-Type: text/plain; charset=utf-8
Domain: {domain}
Language: {language}
"""
PLACEHOLDER = re.compile(r"\$?\{\w+\}|%\(\w+\)\w")
CALL = re.compile(r"(?<![\w'\"])(?:\w+\.)*t\(")
MARKS = ("_", "N_")
# Where the texts are in an expression that is not a text itself.
PARTS = {
    ast.IfExp: lambda node: [node.body, node.orelse],
    ast.BoolOp: lambda node: node.values,
    ast.Subscript: lambda node: [node.value],
    ast.Dict: lambda node: node.values,
    ast.Tuple: lambda node: node.elts,
    ast.List: lambda node: node.elts,
    ast.Call: lambda node: (  # _("…") or TITLES.get(kind)
        node.args[:1]
        if _name(node.func) in MARKS
        else [getattr(node.func, "value", node.func), *node.args[1:]]
    ),
}
# Calls "room/module.py: t(text)" whose texts are marked with _ or N_ where they are written.
MARKED_ELSEWHERE: frozenset[str] = frozenset()


@dataclass
class Text:
    """A text of the sources or of a file; ``default`` is the English where the msgid is an id."""

    default: str = ""
    files: set[str] = field(default_factory=set)
    translation: str = ""
    fuzzy: bool = False


class Collection:
    """All texts of a package, by domain, and the calls whose text nobody can see."""

    def __init__(self, package: Path) -> None:
        self.package = package
        self.texts: dict[str, dict[str, Text]] = {DOMAIN: {}, "plone": {}}
        self.unseen: list[str] = []
        self.constants: dict[str, dict[Path, list[str]]] = {}
        steps = [("*.py", self._constants), ("*.py", self._python), ("*.pt", self._template)]
        for pattern, step in [*steps, ("*.xml", self._profile), ("*.zcml", self._zcml)]:
            for path in sorted(package.rglob(pattern)):
                try:
                    step(path)
                except SyntaxError as exc:  # nothing is written then
                    raise SyntaxError(f"{path}: {exc}") from exc

    def add(self, path: Path, msgid: str, default: str = "", domain: str = DOMAIN) -> None:
        if not msgid.strip():
            return
        text = self.texts[domain].setdefault(msgid, Text())
        if default and text.default and default != text.default:
            raise SyntaxError(f"two default texts for {msgid!r}")
        text.default = text.default or ("" if default == msgid else default)
        text.files.add(path.relative_to(self.package).as_posix())

    def _constants(self, path: Path) -> None:
        """Keep the texts of the module's constants in capitals: a text, a dict's values, a list."""
        for node in ast.parse(path.read_text("utf-8")).body:
            target = getattr(node, "target", None) or getattr(node, "targets", [None])[0]
            if isinstance(target, ast.Name) and target.id.isupper() and node.value:
                if texts := self._strings(path, node.value):
                    self.constants.setdefault(target.id, {})[path] = texts

    def _python(self, path: Path) -> None:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                self._call(path, node)

    def _call(self, path: Path, node: ast.Call) -> None:
        arguments, name = node.args, _name(node.func)
        if name == "text" and len(arguments) > 1 and _string(arguments[1]):
            arguments = arguments[1:]  # ui.texts.text(language, "…")
        elif not (name == "t" or name in MARKS and isinstance(node.func, ast.Name)):
            return
        default = next((_string(k.value) for k in node.keywords if k.arg == "default"), None)
        if default is None and name in MARKS and len(arguments) > 1:
            default = _string(arguments[1])
        found = self._strings(path, arguments[0]) if arguments else None
        call = f"{path.relative_to(self.package).as_posix()}: {ast.unparse(node)}"
        if found is None and call not in MARKED_ELSEWHERE:
            self.unseen.append(call)
        for msgid in found or ():
            self.add(path, msgid, default or "")

    def _strings(self, path: Path, node: ast.expr) -> list[str] | None:
        """Return all texts an expression can be, or None where that cannot be told."""
        if (text := _string(node)) is not None:
            return [text]
        if isinstance(node, ast.Name | ast.Attribute):
            known = self.constants.get(_name(node), {})
            return known.get(path) or next(iter(known.values()), None)
        parts = PARTS.get(type(node), lambda node: [])(node)
        found = [self._strings(path, part) for part in parts]
        return None if not found or None in found else [text for texts in found for text in texts]

    def _template(self, path: Path) -> None:
        source = html.unescape(path.read_text("utf-8"))
        if f'i18n:domain="{DOMAIN}"' in source:
            raise SyntaxError("i18n:domain in a template; use t('…')")
        for match in CALL.finditer(source):
            self._call(path, _first_call(source[match.start() :]))

    def _profile(self, path: Path) -> None:
        for domain, msgid, default in _marked(ElementTree.parse(path).getroot()):
            if domain == DOMAIN:
                self.add(path, msgid, default)
                if "workflows" in path.parts:
                    self.add(path, msgid, default, "plone")

    def _zcml(self, path: Path) -> None:
        root = ElementTree.parse(path).getroot()
        for node in root.iter() if root.get("i18n_domain") == DOMAIN else ():
            if node.tag.rpartition("}")[2] != "permission":  # compared, not shown
                self.add(path, node.get("title", ""))
                self.add(path, node.get("description", ""))


def _name(node: ast.expr) -> str:
    return getattr(node, "id", "") or getattr(node, "attr", "")


def _string(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _first_call(source: str) -> ast.Call:
    """Return the call that a template goes on with: the shortest beginning that is Python."""
    for end in re.finditer(r"\)", source):
        with suppress(SyntaxError):
            return ast.parse(source[: end.end()], mode="eval").body
    raise SyntaxError(f"a call without end: {source[:60]}")


def _marked(node: ElementTree.Element, domain: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield (domain, msgid, default) of an element marked for translation and of those inside."""
    domain = node.get(f"{I18N}domain", domain)
    marked = node.get(f"{I18N}translate")
    if marked is not None:
        text = " ".join("".join(node.itertext()).split())
        yield domain, marked or text, text
    for part in node.get(f"{I18N}attributes", "").split(";"):
        if words := part.split():
            text = node.get(words[0], "")
            yield domain, words[-1] if len(words) > 1 else text, text
    for child in node:
        yield from _marked(child, domain)


def read_po(path: Path) -> dict[str, Text]:
    """Return the translations of a file, without its header; of none where there is no file."""
    entries: dict[str, Text] = {}
    for block in re.split(r"\n\s*\n", path.read_text("utf-8") if path.exists() else ""):
        values, keyword = {"#. Default:": "", "msgid": "", "msgstr": ""}, ""
        for match in re.finditer(r'^(?:(#\. Default:|msgid|msgstr) )?(".*")$', block, re.MULTILINE):
            keyword = match[1] or keyword
            values[keyword] += json.loads(match[2])
        default, msgid, translation = values.values()
        if msgid:
            fuzzy = re.search(r"^#,.*\bfuzzy\b", block, re.MULTILINE) is not None
            entries[msgid] = Text(default, set(), translation, fuzzy)
    return entries


def format_po(texts: dict[str, Text], entries: dict[str, Text], language: str, domain: str) -> str:
    """Return a PO file, or the template of all where the language is ''."""
    quoted = json.JSONEncoder(ensure_ascii=False).encode
    header = HEADER.format(domain=domain, language=language)
    lines = ['msgid ""', 'msgstr ""', *map(quoted, header.splitlines(keepends=True)), ""]
    for msgid, text in sorted(texts.items()):
        entry = entries.get(msgid, Text())
        lines += [f"#. Default: {quoted(text.default)}"] if text.default else []
        lines += [f"#: {name}" for name in sorted(text.files)]
        lines += ["#, fuzzy"] if entry.fuzzy else []
        lines += [f"msgid {quoted(msgid)}", f"msgstr {quoted(entry.translation)}", ""]
    return "\n".join(lines)


def files(package: Path) -> Iterator[tuple[str, str, Path]]:
    """Yield (domain, language, file); the language of the template is ''."""
    folder = package / "locales"
    for domain in (DOMAIN, "plone"):
        yield domain, "", folder / f"{domain}.pot"
        for language in LANGUAGES:
            yield domain, language, folder / language / "LC_MESSAGES" / f"{domain}.po"


def update(package: Path, lines: dict[str, dict[str, str]], replace: bool = False) -> None:
    """Write all files anew; what the sources no longer have goes."""
    found = Collection(package)
    for domain, language, path in files(package):
        texts, entries = found.texts[domain], read_po(path) if language else {}
        for msgid in sorted(set(entries) - set(texts)):
            print(f"{domain} {language}: gone: {msgid}")
        for msgid, text in texts.items() if language else ():
            entry, new = entries.setdefault(msgid, Text(text.default)), lines[language].get(msgid)
            if entry.default != text.default:  # the English has changed under the same id
                entry.fuzzy = language != "en"
            if new and (replace or entry.fuzzy or not entry.translation):
                entry.translation, entry.fuzzy = new, False
            if language == "en":
                entry.translation = text.default or entry.translation or msgid
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(format_po(texts, entries, language, domain), "utf-8")


def problems(package: Path = PACKAGE) -> list[str]:
    """Return one line for everything that is not as it should be; empty when all is well."""
    found = Collection(package)
    lines = [f"text not to be seen, see MARKED_ELSEWHERE: {call}" for call in found.unseen]
    for domain, language, path in files(package):
        texts, entries, place = found.texts[domain], read_po(path), f"{domain} {language or 'pot'}"
        lines += [f"{place}: obsolete: {msgid}" for msgid in sorted(set(entries) - set(texts))]
        lines += [f"{place}: missing: {msgid}" for msgid in sorted(set(texts) - set(entries))]
        for msgid in sorted(set(texts) & set(entries)) if language else ():
            found_here = _problems(texts[msgid].default or msgid, entries[msgid])
            lines += [f"{place}: {problem}: {msgid}" for problem in found_here]
    return lines


def _problems(english: str, entry: Text) -> Iterator[str]:
    if not entry.translation.strip():
        yield "not translated"
    elif sorted(PLACEHOLDER.findall(english)) != sorted(PLACEHOLDER.findall(entry.translation)):
        yield "different placeholders"
    if entry.fuzzy:
        yield "fuzzy"


def read_lines(paths: list[Path]) -> dict[str, dict[str, str]]:
    """Return {language: {msgid: translation}} of lines ``msgid|de|nl[|en]``."""
    lines: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
            msgid, *cells = line.split("|")
            if cells and len(cells) not in (2, 3):
                raise SyntaxError(f"{path}:{number}: not msgid|de|nl")
            for language, cell in zip(("de", "nl", "en"), cells, strict=False):
                lines[language][msgid] = cell
    return lines


def main(arguments: list[str] | None = None, package: Path = PACKAGE) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 for a problem")
    for name in ("--merge", "--replace"):
        parser.add_argument(name, nargs="+", type=Path, default=[], metavar="FILE")
    options = parser.parse_args(arguments)
    try:
        if not options.check:
            update(package, read_lines([*options.merge, *options.replace]), bool(options.replace))
        found = problems(package)
    except SyntaxError as exc:
        print(exc, file=sys.stderr)
        return 2
    print("\n".join(found) or "All texts are translated.")
    return 1 if found and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
