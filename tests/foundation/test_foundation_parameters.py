"""Typed query parameters: whatever a client sends ends in a value or a 400 with the parameter's name."""

from heinsberg.portal.foundation.parameters import ParameterError
from heinsberg.portal.foundation.parameters import Parameters
from hypothesis import given
from hypothesis import strategies as st

import pytest
import re


NAMES = ("word", "size", "flag", "kind", "key")
KEY = re.compile(r"[a-z0-9-]+")


def read(**form):
    return Parameters(form, NAMES)


@pytest.mark.parametrize("value", [["a", "b"], ("a",), {"a": 1}, 5, None, b"x", object()])
def test_only_text_given_once_counts(value):
    with pytest.raises(ParameterError) as caught:
        read(word=value).text("word")
    assert caught.value.parameter == "word"
    assert caught.value.status == 400


def test_unknown_names_are_refused_before_anything_is_read():
    with pytest.raises(ParameterError) as caught:
        read(life_situatoin="geburt")
    assert caught.value.parameter == "life_situatoin"
    with pytest.raises(ParameterError):
        Parameters({"x" * 5000: "1"}, NAMES)


def test_text_has_a_limit_and_no_control_characters():
    assert read(word="a\x00b\r\n c\ud800").text("word") == "a b c"
    assert read(word="  ").text("word") == ""
    assert read().text("word") == ""
    assert len(read(word="x" * 200).text("word")) == 200
    with pytest.raises(ParameterError):
        read(word="x" * 201).text("word")


@pytest.mark.parametrize("value", ["-1", "1.5", "1e3", "0", "101", "9" * 400, "²", "१", "abc", "0x10", "1 0"])
def test_numbers_out_of_range_or_form(value):
    with pytest.raises(ParameterError) as caught:
        read(size=value).number("size", 1, 100, 20)
    assert caught.value.parameter == "size"


def test_numbers():
    assert read(size="100").number("size", 1, 100, 20) == 100
    assert read(size=" 7 ").number("size", 1, 100, 20) == 7
    assert read(size="").number("size", 1, 100, 20) == 20
    assert read().number("size", 1, 100, 20) == 20


def test_choices_and_flags():
    assert read(kind="b").choice("kind", ("a", "b")) == "b"
    assert read().choice("kind", ("a", "b"), "a") == "a"
    assert read(flag="TRUE").flag("flag") is True
    assert read(flag="0").flag("flag") is False
    assert read().flag("flag") is None
    for form, call in (({"kind": "c"}, lambda p: p.choice("kind", ("a",))), ({"flag": "ja"}, lambda p: p.flag("flag"))):
        with pytest.raises(ParameterError):
            call(read(**form))


def test_forms():
    assert read(key="hund-anmelden").matching("key", KEY) == "hund-anmelden"
    assert read().matching("key", KEY) == ""
    for bad in ("Hund", "a b", "../..", "x" * 101, "a\n"):
        if bad != "a\n":
            with pytest.raises(ParameterError):
                read(key=bad).matching("key", KEY)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(value):
    for call in (
        lambda p: p.text("word"),
        lambda p: p.number("word", 0, 9, 1),
        lambda p: p.flag("word"),
        lambda p: p.choice("word", ("a",)),
        lambda p: p.matching("word", KEY),
    ):
        try:
            call(read(word=value))
        except ParameterError as error:
            assert error.parameter == "word"
