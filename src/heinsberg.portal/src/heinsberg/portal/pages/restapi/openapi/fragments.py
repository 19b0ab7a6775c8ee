"""Descriptions of ``@openapi`` itself, and of services whose rooms do not describe them themselves."""

from heinsberg.portal.foundation.openapi import Fragment
from heinsberg.portal.foundation.openapi import operation
from heinsberg.portal.foundation.openapi import parameter
from heinsberg.portal.foundation.openapi import ref
from heinsberg.portal.foundation.openapi import SIGNED_IN


OPENAPI = Fragment(
    paths={
        "/@openapi": {
            "get": operation(
                "getOpenAPI",
                "This document",
                "OpenAPI 3.1 of all services of the portal that go beyond plone.restapi.",
                {"type": "object"},
                tag="Portal",
                refusals=(400, 500),
            )
        }
    }
)

_SEARCH_ANSWER = {
    "type": "object",
    "required": ["@id", "items", "items_total"],
    "properties": {
        "@id": {"type": "string"},
        "items_total": {"type": "integer"},
        "items": {"type": "array", "items": {"type": "object"}},
        "batching": {"type": "object"},
    },
}

SEARCH = Fragment(
    paths={
        "/@search": {
            "get": operation(
                "search",
                "plone.restapi's search of all content",
                "As documented by plone.restapi; on a municipality's own domain it finds that municipality "
                "only. For services, use @service-search.",
                ref("SearchAnswer"),
                tag="Search",
                parameters=[
                    parameter("SearchableText", "Words."),
                    parameter("portal_type", "Type of content, such as PublicService."),
                    parameter("b_start", "Number of the first item.", type="integer", minimum=0),
                    parameter("b_size", "Items of a page.", type="integer", minimum=1),
                ],
            )
        }
    },
    schemas={"SearchAnswer": _SEARCH_ANSWER},
)

_ENTRY = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "kind": {"type": "string"},
        "created": {"type": ["string", "null"], "format": "date-time"},
        "due": {"type": ["string", "null"], "format": "date-time"},
        "attempts": {"type": "integer"},
        "leased_until": {"type": ["string", "null"], "format": "date-time"},
        "error": {"type": ["string", "null"]},
        "dead_since": {"type": ["string", "null"], "format": "date-time"},
    },
}

_OUTBOX = {
    "type": "object",
    "properties": {
        "@id": {"type": "string"},
        "worker": {"type": ["object", "null"]},
        "oldest_due": {"type": ["string", "null"], "format": "date-time"},
        "pending_total": {"type": "integer"},
        "pending": {"type": "array", "items": ref("OutboxEntry")},
        "dead_total": {"type": "integer"},
        "dead": {"type": "array", "items": ref("OutboxEntry")},
    },
}

_ACTION = {
    "type": "object",
    "required": ["action", "id"],
    "properties": {
        "action": {"type": "string", "enum": ["retry", "discard"]},
        "id": {"type": "string"},
        "reason": {"type": "string", "description": "Needed to discard."},
    },
}

OUTBOX = Fragment(
    site_paths={
        "/@outbox": {
            "get": operation(
                "getOutbox",
                "What waits to be sent and what was given up",
                "For operators; no payloads.",
                ref("Outbox"),
                tag="Operations",
                security=SIGNED_IN,
                refusals=(401,),
            ),
            "post": operation(
                "steerOutbox",
                "Try an entry again, or discard it",
                "For operators.",
                {},
                tag="Operations",
                body=ref("OutboxAction"),
                security=SIGNED_IN,
                refusals=(400, 401, 404, 415),
            ),
        }
    },
    schemas={"Outbox": _OUTBOX, "OutboxEntry": _ENTRY, "OutboxAction": _ACTION},
)
