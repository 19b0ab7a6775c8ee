"""OrganisationalUnit and LifeSituation."""

from collective.z3cform.datagridfield.blockdatagridfield import BlockDataGridFieldFactory
from heinsberg.portal import _
from heinsberg.portal.catalogue import terms
from heinsberg.portal.catalogue.fields import html
from heinsberg.portal.catalogue.fields import MailAddress
from heinsberg.portal.catalogue.fields import PhoneNumber
from heinsberg.portal.catalogue.fields import Rows
from heinsberg.portal.catalogue.fields import same_in_all_languages
from heinsberg.portal.catalogue.fields import Slug
from heinsberg.portal.catalogue.fields import WebAddress
from heinsberg.portal.catalogue.schemas import rows
from plone.autoform import directives
from plone.supermodel import model
from zope import schema


class IOrganisationalUnit(model.Schema):
    """An office of an authority: where it is, how to reach it, when it is open."""

    title = schema.TextLine(title=_("Name"), description=_("For example Bürgerbüro."), max_length=200)
    description = schema.Text(
        title=_("Description"),
        description=_("One or two sentences: what it is there for."),
        required=False,
        max_length=1000,
    )
    text = html(title=_("Text"), description=_("What else visitors should know."))

    model.fieldset(
        "contact",
        label=_("Address and contact"),
        fields=[
            "street", "postal_code", "city", "phone", "fax", "email", "website",
            "latitude", "longitude",
        ],
    )  # fmt: skip
    street = schema.TextLine(title=_("Street and number"), required=False, max_length=200)
    postal_code = schema.TextLine(title=_("Postal code"), required=False, max_length=10)
    city = schema.TextLine(title=_("Place"), required=False, max_length=100)
    phone = PhoneNumber(
        title=_("Telephone"), description=_("For example 02452 13-0."), required=False, max_length=40
    )
    fax = PhoneNumber(title=_("Fax"), required=False, max_length=40)
    email = MailAddress(
        title=_("E-mail"),
        description=_("A mailbox of the office, not of a person."),
        required=False,
        max_length=254,
    )
    website = WebAddress(title=_("Website"), required=False)
    latitude = schema.Float(title=_("Latitude"), required=False, min=-90.0, max=90.0)
    longitude = schema.Float(title=_("Longitude"), required=False, min=-180.0, max=180.0)

    model.fieldset(
        "hours",
        label=_("Opening hours"),
        fields=["opening_hours", "opening_exceptions", "appointment"],
    )
    directives.widget("opening_hours", BlockDataGridFieldFactory)
    opening_hours = Rows(
        rows.IOpeningRow,
        title=_("Opening hours"),
        description=_("One row for each stretch of time; several days can share a row."),
    )
    directives.widget("opening_exceptions", BlockDataGridFieldFactory)
    opening_exceptions = Rows(
        rows.IExceptionRow,
        title=_("Other hours on single days"),
        description=_("Staff outings, carnival, between the years. Public holidays are known already."),
    )
    appointment = schema.Choice(
        title=_("Appointment"),
        vocabulary=terms.APPOINTMENTS,
        required=False,
        default="none",
    )

    model.fieldset(
        "building", label=_("Building"), fields=["accessibility", "building_notes"]
    )
    accessibility = schema.Text(
        title=_("Accessibility of the building"),
        description=_("Steps, lift, doors, toilet, parking, induction loop."),
        required=False,
        max_length=2000,
    )
    building_notes = schema.Text(
        title=_("How to get there"),
        description=_("Entrance, floor, bus stop, parking."),
        required=False,
        max_length=2000,
    )

    model.fieldset("keys", label=_("Keys and origin"), fields=["key", "parent_unit", "level", "demo"])
    key = Slug(
        title=_("Key"),
        description=_("Stays the same in all languages and municipalities. Empty: taken from the address."),
        required=False,
    )
    parent_unit = schema.Choice(
        title=_("Belongs to"),
        description=_("The office above this one."),
        vocabulary="heinsberg.portal.Units",
        required=False,
    )
    level = schema.Choice(
        title=_("Administrative level"), vocabulary=terms.LEVELS, required=False, default="municipality"
    )
    demo = schema.Bool(
        title=_("Demonstration"),
        description=_("The page says that this is an example."),
        required=False,
        default=False,
    )


class ILifeSituation(model.Schema):
    """A theme (Themenfeld), or a situation in life (Lage) inside a theme."""

    title = schema.TextLine(title=_("Title"), max_length=200)
    description = schema.Text(
        title=_("Description"),
        description=_("One introducing sentence that helps the reader."),
        required=False,
        max_length=1000,
    )
    text = html(title=_("Text"), description=_("Guidance before the list of services."))
    checklist = schema.List(
        title=_("Checklist"),
        description=_("One thing to do per line."),
        value_type=schema.TextLine(max_length=500),
        required=False,
    )

    model.fieldset(
        "order",
        label=_("Order of services"),
        fields=["order_before", "order_at", "order_after"],
        description=_("Keys of services, one per line. Services without a place follow by name."),
    )
    order_before = schema.List(title=_("Before"), value_type=Slug(), required=False)
    order_at = schema.List(title=_("At the time"), value_type=Slug(), required=False)
    order_after = schema.List(title=_("Afterwards"), value_type=Slug(), required=False)

    model.fieldset(
        "keys",
        label=_("Keys and origin"),
        fields=["key", "official_name", "icon", "audience", "related", "position"],
    )
    key = Slug(
        title=_("Key"),
        description=_("Stays the same in all languages and municipalities. Empty: taken from the address."),
        required=False,
    )
    official_name = schema.TextLine(
        title=_("Official name"),
        description=_("Themenfeld or Lage exactly as the catalogue writes it."),
        required=False,
        max_length=200,
    )
    icon = schema.Choice(title=_("Icon"), vocabulary=terms.ICONS, required=False)
    audience = schema.List(
        title=_("For whom"),
        value_type=schema.Choice(vocabulary=terms.TARGET_GROUPS),
        required=False,
    )
    related = schema.List(
        title=_("Related life situations"),
        value_type=schema.Choice(vocabulary="heinsberg.portal.LifeSituations"),
        required=False,
    )
    position = schema.Int(
        title=_("Position"),
        description=_("Small numbers come first; without a number by name."),
        required=False,
        min=0,
        max=999,
    )


same_in_all_languages(IOrganisationalUnit, "key", "parent_unit", "level", "demo")
same_in_all_languages(
    ILifeSituation,
    "order_before", "order_at", "order_after", "key", "official_name", "icon", "audience",
    "related", "position",
)  # fmt: skip
