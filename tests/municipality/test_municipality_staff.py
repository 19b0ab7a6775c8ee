"""Staff of Gangelt in Selfkant: refused everywhere, by REST and in Plone's own pages."""

from urllib.parse import urlencode

import json
import pytest


NEW = {"@type": "InformationPage", "title": "Fremd"}
PAGE, FOLDER, TOP = "/selfkant/de/seiten/amt", "/selfkant/de/seiten", "/selfkant"

#: (what, method, path, JSON body)
REST = [
    ("add", "POST", FOLDER, NEW),
    ("add an image", "POST", FOLDER, {"@type": "Image", "title": "x"}),
    ("add in the language folder", "POST", "/selfkant/de", NEW),
    ("add a section", "POST", "/selfkant/de", {"@type": "Section", "title": "x"}),
    ("add at the top", "POST", TOP, NEW),
    ("add beside the municipalities", "POST", "", NEW),
    ("add a municipality", "POST", "", {"@type": "Municipality", "title": "x"}),
    ("edit", "PATCH", PAGE, {"title": "Fremd"}),
    ("edit the private one", "PATCH", "/selfkant/de/seiten/geheim", {"title": "Fremd"}),
    ("edit a section", "PATCH", FOLDER, {"title": "Fremd"}),
    ("edit the language folder", "PATCH", "/selfkant/de", {"title": "Fremd"}),
    ("edit the municipality", "PATCH", TOP, {"title": "Fremd"}),
    ("edit the portal", "PATCH", "", {"title": "Fremd"}),
    ("order", "PATCH", FOLDER, {"ordering": {"obj_id": "amt", "delta": "bottom"}}),
    ("delete", "DELETE", PAGE, None),
    ("delete a section", "DELETE", FOLDER, None),
    ("delete the municipality", "DELETE", TOP, None),
    ("withdraw", "POST", f"{PAGE}/@workflow/retract", {}),
    ("publish", "POST", "/selfkant/de/seiten/geheim/@workflow/publish", {}),
    ("read the workflow of a private one", "GET", "/selfkant/de/seiten/geheim/@workflow", None),
    ("share", "POST", f"{PAGE}/@sharing", {"entries": [{"id": "AuthenticatedUsers", "roles": {"Editor": True}, "type": "group"}]}),
    ("read sharing", "GET", f"{PAGE}/@sharing", None),
    ("share the municipality", "POST", f"{TOP}/@sharing", {"inherit": False}),
    ("copy in", "POST", f"{FOLDER}/@copy", {"source": "{own}"}),
    ("move in", "POST", f"{FOLDER}/@move", {"source": "{own}"}),
    ("move away", "POST", "/gangelt/de/seiten/@move", {"source": "{theirs}"}),
    ("copy the private one", "POST", "/gangelt/de/seiten/@copy", {"source": "{private}"}),
    ("link translations", "POST", f"{PAGE}/@translations", {"id": "{own_english}"}),
    ("unlink translations", "DELETE", f"{PAGE}/@translations", {"language": "en"}),
    ("lock", "POST", f"{PAGE}/@lock", {}),
    ("upload", "POST", f"{FOLDER}/@tus-upload", {}),
    ("read the private one", "GET", "/selfkant/de/seiten/geheim", None),
    ("history", "GET", f"{PAGE}/@history", None),
    ("comment", "POST", f"{PAGE}/@comments", {"text": "x"}),
    ("alias", "POST", f"{PAGE}/@aliases", {"items": [{"path": "/x"}]}),
    ("alias of the portal", "POST", "/@aliases", {"items": [{"path": "/x", "redirect-to": "/y"}]}),
    ("people", "GET", "/@users", None),
    ("make a person", "POST", "/@users", {"username": "x", "email": "x@example.org", "password": "x" * 20}),
    ("groups", "GET", "/@groups", None),
    ("join a group", "PATCH", "/@groups/selfkant-editors", {"users": {"gangelt-editors-person": True}}),
    ("registry", "GET", "/@registry", None),
    ("settings", "PATCH", "/@controlpanels/site", {"site_title": "x"}),
    ("types", "POST", "/@types", {"title": "x"}),
    ("add-ons", "POST", "/@addons/plone.session/install", {}),
    ("rules", "POST", f"{TOP}/@content-rules/x", {}),
]  # fmt: skip


def replaced(world, body):
    portal = world.portal
    base = "https://portal.example"
    values = {
        "{own}": f"{base}/gangelt/de/seiten/amt", "{theirs}": f"{base}/selfkant/de/seiten/amt",
        "{private}": f"{base}/selfkant/de/seiten/geheim", "{own_english}": f"{base}/gangelt/en/pages/office",
    }  # fmt: skip
    assert portal is not None
    if body is None:
        return None
    return json.dumps({key: values.get(value, value) if isinstance(value, str) else value for key, value in body.items()})


def snapshot(world):
    """Return what must not change: titles, states, ids and local roles of Selfkant."""
    portal = world.portal
    portal._p_jar.sync()
    workflow = portal.portal_workflow
    found = []
    for brain_path in ("selfkant", "selfkant/de", "selfkant/de/seiten", "selfkant/de/seiten/amt", "selfkant/de/seiten/geheim"):
        obj = portal.unrestrictedTraverse(brain_path)
        found.append((brain_path, obj.title, workflow.getInfoFor(obj, "review_state", ""), tuple(obj.objectIds()) if hasattr(obj, "objectIds") else (),
                      sorted(obj.get_local_roles())))  # fmt: skip
    found.append(("portal", portal.title, sorted(portal.objectIds())))
    found.append(("gangelt", "", sorted(portal["gangelt"]["de"]["seiten"].objectIds())))
    return found


@pytest.mark.parametrize("group", ["editors", "administrators"])
def test_rest_refuses_gangelts_staff_in_selfkant(world, staff, group):
    person = staff("gangelt", group)
    before, bad = snapshot(world), []
    headers = {"Authorization": person, "Accept": "application/json", "Content_Type": "application/json"}
    for what, method, path, body in REST:
        data = replaced(world, body)
        for where, ask in (
            ("common", lambda: world.common(path or "/", method=method, body=data, **headers)),
            ("domain", lambda: world.own("selfkant", path.removeprefix("/selfkant") or "/", method=method, body=data, **headers)),
        ):
            if where == "domain" and not path.startswith("/selfkant"):
                continue
            answer = ask()
            # Plone copies what the person may see of the sources: nothing.
            nothing_copied = (what, answer.text) == ("copy the private one", "[]")
            if answer.status not in (401, 403, 404) and not nothing_copied:
                bad.append((what, where, answer.status, answer.text[:160]))
    changed = [(old, new) for old, new in zip(before, snapshot(world), strict=True) if old != new]
    assert (bad, changed) == ([], [])


#: Plone's own pages: (path, form or None)
PAGES = [
    (f"{PAGE}/edit", None), (f"{PAGE}/@@edit", {"form.widgets.title": "Fremd", "form.buttons.save": "x"}),
    ("/selfkant/@@edit", None), ("/selfkant/edit", {"form.widgets.title": "Fremd", "form.buttons.save": "x"}),
    ("/selfkant/de/edit", None), (f"{FOLDER}/edit", None), (f"{FOLDER}/++add++InformationPage", None),
    (f"{FOLDER}/++add++Image", {"form.buttons.save": "x"}), ("/selfkant/de/++add++Section", None), ("/++add++Municipality", None),
    (f"{FOLDER}/folder_contents", None), ("/selfkant/folder_contents", None), ("/folder_contents", None),
    (f"{FOLDER}/@@fc-delete", {"selection": "[]"}), (f"{FOLDER}/@@fc-rename", {"x": "1"}), (f"{FOLDER}/@@fc-paste", {"x": "1"}),
    (f"{FOLDER}/@@fc-workflow", {"x": "1"}), (f"{FOLDER}/@@fileUpload", {"x": "1"}),
    (f"{PAGE}/content_status_modify?workflow_action=retract", None), (f"{PAGE}/delete_confirmation", {"form.submitted": "1"}),
    (f"{PAGE}/object_cut", None), (f"{PAGE}/object_rename", None), (f"{FOLDER}/object_paste", {"x": "1"}),
    (f"{PAGE}/@@sharing", None), ("/selfkant/@@sharing", None), (f"{PAGE}/@@historyview", None),
    (f"{PAGE}/manage_delObjects?ids=amt", None), (f"{FOLDER}/manage_delObjects", {"ids:list": "amt"}),
    (f"{FOLDER}/manage_pasteObjects", {"x": "1"}), (f"{PAGE}/setTitle?value=x", None), (f"{PAGE}/manage_main", None),
    ("/selfkant/de/seiten/geheim", None), ("/selfkant/de/seiten/geheim/view", None), (f"{PAGE}/create_translation", None),
    (f"{PAGE}/add_translations", None), (f"{PAGE}/remove_translations", None), (f"{PAGE}/modify_translations", None),
    (f"{PAGE}/@@manage-portlets", None), (f"{PAGE}/@@select_default_page", None), ("/selfkant/@@manage-content-rules", None),
    ("/@@usergroup-userprefs", None), ("/@@overview-controlpanel", None), ("/@@site-controlpanel", None), ("/@@mail-controlpanel", None),
    ("/@@theming-controlpanel", None), ("/portal_registry", None), ("/prefs_install_products_form", None), ("/acl_users/manage_main", None),
]  # fmt: skip


@pytest.mark.parametrize("group", ["editors", "administrators"])
def test_plones_pages_refuse_gangelts_staff_in_selfkant(world, staff, group):
    person = staff("gangelt", group)
    before, bad = snapshot(world), []
    for path, form in PAGES:
        rest = {"Authorization": person}
        if form is not None:
            rest |= {"method": "POST", "body": urlencode(form), "Content_Type": "application/x-www-form-urlencoded"}
        for where, answer in (
            ("common", world.common(path, **rest)),
            ("domain", world.own("selfkant", path.removeprefix("/selfkant"), **rest)),
        ):
            refused = answer.status in (401, 403, 404) or "require_login" in answer.headers.get("location", "") or "/login" in answer.headers.get("location", "")
            if not refused:
                bad.append((path, where, answer.status, answer.headers.get("location"), answer.text[:100]))
    changed = [(old, new) for old, new in zip(before, snapshot(world), strict=True) if old != new]
    assert (bad, changed) == ([], [])


def test_gangelts_editor_works_at_home(world, staff):
    headers = {"Authorization": staff("gangelt", "editors"), "Accept": "application/json", "Content_Type": "application/json"}
    made = world.common("/gangelt/de/seiten", method="POST", body=json.dumps(NEW), **headers)
    assert made.status == 201, made.text[:300]
    assert world.common("/gangelt/de/seiten/amt", method="PATCH", body='{"title": "Neu"}', **headers).status == 204
    assert world.common("/gangelt/de/seiten/geheim/@workflow/publish", method="POST", body="{}", **headers).status == 200
    # The domain is for citizens: staff works at the common address.
    assert world.own("gangelt", "/de/seiten/amt", method="PATCH", body='{"title": "Neu"}', **headers).status == 404


@pytest.mark.parametrize("change", [
    {"ags": "05370024"}, {"ars": "053700024024"}, {"domains": ["www.evil.example"]}, {"domains": []}, {"languages": ["de"]}, {"kind": "stadt"},
], ids=str)  # fmt: skip
@pytest.mark.parametrize("group", ["editors", "administrators"])
def test_nobody_of_a_municipality_changes_keys_domains_or_languages(world, staff, group, change):
    headers = {"Authorization": staff("gangelt", group), "Accept": "application/json", "Content_Type": "application/json"}
    field = next(iter(change))
    before = getattr(world.portal["gangelt"], field)
    answer = world.common("/gangelt", method="PATCH", body=json.dumps(change), **headers)
    world.portal._p_jar.sync()
    assert getattr(world.portal["gangelt"], field) == before, answer.status
    html = world.common("/gangelt/edit", Authorization=headers["Authorization"])
    assert f'name="form.widgets.{field}' not in html.text


def test_an_administrator_of_a_municipality_edits_its_contact(world, staff):
    headers = {"Authorization": staff("selfkant", "administrators"), "Accept": "application/json", "Content_Type": "application/json"}
    answer = world.common("/selfkant", method="PATCH", body='{"phone": "02454 588-0"}', **headers)
    assert answer.status == 204, answer.text[:300]


@pytest.mark.parametrize("method,path,body", [
    ("DELETE", "/gangelt", None), ("POST", "/@move", {"source": "https://portal.example/gangelt"}),
    ("PATCH", "/gangelt", {"id": "selfkant2"}),
])  # fmt: skip
def test_an_administrator_does_not_remove_or_rename_the_municipality(world, staff, method, path, body):
    headers = {"Authorization": staff("gangelt", "administrators"), "Accept": "application/json", "Content_Type": "application/json"}
    answer = world.common(path, method=method, body=json.dumps(body) if body else None, **headers)
    world.portal._p_jar.sync()
    assert "gangelt" in world.portal.objectIds(), answer.status
