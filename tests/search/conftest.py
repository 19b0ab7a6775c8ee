"""The Kreis, Gangelt and Selfkant with the written texts of the common profile, served by Zope."""

from heinsberg.portal.foundation.settings import override
from pathlib import Path
from types import SimpleNamespace

import csv
import json
import pytest
import re
import transaction
import urllib.error
import urllib.request
import yaml


COMMON = Path(__file__).resolve().parents[2] / "profiles" / "common"
PUBLIC = "https://portal.example"
DOMAIN = "www.gangelt.example"
FACTS = {
    "kreis": {
        "title": "Kreis Heinsberg", "kind": "kreis", "ags": "05370000", "ars": "053700000000",
        "postal_codes": ["52525"], "street": "Valkenburger Straße 45", "postal_code": "52525",
        "city": "Heinsberg", "email": "info@kreis.example",
    },
    "gangelt": {
        "title": "Gangelt", "kind": "gemeinde", "ags": "05370008", "ars": "053700008008",
        "postal_codes": ["52538"], "street": "Burgstraße 10", "postal_code": "52538",
        "city": "Gangelt", "email": "info@gangelt.example", "domains": [DOMAIN],
    },
    "selfkant": {
        "title": "Selfkant", "kind": "gemeinde", "ags": "05370024", "ars": "053700024024",
        "postal_codes": ["52538"], "street": "Am Rathaus 13", "postal_code": "52538",
        "city": "Selfkant", "email": "info@selfkant.example",
    },
}  # fmt: skip
PLACEHOLDER = re.compile(r"\{\w+\}")


def real_texts() -> dict[str, dict]:
    """Return id -> fields of each service that has a written German text."""
    with (COMMON / "services.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    found = {}
    for path in sorted((COMMON / "texts").glob("*.yaml")):
        if "." in path.stem or path.stem not in rows:
            continue
        found[path.stem] = _fields(rows[path.stem], yaml.safe_load(path.read_text(encoding="utf-8")))
    return found


def _fields(row: dict, text: dict) -> dict:
    names = ("title", "official_name", "teaser", "short_text", "full_text", "requirements", "hints", "remedy")
    fields = {name: PLACEHOLDER.sub("der Gemeinde", text.get(name) or "") for name in names}
    return fields | {
        "keywords": text.get("keywords") or row["keywords"].split("|"),
        "life_situations": [key for key in row["life_situations"].split("|") if key],
        "target_group": row["target_group"].split("|"),
        "responsible_unit": row["unit"] or None,
        "executed_by": "kreis" if row["executed_by"] == "kreis" else "own",
        "leistungsschluessel": row["leistungsschluessel"] or None,
        "trust_level": row["trust_level"] or None,
        "most_used": int(row["most_used"]) if row["most_used"] else None,
    }


def _layers(layer, found: list) -> list:
    for base in layer.__bases__:
        _layers(base, found)
    if layer not in found:
        found.append(layer)
    return found


def fill(portal) -> None:
    """Make the three authorities and their services."""
    from heinsberg.portal.catalogue import api
    from plone.dexterity.utils import createContentInContainer

    for name, facts in FACTS.items():
        createContentInContainer(portal, "Municipality", id=name, **facts)
        api.make_sections(portal[name])
    for name in ("kreis", "gangelt"):
        theme = api.create(
            portal[name]["de"]["lebenslagen"], "LifeSituation", "familie-kind",
            title="Familie und Kind", key="familie-kind", icon="familie", position=1, publish=True,
        )  # fmt: skip
        for position, (key, title) in enumerate((("geburt", "Geburt"), ("kinderbetreuung", "Kinderbetreuung")), 1):
            api.create(theme, "LifeSituation", key, title=title, key=key, position=position, publish=True)
    for key, fields in real_texts().items():
        api.create(portal["gangelt"]["de"]["leistungen"], "PublicService", key, key=key, publish=True, **fields)
    texts = real_texts()
    for key in ("hund-anmelden", "personalausweis-beantragen"):
        fields = texts[key] | {"title": f"{texts[key]['title']} in Selfkant"}
        api.create(portal["selfkant"]["de"]["leistungen"], "PublicService", key, key=key, publish=True, **fields)
    online = [{"title": "Online", "url": "https://x.example", "kind": "application"}]
    api.create(
        portal["selfkant"]["de"]["leistungen"], "PublicService", "fundbuero", key="fundbuero", publish=True,
        title="Fundsachen", keywords=["Schlüssel"], online_services=online,
    )  # fmt: skip
    api.create(portal["selfkant"]["de"]["leistungen"], "PublicService", "geheim", key="geheim", title="Hund geheim")
    german = portal["gangelt"]["de"]["leistungen"]["hund-anmelden"]
    english = api.create(
        portal["gangelt"]["en"]["services"], "PublicService", "register-dog", key="hund-anmelden",
        title="Register a dog", teaser="Tell us about your dog.", keywords=["dog tax"], publish=True,
    )  # fmt: skip
    api.translate_as(german, english, "en")


class Answer:
    """Status, headers (small letters) and JSON of an answer."""

    def __init__(self, response) -> None:
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.headers.items()}
        self.text = response.read().decode("utf-8")

    @property
    def json(self):
        return json.loads(self.text)


def fetch(url: str, **headers) -> Answer:
    sent = {"Accept": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=sent), timeout=30) as response:
            return Answer(response)
    except urllib.error.HTTPError as error:
        return Answer(error)


@pytest.fixture(scope="module")
def world(functional_session):
    """``world.common(path)`` and ``world.own(path)`` ask over HTTP; tests change nothing."""
    from plone.app.testing import setRoles
    from plone.app.testing import TEST_USER_ID
    from Products.SiteAccess.VirtualHostMonster import manage_addVirtualHostMonster

    layers = _layers(functional_session, [])
    for layer in layers:
        if hasattr(layer, "testSetUp"):
            layer.testSetUp()
    portal, app, port = functional_session["portal"], functional_session["app"], functional_session["port"]
    if "virtual_hosting" not in app.objectIds():
        manage_addVirtualHostMonster(app, "virtual_hosting")
    with override(portal_url=PUBLIC, purge_urls=()):
        setRoles(portal, TEST_USER_ID, ["Manager"])
        fill(portal)
        setRoles(portal, TEST_USER_ID, ["Member"])
        transaction.commit()
        here = f"http://127.0.0.1:{port}/VirtualHostBase/https"
        site = portal.getId()
        yield SimpleNamespace(
            portal=portal,
            common=lambda path, **rest: fetch(f"{here}/portal.example:443/{site}/VirtualHostRoot{path}", **rest),
            own=lambda path, **rest: fetch(f"{here}/{DOMAIN}:443/{site}/gangelt/VirtualHostRoot{path}", **rest),
        )
    transaction.abort()
    for layer in reversed(layers):
        if hasattr(layer, "testTearDown"):
            layer.testTearDown()
