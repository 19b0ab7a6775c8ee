"""Events in, one call out: provisioning, uniqueness, counters."""

from Acquisition import aq_base
from datetime import datetime
from datetime import timezone
from heinsberg.portal.foundation import clock
from heinsberg.portal.municipality import api
from heinsberg.portal.municipality import counters
from heinsberg.portal.municipality import provision
from heinsberg.portal.municipality.interfaces import IMunicipality
from heinsberg.portal.municipality.validation import check_unique
from heinsberg.portal.municipality.validation import TakenError
from heinsberg.portal.outbox import api as outbox
from heinsberg.portal.outbox.interfaces import IOutboxCall
from plone.dexterity.interfaces import IDexterityContent
from Products.CMFCore.utils import getToolByName
from zExceptions import BadRequest
from zope.container.interfaces import IContainerModifiedEvent
from zope.i18n import translate
from zope.interface import provider
from zope.lifecycleevent.interfaces import IObjectMovedEvent


def _site(obj):
    tool = getToolByName(obj, "portal_url", None)
    return tool.getPortalObject() if tool is not None else None


def _check(site, municipality) -> None:
    try:
        check_unique(
            site, municipality.getId(), municipality.ags, municipality.ars, municipality.domains
        )
    except TakenError as exc:
        raise BadRequest(translate(exc.message, context=municipality.REQUEST)) from exc


def municipality_added(municipality, event) -> None:
    """Give a new municipality all it needs."""
    site = _site(municipality)
    _check(site, municipality)
    provision.prepare(site, municipality)
    counters.bump(site, counters.DIRECTORY)


def municipality_modified(municipality, event) -> None:
    """Keep keys unique, follow added languages, and refresh pages.

    Not for what happens to its contents: making a language folder would call
    for the next one before the first has its language.
    """
    if IContainerModifiedEvent.providedBy(event):
        return
    site = _site(municipality)
    _check(site, municipality)
    if any(code not in municipality.objectIds() for code in provision.language_codes(municipality)):
        provision.prepare(site, municipality)
    counters.bump(site, counters.DIRECTORY)
    counters.bump(site, municipality.getId())


def municipality_removed(municipality, event) -> None:
    """Forget groups and counter."""
    site = _site(event.oldParent) if event.oldParent is not None else None
    if site is None or event.newParent is not None:
        return
    provision.remove_groups(site, event.oldName)
    # Before it is dropped: the proxies still hold its pages.
    counters.bump(site, event.oldName)
    counters.drop(site, event.oldName)
    counters.bump(site, counters.DIRECTORY)


def municipality_moved(municipality, event) -> None:
    """Refuse another id or place: groups, counters, domains and proxies go by the id."""
    if event.oldParent is None or event.newParent is None:
        return
    raise BadRequest("A municipality keeps its id and its place.")


def content_changed(obj, event) -> None:
    """Count a change of public content, so that pages of that municipality are made anew.

    What is moved concerns the place it left as well.
    """
    if IMunicipality.providedBy(obj):
        return
    places = [obj]
    if IObjectMovedEvent.providedBy(event):
        places = [place for place in (event.oldParent, event.newParent) if place is not None]
    for place in places:
        _count(place)
    schedule(obj)


def schedule(obj) -> None:
    """Have the pages made anew at the moments that editors set: when a text is to appear or to go."""
    site = _site(obj)
    municipality = api.nearest(obj) if site is not None else None
    if municipality is None or not IDexterityContent.providedBy(obj):
        return
    for name in ("effective_date", "expiration_date"):
        moment = getattr(aq_base(obj), name, None)
        if moment is None or moment.timeTime() <= clock.now().timestamp():
            continue
        due = datetime.fromtimestamp(moment.timeTime(), timezone.utc)
        outbox.call(
            "municipality.touch",
            {"municipality": municipality.getId()},
            site=site,
            due=due,
            key=f"touch:{municipality.getId()}:{int(due.timestamp())}",
        )


@provider(IOutboxCall)
def touch_later(site, payload, entry_id) -> None:
    """Outbox call ``municipality.touch``: see schedule."""
    municipality = site.get(payload["municipality"])
    if municipality is not None:
        _count(municipality)


def _count(place) -> None:
    site = _site(place)
    if site is None:
        return
    municipality = api.nearest(place)
    if municipality is None:
        # Texts beside the municipalities are everybody's.
        counters.bump(site, counters.SHARED)
        return
    counters.bump(site, municipality.getId())
    if municipality.kind == "kreis":
        counters.bump(site, counters.SHARED)
