"""Bytes of a table to text: the encoding is found, not asked for."""

from .errors import CatalogueFileError

import codecs
import re


MAX_BYTES = 64 * 1024 * 1024

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_FOREIGN = (
    (b"PK\x03\x04", "an Excel or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file"),
    (b"%PDF", "a PDF file"),
    (b"\x1f\x8b", "a compressed file"),
)
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")
_SAMPLE = 65536


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding.

    Knows UTF-8, UTF-16, UTF-32, Windows-1252 and ISO-8859-1. Raises
    CatalogueFileError for what is empty, too large or no text.
    """
    if len(data) > MAX_BYTES:
        raise CatalogueFileError(
            f"The file has {len(data) // 1024 // 1024} MB; at most "
            f"{MAX_BYTES // 1024 // 1024} MB are read."
        )
    for magic, kind in _FOREIGN:
        if data.startswith(magic):
            raise CatalogueFileError(f"This is {kind}. Save the table as CSV.")
    text, encoding = _decode(data)
    if not text.strip():
        raise CatalogueFileError("The file is empty.")
    sample = text[:_SAMPLE]
    if len(_ODD.findall(sample)) > max(8, len(sample) // 50):
        raise CatalogueFileError("The file is not text, so it is no CSV table.")
    return text, encoding


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").lstrip("\ufeff"), encoding
    wide = _wide_encoding(data[:_SAMPLE])
    if wide:
        return data.decode(wide, "replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _not_clean_utf8(data)


def _wide_encoding(sample: bytes) -> str:
    """Return which UTF-16 a text without a byte order mark is, or nothing."""
    half = len(sample) // 2
    if half < 4:
        return ""
    if sample[1::2].count(0) > half * 0.6 and sample[0::2].count(0) < half * 0.1:
        return "utf-16-le"
    if sample[0::2].count(0) > half * 0.6 and sample[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return ""


def _not_clean_utf8(data: bytes) -> tuple[str, str]:
    """Tell UTF-8 with a few damaged bytes from an encoding of one byte per character.

    In German text of one byte per character nearly every umlaut is invalid
    UTF-8; a damaged UTF-8 file has many more good umlauts than bad bytes.
    """
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    good = sum(1 for char in text if ord(char) > 127) - damaged
    if good > damaged:
        return text, "utf-8 (damaged)"
    try:
        return data.decode("cp1252"), "windows-1252"
    except UnicodeDecodeError:
        return data.decode("iso-8859-1"), "iso-8859-1"
