"""PublicService (Leistung): the text modules of XZuFi, in the order editors write them."""

from collective.z3cform.datagridfield.blockdatagridfield import BlockDataGridFieldFactory
from collective.z3cform.datagridfield.datagridfield import DataGridFieldFactory
from heinsberg.portal import _
from heinsberg.portal.catalogue import terms
from heinsberg.portal.catalogue.fields import html
from heinsberg.portal.catalogue.fields import Rows
from heinsberg.portal.catalogue.fields import same_in_all_languages
from heinsberg.portal.catalogue.fields import ServiceKey
from heinsberg.portal.catalogue.fields import Slug
from heinsberg.portal.catalogue.schemas import rows
from plone.app.z3cform.widgets.select import AjaxSelectFieldWidget
from plone.autoform import directives
from plone.supermodel import model
from z3c.form.browser.checkbox import CheckBoxFieldWidget
from zope import schema
from zope.interface import Invalid
from zope.interface import invariant


class IPublicService(model.Schema):
    """A service of an authority, as citizens read it."""

    title = schema.TextLine(
        title=_("Title"),
        description=_("In citizens' words, with a verb: Hund anmelden."),
        max_length=200,
    )
    teaser = schema.TextLine(
        title=_("Teaser"),
        description=_("One sentence for lists and search results, at most 160 characters."),
        required=False,
        max_length=160,
    )
    short_text = schema.Text(
        title=_("Short text"),
        description=_("One to three sentences without formatting: what it is and who needs it."),
        required=False,
        max_length=1000,
    )
    full_text = html(
        title=_("Full text"),
        description=_("Everything that has no field of its own. Use level 3 headings and lists."),
    )

    model.fieldset(
        "conditions",
        label=_("Conditions and documents"),
        fields=["requirements", "documents"],
    )
    requirements = html(title=_("Requirements"), description=_("Who may use the service?"))
    directives.widget("documents", DataGridFieldFactory)
    documents = Rows(
        rows.IDocumentRow,
        title=_("Documents needed"),
        description=_("One row for each document."),
    )

    model.fieldset(
        "costs_and_time",
        label=_("Costs and time"),
        fields=[
            "costs", "deadlines", "processing_from", "processing_to",
            "processing_unit", "processing_note",
        ],
    )  # fmt: skip
    directives.widget("costs", BlockDataGridFieldFactory)
    costs = Rows(
        rows.ICostRow,
        title=_("Costs"),
        description=_("Fees as your statutes set them; write “free of charge” as a row of its own."),
    )
    directives.widget("deadlines", BlockDataGridFieldFactory)
    deadlines = Rows(
        rows.IDeadlineRow,
        title=_("Deadlines"),
        description=_("What the citizen has to keep."),
    )
    processing_from = schema.Int(
        title=_("Processing time"),
        description=_("The number alone; the unit follows below."),
        required=False,
        min=1,
        max=999,
    )
    processing_to = schema.Int(
        title=_("Processing time up to"),
        description=_("Only if it varies, as in 2 to 4 weeks."),
        required=False,
        min=1,
        max=999,
    )
    processing_unit = schema.Choice(
        title=_("Unit"), vocabulary=terms.UNITS_OF_TIME, required=False
    )
    processing_note = schema.TextLine(
        title=_("Note on the processing time"), required=False, max_length=500
    )

    model.fieldset(
        "procedure_and_law",
        label=_("Procedure and law"),
        fields=["procedure", "legal_basis", "remedy", "hints"],
    )
    procedure = schema.List(
        title=_("Procedure"),
        description=_("One step per line, in the order the citizen meets them."),
        value_type=schema.TextLine(max_length=1000),
        required=False,
    )
    directives.widget("legal_basis", DataGridFieldFactory)
    legal_basis = Rows(
        rows.ILawRow,
        title=_("Legal basis"),
        description=_("Law and section, with a link to the text of the law."),
    )
    remedy = schema.Text(
        title=_("Legal remedy"),
        description=_("What can the citizen do against a decision?"),
        required=False,
        max_length=4000,
    )
    hints = html(title=_("Hints"), description=_("Special cases and what else is good to know."))

    model.fieldset(
        "links",
        label=_("Forms and links"),
        fields=["forms", "online_services", "further_links"],
    )
    directives.widget("forms", DataGridFieldFactory)
    forms = Rows(
        rows.ILinkRow,
        title=_("Forms"),
        description=_("Forms to print or fill in, with their address."),
    )
    directives.widget("online_services", DataGridFieldFactory)
    online_services = Rows(
        rows.IOnlineServiceRow,
        title=_("Online services"),
        description=_("Where it can be done online."),
    )
    directives.widget("further_links", DataGridFieldFactory)
    further_links = Rows(
        rows.ILinkRow,
        title=_("More information"),
        description=_("Links to other pages."),
    )

    model.fieldset("easy", label=_("Easy language"), fields=["easy_language"])
    easy_language = html(
        title=_("Text in easy language"),
        description=_("Short sentences, one idea each. The page gets a switch for it."),
    )

    model.fieldset(
        "responsible",
        label=_("Responsible"),
        fields=[
            "responsible_unit", "accepting_unit", "executed_by", "executing_authority",
            "contact_hint", "author",
        ],
    )  # fmt: skip
    responsible_unit = schema.Choice(
        title=_("Responsible office"),
        description=_("It is shown with address, telephone and opening hours."),
        vocabulary="heinsberg.portal.Units",
        required=False,
    )
    accepting_unit = schema.Choice(
        title=_("Office that takes applications"),
        description=_("Only if it is another one."),
        vocabulary="heinsberg.portal.Units",
        required=False,
    )
    executed_by = schema.Choice(
        title=_("Executed by"),
        description=_("Who decides. If it is the Kreis, the page shows the way there."),
        vocabulary=terms.EXECUTED_BY,
        default="own",
    )
    executing_authority = Slug(
        title=_("Key of the executing authority"),
        description=_("Only for another authority, for example the id of another municipality."),
        required=False,
    )
    contact_hint = schema.Text(
        title=_("Hint on the contact"),
        description=_("For example: write to us before you come."),
        required=False,
        max_length=1000,
    )
    author = schema.TextLine(
        title=_("Author of the text"),
        description=_("The body that wrote and answers for the text (Urheber)."),
        required=False,
        max_length=200,
    )

    model.fieldset(
        "finding",
        label=_("Finding it"),
        fields=["life_situations", "keywords", "target_group", "related", "most_used"],
    )
    directives.widget("life_situations", AjaxSelectFieldWidget, vocabulary="heinsberg.portal.LifeSituations")
    life_situations = schema.List(
        title=_("Life situations"),
        description=_("Where citizens look for it."),
        value_type=schema.Choice(vocabulary="heinsberg.portal.LifeSituations"),
        required=False,
    )
    keywords = schema.List(
        title=_("Search words"),
        description=_("One per line: words that citizens use, such as Perso."),
        value_type=schema.TextLine(max_length=100),
        required=False,
    )
    directives.widget("target_group", CheckBoxFieldWidget)
    target_group = schema.List(
        title=_("For whom"),
        value_type=schema.Choice(vocabulary=terms.TARGET_GROUPS),
        required=False,
    )
    directives.widget("related", AjaxSelectFieldWidget, vocabulary="heinsberg.portal.Services")
    related = schema.List(
        title=_("Related services"),
        value_type=schema.Choice(vocabulary="heinsberg.portal.Services"),
        required=False,
    )
    most_used = schema.Int(
        title=_("Place among the most used"),
        description=_("1 to 8 shows it on the home page; empty: not there."),
        required=False,
        min=1,
        max=8,
    )

    model.fieldset(
        "keys",
        label=_("Keys and origin"),
        fields=[
            "official_name", "key", "leistungsschluessel", "ozg_id", "trust_level", "channel",
            "valid_until", "demo", "adopted_from", "adopted_hash", "editorial_note",
        ],
    )  # fmt: skip
    official_name = schema.TextLine(
        title=_("Official name"),
        description=_("As the service catalogue calls it."),
        required=False,
        max_length=500,
    )
    key = Slug(
        title=_("Key"),
        description=_("Stays the same in all languages and municipalities. Empty: taken from the address."),
        required=False,
    )
    leistungsschluessel = ServiceKey(
        title=_("Leistungsschlüssel"),
        description=_("14 digits from the service catalogue (FIM/LeiKa)."),
        required=False,
    )
    ozg_id = schema.TextLine(
        title=_("OZG id"),
        required=False,
        max_length=20,
    )
    trust_level = schema.Choice(
        title=_("Trust level"),
        description=_("The lowest that is enough for doing it online."),
        vocabulary=terms.TRUST_LEVELS,
        required=False,
        default="none",
    )
    channel = schema.Choice(
        title=_("Channel"),
        vocabulary=terms.CHANNELS,
        required=False,
        default="information",
    )
    valid_until = schema.Date(
        title=_("Text valid until"),
        description=_("After this day the text has to be checked; it stays visible."),
        required=False,
    )
    demo = schema.Bool(
        title=_("Demonstration"),
        description=_("The page says that this is an example."),
        required=False,
        default=False,
    )
    directives.read_permission(
        adopted_from="cmf.ModifyPortalContent",
        adopted_hash="cmf.ModifyPortalContent",
        editorial_note="cmf.ModifyPortalContent",
    )
    adopted_from = schema.TextLine(
        title=_("Adopted from"),
        description=_("Key of the catalogue entry that the text was taken from."),
        required=False,
        max_length=100,
    )
    directives.omitted("adopted_hash")
    adopted_hash = schema.TextLine(
        title=_("Hash of the adopted text"), required=False, max_length=128
    )
    editorial_note = schema.Text(
        title=_("Note for editors"),
        description=_("Seen by editors only."),
        required=False,
        max_length=4000,
    )

    @invariant
    def processing_time(data):
        """Processing time has a unit, and does not end before it begins."""
        low, high = data.processing_from, data.processing_to
        if low and high and high < low:
            raise Invalid(_("The processing time ends before it begins."))
        if (low or high) and not data.processing_unit:
            raise Invalid(_("The processing time needs a unit."))


same_in_all_languages(
    IPublicService,
    "responsible_unit", "accepting_unit", "executed_by", "executing_authority",
    "life_situations", "target_group", "related", "most_used", "key", "leistungsschluessel",
    "ozg_id", "trust_level", "channel", "demo", "adopted_from",
)  # fmt: skip
