"""HTML and stylesheet as the Nu checker reads them; headers and cookies of every answer."""

from urllib.parse import urljoin

import json
import pytest
import re
import requests
import shutil
import subprocess


POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}
# CSS that browsers know and the checker does not yet: each with its standard.
NEWER_CSS = re.compile(
    r"forced-color-adjust|text-wrap|line-clamp"  # css-color-adjust-1, css-text-4, css-overflow-4
)


@pytest.fixture(scope="module")
def findings(served, npm, tmp_path_factory):
    """What the checker says: (file, type, line of text); one run for all files."""
    folder = tmp_path_factory.mktemp("html")
    for name, answer in served.items():
        (folder / f"{name}.html").write_text(answer.html, encoding="utf-8")
    home = served["home"]
    sheet = re.search(r'rel="stylesheet" href="([^"]+)"', home.html)[1]
    (folder / "portal.css").write_bytes(requests.get(urljoin(home.url, sheet), timeout=30).content)
    java = shutil.which("java")
    assert java, "the Nu checker needs Java: apt-get install default-jre-headless"
    jar = npm / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        [java, "-Xss4m", "-jar", jar, "--also-check-css", "--format", "json", "--exit-zero-always"]
        + sorted(map(str, folder.iterdir())),
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    messages = json.loads(done.stderr)["messages"]
    return [
        (
            message["url"].rpartition("/")[2],
            message.get("subType") or message["type"],
            f"line {message.get('lastLine')}: {message['message']} … {message.get('extract', '')[:160]!r}",
        )
        for message in messages
    ]


def test_the_html_is_valid(findings):
    errors = [
        f
        for f in findings
        if f[1] in ("error", "fatal", "non-document-error") and f[0] != "portal.css"
    ]
    assert not errors, "\n".join(" ".join(error) for error in errors)


def test_the_stylesheet_is_valid(findings):
    errors = [
        f
        for f in findings
        if f[0] == "portal.css" and f[1] == "error" and not NEWER_CSS.search(f[2])
    ]
    assert not errors, "\n".join(" ".join(error) for error in errors)


def test_the_checker_has_no_warnings_of_html(findings):
    warnings = {(f[0], f[2]) for f in findings if f[1] == "warning" and f[0] != "portal.css"}
    assert not warnings, "\n".join(" ".join(warning) for warning in sorted(warnings))


def test_security_headers_of_every_page(served):
    for name, answer in served.items():
        headers = answer.headers
        policy = dict(
            part.strip().partition(" ")[::2]
            for part in headers["content-security-policy"].split(";")
        )
        assert {key: policy.get(key) for key in POLICY} == POLICY, name
        assert policy["frame-ancestors"] in ("'self'", "'none'"), name
        assert "unsafe" not in headers["content-security-policy"], name
        assert headers["x-content-type-options"] == "nosniff", name
        assert headers["x-frame-options"] in ("SAMEORIGIN", "DENY"), name
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin", name
        assert "geolocation" in headers["permissions-policy"], name
        assert headers["content-type"].lower() == "text/html; charset=utf-8", name


def test_nothing_tells_what_the_server_is(served):
    for name, answer in served.items():
        told = {"server", "x-powered-by", "x-plone-version", "content-location"} & set(
            answer.headers
        )
        assert not told, f"{name}: {told}"


def test_no_page_sets_a_cookie(served):
    assert [name for name, answer in served.items() if "set-cookie" in answer.headers] == []


def test_answers_to_somebody_are_kept_by_nobody(served, portal_server):
    from .page_types import PAGE_TYPES

    for kind in PAGE_TYPES:
        control = served[kind.name].headers["cache-control"]
        form = kind.name == "barrier"
        assert ("no-store" in control) == (form or not kind.public), f"{kind.name}: {control}"
        assert "public" not in control or kind.public, kind.name


def test_head_answers_as_get_does(served):
    for name in (
        "entrance",
        "home",
        "a-to-z",
        "service",
        "situation",
        "office",
        "search",
        "imprint",
    ):
        answer = requests.head(served[name].url, timeout=30)
        assert answer.status_code == 200, name
        assert answer.content == b""
        assert answer.headers["Content-Type"].lower() == "text/html; charset=utf-8", name


def test_a_page_of_plone_has_no_toolbar_for_visitors(served):
    for name, answer in served.items():
        for trace in (
            "plone-toolbar",
            "++plone++",
            "++resource++",
            "plone.css",
            "require.js",
            "hp-editbar",
        ):
            assert trace not in answer.html, f"{name}: {trace}"
