"""Pages of a list in plone.restapi's form."""

from heinsberg.portal.foundation.batching import batch
from urllib.parse import parse_qs
from urllib.parse import urlsplit


AT = "https://portal.example/@x"


def start_of(link):
    return int(parse_qs(urlsplit(link).query)["b_start"][0])


def test_one_page_has_no_links():
    assert batch(AT, {}, 20, 0, 20) == {"@id": AT, "items_total": 20}


def test_links_lead_through_all_pages():
    answer = batch(AT, {"SearchableText": "Müll & mehr"}, 45, 20, 20)
    links = {name: start_of(link) for name, link in answer["batching"].items()}
    assert links == {"@id": 20, "first": 0, "prev": 0, "next": 40, "last": 40}
    assert parse_qs(urlsplit(answer["@id"]).query) == {"SearchableText": ["Müll & mehr"]}
    assert "b_start" not in answer["@id"]
    assert "next" not in batch(AT, {}, 45, 40, 20)["batching"]


def test_beyond_the_end_the_way_back_is_the_last_page():
    links = {name: start_of(link) for name, link in batch(AT, {}, 45, 5000, 20)["batching"].items()}
    assert links == {"@id": 5000, "first": 0, "last": 40, "prev": 40}
    links = batch(AT, {}, 0, 20, 20)["batching"]
    assert start_of(links["prev"]) == start_of(links["last"]) == 0


def test_an_exact_multiple_has_no_empty_last_page():
    assert start_of(batch(AT, {}, 40, 0, 20)["batching"]["last"]) == 20
