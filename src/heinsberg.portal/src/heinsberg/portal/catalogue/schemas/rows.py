"""Rows of tables inside a service or an office: plain dicts with these columns."""

from heinsberg.portal import _
from heinsberg.portal.catalogue import rules
from heinsberg.portal.catalogue import terms
from heinsberg.portal.catalogue.fields import ClockTime
from heinsberg.portal.catalogue.fields import Money
from heinsberg.portal.catalogue.fields import WebAddress
from plone.autoform import directives
from plone.supermodel import model
from z3c.form.browser.checkbox import CheckBoxFieldWidget
from zope import schema
from zope.interface import Interface
from zope.interface import Invalid
from zope.interface import invariant


class IDocumentRow(Interface):
    """A document that the person has to bring."""

    title = schema.TextLine(title=_("Document"), max_length=300)
    description = schema.Text(title=_("Explanation"), required=False, max_length=2000)
    required = schema.Bool(title=_("Required"), required=False, default=True)


class ICostRow(Interface):
    """A fee or another cost."""

    label = schema.TextLine(title=_("What for"), max_length=300)
    kind = schema.Choice(title=_("Kind"), vocabulary=terms.COST_KINDS, default="fixed")
    amount = Money(title=_("Amount in euros"), required=False)
    amount_to = Money(title=_("Up to (only for from – to)"), required=False)
    period = schema.Choice(title=_("How often"), vocabulary=terms.PERIODS, required=False)
    note = schema.TextLine(title=_("Note"), required=False, max_length=500)

    @invariant
    def amounts(data):
        """A fixed cost has an amount, and a range does not end below its beginning."""
        if data.kind == "fixed" and not data.amount:
            raise Invalid(_("A fixed amount needs a number; choose “free of charge” if there is none."))
        low, high = rules.parse_amount(data.amount), rules.parse_amount(data.amount_to)
        if low is not None and high is not None and high < low:
            raise Invalid(_("The higher amount is below the lower one."))


class IDeadlineRow(Interface):
    """A period or date to keep."""

    label = schema.TextLine(title=_("What for"), max_length=300)
    kind = schema.Choice(title=_("Kind"), vocabulary=terms.DEADLINE_KINDS, default="within")
    duration = schema.Int(title=_("Number"), required=False, min=1, max=999)
    unit = schema.Choice(title=_("Unit"), vocabulary=terms.UNITS_OF_TIME, required=False)
    note = schema.TextLine(title=_("Note"), required=False, max_length=500)

    @invariant
    def complete(data):
        """A period has a number and a unit."""
        if data.kind in ("within", "before") and bool(data.duration) != bool(data.unit):
            raise Invalid(_("A period needs a number and a unit."))


class ILawRow(Interface):
    """A legal basis; the link leads to the text of the law."""

    title = schema.TextLine(title=_("Law and section"), max_length=300)
    url = WebAddress(title=_("Link"), required=False)


class ILinkRow(Interface):
    """A link with its text."""

    title = schema.TextLine(title=_("Text of the link"), max_length=300)
    url = WebAddress(title=_("Link"))


class IOnlineServiceRow(Interface):
    """A way to do it online."""

    title = schema.TextLine(title=_("Text of the link"), max_length=300)
    url = WebAddress(title=_("Link"))
    kind = schema.Choice(title=_("Kind"), vocabulary=terms.ONLINE_KINDS, default="application")


class IOpeningRow(model.Schema):
    """Opening hours on one or more days of the week."""

    directives.widget("days", CheckBoxFieldWidget)
    days = schema.List(
        title=_("Days"), value_type=schema.Choice(vocabulary=terms.WEEKDAYS), min_length=1
    )
    opens = ClockTime(title=_("Opens"))
    closes = ClockTime(title=_("Closes"))
    week_of_month = schema.Choice(
        title=_("Only in this week of the month"), vocabulary=terms.WEEKS_OF_MONTH, required=False
    )
    appointment_only = schema.Bool(title=_("By appointment only"), required=False, default=False)
    note = schema.TextLine(title=_("Note"), required=False, max_length=300)

    @invariant
    def order(data):
        """Closing comes after opening on the same day."""
        opens, closes = rules.parse_clock(data.opens), rules.parse_clock(data.closes)
        if opens is not None and closes is not None and closes <= opens:
            raise Invalid(_("Closing time must be after opening time; use 24:00 for midnight."))


class IExceptionRow(Interface):
    """Days on which the opening hours differ."""

    date_from = schema.Date(title=_("From"))
    date_to = schema.Date(title=_("To (empty: one day)"), required=False)
    closed = schema.Bool(title=_("Closed"), required=False, default=True)
    opens = ClockTime(title=_("Opens"), required=False)
    closes = ClockTime(title=_("Closes"), required=False)
    reason = schema.TextLine(title=_("Reason"), required=False, max_length=300)

    @invariant
    def order(data):
        """The end does not come before the beginning, and open days have both times."""
        if data.date_from and data.date_to and data.date_to < data.date_from:
            raise Invalid(_("The last day is before the first day."))
        if data.closed:
            return
        opens, closes = rules.parse_clock(data.opens), rules.parse_clock(data.closes)
        if opens is None or closes is None:
            raise Invalid(_("Enter both times, or tick “Closed”."))
        if closes <= opens:
            raise Invalid(_("Closing time must be after opening time; use 24:00 for midnight."))
