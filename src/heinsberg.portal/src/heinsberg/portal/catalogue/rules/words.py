"""Costs and periods in the words of three languages."""

from decimal import Decimal


NBSP = "\N{NO-BREAK SPACE}"

_PERIODS = {
    "de": {"once": "einmalig", "year": "im Jahr", "month": "im Monat", "day": "am Tag"},
    "en": {"once": "once", "year": "per year", "month": "per month", "day": "per day"},
    "nl": {"once": "eenmalig", "year": "per jaar", "month": "per maand", "day": "per dag"},
}
_FREE = {"de": "kostenfrei", "en": "free of charge", "nl": "gratis"}
_TO = {"de": "bis", "en": "to", "nl": "tot"}
_FROM = {"de": "ab", "en": "from", "nl": "vanaf"}
_UP_TO = {"de": "bis zu", "en": "up to", "nl": "tot"}

#: language -> unit -> (one, many, many after a preposition, "within one …")
_TIME = {
    "de": {
        "day": ("Tag", "Tage", "Tagen", "eines Tages"),
        "workday": ("Arbeitstag", "Arbeitstage", "Arbeitstagen", "eines Arbeitstages"),
        "week": ("Woche", "Wochen", "Wochen", "einer Woche"),
        "month": ("Monat", "Monate", "Monaten", "eines Monats"),
        "year": ("Jahr", "Jahre", "Jahren", "eines Jahres"),
    },
    "en": {
        "day": ("day", "days", "days", "one day"),
        "workday": ("working day", "working days", "working days", "one working day"),
        "week": ("week", "weeks", "weeks", "one week"),
        "month": ("month", "months", "months", "one month"),
        "year": ("year", "years", "years", "one year"),
    },
    "nl": {
        "day": ("dag", "dagen", "dagen", "één dag"),
        "workday": ("werkdag", "werkdagen", "werkdagen", "één werkdag"),
        "week": ("week", "weken", "weken", "één week"),
        "month": ("maand", "maanden", "maanden", "één maand"),
        "year": ("jaar", "jaar", "jaar", "één jaar"),
    },
}
_WITHIN = {"de": ("innerhalb", "innerhalb von"), "en": ("within", "within"), "nl": ("binnen", "binnen")}
_BEFORE = {"de": "vorher", "en": "before", "nl": "van tevoren"}
_NO_DEADLINE = {"de": "keine Frist", "en": "no deadline", "nl": "geen termijn"}


def _known(language: str) -> str:
    return language if language in _FREE else "de"


def _number(amount: Decimal, language: str) -> str:
    text = f"{amount:,.2f}"
    if language == "en":
        return text
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def euros(amount: Decimal, language: str = "de") -> str:
    """Return an amount as the language writes it: 56,00 €, €56.00, € 56,00 (with no-break space)."""
    number = _number(amount, language)
    if language == "en":
        return f"€{number}"
    return f"€{NBSP}{number}" if language == "nl" else f"{number}{NBSP}€"


def _range(low: Decimal, high: Decimal, language: str) -> str:
    if language == "de":
        return f"{_number(low, language)} bis {euros(high, language)}"
    return f"{euros(low, language)} {_TO[language]} {euros(high, language)}"


def cost_in_words(
    kind: str, amount: Decimal | None, amount_to: Decimal | None, period: str | None, language: str = "de"
) -> str:
    """Return a cost as one phrase: ``56,00 € im Jahr``, ``28,80 bis 37,00 €``, ``kostenfrei``; '' if nothing is known."""
    language = _known(language)
    if kind == "free":
        return _FREE[language]
    if kind == "fixed":
        amount_to = None
    if amount is not None and amount_to is not None and amount != amount_to:
        text = _range(amount, amount_to, language)
    elif amount is not None:
        text = euros(amount, language)
        if kind == "variable" and amount_to is None:
            text = f"{_FROM[language]} {text}"
    elif amount_to is not None:
        text = f"{_UP_TO[language]} {euros(amount_to, language)}"
    else:
        return ""
    words = _PERIODS[language].get(period or "") if period != "once" else None
    return f"{text} {words}" if words else text


def duration_in_words(
    duration: int | None, duration_to: int | None, unit: str | None, language: str = "de"
) -> str:
    """Return a processing time: ``2 bis 4 Wochen``, ``1 Tag``; '' if nothing is known."""
    language = _known(language)
    names = _TIME[language].get(unit or "")
    if names is None or not (duration or duration_to):
        return ""
    if duration and duration_to and duration != duration_to:
        return f"{duration} {_TO[language]} {duration_to} {names[1]}"
    number = duration or duration_to
    text = f"{number} {names[0] if number == 1 else names[1]}"
    if duration:
        return text
    if language == "de":
        return f"bis zu {number} {names[0] if number == 1 else names[2]}"
    return f"{_UP_TO[language]} {text}"


def deadline_in_words(
    kind: str, duration: int | None, unit: str | None, language: str = "de"
) -> str:
    """Return a deadline: ``innerhalb von 2 Wochen``, ``innerhalb eines Monats``, ``3 Tage vorher``; '' for a fixed date."""
    language = _known(language)
    if kind == "none":
        return _NO_DEADLINE[language]
    names = _TIME[language].get(unit or "")
    if names is None or not duration or kind == "date":
        return ""
    if kind == "within":
        one, many = _WITHIN[language]
        return f"{one} {names[3]}" if duration == 1 else f"{many} {duration} {names[2]}"
    return f"{duration} {names[0] if duration == 1 else names[1]} {_BEFORE[language]}"
