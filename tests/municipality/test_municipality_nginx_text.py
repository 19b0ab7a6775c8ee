"""The generated configuration as text: stable, and nothing of a setting gets in unchecked."""

from heinsberg.portal.foundation.errors import ConfigurationError
from heinsberg.portal.municipality import rules
from heinsberg.portal.municipality.nginx import config
from heinsberg.portal.municipality.nginx import model
from types import SimpleNamespace

import pytest


COMMON = "https://portal.example"


def info(name: str, *origins: str):
    return SimpleNamespace(id=name, origins=origins, official_name=name)


def text(*infos, portal_url: str = COMMON, **options) -> str:
    return config.render(model.addresses("/portal", infos, portal_url), model.Options(**options))


HOSTILE = [
    "evil; return 200", "evil;return 200", "a.example\nreturn 200;", "a.example\rreturn", "a.example\tx",
    "a.example{}", "$host", "${host}", "a.example/path", "a.example?x=1", "a.example#x", "*.example", "_",
    '"a.example"', "'a.example'", "a.example\\", "a..example", "-a.example", "a-.example", ".example", "example.",
    "a example", "a.example:0", "a.example:99999", "a.example:80;", "a.example:8o", "[::1]", "user@a.example",
    "user:secret@a.example", "ftp://a.example", "javascript:alert(1)", "", " ", "http://", "a" * 64 + ".example",
    ".".join(["a" * 60] * 5), "a.example\u2028", "a\x00.example", "℀.example", "a。b；c",
]  # fmt: skip


@pytest.mark.parametrize("domain", HOSTILE)
def test_a_hostile_domain_never_reaches_the_text(domain):
    """Either it is refused, or what is left of it is a plain host name."""
    import re

    try:
        origin = rules.normal_origin(domain)
    except ValueError:
        with pytest.raises(ConfigurationError):
            text(info("gangelt", domain))
        return
    assert re.fullmatch(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]+)?", origin), origin


@pytest.mark.parametrize("name", ["a;b", "a b", "..", "a/b", "a\n", "$a", "a{", "", "a\"", "é"])
def test_a_hostile_id_is_refused(name):
    with pytest.raises(ConfigurationError):
        text(info(name, "https://a.example"))


@pytest.mark.parametrize("options", [
    {"upstream": ["127.0.0.1:8080; }"]}, {"upstream": ["unix:/tmp/x"]}, {"upstream": ["a:99999"]}, {"listen": "80;"},
    {"listen_tls": "443 ssl"}, {"certificates": "/etc/x; include /tmp/y"}, {"certificates": "/etc/../x"},
    {"prefix": "relative"}, {"prefix": "/a b"}, {"listen_local": "80\n"},
])  # fmt: skip
def test_a_hostile_option_is_refused(options):
    from heinsberg.portal.municipality.commands import _options

    with pytest.raises(ConfigurationError):
        _options(SimpleNamespace(**options))


@pytest.mark.parametrize("portal_url", ["https://portal.example/a;b", "https://portal.example/a b", "https://x y/portal"])
def test_a_hostile_common_address_is_refused(portal_url):
    with pytest.raises(ConfigurationError):
        text(info("gangelt", "https://a.example"), portal_url=portal_url)


def test_the_same_portal_gives_the_same_text():
    one, two = info("gangelt", "https://b.example", "https://a.example"), info("selfkant", "https://c.example")
    assert text(one, two) == text(two, one)


def test_a_host_claimed_twice_is_refused():
    with pytest.raises(ConfigurationError, match="claimed twice"):
        text(info("gangelt", "https://a.example"), info("selfkant", "http://a.example:8080"))
    with pytest.raises(ConfigurationError, match="claimed twice"):
        text(info("gangelt", COMMON))


def test_every_variable_of_a_key_or_path_is_ours():
    """No Host header of a visitor is part of a key, of what the portal is told, or of a redirect."""
    made = text(info("gangelt", "https://a.example"), info("selfkant"), portal_url=COMMON + "/portal")
    assert "$host" not in made
    assert "$http_host" not in made
    assert "$proxy_add_x_forwarded_for" not in made
    assert "$http_x_" not in made


def test_tls_can_end_before_nginx():
    made = text(info("gangelt", "https://a.example"), http_only=True)
    assert "ssl" not in made.replace("ssl_", "")
    assert "/VirtualHostBase/https/a.example:443/portal/gangelt/VirtualHostRoot" in made


def test_a_port_in_an_origin_is_kept():
    made = text(info("gangelt", "http://a.example:8081"))
    assert "listen 8081;" in made
    assert "/VirtualHostBase/http/a.example:8081/portal/gangelt/" in made
    assert "proxy_set_header Host a.example:8081;" in made
