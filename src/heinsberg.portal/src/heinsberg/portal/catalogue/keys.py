"""Keys of new and copied content: present, and used once per municipality and language."""

from Acquisition import aq_base
from heinsberg.portal.catalogue import rules
from heinsberg.portal.catalogue.vocabularies import place_of
from Products.CMFCore.utils import getToolByName


_KEYED = ("PublicService", "LifeSituation", "OrganisationalUnit", "Guide")


def taken(obj, key: str) -> bool:
    """Return whether other content of the type, place and language has a key; a translation is not other."""
    place = place_of(obj)
    catalog = getToolByName(place, "portal_catalog")
    own, group = obj.getPhysicalPath(), getattr(aq_base(obj), "_plone.app.multilingual_translation_group", None)
    brains = catalog.unrestrictedSearchResults(
        portal_type=obj.portal_type, catalogue_key=key, path="/".join(place.getPhysicalPath())
    )
    return any(
        tuple(brain.getPath().split("/")) != own
        and brain.Language == obj.language
        and (group is None or brain.TranslationGroup != group)
        for brain in brains
    )


def free_key(obj, wanted: str) -> str:
    """Return a key like the wanted one that nothing else has."""
    wanted = wanted if rules.is_slug(wanted) else "eintrag"
    number, key = 1, wanted
    while taken(obj, key):
        number += 1
        key = f"{wanted[:90]}-{number}"
    return key


def on_added(obj, event) -> None:
    """Give an object without a key the one of its address, and a copy a key of its own.

    An object that brings a key keeps it unasked: that is how seeds and
    translations come, and the look-up would cost them an index run.
    """
    if obj.portal_type not in _KEYED or event.newParent is None:
        return
    base = aq_base(obj)
    if not base.key or getattr(base, "_v_copied", False):
        obj.key = free_key(obj, obj.getId())
        base._v_copied = False
        obj.reindexObject(idxs=["catalogue_key", "catalogue_line"])


def on_copied(obj, event) -> None:
    """Remember that a copy needs a key of its own."""
    aq_base(obj)._v_copied = True
