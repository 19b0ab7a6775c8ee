"""What search engines and other programs read: addresses, languages, descriptions."""

from .page_types import PAGE_TYPES
from html import unescape
from urllib.parse import urlsplit
from xml.etree import ElementTree

import json
import pytest
import re
import requests


PUBLIC = [kind for kind in PAGE_TYPES if kind.public]


def head(answer, pattern: str) -> list[str]:
    """Return what a pattern captures in the head of a page."""
    return [unescape(found) for found in re.findall(pattern, answer.html.partition("</head>")[0])]


@pytest.mark.parametrize("kind", PUBLIC, ids=lambda kind: kind.name)
def test_head_of_a_public_page(kind, served):
    answer = served[kind.name]
    assert head(answer, r"<title>([^<]{10,})</title>")
    assert head(answer, r'name="description" content="([^"]{15,})"')
    assert head(answer, r'property="og:title" content="([^"]+)"')
    assert head(answer, r'property="og:type" content="(?:website|article)"')
    assert head(answer, r'property="og:site_name" content="([^"]+)"')
    assert head(answer, r'name="viewport" content="(width=device-width, initial-scale=1)"')
    (canonical,) = head(answer, r'rel="canonical" href="([^"]+)"')
    assert head(answer, r'property="og:url" content="([^"]+)"') == [canonical]
    assert head(answer, r'name="robots" content="([^"]*noindex[^"]*)"') == []


@pytest.mark.parametrize("kind", PUBLIC, ids=lambda kind: kind.name)
def test_the_canonical_address_is_one_that_answers_with_the_same_page(kind, served):
    answer = served[kind.name]
    (canonical,) = head(answer, r'rel="canonical" href="([^"]+)"')
    if kind.text:
        # German text in another language's frame: the German page is the original.
        assert "/de/" in canonical
    elif "?" not in kind.path:
        assert canonical == answer.url
    again = requests.get(canonical, timeout=30, allow_redirects=False)
    assert again.status_code == 200
    assert f'rel="canonical" href="{canonical}"' in again.text


@pytest.mark.parametrize(
    "name", ["home", "home-english", "service", "service-english", "situation", "a-to-z"]
)
def test_translations_name_each_other(name, served):
    pattern = r'rel="alternate" hreflang="([^"]+)" href="([^"]+)"'
    pairs = dict(re.findall(pattern, served[name].html))
    assert {"de", "en", "nl", "x-default"} == set(pairs)
    assert pairs["x-default"] == pairs["de"]
    for code in ("de", "en", "nl"):
        there = requests.get(pairs[code], timeout=30)
        assert there.status_code == 200
        assert f'<html lang="{code}"' in there.text
        assert dict(re.findall(pattern, there.text)) == pairs, code


def test_german_text_claims_no_translation(served):
    assert (
        'hreflang="en" href' not in served["service-german-in-english"].html.partition("</head>")[0]
    )


@pytest.mark.parametrize(
    "name", ["service", "service-english", "service-from-catalogue", "service-signpost"]
)
def test_structured_data_of_a_service(name, served):
    (text,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', served[name].html, re.S
    )
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    assert data["@type"] == "GovernmentService"
    assert data["name"] and data["description"]
    assert data["url"] == head(served[name], r'rel="canonical" href="([^"]+)"')[0]
    assert data["serviceOperator"]["@type"] == "GovernmentOrganization"
    assert data["areaServed"]["name"] == "Stadt Erkelenz"


def test_answers_to_somebody_are_not_for_search_engines(served):
    for name in ("search", "search-nothing", "login", "missing"):
        assert 'name="robots" content="noindex' in served[name].html, name


def test_every_page_of_the_sitemap_answers(portal_server):
    answer = requests.get(f"{portal_server.base}/erkelenz/sitemap.xml", timeout=60)
    assert answer.headers["Content-Type"].startswith("application/xml")
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = [
        item.text for item in ElementTree.fromstring(answer.content).findall("s:url/s:loc", space)
    ]
    assert len(found) == len(set(found)) > 100
    assert all(address.startswith(f"{portal_server.base}/erkelenz/") for address in found)
    for address in found[::7]:
        page = requests.get(address, timeout=30, allow_redirects=False)
        assert page.status_code == 200, address
        assert f'rel="canonical" href="{address}"' in page.text, address


def test_a_demonstration_is_not_for_search_engines(portal_server):
    answer = requests.get(f"{portal_server.base}/robots.txt", timeout=30)
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "Disallow: /" in answer.text.splitlines()


def test_every_link_of_every_page_leads_somewhere(served, portal_server):
    """All links of all page types below this portal, each asked once."""
    found: dict[str, str] = {}
    for name, answer in served.items():
        for href in re.findall(
            r'<(?:a|link|img|script)\b[^>]*?(?:href|src)="([^"#]+)', answer.html
        ):
            address = requests.compat.urljoin(answer.url, unescape(href))
            if urlsplit(address).netloc == portal_server.host:
                found.setdefault(address, name)
    broken = []
    with requests.Session() as session:
        for address, name in found.items():
            status = session.get(address, timeout=30, allow_redirects=False).status_code
            if status != 200:
                broken.append(f"{name}: {address} {status}")
    assert len(found) > 150
    assert not broken, "\n".join(broken)
