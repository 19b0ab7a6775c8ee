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
    assert "MunicipalityAdmin" in gangelt.get_local_roles_for_userid("gangelt-administrators")
    assert "MunicipalityAdmin" not in gangelt.get_local_roles_for_userid("gangelt-editors")
    assert "Editor" in gangelt.get_local_roles_for_userid("gangelt-editors")


def test_changing_available_languages_changes_no_language_of_content(portal, add_municipality):
    gangelt = add_municipality(portal, "gangelt")
    settings = getUtility(IRegistry).forInterface(ILanguageSchema, prefix="plone")
    settings.available_languages = ["de", "en", "nl", "fr"]
    assert [ILanguage(gangelt[code]).get_language() for code in ("de", "en", "nl")] == ["de", "en", "nl"]
    assert "fr" not in portal.objectIds()


@pytest.mark.parametrize("taken", [{"ags": "05370008"}, {"ars": "053700008008"}, {"domains": ["HTTPS://www.Gangelt.example"]},
                                   {"domains": ["http://www.gangelt.example:8080"]}])
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


def test_sections_have_the_language_of_their_folder(portal, add_municipality):
    gangelt = add_municipality(portal, "gangelt")
    found = {(folder.getId(), section.Language()) for folder in gangelt.objectValues() for section in folder.objectValues()}
    assert found == {("de", "de"), ("en", "en"), ("nl", "nl")}


def test_the_common_address_is_no_domain_of_a_municipality(portal, add_municipality):
    from heinsberg.portal.foundation.settings import override
    from zExceptions import BadRequest

    with override(portal_url="https://portal.example/portal"), pytest.raises(BadRequest, match="gemeinsame Adresse|common address"):
        add_municipality(portal, "gangelt", domains=["portal.example"])
