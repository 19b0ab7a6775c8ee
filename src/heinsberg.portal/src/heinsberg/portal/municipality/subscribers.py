"""Events in, one call out: provisioning, uniqueness, counters."""

from heinsberg.portal.municipality import api
from heinsberg.portal.municipality import counters
from heinsberg.portal.municipality import provision
from heinsberg.portal.municipality.interfaces import IMunicipality
from heinsberg.portal.municipality.validation import check_unique
from heinsberg.portal.municipality.validation import TakenError
from Products.CMFCore.utils import getToolByName
from zExceptions import BadRequest
from zope.lifecycleevent.interfaces import IObjectRemovedEvent


def _site(obj):
    tool = getToolByName(obj, "portal_url", None)
    return tool.getPortalObject() if tool is not None else None


def _check(site, municipality) -> None:
    try:
        check_unique(
            site, municipality.getId(), municipality.ags, municipality.ars, municipality.domains
        )
    except TakenError as exc:
        from zope.i18n import translate

        raise BadRequest(translate(exc.message, context=municipality.REQUEST)) from exc


def municipality_added(municipality, event) -> None:
    """Give a new municipality all it needs."""
    site = _site(municipality)
    _check(site, municipality)
    provision.prepare(site, municipality)
    counters.bump(site, counters.DIRECTORY)


def municipality_modified(municipality, event) -> None:
    """Keep keys unique, follow added languages, and refresh pages."""
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
    counters.drop(site, event.oldName)
    counters.bump(site, counters.DIRECTORY)


def content_changed(obj, event) -> None:
    """Count a change of public content, so that pages of that municipality are made anew."""
    if IObjectRemovedEvent.providedBy(event) and event.oldParent is None:
        return
    parent = event.oldParent if IObjectRemovedEvent.providedBy(event) else obj
    site = _site(parent)
    municipality = api.nearest(parent) if site is not None else None
    if municipality is None or IMunicipality.providedBy(obj):
        return
    counters.bump(site, municipality.getId())
    if municipality.kind == "kreis":
        counters.bump(site, counters.SHARED)
