"""Language links on editors' pages, and one theme per request in one thread."""

from heinsberg.portal.interfaces import IPortalLayer
from heinsberg.portal.municipality.browser.languages import Alternates
from heinsberg.portal.municipality.browser.languages import Selector
from heinsberg.portal.municipality.interfaces import IPublicPage
from heinsberg.portal.municipality.policy import MunicipalityThemingPolicy
from zope.interface import alsoProvides
from zope.interface import implementer


def request_at(world, name: str | None):
    """Return a request rooted at a municipality's domain, or at the common address."""
    from plone.app.multilingual.interfaces import IPloneAppMultilingualInstalled
    from Testing.makerequest import makerequest

    app = makerequest(world.portal.getPhysicalRoot(), environ={"SERVER_NAME": "x", "SERVER_PORT": "80", "REQUEST_METHOD": "GET"})
    request = app.REQUEST
    root = ("", world.portal.getId()) + ((name,) if name else ())
    request.other["VirtualRootPhysicalPath"] = root
    request.other["SERVER_URL"] = f"https://www.{name}.example" if name else "https://portal.example"
    alsoProvides(request, IPortalLayer, IPloneAppMultilingualInstalled)
    return request


def viewlet(world, name: str, interface):
    """Return the viewlet that Plone's pages would show."""
    from Products.Five.browser import BrowserView
    from zope.component import getMultiAdapter
    from zope.viewlet.interfaces import IViewletManager

    page = world.portal["gangelt"]["de"]["seiten"]["amt"]
    request = request_at(world, None)
    view = BrowserView(page, request)
    manager = getMultiAdapter((page, request, view), IViewletManager, interface)
    from zope.component import queryMultiAdapter
    from zope.viewlet.interfaces import IViewlet

    return queryMultiAdapter((page, request, view, manager), IViewlet, name)


def test_the_layer_has_its_own_viewlets(world):
    assert isinstance(viewlet(world, "plone.app.multilingual.alternate-languages", "plone.htmlhead"), Alternates)
    assert isinstance(viewlet(world, "plone.app.multilingual.languageselector", "plone.portalheader"), Selector)


def test_alternates_are_the_same_on_every_host(world):
    page = world.portal["gangelt"]["de"]["seiten"]["amt"]
    made = []
    for name in (None, "gangelt", None):
        alternates = Alternates(page, request_at(world, name), None, None)
        alternates.update()
        made.append({item["lang"]: item["url"] for item in alternates.alternates})
    assert made[0] == made[1] == made[2]
    assert made[0]["en"] == "https://www.gangelt.example/en/pages/office"


def test_the_selector_stays_in_the_municipality(world):
    page = world.portal["gangelt"]["de"]["seiten"]["amt"]
    for name, top in ((None, "/gangelt"), ("gangelt", "")):
        selector = Selector(page, request_at(world, name), None, None)
        selector.update()
        urls = {row["code"]: row["url"] for row in selector.languages()}
        assert urls["en"] == f"{top}/en/pages/office", name
        # Not translated: the home page in that language, never that of the whole site.
        assert urls["nl"] == f"{top}/nl", name


@implementer(IPublicPage)
class _Page:
    pass


def test_one_thread_shows_each_domain_its_theme(world, monkeypatch):
    from dataclasses import replace
    from heinsberg.portal.municipality import guard
    from heinsberg.portal.municipality import policy
    from heinsberg.portal.municipality import theming
    from types import SimpleNamespace
    from zope.component.hooks import setSite

    setSite(world.portal)
    themes = {name: replace(theming.installed_themes()[name], rules=True) for name in ("gangelt", "selfkant")}
    monkeypatch.setattr(policy, "installed_themes", lambda: themes)
    monkeypatch.setattr(theming, "themes_with_rules", lambda: frozenset(themes))
    seen, keys = [], []
    for domain, name in (("gangelt", "gangelt"), ("selfkant", "selfkant"), (None, "gangelt"), (None, "selfkant")):
        request = request_at(world, domain)
        chain = [world.portal[name]["de"], world.portal[name]] if name else []
        request.other.update(PUBLISHED=_Page(), PARENTS=[*chain, world.portal, world.portal.getPhysicalRoot()])
        guard.after_traversal(SimpleNamespace(request=request))
        chosen = MunicipalityThemingPolicy(request)
        seen.append(chosen.getCurrentTheme())
        keys.append(chosen.getCacheKey())
    assert seen == ["gangelt", "selfkant", "gangelt", "selfkant"]
    assert keys == seen


def test_a_page_of_editors_keeps_plones_theme(world):
    request = request_at(world, "gangelt")
    request.environ["heinsberg.theme"] = "gangelt"
    request.other["PUBLISHED"] = object()
    assert MunicipalityThemingPolicy(request).getCurrentTheme() != "gangelt"
