"""Municipalities and what lies in each: units, life situations, pages, services, reports."""

from collections.abc import Iterable
from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.pages.seeding import articles
from heinsberg.portal.pages.seeding import compose
from heinsberg.portal.pages.seeding import offices
from heinsberg.portal.pages.seeding.authorities import Authority
from heinsberg.portal.pages.seeding.competence import Offer
from heinsberg.portal.pages.seeding.plan import Plan
from heinsberg.portal.pages.seeding.situations import Situation
from heinsberg.portal.pages.seeding.words import words
from heinsberg.portal.pages.seeding.writing import Writer
from typing import Any
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


LANGUAGES = ("de", "en", "nl")

#: The office whose hours are those of the house.
FIRST_OFFICES = ("buergerbuero", "buergerservice-kreis")


class PlaceSeeder:
    """Fills one municipality; every method returns how many objects it made."""

    def __init__(self, writer: Writer, plan: Plan, authority: Authority) -> None:
        self.writer, self.plan, self.authority = writer, plan, authority
        site = writer.site
        self.place = site[authority.id]
        kreis = site[plan.kreis.id]
        self.words = {code: words(self.place, kreis, code) for code in LANGUAGES}
        self.kreis_words = {code: words(kreis, kreis, code) for code in LANGUAGES}

    def units(self) -> int:
        """Make the offices, in every language."""
        containers, taken = self._containers("units")
        made = 0
        for unit in self.plan.units_of(self.authority):
            made += self.writer.make_translated(
                containers, "OrganisationalUnit", unit.key,
                lambda code, unit=unit: offices.unit_fields(unit, self.place, self.words[code], code), taken,
            )  # fmt: skip
        self._town_hall_hours()
        return made

    def _town_hall_hours(self) -> None:
        """Give the authority the hours of the office that everybody comes to first, where it has none."""
        first = next((u for u in self.plan.units_of(self.authority) if u.key in FIRST_OFFICES), None)
        if self.place.opening_hours or first is None:
            return
        rows = [
            {"days": list(row["days"]), "opens": row["opens"], "closes": row["closes"], "note": ""}
            for row in first.opening_hours
            if not row.get("week_of_month") and not row.get("appointment_only")
        ]
        if not rows:
            return
        self.place.opening_hours = rows
        notify(ObjectModifiedEvent(self.place))
        self.writer.wrote()

    def situations(self) -> int:
        """Make themes and situations, in every language."""
        containers, taken = self._containers("life_situations")
        made = self._situations(containers, self.plan.situations, taken)
        for theme in self.plan.situations:
            inside = {code: box.get(theme.key) for code, box in containers.items()}
            inside = {code: box for code, box in inside.items() if box is not None}
            if "de" in inside:
                made += self._situations(inside, theme.children, taken)
                self.writer.breathe(f"{self.authority.id}, life situations")
        return made

    def _situations(self, containers, situations: Iterable[Situation], taken) -> int:
        return sum(
            self.writer.make_translated(containers, "LifeSituation", item.key, item.fields, taken)
            for item in situations
        )

    def pages(self) -> int:
        """Make the information pages; those of a kind that exists already stay as they are."""
        containers, taken = self._containers("pages")
        kinds = {
            code: {line.kind for line in catalogue.pages_of(f"{self._path()}/{code}", code)} if code in containers else set()
            for code in LANGUAGES
        }
        made = 0
        for page in self.plan.pages:
            if page.more["kind"] != "other" and page.more["kind"] in kinds["de"] and page.id not in taken["de"]:
                continue
            made += self._article(containers, "InformationPage", page, taken)
        return made

    def guides(self) -> int:
        """Make the knowledge pages."""
        containers, taken = self._containers("guides")
        offered = {offer.service.id for offer in self.plan.offers[self.authority.id]}
        made = 0
        for guide in self.plan.guides:
            more = guide.more | {"services": [key for key in guide.more["services"] if key in offered]}
            made += self._article(containers, "Guide", guide, taken, more)
        return made

    def news(self) -> int:
        """Make the reports."""
        containers, taken = self._containers("news")
        return sum(
            self._article(containers, "News", item, taken)
            for item in self.plan.news
            if item.place == self.authority.id
        )

    def warnings(self) -> int:
        """Make the warnings; they are short-lived and German only."""
        container = self.writer.section(self.place, "de", "warnings")
        mine = [item for item in self.plan.warnings if item.place == self.authority.id and container is not None]
        missing = [item for item in mine if item.id not in container.objectIds()]
        for item in missing:
            self.writer.make(container, "Warning", item.id, item.fields)
        return len(missing)

    def services(self) -> int:
        """Make the services, translated where their texts are."""
        containers, taken = self._containers("services")
        place = compose_place(self.plan, self.authority, self.words, self.kreis_words)
        leika = catalogue.catalogue_of(self.writer.site)
        made = 0
        for offer in self.plan.offers[self.authority.id]:
            texts = self.plan.texts.get(offer.service.id)
            boxes = {code: containers[code] for code in compose.languages(offer, texts) if code in containers}
            if not boxes or all(offer.service.id in taken[code] for code in boxes):
                continue
            known = known_of(leika, offer)
            made += self.writer.make_translated(
                boxes, "PublicService", offer.service.id,
                lambda code, offer=offer, texts=texts, known=known: compose.service_fields(offer, texts, known, place, code),
                taken,
            )  # fmt: skip
            self.writer.breathe(f"{self.authority.id}, services")
        return made

    def _article(self, containers, portal_type: str, article: articles.Article, taken, more=None) -> int:
        boxes = {code: containers[code] for code in article.languages() if code in containers}

        def fields(code: str) -> dict[str, Any]:
            return article.fields(self.words[code], code) | (more or {})

        return self.writer.make_translated(boxes, portal_type, article.id, fields, taken) if boxes else 0

    def _containers(self, kind: str):
        """Return (section by language, ids and keys taken in each); empty without a German section."""
        boxes = {code: self.writer.section(self.place, code, kind) for code in LANGUAGES}
        boxes = {code: box for code, box in boxes.items() if box is not None}
        if "de" not in boxes:
            self.writer.report(f"{self.place.title}: the section for {kind} was removed; left out")
            boxes = {}
        return boxes, {code: self.writer.taken(box) for code, box in boxes.items()}

    def _path(self) -> str:
        return "/".join(self.place.getPhysicalPath())


def compose_place(plan: Plan, authority: Authority, own, kreis) -> compose.Place:
    """Return an authority as its texts need it; ``own`` and ``kreis`` are words by language."""
    above = {unit.key: unit.title for unit in plan.units_of(plan.kreis)}
    local = plan.local[authority.id]
    return compose.Place(
        own=own,
        kreis=kreis,
        kreis_id=plan.kreis.id,
        units=above | {unit.key: unit.title for unit in plan.units_of(authority)},
        offered=frozenset(offer.service.id for offer in plan.offers[authority.id]),
        ranks=_ranks(plan, authority),
        costs=local.costs,
    )


def _ranks(plan: Plan, authority: Authority) -> dict[str, int]:
    """Return the places among the most used: the authority's own list, else that of its level."""
    own = plan.local[authority.id].most_used
    if own:
        return {key: rank for rank, key in enumerate(own[:8], 1)}
    level = authority.kind == "kreis"
    return {
        offer.service.id: offer.service.most_used
        for offer in plan.offers[authority.id]
        if offer.service.most_used and offer.own and (offer.service.executed_by == "kreis") == level
    }


def known_of(leika, offer: Offer) -> compose.Known:
    """Return what the shared catalogue knows of a service."""
    service = offer.service
    entry = leika.get(service.leistungsschluessel) if service.leistungsschluessel else None
    group = leika.ozg_service(service.ozg_id) if service.ozg_id else None
    return compose.Known(
        name=entry.name if entry else "",
        group=(entry.ozg_leistung if entry else "") or (group.name if group else ""),
        stand=entry.stand if entry else "",
        legal_basis=tuple((law.title, law.url) for law in entry.legal_basis) if entry else (),
    )
