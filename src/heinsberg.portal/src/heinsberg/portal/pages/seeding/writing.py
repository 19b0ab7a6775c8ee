"""Makes what is missing, in portions that are committed; touches nothing that is there."""

from Acquisition import aq_base
from collections import Counter
from collections.abc import Callable
from collections.abc import Mapping
from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.catalogue.interfaces import SECTION_IDS
from heinsberg.portal.foundation import clock
from plone.app.multilingual.events import TranslationRegisteredEvent
from plone.app.multilingual.interfaces import IMutableTG
from plone.app.multilingual.interfaces import ITG
from Products.CMFCore.utils import getToolByName
from time import perf_counter
from typing import Any
from zope.event import notify

import transaction


#: Objects between two commits: a kill loses a few seconds, and memory stays flat.
PORTION = 400

Fields = Callable[[str], dict[str, Any]]


class Writer:
    """Creates content of a site; counts what it made."""

    def __init__(self, site, report: Callable[[str], object]) -> None:
        self.site = site
        self.report = report
        self.made: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()
        self._open = 0

    def section(self, place, language: str, kind: str):
        """Return a section of a municipality, None where its editors removed language or section."""
        folder = place.get(language)
        return folder.get(SECTION_IDS[language][kind]) if folder is not None else None

    def taken(self, container) -> set[str]:
        """Return ids and keys below a container: what editors moved or renamed counts as there."""
        found = set(container.objectIds())
        if not found:
            return found
        catalog = getToolByName(self.site, "portal_catalog")
        for brain in catalog.unrestrictedSearchResults(path="/".join(container.getPhysicalPath())):
            if isinstance(brain.catalogue_key, str):
                found.add(brain.catalogue_key)
        return found

    def make(self, container, portal_type: str, id: str, fields: Mapping[str, Any], original=None):
        """Create and publish an object; ``original`` is what it translates."""
        moment = clock.now().replace(microsecond=0)
        obj = catalogue.create(container, portal_type, id, publish=True, effective=moment, **fields)
        if original is not None:
            join(original, obj)
        self.made[portal_type] += 1
        self._open += 1
        return obj

    def make_translated(self, containers: Mapping[str, Any], portal_type: str, id: str, fields: Fields, taken) -> int:
        """Create an object in each language where it is missing, linked to the German one; return how many."""
        made = 0
        german = containers["de"].get(id)
        for language, container in containers.items():
            if id in taken[language]:
                continue
            if language != "de" and german is None:
                # The German one was renamed or removed: nothing to translate.
                continue
            obj = self.make(container, portal_type, id, fields(language), None if language == "de" else german)
            german = obj if language == "de" else german
            made += 1
        return made

    def breathe(self, note: str) -> None:
        """Commit when a portion is full."""
        if self._open >= PORTION:
            self.commit(note)

    def commit(self, note: str) -> None:
        """Commit what was made, if anything was, and let go of it."""
        if not self._open:
            return
        transaction.get().note(f"Seed: {note}")
        transaction.commit()
        self._open = 0
        # Down to the configured size; minimising would throw out the catalog as well.
        self.site._p_jar.cacheGC()

    def timed(self, part: str):
        """Return a context that adds its seconds to a part of the report."""
        return _Timer(self.seconds, part)

    def wrote(self, number: int = 1) -> None:
        """Count a change that ``make`` did not make."""
        self._open += number


class _Timer:
    def __init__(self, seconds: Counter, part: str) -> None:
        self._seconds, self._part = seconds, part

    def __enter__(self) -> None:
        self._start = perf_counter()

    def __exit__(self, *_exc) -> None:
        self._seconds[self._part] += perf_counter() - self._start


def join(original, translation) -> None:
    """Make a fresh object the translation of another.

    What ITranslationManager.register_translation does, without its search: it
    would index the whole queue for each object, and asks whether another
    translation exists, which the caller knows. The object is not indexed yet,
    so its group goes into the index with the rest.
    """
    IMutableTG(translation).set(ITG(original))
    translation.reindexObject(idxs=["TranslationGroup"])
    notify(TranslationRegisteredEvent(original, translation, aq_base(translation).language))
