"""What editors, importers and attackers put into rich text."""

from heinsberg.portal.catalogue import html

import pytest


HOSTILE = [
    "<script>alert(1)</script>",
    "<p onclick=alert(1)>a</p>",
    "<a href='javascript:alert(1)'>a</a>",
    "<a href='JaVaScRiPt:alert(1)'>a</a>",
    "<a href='java\tscript:alert(1)'>a</a>",
    "<a href='&#106;avascript:alert(1)'>a</a>",
    "<a href=' javascript:alert(1)'>a</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>a</a>",
    "<a href='//evil.example/x'>a</a>",
    "<a href='vbscript:x'>a</a>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg onload=alert(1)>",
    "<iframe src='https://evil.example'></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<p style='background:url(javascript:alert(1))'>a</p>",
    "<form action='https://evil.example'><input name=x></form>",
    "<object data='x'></object><embed src='x'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'>",
    "<a target='_blank' href='https://x.example' onmouseover='x'>a</a>",
    "<h1 onclick=x>a</h1>",
    "<b/onclick=alert(1)>a</b>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<td colspan='javascript:alert(1)'>x</td>",
    "<textarea><script>alert(1)</script></textarea>",
    "<a href='x:y/resolveuid/javascript:alert(1)'>a</a>",
    "<p id=x class=y>a</p>",
]


@pytest.mark.parametrize("raw", HOSTILE)
def test_nothing_of_it_comes_through(raw):
    clean = html.sanitise(raw).lower()
    for word in ("script", "onclick", "onerror", "onload", "onmouse", "alert", "<img", "style", "evil",
                 "target", "data:", "<form", "<svg", "http-equiv", "class=", "id="):  # fmt: skip
        assert word not in clean, clean


@pytest.mark.parametrize(
    "raw,expected",
    [
        ("<p>Grüße &amp; mehr</p>", "<p>Grüße &amp; mehr</p>"),
        ("<h2>Was?</h2><p><b>a</b><i>b</i></p>", "<h3>Was?</h3><p><strong>a</strong><em>b</em></p>"),
        ("<ul><li>a</li></ul>", "<ul><li>a</li></ul>"),
        ("<p></p><p>&nbsp;</p>", ""),
        ("   ", ""),
        (
            "<p><a href='https://x.example/?a=1&amp;b=2' target=_blank>x</a></p>",
            '<p><a rel="noopener" href="https://x.example/?a=1&amp;b=2">x</a></p>',
        ),
        ("<a href='mailto:info@example.de'>m</a>", '<a href="mailto:info@example.de">m</a>'),
        ("<a href='tel:+492452130'>t</a>", '<a href="tel:+492452130">t</a>'),
        ("<a href='/erkelenz/x'>t</a>", "<a>t</a>"),
        ("<p>1 < 2</p>", "<p>1 &lt; 2</p>"),
    ],
)
def test_what_editors_mean_is_kept(raw, expected):
    assert html.sanitise(raw) == expected


UID = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize("href", [f"resolveuid/{UID}", f"../resolveuid/{UID}", f"/portal/resolveuid/{UID}"])
def test_links_to_content_are_resolved_or_become_text(href):
    clean = html.sanitise(f"<p><a href='{href}#teil'>Hund <strong>an</strong></a></p>")
    assert html.resolve_links(clean, {UID: "/de/x?a=1&b=\"<"}.get) == (
        '<p><a href="/de/x?a=1&amp;b=&quot;&lt;#teil">Hund <strong>an</strong></a></p>'
    )
    assert html.resolve_links(clean, lambda uid: None) == "<p>Hund <strong>an</strong></p>"


def test_plain_text_has_the_words_only():
    assert html.plain_text("<p>Bau &amp; <strong>Wohnen</strong></p><p>x</p>") == "Bau & Wohnen x"
