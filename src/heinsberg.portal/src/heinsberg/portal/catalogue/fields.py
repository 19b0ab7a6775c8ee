"""Field classes whose errors say what to type instead."""

from collective.z3cform.datagridfield.row import DictRow
from heinsberg.portal import _
from heinsberg.portal.catalogue import rules
from plone.app.multilingual.dx.interfaces import ILanguageIndependentField
from plone.app.textfield import RichText
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.interface import Invalid
from zope.schema import getFieldsInOrder
from zope.schema import List
from zope.schema import TextLine
from zope.schema import ValidationError
from zope.schema.interfaces import IList


class FieldError(ValidationError):
    """A value was refused; the first argument is the sentence the reader gets."""

    def doc(self):
        return self.args[0]


class CheckedLine(TextLine):
    """A line of text with a rule: ``check`` returns false when the value is wrong."""

    message = _("This value is not valid.")

    def check(self, value: str) -> bool:
        raise NotImplementedError

    def _validate(self, value):
        super()._validate(value)
        if value and not self.check(value):
            raise FieldError(self.message)


class Money(CheckedLine):
    """An amount in euros as typed, ``28,80`` or ``28.80``; read with rules.parse_amount."""

    message = _("Write an amount in euros like 28,80 – digits only, at most two after the comma.")

    def check(self, value):
        return rules.parse_amount(value) is not None


class WebAddress(CheckedLine):
    """An absolute http or https address."""

    message = _("A web address begins with https:// or http:// and has no spaces.")

    def check(self, value):
        return rules.is_web_address(value)


class ClockTime(CheckedLine):
    """A time of day, ``08:00``; ``24:00`` is the end of the day."""

    message = _("Write a time like 08:00.")

    def check(self, value):
        return rules.parse_clock(value) is not None


class Slug(CheckedLine):
    """A key of lower-case letters, digits and hyphens."""

    message = _("A key has lower-case letters a to z, digits and hyphens only, for example hund-anmelden.")

    def check(self, value):
        return rules.is_slug(value)


class ServiceKey(CheckedLine):
    """A Leistungsschlüssel of the service catalogue (FIM/LeiKa)."""

    message = _("A Leistungsschlüssel has 14 digits and begins with 99, for example 99008001012000.")

    def check(self, value):
        return rules.is_service_key(value)


class PhoneNumber(CheckedLine):
    """A telephone number as people write it."""

    message = _("Write a telephone number with digits, spaces and + ( ) / - only, for example 02452 13-0.")

    def check(self, value):
        return rules.phone_link(value) is not None


class MailAddress(CheckedLine):
    """One e-mail address."""

    message = _("Write one e-mail address like info@example.de.")

    def check(self, value):
        return rules.is_mail_address(value)


class IRows(IList):
    """A list of rows, each a plain dict with the columns of a schema."""


class _Row:
    """A row as an object, for invariants."""

    def __init__(self, row: dict) -> None:
        self.__dict__.update(row)

    def __getattr__(self, name):
        return None


@implementer(IRows)
class Rows(List):
    """A list of plain dicts, described by the schema of a row."""

    def __init__(self, row_schema=None, **kw):
        kw.setdefault("required", False)
        kw.setdefault("value_type", DictRow(title=kw.get("title"), schema=row_schema))
        super().__init__(**kw)

    @property
    def row_schema(self):
        return self.value_type.schema

    def columns(self) -> list[tuple[str, object]]:
        """Return (name, field) of each column in order."""
        return getFieldsInOrder(self.row_schema)

    def _validate(self, value):
        for number, row in enumerate(value or (), 1):
            self.check_row(number, row)
        super()._validate(value)

    def check_row(self, number: int, row) -> None:
        """Raise FieldError naming row and column, before the general check, which names neither."""
        if not isinstance(row, dict):
            raise FieldError(row_problem(number, _("A row is an object with named columns.")))
        known = dict(self.columns())
        for name in row:
            if name not in known:
                raise FieldError(row_problem(number, _("There is no such column."), str(name)[:40]))
        for name, column in known.items():
            try:
                column.bind(None).validate(row.get(name))
            except ValidationError as exc:
                raise FieldError(row_problem(number, exc.doc(), column.title)) from exc
        try:
            self.row_schema.validateInvariants(_Row(row))
        except Invalid as exc:
            raise FieldError(row_problem(number, exc.args[0])) from exc


def row_problem(number: int, problem, column=None):
    """Return the sentence for something wrong in a row (counted from 1)."""
    if column is None:
        return _("Row ${row}: ${problem}", mapping={"row": number, "problem": problem})
    return _(
        "Row ${row}, ${column}: ${problem}",
        mapping={"row": number, "column": column, "problem": problem},
    )


def same_in_all_languages(schema, *names: str) -> None:
    """Mark fields whose value is copied to all translations: keys and codes only.

    Not by the directive of plone.app.multilingual: it is lost where a schema
    is imported before that package's ZCML is loaded.
    """
    for name in names:
        alsoProvides(schema[name], ILanguageIndependentField)


def html(**kw) -> RichText:
    """Return a rich text field; what it holds is sanitised whenever it is read."""
    return RichText(
        required=False,
        default_mime_type="text/html",
        output_mime_type="text/x-html-safe",
        allowed_mime_types=("text/html",),
        max_length=100_000,
        **kw,
    )
