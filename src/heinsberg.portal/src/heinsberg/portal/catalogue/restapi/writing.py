"""JSON to content: whatever is wrong ends in a 400 that names the field, never in a 500."""

from copy import deepcopy
from datetime import date
from heinsberg.portal import _
from heinsberg.portal.catalogue.factory import rich
from heinsberg.portal.catalogue.fields import FieldError
from heinsberg.portal.catalogue.fields import IRows
from heinsberg.portal.catalogue.fields import row_problem
from heinsberg.portal.catalogue.interfaces import ICatalogueContent
from heinsberg.portal.interfaces import IPortalLayer
from plone.app.textfield.interfaces import IRichText
from plone.dexterity.utils import iterSchemata
from plone.restapi.deserializer import json_body
from plone.restapi.deserializer.dxcontent import DeserializeFromJson
from plone.restapi.interfaces import IDeserializeFromJson
from plone.restapi.interfaces import IFieldDeserializer
from zExceptions import BadRequest
from zope.component import adapter
from zope.component import queryMultiAdapter
from zope.interface import implementer
from zope.schema import getFields
from zope.schema import ValidationError
from zope.schema.interfaces import IBool
from zope.schema.interfaces import IChoice
from zope.schema.interfaces import ICollection
from zope.schema.interfaces import IDate
from zope.schema.interfaces import IInt


WRONG_TYPE = _("This is not the kind of value that the field holds.")


@implementer(IDeserializeFromJson)
@adapter(ICatalogueContent, IPortalLayer)
class ContentDeserializer(DeserializeFromJson):
    """As the stock one, after a look at each value: stock lets TypeError and the like through as 500."""

    def __call__(self, validate_all=False, data=None, create=False, **kw):
        data = json_body(self.request) if data is None else data
        self.check_frame(data)
        errors = self.find_crashes(data)
        if errors:
            raise BadRequest(errors)
        return super().__call__(validate_all=validate_all, data=data, create=create, **kw)

    def check_frame(self, data: dict) -> None:
        """Refuse ids and titles that are not text."""
        for name in ("id", "title", "language", "layout", "translation_of"):
            if data.get(name) is not None and not isinstance(data[name], str):
                raise BadRequest([_error(name, WRONG_TYPE)])

    def find_crashes(self, data: dict) -> list[dict]:
        """Return errors for values on which the stock code would break down."""
        errors = []
        for schema in iterSchemata(self.context):
            for name, field in getFields(schema).items():
                if field.readonly or data.get(name) is None:
                    continue
                found = queryMultiAdapter((field, self.context, self.request), IFieldDeserializer)
                try:
                    if found is not None:
                        found(deepcopy(data[name]))
                except (ValueError, ValidationError):
                    continue  # the stock code reports these itself
                except (TypeError, AttributeError, ArithmeticError, LookupError):
                    errors.append(_error(name, WRONG_TYPE))
        return errors


def _error(name: str, message) -> dict:
    return {"field": name, "message": message, "error": "ValidationError"}


@implementer(IFieldDeserializer)
@adapter(IRichText, ICatalogueContent, IPortalLayer)
class RichTextDeserializer:
    """HTML as a string or as {"data": …}; kept as sent, sanitised when read."""

    def __init__(self, field, context, request):
        self.field = field.bind(context)

    def __call__(self, value):
        if isinstance(value, dict):
            kind = value.get("content-type", "text/html")
            if kind not in ("text/html", "text/x-html-safe"):
                raise ValueError("content-type: text/html")
            value = value.get("data", "")
        if not isinstance(value, str):
            raise FieldError(WRONG_TYPE)
        value = rich(value)
        self.field.validate(value)
        return value


@implementer(IFieldDeserializer)
@adapter(IRows, ICatalogueContent, IPortalLayer)
class RowsDeserializer:
    """A list of objects; missing columns get their default, unknown ones are refused."""

    def __init__(self, field, context, request):
        self.field = field.bind(context)

    def __call__(self, value):
        if not isinstance(value, list):
            raise FieldError(_("Send a list of rows."))
        rows = [self.row(number, row) for number, row in enumerate(value, 1)]
        self.field.validate(rows)
        return rows

    def row(self, number: int, sent) -> dict:
        """Return one row with every column converted."""
        if not isinstance(sent, dict):
            raise FieldError(row_problem(number, _("A row is an object with named columns.")))
        row = dict(sent)
        for name, column in self.field.columns():
            if name not in row:
                row[name] = column.default
                continue
            try:
                row[name] = converted(column, row[name])
            except (ValueError, TypeError) as exc:
                raise FieldError(row_problem(number, WRONG_TYPE, column.title)) from exc
        return row


def converted(column, value):
    """Return a JSON value as the column stores it; ValueError or TypeError where it cannot be."""
    if value is None or value == "":
        return None
    if isinstance(value, dict) and set(value) <= {"token", "title"} and "token" in value:
        value = value["token"]
    if IBool.providedBy(column):
        if not isinstance(value, bool):
            raise TypeError(value)
        return value
    if IInt.providedBy(column):
        if isinstance(value, bool) or not isinstance(value, (int, str)):
            raise TypeError(value)
        return int(value)
    if IDate.providedBy(column):
        return date.fromisoformat(value)
    if IChoice.providedBy(column):
        return _choice(column, value)
    if ICollection.providedBy(column):
        if not isinstance(value, list):
            raise TypeError(value)
        return [converted(column.value_type, item) for item in value]
    if not isinstance(value, str):
        raise TypeError(value)
    return value.strip() or None


def _choice(column, value):
    """Return the stored value of a term given by value or token."""
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        raise TypeError(value)
    terms = {term.token: term.value for term in column.vocabulary}
    return terms.get(str(value), value)
