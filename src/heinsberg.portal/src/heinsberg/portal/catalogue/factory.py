"""Fast creation of content for seeds and imports: one index run per object, every event fired."""

from heinsberg.portal.catalogue.fields import IRows
from heinsberg.portal.catalogue.interfaces import WORKFLOW
from OFS.event import ObjectWillBeAddedEvent
from plone.app.multilingual.interfaces import ITranslationManager
from plone.app.textfield.interfaces import IRichText
from plone.app.textfield.value import RichTextValue
from plone.dexterity.interfaces import IDexterityFTI
from plone.dexterity.utils import iterSchemataForType
from Products.CMFCore.utils import getToolByName
from zope.component import createObject
from zope.component import getUtility
from zope.container.contained import ObjectAddedEvent
from zope.event import notify
from zope.lifecycleevent import ObjectCreatedEvent
from zope.schema import getFields
from zope.schema import ValidationError
from zope.schema.interfaces import ICollection


def create(container, portal_type: str, id: str, *, publish: bool = False, **fields):
    """Create, fill, add and (if asked) publish an object; return it.

    Text for a rich text field is given as HTML, rows as dicts, of which
    missing columns are filled. Unknown names raise TypeError. Values are not
    validated: call ``problems`` where they come from outside. A key (field
    ``key``) should be given: without one it is looked up whether it is free.

    The object's own events are fired; that the container was modified is not
    announced, since that reindexes the container and its translations each time.
    """
    fti = getUtility(IDexterityFTI, name=portal_type)
    obj = createObject(fti.factory)
    obj.portal_type = portal_type
    obj.id = id
    schemas = list(iterSchemataForType(portal_type))
    language = fields.pop("language", None)
    for schema in schemas:
        adapted = None
        for name in [name for name in fields if name in schema]:
            adapted = schema(obj) if adapted is None else adapted
            setattr(adapted, name, prepared(schema[name], fields.pop(name)))
    if fields:
        raise TypeError(f"{portal_type} has no field {', '.join(sorted(fields))}")
    obj.language = language or getattr(container, "language", "") or ""
    notify(ObjectCreatedEvent(obj))
    notify(ObjectWillBeAddedEvent(obj, container, id))
    container._setObject(id, obj, suppress_events=True)
    obj = container._getOb(id)
    notify(ObjectAddedEvent(obj, container, id))
    if publish:
        getToolByName(container, "portal_workflow").doActionFor(obj, "publish", wf_id=WORKFLOW)
    return obj


def prepared(field, value):
    """Return a plain value in the form the field stores."""
    if value is None:
        return None
    if IRichText.providedBy(field):
        return value if isinstance(value, RichTextValue) else rich(value)
    if IRows.providedBy(field):
        return [filled_row(field, row) for row in value]
    if ICollection.providedBy(field):
        return field._type(value)
    return value


def rich(html: str) -> RichTextValue:
    """Return HTML as the value of a rich text field."""
    return RichTextValue(html, "text/html", "text/x-html-safe")


def filled_row(field, row: dict) -> dict:
    """Return a row with every column, missing ones at their default."""
    return {name: column.default for name, column in field.columns()} | row


def problems(obj) -> list[tuple[str, str]]:
    """Return (field, sentence) for every value that the form would refuse."""
    found = []
    for schema in iterSchemataForType(obj.portal_type):
        for name, field in getFields(schema).items():
            if field.readonly:
                continue
            try:
                field.bind(obj).validate(getattr(schema(obj), name, None))
            except ValidationError as exc:
                found.append((name, str(exc.doc())))
    return found


def translate_as(canonical, translation, language: str) -> None:
    """Say that an object is the translation of another; call it once both exist."""
    manager = ITranslationManager(canonical)
    if not manager.has_translation(language):
        manager.register_translation(language, translation)
