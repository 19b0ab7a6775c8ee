"""Lists from the catalog's columns: no object is woken.

Every list shows published content in force only, to everybody alike. The
clock is that of foundation, so a future date hides an entry in tests as well.
"""

from collections.abc import Iterable
from DateTime import DateTime
from datetime import date
from datetime import datetime
from heinsberg.portal.catalogue import rules
from heinsberg.portal.catalogue.lines import PageLine
from heinsberg.portal.catalogue.lines import ServiceLine
from heinsberg.portal.catalogue.lines import SituationLine
from heinsberg.portal.catalogue.lines import UnitLine
from heinsberg.portal.catalogue.lines import WarningLine
from heinsberg.portal.foundation import clock
from heinsberg.portal.municipality import api as municipality
from Products.CMFCore.utils import getToolByName
from zope.component.hooks import getSite


def brains(paths: Iterable[str], portal_type: str, language: str | None, moment: datetime | None = None, **query):
    """Return published brains in force below paths: the wanted language, else German, one per translation group."""
    catalog = getToolByName(getSite(), "portal_catalog")
    languages = [language, "de"] if language and language != "de" else ["de"]
    found = catalog.unrestrictedSearchResults(
        path={"query": list(paths)},
        portal_type=portal_type,
        review_state="published",
        effectiveRange=DateTime((moment or clock.now()).timestamp()),
        Language=languages if language else [*languages, "en", "nl", ""],
        **query,
    )
    if not language or language == "de":
        return list(found)
    best = {}
    for brain in found:
        group = _text(brain.TranslationGroup) or brain.UID
        if group not in best or brain.Language == language:
            best[group] = brain
    return list(best.values())


def last_turn(moment: datetime | None = None) -> tuple[int, int]:
    """Return when content last came into force or went, by its dates: two numbers that change then.

    Lists that are kept by a counter carry it too, since no transaction marks
    the coming of such a moment. Read from the index that answers the lists
    themselves (its trees map minutes to documents), so both always agree.
    """
    index = getToolByName(getSite(), "portal_catalog")._catalog.getIndex("effectiveRange")
    minute = index._convertDateTime(DateTime((moment or clock.now()).timestamp()))
    came = max(_last(index._since, minute), _last(index._since_only, minute))
    # What ends in a minute is still in force during that minute.
    went = max(_last(index._until, minute - 1), _last(index._until_only, minute - 1))
    return came, went


def _last(tree, minute: int) -> int:
    """Return the greatest key up to a minute; 0 where there is none."""
    try:
        return tree.maxKey(minute)
    except ValueError:
        return 0


def _text(value) -> str:
    return value if isinstance(value, str) else ""


def _line(brain) -> dict:
    return brain.catalogue_line if isinstance(brain.catalogue_line, dict) else {}


def _common(brain) -> dict:
    return {
        "title": _text(brain.Title) or brain.getId,
        "path": brain.getPath(),
        "uid": brain.UID,
        "language": _text(brain.Language) or "de",
    }


def _service(brain) -> ServiceLine:
    line = _line(brain)
    return ServiceLine(
        **_common(brain),
        key=line.get("key") or brain.getId,
        teaser=_text(brain.Description),
        keywords=line.get("keywords", ()),
        life_situations=line.get("life_situations", ()),
        target_group=line.get("target_group", ()),
        unit=line.get("unit", ""),
        executed_by=line.get("executed_by", "own"),
        authority=line.get("authority", ""),
        channel=line.get("channel", "information"),
        online=line.get("online", False),
        easy=line.get("easy", False),
        demo=line.get("demo", False),
        most_used=line.get("most_used"),
        leistungsschluessel=line.get("leistungsschluessel", ""),
        official_name=line.get("official_name", ""),
    )


def services(
    path: str,
    language: str = "de",
    *,
    life_situation: str | None = None,
    unit: str | None = None,
    key: str | Iterable[str] | None = None,
    most_used: bool = False,
    online: bool = False,
    target_group: str | None = None,
    executed_by: str | None = None,
    limit: int | None = None,
) -> tuple[ServiceLine, ...]:
    """Return services of a municipality; see api.services_of."""
    wanted = {
        "life_situations": life_situation,
        "responsible_unit": unit,
        "target_group": target_group,
        "executed_by": executed_by,
        "service_channel": "online" if online else None,
        "catalogue_key": list(key) if key is not None and not isinstance(key, str) else key,
    }
    query = {name: value for name, value in wanted.items() if value is not None}
    found = [_service(brain) for brain in brains([path], "PublicService", language, **query)]
    if most_used:
        found = [line for line in found if line.most_used]
        found.sort(key=lambda line: (line.most_used, rules.sort_key(line.title)))
    else:
        found.sort(key=lambda line: rules.sort_key(line.title))
    return tuple(found[:limit])


def life_situations(path: str, language: str = "de") -> tuple[SituationLine, ...]:
    """Return themes and situations, themes first in each branch; see api.life_situations_of."""
    found = brains([path], "LifeSituation", language)
    keys = {_parent(brain.getPath()): "" for brain in found} | {
        brain.getPath(): _text(brain.catalogue_key) for brain in found
    }
    lines = []
    for brain in found:
        line = _line(brain)
        lines.append(
            SituationLine(
                **_common(brain),
                key=_text(brain.catalogue_key) or brain.getId,
                description=_text(brain.Description),
                parent=_parent_key(brain.getPath(), keys, language),
                icon=line.get("icon", ""),
                audience=line.get("audience", ()),
                position=line.get("position"),
            )
        )
    lines.sort(key=lambda line: (line.position is None, line.position or 0, rules.sort_key(line.title)))
    return tuple(lines)


def _parent(path: str) -> str:
    return path.rsplit("/", 1)[0]


def _parent_key(path: str, keys: dict[str, str], language: str) -> str:
    """Return the key of the theme above: known by its path, else, for a mixed tree, the id of the folder."""
    above = _parent(path)
    if keys.get(above):
        return keys[above]
    # A German situation under a theme that is shown translated: both are listed
    # once, so the German theme is not among the brains.
    depth_of_sections = min((p.count("/") for p in keys), default=0)
    return "" if above.count("/") <= depth_of_sections else above.rsplit("/", 1)[1]


def units(path: str, language: str = "de", *, key: str | None = None) -> tuple[UnitLine, ...]:
    """Return offices by name; see api.units_of."""
    query = {"catalogue_key": key} if key else {}
    lines = []
    for brain in brains([path], "OrganisationalUnit", language, **query):
        line = _line(brain)
        lines.append(
            UnitLine(
                **_common(brain),
                key=_text(brain.catalogue_key) or brain.getId,
                description=_text(brain.Description),
                phone=line.get("phone", ""),
                email=line.get("email", ""),
                street=line.get("street", ""),
                city=line.get("city", ""),
                parent=line.get("parent", ""),
                level=line.get("level", "municipality"),
                demo=line.get("demo", False),
            )
        )
    return tuple(sorted(lines, key=lambda line: rules.sort_key(line.title)))


_LEVELS = {"danger": 0, "warning": 1, "info": 2}


def warnings(path: str, language: str = "de", moment: datetime | None = None) -> tuple[WarningLine, ...]:
    """Return warnings in force, gravest first; see api.warnings_in_force."""
    moment = moment or clock.now()
    kreis = municipality.kreis(getSite())
    paths = [path] if kreis is None or kreis.path == path else [path, kreis.path]
    lines = []
    for brain in brains(paths, "Warning", language, moment):
        line = _warning(brain)
        own = line.path.startswith(path + "/")
        started = line.starts is None or line.starts <= moment
        if started and (line.ends is None or moment < line.ends) and (own or line.scope == "kreis_wide"):
            lines.append(line)
    lines.sort(key=lambda line: (_LEVELS.get(line.level, 3), rules.sort_key(line.title)))
    return tuple(lines)


def _warning(brain) -> WarningLine:
    line = _line(brain)
    starts, ends = line.get("starts"), line.get("ends")
    link = line.get("link", "")
    return WarningLine(
        **_common(brain),
        level=line.get("level", "info"),
        text=line.get("text", ""),
        link=link if rules.is_web_address(link) else "",
        scope=line.get("scope", "municipality"),
        starts=datetime.fromisoformat(starts) if starts else None,
        ends=datetime.fromisoformat(ends) if ends else None,
        demo=line.get("demo", False),
    )


def _day(brain) -> date | None:
    text = _line(brain).get("date")
    if text:
        return date.fromisoformat(text)
    moment = brain.effective
    if moment is None or moment.year() < 1990:
        moment = brain.created
    return clock.local(moment.asdatetime()).date() if moment is not None else None


def pages(path: str, portal_type: str, language: str = "de", **query) -> tuple[PageLine, ...]:
    """Return reports, guides or information pages, by title."""
    lines = []
    for brain in brains([path], portal_type, language, **query):
        line = _line(brain)
        lines.append(
            PageLine(
                **_common(brain),
                key=_text(brain.catalogue_key) or brain.getId,
                description=_text(brain.Description),
                kind=line.get("kind", ""),
                day=_day(brain),
                image=line.get("image", False),
                image_alt=line.get("image_alt", ""),
                easy=line.get("easy", False),
                demo=line.get("demo", False),
                services=line.get("services", ()),
                life_situations=line.get("life_situations", ()),
            )
        )
    return tuple(sorted(lines, key=lambda line: rules.sort_key(line.title)))


def news(path: str, language: str = "de", limit: int | None = None) -> tuple[PageLine, ...]:
    """Return reports, newest first."""
    found = sorted(
        pages(path, "News", language), key=lambda line: (line.day or date.min, line.path), reverse=True
    )
    return tuple(found[:limit])
