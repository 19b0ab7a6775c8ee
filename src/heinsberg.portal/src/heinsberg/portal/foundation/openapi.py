"""The description of the REST services: fragments of the rooms, put together to OpenAPI 3.1.

A room describes its services beside them and registers the fragment as a
named utility. Paths begin with the service's name; which places they exist
below says the list of servers.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from heinsberg.portal.foundation.interfaces import IOpenAPIFragment
from typing import Any
from zope.interface import implementer


Json = dict[str, Any]

#: For ``security`` of an operation: visitors, or people who are signed in.
EVERYBODY: list[Json] = [{}]
SIGNED_IN: list[Json] = [{"token": []}, {"basic": []}, {"session": []}]

SECURITY_SCHEMES: Json = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "Token of plone.restapi's @login, on the common address only.",
    },
    "basic": {"type": "http", "scheme": "basic", "description": "User name and password, for scripts of staff."},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__ac",
        "description": "Session of somebody who signed in through the pages.",
    },
}

ERROR: Json = {
    "type": "object",
    "required": ["type", "message"],
    "properties": {
        "type": {"type": "string", "description": "Name of the kind of error; stable, for programs."},
        "message": {"type": "string", "description": "A sentence in the language of the request, for people."},
        "number": {"type": "string", "description": "Number of the request, as it stands in the log."},
        "parameter": {"type": "string", "description": "Name of the query parameter that was refused."},
        "errors": {"type": "array", "items": {"type": "object"}, "description": "What is wrong, by field."},
    },
}

_REFUSALS = {
    400: "Something in the request cannot be used; nothing was changed.",
    401: "Only for people who are signed in.",
    403: "Not for this person.",
    404: "Not here, or not shown to this person.",
    415: "The body is not application/json.",
    500: "An error on our side. The message has no technical detail; the number leads to it in the log.",
}


@implementer(IOpenAPIFragment)
@dataclass(frozen=True)
class Fragment:
    """What a room adds: see IOpenAPIFragment."""

    paths: Mapping[str, Json] = field(default_factory=dict)
    site_paths: Mapping[str, Json] = field(default_factory=dict)
    schemas: Mapping[str, Json] = field(default_factory=dict)


def ref(name: str) -> Json:
    """Return a reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def parameter(name: str, description: str, **schema: Any) -> Json:
    """Return a query parameter; ``schema`` as in JSON Schema, text by default."""
    return {"name": name, "in": "query", "description": description, "schema": {"type": "string"} | schema}


def json_content(schema: Json) -> Json:
    """Return the ``content`` of a body in JSON."""
    return {"application/json": {"schema": schema}}


def operation(
    id: str,
    summary: str,
    description: str,
    answer: Json,
    *,
    tag: str,
    parameters: Iterable[Json] = (),
    body: Json | None = None,
    security: list[Json] = EVERYBODY,
    refusals: Iterable[int] = (400, 404, 500),
) -> Json:
    """Return an operation whose good answer is 200 with ``answer``, or 204 where that is empty."""
    good = {"200": {"description": "The answer.", "content": json_content(answer)}}
    found: Json = {
        "operationId": id,
        "summary": summary,
        "description": description,
        "tags": [tag],
        "security": security,
        "parameters": list(parameters),
        "responses": good if answer else {"204": {"description": "Done."}},
    }
    if body is not None:
        found["requestBody"] = {"required": True, "content": json_content(body)}
    for status in refusals:
        found["responses"][str(status)] = {
            "description": _REFUSALS[status],
            "content": json_content(ref("Error")),
        }
    return found


def server(url: str, description: str) -> Json:
    """Return a place that the services exist below."""
    return {"url": url, "description": description}


def document(
    fragments: Iterable[Any], servers: list[Json], site_server: Json | None, *, title: str, version: str
) -> Json:
    """Return the whole description; ValueError where two rooms describe the same.

    Without ``site_server`` (a municipality's own domain) the services of the
    site alone are left out.
    """
    paths: Json = {}
    schemas: Json = {"Error": ERROR}
    for fragment in fragments:
        _merge(paths, fragment.paths)
        if site_server is not None:
            _merge(paths, {name: {**item, "servers": [site_server]} for name, item in fragment.site_paths.items()})
        _merge(schemas, fragment.schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version, "description": DESCRIPTION},
        "servers": servers,
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": dict(sorted(schemas.items())), "securitySchemes": SECURITY_SCHEMES},
        "tags": [{"name": name} for name in sorted(_tags(paths))],
    }


def _merge(into: Json, more: Mapping[str, Json]) -> None:
    for name, value in more.items():
        if name in into and into[name] != value:
            raise ValueError(f"{name} is described twice")
        into[name] = value


def _tags(paths: Json) -> set[str]:
    return {
        tag
        for item in paths.values()
        for described in item.values()
        if isinstance(described, dict)
        for tag in described.get("tags", ())
    }


DESCRIPTION = (
    "REST services of the portal. Every service is called below a place, with the header "
    "`Accept: application/json`: the portal (all municipalities), or one municipality, at the common "
    "address or at its own domain; the servers list these places. Language folders and content below "
    "a municipality answer the same services. Errors are always JSON with a fitting status."
)
