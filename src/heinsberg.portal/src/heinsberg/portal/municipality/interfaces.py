"""What a municipality is, and what others may rely on."""

from heinsberg.portal import _
from heinsberg.portal.foundation.interfaces import IPublicPage  # noqa: F401
from heinsberg.portal.foundation.interfaces import IPublicService  # noqa: F401
from plone.base.interfaces import INavigationRoot
from zope.interface import Attribute
from zope.interface import implementer
from zope.interface import Interface
from zope.interface.interfaces import IObjectEvent
from zope.interface.interfaces import ObjectEvent


#: The kinds of authority that have a subsite.
KINDS = ("stadt", "gemeinde", "kreis")

KIND_TITLES = {
    "stadt": _("Town (Stadt)"),
    "gemeinde": _("Municipality (Gemeinde)"),
    "kreis": _("District (Kreis)"),
}

CONTACT_ROLES = {
    "portal": _("Portal"),
    "content": _("Content"),
    "cash_office": _("Cash office"),
    "data_protection": _("Data protection"),
    "technical": _("Technical"),
}

WEEKDAYS = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}

#: Languages a subsite can have; the first is the one every text starts in.
LANGUAGES = ("de", "en", "nl")
LANGUAGE_NAMES = {"de": "Deutsch", "en": "English", "nl": "Nederlands"}


class IMunicipality(INavigationRoot):
    """A subsite of the portal: one authority (Stadt, Gemeinde or Kreis)."""


class IMunicipalityPrepared(IObjectEvent):
    """A municipality has its language folders, groups and local roles.

    Higher rooms subscribe and add what each subsite needs of theirs; handlers
    must be repeatable, since languages can be added later.
    """


@implementer(IMunicipalityPrepared)
class MunicipalityPrepared(ObjectEvent):
    """See IMunicipalityPrepared."""


class IMunicipalityInfo(Interface):
    """The facts of one municipality that pages and rules need, as a frozen record."""

    id = Attribute("Id below the site, for example 'erkelenz'")
    uid = Attribute("UID of the object")
    path = Attribute("Physical path, '/portal/erkelenz'")
    name = Attribute("Short name, 'Erkelenz'")
    official_name = Attribute("'Stadt Erkelenz'")
    kind = Attribute("stadt, gemeinde or kreis")
    origins = Attribute("Own domains as origins, the first is the canonical one")
