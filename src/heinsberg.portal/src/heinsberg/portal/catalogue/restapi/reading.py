"""Content to JSON: sanitised text, nothing internal for those who may not edit."""

from AccessControl import getSecurityManager
from heinsberg.portal.catalogue import html
from heinsberg.portal.catalogue.interfaces import ICatalogueContent
from heinsberg.portal.interfaces import IPortalLayer
from plone.app.textfield.interfaces import IRichText
from plone.restapi.interfaces import IFieldSerializer
from plone.restapi.interfaces import ISerializeToJson
from plone.restapi.serializer.dxcontent import SerializeFolderToJson
from plone.restapi.serializer.dxcontent import SerializeToJson
from Products.CMFCore.permissions import ModifyPortalContent
from zope.component import adapter
from zope.interface import implementer


#: Names of persons and states of editing.
EDITORIAL = ("lock", "working_copy", "working_copy_of", "allow_discussion", "creators", "contributors")


@implementer(IFieldSerializer)
@adapter(IRichText, ICatalogueContent, IPortalLayer)
class RichTextSerializer:
    """Rich text as the page shows it; portal_transforms is neither needed nor trusted."""

    def __init__(self, field, context, request):
        self.field = field
        self.context = context

    def __call__(self):
        value = getattr(self.context, self.field.__name__, None)
        if value is None:
            return None
        return {
            "data": html.sanitise(html.raw_of(value)),
            "content-type": "text/html",
            "encoding": "utf-8",
        }


def without_editorial(context, result: dict) -> dict:
    """Remove what only editors are to see from a serialised object."""
    if not getSecurityManager().checkPermission(ModifyPortalContent, context):
        for name in EDITORIAL:
            result.pop(name, None)
    return result


@implementer(ISerializeToJson)
@adapter(ICatalogueContent, IPortalLayer)
class ItemSerializer(SerializeToJson):
    """An item of the catalogue as JSON."""

    def __call__(self, *args, **kw):
        return without_editorial(self.context, super().__call__(*args, **kw))



@implementer(ISerializeToJson)
class ContainerSerializer(SerializeFolderToJson):
    """A section or life situation as JSON; children by title, since they have no order."""

    def _build_query(self):
        return super()._build_query() | {"sort_on": "sortable_title"}

    def __call__(self, *args, **kw):
        return without_editorial(self.context, super().__call__(*args, **kw))
