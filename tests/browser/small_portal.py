"""Makes a small demonstration in HEINSBERG_VAR and serves it: ``small_portal.py run``.

All municipalities exist, so that the entrance is whole; three of them are
filled, with a few services each. Everything else is as `bin/portal run` does it.
"""

from dataclasses import replace

import sys


FILLED = ("kreis", "erkelenz", "gangelt")
#: Written out in full, from the catalogue only, done by the Kreis, in one and in three languages.
SERVICES = (
    "abbruch-anzeigen",
    "adoption-beratung",
    "aufenthaltstitel",
    "bauantrag",
    "beglaubigung",
    "eheschliessung-anmelden",
    "ersatzfuehrerschein",
    "fuehrerschein-umtausch",
    "geburt-anmelden",
    "geburtsurkunde",
    "gewerbe-anmelden",
    "hund-anmelden",
    "kfz-zulassen",
    "meldebescheinigung",
    "personalausweis-beantragen",
    "personalausweis-verlust",
    "reisepass-beantragen",
    "sperrmuell-anmelden",
    "wohngeld-beantragen",
    "wohnsitz-anmelden",
    "wohnsitz-ummelden",
    "wunschkennzeichen",
)


def smaller(plan, needed):
    """Return a plan with the services above, and the life situations that they need."""
    offers = {
        place: [offer for offer in found if offer.service.id in SERVICES] if place in FILLED else []
        for place, found in plan.offers.items()
    }
    return replace(plan, offers=offers, situations=needed(plan.situations, offers))


def main(arguments: list[str]) -> int:
    """Run bin/portal with the smaller plan."""
    from heinsberg.portal.operations.cli import main as portal
    from heinsberg.portal.pages.seeding import plan
    from heinsberg.portal.pages.seeding import running

    read, fill = running.read_plan, running._fill
    running.read_plan = lambda *given: smaller(read(*given), plan.needed)
    running._fill = lambda writer, wanted, authority: (
        fill(writer, wanted, authority) if authority.id in FILLED else None
    )
    return portal(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
