"""@openapi: valid OpenAPI 3.1, and exactly the services that are registered."""

from heinsberg.portal.foundation.interfaces import IOpenAPIFragment
from heinsberg.portal.foundation.openapi import document
from heinsberg.portal.foundation.openapi import Fragment
from heinsberg.portal.foundation.openapi import server
from heinsberg.portal.foundation.settings import override
from heinsberg.portal.interfaces import IPortalLayer
from openapi_spec_validator import OpenAPIV31SpecValidator
from plone.rest.interfaces import IService
from plone.rest.negotiation import lookup_service_id
from zope.component import getGlobalSiteManager
from zope.component import getUtilitiesFor

import json
import pytest


METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")
COMMON = "https://portal.example"


def registries():
    """Return the global registry and those it is stacked on, as tests do."""
    found = [getGlobalSiteManager()]
    for registry in found:
        found.extend(base for base in registry.__bases__ if base not in found)
    return found


def registered() -> set[tuple[str, str]]:
    """Return (name, method) of every plone:service of this package."""
    ids = {lookup_service_id(method, "application/json"): method for method in METHODS}
    found = set()
    for registry in registries():
        for registration in registry.registeredAdapters():
            factory = registration.factory
            if not (isinstance(factory, type) and IService.implementedBy(factory)):
                continue
            ours = any(base.__module__.startswith("heinsberg.portal.") for base in factory.__mro__)
            for service_id, method in ids.items():
                if ours and service_id and registration.name.startswith(service_id):
                    found.add((registration.name.removeprefix(service_id), method))
    return found


def fragments():
    return [utility for _name, utility in sorted(getUtilitiesFor(IOpenAPIFragment))]


def whole():
    site = server(COMMON, "The portal")
    return document(fragments(), [site], site, title="Portal", version="1")


def described() -> set[tuple[str, str]]:
    return {
        (path.rpartition("/")[2], method.upper())
        for path, item in whole()["paths"].items()
        for method in item
        if method.upper() in METHODS
    }


def test_every_service_is_described_and_every_description_is_served(integration):
    assert registered() == described()
    assert ("@openapi", "GET") in registered()


def test_every_service_is_bound_to_the_layer(integration):
    for registry in registries():
        for registration in registry.registeredAdapters():
            factory = registration.factory
            if isinstance(factory, type) and IService.implementedBy(factory):
                if any(base.__module__.startswith("heinsberg.portal.") for base in factory.__mro__):
                    assert registration.required[1] is IPortalLayer


def test_the_document_is_valid(integration):
    OpenAPIV31SpecValidator(whole()).validate()
    json.dumps(whole())


def test_operation_ids_are_unique_and_texts_are_there(integration):
    operations = [
        described
        for item in whole()["paths"].values()
        for described in item.values()
        if isinstance(described, dict)
    ]
    ids = [one["operationId"] for one in operations]
    assert len(ids) == len(set(ids))
    assert all(one["summary"] and one["description"] and one["tags"] for one in operations)


def test_parameters_are_those_that_the_services_read(integration):
    from heinsberg.portal.catalogue.restapi.life_situations.get import LifeSituations
    from heinsberg.portal.search.restapi.service_search.get import ServiceSearch

    paths = whole()["paths"]
    for name, service in (("/@life-situations", LifeSituations), ("/@service-search", ServiceSearch)):
        assert [one["name"] for one in paths[name]["get"]["parameters"]] == list(service.parameters)


def test_two_rooms_cannot_describe_the_same_differently():
    one, other = Fragment(schemas={"X": {"type": "string"}}), Fragment(schemas={"X": {"type": "object"}})
    with pytest.raises(ValueError, match="X"):
        document([one, other], [], None, title="x", version="1")
    document([one, one], [], None, title="x", version="1")


@pytest.fixture
def ask(integration):
    """Call the service at a context of the site."""
    from heinsberg.portal.pages.restapi.openapi.get import OpenAPI
    from zope.interface import alsoProvides

    request = integration["request"]
    alsoProvides(request, IPortalLayer)

    def call(context, root=None):
        if root is not None:
            request.other["VirtualRootPhysicalPath"] = root
        service = OpenAPI()
        service.context, service.request = context, request
        with override(portal_url=COMMON):
            return service.reply()

    return call


@pytest.fixture
def gangelt(integration):
    from plone.app.testing import setRoles
    from plone.app.testing import TEST_USER_ID
    from plone.dexterity.utils import createContentInContainer

    portal = integration["portal"]
    setRoles(portal, TEST_USER_ID, ["Manager"])
    return createContentInContainer(
        portal, "Municipality", id="gangelt", title="Gangelt", kind="gemeinde", ags="05370008", ars="053700008008",
        postal_codes=["52538"], street="Burgstraße 10", postal_code="52538", city="Gangelt",
        email="info@gangelt.example", domains=["www.gangelt.example"],
    )  # fmt: skip


def test_servers_are_the_canonical_addresses(ask, integration, gangelt):
    answer = ask(integration["portal"])
    OpenAPIV31SpecValidator(answer).validate()
    assert [one["url"] for one in answer["servers"]] == [COMMON, "https://www.gangelt.example"]
    assert answer["paths"]["/@outbox"]["servers"] == [{"url": COMMON, "description": "The portal: all municipalities"}]


def test_a_domain_names_itself_only(ask, gangelt):
    answer = ask(gangelt, gangelt.getPhysicalPath())
    OpenAPIV31SpecValidator(answer).validate()
    assert [one["url"] for one in answer["servers"]] == ["https://www.gangelt.example"]
    assert "/@outbox" not in answer["paths"]
    assert COMMON not in json.dumps(answer)
