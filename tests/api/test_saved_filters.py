"""A coordinator saves the queue's tab, search and filters under a name: theirs alone, and in the address as ever."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from server.core.database import read
from server.people.desk import store
from server.people.desk.models import SavedFilter
from tests.story import flag

HELD = "/cases/saved?tab=held&q=parrot&platform=mercado"


@pytest.fixture
def cora(people, report_json):
    flag(people, report_json())
    return people.browser("cora")


def saved():
    with read() as session:
        return {row.name: row for row in session.scalars(select(SavedFilter))}


def chips(page):
    """The saved filters above the queue: name, address, whether it is the one that is shown."""
    nav = re.search(r'<nav class="tabs" aria-label="Saved filters">(.*?)</nav>', page, re.S)
    links = re.findall(r'<a href="([^"]+)"( aria-current="page")?>([^<]+)</a>', nav[1]) if nav else []
    return [(name.strip(), unescape(url), bool(current)) for url, current, name in links]


def test_a_place_is_saved_shown_and_led_back_to(cora):
    page = cora.get("/cases?tab=held&q=parrot&platform=mercado").text
    assert unescape(re.search(r'href="(/cases/saved[^"]*)"', page)[1]) == HELD
    form = cora.get(HELD).text
    assert "<bdi>Held</bdi>" in form and "“parrot”" in form and "<bdi>Mercado</bdi>" in form
    answer = cora.post(HELD, data={"name": "  Held   parrots "})
    assert answer.status_code == 302 and answer.location == HELD.replace("/saved", "")
    page = cora.get(answer.location).text
    assert chips(page) == [("Held parrots", answer.location, True)] and "Save these filters" not in page
    assert chips(cora.get("/cases").text) == [("Held parrots", answer.location, False)]


def test_they_are_theirs_alone(people, cora):
    cora.post(HELD, data={"name": "Held parrots"})
    filter_id, dan = saved()["Held parrots"].id, people.browser("dan")
    assert chips(dan.get("/cases").text) == [] and "Held parrots" not in dan.get("/cases/saved").text
    assert dan.post(f"/cases/saved/{filter_id}", data={"name": "Mine"}).status_code == 404
    assert dan.post(f"/cases/saved/{filter_id}/delete").status_code == 404
    assert dan.post(HELD, data={"name": "Held parrots"}).status_code == 302, "the same name is another person's own"
    assert people.browser("ada").get("/cases/saved").status_code == 403
    assert chips(people.browser("ada").get("/cases").text) == []


def test_renamed_and_deleted(cora):
    cora.post(HELD, data={"name": "One"})
    cora.post("/cases/saved?tab=closed", data={"name": "Two"})
    filter_id = saved()["One"].id
    taken = cora.post(f"/cases/saved/{filter_id}", data={"name": "Two"})
    assert taken.status_code == 409 and "You already have “Two”." in taken.text and set(saved()) == {"One", "Two"}
    assert cora.post(f"/cases/saved/{filter_id}", data={"name": "One"}).status_code == 302
    assert cora.post(f"/cases/saved/{filter_id}", data={"name": "Three"}).status_code == 302
    assert cora.post(f"/cases/saved/{filter_id}/delete").status_code == 302
    assert set(saved()) == {"Two"} and "Deleted: Three." in cora.get("/cases/saved").text


@pytest.mark.parametrize(
    ("address", "name", "said"),
    [
        (HELD, " ", "Give it a name."),
        (HELD, "x" * 61, "60"),
        ("/cases/saved", "Everything", "Choose a tab, a search or filters in the queue first"),
        ("/cases/saved?tab=nowhere", "Everything", "Choose a tab, a search or filters in the queue first"),
        (f"/cases/saved?q={'x' * 4097}", "Long", "Shorten it in the queue"),
    ],
)
def test_what_cannot_be_saved_is_refused_in_words(cora, address, name, said):
    answer = cora.post(address, data={"name": name})
    assert answer.status_code == 422 and said in answer.text and not saved()
    if "?" in address:
        assert f'value="{name.strip()}"' in answer.text or not name.strip(), "what was typed is kept"


def test_a_search_for_an_address_as_long_as_reports_take_is_saved(cora):
    where = f"/cases/saved?q=https://mercado.test/{'x' * 4075}"
    answer = cora.post(where, data={"name": "Long"})
    assert answer.status_code == 302 and cora.get(answer.location).status_code == 200
    assert "Long" in saved() and cora.get("/cases/saved").status_code == 200


def test_at_most_twenty(cora):
    for number in range(store.MOST_FILTERS):
        assert cora.post(f"/cases/saved?q={number}", data={"name": f"Search {number}"}).status_code == 302
    answer = cora.post("/cases/saved?q=more", data={"name": "One more"})
    assert answer.status_code == 409 and "You have 20 saved filters." in answer.text
    assert len(saved()) == store.MOST_FILTERS


def test_they_are_in_the_record(people, cora):
    cora.post(HELD, data={"name": "Held parrots"})
    assert "Held parrots" in cora.get("/profile/record.json").text
