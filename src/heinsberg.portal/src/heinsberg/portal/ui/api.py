"""Front door of the room: pages, templates, links, dates, memo.

>>> class Hello(PublicPage):                      # doctest: +SKIP
...     template = Template(__file__, "hello.pt")
"""

from heinsberg.portal.ui import dates
from heinsberg.portal.ui.frame import Frame
from heinsberg.portal.ui.frame import Link
from heinsberg.portal.ui.frame import Meta
from heinsberg.portal.ui.memo import Memo
from heinsberg.portal.ui.memo import memo
from heinsberg.portal.ui.page import PublicPage
from heinsberg.portal.ui.template import Template
from heinsberg.portal.ui.texts import text
from heinsberg.portal.ui.texts import translator


__all__ = [
    "Frame",
    "Link",
    "Memo",
    "Meta",
    "PublicPage",
    "Template",
    "dates",
    "memo",
    "text",
    "translator",
]
