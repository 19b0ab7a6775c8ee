"""The whole seed, part by part, and what it tells."""

from argparse import Namespace
from collections.abc import Callable
from heinsberg.portal import logger
from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.foundation.settings import settings
from heinsberg.portal.municipality.interfaces import IMunicipality
from heinsberg.portal.pages.seeding import people
from heinsberg.portal.pages.seeding import profile
from heinsberg.portal.pages.seeding.authorities import Authority
from heinsberg.portal.pages.seeding.errors import SeedError
from heinsberg.portal.pages.seeding.files import Sources
from heinsberg.portal.pages.seeding.places import PlaceSeeder
from heinsberg.portal.pages.seeding.plan import Plan
from heinsberg.portal.pages.seeding.plan import read_plan
from heinsberg.portal.pages.seeding.writing import Writer
from time import process_time

import transaction


Report = Callable[[str], object]

#: In this order: services refer to units and life situations, guides to services.
PARTS = ("units", "situations", "pages", "services", "guides", "news", "warnings")
WORDS = {
    "units": "offices",
    "situations": "life situations",
    "pages": "pages",
    "services": "services",
    "guides": "guides",
    "news": "reports",
    "warnings": "warnings",
}


def run(site, options: Namespace, report: Report) -> int:
    """Make what is missing; SeedError before the first change where a file is wrong."""
    cpu = process_time()
    kreis = profile.chosen(site, getattr(options, "kreis", None))
    limit = getattr(options, "limit", None) or settings().seed_limit or None
    plan = read_plan(Sources.of(profile.folder(kreis)), limit)
    report(f"files of {kreis} read: {len(plan.authorities)} authorities, {len(plan.texts)} written texts")
    writer = Writer(site, report)
    with writer.timed("municipalities"):
        make_authorities(writer, plan)
    with writer.timed("catalogue"):
        _import_catalogue(site, options, report)
    for authority in plan.authorities:
        _fill(writer, plan, authority)
    with writer.timed("people"):
        people.make_users(writer, plan, options)
    _tell(writer, plan, process_time() - cpu)
    return 0


def make_authorities(writer: Writer, plan: Plan) -> None:
    """Make missing municipalities, the Kreis first, each in a transaction of its own."""
    site = writer.site
    there = {obj.ags: obj.getId() for obj in site.objectValues() if IMunicipality.providedBy(obj)}
    for authority in plan.authorities:
        if authority.id in site.objectIds():
            if there.get(authority.ags) != authority.id:
                raise SeedError(f"{authority.id} exists in the portal and is not {authority.name} (AGS {authority.ags}).")
            continue
        if authority.ags in there:
            raise SeedError(
                f"{authority.name} (AGS {authority.ags}) exists as {there[authority.ags]}. "
                f"Write that id into municipalities.csv instead of {authority.id}."
            )
        catalogue.create(site, "Municipality", authority.id, **authority.fields(), language="de")
        writer.made["Municipality"] += 1
        writer.wrote()
        writer.report(f"{authority.name}: subsite made")
        writer.commit(f"municipality {authority.id}")


def _import_catalogue(site, options: Namespace, report: Report) -> None:
    """Import the shared catalogue where there is none yet; later runs leave it alone."""
    if not getattr(options, "with_catalogue", True) or any(True for _key in catalogue.catalogue_of(site).keys()):
        return
    if catalogue.import_leika(site, Namespace(files=[], accept_removals=False), report):
        raise SeedError("the shared catalogue could not be imported (see above). Mend the file and run the seed again.")
    # The command commits for itself; nothing of it stays open here.
    transaction.commit()


def _fill(writer: Writer, plan: Plan, authority: Authority) -> None:
    """Fill one municipality, committing part by part, and say what was made."""
    made: dict[str, int] = {}
    seeder = PlaceSeeder(writer, plan, authority)
    for part in PARTS:
        with writer.timed(part):
            made[part] = getattr(seeder, part)()
    with writer.timed("commits"):
        writer.commit(authority.id)
    told = ", ".join(f"{number} {WORDS[part]}" for part, number in made.items() if number)
    writer.report(f"{authority.name}: {told or 'complete, nothing made'}")


def _tell(writer: Writer, plan: Plan, cpu: float) -> None:
    """Say what the portal holds now, and how long each part took."""
    for authority in plan.authorities:
        path = "/".join(writer.site[authority.id].getPhysicalPath())
        number = len(catalogue.services_of(path, "de"))
        writer.report(f"{authority.name}: {number} services in the portal")
    if not writer.made:
        writer.report("Nothing was missing; nothing was written.")
        return
    made = ", ".join(f"{number} {name}" for name, number in sorted(writer.made.items()))
    parts = ", ".join(f"{part} {seconds:.1f} s" for part, seconds in writer.seconds.items() if seconds >= 0.05)
    writer.report(f"Made: {made}.")
    writer.report(f"Time: {parts}; {cpu:.1f} s of processor time.")
    logger.info("seed_finished made=%d cpu_seconds=%.1f", sum(writer.made.values()), cpu)
