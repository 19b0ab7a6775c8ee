"""Words of a query, pure: spellings, endings, nothing that the index takes for syntax."""

from heinsberg.portal.search.query import terms
from heinsberg.portal.search.words import beginnings
from heinsberg.portal.search.words import index_query
from heinsberg.portal.search.words import plain
from heinsberg.portal.search.words import score
from heinsberg.portal.search.words import significant
from hypothesis import given
from hypothesis import strategies as st
from Products.CMFPlone.UnicodeSplitter.splitter import I18NNormalizer
from Products.CMFPlone.UnicodeSplitter.splitter import Splitter
from Products.ZCTextIndex.Lexicon import Lexicon
from Products.ZCTextIndex.ParseTree import ParseError
from Products.ZCTextIndex.QueryParser import QueryParser

import pytest
import re


#: What is typed -> a word as the index holds it (without accents, and once more as ae, oe, ue).
FOUND = [
    ("öffnungszeit", "Öffnungszeiten"), ("oeffnungszeiten", "Öffnungszeit"), ("offnungszeiten", "Öffnungszeit"),
    ("personalausweise", "Personalausweis"), ("personalauswei", "Personalausweis"), ("müllabfuhr", "Müllabfuhr"),
    ("muellabfuhr", "Müllabfuhr"), ("mullabfuhr", "Müllabfuhr"), ("hunde", "Hund"), ("hund", "Hunde"),
    ("bäume", "Baum"), ("baeume", "Baum"), ("baum", "Bäume"), ("ämter", "Amt"), ("aemter", "Amt"),
    ("straße", "Straße"), ("strasse", "Straßen"), ("zeugnisse", "Führungszeugnis".removeprefix("Führungs").title()),
    ("anmeldungen", "Anmeldung"), ("kitas", "Kita"), ("übach", "Uebach"), ("uebach", "Übach"), ("ubach", "Übach"),
    ("sperrmüll", "Sperrmüll"), ("anmelden", "Anmeldung"), ("räder", "Rad"), ("ausweisen", "Ausweis"),
]  # fmt: skip


def held(word):
    """Return the forms of a word in the index."""
    written = word.translate(str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}))
    return {plain(word), plain(written)}


@pytest.mark.parametrize(("typed", "written"), FOUND)
def test_a_word_is_found_in_every_spelling_and_number(typed, written):
    assert any(form.startswith(beginnings(typed)) for form in held(written))


@pytest.mark.parametrize(
    ("typed", "other"), [("hund", "Heim"), ("steuer", "Sterbeurkunde"), ("pass", "Parken"), ("bus", "Bau"), ("ehe", "Ehre")]
)
def test_a_word_is_not_found_in_others(typed, other):
    assert not any(form.startswith(beginnings(typed)) for form in held(other))


def test_words_that_say_nothing_are_left_out_unless_alone():
    assert significant(terms("Wo kann ich einen Hund anmelden")) == ["hund", "anmelden"]
    assert significant(terms("wie")) == ["wie"]


def test_operators_and_wildcards_are_words():
    assert index_query(terms("NOT hund")) == "not* AND hund*"
    assert index_query(terms("*")) == ""
    assert index_query(terms('"perso* OR (')) == "perso* AND or*"
    assert index_query(["hund", "katze"], every=False) == "hund* OR katz*"
    assert index_query(["kfz-zulassung"]) == "(kfz* AND zulassung*)"
    assert index_query(["b-plan"]) == "(b AND plan*)"


class Normal(I18NNormalizer):
    pass


LEXICON = Lexicon(Splitter(), Normal())
SYNTAX = re.compile(r"[\w* ()]*")


@given(st.text(max_size=60))
def test_whatever_is_typed_can_be_asked(text):
    query = index_query(terms(text))
    assert SYNTAX.fullmatch(query)
    if query:
        try:
            QueryParser(LEXICON).parseQuery(query)
        except ParseError as error:
            assert "common words" in str(error)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_title_can_be_scored(text, title):
    assert score(terms(text), title, [title], title) >= 0


def test_title_before_keyword_before_teaser_before_text():
    words = ["perso"]
    points = [
        score(words, "Personalausweis beantragen"),
        score(words, "Reisepass", ["Perso verloren"]),
        score(words, "Reisepass", [], "Sie haben einen Perso"),
        score(words, "Reisepass"),
    ]
    assert points == sorted(points, reverse=True)
    assert len(set(points)) == 4


def test_the_very_word_counts_more_than_a_beginning():
    assert score(["hund"], "Hund anmelden") > score(["hund"], "Hundert Jahre")
    assert score(["hunde"], "Hund anmelden") > score(["hunde"], "Hundert Jahre")
    assert score(["hund", "anmelden"], "Hund anmelden") > score(["hund", "anmelden"], "Hund anmelden lassen")
    assert score(["perso"], "Personalausweis beantragen", ["Perso"]) > score(["perso"], "Personal einstellen")
    assert score(["ausweis"], "Personalausweis") > score(["ausweis"], "Reisepass", ["Ausweis"])
