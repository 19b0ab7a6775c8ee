"""The text of a page of ours as a stock Plone page would hold it."""

import nh3
import re


_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_SCREEN_ONLY = re.compile(r"<(svg|button|form|nav)\b.*?</\1>", re.DOTALL)
TAGS = {"p", "ul", "ol", "li", "h2", "h3", "h4", "strong", "em", "a", "br", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd"}  # fmt: skip


def same_text(page: str) -> dict[str, str]:
    """Return title and HTML of the main part: every word of it, without what only our design needs."""
    main = _MAIN.search(page).group(1)
    title = nh3.clean(_TITLE.search(main).group(1), tags=set()).strip()
    body = _SCREEN_ONLY.sub("", _TITLE.sub("", main, count=1))
    # Links keep their words and lose their targets: stock Plone is spared resolving them.
    clean = nh3.clean(body, tags=TAGS - {"a"})
    return {"title": title, "html": re.sub(r"\s*\n\s*", "\n", clean).strip()}
