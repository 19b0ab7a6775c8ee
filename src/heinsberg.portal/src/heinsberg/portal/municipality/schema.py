"""The form of a municipality: what its editors and administrators fill in."""

from collective.z3cform.datagridfield.datagridfield import DataGridFieldFactory
from collective.z3cform.datagridfield.row import DictRow
from heinsberg.portal import _
from heinsberg.portal.municipality import palette
from heinsberg.portal.municipality import rules
from plone.autoform import directives
from plone.namedfile.field import NamedBlobImage
from plone.supermodel import model
from z3c.form.browser.checkbox import CheckBoxFieldWidget
from zope import schema
from zope.interface import Interface
from zope.interface import Invalid
from zope.interface import invariant

import re


PROBLEMS = {
    "ags_form": _("An AGS has eight digits and begins with the number of the state, for example 05370004."),
    "ags_kind": _("The AGS of a Kreis ends in 000, that of a town or municipality does not."),
    "ars_form": _("An ARS has twelve digits, for example 053700004004."),
    "ars_ags": _("ARS and AGS do not belong together: the first five and the last three digits must be the same."),
}

CLOCK = re.compile(r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")

DOMAIN_PROBLEM = _("Enter a domain like service.example.de, without a path.")


def _raise_problem(problem: str | None) -> None:
    if problem:
        raise Invalid(PROBLEMS[problem])


def is_postal_code(value: str) -> bool:
    if not rules.POSTAL_CODE.match(value or ""):
        raise Invalid(_("A German postal code has five digits."))
    return True


def is_domain(value: str) -> bool:
    try:
        rules.normal_origin(value or "")
    except ValueError as exc:
        raise Invalid(DOMAIN_PROBLEM) from exc
    return True


def is_email(value: str) -> bool:
    if value and (value.count("@") != 1 or any(c in value for c in " \r\n,;<>") or "." not in value.split("@")[1]):
        raise Invalid(_("Enter an e-mail address like info@example.de."))
    return True


def is_website(value: str) -> bool:
    if value and not value.startswith(("https://", "http://")):
        raise Invalid(_("A web address begins with https://."))
    return True


def is_brand(value: str) -> bool:
    try:
        palette.check_brand(value)
    except palette.ContrastError as exc:
        raise Invalid(exc.message) from exc
    except ValueError as exc:
        raise Invalid(_("Enter a colour like #004f9f.")) from exc
    return True


def is_colour(value: str) -> bool:
    try:
        palette.colour.parse(value)
    except ValueError as exc:
        raise Invalid(_("Enter a colour like #004f9f.")) from exc
    return True


class IContactRow(Interface):
    """A contact person by role; shown only to staff and operators."""

    role = schema.Choice(title=_("Role"), vocabulary="heinsberg.portal.ContactRoles")
    name = schema.TextLine(title=_("Name"), required=False, default="")
    phone = schema.TextLine(title=_("Telephone"), required=False, default="")
    email = schema.TextLine(title=_("E-mail"), required=False, default="")


def is_clock(value: str) -> bool:
    if not CLOCK.match(value or ""):
        raise Invalid(_("Enter a time like 08:30."))
    return True


class IOpeningRow(model.Schema):
    """Opening hours of one or more weekdays; the same columns as an office has."""

    directives.widget("days", CheckBoxFieldWidget)
    days = schema.List(
        title=_("Days"), value_type=schema.Choice(vocabulary="heinsberg.portal.Weekdays"), min_length=1
    )
    opens = schema.TextLine(title=_("Opens"), constraint=is_clock)
    closes = schema.TextLine(title=_("Closes"), constraint=is_clock)
    note = schema.TextLine(title=_("Note"), required=False, default="")


class IMunicipalitySchema(model.Schema):
    """Fields of a municipality."""

    title = schema.TextLine(
        title=_("Name"), description=_("As people say it: Erkelenz, Kreis Heinsberg.")
    )
    kind = schema.Choice(title=_("Kind"), vocabulary="heinsberg.portal.MunicipalityKinds")
    official_name = schema.TextLine(
        title=_("Official name"),
        description=_("Leave empty for the usual form: Stadt Erkelenz, Gemeinde Gangelt."),
        required=False,
    )
    directives.write_permission(
        ags="heinsberg.portal.ManageDomains",
        ars="heinsberg.portal.ManageDomains",
        kind="heinsberg.portal.ManageDomains",
        languages="heinsberg.portal.ManageDomains",
    )
    ags = schema.TextLine(
        title=_("Official municipality key (AGS)"), description=_("Eight digits, for example 05370004.")
    )
    ars = schema.TextLine(
        title=_("Official regional key (ARS)"), description=_("Twelve digits, for example 053700004004.")
    )
    postal_codes = schema.List(
        title=_("Postal codes"),
        value_type=schema.TextLine(constraint=is_postal_code),
        description=_("At least one; only the Kreis has none of its own."),
        required=False,
    )
    languages = schema.List(
        title=_("Languages"),
        description=_("German is always there; removing a language hides it and deletes nothing."),
        value_type=schema.Choice(vocabulary="heinsberg.portal.Languages"),
        required=False,
        default=["de", "en", "nl"],
    )
    population = schema.Int(title=_("Inhabitants"), required=False, min=1)

    model.fieldset(
        "contact",
        label=_("Contact"),
        fields=[
            "street", "postal_code", "city", "phone", "email", "website",
            "latitude", "longitude", "opening_hours", "contacts",
        ],
    )  # fmt: skip
    street = schema.TextLine(title=_("Street and number"))
    postal_code = schema.TextLine(title=_("Postal code"), constraint=is_postal_code)
    city = schema.TextLine(title=_("Place"))
    phone = schema.TextLine(title=_("Telephone"), description=_("For example 02431 85-0."), required=False)
    email = schema.TextLine(title=_("E-mail"), constraint=is_email)
    website = schema.TextLine(title=_("Website"), constraint=is_website, required=False)
    latitude = schema.Float(title=_("Latitude"), required=False, min=-90.0, max=90.0)
    longitude = schema.Float(title=_("Longitude"), required=False, min=-180.0, max=180.0)
    directives.widget("opening_hours", DataGridFieldFactory)
    opening_hours = schema.List(
        title=_("Opening hours of the town hall"),
        value_type=DictRow(schema=IOpeningRow),
        required=False,
    )
    directives.read_permission(contacts="cmf.ModifyPortalContent")
    directives.widget("contacts", DataGridFieldFactory)
    contacts = schema.List(
        title=_("Contact persons"),
        description=_("By role; seen by staff only."),
        value_type=DictRow(schema=IContactRow),
        required=False,
    )

    model.fieldset("design", label=_("Design"), fields=["theme", "logo", "brand_color", "accent_color"])
    theme = schema.Choice(
        title=_("Theme"), vocabulary="heinsberg.portal.Themes", required=False
    )
    logo = NamedBlobImage(
        title=_("Logo"), description=_("PNG, JPEG or WebP; replaces the theme's logo."), required=False
    )
    brand_color = schema.TextLine(
        title=_("Brand colour"),
        description=_("For links, buttons and focus, like #004f9f; replaces the theme's colour."),
        required=False,
        constraint=is_brand,
    )
    accent_color = schema.TextLine(
        title=_("Accent colour"), description=_("For ornament only."), required=False, constraint=is_colour
    )

    model.fieldset("domains", label=_("Domains"), fields=["domains"])
    directives.write_permission(domains="heinsberg.portal.ManageDomains")
    domains = schema.List(
        title=_("Own domains"),
        description=_("One per line, for example service.erkelenz.de; the first is the one that search engines get."),
        value_type=schema.TextLine(constraint=is_domain),
        required=False,
    )

    @invariant
    def official_keys(data):
        """AGS and ARS have their form, fit each other, and are not taken."""
        ags, ars, kind = (getattr(data, name, None) for name in ("ags", "ars", "kind"))
        if ags is not None and kind is not None:
            _raise_problem(rules.ags_problem(ags, kind))
        if ars is not None and ags is not None:
            _raise_problem(rules.ars_problem(ars, ags))
        if kind is not None and kind != "kreis" and not getattr(data, "postal_codes", None):
            raise Invalid(_("Enter at least one postal code."))
