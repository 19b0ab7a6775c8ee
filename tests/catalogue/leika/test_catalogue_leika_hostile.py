"""Files that no catalogue should get: refused, or read around the damage."""

from heinsberg.portal.catalogue.leika.errors import CatalogueFileError
from heinsberg.portal.catalogue.leika.reader import read_file

import codecs
import os
import pytest


def reasons(source):
    return {issue.line: issue.reason for issue in source.issues if issue.skipped}


@pytest.mark.parametrize(
    "content, said",
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n\r\n\t\n", "empty"),
        (b"\xff\xfe", "empty"),
        (b"PK\x03\x04" + os.urandom(200), "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "compressed"),
        (bytes(range(256)) * 40, "not text"),
        (b"\0" * 5000, "not text"),
        (b"<!doctype html><html><body>404</body></html>", "not the header"),
        (b"name;wert\r\n1;2\r\n", "not the header"),
        (b'"leika_key', "missing"),
        (b'"name', "not the header"),
        (b"sep=;\r\n", "empty"),
    ],
)
def test_what_is_no_catalogue_file_is_refused(content, said):
    with pytest.raises(CatalogueFileError) as caught:
        read_file(content)
    assert said in caught.value.message


def test_postal_codes_are_no_catalogue(data):
    with pytest.raises(CatalogueFileError, match="not the header"):
        read_file((data / "plz_ags.csv").read_bytes())


def test_a_file_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("heinsberg.portal.catalogue.leika.decoding.MAX_BYTES", 1000)
    with pytest.raises(CatalogueFileError, match="at most"):
        read_file(b"x" * 1001)


def test_missing_columns_are_named(make):
    header = "leika_key,name,leika_typ,ozg_id,ozg_leistung,themenfeld"
    with pytest.raises(CatalogueFileError) as caught:
        read_file(make(1, header=header))
    for name in ("lebenslage", "rechtsgrundlagen", "gesetze"):
        assert name in caught.value.message
    assert "themenfeld" not in caught.value.message


def test_a_header_that_names_a_column_twice_is_refused(make):
    header = make().decode().strip().replace("gesetzeskuerzel", "Name")
    with pytest.raises(CatalogueFileError, match="missing|twice"):
        read_file(make(1, header=header))
    header = make().decode().strip() + ",Leika-Key"
    with pytest.raises(CatalogueFileError, match="twice: leika_key"):
        read_file(make(1, header=header))


def test_a_header_alone_is_refused(make):
    with pytest.raises(CatalogueFileError, match="None of the 0 rows"):
        read_file(make())


def test_a_file_without_a_usable_row_is_refused_with_the_first_reason(make):
    with pytest.raises(CatalogueFileError, match="None of the 2 rows.*Line 2: .*“1”"):
        read_file(make(make.row(1, key="1"), make.row(2, key="2")))


def test_ten_megabytes_in_one_line_cost_that_line_only(make):
    long = make.row(2, name="x" * 10_000_000)
    source = read_file(make(1, long, 3))
    assert sorted(source.rows) == ["99000000000001", "99000000000003"]
    assert "characters" in reasons(source)[3]
    assert "99000000000002" in source.unreadable


def test_ten_megabytes_of_separators(make):
    source = read_file(make(1, "," * 10_000_000, 3))
    assert len(source.rows) == 2
    assert list(reasons(source)) == [3]


@pytest.mark.parametrize("lines", [1, 400])
def test_a_quote_that_is_never_closed_takes_no_other_row_along(make, lines):
    rows = [make.row(2, name='"Hund')] + list(range(3, 3 + lines))
    source = read_file(make(1, *rows))
    assert len(source.rows) == lines + 1
    assert "quotation mark" in reasons(source)[3]
    assert "99000000000002" in source.unreadable


def test_an_open_quote_does_not_swallow_rows_up_to_a_stray_one(make):
    rows = [make.row(2, name='"Hund'), 3, make.row(4, name='Katze"'), 5]
    source = read_file(make(*rows))
    assert [key[-1] for key in source.rows] == ["3", "4", "5"]
    assert "before the next row" in reasons(source)[2]


def test_many_open_quotes_are_read_in_linear_time(make):
    rows = [make.row(number, name='"Hund') for number in range(1, 3000)]
    source = read_file(make(*rows, 5000))
    assert list(source.rows) == ["99000000005000"]
    assert source.skipped == 2999


def test_an_open_quote_at_the_end_of_the_file(make):
    source = read_file(make(1, make.row(2, flags='1,"0')))
    assert list(source.rows) == ["99000000000001"]
    assert "never closed" in reasons(source)[3]


def test_stray_quotation_marks_are_text(make):
    source = read_file(make(make.row(1, name='Rohr 3" dick'), 2))
    assert source.rows["99000000000001"].name == 'Rohr 3" dick'
    source = read_file(make(make.row(1, name='"Rohr" dick'), 2))
    assert len(source.rows) == 2


def test_quoted_line_breaks_belong_to_the_cell(make):
    source = read_file(make(make.row(1, name='"Hund\r\nund, Katze"'), 2))
    assert source.rows["99000000000001"].name == "Hund und, Katze"
    assert not source.issues
    assert source.lines["99000000000002"] == 4


def test_nul_bytes_are_removed_and_told(make):
    source = read_file(make(make.row(1, name="Hu\0nd\x07"), *range(2, 20)))
    assert source.rows["99000000000001"].name == "Hund"
    assert [(issue.line, issue.skipped) for issue in source.issues] == [(2, False)]


@pytest.mark.parametrize(
    "cell",
    [
        "=cmd|' /C calc'!A0",
        "+49 2452 130",
        "@SUM(1+1)",
        "-1",
        "<script>alert(1)</script>",
        "<b>Hund</b> &amp; Katze",
        "{{ 7*7 }} ${7*7}",
    ],
)
def test_formulas_and_markup_stay_the_text_they_are(make, cell):
    source = read_file(make(make.row(1, name=cell)))
    assert source.rows["99000000000001"].name == cell


@pytest.mark.parametrize(
    "url",
    [
        "javascript://x.org/%0aalert(1)",
        "data:text/html;x",
        "http://",
        "http://a b",
        "ftp://x",
    ],
)
def test_an_address_that_is_no_web_page_is_dropped(make, url):
    entry = read_file(make(make.row(1, legal=f"§ 1 HundG [{url}]"))).rows[
        "99000000000001"
    ]
    assert all(not basis.url for basis in entry.legal_basis)
    assert entry.legal_basis[0].title.startswith("§ 1 HundG")


@pytest.mark.parametrize(
    "key, said",
    [
        ("", "no Leistungsschlüssel"),
        ("9900000000001", "no Leistungsschlüssel"),
        ("990000000000012", "no Leistungsschlüssel"),
        ("98000000000001", "no Leistungsschlüssel"),
        ("９９000000000001", "no Leistungsschlüssel"),
        ("9.9E+13", "spreadsheet"),
        ('"9,90120E+13"', "spreadsheet"),
    ],
)
def test_a_broken_key_is_reported(make, key, said):
    source = read_file(make(make.row(1, key=key), 2))
    assert list(source.rows) == ["99000000000002"]
    assert said in reasons(source)[2]


@pytest.mark.parametrize(
    "change, said",
    [
        ({"name": " "}, "name is missing"),
        ({"name": "x" * 1001}, "1001 characters"),
        ({"law": "x" * 20_001}, "20001 characters"),
        ({"ozg": "104,a,b,c"}, "OZG id"),
        ({"name": "Hu\ufffdnd"}, "damaged"),
        ({"flags": "1"}, "11 fields instead of 12"),
        ({"flags": "1,0,0"}, "13 fields instead of 12"),
    ],
)
def test_a_broken_row_is_skipped_and_its_key_remembered(make, change, said):
    name = {"name": "Zwei"} | change
    source = read_file(make(1, make.row(2, **name), 3))
    assert sorted(source.rows) == ["99000000000001", "99000000000003"]
    assert said in reasons(source)[3]
    assert "99000000000002" in source.unreadable


def test_empty_cells_too_many_at_the_end_are_forgiven(make):
    source = read_file(make(make.row(1, flags="1,0,,")))
    assert len(source.rows) == 1 and not source.issues


def test_one_damaged_byte_does_not_garble_the_other_umlauts(make):
    content = make(make.row(1, name="Müll"), make.row(2, name="Käse"), 3, 4)
    source = read_file(content.replace("ä".encode(), b"\xe4"))
    assert source.rows["99000000000001"].name == "Müll"
    assert "damaged" in reasons(source)[3]


@pytest.mark.parametrize(
    "encoding, mark, found",
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", codecs.BOM_UTF8, "utf-8-sig"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-32-le", codecs.BOM_UTF32_LE, "utf-32"),
        ("iso-8859-1", b"", "windows-1252"),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encoding_and_separator_are_detected(make, encoding, mark, found, separator):
    text = make(make.row(1, name="Prüfung für Straßen"), 2).decode()
    content = mark + text.replace(",", separator).encode(encoding)
    source = read_file(content)
    assert source.rows["99000000000001"].name == "Prüfung für Straßen"
    assert (source.encoding, source.separator) == (found, separator)
    assert not source.issues and source.read == 2


def test_windows_quotes_and_bytes_that_windows_does_not_know(make):
    content = make(make.row(1, name="„Müll“ – neu"), encoding="cp1252")
    assert read_file(content).rows["99000000000001"].name == "„Müll“ – neu"
    content = make(make.row(1, name="Müll\x81"), encoding="iso-8859-1")
    source = read_file(content)
    assert source.encoding == "iso-8859-1"
    assert source.rows["99000000000001"].name == "Müll"


@pytest.mark.parametrize("ending", ["\n", "\r", "\r\n"])
def test_every_line_ending_and_the_line_that_excel_adds(make, ending):
    text = "sep=," + "\n" + make(1, "", "  ", ",,,,,,,,,,,", 2).decode()
    source = read_file(text.replace("\r\n", "\n").replace("\n", ending).encode())
    assert len(source.rows) == 2 and not source.issues
