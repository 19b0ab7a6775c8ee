"""Report a barrier: a plain form, without account and without JavaScript.

Source: BGG NRW § 10d, BITVNRW (feedback mechanism of the accessibility statement).
"""

from dataclasses import dataclass
from dataclasses import field
from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.foundation import clock
from heinsberg.portal.outbox import api as outbox
from heinsberg.portal.pages import formguard
from heinsberg.portal.ui.api import Link
from heinsberg.portal.ui.api import PublicPage
from heinsberg.portal.ui.api import Template
from zExceptions import BadRequest

import secrets


KINDS = ("read", "use", "document", "other")
LIMITS = {"description": 4000, "page": 500, "name": 150, "email": 200}
OMBUDSSTELLE = "ombudsstelle-barrierefreie-it@mags.nrw.de"


@dataclass
class Report:
    """What the person wrote, and what is wrong with it by field."""

    kind: str = ""
    description: str = ""
    page: str = ""
    name: str = ""
    email: str = ""
    easy: bool = False
    problems: dict[str, str] = field(default_factory=dict)


def read(form: dict, t) -> Report:
    """Return a report with its problems; every value is cut to its limit."""
    values = {}
    for name, limit in LIMITS.items():
        value = form.get(name)
        values[name] = value.strip()[:limit] if isinstance(value, str) else ""
    kind = form.get("kind")
    report = Report(kind=kind if kind in KINDS else "", easy=bool(form.get("easy")), **values)
    if not report.kind:
        report.problems["kind"] = t("Choose what it is about.")
    if not report.description:
        report.problems["description"] = t("Describe what happened, in one sentence at least.")
    if report.email and not catalogue.is_mail_address(report.email):
        report.problems["email"] = t("Enter an e-mail address like name@example.de, or leave the field empty.")
    return report


class BarrierReport(PublicPage):
    """GET shows the form, POST sends the report and leads to a receipt."""

    template = Template(__file__, "barrier.pt")
    in_menu = False
    cacheable = False

    def update(self) -> None:
        self.meta.title = self.t("Report a barrier")
        self.meta.description = self.t(
            "Something in the portal is not accessible for you? Write to us. We answer within four weeks."
        )
        self.meta.canonical = self.source.canonical() + "/barriere-melden"
        self.crumb, self.beside = self.meta.title, "/barriere-melden"
        self.crumbs = [Link(self.frame.home, self.t("Home"))]
        self.action = f"{self.frame.home}/barriere-melden"
        self.sent = formguard.receipt(self.request.form.get("gesendet"))
        self.report = Report()
        self.ombudsstelle = OMBUDSSTELLE
        if self.request.method == "POST":
            self._take()

    def kinds(self) -> list[tuple[str, str]]:
        t = self.t
        return [
            ("read", t("I cannot read or understand something")),
            ("use", t("I cannot operate something")),
            ("document", t("A document is not accessible")),
            ("other", t("Something else")),
        ]

    def token(self) -> str:
        return formguard.token("barrier")

    def _take(self) -> None:
        form = self.request.form
        self.report = read(form, self.t)
        problem = formguard.problem(self.request, "barrier")
        if problem == "robot":
            raise BadRequest("form was filled in by a machine")
        if problem:
            self.report.problems["form"] = self.t("Please send the form once more.")
        if self.report.problems:
            self.status = 422
            self.meta.title = f"{self.t('Error')}: {self.meta.title}"
            return
        number = self._send(formguard.nonce(form))
        self.request.response.redirect(f"{self.action}?gesendet={number}", status=303)

    def _send(self, nonce: str) -> str:
        info, report = self.source.info, self.report
        number = formguard.number(nonce) if nonce else secrets.token_hex(4)
        kinds = dict(self.kinds())
        lines = [
            f"Meldung einer Barriere im Serviceportal {info.official_name}",
            f"Nummer: {number}",
            f"Eingang: {clock.local():%d.%m.%Y %H:%M} Uhr",
            "",
            f"Art: {kinds[report.kind]}",
            f"Seite: {report.page or '–'}",
            f"Name: {report.name or '–'}",
            f"E-Mail: {report.email or '–'}",
            f"Antwort in Leichter Sprache gewünscht: {'ja' if report.easy else 'nein'}",
            "",
            report.description,
        ]
        outbox.send_mail(
            _recipient(self.source.site, info),
            f"Barriere gemeldet ({number})",
            "\n".join(lines),
            key=f"barrier:{nonce}" if nonce else None,
        )
        return number


def _recipient(site, info) -> str:
    """Return the address of the person responsible for the portal, else the authority's."""
    rows = getattr(site.get(info.id), "contacts", None) or ()
    for role in ("portal", "content"):
        for row in rows:
            if row.get("role") == role and row.get("email"):
                return row["email"]
    return info.email
