"""German spelling folded for look-ups: "Müll", "Muell" and "mull" are one word."""

import re
import unicodedata


_GERMAN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_DIGRAPH = re.compile(r"([aou])e")
_WORD = re.compile(r"[0-9a-z]+")


def fold(text: str) -> str:
    """Return the text in lower case without umlauts, digraphs and accents.

    Every prefix of a text folds to a prefix of the folded text, so a look-up
    finds while the editor still types.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_GERMAN)
    if not plain.isascii():
        parts = unicodedata.normalize("NFD", plain)
        plain = "".join(char for char in parts if not unicodedata.combining(char))
    return _DIGRAPH.sub(r"\1", plain)


def words(text: str) -> list[str]:
    """Return the folded words of a text, in its order."""
    return _WORD.findall(fold(text))


def squeeze(text: str) -> str:
    """Return the folded text without anything but letters and digits of any script."""
    return "".join(char for char in fold(text) if char.isalnum())
