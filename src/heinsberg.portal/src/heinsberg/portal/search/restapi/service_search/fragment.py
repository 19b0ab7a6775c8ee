"""How ``@service-search`` is described."""

from heinsberg.portal.foundation.openapi import Fragment
from heinsberg.portal.foundation.openapi import operation
from heinsberg.portal.foundation.openapi import parameter
from heinsberg.portal.foundation.openapi import ref
from heinsberg.portal.municipality.interfaces import LANGUAGES
from heinsberg.portal.search.query import LENGTH
from heinsberg.portal.search.restapi.service_search.get import EXECUTED_BY
from heinsberg.portal.search.restapi.service_search.get import FURTHEST
from heinsberg.portal.search.restapi.service_search.get import LARGEST
from heinsberg.portal.search.restapi.service_search.get import SIZE
from heinsberg.portal.search.restapi.service_search.get import TARGET_GROUPS


HIT = {
    "type": "object",
    "required": [
        "@id", "key", "title", "teaser", "municipality", "executed_by", "online", "trust",
        "leistungsschluessel", "language", "life_situations",
    ],
    "properties": {
        "@id": {"type": "string", "format": "uri", "description": "Address of the service's page."},
        "key": {"type": "string", "description": "The same in every language and municipality."},
        "title": {"type": "string"},
        "teaser": {"type": "string"},
        "municipality": {"oneOf": [ref("MunicipalityName"), {"type": "null"}]},
        "executed_by": {"type": "string", "enum": list(EXECUTED_BY), "description": "own: the municipality itself."},
        "online": {"type": "boolean", "description": "Whether it can be done online now."},
        "trust": {
            "type": ["string", "null"],
            "enum": ["none", "low", "substantial", "high", None],
            "description": "Lowest level of trust in the applicant's identity; null where it is not known.",
        },
        "leistungsschluessel": {"type": "string", "description": "14 digits of the LeiKa, or empty."},
        "language": {"type": "string", "enum": list(LANGUAGES), "description": "de where no translation exists."},
        "life_situations": {"type": "array", "items": {"type": "string"}},
    },
}  # fmt: skip

LINK = {"type": "string", "format": "uri"}

ANSWER = {
    "type": "object",
    "required": ["@id", "items_total", "items", "partial"],
    "properties": {
        "@id": LINK,
        "items_total": {"type": "integer", "minimum": 0},
        "partial": {"type": "boolean", "description": "No service has all the words; these have some of them."},
        "items": {"type": "array", "items": ref("ServiceHit")},
        "batching": {
            "type": "object",
            "required": ["@id", "first", "last"],
            "properties": {name: LINK for name in ("@id", "first", "last", "next", "prev")},
            "description": "Only where there is more than one page.",
        },
    },
}

PARAMETERS = [
    parameter("SearchableText", "Words; an entry with all of them, else with some. Title counts most.", maxLength=LENGTH),
    parameter("life_situation", "Key of a life situation or theme.", maxLength=100),
    parameter("unit", "Key of an office: responsible, or taking applications.", maxLength=100),
    parameter("target_group", "For whom.", enum=list(TARGET_GROUPS)),
    parameter("online", "Only what can, or only what cannot be done online now.", type="boolean"),
    parameter("executed_by", "Who executes it.", enum=list(EXECUTED_BY)),
    parameter("leistungsschluessel", "Key of the LeiKa.", pattern="^[0-9]{14}$"),
    parameter("lang", "Language of the texts; by default that of the language folder, else German.", enum=list(LANGUAGES)),
    parameter("b_start", "Number of the first item.", type="integer", minimum=0, maximum=FURTHEST, default=0),
    parameter("b_size", "Items of a page.", type="integer", minimum=1, maximum=LARGEST, default=SIZE),
]

FRAGMENT = Fragment(
    paths={
        "/@service-search": {
            "get": operation(
                "searchServices",
                "Search services",
                "Published services in force, best first; by title where no words are given. Parameters "
                "that are not named here are refused.",
                ref("ServiceHits"),
                tag="Search",
                parameters=PARAMETERS,
            )
        }
    },
    schemas={"ServiceHit": HIT, "ServiceHits": ANSWER},
)
