"""What other rooms may rely on: types, schemas, fixed names."""

from heinsberg.portal.catalogue.schemas.pages import IGuide
from heinsberg.portal.catalogue.schemas.pages import IInformationPage
from heinsberg.portal.catalogue.schemas.pages import INews
from heinsberg.portal.catalogue.schemas.pages import ISection
from heinsberg.portal.catalogue.schemas.pages import IWarning
from heinsberg.portal.catalogue.schemas.places import ILifeSituation
from heinsberg.portal.catalogue.schemas.places import IOrganisationalUnit
from heinsberg.portal.catalogue.schemas.service import IPublicService
from zope.interface import Interface


__all__ = [
    "CONTENT_TYPES",
    "ICatalogueContent",
    "IGuide",
    "IInformationPage",
    "ILifeSituation",
    "INews",
    "IOrganisationalUnit",
    "IPublicService",
    "ISection",
    "IWarning",
    "SECTION_IDS",
    "SECTION_TYPES",
    "WORKFLOW",
]


class ICatalogueContent(Interface):
    """Marker of all content of this room."""


WORKFLOW = "heinsberg_content_workflow"

#: What a Section of a kind may hold.
SECTION_TYPES = {
    "services": ("PublicService",),
    "life_situations": ("LifeSituation",),
    "units": ("OrganisationalUnit",),
    "news": ("News",),
    "warnings": ("Warning",),
    "guides": ("Guide",),
    "pages": ("InformationPage",),
}

CONTENT_TYPES = ("Section", *(name for names in SECTION_TYPES.values() for name in names))

#: Ids of the sections below a language folder; short words that people can read in an address.
SECTION_IDS = {
    "de": {
        "services": "leistungen",
        "life_situations": "lebenslagen",
        "units": "aemter",
        "news": "aktuelles",
        "warnings": "hinweise",
        "guides": "ratgeber",
        "pages": "seiten",
    },
    "en": {
        "services": "services",
        "life_situations": "life-situations",
        "units": "offices",
        "news": "news",
        "warnings": "notices",
        "guides": "guides",
        "pages": "pages",
    },
    "nl": {
        "services": "diensten",
        "life_situations": "levenssituaties",
        "units": "kantoren",
        "news": "nieuws",
        "warnings": "meldingen",
        "guides": "gidsen",
        "pages": "paginas",
    },
}
