"""Everything a new municipality needs, in one repeatable step."""

from heinsberg.portal import logger
from heinsberg.portal.municipality import counters
from heinsberg.portal.municipality.interfaces import LANGUAGE_NAMES
from heinsberg.portal.municipality.interfaces import MunicipalityPrepared
from plone.app.multilingual.interfaces import ITranslationManager
from plone.base.interfaces import ILanguage
from plone.base.utils import unrestricted_construct_instance
from Products.CMFCore.utils import getToolByName
from zope.event import notify


#: Group suffix -> (title, local roles on the subsite).
GROUPS = {
    "administrators": ("Administration", ("Contributor", "Editor", "MunicipalityAdmin", "Reviewer")),
    "editors": ("Redaktion", ("Contributor", "Editor", "Reviewer")),
}


def prepare(site, municipality) -> None:
    """Give a municipality its counter, language folders, groups and local roles; repeatable."""
    counters.ensure(site, municipality.getId())
    make_language_folders(municipality)
    make_groups(site, municipality)
    notify(MunicipalityPrepared(municipality))
    logger.info("municipality_prepared id=%s", municipality.getId())


def language_codes(municipality) -> list[str]:
    """Return the languages of a municipality, German first and always."""
    chosen = set(municipality.languages or ()) | {"de"}
    return [code for code in LANGUAGE_NAMES if code in chosen]


def make_language_folders(municipality) -> None:
    """Make missing language folders and link them as translations of each other.

    plone.app.multilingual's own set-up works on the site root only and leaves
    the language of folders in a subsite empty.
    """
    for code in language_codes(municipality):
        if code in municipality.objectIds():
            continue
        unrestricted_construct_instance("LRF", municipality, code)
        folder = municipality[code]
        folder.title = LANGUAGE_NAMES[code]
        ILanguage(folder).set_language(code)
        folder.reindexObject()
    manager = ITranslationManager(municipality["de"])
    for code in language_codes(municipality):
        if code != "de" and not manager.has_translation(code):
            manager.register_translation(code, municipality[code])


def make_groups(site, municipality) -> None:
    """Make the municipality's groups and give them their local roles on the subsite."""
    groups = getToolByName(site, "portal_groups")
    for suffix, (title, roles) in GROUPS.items():
        name = group_id(municipality.getId(), suffix)
        if groups.getGroupById(name) is None:
            groups.addGroup(name, title=f"{municipality.title}: {title}")
        if set(municipality.get_local_roles_for_userid(name)) != set(roles):
            municipality.manage_setLocalRoles(name, list(roles))
    municipality.reindexObjectSecurity()


def remove_groups(site, municipality_id: str) -> None:
    """Remove the groups of a municipality that is gone."""
    groups = getToolByName(site, "portal_groups")
    for suffix in GROUPS:
        name = group_id(municipality_id, suffix)
        if groups.getGroupById(name) is not None:
            groups.removeGroup(name)


def group_id(municipality_id: str, suffix: str) -> str:
    """Return the id of a municipality's group, for example ``erkelenz-editors``."""
    return f"{municipality_id}-{suffix}"
