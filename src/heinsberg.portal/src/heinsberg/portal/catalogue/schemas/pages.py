"""News, Warning, Guide, InformationPage and the Section that holds them."""

from collective.z3cform.datagridfield.datagridfield import DataGridFieldFactory
from datetime import timezone
from heinsberg.portal import _
from heinsberg.portal.catalogue import terms
from heinsberg.portal.catalogue.fields import html
from heinsberg.portal.catalogue.fields import Rows
from heinsberg.portal.catalogue.fields import same_in_all_languages
from heinsberg.portal.catalogue.fields import Slug
from heinsberg.portal.catalogue.fields import WebAddress
from heinsberg.portal.catalogue.schemas import rows
from plone.autoform import directives
from plone.namedfile.field import NamedBlobImage
from plone.supermodel import model
from zope import schema
from zope.interface import Invalid
from zope.interface import invariant


def aware(moment):
    """Return a moment with a zone; one without counts as UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


class INews(model.Schema):
    """A short report of the authority."""

    title = schema.TextLine(title=_("Title"), max_length=200)
    description = schema.Text(
        title=_("Teaser"),
        description=_("One or two sentences for lists."),
        required=False,
        max_length=400,
    )
    date = schema.Date(
        title=_("Date"), description=_("The day of the report; empty: the day of publishing."), required=False
    )
    text = html(title=_("Text"))
    image = NamedBlobImage(title=_("Image"), description=_("PNG, JPEG or WebP."), required=False)
    image_alt = schema.TextLine(
        title=_("What the image shows"),
        description=_("For people who do not see it. Empty if it is decoration only."),
        required=False,
        max_length=300,
    )
    demo = schema.Bool(title=_("Demonstration"), required=False, default=False)


class IWarning(model.Schema):
    """A notice on top of all pages, for a time."""

    title = schema.TextLine(title=_("Title"), description=_("What happened, in a few words."), max_length=200)
    level = schema.Choice(title=_("Level"), vocabulary=terms.WARNING_LEVELS, default="info")
    text = schema.Text(
        title=_("Text"),
        description=_("What should people do? Plain text."),
        required=False,
        max_length=2000,
    )
    link = WebAddress(title=_("Link"), description=_("A page with more."), required=False)
    starts = schema.Datetime(title=_("From"), description=_("Empty: at once."), required=False)
    ends = schema.Datetime(title=_("Until"), description=_("Empty: until it is taken back."), required=False)
    scope = schema.Choice(
        title=_("For"),
        description=_("The whole Kreis only in the subsite of the Kreis."),
        vocabulary="heinsberg.portal.WarningScopes",
        default="municipality",
    )
    demo = schema.Bool(title=_("Demonstration"), required=False, default=False)

    @invariant
    def order(data):
        """The end comes after the beginning."""
        if data.starts and data.ends and aware(data.ends) <= aware(data.starts):
            raise Invalid(_("The end is before the beginning."))


class IGuide(model.Schema):
    """A knowledge page that explains a subject and leads to services."""

    title = schema.TextLine(title=_("Title"), max_length=200)
    description = schema.Text(title=_("Teaser"), required=False, max_length=400)
    text = html(title=_("Text"))
    easy_language = html(
        title=_("Text in easy language"),
        description=_("Short sentences, one idea each. The page gets a switch for it."),
    )
    directives.widget("further_links", DataGridFieldFactory)
    further_links = Rows(
        rows.ILinkRow, title=_("More information"), description=_("Links to other pages.")
    )
    model.fieldset(
        "keys", label=_("Keys and origin"), fields=["key", "services", "life_situations", "demo"]
    )
    key = Slug(title=_("Key"), required=False)
    services = schema.List(
        title=_("Services"),
        value_type=schema.Choice(vocabulary="heinsberg.portal.Services"),
        required=False,
    )
    life_situations = schema.List(
        title=_("Life situations"),
        value_type=schema.Choice(vocabulary="heinsberg.portal.LifeSituations"),
        required=False,
    )
    demo = schema.Bool(title=_("Demonstration"), required=False, default=False)


class IInformationPage(model.Schema):
    """A page that the law or good service asks for: Impressum, privacy, help."""

    title = schema.TextLine(title=_("Title"), max_length=200)
    description = schema.Text(title=_("Teaser"), required=False, max_length=400)
    text = html(title=_("Text"))
    easy_language = html(
        title=_("Text in easy language"),
        description=_("Short sentences, one idea each. The page gets a switch for it."),
    )
    kind = schema.Choice(
        title=_("Kind"),
        description=_("The footer finds the page by its kind."),
        vocabulary=terms.PAGE_KINDS,
        default="other",
    )
    checked_on = schema.Date(
        title=_("Last checked"),
        description=_("For the accessibility statement: the day it was last reviewed."),
        required=False,
    )
    demo = schema.Bool(
        title=_("Demonstration"),
        description=_("Holds placeholders that have to be replaced before real use."),
        required=False,
        default=False,
    )


class ISection(model.Schema):
    """A container for content of one kind."""

    title = schema.TextLine(title=_("Title"), max_length=200)
    description = schema.Text(title=_("Description"), required=False, max_length=1000)
    kind = schema.Choice(
        title=_("Kind"),
        description=_("Decides what can be added inside."),
        vocabulary=terms.SECTION_KINDS,
    )


same_in_all_languages(IGuide, "key", "services", "life_situations", "demo")
same_in_all_languages(IInformationPage, "kind", "demo")
same_in_all_languages(ISection, "kind")
