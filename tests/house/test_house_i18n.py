"""Every text of the portal in German, English and Dutch, and German as it is to be."""

from html.parser import HTMLParser
from importlib.util import module_from_spec
from importlib.util import spec_from_file_location
from pathlib import Path
from zope.i18n.compile import compile_mo_file

import ast
import gettext
import pytest
import re
import shutil
import sys


SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "i18n.py"
SPEC = spec_from_file_location("house_i18n", SCRIPT)
i18n = sys.modules["house_i18n"] = module_from_spec(SPEC)
SPEC.loader.exec_module(i18n)

FILES = [
    (domain, language, path) for domain, language, path in i18n.files(i18n.PACKAGE) if language
]
NAMES = [f"{domain}-{language}" for domain, language, path in FILES]

# words that German or Dutch do not have
ENGLISH = {
    "de": "the and of for with from is are this that these your you not please there which when has"
    " have does can be only to or at on it its what how who where whose after before because page"
    " office offices town place value row must may use used see seen choose enter write search",
    "nl": "the and for with from are this that these your you not please there which has have does"
    " be only how who where whose after before because page office offices town place value row"
    " must may use used see seen choose enter write search",
}
# names, and words that are the same in both languages
SAME = {
    "de": "Demonstration Domains Fax Information Kreis Leistungsschlüssel Link Logo Name Online Portal"
    " Position Text Theme",
    "nl": "Checklist Contact Document E-mail Fax Kreis Letter Letters Link Logo Menu Online Privacy Website",
}
# the words of the house: buttons and headings that people know from other pages
FIXED = {
    "Apply online": "Online beantragen",
    "Continue": "Weiter",
    "Back": "Zurück",
    "Save and continue later": "Speichern und später fortsetzen",
    "Send bindingly": "Verbindlich absenden",
    "Book an appointment": "Termin buchen",
    "Pay now": "Jetzt bezahlen",
    "What would you like to do?": "Was möchten Sie erledigen?",
    "At a glance": "Auf einen Blick",
    "Requirements": "Voraussetzungen",
    "Documents": "Unterlagen",
    "Procedure": "Ablauf",
    "Legal remedy": "Rechtsbehelf",
    "Legal notice": "Impressum",
    "Privacy": "Datenschutz",
    "Report a barrier": "Barriere melden",
    "Sign in": "Anmelden",
    "Sign out": "Abmelden",
    "Most used": "Häufig genutzt",
    "Good to know": "Gut zu wissen",
    "Service": "Leistung",
    "Life situation": "Lebenslage",
    "Offices and contact": "Ämter und Kontakt",
}
QUOTES = {"de": ("„", "“"), "nl": ("“", "”")}
WITHOUT_UMLAUT = re.compile(
    r"\b(f(ue|u)r|(ue|u)ber|k(oe|o)nnen|m(ue|u)ssen|[ae]mter|geb(ue|u)hr|pr(ue|u)fen|w(ae|a)hlen|"
    r"l(oe|o)schen|(oe|o)ffnen|gro(ss|s)|stra(ss|s)e|erkl(ae|a)rung|zust(ae|a)ndig|b(ue|u)rger)\w*"
)
FAMILIAR = {
    "de": re.compile(r"\b(du|dich|dir|dein(e[mnrs]?)?|euch|euer|eure[mnrs]?)\b"),
    "nl": re.compile(r"\b(je|jij|jou|jouw|jullie)\b"),
}
MARKS = tuple(".?:!")


def words(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[^\W\d_]+", i18n.PLACEHOLDER.sub(" ", text))}


def quotes(language: str, text: str) -> bool:
    """Whether a text has only the quotes of its language, in pairs."""
    pair = "".join(QUOTES[language])
    return re.sub("[^„“”\"'‚‘«»]", "", text) == pair * text.count(pair[0])


#: what is wrong -> whether it is, of (language, English text, translation)
RULES = {
    "English": lambda lang, en, text: words(text) & set(ENGLISH[lang].split()),
    "not translated": lambda lang, en, text: text == en and text not in SAME[lang].split(),
    "quotes": lambda lang, en, text: not quotes(lang, text),
    "quotes lost": lambda lang, en, text: en.count("“") > text.count(QUOTES[lang][0]),
    "umlaut": lambda lang, en, text: lang == "de" and WITHOUT_UMLAUT.search(text.lower()),
    "familiar": lambda lang, en, text: FAMILIAR[lang].search(text.lower()),
    "space": lambda lang, en, text: (
        re.sub(r"\S.*\S|\S", "x", en) != re.sub(r"\S.*\S|\S", "x", text)
    ),
    "last mark": lambda lang, en, text: (
        (en[-1:] in MARKS or text[-1:] in MARKS) and en[-1:] != text[-1:]
    ),
    "hour twice": lambda lang, en, text: re.search(r"\$\{time\} (Uhr|uur)", text),
    "hour missing": lambda lang, en, text: re.search(r"(?<!\$)\{time\}(?! (Uhr|uur)\b)", text),
}


def faults(language: str, english: str, text: str) -> set[str]:
    """Return what is wrong with a translation."""
    return {fault for fault, wrong in RULES.items() if wrong(language, english, text)}


def english_of(domain: str) -> dict[str, str]:
    pot = i18n.read_po(i18n.PACKAGE / "locales" / f"{domain}.pot")
    return {msgid: text.default or msgid for msgid, text in pot.items()}


def test_every_text_is_there_in_three_languages():
    assert i18n.problems() == []


@pytest.mark.parametrize(("domain", "language", "path"), FILES, ids=NAMES)
def test_translations_read_well(domain, language, path):
    if language == "en":
        pytest.skip("the sources are English")
    english = english_of(domain)
    found = {
        msgid: (text.translation, wrong)
        for msgid, text in i18n.read_po(path).items()
        if text.translation and (wrong := faults(language, english[msgid], text.translation))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("language", "english", "text", "fault"),
    [
        ("de", "Find a place", "Einen place finden", "English"),
        ("de", "Town", "Town", "not translated"),
        ("de", "Press “Continue”.", 'Wählen Sie "Weiter".', "quotes"),
        ("de", "Press “Continue”.", "Wählen Sie “Weiter”.", "quotes"),
        ("de", "Press “Continue”.", "Wählen Sie „Weiter”.", "quotes"),
        ("de", "Press “Continue”.", "Wählen Sie Weiter.", "quotes lost"),
        ("nl", "Press “Continue”.", "Kies „Verder”.", "quotes"),
        ("nl", "Pages", "Pagina's", "quotes"),
        ("de", "For staff", "Fuer Beschäftigte", "umlaut"),
        ("de", "Check it", "Prufen Sie es", "umlaut"),
        ("de", "Your name", "Dein Name", "familiar"),
        ("nl", "Your name", "Jouw naam", "familiar"),
        ("de", " and more", "und mehr", "space"),
        ("de", "Check it.", "Prüfen Sie es", "last mark"),
        ("de", "Check it", "Prüfen Sie es.", "last mark"),
        ("de", "Open until ${time}", "Geöffnet bis ${time} Uhr", "hour twice"),
        ("de", "Open until {time}", "Geöffnet bis {time}", "hour missing"),
        ("nl", "Open until {time}", "Open tot {time}", "hour missing"),
    ],
)
def test_a_bad_translation_is_found(language, english, text, fault):
    assert fault in faults(language, english, text)


def test_the_words_of_the_house():
    german = i18n.read_po(i18n.PACKAGE / "locales/de/LC_MESSAGES/heinsberg.portal.po")
    used = {msgid: german[msgid].translation for msgid in FIXED if msgid in german}
    assert used == {msgid: FIXED[msgid] for msgid in used}
    assert len(used) > 10


def test_plone_and_we_say_the_same_of_a_workflow():
    for language in i18n.LANGUAGES:
        folder = i18n.PACKAGE / "locales" / language / "LC_MESSAGES"
        ours = i18n.read_po(folder / "heinsberg.portal.po")
        for msgid, text in i18n.read_po(folder / "plone.po").items():
            assert text.translation == ours[msgid].translation


@pytest.mark.parametrize(("domain", "language", "path"), FILES, ids=NAMES)
def test_the_files_compile_to_what_they_say(domain, language, path, tmp_path):
    shutil.copy(path, tmp_path)
    compile_mo_file(domain, str(tmp_path))
    with (tmp_path / f"{domain}.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for msgid, text in i18n.read_po(path).items():
        if text.translation and not text.fuzzy:
            assert compiled.gettext(msgid) == text.translation


class Words(HTMLParser):
    """Collects what a template says by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.replaced = False

    def handle_data(self, data):
        if re.search(r"[^\W\d_]{3}", data) and not (self.cdata_elem or self.replaced):
            self.found.append(" ".join(data.split()))

    def handle_endtag(self, tag):
        self.replaced = False

    def handle_starttag(self, tag, attrs):
        self.replaced = any(name in ("tal:content", "tal:replace") for name, _ in attrs)
        for name, value in attrs:
            shown = name in ("aria-label", "title", "alt", "placeholder")
            if shown and re.search(r"[^\W\d_]", value or ""):
                self.found.append(value)


def hard_coded(source: str) -> list[str]:
    """Return the words of a template that no translation reaches."""
    before = None
    while before != source:
        before, source = source, re.sub(r"\$?\{[^{}]*\}", "", source)
    parser = Words()
    parser.feed(source)
    return parser.found


def test_templates_say_nothing_by_themselves():
    found = {
        path.relative_to(i18n.PACKAGE).as_posix(): said
        for path in i18n.PACKAGE.rglob("*.pt")
        if (said := hard_coded(path.read_text("utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<p>${t('Hello ${name}', name=x)}</p>", []),
        ("<p>Hello</p>", ["Hello"]),
        ('<a aria-label="Menu" href="${x}">${y}</a>', ["Menu"]),
        ('<b tal:content="x">Sample</b> text', ["text"]),
        ("<script>const here = 1;</script>", []),
    ],
)
def test_words_in_a_template_are_found(source, said):
    assert hard_coded(source) == said


def test_fields_have_titles_that_can_be_translated():
    found = []
    for path in sorted(i18n.PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("schema."):
                for keyword in node.keywords:
                    if keyword.arg in ("title", "description") and i18n._string(keyword.value):
                        found.append(f"{path.name}: {keyword.value.value}")
    assert found == []


@pytest.fixture
def package(tmp_path):
    """A small package with a text of each kind, all translated."""
    (tmp_path / "types.xml").write_text(
        '<object xmlns:i18n="http://xml.zope.org/namespaces/i18n" i18n:domain="heinsberg.portal"'
        ' title="Office" i18n:attributes="title"><property i18n:translate="">A page.</property></object>'
    )
    (tmp_path / "zope.zcml").write_text(
        '<configure i18n_domain="heinsberg.portal"><page title="Portal"/>'
        '<permission title="heinsberg.portal: Add"/></configure>'
    )
    (tmp_path / "page.pt").write_text(
        """<p title="${t('Call ${number}', number=view.f(')'))}">${t("One") if one else t('Two',\n x=1)}"""
        """ ${ view.t(&quot;It&#x27;s here&quot;) } ${fit('nothing')}</p>"""
    )
    (tmp_path / "code.py").write_text(
        "TITLES = {'a': 'Apples', 'b': _('Pears')}\n"
        "def f(self, kind):\n"
        "    self.t('Long ' 'text'), t(TITLES[kind]), t(TITLES.get(kind, 'Fruit'))\n"
        "    t('Yes' if kind else 'No'), _('an_id', default='Text of it'), text(language, 'Deep')\n"
        "    fit('nothing'), other.text('nothing')\n"
    )
    assert i18n.main([], tmp_path) == 0
    texts = i18n.Collection(tmp_path).texts["heinsberg.portal"]
    lines = [f"{m}|de {t.default or m}|nl {t.default or m}" for m, t in texts.items()]
    (tmp_path / "all.psv").write_text("\n".join(lines))
    assert i18n.main(["--merge", str(tmp_path / "all.psv")], tmp_path) == 0
    return tmp_path


def test_texts_of_all_kinds_are_found(package):
    assert set(i18n.Collection(package).texts["heinsberg.portal"]) == set(
        "Office|A page.|Portal|Call ${number}|One|Two|It's here|Apples|Pears|Fruit|Long text|Yes|No"
        "|an_id|Deep".split("|")
    )
    assert i18n.problems(package) == []
    assert i18n.main(["--check"], package) == 0


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("code.py", "'Deep'", "'Deeper'", "missing: Deeper"),
        ("code.py", "'Deep'", "'Deeper'", "obsolete: Deep"),
        ("code.py", "t(TITLES[kind])", "t(kind)", "see MARKED_ELSEWHERE: code.py: t(kind)"),
        ("page.pt", 't("One")', "t(view.one)", "see MARKED_ELSEWHERE: page.pt: t(view.one)"),
        (
            "de.po",
            "de Call ${number}",
            "de Call ${nummer}",
            "different placeholders: Call ${number}",
        ),
        ("de.po", '"de Deep"', '""', "de: not translated: Deep"),
        ("nl.po", '\nmsgid "Deep"', '\n#, fuzzy\nmsgid "Deep"', "nl: fuzzy: Deep"),
    ],
)
def test_the_check_fails(package, capsys, file, old, new, problem):
    if file.endswith(".po"):
        file = f"locales/{file[:2]}/LC_MESSAGES/heinsberg.portal.po"
    source = (package / file).read_text()
    assert old in source
    (package / file).write_text(source.replace(old, new))
    assert i18n.main(["--check"], package) == 1
    assert problem in capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "text"), [("code.py", "t('"), ("page.pt", "${t('x}"), ("types.xml", "<")]
)
def test_a_file_that_cannot_be_read_changes_nothing(package, file, text):
    (package / file).write_text(text)
    before = [path.read_text() for _, _, path in i18n.files(package)]
    assert i18n.main([], package) == 2
    assert [path.read_text() for _, _, path in i18n.files(package)] == before


def test_translations_are_kept_and_only_replaced_when_told(package):
    before = [path.read_text() for _, _, path in i18n.files(package)]
    (package / "new.psv").write_text("Deep|tief|diep")
    i18n.main(["--merge", str(package / "new.psv")], package)
    assert [path.read_text() for _, _, path in i18n.files(package)] == before
    i18n.main(["--replace", str(package / "new.psv")], package)
    german = i18n.read_po(package / "locales/de/LC_MESSAGES/heinsberg.portal.po")
    assert (german["Deep"].translation, german["One"].translation) == ("tief", "de One")


def test_a_changed_text_under_the_same_id_is_looked_at_again(package):
    code = package / "code.py"
    code.write_text(code.read_text().replace("Text of it", "Other text"))
    i18n.main([], package)
    assert [line for line in i18n.problems(package) if "fuzzy: an_id" in line] != []
    english = i18n.read_po(package / "locales/en/LC_MESSAGES/heinsberg.portal.po")
    assert english["an_id"].translation == "Other text"
