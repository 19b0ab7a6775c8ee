"""Ways between pages: sections, translations, and German where a translation is missing."""

from Acquisition import aq_base
from Acquisition import aq_parent
from datetime import timedelta
from heinsberg.portal.catalogue import listings
from heinsberg.portal.catalogue import reading
from heinsberg.portal.catalogue import rules
from heinsberg.portal.catalogue.calendar import nrw_holidays
from heinsberg.portal.catalogue.interfaces import ICatalogueContent
from heinsberg.portal.catalogue.interfaces import ISection
from heinsberg.portal.catalogue.interfaces import SECTION_IDS
from heinsberg.portal.foundation import clock
from heinsberg.portal.municipality import api as municipality
from heinsberg.portal.municipality.interfaces import IMunicipality
from plone.app.multilingual.interfaces import ILanguageRootFolder
from plone.app.multilingual.interfaces import ITranslationManager
from plone.dexterity.browser.traversal import DexterityPublishTraverse
from zExceptions import NotFound
from zope.publisher.interfaces import NotFound as PublisherNotFound


#: Kind of a section by its id, for each language.
KINDS = {code: {name: kind for kind, name in ids.items()} for code, ids in SECTION_IDS.items()}


def section_paths(site, info, language: str) -> dict[str, str]:
    """Return the physical path of each section of a municipality in a language, by kind."""
    municipality_object = site.get(info.id)
    folder = municipality_object.get(language) if municipality_object is not None else None
    if folder is None:
        return {}
    base = f"{info.path}/{language}"
    return {
        child.kind: f"{base}/{child.getId()}" for child in folder.objectValues() if ISection.providedBy(child)
    }


def information_pages(site, info, language: str) -> dict[str, str]:
    """Return the path of each legal and help page by kind, German ones where no translation exists."""
    found = {}
    for line in listings.pages(info.path, "InformationPage", language):
        if line.kind and line.kind != "other":
            path = line.path if line.language == language else path_in(line.path, language)
            found.setdefault(line.kind, path or line.path)
    return found


def translation_paths(context) -> dict[str, str]:
    """Return language -> physical path of the published translations of a page, itself included."""
    if IMunicipality.providedBy(context) or not (
        ICatalogueContent.providedBy(context) or ILanguageRootFolder.providedBy(context)
    ):
        return {}
    catalog = context.portal_catalog
    group = ITranslationManager(context).query_canonical()
    brains = catalog.unrestrictedSearchResults(TranslationGroup=group)
    found = {}
    for brain in brains:
        if brain.review_state in ("published", "", None) or not isinstance(brain.review_state, str):
            found[brain.Language] = brain.getPath()
    found.setdefault(aq_base(context).language, "/".join(context.getPhysicalPath()))
    return found


def path_in(path: str, language: str) -> str | None:
    """Return the address under which German content is shown in another language's frame.

    ``/portal/erkelenz/de/leistungen/x`` -> ``/portal/erkelenz/en/services/x``;
    None where the path lies in no section.
    """
    parts = path.split("/")
    for index in range(2, len(parts) - 1):
        kind = KINDS.get(parts[index], {}).get(parts[index + 1])
        if kind is not None:
            parts[index : index + 2] = [language, SECTION_IDS[language][kind]]
            return "/".join(parts)
    return None


def fallback_path(context, language: str) -> str | None:
    """Return where a page without translation is shown in a language."""
    return path_in("/".join(context.getPhysicalPath()), language)


def shown_path(line, language: str) -> str:
    """Return the path to link a line of a list to, in the language of the page it stands on."""
    if line.language == language or language == "de":
        return line.path
    return path_in(line.path, language) or line.path


class FallbackTraverse(DexterityPublishTraverse):
    """Below another language's section, show the German text where no translation exists."""

    def publishTraverse(self, request, name):
        try:
            return super().publishTraverse(request, name)
        except (NotFound, PublisherNotFound, KeyError, AttributeError):
            found = self._german(request, name)
            if found is None:
                raise
            return found

    def _german(self, request, name):
        folder = municipality.language_folder(self.context)
        language = folder.getId() if folder is not None else "de"
        if language == "de" or name.startswith(("@", "+")):
            return None
        german = self._german_container(folder)
        child = german.get(name) if german is not None else None
        if not ICatalogueContent.providedBy(child):
            return None
        own = ITranslationManager(child).get_translation(language)
        if own is not None:
            return None
        request.other["heinsberg_language"] = language
        request.other["heinsberg_fallback"] = aq_base(child)
        return child

    def _german_container(self, folder):
        """Return the German counterpart of the container: its translation, or the same kind of section."""
        found = ITranslationManager(self.context).get_translation("de")
        if found is not None or not ISection.providedBy(self.context):
            return found
        german = aq_parent(folder).get("de")
        name = SECTION_IDS["de"].get(self.context.kind)
        return german.get(name) if german is not None and name else None


def hours_in_words(rows, language: str) -> tuple[tuple[str, str], ...]:
    """Return (days, times) for a list of opening hours, days with the same times together."""
    return week_in_words(reading.openings([row for row in rows if isinstance(row, dict)]), language)


def week_in_words(openings, language: str) -> tuple[tuple[str, str], ...]:
    """Return (days, times) of openings as rules know them."""
    times: dict[str, list[int]] = {}
    for day, rows in rules.hours_of_week(openings):
        if not rows:
            continue
        text = _times(rows, language)
        times.setdefault(text, []).append(day)
    return tuple((", ".join(_runs(days, language)), text) for text, days in times.items())


DAYS = {
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
}
_TO = {"de": "bis", "en": "to", "nl": "tot"}
_CLOCK = {"de": " Uhr", "en": "", "nl": " uur"}
_APPOINTMENT = {"de": "nur mit Termin", "en": "by appointment only", "nl": "alleen op afspraak"}
_WEEK = {
    "de": ("am ersten", "am zweiten", "am dritten", "am vierten", "am fünften"),
    "en": ("first", "second", "third", "fourth", "fifth"),
    "nl": ("eerste", "tweede", "derde", "vierde", "vijfde"),
}
_OF_MONTH = {"de": "im Monat", "en": "of the month", "nl": "van de maand"}


def _runs(days: list[int], language: str) -> list[str]:
    """Return runs of days in words: Montag bis Mittwoch, Freitag."""
    names, runs = DAYS[language], []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [
        names[run[0]] if len(run) == 1
        else f"{names[run[0]]}, {names[run[1]]}" if len(run) == 2
        else f"{names[run[0]]} {_TO[language]} {names[run[-1]]}"
        for run in runs
    ]  # fmt: skip


def _times(rows, language: str) -> str:
    parts = []
    for row in rows:
        text = f"{_clock(row.opens)}–{_clock(row.closes)}{_CLOCK[language]}"
        notes = []
        if row.week_of_month:
            notes.append(f"{_WEEK[language][row.week_of_month - 1]} {_OF_MONTH[language]}")
        if row.appointment_only:
            notes.append(_APPOINTMENT[language])
        if row.note:
            notes.append(row.note)
        parts.append(f"{text} ({', '.join(notes)})" if notes else text)
    return ", ".join(parts)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"



def closed_days(unit, days: int = 90) -> list[str]:
    """Return the days ahead on which an office is closed: public holidays and its own exceptions."""
    today = clock.local().date()
    last = today + timedelta(days=days)
    found = {day for day in nrw_holidays(today.year) if today <= day <= last}
    for exception in unit.exceptions:
        day = max(exception.first, today)
        while exception.opens is None and day <= min(exception.last, last):
            found.add(day)
            day += timedelta(days=1)
    return [day.isoformat() for day in sorted(found)]
