"""Choices that come from the content of the same municipality.

References are stored as keys (slugs), not as UIDs: a key is the same in every
language folder and in every municipality, so a text taken over from the Kreis
finds the municipality's own office of that key. Fields are validated against
what the person may see.
"""

from heinsberg.portal.catalogue import terms
from heinsberg.portal.municipality import api as municipality
from Products.CMFCore.utils import getToolByName
from zope.component.hooks import getSite
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


def place_of(context):
    """Return the municipality of a context, or the site where there is none."""
    if not hasattr(context, "getPhysicalPath"):
        context = getSite()
    return municipality.nearest(context) or getSite()


def _language(context) -> str:
    return getattr(context, "language", "") or "de"


def keyed(context, portal_type: str) -> SimpleVocabulary:
    """Return keys and titles of one type in the municipality, titles in the language of the context."""
    place = place_of(context)
    catalog = getToolByName(place, "portal_catalog")
    brains = catalog(portal_type=portal_type, path="/".join(place.getPhysicalPath()))
    wanted = _language(context)
    titles: dict[str, str] = {}
    for brain in brains:
        key = brain.catalogue_key
        if isinstance(key, str) and key and (key not in titles or brain.Language == wanted):
            titles[key] = brain.Title or key
    ordered = sorted(titles.items(), key=lambda item: item[1].lower())
    return SimpleVocabulary([SimpleTerm(key, key, title) for key, title in ordered])


@provider(IVocabularyFactory)
def units(context):
    """Offices of the municipality, and those of the Kreis, which executes some of its services."""
    own = keyed(context, "OrganisationalUnit")
    kreis = municipality.kreis(getSite())
    place = place_of(context)
    if kreis is None or getattr(place, "kind", "") in ("", "kreis"):
        return own
    known = {term.value for term in own}
    catalog = getToolByName(place, "portal_catalog")
    others: dict[str, str] = {}
    for brain in catalog(portal_type="OrganisationalUnit", path=kreis.path, Language="de"):
        key = brain.catalogue_key
        if isinstance(key, str) and key not in known:
            others.setdefault(key, f"{brain.Title} ({kreis.name})")
    added = [SimpleTerm(key, key, title) for key, title in sorted(others.items(), key=lambda pair: pair[1])]
    return SimpleVocabulary([*own, *added])


@provider(IVocabularyFactory)
def life_situations(context):
    """Themes and situations of the municipality."""
    return keyed(context, "LifeSituation")


@provider(IVocabularyFactory)
def services(context):
    """Services of the municipality."""
    return keyed(context, "PublicService")


@provider(IVocabularyFactory)
def warning_scopes(context):
    """Whole Kreis only where the Kreis itself edits."""
    place = municipality.nearest(context) if hasattr(context, "getPhysicalPath") else None
    if place is not None and place.kind == "kreis":
        return terms.WARNING_SCOPES
    return terms.closed(
        *((term.value, term.title) for term in terms.WARNING_SCOPES if term.value == "municipality")
    )
