from heinsberg.portal.catalogue import api


FULL = {
    "title": "Hund anmelden",
    "official_name": "Hundesteuer Anmeldung",
    "teaser": "Melden Sie Ihren Hund an.",
    "short_text": "Wer einen Hund hält, meldet ihn an.",
    "full_text": "<h2>Was</h2><p>Text <script>alert(1)</script><b>fett</b></p>",
    "costs": [{"label": "Ein Hund", "kind": "fixed", "amount": "56,00", "period": "year"}],
    "deadlines": [{"label": "Anmeldung", "kind": "within", "duration": 2, "unit": "week"}],
    "documents": [{"title": "Ausweis"}],
    "processing_from": 2,
    "processing_to": 4,
    "processing_unit": "week",
    "procedure": ["Formular ausfüllen", "Absenden"],
    "legal_basis": [{"title": "§ 1 HStS", "url": "https://example.de/x"}],
    "keywords": ["Hundesteuer", "Steuermarke"],
    "target_group": ["citizen"],
    "leistungsschluessel": "99102013104000",
    "key": "hund-anmelden",
    "life_situations": ["tierhaltung"],
}


def test_a_service_is_created_read_and_listed(place, path):
    services = place["leistungen"]
    obj = api.create(services, "PublicService", "hund-anmelden", publish=True, **FULL)
    text = api.read_service(obj)
    assert text.full_text == "<h3>Was</h3><p>Text <strong>fett</strong></p>"
    assert text.costs[0].text == "56,00\N{NO-BREAK SPACE}€ im Jahr"
    assert text.deadlines[0].text == "innerhalb von 2 Wochen"
    assert text.processing_time == "2 bis 4 Wochen"
    assert text.documents[0].required is True
    assert text.sources["teaser"] == "own"
    lines = api.services_of(path, "de")
    assert [line.title for line in lines] == ["Hund anmelden"]
    assert lines[0].keywords == ("Hundesteuer", "Steuermarke")
    assert api.services_of(path, "de", life_situation="tierhaltung") == lines
