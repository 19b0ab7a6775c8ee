"""What of the content stands in the way of real use; for ``bin/portal check``."""

from collections.abc import Iterator
from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.foundation.findings import Finding
from heinsberg.portal.municipality import api as municipality


#: Marks a place that a legal officer has to fill in.
PLACEHOLDER = "[["
#: What the law asks of every authority: DDG § 5, Art. 13 GDPR, BITVNRW.
REQUIRED = {"imprint": "Impressum", "privacy": "Datenschutz", "accessibility": "Barrierefreiheit"}


def run(site) -> Iterator[Finding]:
    """Yield the findings of every municipality."""
    for info in municipality.municipalities(site):
        yield from _legal_pages(site, info)
        yield _domains(info)
        yield _demonstration(info)


def _legal_pages(site, info) -> Iterator[Finding]:
    lines = {line.kind: line for line in catalogue.pages_of(info.path, "de")}
    for kind, title in REQUIRED.items():
        name = f"{info.id} {title}"
        if kind not in lines:
            yield Finding("error", name, "the page is missing or not published", f"publish it below {info.path}/de")
            continue
        text = catalogue.read_page(site.unrestrictedTraverse(lines[kind].path), "de")
        number = text.text.count(PLACEHOLDER) + text.description.count(PLACEHOLDER)
        if number:
            yield Finding(
                "error", name, f"{number} placeholders are not filled in yet", f"edit {lines[kind].path}"
            )
        else:
            yield Finding("ok", name, "complete")


def _domains(info) -> Finding:
    name = f"{info.id} domain"
    plain = [origin for origin in info.origins if not origin.startswith("https://")]
    if plain:
        return Finding("error", name, f"{plain[0]} is not served by https", "enter the domain without http://")
    if not info.origins:
        return Finding("warning", name, "no domain of its own; it is served below the common address only")
    return Finding("ok", name, info.origins[0])


def _demonstration(info) -> Finding:
    lines = catalogue.services_of(info.path, "de")
    number = sum(line.demo for line in lines)
    name = f"{info.id} texts"
    if number:
        return Finding(
            "warning", name, f"{number} of {len(lines)} services are marked as demonstration",
            "have them checked by the authority and take the mark away",
        )  # fmt: skip
    return Finding("ok", name, f"{len(lines)} services")
