"""Settings of a deployment: typed, refused by name, secrets unseen."""

from heinsberg.portal.foundation.errors import ConfigurationError
from heinsberg.portal.foundation.settings import override
from heinsberg.portal.foundation.settings import Settings
from heinsberg.portal.foundation.settings import settings

import pytest


def test_an_empty_environment_is_the_demonstration():
    found = Settings.from_environ({})
    assert found == Settings()
    assert (found.mode, found.port, found.portal_url) == (
        "demonstration",
        8080,
        "http://localhost:8080/portal",
    )
    assert not found.production


def test_all_variables_are_read_and_trimmed():
    found = Settings.from_environ(
        {
            "HEINSBERG_MODE": "production",
            "HEINSBERG_PORT": " 9090 ",
            "HEINSBERG_PORTAL_URL": "https://portal.example/",
            "HEINSBERG_THREADS": "4",
            "HEINSBERG_SMTP_HOST": "relay",
            "HEINSBERG_SMTP_PORT": "587",
            "HEINSBERG_SMTP_USER": "u",
            "HEINSBERG_SMTP_PASSWORD": "p",
            "HEINSBERG_SMTP_STARTTLS": "Yes",
            "HEINSBERG_PURGE_URLS": "http://127.0.0.1:8081, http://[::1]:8082/,",
        }
    )
    assert (found.production, found.port, found.threads) == (True, 9090, 4)
    assert found.portal_url == "https://portal.example"
    assert (found.smtp_host, found.smtp_port, found.smtp_starttls) == (
        "relay",
        587,
        True,
    )
    assert found.purge_urls == ("http://127.0.0.1:8081", "http://[::1]:8082")


@pytest.mark.parametrize(
    "name, value",
    [
        ("HEINSBERG_PORT", "80a"),
        ("HEINSBERG_PORT", "0"),
        ("HEINSBERG_PORT", "65536"),
        ("HEINSBERG_PORT", "-1"),
        ("HEINSBERG_PORT", "٣"),
        ("HEINSBERG_THREADS", "1.5"),
        ("HEINSBERG_MODE", "prod"),
        ("HEINSBERG_SMTP_PORT", "smtp"),
        ("HEINSBERG_SMTP_STARTTLS", "maybe"),
        ("HEINSBERG_PORTAL_URL", "localhost:8080"),
        ("HEINSBERG_PORTAL_URL", "http://"),
        ("HEINSBERG_PURGE_URLS", "http://a,ftp://b"),
        ("HEINSBERG_PURGE_URLS", "http://a:99999"),
    ],
)
def test_a_value_that_cannot_work_is_refused_by_the_name_of_its_variable(name, value):
    with pytest.raises(ConfigurationError, match=name):
        Settings.from_environ({name: value})


def test_production_without_a_relay_would_lose_mail():
    with pytest.raises(ConfigurationError, match="HEINSBERG_SMTP_HOST"):
        Settings.from_environ({"HEINSBERG_MODE": "production"})


def test_secrets_are_shown_neither_by_repr_nor_by_refusals():
    environ = {"HEINSBERG_SMTP_USER": "u", "HEINSBERG_SMTP_PASSWORD": "geheim"}
    assert "geheim" not in repr(Settings.from_environ(environ))
    with pytest.raises(ConfigurationError, match="HEINSBERG_SMTP_USER") as refusal:
        Settings.from_environ({"HEINSBERG_SMTP_PASSWORD": "geheim"})
    assert "geheim" not in str(refusal.value)


def test_override_is_undone_also_after_an_error():
    before = settings()
    with pytest.raises(RuntimeError), override(port=1234):
        with override(threads=9):
            assert (settings().port, settings().threads) == (1234, 9)
        assert settings().threads == before.threads
        raise RuntimeError
    assert settings() is before
