"""@service-search over HTTP: its form, its borders, and that no input is a 500."""

from heinsberg.portal.search.restapi.service_search.fragment import FRAGMENT
from urllib.parse import parse_qs
from urllib.parse import quote
from urllib.parse import urlencode
from urllib.parse import urlsplit

import pytest


PUBLIC = "https://portal.example"
DOMAIN = "https://www.gangelt.example"


def search(world, place="/gangelt", at="common", headers=None, **query):
    return getattr(world, at)(f"{place}/@service-search?{urlencode(query)}", **(headers or {}))


def keys(answer):
    return [item["key"] for item in answer.json["items"]]


def places(answer):
    return {item["municipality"]["id"] for item in answer.json["items"]}


def test_an_item_is_complete(world):
    answer = search(world, SearchableText="Hund anmelden")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json["items"][0] == {
        "@id": f"{PUBLIC}/gangelt/de/leistungen/hund-anmelden",
        "key": "hund-anmelden",
        "title": "Hund anmelden",
        "teaser": answer.json["items"][0]["teaser"],
        "municipality": {"id": "gangelt", "name": "Gangelt"},
        "executed_by": "own",
        "online": False,
        "trust": answer.json["items"][0]["trust"],
        "leistungsschluessel": "99110009104000",
        "language": "de",
        "life_situations": ["tierhaltung"],
    }
    assert answer.json["@id"] == f"{PUBLIC}/gangelt/@service-search?SearchableText=Hund+anmelden"


def test_an_item_has_what_the_description_promises(world):
    item = search(world, SearchableText="Hund").json["items"][0]
    assert set(item) == set(FRAGMENT.schemas["ServiceHit"]["required"])


def test_only_the_municipality_that_was_asked(world):
    assert places(search(world, b_size=100)) == {"gangelt"}
    assert places(search(world, "/selfkant/de/leistungen", b_size=100)) == {"selfkant"}
    assert "geheim" not in keys(search(world, "/selfkant", b_size=100))
    assert search(world, "/kreis").json["items_total"] == 0


def test_the_site_knows_all_and_says_whose(world):
    answer = search(world, "", SearchableText="Hund anmelden")
    assert places(answer) == {"gangelt", "selfkant"}
    found = {item["municipality"]["id"]: item["@id"] for item in answer.json["items"] if item["key"] == "hund-anmelden"}
    assert found == {
        "gangelt": f"{PUBLIC}/gangelt/de/leistungen/hund-anmelden",
        "selfkant": f"{PUBLIC}/selfkant/de/leistungen/hund-anmelden",
    }


def test_a_domain_shows_its_municipality_only(world):
    answer = search(world, "", "own", SearchableText="Hund anmelden", b_size=100)
    assert places(answer) == {"gangelt"}
    assert answer.json["items"][0]["@id"] == f"{DOMAIN}/de/leistungen/hund-anmelden"
    assert answer.json["@id"].startswith(f"{DOMAIN}/@service-search?")
    assert "selfkant" not in answer.text.lower()
    assert search(world, "/selfkant", "own").status == 404


def test_filters(world):
    assert "hund-anmelden" in keys(search(world, life_situation="tierhaltung"))
    assert search(world, life_situation="gibt-es-nicht").json["items_total"] == 0
    assert set(keys(search(world, unit="standesamt"))) >= {"geburtsurkunde"}
    assert keys(search(world, leistungsschluessel="99110009104000")) == ["hund-anmelden"]
    assert keys(search(world, "/selfkant", online="true")) == ["fundbuero"]
    assert set(keys(search(world, "/selfkant", online="false"))) == {"hund-anmelden", "personalausweis-beantragen"}
    assert {item["executed_by"] for item in search(world, executed_by="kreis").json["items"]} == {"kreis"}
    business = keys(search(world, target_group="business", b_size=100))
    assert "gewerbe-anmelden" in business and "hund-anmelden" not in business


def test_a_theme_stands_for_its_situations(world):
    of_theme = set(keys(search(world, life_situation="familie-kind", b_size=100)))
    of_one = set(keys(search(world, life_situation="geburt", b_size=100)))
    assert of_one and of_one < of_theme
    assert "kita-platz" in of_theme
    assert set(keys(search(world, "", life_situation="familie-kind", b_size=100))) == of_theme


def test_languages(world):
    english = search(world, "/gangelt/en", SearchableText="dog").json["items"]
    assert [(item["title"], item["language"]) for item in english] == [("Register a dog", "en")]
    assert english[0]["@id"] == f"{PUBLIC}/gangelt/en/services/register-dog"
    assert search(world, lang="en", SearchableText="dog").json["items"] == english
    german = search(world, "/gangelt/en", SearchableText="Personalausweis verloren").json["items"][0]
    assert german["language"] == "de"
    assert german["@id"] == f"{PUBLIC}/gangelt/en/services/personalausweis-verlust"


def test_pages(world):
    total = search(world).json["items_total"]
    seen, link = [], f"{PUBLIC}/gangelt/@service-search?b_size=20"
    while link:
        answer = world.common(link.removeprefix(PUBLIC))
        seen += keys(answer)
        link = answer.json.get("batching", {}).get("next")
    assert len(seen) == len(set(seen)) == total > 40
    titles = [item["title"] for item in search(world, b_size=100).json["items"]]
    assert titles == sorted(titles, key=lambda title: title.lower().translate(str.maketrans("äöü", "aou")))
    beyond = search(world, b_start=99999).json
    assert beyond["items"] == [] and beyond["items_total"] == total
    first = search(world).json["batching"]
    assert parse_qs(urlsplit(first["next"]).query) == {"b_start": ["20"], "b_size": ["20"]}


REFUSED = {
    "b_size": ["101", "0", "-1", "abc", "1e9", "9" * 30, "²"],
    "b_start": ["-1", "x", "100001"],
    "lang": ["fr", "DE", "../de", "d\x00e"],
    "target_group": ["dog", "citizen|business"],
    "executed_by": ["me", "municipality"],
    "online": ["ja", "2"],
    "leistungsschluessel": ["1", "9911000910400a", "9" * 15],
    "life_situation": ["a b", "../x", "x" * 101, "*", "'"],
    "unit": ["a/b", "-", "ä"],
    "SearchableText": ["x" * 201],
    "sort_limit": ["1"],
    "path": ["/"],
    "fullobjects": ["1"],
    "SearchableText.query": ["x"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in REFUSED.items() for value in values])
def test_what_is_wrong_is_named(world, name, value):
    answer = search(world, **{name: value})
    assert answer.status == 400, answer.text
    assert answer.json["parameter"] == name
    assert name in answer.json["message"]
    assert answer.headers["cache-control"] == "private, no-store"


RAW = [
    "SearchableText=a&SearchableText=b", "SearchableText:list=a", "SearchableText:record=a", "SearchableText.a:record=x",
    "SearchableText:int=1", "SearchableText:int=x", "b_size:int=5", "b_size:int=x", "SearchableText:tokens=a+b",
    "SearchableText[]=a", "SearchableText=%00", "SearchableText=%ff%fe", "SearchableText=%ED%A0%80", "=", "&&&", "%",
    "SearchableText:utf8:ustring=x", "online:boolean=1", "SearchableText:float=nan", "SearchableText:date=x",
    "lang:list=de&lang:list=en", "SearchableText:lines=a%0Ab", ":method=x", "x:default_method=y", "a:action=b",
    "SearchableText=" + "a+" * 5000, "&".join(f"p{number}=1" for number in range(500)),
    "metadata_fields=_all", "expand=actions", "SearchableText=" + quote("ﷺ" * 20),
]  # fmt: skip


@pytest.mark.parametrize("raw", RAW)
@pytest.mark.parametrize("place", ["/gangelt", ""])
def test_no_input_is_our_fault(world, raw, place):
    answer = world.common(f"{place}/@service-search?{raw}")
    assert answer.status in (200, 400, 404), answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("typed", ["*", '"', "AND", "NOT hund", "(hund", "a\x00b", "日本", "²", "' OR 1=1", "🐕"])
def test_hostile_words_are_only_words(world, typed):
    answer = search(world, SearchableText=typed)
    assert answer.status == 200
    assert isinstance(answer.json["items"], list)


def test_words_without_a_word_find_nothing(world):
    assert search(world, SearchableText="***").json["items_total"] == 0
    assert search(world, SearchableText="").json["items_total"] > 40


def test_visitors_may_keep_it_while_nothing_changes(world):
    first = search(world, SearchableText="Hund")
    assert "s-maxage=" in first.headers["cache-control"]
    again = search(world, SearchableText="Hund", headers={"If_None_Match": first.headers["etag"]})
    assert again.status in (200, 304)  # 200 only where five minutes ended in between
    if again.status == 304:
        assert again.text == ""


def test_no_host_header_gets_into_the_answer(world):
    answer = search(world, SearchableText="Hund", headers={"Host": "evil.example", "X_Forwarded_Host": "evil.example"})
    assert "evil" not in answer.text


def test_some_of_the_words(world):
    answer = search(world, SearchableText="Hund Raumschiff").json
    assert answer["partial"] is True
    assert "hund-anmelden" in [item["key"] for item in answer["items"]]
    assert search(world, SearchableText="Hund").json["partial"] is False


def test_no_object_is_woken(world, monkeypatch):
    from heinsberg.portal.search import api
    from Products.ZCatalog.CatalogBrains import AbstractCatalogBrain

    import transaction

    def woken(brain, *args, **kw):
        raise AssertionError(brain.getPath())

    monkeypatch.setattr(AbstractCatalogBrain, "getObject", woken)
    monkeypatch.setattr(AbstractCatalogBrain, "_unrestrictedGetObject", woken)
    transaction.begin()
    path = "/".join(world.portal.getPhysicalPath())
    hits, partial = api.find_services(path, api.ServiceQuery("Hund"), "de")
    assert {hit.path.split("/")[2] for hit in hits} == {"gangelt", "selfkant"}
    assert partial is False
    transaction.abort()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/gangelt/@gibt-es-nicht", 404),
        ("/gangelt/nichts/@service-search", 404),
        ("/gangelt/@users", 404),
        ("/gangelt/@service-search?b_size:int=x", 400),
    ],
)
def test_errors_outside_of_our_services_are_json_too(world, path, status):
    answer = world.common(path)
    assert answer.status == status, answer.text
    assert answer.headers["content-type"].startswith("application/json"), answer.text[:200]
    assert {"type", "message"} <= set(answer.json)
    assert "raceback" not in answer.text
