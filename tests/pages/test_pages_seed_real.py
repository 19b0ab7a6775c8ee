"""The real files: enough services, true references, and no town that speaks of another."""

from heinsberg.portal.foundation import environment
from heinsberg.portal.municipality import rules
from heinsberg.portal.pages.seeding import compose
from heinsberg.portal.pages.seeding.articles import Article
from heinsberg.portal.pages.seeding.files import Sources
from heinsberg.portal.pages.seeding.offices import unit_fields
from heinsberg.portal.pages.seeding.places import compose_place
from heinsberg.portal.pages.seeding.plan import read_plan
from heinsberg.portal.pages.seeding.words import unknown
from heinsberg.portal.pages.seeding.words import words
from types import SimpleNamespace

import pytest
import re


PLACES = (
    "erkelenz", "gangelt", "geilenkirchen", "heinsberg", "hueckelhoven", "selfkant",
    "uebach-palenberg", "waldfeucht", "wassenberg", "wegberg",
)  # fmt: skip


@pytest.fixture(scope="module")
def plan():
    return read_plan(Sources.of(environment.home() / "profiles" / "kreis-heinsberg"))


def content(authority):
    """Return what stands for the subsite."""
    found = rules.grammar(authority.kind, authority.name)
    return SimpleNamespace(grammar=lambda: found, **authority.fields())


def service_fields(plan, authority, target):
    for offer in plan.offers[authority.id]:
        texts = plan.texts.get(offer.service.id)
        for code in compose.languages(offer, texts):
            yield f"{offer.service.id}.{code}", compose.service_fields(offer, texts, compose.Known(), target, code)


def all_fields(plan, authority):
    """Yield (where, fields) of everything the seed would make in a subsite."""
    place, kreis = content(authority), content(plan.kreis)
    own = {code: words(place, kreis, code) for code in ("de", "en", "nl")}
    above = {code: words(kreis, kreis, code) for code in ("de", "en", "nl")}
    target = compose_place(plan, authority, own, above)
    yield from service_fields(plan, authority, target)
    for unit in plan.units_of(authority):
        for code in ("de", "en", "nl"):
            yield f"{unit.key}.{code}", unit_fields(unit, place, own[code], code)
    mine: list[Article] = [item for item in plan.news if item.place == authority.id]
    for article in (*plan.pages, *plan.guides, *mine):
        for code in article.languages():
            yield f"{article.id}.{code}", article.fields(own[code], code)
    for notice in plan.warnings:
        if notice.place == authority.id:
            yield notice.id, notice.fields


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings(part)


def test_there_are_enough_services(plan):
    numbers = {authority.id: len(plan.offers[authority.id]) for authority in plan.authorities}
    assert numbers.pop("kreis") >= 150
    assert set(numbers) == set(PLACES)
    assert min(numbers.values()) >= 120
    assert min(sum(offer.own for offer in plan.offers[name]) for name in PLACES) >= 120
    assert len(plan.texts) >= 40
    assert (len(plan.situations), sum(len(theme.children) for theme in plan.situations)) == (14, 55)


@pytest.mark.parametrize("name", ("kreis", *PLACES))
def test_no_page_speaks_of_another_town_or_is_an_empty_shell(plan, name):
    authority = next(item for item in plan.authorities if item.id == name)
    others = [item.name for item in plan.authorities if item.kind != "kreis" and item.id != name]
    if name == "kreis":
        # Its own name and its address hold that of its seat.
        others.remove("Heinsberg")
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, others))})\b")
    number = 0
    for where, fields in all_fields(plan, authority):
        number += 1
        assert not unknown(fields), where
        assert fields["title"], where
        for text in strings(fields):
            bare = re.sub(r"(?:Kreis(?:es)?|kreis-)\s?Heinsberg|kreis-heinsberg", "", text)
            assert not pattern.search(bare), f"{where}: {pattern.search(bare)} in {text[:200]}"
        if "adopted_hash" in fields:
            assert fields["short_text"] and fields["full_text"] and fields["teaser"], where
            assert len(fields["teaser"]) <= 160 and len(fields["adopted_hash"]) == 64
            assert fields["responsible_unit"], where
    assert number > 200


def test_every_reference_leads_somewhere(plan):
    for authority in plan.authorities:
        units = {unit.key for unit in plan.units_of(authority)}
        kreis = {unit.key for unit in plan.units_of(plan.kreis)}
        for offer in plan.offers[authority.id]:
            assert offer.unit in (units if offer.own else kreis), (authority.id, offer.service.id)
        offered = {offer.service.id for offer in plan.offers[authority.id]}
        if authority.kind != "kreis":
            assert set(plan.local[authority.id].most_used) <= offered
            signposts = {offer.service.id for offer in plan.offers[authority.id] if not offer.own}
            assert signposts <= {offer.service.id for offer in plan.offers["kreis"]}


def test_the_hash_changes_with_the_text_only(plan):
    body = {"title": "a", "teaser": "b", "key": "x"}
    assert compose.digest(body) == compose.digest(body | {"key": "y"})
    assert compose.digest(body) != compose.digest(body | {"teaser": "c"})
