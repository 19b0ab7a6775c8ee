"""The footer: who answers, what the law asks for, the other portals."""

from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.municipality import api as municipality
from heinsberg.portal.ui.api import Link
from heinsberg.portal.ui.api import Template


TEMPLATE = Template(__file__, "footer.pt")

#: Kinds of information pages in the column of help, and in the last line.
HELP = ("easy_language", "sign_language", "accessibility")
LEGAL = ("imprint", "privacy")


def footer(source, sections: dict[str, str], t) -> str:
    """Return the HTML of the footer of a municipality, or of the entrance."""
    info = source.info
    kreis = municipality.kreis(source.site)
    owner = info or kreis
    pages = catalogue.information_pages(source.site, owner, source.language) if owner else {}
    texts = {
        "easy_language": t("Easy language"),
        "sign_language": t("Sign language"),
        "accessibility": t("Accessibility statement"),
        "imprint": t("Legal notice"),
        "privacy": t("Privacy"),
        "help": t("Help"),
        "contact": t("Contact"),
    }

    def links(kinds) -> list[Link]:
        return [Link(source.link(pages[kind]), texts[kind]) for kind in kinds if kind in pages]

    barrier = []
    if owner:
        path = f"{owner.path}/{source.language}/barriere-melden"
        barrier = [Link(source.link(path), t("Report a barrier"))]
    return TEMPLATE(
        info=owner,
        t=t,
        phone=catalogue.phone_link(owner.phone) if owner else "",
        hours=catalogue.hours_in_words(_opening_hours(source.site, owner), source.language) if owner else (),
        help=links(HELP) + barrier + links(("help", "contact")),
        legal=links(LEGAL),
        portals=[
            Link(source.link(f"{other.path}/{_language(other, source.language)}"), other.name)
            for other in municipality.municipalities(source.site)
            if info is None or other.id != info.id
        ],
        portals_title=t("Portals in ${name}", name=kreis.name) if kreis else t("Other portals"),
    )


def _language(info, wanted: str) -> str:
    return wanted if wanted in info.languages else "de"


def _opening_hours(site, info):
    obj = site.get(info.id)
    return getattr(obj, "opening_hours", None) or ()
