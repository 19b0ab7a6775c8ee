"""Fills a fresh portal in a process of its own; the environment names the data folder.

fill.py demo NUMBER                  the demonstration with the first NUMBER services of each authority
fill.py services FROM TO             one municipality gets the services FROM … TO - 1
"""

from argparse import Namespace

import sys


#: Objects between two commits.
BATCH = 200


def demo(site, number: int) -> None:
    """Seed a small demonstration and mark it as complete, so that ``run`` only starts it."""
    from heinsberg.portal.operations import steps
    from heinsberg.portal.pages.commands import seed

    import transaction

    seed(site, Namespace(kreis=None, limit=number, with_catalogue=False), print)
    steps.finish(site, "seed")
    transaction.commit()


def services(site, first: int, last: int) -> None:
    """Give the first municipality services that differ in title, office, life situation and rank."""
    from heinsberg.portal.catalogue import api as catalogue
    from heinsberg.portal.municipality import api as municipality

    import transaction

    info = next(info for info in municipality.municipalities(site) if info.kind != "kreis")
    sections = catalogue.section_path(info.path, "de", "services")
    folder = site.unrestrictedTraverse(sections)
    units = [line.key for line in catalogue.units_of(info.path)]
    situations = [line.key for line in catalogue.life_situations_of(info.path) if line.parent]
    for number in range(first, last):
        catalogue.create(
            folder, "PublicService", f"bench-{number:05d}", publish=True, language="de", key=f"bench-{number:05d}",
            title=f"{'ABCDEFGHIJKLMNOPRSTUVWZ'[number % 23]}ntrag Nummer {number}",
            teaser=f"Diesen Antrag Nummer {number} stellen Sie im Rathaus.",
            full_text=f"<p>Der Antrag {number} betrifft Sie, wenn Sie hier wohnen.</p>" * 6,
            procedure=["Sie stellen den Antrag.", "Wir prüfen ihn.", "Sie erhalten einen Bescheid."],
            related=[f"bench-{(number + step) % max(first, 100):05d}" for step in (1, 2, 3)],
            responsible_unit=units[number % len(units)] if units else None,
            life_situations=[situations[number % len(situations)]] if situations else [],
            most_used=number + 1 if number < 8 else None,
        )  # fmt: skip
        if number % BATCH == BATCH - 1:
            transaction.commit()
            site._p_jar.cacheMinimize()
    transaction.commit()


def main() -> None:
    from heinsberg.portal.foundation import environment

    environment.prepare()
    from heinsberg.portal.operations import loading

    loading.load_zope()
    with loading.portal_session() as (_, site):
        if sys.argv[1] == "demo":
            demo(site, int(sys.argv[2]))
        else:
            services(site, int(sys.argv[2]), int(sys.argv[3]))
    import Zope2

    for database in Zope2.opened:
        database.close()


if __name__ == "__main__":
    main()
