"""The page of a service: what to do, what it costs, what to bring, who is responsible."""

from Acquisition import aq_base
from dataclasses import dataclass
from heinsberg.portal.catalogue import api
from heinsberg.portal.catalogue.browser import schema_org
from heinsberg.portal.catalogue.browser.base import CataloguePage
from heinsberg.portal.ui.api import Template
from zExceptions import NotFound


TRUST = {
    "none": "possible without an account",
    "low": "with a simple account",
    "substantial": "with an ELSTER certificate or similar",
    "high": "with your online ID card",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the facts at a glance."""

    term: str
    text: str
    href: str = ""


class ServicePage(CataloguePage):
    """See the module."""

    template = Template(__file__, "service.pt")
    easy = False

    def update(self) -> None:
        super().update()
        self.text = api.read_service(self.context, self.language, self.address)
        self.kreis = self.authority(self.text.executed_by, self.text.executing_authority)
        self.card = self.contact(self.text.responsible_unit, self.kreis)
        accepting = self.text.accepting_unit
        self.accepting = self.contact(accepting) if accepting != self.text.responsible_unit else None
        self.meta.title = self.text.title
        self.meta.description = self.text.teaser or self.text.short_text[:300]
        self.meta.json_ld = schema_org.service(self)
        self.easy_link = self._view_link("leichte-sprache") if self.text.easy_language else ""

    def stamp(self) -> tuple:
        # Another municipality's office stands on this page; its changes count in its own counter only.
        base = aq_base(self.context)
        if base.executed_by != "other":
            return ()
        other = self.authority("other", base.executing_authority or "")
        return (self.source.counter_of(other),) if other is not None else ()

    def _view_link(self, name: str) -> str:
        path = self.text.path
        if self.foreign:
            path = api.fallback_path(self.context, self.language) or path
        return f"{self.source.link(path)}/{name}"

    def online_links(self):
        return [link for link in self.text.online_services if link.kind != "information"]

    def action_text(self) -> str:
        """Return what to do where nothing can be done online yet."""
        t = self.t
        if self.kreis is not None:
            return t("${name} does this for you. Contact the office named here.", name=self.kreis.official_name)
        if self.card is not None and self.card.appointment == "required":
            if self.text.documents:
                return t("Make an appointment with the office and bring the documents named below.")
            return t("Make an appointment with the office. It tells you which documents you need.")
        return t("The office tells you how to go about it. An online application is not available yet.")

    def fee(self) -> str:
        """Return the fee in a few words."""
        costs = self.text.costs
        if not costs:
            return ""
        if len(costs) == 1:
            return costs[0].text
        if all(cost.kind == "free" for cost in costs):
            return costs[0].text
        # Which of several fees a person pays depends on the case; the editors
        # put the usual one first.
        first = next((cost for cost in costs if cost.text), None)
        return f"{first.label}: {first.text}" if first is not None else ""

    def facts(self) -> list[Fact]:
        t, text = self.t, self.text
        found = []
        if self.fee():
            found.append(Fact(t("Costs"), self.fee(), "#kosten"))
        if text.deadlines:
            first = text.deadlines[0]
            words = ": ".join(part for part in (first.label, first.text or first.note) if part)
            found.append(Fact(t("Deadline"), words, "#fristen"))
        if text.processing_time:
            found.append(Fact(t("Processing time"), text.processing_time))
        if text.channel == "form" or self.online_links():
            found.append(Fact(t("Sign-in"), t(TRUST[text.trust_level])))
        if self.card is not None:
            found.append(Fact(t("Responsible"), f"{self.card.title}, {self.card.authority}", self.card.href))
        elif self.kreis is not None:
            found.append(Fact(t("Responsible"), self.kreis.official_name, self.source.link(self.kreis.path)))
        return found

    def action_facts(self) -> list[Fact]:
        """Return what the action card says at once: fee, duration, sign-in, what to have ready."""
        t, text = self.t, self.text
        found = []
        if self.fee():
            found.append(Fact(t("Fee"), self.fee()))
        if text.processing_time:
            found.append(Fact(t("Duration"), text.processing_time))
        if self.online_links():
            found.append(Fact(t("Sign-in"), t(TRUST[text.trust_level])))
        required = [document.title for document in text.documents if document.required]
        if required:
            more = len(required) - 2
            ready = ", ".join(required[:2])
            if more > 0:
                ready += t(" and ${number} more", number=more)
            found.append(Fact(t("Have ready"), ready))
        return found

    def sections(self) -> list[tuple[str, str]]:
        """Return (anchor, title) of the parts this page has, for "on this page"."""
        t, text = self.t, self.text
        wanted = (
            ("ueberblick", t("At a glance"), True),
            ("beschreibung", t("What it is about"), text.full_text),
            ("voraussetzungen", t("Requirements"), text.requirements),
            ("unterlagen", t("Documents"), text.documents),
            ("ablauf", t("Procedure"), text.procedure),
            ("kosten", t("Costs"), text.costs),
            ("fristen", t("Deadlines"), text.deadlines),
            ("hinweise", t("Hints"), text.hints),
            ("formulare", t("Forms and links"), text.forms or text.further_links),
            ("recht", t("Legal basis"), text.legal_basis),
            ("rechtsbehelf", t("Legal remedy"), text.remedy),
            ("verwandt", t("Related services"), text.related),
        )
        return [(anchor, title) for anchor, title, there in wanted if there]

    def related(self):
        keys = self.text.related
        if not keys:
            return ()
        path = self.source.info.path
        return self.source.keep("by-key", keys, make=lambda: api.services_of(path, self.language, key=keys))

    def situations(self):
        wanted = set(self.text.life_situations)
        if not wanted:
            return ()
        return [line for line in self.situation_lines() if line.key in wanted]

    def kreis_link(self) -> str:
        """Return the page of the same service in the portal of the authority that executes it."""
        other, key = self.kreis, self.text.key

        def find() -> str:
            lines = api.services_of(other.path, self.language, key=key)
            return self.link(lines[0]) if lines else self.source.link(f"{other.path}/de")

        return self.source.keep("elsewhere", other.uid, self.source.counter_of(other), key, make=find)


class ServiceInEasyLanguage(ServicePage):
    """The text of a service in Leichte Sprache, with its own switch."""

    template = Template(__file__, "easy.pt")
    easy = True

    def update(self) -> None:
        super().update()
        if not self.text.easy_language:
            raise NotFound(self.context.getId())
        self.meta.title = f"{self.text.title}: {self.t('Easy language')}"
        self.meta.canonical = f"{self.meta.canonical}/leichte-sprache"
        self.meta.alternates = ()
        self.meta.json_ld = ""
        self.back = self._view_link("").rstrip("/")
        self.easy_text = api.raised(self.text.easy_language)
        self.heading = self.text.title
