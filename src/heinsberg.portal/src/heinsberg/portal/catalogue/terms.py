"""Closed lists of the catalogue: the stored values never change, titles are translated."""

from heinsberg.portal import _
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


def closed(*pairs) -> SimpleVocabulary:
    """Return a vocabulary whose token is the stored value."""
    return SimpleVocabulary([SimpleTerm(value, str(value), title) for value, title in pairs])


TARGET_GROUPS = closed(("citizen", _("Citizens")), ("business", _("Businesses")))

TRUST_LEVELS = closed(
    ("none", _("None: no sign-in needed")),
    ("low", _("Low: simple registration")),
    ("substantial", _("Substantial: for example ELSTER certificate")),
    ("high", _("High: online ID card")),
)

CHANNELS = closed(
    ("information", _("Information only")),
    ("form", _("Can be offered online")),
)

EXECUTED_BY = closed(
    ("own", _("This authority")),
    ("kreis", _("The Kreis")),
    ("other", _("Another authority")),
)

COST_KINDS = closed(
    ("fixed", _("Fixed amount")),
    ("free", _("Free of charge")),
    ("variable", _("From – to")),
)

PERIODS = closed(
    ("once", _("once")),
    ("year", _("per year")),
    ("month", _("per month")),
    ("day", _("per day")),
)

DEADLINE_KINDS = closed(
    ("within", _("Within a period")),
    ("before", _("A period before")),
    ("date", _("On a fixed date (write it in the note)")),
    ("none", _("No deadline")),
)

UNITS_OF_TIME = closed(
    ("day", _("Days")),
    ("workday", _("Working days")),
    ("week", _("Weeks")),
    ("month", _("Months")),
    ("year", _("Years")),
)

ONLINE_KINDS = closed(
    ("application", _("Apply online")),
    ("appointment", _("Book an appointment")),
    ("status", _("Look up the state")),
    ("payment", _("Pay online")),
    ("information", _("Information")),
)

WEEKDAYS = closed(
    ("mon", _("Monday")),
    ("tue", _("Tuesday")),
    ("wed", _("Wednesday")),
    ("thu", _("Thursday")),
    ("fri", _("Friday")),
    ("sat", _("Saturday")),
    ("sun", _("Sunday")),
)

WEEKS_OF_MONTH = closed(
    (1, _("first in the month")),
    (2, _("second in the month")),
    (3, _("third in the month")),
    (4, _("fourth in the month")),
    (5, _("fifth in the month")),
)

APPOINTMENTS = closed(
    ("none", _("No appointment needed")),
    ("possible", _("Appointment possible")),
    ("required", _("By appointment only")),
)

LEVELS = closed(("municipality", _("Municipality")), ("kreis", _("Kreis")))

WARNING_LEVELS = closed(
    ("info", _("Notice")),
    ("warning", _("Warning")),
    ("danger", _("Danger")),
)

WARNING_SCOPES = closed(
    ("municipality", _("This municipality")),
    ("kreis_wide", _("Whole Kreis")),
)

PAGE_KINDS = closed(
    ("imprint", _("Legal notice (Impressum)")),
    ("privacy", _("Privacy notice")),
    ("accessibility", _("Accessibility statement")),
    ("easy_language", _("Easy language")),
    ("sign_language", _("Sign language")),
    ("contact", _("Contact")),
    ("help", _("Help")),
    ("other", _("Other page")),
)

SECTION_KINDS = closed(
    ("services", _("Services")),
    ("life_situations", _("Life situations")),
    ("units", _("Offices")),
    ("news", _("News")),
    ("warnings", _("Warnings")),
    ("guides", _("Guides")),
    ("pages", _("Information pages")),
)

ICONS = closed(
    *(
        (name, name)
        for name in (
            "arbeit", "bauen", "bildung", "migration", "engagement", "familie", "foerderung",
            "gesundheit", "mobilitaet", "querschnitt", "recht", "steuern", "umwelt", "unternehmen",
        )
    )
)  # fmt: skip
