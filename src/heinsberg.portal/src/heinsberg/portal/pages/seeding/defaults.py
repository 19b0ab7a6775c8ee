"""The legal and help pages of a municipality that is added by hand, by form or over REST."""

from heinsberg.portal import logger
from heinsberg.portal.catalogue import api as catalogue
from heinsberg.portal.foundation import environment
from heinsberg.portal.municipality.interfaces import IMunicipality
from heinsberg.portal.pages.seeding import profile
from heinsberg.portal.pages.seeding.articles import read_pages
from heinsberg.portal.pages.seeding.errors import SeedError
from heinsberg.portal.pages.seeding.files import Sources
from heinsberg.portal.pages.seeding.words import words
from heinsberg.portal.pages.seeding.writing import Writer
from Products.CMFCore.utils import getToolByName


LANGUAGES = ("de", "en", "nl")


def on_municipality_prepared(event) -> None:
    """Make the pages that the law asks of every authority, with places for it to fill in."""
    municipality = event.object
    site = getToolByName(municipality, "portal_url").getPortalObject()
    try:
        made = make_pages(site, municipality)
    except SeedError:
        # A template that cannot be read must not keep a municipality from being made.
        logger.exception("default_pages_failed id=%s", municipality.getId())
        return
    if made:
        logger.info("default_pages_made id=%s number=%d", municipality.getId(), made)


def make_pages(site, municipality) -> int:
    """Make what is missing of the pages in each language; return how many."""
    writer = Writer(site, lambda line: None)
    boxes = {code: writer.section(municipality, code, "pages") for code in LANGUAGES}
    boxes = {code: box for code, box in boxes.items() if box is not None}
    if "de" not in boxes:
        return 0
    taken = {code: writer.taken(box) for code, box in boxes.items()}
    meaning = {code: words(municipality, _kreis(site, municipality), code) for code in boxes}
    kinds = {line.kind for line in catalogue.pages_of("/".join(municipality.getPhysicalPath()), "de")}
    made = 0
    for page in read_pages(_sources(site)):
        if page.more["kind"] in kinds and page.id not in taken["de"]:
            continue
        targets = {code: boxes[code] for code in page.languages() if code in boxes}
        if targets:
            made += writer.make_translated(
                targets, "InformationPage", page.id, lambda code, page=page: page.fields(meaning[code], code), taken
            )
    return made


def _kreis(site, municipality):
    """Return the Kreis of the site; the authority itself while there is none."""
    found = (obj for obj in site.objectValues() if IMunicipality.providedBy(obj) and obj.kind == "kreis")
    return next(found, municipality)


def _sources(site) -> Sources:
    """Return the seed files of the site's Kreis; those for all where it has no profile."""
    name = profile.applied(site)
    folder = profile.folder(name) if name else environment.home() / "profiles" / "common"
    return Sources.of(folder)
