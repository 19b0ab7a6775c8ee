"""pages.yaml, guides.yaml, news.yaml and warnings.yaml."""

from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from heinsberg.portal.foundation import clock
from heinsberg.portal.pages.seeding import words
from heinsberg.portal.pages.seeding.documents import read_records
from heinsberg.portal.pages.seeding.documents import Record
from heinsberg.portal.pages.seeding.files import Sources
from heinsberg.portal.pages.seeding.offices import spoken
from typing import Any


PAGE_KEYS = ("id", "kind", "title", "description", "text", "easy_language", "placeholder")
GUIDE_KEYS = ("id", "title", "description", "text", "easy_language", "life_situations", "services", "demo")
NEWS_KEYS = ("id", "municipality", "title", "description", "text", "date", "demo")
WARNING_KEYS = (
    "id", "municipality", "scope", "level", "from", "until", "title", "text", "link", "link_title", "service", "demo",
)  # fmt: skip

#: The footer finds pages by these kinds; a file may name its pages in German.
PAGE_KINDS = {
    "impressum": "imprint",
    "datenschutz": "privacy",
    "barrierefreiheit": "accessibility",
    "leichte-sprache": "easy_language",
    "gebaerdensprache": "sign_language",
    "kontakt": "contact",
    "hilfe": "help",
}


@dataclass(frozen=True, slots=True)
class Article:
    """Content with a title and a text by language; ``place`` '' means every authority."""

    id: str
    title: dict[str, str]
    description: dict[str, str]
    text: dict[str, str]
    easy_language: str = ""
    place: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    def languages(self) -> list[str]:
        """Return the languages that the text is written in, German first."""
        return [code for code in ("de", "en", "nl") if code in self.text and code in self.title]

    def fields(self, meaning: dict[str, str], language: str) -> dict[str, Any]:
        """Return what the content type stores, in one language."""
        found = {
            "title": words.fill(spoken(self.title, language), meaning),
            "description": words.fill(spoken(self.description, language), meaning) or None,
            "text": words.fill_html(self.text[language], meaning),
        }
        if self.easy_language and language == "de":
            found["easy_language"] = words.fill_html(self.easy_language, meaning)
        return found | self.more


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning."""

    id: str
    place: str
    fields: dict[str, Any]


def read_pages(sources: Sources) -> list[Article]:
    """Return the information pages of every authority."""
    found = []
    for record in _entries(sources, "pages.yaml", PAGE_KEYS):
        key = record.id("id")
        kind = PAGE_KINDS.get(key) or record.choice("kind", PAGE_KINDS.values(), "other")
        more = {"kind": kind, "demo": record.flag("placeholder")}
        found.append(_article(record, more))
    return found


def read_guides(sources: Sources, services: set[str]) -> list[Article]:
    """Return the knowledge pages of every authority."""
    found = []
    for record in _entries(sources, "guides.yaml", GUIDE_KEYS):
        for key in record.ids("services"):
            if key not in services:
                raise record.error("services", f"{key!r} is not in services.csv.")
        more = {
            "key": record.id("id"),
            "services": record.ids("services"),
            "life_situations": record.ids("life_situations"),
            "demo": record.flag("demo", True),
        }
        found.append(_article(record, more))
    return found


def read_news(sources: Sources, places: set[str]) -> list[Article]:
    """Return the reports, each of one authority."""
    found = []
    for record in _entries(sources, "news.yaml", NEWS_KEYS):
        more = {"date": _day(record, "date"), "demo": record.flag("demo", True)}
        found.append(_article(record, more, _place(record, places)))
    return found


def read_warnings(sources: Sources, places: set[str], kreis: str) -> list[Notice]:
    """Return the warnings; those for all subsites belong to the Kreis."""
    found = []
    for record in _entries(sources, "warnings.yaml", WARNING_KEYS):
        place = _place(record, places)
        scope = record.choice("scope", ("all", "municipality"), "municipality")
        if scope == "all" and place != kreis:
            raise record.error("scope", "only the Kreis can warn on all subsites.")
        text = record.text("text", required=True, limit=2000)
        fields = {
            "title": record.text("title", limit=200) or words.shorten(text, 80),
            "level": record.choice("level", ("info", "warning", "danger"), "info"),
            "text": text,
            "link": record.text("link"),
            "starts": _moment(record, "from"),
            "ends": _moment(record, "until"),
            "scope": "kreis_wide" if scope == "all" else "municipality",
            "demo": record.flag("demo", True),
        }
        found.append(Notice(record.id("id"), place, fields))
    return found


def _entries(sources: Sources, name: str, keys: tuple[str, ...]) -> list[Record]:
    path = sources.find(name)
    if path is None:
        return []
    seen: set[tuple[str, str]] = set()
    records = read_records(path)
    for record in records:
        record.only(keys)
        place = (record.id("id"), str(record.values.get("municipality", "")))
        if place in seen:
            raise record.error("id", f"{place[0]!r} is there twice.")
        seen.add(place)
    return records


def _article(record: Record, more: dict[str, Any], place: str = "") -> Article:
    article = Article(
        id=record.id("id"),
        title=record.words("title", required=True),
        description=record.words("description"),
        text=record.words("text", required=True),
        easy_language=record.words("easy_language").get("de", ""),
        place=place,
        more=more,
    )
    for key, value in (("title", article.title), ("description", article.description), ("text", article.text)):
        strange = words.unknown(value)
        if strange:
            raise record.error(key, f"{{{strange[0]}}} is not a placeholder. Known: {', '.join(sorted(words.NAMES))}.")
    return article


def _place(record: Record, places: set[str]) -> str:
    place = record.id("municipality")
    if place not in places:
        raise record.error("municipality", f"{place!r} is not in municipalities.csv.")
    return place


def _day(record: Record, key: str) -> date | None:
    value = record.values.get(key)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise record.error(key, f"{value!r} is not a day such as 2026-11-22.") from error


def _moment(record: Record, key: str) -> datetime | None:
    """Return an aware moment; one without a zone is German time."""
    value = record.values.get(key)
    if value is None:
        return None
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise record.error(key, f"{value!r} is not a moment such as 2026-11-22T08:00:00+01:00.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.BERLIN)
