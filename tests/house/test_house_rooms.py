"""The laws of the rooms: who may import whom, and through which door."""

from heinsberg.portal.foundation import environment

import grimp
import pytest
import subprocess
import sys


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("heinsberg.portal")


def parts(module: str) -> list[str]:
    return (module.removeprefix("heinsberg.portal.").split(".") + [""])[:2]


def test_floors_hold():
    done = subprocess.run(
        ["lint-imports"],
        cwd=environment.home(),
        capture_output=True,
        text=True,
        env={"PATH": f"{sys.prefix}/bin:/usr/bin:/bin"},
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_other_rooms_are_entered_by_their_front_door(graph):
    rooms = {parts(module)[0] for module in graph.modules if module.endswith(".api")}
    found = [
        f"{importer} -> {target}"
        for importer in sorted(graph.modules)
        for target in sorted(graph.find_modules_directly_imported_by(importer))
        if parts(target)[0] in rooms - {parts(importer)[0]} and parts(target)[1] not in ("api", "interfaces")
        # What composes the rooms may see them whole.
        and parts(importer)[0] not in ("testing", "upgrades", "setuphandlers")
    ]
    assert found == []


def test_rules_are_pure(graph):
    """rules.py imports the standard library, interfaces and foundation."""
    found = []
    for module in sorted(graph.modules):
        if "rules" not in module.split("."):
            continue
        room = parts(module)[0]
        for target in graph.find_modules_directly_imported_by(module):
            name = parts(target)
            inside = name[0] == room and name[1] in ("interfaces", "rules")
            if not inside and name[0] not in ("foundation", "heinsberg.portal", ""):
                found.append(f"{module} -> {target}")
    assert found == []


def test_every_view_and_service_has_layer_and_permission():
    from xml.etree import ElementTree

    missing = []
    package = environment.home() / "src/heinsberg.portal/src/heinsberg/portal"
    for path in sorted(package.rglob("*.zcml")):
        for element in ElementTree.parse(path).iter():
            name = element.tag.rsplit("}", 1)[-1]
            if name not in ("page", "service") or "name" not in element.attrib and name == "page":
                continue
            for wanted in ("layer", "permission"):
                if wanted not in element.attrib:
                    missing.append(f"{path.name}: {element.attrib.get('name')} has no {wanted}")
    assert [line for line in missing if not line.startswith(ALLOWED)] == []


#: The Zope root has no browser layer; health answers there.
ALLOWED = ("configure.zcml: health has no layer",)
