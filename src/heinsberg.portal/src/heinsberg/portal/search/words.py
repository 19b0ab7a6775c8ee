"""German words as people type them, against words as they are written: pure.

The index of texts holds every word without accents (ü -> u), and words with
umlauts once more as ae, oe, ue. A word of a query is looked up by its
beginning, without its ending, in each spelling it may stand for.
"""

from collections.abc import Iterable
from functools import lru_cache

import re
import unicodedata


_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
#: ae, oe, ue for an umlaut; not in Feuer, Bauer, Quelle, neue.
_FOR_UMLAUT = re.compile(r"(?<![aeoqu])([aou])e")
_PARTS = re.compile(r"[^\W_]+")

#: Endings of number and case, longest first.
_ENDINGS = ("nissen", "nisse", "innen", "ungen", "ern", "en", "er", "es", "em", "e", "n", "s")
_KEPT = {"nissen": "nis", "nisse": "nis", "innen": "in", "ungen": "ung"}
#: A beginning shorter than this would find too much; with an umlaut the plural
#: of a short word is likely (Ämter, Räder).
_SHORTEST, _SHORTEST_WITH_UMLAUT = 4, 3

#: Words that say nothing about what is looked for.
STOP_WORDS = frozenset(
    """
    aber als am an auf aus bei beim bin bitte brauche brauchen da das dem den der des die du ein eine
    einem einen einer eines er es finde für fuer habe haben hat ich ihr im in ins ist kann kein keine
    man mein meine meinem meinen meiner mich mir mit möchte moechte muss nach oder sein sich sie sind so
    über ueber um und uns unser vom von vor wann warum was wegen welche wer wie will wir wird wo
    wohin zu zum zur
    a an and are can do for get how i is my of or the to what where
    de een en het hoe ik is mijn naar of van voor waar wat
    """.split()
)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a text as the index's lexicon writes it: small letters without accents, ß as ss."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def significant(words: Iterable[str]) -> list[str]:
    """Return the words that say what is looked for; all of them if none does."""
    words = list(words)
    return [word for word in words if word not in STOP_WORDS] or words


def stem(word: str, umlaut: bool = False) -> str:
    """Return a word without its ending of number or case; ``umlaut``: it stands for one that has one."""
    shortest = _SHORTEST_WITH_UMLAUT if umlaut or set(word) & set("äöü") else _SHORTEST
    for ending in _ENDINGS:
        kept = _KEPT.get(ending, "")
        if word.endswith(ending) and len(word) - len(ending) + len(kept) >= shortest:
            return word[: -len(ending)] + kept
    return word


@lru_cache(maxsize=4096)
def beginnings(word: str) -> tuple[str, ...]:
    """Return the beginnings, in plain letters, under which a word (small letters) is found."""
    short = stem(word)
    spelt = [short, short.translate(_WRITTEN_OUT)]
    guessed = _FOR_UMLAUT.sub(r"\1", word)
    if guessed != word:
        spelt.append(stem(guessed, umlaut=True))
    return tuple(dict.fromkeys(plain(one) for one in spelt if one))


def index_query(words: Iterable[str], every: bool = True) -> str:
    """Return the query for a text index: all words or (``every`` False) any of them.

    Only letters, digits, ``*`` and our own operators can be in it, so nothing
    a person types is taken for syntax.
    """
    found = []
    for word in words:
        parts = [one for part in _PARTS.findall(word) if (one := _any_of(part))]
        if parts:
            found.append(parts[0] if len(parts) == 1 else f"({' AND '.join(parts)})")
    return (" AND " if every else " OR ").join(found)


def _any_of(word: str) -> str:
    spelt = [_term(one) for one in beginnings(word) if one.isalnum()]
    if not spelt:  # a sign that stands for several words
        return " AND ".join(_term(one) for one in _PARTS.findall(plain(word)))
    return spelt[0] if len(spelt) == 1 else f"({' OR '.join(spelt)})"


def _term(beginning: str) -> str:
    # A single letter as a beginning would find half of the index. With the star
    # no word is an operator: AND is and*.
    return f"{beginning}*" if len(beginning) > 1 else beginning


def score(words: Iterable[str], title: str, keywords: Iterable[str] = (), teaser: str = "") -> int:
    """Return how well an entry fits: title before search words before teaser, whole words before beginnings."""
    words = list(words)
    title_words, title = _PARTS.findall(plain(title)), plain(title)
    phrases = [plain(keyword) for keyword in keywords]
    keyword_words = [part for phrase in phrases for part in _PARTS.findall(phrase)]
    teaser_words = _PARTS.findall(plain(teaser))
    points = sum(_points(word, title, title_words, keyword_words, teaser_words) for word in words)
    whole = " ".join(plain(word) for word in words)
    if whole and title == whole:
        points += 40
    if whole and whole in phrases:
        points += 10
    if words and title_words and title_words[0].startswith(beginnings(words[0])):
        points += 3
    return points


def _points(word: str, title: str, in_title: list[str], in_keywords: list[str], in_teaser: list[str]) -> int:
    """Return the points of one word of the query."""
    starts = beginnings(word)
    if any(other.startswith(starts) for other in in_title):
        exact = {plain(word), plain(stem(word))}
        return 22 if any(other in exact or stem(other) in exact for other in in_title) else 20
    if any(len(one) > 3 and one in title for one in starts):
        return 19  # the second half of a compound: Ausweis in Personalausweis
    if any(other.startswith(starts) for other in in_keywords):
        return 8
    return 2 if any(other.startswith(starts) for other in in_teaser) else 0
