"""How ``@life-situations`` is described."""

from heinsberg.portal.foundation.openapi import Fragment
from heinsberg.portal.foundation.openapi import operation
from heinsberg.portal.foundation.openapi import parameter
from heinsberg.portal.foundation.openapi import ref
from heinsberg.portal.municipality.interfaces import LANGUAGES


ENTRY = {
    "type": "object",
    "required": ["@id", "key", "title", "language", "services_total", "items"],
    "properties": {
        "@id": {"type": "string", "format": "uri", "description": "Address of the page."},
        "key": {"type": "string", "description": "The same in every language and municipality; filter of @service-search."},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "icon": {"type": "string", "description": "Name of an icon, empty where there is none."},
        "audience": {"type": "array", "items": {"type": "string", "enum": ["citizen", "business"]}},
        "language": {
            "type": "string",
            "enum": list(LANGUAGES),
            "description": "de where no translation into the wanted language exists.",
        },
        "services_total": {"type": "integer", "minimum": 0, "description": "Published services; a theme counts each once."},
        "items": {"type": "array", "items": ref("LifeSituation"), "description": "Situations of a theme."},
    },
}

ANSWER = {
    "type": "object",
    "required": ["@id", "municipality", "language", "items"],
    "properties": {
        "@id": {"type": "string", "format": "uri"},
        "municipality": {"oneOf": [ref("MunicipalityName"), {"type": "null"}]},
        "language": {"type": "string", "enum": list(LANGUAGES)},
        "items": {"type": "array", "items": ref("LifeSituation"), "description": "Themes in their order."},
    },
}

MUNICIPALITY = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
}

FRAGMENT = Fragment(
    paths={
        "/@life-situations": {
            "get": operation(
                "getLifeSituations",
                "Tree of themes and life situations",
                "The tree of the municipality; of the Kreis when asked at the portal itself.",
                ref("LifeSituations"),
                tag="Catalogue",
                parameters=[
                    parameter(
                        "lang",
                        "Language of the texts; by default that of the language folder, else German.",
                        enum=list(LANGUAGES),
                    )
                ],
            )
        }
    },
    schemas={"LifeSituation": ENTRY, "LifeSituations": ANSWER, "MunicipalityName": MUNICIPALITY},
)
