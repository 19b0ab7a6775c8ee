"""life_situations.yaml: the tree of Themenfeld and Lage."""

from dataclasses import dataclass
from dataclasses import field
from heinsberg.portal.pages.seeding.documents import read_records
from heinsberg.portal.pages.seeding.documents import Record
from heinsberg.portal.pages.seeding.errors import SeedFileError
from heinsberg.portal.pages.seeding.files import Sources
from heinsberg.portal.pages.seeding.offices import spoken
from typing import Any


THEME_KEYS = ("id", "theme", "title", "description", "icon", "audience", "related", "children")
LAGE_KEYS = ("id", "lage", "title", "description", "order", "checklist", "related", "audience", "icon")
AUDIENCES = {"citizen": ["citizen"], "business": ["business"], "both": ["citizen", "business"]}


@dataclass(frozen=True, slots=True)
class Situation:
    """A theme with its situations, or a situation."""

    key: str
    official_name: str
    title: dict[str, str]
    description: dict[str, str]
    position: int
    icon: str | None = None
    audience: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    order: dict[str, list[str]] = field(default_factory=dict)
    checklist: dict[str, list[str]] = field(default_factory=dict)
    children: tuple["Situation", ...] = ()

    def fields(self, language: str) -> dict[str, Any]:
        """Return what the content type stores, in one language."""
        return {
            "title": spoken(self.title, language),
            "description": spoken(self.description, language) or None,
            "checklist": self.checklist.get(language) or None,
            "order_before": list(self.order.get("before", ())) or None,
            "order_at": list(self.order.get("at", ())) or None,
            "order_after": list(self.order.get("after", ())) or None,
            "key": self.key,
            "official_name": self.official_name,
            "icon": self.icon,
            "audience": list(self.audience) or None,
            "related": list(self.related) or None,
            "position": self.position,
        }


def read_situations(sources: Sources) -> tuple[Situation, ...]:
    """Return the themes; SeedFileError names entry and key of what is wrong."""
    seen: set[str] = set()
    themes = []
    for number, record in enumerate(read_records(sources.require("life_situations.yaml")), 1):
        record.only(THEME_KEYS)
        children = tuple(
            _situation(child, seen, place, "lage", LAGE_KEYS, ())
            for place, child in enumerate(record.records("children"), 1)
        )
        themes.append(_situation(record, seen, number, "theme", THEME_KEYS, children))
    _check_related(themes, seen)
    return tuple(themes)


def _situation(record: Record, seen: set[str], position: int, name: str, keys, children) -> Situation:
    record.only(keys)
    key = record.id("id")
    if key in seen:
        raise record.error("id", f"{key!r} is there twice.")
    seen.add(key)
    order = record.record("order")
    order.only(("before", "at", "after"))
    audience = record.choice("audience", AUDIENCES)
    own = AUDIENCES.get(audience or "", [])
    inherited = dict.fromkeys(group for child in children for group in child.audience)
    return Situation(
        key=key,
        official_name=record.text(name, required=True, limit=200),
        title=record.words("title", required=True),
        description=record.words("description"),
        position=position,
        icon=record.text("icon"),
        audience=tuple(own or inherited),
        related=tuple(record.ids("related")),
        order={place: order.ids(place) for place in ("before", "at", "after")},
        checklist=record.lists("checklist"),
        children=children,
    )


def _check_related(themes: list[Situation], known: set[str]) -> None:
    for situation in (item for theme in themes for item in (theme, *theme.children)):
        for key in situation.related:
            if key not in known:
                raise SeedFileError("life_situations.yaml", f"{key!r} is no life situation.", column=f"key {situation.key}.related")
