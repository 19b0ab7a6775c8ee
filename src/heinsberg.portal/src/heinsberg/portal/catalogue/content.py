"""Content classes: thin, with the guards that hold for form, REST, paste and script alike."""

from Acquisition import aq_base
from Acquisition import aq_inner
from Acquisition import aq_parent
from heinsberg.portal import _
from heinsberg.portal.catalogue.interfaces import ICatalogueContent
from heinsberg.portal.catalogue.interfaces import IGuide
from heinsberg.portal.catalogue.interfaces import IInformationPage
from heinsberg.portal.catalogue.interfaces import ILifeSituation
from heinsberg.portal.catalogue.interfaces import INews
from heinsberg.portal.catalogue.interfaces import IOrganisationalUnit
from heinsberg.portal.catalogue.interfaces import IPublicService
from heinsberg.portal.catalogue.interfaces import ISection
from heinsberg.portal.catalogue.interfaces import IWarning
from heinsberg.portal.catalogue.interfaces import SECTION_TYPES
from plone.dexterity.content import Container
from plone.dexterity.content import Item
from zExceptions import BadRequest
from zope.i18n import translate
from zope.interface import implementedBy
from zope.interface import implementer
from zope.schema import getFields


#: Names that the stock catalog asks every object for; ours have no such values.
_ABSENT = {"start": None, "end": None, "exclude_from_nav": False, "location": "", "getRemoteUrl": None}


def with_defaults(content_class):
    """Class decorator: put defaults of the schema's fields on the class.

    Dexterity looks for an unset field through all schemas and behaviors at
    each access; indexing one object asks a hundred times.
    """
    for schema in implementedBy(content_class):
        for name, field in getFields(schema).items():
            plain = field.default is None or isinstance(field.default, (str, int, bool))
            if plain and not hasattr(content_class, name):
                setattr(content_class, name, field.default)
    for name, value in _ABSENT.items():
        if not hasattr(content_class, name):
            setattr(content_class, name, value)
    return content_class


class _Guarded(Container):
    """A container that takes some types only, whatever way they come in.

    Unordered: an ordering list is one object that every add writes.
    """

    _ordering = "unordered"

    def accepted_types(self) -> tuple[str, ...]:
        """Return the portal types that may lie right inside."""
        raise NotImplementedError

    def allowedContentTypes(self, context=None):
        accepted = self.accepted_types()
        return [fti for fti in super().allowedContentTypes(context) if fti.getId() in accepted]

    def _verifyObjectPaste(self, obj, validate_src=True):
        super()._verifyObjectPaste(obj, validate_src)
        self._check_type(obj)

    def _setObject(self, id, object, *args, **kw):
        self._check_type(object)
        return super()._setObject(id, object, *args, **kw)

    def _check_type(self, obj) -> None:
        portal_type = getattr(aq_base(obj), "portal_type", None)
        if portal_type not in self.accepted_types():
            message = _(
                "This cannot be added here: ${type}.", mapping={"type": portal_type or "?"}
            )
            raise BadRequest(translate(message, context=getattr(self, "REQUEST", None)))


@with_defaults
@implementer(ISection, ICatalogueContent)
class Section(_Guarded):
    """A container for content of one kind."""

    def accepted_types(self):
        return SECTION_TYPES.get(aq_base(self).kind, ())


@with_defaults
@implementer(ILifeSituation, ICatalogueContent)
class LifeSituation(_Guarded):
    """A theme in its section, or a situation inside a theme; no third level."""

    icon = None  # OFS gives every object the icon ''

    def accepted_types(self):
        parent = aq_parent(aq_inner(self))
        nested = getattr(aq_base(parent), "portal_type", None) == "LifeSituation"
        return () if nested else ("LifeSituation",)


@with_defaults
@implementer(IPublicService, ICatalogueContent)
class PublicService(Item):
    """A service; its teaser is its description everywhere in Plone."""

    def Description(self):
        return self.teaser or ""


@with_defaults
@implementer(IOrganisationalUnit, ICatalogueContent)
class OrganisationalUnit(Item):
    """An office."""


@with_defaults
@implementer(INews, ICatalogueContent)
class News(Item):
    """A report."""


@with_defaults
@implementer(IWarning, ICatalogueContent)
class PortalWarning(Item):
    """A notice for a time."""

    def Description(self):
        return self.text or ""


@with_defaults
@implementer(IGuide, ICatalogueContent)
class Guide(Item):
    """A knowledge page."""


@with_defaults
@implementer(IInformationPage, ICatalogueContent)
class InformationPage(Item):
    """A page such as the Impressum."""
