"""Choices in the form of a municipality."""

from heinsberg.portal.municipality.interfaces import CONTACT_ROLES
from heinsberg.portal.municipality.interfaces import KIND_TITLES
from heinsberg.portal.municipality.interfaces import LANGUAGE_NAMES
from heinsberg.portal.municipality.interfaces import WEEKDAYS
from heinsberg.portal.municipality.theming import installed_themes
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


def _vocabulary(pairs) -> SimpleVocabulary:
    return SimpleVocabulary([SimpleTerm(value, value, title) for value, title in pairs])


@provider(IVocabularyFactory)
def kinds(context):
    return _vocabulary(KIND_TITLES.items())


@provider(IVocabularyFactory)
def contact_roles(context):
    return _vocabulary(CONTACT_ROLES.items())


@provider(IVocabularyFactory)
def languages(context):
    return _vocabulary(LANGUAGE_NAMES.items())


@provider(IVocabularyFactory)
def themes(context):
    found = sorted(installed_themes().values(), key=lambda theme: theme.title)
    return _vocabulary((theme.name, theme.title) for theme in found)


@provider(IVocabularyFactory)
def weekdays(context):
    return _vocabulary(WEEKDAYS.items())
