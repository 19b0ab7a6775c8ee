"""Entrance, forms and sign-in: their pure parts."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from heinsberg.portal.foundation import clock
from heinsberg.portal.pages import entrance
from heinsberg.portal.pages import formguard
from heinsberg.portal.pages import outline
from heinsberg.portal.pages.barrier import read
from heinsberg.portal.pages.home import preferred
from heinsberg.portal.pages.login import Attempts
from heinsberg.portal.pages.login import PAUSE
from heinsberg.portal.pages.login import TRIES
from types import SimpleNamespace

import pytest
import re


NOON = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)


def place(name, kind="stadt", codes=(), **more):
    return SimpleNamespace(
        id=entrance.folded(name).replace(" ", "-"), name=name, official_name=f"Stadt {name}", kind=kind,
        postal_codes=codes, **more,
    )  # fmt: skip


PLACES = (
    place("Kreis Heinsberg", "kreis"),
    place("Heinsberg", codes=("52525",)),
    place("Waldfeucht", "gemeinde", ("52525",)),
    place("Übach-Palenberg", codes=("52531",)),
)


@pytest.mark.parametrize(
    "query, names",
    [
        ("52525", ["Heinsberg", "Waldfeucht"]),
        ("52531", ["Übach-Palenberg"]),
        ("99999", []),
        ("übach", ["Übach-Palenberg"]),
        ("UEBACH palenberg", ["Übach-Palenberg"]),
        ("heinsberg", ["Heinsberg"]),
        ("", []),
        ("<script>", []),
        ("%", []),
    ],
)
def test_a_name_or_postal_code_finds_its_places(query, names):
    assert [found.name for found in entrance.find(query, PLACES)] == names


@pytest.mark.parametrize(
    "header, code",
    [
        ("nl,de;q=0.5", "nl"),
        ("fr, en;q=0.9, de;q=0.8", "en"),
        ("", "de"),
        ("*", "de"),
        ("en;q=nonsense, nl;q=0.1", "nl"),
        ("x" * 10_000, "de"),
    ],
)
def test_the_language_of_the_browser(header, code):
    assert preferred(header, ("de", "en", "nl")) == code


def test_a_map_needs_coordinates_of_all():
    known = [place(name, latitude=51 + i / 10, longitude=6 + i / 7) for i, name in enumerate(("A", "B", "C"))]
    drawn = outline.outline(known)
    assert len(drawn.areas) == 3
    assert all(area.path.count("L") >= 2 for area in drawn.areas)
    known[0].latitude = None
    assert outline.outline(known) is None


def form(html: str, **more) -> SimpleNamespace:
    value = re.search(r'name="token" value="([^"]+)"', html).group(1)
    return SimpleNamespace(form={"token": value, **more})


def test_a_form_sent_by_a_person_is_taken():
    with clock.frozen(NOON):
        html = formguard.token("barrier")
    with clock.frozen(NOON + timedelta(seconds=40)):
        assert formguard.problem(form(html), "barrier") == ""


@pytest.mark.parametrize(
    "change, later, problem",
    [
        ({"website": "http://spam"}, 40, "robot"),
        ({"token": ""}, 40, "stale"),
        ({"token": "a.b.c"}, 40, "stale"),
        ({"token": ["a", "b"]}, 40, "stale"),
        ({}, 0, "stale"),
        ({}, 5 * 3600, "stale"),
    ],
)
def test_machines_and_old_forms_are_not(change, later, problem):
    with clock.frozen(NOON):
        html = formguard.token("barrier")
    with clock.frozen(NOON + timedelta(seconds=later)):
        assert formguard.problem(form(html, **change), "barrier") == problem


def test_a_token_is_good_for_its_own_form_only():
    with clock.frozen(NOON):
        html = formguard.token("login")
    with clock.frozen(NOON + timedelta(seconds=40)):
        assert formguard.problem(form(html), "barrier") == "stale"


def test_two_visitors_get_two_tokens():
    assert formguard.token("barrier") != formguard.token("barrier")


def test_the_number_is_the_same_for_the_same_form_and_says_nothing():
    assert formguard.number("abc") == formguard.number("abc") != formguard.number("abd")
    assert formguard.receipt(formguard.number("abc"))
    assert formguard.receipt("<b>") == formguard.receipt(None) == formguard.receipt(["A"]) == ""


def t(text, **mapping):
    return text


@pytest.mark.parametrize(
    "given, wrong",
    [
        ({}, {"kind", "description"}),
        ({"kind": "use", "description": "x"}, set()),
        ({"kind": "evil", "description": "x"}, {"kind"}),
        ({"kind": "use", "description": "   "}, {"description"}),
        ({"kind": ["use"], "description": {"a": 1}}, {"kind", "description"}),
        ({"kind": "use", "description": "x", "email": "a@b\r\nBcc: c@d"}, {"email"}),
    ],
)
def test_what_is_wrong_in_a_report(given, wrong):
    assert set(read(given, t).problems) == wrong


def test_long_texts_are_cut():
    assert len(read({"kind": "use", "description": "x" * 99_999}, t).description) == 4000


def test_wrong_passwords_lead_to_a_pause_that_ends():
    attempts = Attempts()
    with clock.frozen(NOON):
        for _ in range(TRIES):
            assert not attempts.blocked("name:a")
            attempts.failed("name:a")
        assert attempts.blocked("name:a")
        assert not attempts.blocked("name:b")
    with clock.frozen(NOON + timedelta(seconds=PAUSE + 1)):
        assert not attempts.blocked("name:a")


def test_invented_names_do_not_grow_the_memory():
    attempts = Attempts(size=10)
    for number in range(100):
        attempts.failed(f"name:{number}")
    assert len(attempts._failed) <= 11
