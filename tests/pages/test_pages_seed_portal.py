"""The seed in a portal: it makes what is missing, once, and touches nothing else."""

from argparse import Namespace
from contextlib import contextmanager
from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.foundation import environment
from heinsberg.portal.foundation.settings import override
from heinsberg.portal.municipality import api as municipality
from heinsberg.portal.pages import demo
from heinsberg.portal.pages.commands import seed
from heinsberg.portal.pages.seeding import writing
from heinsberg.portal.pages.seeding.errors import SeedError
from heinsberg.portal.pages.seeding.errors import SeedFileError
from plone.app.multilingual.interfaces import ITranslationManager
from plone.app.testing import login
from plone.app.testing import SITE_OWNER_NAME
from Products.GenericSetup import EXTENSION
from Products.GenericSetup import profile_registry
from zope.component.hooks import setSite
from zope.configuration import xmlconfig

import heinsberg.portal
import Products.GenericSetup
import pytest
import transaction


ROWS = """id,name,official_name,kind,ags,ars,postal_codes,street,postal_code,city,phone,email,website
kreis,Kreis Mittental,,kreis,05998000,059980000000,,Weg 1,59999,Talstadt,02999 13-0,info@mittental.example,
talstadt,Talstadt,,stadt,05998004,059980004004,59999,Weg 2,59999,Talstadt,02999 85-0,info@talstadt.example,
"""


@contextmanager
def registered(folder, name="kreis-mittental"):
    """Register a folder as Kreis profile, as ZCML does."""
    profile_registry.registerProfile(
        name, name, "", str(folder), product="heinsberg.portal", profile_type=EXTENSION
    )
    try:
        yield name
    finally:
        profile_registry.unregisterProfile(name, "heinsberg.portal")


def run(portal, kreis="kreis-mittental", limit=8, report=None, **more):
    """Run the seed; return the lines it told."""
    lines = []
    options = Namespace(kreis=kreis, limit=limit, with_catalogue=False, **more)
    setSite(portal)
    try:
        assert seed(portal, options, report or lines.append) == 0
    except BaseException:
        transaction.abort()
        raise
    return lines


def contents(portal):
    """Return path -> state of all that the catalog knows."""
    catalog = portal.portal_catalog
    return {brain.getPath(): brain.review_state for brain in catalog.unrestrictedSearchResults(path="/plone")}


@pytest.fixture
def site(functional):
    login(functional["app"], SITE_OWNER_NAME)
    return functional["portal"]


@pytest.fixture
def mittental(tmp_path):
    (tmp_path / "municipalities.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "metadata.xml").write_text("<metadata><version>1</version></metadata>")
    with registered(tmp_path):
        yield tmp_path


def last_change(site):
    return site._p_jar.db().lastTransaction()


def test_a_wrong_file_stops_before_the_first_change(site, mittental):
    (mittental / "services.csv").write_text("id,title\n")
    before = last_change(site)
    with pytest.raises(SeedFileError, match=r"services.csv, line 1: the column leistungsschluessel"):
        run(site)
    assert last_change(site) == before
    assert "kreis" not in site.objectIds()


def test_an_unknown_kreis_is_refused_and_the_known_are_named(site, mittental):
    with pytest.raises(SeedError, match="kreis-heinsberg, kreis-mittental"):
        run(site, kreis="kreis-nirgendwo")


def test_a_portal_of_another_kreis_is_refused(site, mittental):
    site.portal_setup.runAllImportStepsFromProfile("profile-heinsberg.portal:kreis-mittental")
    with pytest.raises(SeedError, match="made with kreis-mittental"):
        run(site, kreis="kreis-heinsberg")


def test_an_id_that_is_taken_by_another_place_is_refused(site, mittental):
    run(site, limit=2)
    text = ROWS.replace("05998004,059980004004", "05998008,059980008008")
    (mittental / "municipalities.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SeedError, match="talstadt exists in the portal and is not Talstadt"):
        run(site, limit=2)


def test_a_portal_from_nothing(site, mittental):
    lines = run(site)
    assert any("Talstadt: " in line and "8 services" in line for line in lines)
    states = contents(site)
    made = {path: state for path, state in states.items() if "/talstadt/de/" in path}
    assert made and set(made.values()) == {"published"}
    found = catalogue.services_of("/plone/talstadt", "de")
    assert len(found) == 8
    assert all(line.demo and line.teaser for line in found)
    signpost = next(line for line in found if line.executed_by == "kreis")
    assert signpost.authority == "kreis"
    page = catalogue.read_service(site.unrestrictedTraverse(signpost.path))
    assert "Kreis Mittental" in page.full_text
    assert site.unrestrictedTraverse(signpost.path).adopted_from
    assert catalogue.services_of("/plone/talstadt", "de", key=signpost.key)[0].language == "de"
    assert all(catalogue.problems(site.unrestrictedTraverse(line.path)) == [] for line in found if line.executed_by == "own")


def test_every_object_has_its_language_its_group_and_its_date(site, mittental):
    run(site)
    brains = site.portal_catalog.unrestrictedSearchResults(path="/plone/talstadt")
    for brain in brains:
        parts = brain.getPath().split("/")
        if len(parts) > 3:
            assert brain.Language == parts[3], brain.getPath()
        if len(parts) > 5:
            assert brain.EffectiveDate[:2] == "20", brain.getPath()
    unit = site.talstadt["de"]["aemter"].objectValues()[0]
    assert set(ITranslationManager(unit).get_translations()) == {"de", "en", "nl"}


def test_a_second_run_writes_nothing_and_says_so(site, mittental):
    run(site)
    before, states = last_change(site), contents(site)
    lines = run(site)
    transaction.commit()
    assert last_change(site) == before
    assert contents(site) == states
    assert "Nothing was missing; nothing was written." in lines


class KilledError(Exception):
    pass


@pytest.mark.parametrize("after", [1, 30, 61])
def test_a_killed_run_is_gone_on_with(site, mittental, monkeypatch, after):
    left = [after]
    make = writing.Writer.make

    def mortal(self, *args, **more):
        if not left[0]:
            raise KilledError
        left[0] -= 1
        return make(self, *args, **more)

    monkeypatch.setattr(writing, "PORTION", 10)
    monkeypatch.setattr(writing.Writer, "make", mortal)
    with pytest.raises(KilledError):
        run(site)
    monkeypatch.setattr(writing.Writer, "make", make)
    run(site)
    interrupted = contents(site)
    assert len(catalogue.services_of("/plone/talstadt", "de")) == 8
    for code in ("en", "nl"):
        for unit in site.talstadt["de"]["aemter"].objectValues():
            assert ITranslationManager(unit).get_translation(code) is not None
    assert "Nothing was missing; nothing was written." in run(site)
    assert contents(site) == interrupted


def test_what_editors_changed_stays(site, mittental):
    run(site)
    section = site.talstadt["de"]["leistungen"]
    first, second, third = list(section.objectIds())[:3]
    section[first].title = "Von Hand"
    section[first].reindexObject()
    site.portal_workflow.doActionFor(section[second], "reject")
    section.manage_renameObject(third, "anderer-name")
    site.talstadt.phone = "02999 1"
    transaction.commit()
    run(site)
    assert section[first].title == "Von Hand"
    assert site.portal_workflow.getInfoFor(section[second], "review_state") != "published"
    assert third not in section.objectIds()
    assert site.talstadt.phone == "02999 1"


def test_what_was_removed_comes_back_alone(site, mittental):
    run(site)
    section = site.talstadt["de"]["aemter"]
    gone = list(section.objectIds())[0]
    site.talstadt["de"]["aemter"].manage_delObjects([gone])
    transaction.commit()
    lines = run(site)
    assert gone in section.objectIds()
    assert any("1 offices" in line for line in lines)


def test_demonstration_users_are_made_once_and_their_passwords_stay(site, mittental, caplog):
    given = {}

    def password_for(login):
        return given.setdefault(login, f"geheim-{login}-Xy7")

    lines = run(site, limit=1, password_for=password_for)
    assert {name for name, _role in demo.users(site)} == set(given) == {
        "portal-admin", "redaktion-kreis", "verwaltung-kreis", "redaktion-talstadt", "verwaltung-talstadt",
    }  # fmt: skip
    assert site.acl_users.authenticate("redaktion-talstadt", given["redaktion-talstadt"], site.REQUEST)
    user = site.acl_users.getUserById("verwaltung-talstadt")
    assert "talstadt-administrators" in user.getGroups() and "kreis-administrators" not in user.getGroups()
    assert "Site Administrator" in site.acl_users.getUserById("portal-admin").getRoles()
    assert not any("geheim-" in text for text in [*lines, caplog.text])
    before = last_change(site)
    run(site, limit=1, password_for=lambda login: pytest.fail(f"asked again for {login}"))
    assert last_change(site) == before


def test_production_has_no_demonstration_users(site, mittental):
    with override(mode="production"):
        lines = run(site, limit=1, password_for=lambda login: pytest.fail(login))
    assert "production: no demonstration users" in lines
    assert site.acl_users.getUserById("portal-admin") is None


@pytest.fixture
def ennepe_ruhr():
    """Register the second Kreis by its ZCML, and forget it afterwards."""
    context = xmlconfig.file("meta.zcml", package=Products.GenericSetup)
    xmlconfig.file(
        str(environment.home() / "tests" / "kreis" / "configure.zcml"), package=heinsberg.portal, context=context
    )
    yield "kreis-ennepe-ruhr"
    profile_registry.unregisterProfile("kreis-ennepe-ruhr", "heinsberg.portal")


def test_a_second_kreis_comes_up_from_a_profile_alone(site, ennepe_ruhr):
    site.portal_setup.runAllImportStepsFromProfile(f"profile-heinsberg.portal:{ennepe_ruhr}")
    run(site, kreis=None, limit=5)
    infos = municipality.municipalities(site)
    assert [info.id for info in infos] == [
        "kreis", "breckerfeld", "ennepetal", "gevelsberg", "hattingen", "herdecke", "schwelm",
        "sprockhoevel", "wetter-ruhr", "witten",
    ]  # fmt: skip
    assert (infos[0].ags, infos[0].in_name, infos[0].of_name) == (
        "05954000", "im Ennepe-Ruhr-Kreis", "des Ennepe-Ruhr-Kreises",
    )  # fmt: skip
    for info in infos:
        services = catalogue.services_of(info.path, "de")
        assert len(services) == 5, info.id
        units = {line.key for line in catalogue.units_of(info.path)}
        assert {line.unit for line in services if line.executed_by == "own"} <= units
        assert catalogue.life_situations_of(info.path)
        kinds = {line.kind for line in catalogue.pages_of(info.path)}
        assert {"imprint", "privacy", "accessibility"} <= kinds
    brains = site.portal_catalog.unrestrictedSearchResults(path="/plone")
    texts = ". ".join(str(brain.Description) for brain in brains)
    assert "Ennepe-Ruhr-Kreis" in texts
    assert [text for text in texts.split(". ") if "Heinsberg" in text] == []
