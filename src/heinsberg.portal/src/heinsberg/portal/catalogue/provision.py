"""The containers that each municipality needs, in each of its languages."""

from heinsberg.portal import logger
from heinsberg.portal.catalogue.factory import create
from heinsberg.portal.catalogue.interfaces import SECTION_IDS
from heinsberg.portal.catalogue.interfaces import SECTION_TYPES
from plone.app.multilingual.interfaces import ITranslationManager


TITLES = {
    "de": {
        "services": "Leistungen",
        "life_situations": "Lebenslagen",
        "units": "Ämter und Einrichtungen",
        "news": "Aktuelles",
        "warnings": "Hinweise und Warnungen",
        "guides": "Ratgeber",
        "pages": "Informationen",
    },
    "en": {
        "services": "Services",
        "life_situations": "Life situations",
        "units": "Offices",
        "news": "News",
        "warnings": "Notices and warnings",
        "guides": "Guides",
        "pages": "Information",
    },
    "nl": {
        "services": "Diensten",
        "life_situations": "Levenssituaties",
        "units": "Afdelingen",
        "news": "Nieuws",
        "warnings": "Mededelingen en waarschuwingen",
        "guides": "Gidsen",
        "pages": "Informatie",
    },
}


def make_sections(municipality) -> int:
    """Make and publish the sections missing in each language folder; return how many were made.

    German comes first, so that it leads each translation group.
    """
    made = 0
    for language, ids in SECTION_IDS.items():
        folder = municipality.get(language)
        if folder is None:
            continue
        for kind in SECTION_TYPES:
            if ids[kind] in folder.objectIds():
                continue
            section = create(
                folder, "Section", ids[kind], publish=True,
                title=TITLES[language][kind], kind=kind, language=language,
            )  # fmt: skip
            _link(municipality, section, kind, language)
            made += 1
    return made


def _link(municipality, section, kind: str, language: str) -> None:
    """Join a section to the German one as its translation."""
    german = municipality.get("de")
    first = german.get(SECTION_IDS["de"][kind]) if german is not None else None
    if first is None or language == "de":
        return
    manager = ITranslationManager(first)
    if not manager.has_translation(language):
        manager.register_translation(language, section)


def on_municipality_prepared(event) -> None:
    """Give a new municipality, or a new language of one, its sections."""
    made = make_sections(event.object)
    if made:
        logger.info("sections_made municipality=%s number=%d", event.object.getId(), made)
