"""Seed files that are wrong are refused before anything is made, and say where and how to mend them."""

from heinsberg.portal.pages.seeding import words
from heinsberg.portal.pages.seeding.articles import read_warnings
from heinsberg.portal.pages.seeding.authorities import read_authorities
from heinsberg.portal.pages.seeding.authorities import slug
from heinsberg.portal.pages.seeding.competence import offers
from heinsberg.portal.pages.seeding.competence import read_competence
from heinsberg.portal.pages.seeding.competence import read_services
from heinsberg.portal.pages.seeding.documents import read_record
from heinsberg.portal.pages.seeding.documents import read_records
from heinsberg.portal.pages.seeding.errors import SeedFileError
from heinsberg.portal.pages.seeding.files import Sources
from heinsberg.portal.pages.seeding.offices import opening_hours
from heinsberg.portal.pages.seeding.offices import phone_number
from heinsberg.portal.pages.seeding.texts import read_texts

import pytest


HEAD = "id,name,official_name,kind,ags,ars,postal_codes,street,postal_code,city,phone,email"
KREIS = "kreis,Kreis Heinsberg,,kreis,05370000,053700000000,,Weg 1,52525,Heinsberg,02452 13-0,info@kreis.example"
GANGELT = "gangelt,Gangelt,,gemeinde,05370008,053700008008,52538,Weg 2,52538,Gangelt,02454 588-0,info@gangelt.example"


@pytest.fixture
def write(tmp_path):
    def write(name, text, encoding="utf-8"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
        return path

    return write


def refused(reader, *args):
    with pytest.raises(SeedFileError) as caught:
        reader(*args)
    return str(caught.value)


WRONG_ROWS = [
    (GANGELT.replace("gemeinde", ""), ["line 3", "column kind", "Gangelt"]),
    (GANGELT.replace("gemeinde", "dorf"), ["line 3", "column kind", "'dorf'", "stadt, gemeinde, kreis"]),
    (GANGELT.replace("05370008,", "5370008,"), ["line 3", "column ags", "leading zero"]),
    (GANGELT.replace("05370008,", "05370000,"), ["column ags", "ends in 000"]),
    (GANGELT.replace("053700008008", "053700008009"), ["column ars"]),
    (GANGELT.replace("52538,Weg", "5253,Weg"), ["column postal_codes", "'5253'"]),
    (GANGELT.replace(",52538,Weg", ",,Weg"), ["column postal_codes", "is empty"]),
    (GANGELT.replace("Weg 2", ""), ["column street", "is empty"]),
    (GANGELT.replace("info@gangelt.example", "gangelt.example"), ["column email"]),
    (GANGELT.replace("gangelt,Gangelt", "../etc,Gangelt"), ["column id", "'../etc'"]),
    (GANGELT.replace("gangelt,Gangelt", "Gangelt,Gangelt"), ["column id"]),
    (GANGELT + ",zu viel", ["line 3", "13 values for 12 columns"]),
    (GANGELT.rsplit(",", 1)[0], ["line 3", "11 values for 12 columns"]),
    (GANGELT.replace("Weg 2", '"Weg 2'), ["line 3", "quotation mark"]),
    (GANGELT + "\n" + GANGELT.replace("gangelt,", "zwei,"), ["line 4", "05370008", "line 3 already"]),
    (GANGELT + "\n" + KREIS.replace("kreis,K", "kreis2,K").replace("5370", "5371"), ["2 rows of kind kreis"]),
]


@pytest.mark.parametrize(("row", "told"), WRONG_ROWS, ids=range(len(WRONG_ROWS)))
def test_a_wrong_row_is_named(write, row, told):
    message = refused(read_authorities, write("municipalities.csv", f"{HEAD}\n{KREIS}\n{row}\n"))
    for part in ["municipalities.csv", *told]:
        assert part in message


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "is empty"),
        (f"{HEAD}\n{KREIS}\nh,H\xfcckelhoven".encode("cp1252"), "line 3: byte 0xfc is not UTF-8"),
        (HEAD.encode("utf-16"), "UTF-16"),
        (HEAD.encode() + b"\n\0", "line 2: holds a zero byte"),
        (HEAD.replace(",ags", "").encode(), "column ags is missing"),
        (f"{HEAD},ags\n".encode(), "column ags is there twice"),
        (f"{HEAD}\n{GANGELT}\n".encode(), "0 rows of kind kreis"),
    ],
)
def test_a_file_that_is_no_table_is_refused(write, raw, told):
    assert told in refused(read_authorities, write("municipalities.csv", raw))


def test_the_kreis_comes_first_and_marks_separators_and_line_ends_do_not_matter(write):
    plain = f"{HEAD}\n{GANGELT}\n\n{KREIS}\n"
    expected = read_authorities(write("a.csv", plain))
    assert [item.id for item in expected] == ["kreis", "gangelt"]
    other = "\ufeff" + plain.replace(",", ";").replace("\n", "\r\n")
    assert read_authorities(write("b.csv", other)) == expected


def test_the_registers_own_columns_are_understood_but_empty_is_no_default(write):
    head = "name,ags,ars,plz,rathaus_strasse,rathaus_plz,email,gemeindetyp_go_nrw,url,lat,lon,population_geonames"
    kreis = "Kreis X,05370000,053700000000,,Weg 1,52525,a@b.example,Kreis,,,,"
    town = "Übach-Palenberg,05370028,053700028028,52531;52532,Weg 2,52531,c@d.example,Mittlere kreisangehörige Stadt,x.example,50.9,6.1,0"
    found = read_authorities(write("m.csv", f"{head}\n{kreis}\n{town}\n".replace("52531;52532", "52531|52532")))[1]
    assert (found.id, found.kind, found.postal_codes) == ("uebach-palenberg", "stadt", ("52531", "52532"))
    assert (found.population, found.website, found.city) == (None, "https://www.x.example", "Übach-Palenberg")
    untyped = town.replace("Mittlere kreisangehörige Stadt", "")
    assert "column kind" in refused(read_authorities, write("n.csv", f"{head}\n{kreis}\n{untyped}\n".replace("52531;52532", "52531")))


def test_the_kind_can_stand_in_the_official_name(write):
    row = GANGELT.replace("Gangelt,,gemeinde", "Gangelt,Gemeinde Gangelt,")
    assert read_authorities(write("m.csv", f"{HEAD}\n{KREIS}\n{row}\n"))[1].kind == "gemeinde"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: !!python/object/apply:os.system ['id']", "tag"),
        ("a: !!python/name:os.system", "tag"),
        ("a: 1\nb: 2\na: 3", "line 3"),
        ("a: [1, 2", "line"),
        ("a: b: c", "line 1"),
        ("1: x", "key 1 is not a text"),
        ("- a", "expected keys and values"),
    ],
)
def test_yaml_that_is_no_plain_data_is_refused(write, text, told):
    message = refused(read_record, write("local.yaml", text))
    assert "local.yaml" in message and told in message


def test_a_list_is_wanted_where_a_list_is_read(write):
    assert "expected a list" in refused(read_records, write("units.yaml", "key: a"))


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd", "texts/../../secret.yaml"])
def test_no_file_outside_the_folders_is_found(tmp_path, write, name):
    write("secret.yaml", "a: b")
    inside = tmp_path / "profile"
    (inside / "texts").mkdir(parents=True)
    assert Sources((inside,)).find(name) is None


def test_a_link_out_of_the_folder_is_not_followed(tmp_path, write):
    secret = write("secret.yaml", "a: b")
    inside = tmp_path / "profile"
    inside.mkdir()
    (inside / "units.yaml").symlink_to(secret)
    assert Sources((inside,)).find("units.yaml") is None


def test_the_own_folder_beats_the_common_one(tmp_path, write):
    write("common/units.yaml", "common")
    own = write("own/units.yaml", "own")
    sources = Sources((tmp_path / "own", tmp_path / "common"))
    assert sources.require("units.yaml") == own
    assert "municipalities.csv" in refused(sources.own, "municipalities.csv")


TEXT = "id: hund\ntitle: Hund\nteaser: t\nshort_text: s\nfull_text: <p>x</p>\n"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("id: katze\ntitle: Hund\n", "file is named hund.yaml"),
        (TEXT + "colour: red\n", "no such key"),
        (TEXT + "hints: <p>{bürgermeister}{mayor}</p>\n", "{mayor} is not a placeholder"),
        (TEXT + "costs: [{label: a, kind: fixed}]\n", "costs[1].amount"),
        (TEXT + "costs: [{label: a, amount: 28.80}]\n", "quotation marks"),
        (TEXT + 'costs: [{label: a, amount: "28,80"}]\n', "not an amount"),
        (TEXT + "deadlines: [{label: a, kind: within, duration: 2}]\n", "deadlines[1].duration"),
        (TEXT + 'legal_basis: [{title: a, url: "javascript:alert(1)"}]\n', "not a web address"),
        (TEXT + "full_text: <script>alert(1)</script>\n", "there twice"),
        (TEXT.replace("<p>x</p>", "<script>alert(1)</script>"), "holds no text"),
        (TEXT.replace("title: Hund\n", ""), "key title"),
    ],
)
def test_a_wrong_text_is_named(tmp_path, write, more, told):
    write("texts/hund.yaml", more)
    assert told in refused(read_texts, Sources((tmp_path,)))


def test_a_translation_keeps_the_rows_of_the_german_text(tmp_path, write):
    write("texts/hund.yaml", TEXT + 'costs: [{label: a, amount: "10"}, {label: b, amount: "20"}]\n')
    write("texts/hund.en.yaml", "title: Dog\ncosts: [{label: one}]\n")
    assert "has 1 rows, the German text 2" in refused(read_texts, Sources((tmp_path,)))
    write("texts/hund.en.yaml", "title: Dog\ncosts: [{label: one}, {label: two}]\n")
    costs = read_texts(Sources((tmp_path,)))["hund"].translations["en"]["costs"]
    assert [(row["label"], row["amount"]) for row in costs] == [("one", "10"), ("two", "20")]


@pytest.mark.parametrize(
    "row",
    ['{days: [mon], opens: 10:00, closes: "12:00"}', '{days: [mon], opens: "12:00", closes: "08:00"}',
     '{days: [mo], opens: "08:00", closes: "12:00"}', '{days: [], opens: "08:00", closes: "12:00"}'],
)  # fmt: skip
def test_impossible_opening_hours_are_refused(write, row):
    record = read_record(write("u.yaml", f"opening_hours: [{row}]"))
    assert "opening_hours[1]" in refused(opening_hours, record)


def test_only_the_kreis_warns_everywhere(tmp_path, write):
    write("warnings.yaml", "- {id: a, municipality: gangelt, scope: all, text: x}")
    assert "only the Kreis" in refused(read_warnings, Sources((tmp_path,)), {"gangelt", "kreis"}, "kreis")


SERVICES = (
    "id,leistungsschluessel,ozg_id,title,official_name,executed_by,signpost,unit,life_situations,"
    "target_group,trust_level,channel,keywords,most_used,unit_kreis\n"
)


def service(id, executed_by, signpost="", unit="amt", unit_kreis=""):
    return f"{id},,,{id},,{executed_by},{signpost},{unit},,citizen,,,,,{unit_kreis}\n"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (service("a", "land"), "column executed_by"),
        (service("a", "kreis") * 2, "line 3"),
        (service("a/b", "kreis"), "column id"),
        (service("a", "kreis").replace("a,,,", "a,123,,"), "14 digits"),
        (service("a", "kreis").replace("citizen", "dog"), "column target_group"),
        (service("a", "kreis", "perhaps"), "column signpost"),
    ],
)
def test_a_wrong_service_is_named(write, row, told):
    assert told in refused(read_services, write("services.csv", SERVICES + row))


def test_who_offers_what(write):
    rows = (
        service("hund", "municipality") + service("auto", "kreis", "yes", "kfz") + service("gift", "kreis", "", "kfz")
        + service("archiv", "both", "", "amt", "kfz") + service("bau", "municipality") + service("kind", "kreis", "", "kfz")
    )  # fmt: skip
    services = read_services(write("services.csv", SERVICES + rows))
    kreis, town = read_authorities(write("m.csv", f"{HEAD}\n{KREIS}\n{GANGELT}\n"))
    path = write("competence.csv", "service_id,municipality_id,executed_by,unit\nbau,gangelt,kreis,kfz\nkind,gangelt,municipality,amt\n")
    exceptions = read_competence(path, services, [kreis, town])
    levels = {"amt": "municipality", "kfz": "kreis"}
    told = {item.service.id: (item.own, item.unit) for item in offers(town, services, exceptions, levels)}
    assert told == {
        "hund": (True, "amt"), "auto": (False, "kfz"), "archiv": (True, "amt"),
        "bau": (False, "kfz"), "kind": (True, "amt"),
    }  # fmt: skip
    told = {item.service.id: (item.own, item.unit) for item in offers(kreis, services, exceptions, levels)}
    assert told == {"auto": (True, "kfz"), "gift": (True, "kfz"), "archiv": (True, "kfz"), "bau": (True, "kfz"), "kind": (True, "kfz")}


@pytest.mark.parametrize(
    ("row", "told"),
    [("nix,gangelt,kreis", "services.csv"), ("hund,kreis,kreis", "municipalities.csv"), ("hund,gangelt,both", "executed_by")],
)
def test_a_wrong_competence_is_named(write, row, told):
    services = read_services(write("services.csv", SERVICES + service("hund", "municipality")))
    places = read_authorities(write("m.csv", f"{HEAD}\n{KREIS}\n{GANGELT}\n"))
    path = write("competence.csv", f"service_id,municipality_id,executed_by\n{row}\n")
    assert told in refused(read_competence, path, services, places)


@pytest.mark.parametrize(
    ("name", "id"), [("Hückelhoven", "hueckelhoven"), ("Übach-Palenberg", "uebach-palenberg"), ("Wetter (Ruhr)", "wetter-ruhr")]
)
def test_ids_come_from_names(name, id):
    assert slug(name) == id


def test_words_in_html_are_escaped_and_markers_stay():
    meaning = {"name": '<b>"A" & B</b>'}
    assert words.fill_html("<p>{name} [[zu ergänzen: x]]</p>", meaning) == (
        "<p>&lt;b&gt;&quot;A&quot; &amp; B&lt;/b&gt; [[zu ergänzen: x]]</p>"
    )
    assert words.unknown(["{name}", {"a": "{nobody}"}]) == ["nobody"]


def test_an_extension_replaces_the_exchange():
    assert phone_number("02431 85-0", "213") == "02431 85-213"
    assert phone_number("02431 850", "213") == "02431 850"
    assert phone_number(None, "0") is None
