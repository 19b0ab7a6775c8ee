"""What the catalog knows of this room's content: enough to list it without waking it."""

from Acquisition import aq_base
from heinsberg.portal.catalogue import html
from heinsberg.portal.catalogue import rules
from heinsberg.portal.catalogue.interfaces import ICatalogueContent
from heinsberg.portal.catalogue.interfaces import IGuide
from heinsberg.portal.catalogue.interfaces import IInformationPage
from heinsberg.portal.catalogue.interfaces import ILifeSituation
from heinsberg.portal.catalogue.interfaces import INews
from heinsberg.portal.catalogue.interfaces import IOrganisationalUnit
from heinsberg.portal.catalogue.interfaces import IPublicService
from heinsberg.portal.catalogue.interfaces import ISection
from heinsberg.portal.catalogue.interfaces import IWarning
from heinsberg.portal.catalogue.schemas.pages import aware
from plone.indexer import indexer

import datetime


def key_of(obj) -> str:
    """Return the key of an object: its field, or its id."""
    base = aq_base(obj)
    return getattr(base, "key", None) or base.getId()


@indexer(ICatalogueContent)
def catalogue_key(obj):
    """The key that references use."""
    return key_of(obj)


@indexer(ICatalogueContent)
def catalogue_kind(obj):
    """Kind of a section or information page, level of a warning."""
    base = aq_base(obj)
    return getattr(base, "kind", None) or getattr(base, "level", None) or ""


@indexer(ICatalogueContent)
def life_situations(obj):
    """Keys of life situations."""
    return tuple(getattr(aq_base(obj), "life_situations", None) or ())


@indexer(IPublicService)
def responsible_unit(obj):
    """Keys of the offices of a service: responsible, and taking applications."""
    base = aq_base(obj)
    return tuple(dict.fromkeys(k for k in (base.responsible_unit, base.accepting_unit) if k))


@indexer(IPublicService)
def leistungsschluessel(obj):
    """The 14-digit key."""
    return aq_base(obj).leistungsschluessel or ""


@indexer(IPublicService)
def executed_by(obj):
    """own, kreis or other."""
    return aq_base(obj).executed_by or "own"


@indexer(IPublicService)
def target_group(obj):
    """citizen, business."""
    return tuple(aq_base(obj).target_group or ())


@indexer(IPublicService)
def service_channel(obj):
    """online where it can be done online now, else the planned channel."""
    return "online" if is_online(obj) else (aq_base(obj).channel or "information")


@indexer(IPublicService)
def service_keywords(obj):
    """Search words, folded."""
    return tuple(rules.fold(word) for word in aq_base(obj).keywords or ())


def is_online(obj) -> bool:
    """Return whether a service names a way to do it online."""
    rows = aq_base(obj).online_services or ()
    return any(row.get("kind") != "information" for row in rows)


@indexer(ICatalogueContent)
def SearchableText(obj):
    """Every word a citizen may look for, umlauts also as ae, oe, ue."""
    base = aq_base(obj)
    parts = [base.title, *(getattr(base, name, None) or "" for name in _LINES)]
    for name in _LISTS:
        parts.extend(getattr(base, name, None) or ())
    for name in _RICH:
        parts.append(html.plain_text(html.sanitise(html.raw_of(getattr(base, name, None)))))
    text = " ".join(part for part in parts if isinstance(part, str) and part)
    return f"{text} {rules.search_variants(text)}"


_LINES = (
    "description", "teaser", "short_text", "official_name", "remedy", "leistungsschluessel",
    "street", "city",
)  # fmt: skip
_LISTS = ("keywords", "procedure", "checklist")
_RICH = ("full_text", "requirements", "hints", "easy_language", "text")


def _iso(moment) -> str | None:
    if moment is None:
        return None
    if isinstance(moment, datetime.datetime):
        return aware(moment).astimezone(datetime.timezone.utc).isoformat()
    return moment.isoformat()


@indexer(ICatalogueContent)
def catalogue_line(obj):
    """Plain values for lists; public, since the catalog shows its columns to clients."""
    return {"demo": True} if getattr(aq_base(obj), "demo", False) else {}


@indexer(IPublicService)
def service_line(obj):
    """For A–Z, life situation, most used."""
    base = aq_base(obj)
    return _filled(
        key=key_of(obj),
        keywords=tuple(base.keywords or ()),
        official_name=base.official_name,
        life_situations=tuple(base.life_situations or ()),
        target_group=tuple(base.target_group or ()),
        unit=base.responsible_unit,
        executed_by=base.executed_by or "own",
        authority=base.executing_authority,
        channel=base.channel,
        trust=base.trust_level,
        online=is_online(obj),
        most_used=base.most_used,
        leistungsschluessel=base.leistungsschluessel,
        easy=bool(html.raw_of(base.easy_language)),
        demo=base.demo,
    )


@indexer(ILifeSituation)
def situation_line(obj):
    """For the tree of themes and situations."""
    base = aq_base(obj)
    return _filled(
        icon=base.icon,
        audience=tuple(base.audience or ()),
        position=base.position,
        official_name=base.official_name,
    )


@indexer(IOrganisationalUnit)
def unit_line(obj):
    """For the list of offices."""
    base = aq_base(obj)
    return _filled(
        phone=base.phone, email=base.email, street=base.street, city=base.city,
        parent=base.parent_unit, level=base.level, demo=base.demo,
    )  # fmt: skip


@indexer(IWarning)
def warning_line(obj):
    """Everything a warning shows."""
    base = aq_base(obj)
    return _filled(
        level=base.level, text=base.text, link=base.link, scope=base.scope,
        starts=_iso(base.starts), ends=_iso(base.ends), demo=base.demo,
    )  # fmt: skip


@indexer(INews)
def news_line(obj):
    """Date and image of a report."""
    base = aq_base(obj)
    return _filled(
        date=_iso(base.date), image=bool(base.image), image_alt=base.image_alt, demo=base.demo
    )


@indexer(IGuide)
def guide_line(obj):
    """What a guide is about."""
    base = aq_base(obj)
    return _filled(
        services=tuple(base.services or ()),
        life_situations=tuple(base.life_situations or ()),
        easy=bool(html.raw_of(base.easy_language)),
        demo=base.demo,
    )


@indexer(IInformationPage)
def page_line(obj):
    """Kind of an information page."""
    base = aq_base(obj)
    return _filled(kind=base.kind, easy=bool(html.raw_of(base.easy_language)), demo=base.demo)


@indexer(ISection)
def section_line(obj):
    """Kind of a section."""
    return _filled(kind=aq_base(obj).kind)


def _filled(**values) -> dict:
    return {name: value for name, value in values.items() if value not in (None, "", (), False)}
