"""Sentences that the seed itself says; content, not user interface, hence not in the message catalogue."""

from html import escape
from typing import Any


EXAMPLE = {
    "de": "Beispielwert. Es gilt die örtliche Satzung.",
    "en": "Example. The local statute applies.",
    "nl": "Voorbeeld. De plaatselijke verordening geldt.",
}
#: How the files of a municipality mark an example.
EXAMPLE_MARK = "Demonstrationswert"


def as_example(row: dict[str, Any], language: str) -> dict[str, Any]:
    """Return a cost that says of itself that the municipality sets it."""
    if row.get("kind") == "free" and not row.get("amount"):
        return row
    note = row.get("note")
    return row | {"note": f"{note.rstrip('.')}. {EXAMPLE[language]}" if note else EXAMPLE[language]}


def translated_cost(row: dict[str, Any], known: dict[str, Any] | None, language: str) -> dict[str, Any]:
    """Return a municipality's cost in another language, with the words of the shared text."""
    note = (known or {}).get("note")
    if EXAMPLE_MARK in (row.get("note") or ""):
        note = EXAMPLE[language]
    return row | {"label": (known or row)["label"], "note": note}


def what_it_is(official_name: str, group: str) -> str:
    """Return what the catalogue calls a service."""
    sentence = f"In der amtlichen Verwaltungssprache heißt diese Leistung „{official_name}“."
    if group and group != official_name:
        sentence += f" Sie gehört zum Bereich „{group}“."
    return sentence


def generic_teaser(unit: str, in_name: str) -> str:
    """Return one sentence for lists."""
    if not unit:
        return f"Wir sagen Ihnen, wer {in_name} zuständig ist."
    return f"Zuständig {in_name}: {unit}. Hier finden Sie Kontakt und Öffnungszeiten."


def generic_text(unit: str, official_name: str) -> str:
    """Return where to turn to; details that the catalogue does not know come from the office."""
    office = f"{escape(unit, quote=False)}, {escape(official_name, quote=False)}" if unit else escape(official_name, quote=False)
    return (
        f"<p>Zuständig ist: <strong>{office}</strong>. "
        "Anschrift, Telefon und Öffnungszeiten stehen auf dieser Seite.</p>"
        "<p>Welche Unterlagen Sie brauchen, was es kostet und wie lange es dauert, sagt Ihnen das Amt. "
        "Fragen Sie nach, bevor Sie kommen. So sparen Sie sich Wege.</p>"
    )


def generic_steps(unit: str) -> list[str]:
    """Return steps that are true of every service."""
    return [
        f"Rufen Sie an oder schreiben Sie eine E-Mail: {unit}." if unit else "Rufen Sie an oder schreiben Sie eine E-Mail.",
        "Schildern Sie Ihr Anliegen, und fragen Sie nach Unterlagen, Kosten und Dauer.",
        "Vereinbaren Sie einen Termin, wenn Sie persönlich kommen müssen.",
    ]


def signpost_teaser(kreis: str, language: str) -> str:
    """Return one sentence for lists."""
    return {
        "de": f"Dafür ist der {kreis} zuständig. Hier finden Sie den Weg dorthin.",
        "en": f"The {kreis} handles this. Here you find the way there.",
        "nl": f"De {kreis} behandelt dit. Hier vindt u de weg ernaartoe.",
    }[language]


def signpost(kreis: str, unit: str, language: str) -> str:
    """Return who is responsible instead, and where to read on."""
    kreis, unit = escape(kreis, quote=False), escape(unit, quote=False)
    office = {"de": f" Dort hilft Ihnen: {unit}.", "en": f" The office there: {unit}.", "nl": f" Het kantoor daar: {unit}."}
    return {
        "de": f"<p><strong>Für dieses Anliegen ist der {kreis} zuständig.</strong>{office['de'] if unit else ''}</p>"
        "<p>Auf der Seite des Kreises finden Sie, was Sie brauchen und wie Sie das Amt erreichen.</p>",
        "en": f"<p><strong>The {kreis} is responsible for this.</strong>{office['en'] if unit else ''}</p>"
        "<p>Its page tells you what you need and how to reach the office.</p>",
        "nl": f"<p><strong>De {kreis} is hiervoor verantwoordelijk.</strong>{office['nl'] if unit else ''}</p>"
        "<p>Op de pagina van de Kreis leest u wat u nodig heeft en hoe u het kantoor bereikt.</p>",
    }[language]


def origin(stand: str) -> str:
    """Return where name and law come from."""
    year = f" (Stand {escape(stand)})" if stand else ""
    return (
        f"<p>Name und Rechtsgrundlage stammen aus dem Leistungskatalog der öffentlichen Verwaltung{year}. "
        "Das Recht kann sich seitdem geändert haben.</p>"
    )
