"""Official keys, domains and grammar."""

from heinsberg.portal.municipality import rules

import pytest


@pytest.mark.parametrize(
    "ags, kind, problem",
    [
        ("05370004", "stadt", None),
        ("05370000", "kreis", None),
        ("05370000", "stadt", "ags_kind"),
        ("05370004", "kreis", "ags_kind"),
        ("17370004", "stadt", "ags_form"),
        ("5370004", "stadt", "ags_form"),
        ("0537000a", "stadt", "ags_form"),
        ("05370004\n", "stadt", "ags_form"),
        ("０５３７０００４", "stadt", "ags_form"),
    ],
)
def test_ags(ags, kind, problem):
    assert rules.ags_problem(ags, kind) == problem


@pytest.mark.parametrize(
    "ars, problem",
    [("053700004004", None), ("053700004008", "ars_ags"), ("059540004004", "ars_ags"), ("05370004004", "ars_form")],
)
def test_ars_fits_the_ags(ars, problem):
    assert rules.ars_problem(ars, "05370004") == problem


@pytest.mark.parametrize(
    "value, origin",
    [
        ("service.erkelenz.de", "https://service.erkelenz.de"),
        ("HTTPS://Service.Erkelenz.de/", "https://service.erkelenz.de"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("https://a.de:443", "https://a.de"),
        ("hückelhoven.de", "https://xn--hckelhoven-9db.de"),
    ],
)
def test_origin(value, origin):
    assert rules.normal_origin(value) == origin


@pytest.mark.parametrize(
    "value",
    ["", "a b.de", "evil.de; return 200", "a.de/path", "ftp://a.de", "a.de?x", "user@a.de", "-a.de", "a..de",
     "a.de\nx", "$host", "*.de", "a.de:99999", "javascript:alert(1)", "x" * 64 + ".de"],
)  # fmt: skip
def test_what_is_no_domain_is_refused(value):
    with pytest.raises(ValueError):
        rules.normal_origin(value)


@pytest.mark.parametrize(
    "kind, name, of_name, in_name",
    [
        ("stadt", "Erkelenz", "der Stadt Erkelenz", "in Erkelenz"),
        ("gemeinde", "Gangelt", "der Gemeinde Gangelt", "in Gangelt"),
        ("kreis", "Heinsberg", "des Kreises Heinsberg", "im Kreis Heinsberg"),
        ("kreis", "Kreis Heinsberg", "des Kreises Heinsberg", "im Kreis Heinsberg"),
        ("kreis", "Ennepe-Ruhr-Kreis", "des Ennepe-Ruhr-Kreises", "im Ennepe-Ruhr-Kreis"),
    ],
)
def test_german_sentences_name_the_authority(kind, name, of_name, in_name):
    words = rules.grammar(kind, name)
    assert (words["of_name"], words["in_name"]) == (of_name, in_name)
