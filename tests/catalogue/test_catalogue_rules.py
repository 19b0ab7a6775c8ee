"""Words, forms and the alphabet."""

from decimal import Decimal
from heinsberg.portal.catalogue import rules

import pytest


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    "text,expected",
    [
        ("28,80", "28.80"), ("28.80", "28.80"), ("28,8", "28.80"), ("56", "56.00"), ("0", "0.00"),
        (" 7,50 € ", "7.50"), ("1.234,50", "1234.50"), ("1.234", "1234.00"), ("1.234.567", "1234567.00"),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(text, expected):
    assert rules.parse_amount(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    ["", None, "viel", "-5", "5,", ",5", "28,801", "1,234.50", "1e5", "NaN", "Infinity", "٣", "5 6", "1.23.4",
     "9" * 10, "0x10", "5;DROP"],
)  # fmt: skip
def test_what_is_no_amount(text):
    assert rules.parse_amount(text) is None


@pytest.mark.parametrize("text", ["8", "8.00", "25:00", "24:01", "08:60", "-1:00", "08:00:00", "٠٨:٠٠", None, ""])
def test_what_is_no_time(text):
    assert rules.parse_clock(text) is None


def test_times():
    assert rules.parse_clock("8:05") == 485 and rules.parse_clock("24:00") == 1440


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "//x.example", "https://", "https:///x", "http://a b", "https://x\n.de", "ftp://x",
     "https://user:pw@x.example", "https://x.example/<script>", "https://x:99999999/", "HTTPS", "x" * 3000,
     "https://x.example/\u0000", "https://[::1", "data:text/html,x"],
)  # fmt: skip
def test_what_is_no_web_address(text):
    assert not rules.is_web_address(text)


@pytest.mark.parametrize("text", ["https://www.example.de/a?b=c#d", "http://x.example:8080", "https://müller.example/ü"])
def test_web_addresses(text):
    assert rules.is_web_address(text)


@pytest.mark.parametrize(
    "text,expected",
    [
        ("02452 13-0", "tel:+492452130"), ("(02452) 13 0", "tel:+492452130"), ("+49 2452 13-0", "tel:+492452130"),
        ("+49 (0)2452 130", "tel:+492452130"), ("0049 2452 130", "tel:+492452130"), ("115", "tel:115"),
        ("02452/130", "tel:+492452130"), ("ruf an", None), ("", None), (None, None), ("12", None),
        ("1234567", None), ("02452 130 javascript:", None), ("+4+9", None),
    ],
)  # fmt: skip
def test_telephone_links(text, expected):
    assert rules.phone_link(text) == expected


@pytest.mark.parametrize("key,ok", [("99008001012000", True), ("9900800101200", False), ("98008001012000", False),
                                    ("9900800101200a", False), ("٩٩008001012000", False), ("99008001012000\n", False)])
def test_service_keys(key, ok):
    assert rules.is_service_key(key) is ok


@pytest.mark.parametrize("key,ok", [("hund-anmelden", True), ("a", True), ("-a", False), ("a-", False), ("Ä", False),
                                    ("a b", False), ("a/../b", False), ("a" * 101, False), ("", False)])
def test_slugs(key, ok):
    assert rules.is_slug(key) is ok


COSTS = [
    (("fixed", "56", None, "year"), "56,00 € im Jahr", "€56.00 per year", "€ 56,00 per jaar"),
    (("variable", "28.80", "37", None), "28,80 bis 37,00 €", "€28.80 to €37.00", "€ 28,80 tot € 37,00"),
    (("variable", "10", None, None), "ab 10,00 €", "from €10.00", "vanaf € 10,00"),
    (("variable", None, "100", None), "bis zu 100,00 €", "up to €100.00", "tot € 100,00"),
    (("variable", "10", "10", None), "10,00 €", "€10.00", "€ 10,00"),
    (("free", None, None, None), "kostenfrei", "free of charge", "gratis"),
    (("fixed", "1234.5", None, "once"), "1.234,50 €", "€1,234.50", "€ 1.234,50"),
    (("fixed", None, None, None), "", "", ""),
]


@pytest.mark.parametrize("cost,de,en,nl", COSTS)
def test_costs_in_words(cost, de, en, nl):
    kind, low, high, period = cost
    low, high = (None if value is None else Decimal(value) for value in (low, high))
    for language, expected in (("de", de), ("en", en), ("nl", nl), ("fr", de)):
        assert plain(rules.cost_in_words(kind, low, high, period, language)) == expected


TIMES = [
    ((2, 4, "week"), "2 bis 4 Wochen", "2 to 4 weeks", "2 tot 4 weken"),
    ((1, None, "day"), "1 Tag", "1 day", "1 dag"),
    ((None, 3, "month"), "bis zu 3 Monaten", "up to 3 months", "tot 3 maanden"),
    ((3, 3, "workday"), "3 Arbeitstage", "3 working days", "3 werkdagen"),
    ((None, None, "day"), "", "", ""),
    ((2, None, None), "", "", ""),
]


@pytest.mark.parametrize("time,de,en,nl", TIMES)
def test_processing_time_in_words(time, de, en, nl):
    for language, expected in (("de", de), ("en", en), ("nl", nl)):
        assert rules.duration_in_words(*time, language) == expected


DEADLINES = [
    (("within", 2, "week"), "innerhalb von 2 Wochen", "within 2 weeks", "binnen 2 weken"),
    (("within", 1, "month"), "innerhalb eines Monats", "within one month", "binnen één maand"),
    (("before", 3, "day"), "3 Tage vorher", "3 days before", "3 dagen van tevoren"),
    (("none", None, None), "keine Frist", "no deadline", "geen termijn"),
    (("date", None, None), "", "", ""),
    (("within", None, None), "", "", ""),
]


@pytest.mark.parametrize("deadline,de,en,nl", DEADLINES)
def test_deadlines_in_words(deadline, de, en, nl):
    for language, expected in (("de", de), ("en", en), ("nl", nl)):
        assert rules.deadline_in_words(*deadline, language) == expected


def test_the_alphabet_is_german_and_knows_other_words():
    drawers = rules.group_by_letter(
        [
            ("Zulassung", 1, []),
            ("Ärztliche Bescheinigung", 2, ["Attest"]),
            ("Auszug melden", 3, []),
            ("Personalausweis beantragen", 4, ["Perso", "Ausweis", "Personalausweis", "Ausweis"]),
            ("Ölheizung anzeigen", 5, []),
            ("112 wählen", 6, []),
            ("„Betreutes Wohnen“", 7, []),
        ]
    )
    assert [letter for letter, _entries in drawers] == ["A", "B", "O", "P", "Z", "0–9"]
    found = {letter: [(entry.text, entry.target) for entry in entries] for letter, entries in drawers}
    assert found["A"] == [("Ärztliche Bescheinigung", 2), ("Attest", 2), ("Ausweis", 4), ("Auszug melden", 3)]
    # The short word people say stands beside the title; its first word does not.
    assert found["P"] == [("Perso", 4), ("Personalausweis beantragen", 4)]
    entry = drawers[0][1][2]
    assert entry.synonym and entry.title == "Personalausweis beantragen"


def test_a_short_word_leads_to_the_long_one():
    drawers = dict(rules.group_by_letter([("Ausweis beantragen", 1, ["Perso"])]))
    assert drawers["P"][0].synonym and drawers["P"][0].title == "Ausweis beantragen"


def test_folding():
    assert rules.fold("Größe ÄÖÜ é") == "grosse aou e"
    assert rules.search_variants("Müllabfuhr und Straße, Müllabfuhr") == "Muellabfuhr Strasse"
