from heinsberg.portal.municipality import api
from plone.app.multilingual.interfaces import ITranslationManager
from plone.base.interfaces import ILanguage
from plone.i18n.interfaces import ILanguageSchema
from plone.registry.interfaces import IRegistry
from zope.component import getUtility

import pytest


def test_a_new_municipality_has_linked_language_folders(portal, add_municipality):
    gangelt = add_municipality(portal, "gangelt")
    assert sorted(gangelt.objectIds()) == ["de", "en", "nl"]
    assert ILanguage(gangelt["nl"]).get_language() == "nl"
    assert ITranslationManager(gangelt["de"]).get_translation("en").getId() == "en"


def test_a_new_municipality_has_its_groups_with_local_roles(portal, add_municipality):
    gangelt = add_municipality(portal, "gangelt")
    assert gangelt.get_local_roles_for_userid("gangelt-administrators") == ("MunicipalityAdmin",)
    assert "Editor" in gangelt.get_local_roles_for_userid("gangelt-editors")


def test_changing_available_languages_changes_no_language_of_content(portal, add_municipality):
    gangelt = add_municipality(portal, "gangelt")
    settings = getUtility(IRegistry).forInterface(ILanguageSchema, prefix="plone")
    settings.available_languages = ["de", "en", "nl", "fr"]
    assert [ILanguage(gangelt[code]).get_language() for code in ("de", "en", "nl")] == ["de", "en", "nl"]
    assert "fr" not in portal.objectIds()


@pytest.mark.parametrize("taken", [{"ags": "05370008"}, {"ars": "053700008008"}, {"domains": ["HTTPS://www.Gangelt.example"]}])
def test_keys_and_domains_are_used_once(portal, add_municipality, taken):
    from zExceptions import BadRequest

    add_municipality(portal, "gangelt")
    with pytest.raises(BadRequest, match="Gangelt"):
        add_municipality(portal, "selfkant", **taken)


def test_the_directory_follows_changes(portal, add_municipality):
    add_municipality(portal, "gangelt")
    selfkant = add_municipality(portal, "selfkant")
    assert [info.name for info in api.municipalities(portal)] == ["Gangelt", "Selfkant"]
    selfkant.title = "Aselfkant"
    from zope.lifecycleevent import modified

    modified(selfkant)
    assert [info.name for info in api.municipalities(portal)] == ["Aselfkant", "Gangelt"]
