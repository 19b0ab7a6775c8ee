"""Rich text of editors made safe for a page: an allow-list, applied whenever text is read."""

from collections.abc import Callable
from functools import lru_cache
from html import unescape

import nh3
import re


TAGS = {
    "p", "ul", "ol", "li", "h3", "h4", "strong", "em", "a", "br",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
#: What is between these tags is not text.
DROPPED = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "textarea", "title"}

_RENAMED = re.compile(r"<(/?)(h1|h2|h5|h6|b|i)(?=[\s>/])", re.IGNORECASE)
_NAMES = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "b": "strong", "i": "em"}
_RESOLVE = re.compile(r"(?:^|/)resolveuid/([0-9a-f]{32}|[0-9a-f-]{36})(#[\w.-]{1,80})?$")
_ABSOLUTE = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_INTERNAL_LINK = re.compile(r'<a href="resolveuid/([0-9a-f-]+)(#[^"]*)?">(.*?)</a>', re.DOTALL)
_LEVEL = re.compile(r"<(/?)h([34])>")
_TAG = re.compile(r"<[^>]*>")
_BLANK_PARAGRAPH = re.compile(r"<p>(?:\s|&nbsp;|\u00a0|<br>)*</p>")


def _href(tag: str, attribute: str, value: str) -> str | None:
    if attribute != "href":
        return value if re.fullmatch(r"[a-z0-9]{1,10}", value) else None
    value = value.strip()
    found = _RESOLVE.search(value)
    if found:
        return f"resolveuid/{found.group(1)}{found.group(2) or ''}"
    return value if _ABSOLUTE.match(value) else None


@lru_cache(maxsize=8192)
def sanitise(raw: str) -> str:
    """Return HTML with allowed tags only; links to content stay as ``resolveuid/<uid>``.

    Remembered by the text itself, so an unchanged text costs one hash.
    """
    if not raw or not raw.strip():
        return ""
    renamed = _RENAMED.sub(lambda m: f"<{m.group(1)}{_NAMES[m.group(2).lower()]}", raw)
    clean = nh3.clean(
        renamed,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_href,
        clean_content_tags=DROPPED,
        link_rel=None,
        url_schemes=SCHEMES,
    )
    clean = clean.replace('<a href="http', '<a rel="noopener" href="http')
    clean = _BLANK_PARAGRAPH.sub("", clean).strip()
    return clean if plain_text(clean) else ""


def resolve_links(html: str, address: Callable[[str], str | None]) -> str:
    """Return sanitised HTML whose links to content got addresses; a link without one becomes text."""
    if "resolveuid/" not in html:
        return html

    def replace(match):
        url = address(match.group(1))
        if not url:
            return match.group(3)
        quoted = url.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        return f'<a href="{quoted}{match.group(2) or ""}">{match.group(3)}</a>'

    return _INTERNAL_LINK.sub(replace, html)


def raised(html: str) -> str:
    """Return sanitised HTML with headings one level higher, for a text right below the page's title."""
    return _LEVEL.sub(lambda m: f"<{m.group(1)}h{int(m.group(2)) - 1}>", html)


def opening(html: str, length: int = 155) -> str:
    """Return the first words of sanitised HTML, for a description."""
    text = plain_text(html)
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def plain_text(html: str) -> str:
    """Return the words of sanitised HTML, with single blanks."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def raw_of(value) -> str:
    """Return what an editor typed into a rich text field; '' for none."""
    if value is None:
        return ""
    return value if isinstance(value, str) else (getattr(value, "raw", None) or "")
