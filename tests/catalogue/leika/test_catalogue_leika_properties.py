"""Whatever the bytes: the reader answers with rows or with its own error."""

from heinsberg.portal.catalogue.leika.errors import CatalogueFileError
from heinsberg.portal.catalogue.leika.folding import fold
from heinsberg.portal.catalogue.leika.importing import import_source
from heinsberg.portal.catalogue.leika.legal import split_legal_basis
from heinsberg.portal.catalogue.leika.reader import read_file
from heinsberg.portal.catalogue.leika.rows import CatalogueEntry
from heinsberg.portal.catalogue.leika.rows import pack
from heinsberg.portal.catalogue.leika.rows import unpack
from heinsberg.portal.catalogue.leika.store import Catalogue
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st


HEADERS = (
    "leika_key,name,leika_typ,ozg_id,ozg_leistung,lebenslage,themenfeld,"
    "rechtsgrundlagen,gesetze,gesetzeskuerzel,relevanz1,relevanz2",
    "Schluessel;Bezeichnung;Typ;Synonyme;Veröffentlichungsdatum",
    "ozg_id\tname\tlebenslage\tthemenfeld",
    "lebenslage,themenfeld",
)
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["99012001000000", "nicht im LeiKa", "10513", "2/3", '"', '""', "\0", "\n", ""]
    ),
    st.text('",;\t\r\n[]|§ aäß0:/', max_size=20),
)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
CAREFUL = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@st.composite
def tables(draw) -> bytes:
    """Return the bytes of a table that is nearly right."""
    header = draw(st.sampled_from(HEADERS))
    separator = next(mark for mark in ";\t," if mark in header)
    width = header.count(separator) + 1
    rows = draw(
        st.lists(st.lists(CELLS, min_size=width - 1, max_size=width + 1), max_size=8)
    )
    text = "\n".join([header, *(separator.join(cells) for cells in rows)])
    return text.encode(draw(ENCODINGS), "replace")


def read_and_store(content: bytes) -> None:
    try:
        source = read_file(content)
    except CatalogueFileError as error:
        assert error.message
        return
    assert source.rows and source.skipped <= source.read
    catalogue = Catalogue()
    assert import_source(catalogue, source, "x").new == len(source.rows)
    again = import_source(catalogue, read_file(content), "x")
    assert not again.wrote
    for key, row in source.rows.items():
        assert unpack(type(row), key, pack(row)) == row
        if isinstance(row, CatalogueEntry):
            assert len(catalogue.get(key).content_hash) == 16
            assert len(row.name) <= 1000 and "\n" not in row.name


@CAREFUL
@given(st.binary(max_size=2000))
def test_any_bytes(content):
    read_and_store(content)


@CAREFUL
@given(tables())
def test_nearly_right_tables(content):
    read_and_store(content)


@CAREFUL
@given(tables(), st.data())
def test_tables_that_were_damaged(content, data):
    at = data.draw(st.integers(0, len(content)))
    junk = data.draw(st.binary(max_size=6))
    read_and_store(content[:at] + junk)
    read_and_store(content[:at] + junk + content[at:])


@CAREFUL
@given(st.text(max_size=200) | st.text("[]htp:/w.,; §", max_size=80))
def test_any_legal_basis(text):
    for basis in split_legal_basis(text):
        assert basis.title
        assert basis.url == "" or basis.url.lower().startswith(("http://", "https://"))


@CAREFUL
@given(st.text(max_size=40))
def test_any_term_is_answered(text):
    assert Catalogue().search(text) == []
    assert fold(text).startswith(fold(text[:-1])) or not text.isascii()
