#!/usr/bin/env python3
"""Reduce KERN UX to what the portal uses: themes/base/css/00-kern.css.

    scripts/build_kern_css.py /path/to/node_modules/@kern-ux/native

Takes KERN's own built dist/kern.css and
  * leaves out the grid and the utilities (every rule that is also in
    kern-grid.min.css or kern-utilities.min.css);
  * leaves out the bare element rules of _global.scss that a page of ours sets
    itself (20-frame.css) and the federal head line's flag;
  * leaves out the fallbacks in var(--kern-x, fallback): every token is defined;
  * leaves out custom properties nobody reads, apart from the documented
    scales (spacing, neutral palette, decorative and layout colours);
  * turns the four copies of the colour scheme into two: light is the default,
    dark follows the system unless data-kern-theme says otherwise;
  * paints icons in CanvasText instead of white where colours are forced;
  * minifies.
No other value is changed. Standard library only; the same input gives the
same bytes. KERN is EUPL-1.2: the licence is copied beside the stylesheet.
"""
import json
import pathlib
import re
import shutil
import sys

TARGET = pathlib.Path(__file__).resolve().parent.parent / "themes" / "base"
LIGHT = ":root,[data-kern-theme=light],.kern-light"
DARK_SYSTEM = ":root:not([data-kern-theme=light])"
DARK_CHOSEN = "[data-kern-theme=dark],.kern-dark"

# rules that are not taken over: element rules replaced by 20-frame.css (KERN's
# own take the outline off a focused [tabindex]), the flag of the federal head
# line, four icons no page of the portal has
DROP_SELECTOR = re.compile(
    r"^(html|body|\*|\*:not\(i\)|img|svg|:root)$"
    r"|^(area\[href\]|iframe|\[tabindex\]|\[contentEditable=true\]):not"
    r"|kern-kopfzeile__flagge|kopfzeile__flag"
    r"|kern-icon--(light-mode|dark-mode|brightness-medium|visibility-off)$"
)
# tokens that stay even when KERN's own rules do not read them
KEEP_TOKEN = re.compile(
    r"^--kern-(metric-(space|border|dimension)|color-(layout|action|feedback|decorative|form|neutral|white|black)"
    r"|typography-font-(family|weight|size)|typography-line)"
)


def tokenize(css):
    """Yield (prelude, body) of the rules of a block; body is None for @rules without one."""
    position = 0
    while position < len(css):
        brace, semicolon = css.find("{", position), css.find(";", position)
        if semicolon != -1 and (brace == -1 or semicolon < brace):
            yield css[position:semicolon].strip(), None
            position = semicolon + 1
            continue
        if brace == -1:
            return
        depth, end, quote = 1, brace + 1, ""
        while depth:
            char = css[end]
            if quote:
                quote = "" if char == quote and css[end - 1] != "\\" else quote
            elif char in "\"'":
                quote = char
            elif char == "{":
                depth += 1
            elif char == "}":
                depth -= 1
            end += 1
        yield css[position:brace].strip(), css[brace + 1:end - 1]
        position = end


def split_outside(text, separator):
    """Split at a separator that is in no bracket and no string."""
    parts, depth, quote, start = [], 0, "", 0
    for index, char in enumerate(text):
        if quote:
            quote = "" if char == quote and text[index - 1] != "\\" else quote
        elif char in "\"'":
            quote = char
        elif char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char == separator and not depth:
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def squeeze(text):
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"\s*([>,{}])\s*", r"\1", text)


def without_fallback(value):
    """var(--kern-x, anything) becomes var(--kern-x), nested fallbacks too."""
    out, position = [], 0
    for match in re.finditer(r"var\((--kern-[\w-]+)\s*,", value):
        if match.start() < position:
            continue
        depth, end = 1, match.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(value[end], 0)
            end += 1
        out += [value[position:match.start()], f"var({match[1]})"]
        position = end
    return "".join(out) + value[position:]


def declarations(body):
    found = {}
    for part in split_outside(body, ";"):
        name, _, value = part.partition(":")
        name, value = name.strip(), without_fallback(re.sub(r"\s+", " ", value.strip()))
        found.pop(name, None)           # the last one wins and keeps its place
        found[name] = value
    return found


def rules(css, media=""):
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    for prelude, body in tokenize(css):
        if body is None or prelude.startswith("@font-face"):
            continue
        if prelude.startswith("@media"):
            yield from rules(body, squeeze(prelude).replace("@media all and ", "@media "))
        elif prelude.startswith("@"):
            yield media, squeeze(prelude), squeeze(body).replace(": ", ":").replace("; ", ";")
        else:
            yield media, squeeze(prelude), declarations(body)


def main(package):
    package = pathlib.Path(package)
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    dist = package / "dist"
    unwanted = set()
    for name in ("kern-grid.min.css", "kern-utilities.min.css"):
        for media, selector, _ in rules((dist / name).read_text(encoding="utf-8")):
            unwanted.update((media, part) for part in split_outside(selector, ","))
    kept = []
    for media, selector, found in rules((dist / "kern.css").read_text(encoding="utf-8")):
        if selector.startswith("@"):
            kept.append((media, selector, found))
            continue
        tokens = all(name.startswith("--") for name in found)
        if not tokens:
            parts = [p for p in split_outside(selector, ",") if (media, p) not in unwanted and not DROP_SELECTOR.search(p)]
            selector = ",".join(parts)
        if not selector or not found:
            continue
        if tokens and "prefers-color-scheme:light" in media.replace(" ", ""):
            continue                    # same as [data-kern-theme=light], which follows
        if tokens and "prefers-color-scheme:dark" in media.replace(" ", ""):
            continue
        if tokens and selector == "[data-kern-theme=light],.kern-light":
            selector = LIGHT
        if tokens and selector == "[data-kern-theme=dark],.kern-dark":
            kept.append(("@media (prefers-color-scheme: dark)", DARK_SYSTEM, found))
            selector = DARK_CHOSEN
        if kept and not media and kept[-1][:2] == (media, selector) and not selector.startswith("@"):
            kept[-1][2].update(found)
            continue
        kept.append((media, selector, found))

    while True:                         # custom properties nobody reads
        read = set()
        for _, _, found in kept:
            text = found if isinstance(found, str) else " ".join(found.values())
            read.update(re.findall(r"var\((--[\w-]+)", text))
        dead = 0
        for _, _, found in kept:
            if isinstance(found, dict):
                for name in [n for n in found if n.startswith("--") and n not in read and not KEEP_TOKEN.match(n)]:
                    del found[name]
                    dead += 1
        if not dead:
            break

    out, open_media = [], ""
    for media, selector, found in kept:
        if not found:
            continue
        if media != open_media:
            out.append(("\n}" if open_media else "") + (f"\n{media}{{" if media else ""))
            open_media = media
        if "forced-colors" in media and isinstance(found, dict):
            # KERN paints icons white, which a light high-contrast scheme swallows
            found = {n: v.replace("var(--kern-color-white)", "CanvasText") for n, v in found.items()}
        body = found if isinstance(found, str) else ";".join(f"{n}:{v}" for n, v in found.items())
        body = re.sub(r"(?<![\w.#-])0(?:px|rem)(?![\w%])", "0", body).replace(", ", ",") if isinstance(found, dict) else body
        out.append(f"\n{selector}{{{body}}}")
    out.append("\n}" if open_media else "")
    notice = (
        f"/* KERN UX Plain (@kern-ux/native) {version}, https://gitlab.opencode.de/kern-ux/kern-ux-plain\n"
        "   Licensed under the EUPL-1.2, see LICENSE-KERN.md beside this file.\n"
        "   Reduced by scripts/build_kern_css.py (no grid, no utilities); do not edit. */"
    )
    css = TARGET / "css"
    css.mkdir(parents=True, exist_ok=True)
    (css / "00-kern.css").write_text(notice + "".join(out) + "\n", encoding="utf-8")
    shutil.copyfile(package / "LICENSE.md", css / "LICENSE-KERN.md")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
