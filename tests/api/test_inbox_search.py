"""The search of the company's inbox says where else it matches, and finds the company's own number."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from server.core import clock
from server.core.database import read
from server.core.words import NoticeState, Scope, Via
from server.journeys.report import answering
from server.ledger.notices import inbox_store, store
from server.people.accounts.models import Account
from tests.conftest import People
from tests.plans import asked, only_on_sqlite, plan
from tests.story import notify

Make = Callable[..., dict[str, Any]]


@pytest.fixture
def answered(people: People, report_json: Make) -> str:
    """A notice of a parrot that Mercado removed, by its own number TS-4711; its id."""
    notice_id = notify(people, report_json())
    answering.answer_notice(notice_id, {"answer": "removed", "company_reference": "TS-4711"}, Via.PORTAL)
    return notice_id


def found(page: str) -> list[str]:
    """The notices in the inbox's table."""
    return re.findall(r'class="inbox-name" href="/notices/(\w+)"', page)


def test_a_search_that_finds_nothing_says_where_it_matches(people: People, answered: str) -> None:
    mia = people.browser("mia")
    page = mia.get("/notices?q=parrot").text
    assert "Nothing under “To answer” matches this search." in page
    assert '<a href="/notices?tab=answered&amp;q=parrot">1 match under “Answered notices”</a>' in page
    assert found(mia.get("/notices?tab=answered&q=parrot").text) == [answered]
    assert '<a href="/notices?tab=open">Show all</a>' in page
    assert "match under" not in mia.get("/notices?q=walrus").text and "match under" not in mia.get("/notices").text


def test_a_search_that_finds_something_says_what_other_tabs_have(
    people: People, report_json: Make, answered: str
) -> None:
    waits = notify(people, report_json("https://mercado.test/itm/300000001"))
    page = people.browser("mia").get("/notices?q=parrot").text
    assert found(page) == [waits] and "1 match under “Answered notices”</a>" in page
    assert "under “To answer”</a>" not in page, "it is the open one"


def test_matches_elsewhere_are_counted_within_the_filters(people: People, answered: str) -> None:
    mia = people.browser("mia")
    tomorrow = clock.now().date() + timedelta(days=1)
    assert "match under" not in mia.get(f"/notices?q=parrot&since={tomorrow}").text
    page = mia.get("/notices?q=parrot&group=bird").text
    assert 'href="/notices?tab=answered&amp;q=parrot&amp;group=bird">1 match' in page


@pytest.mark.parametrize("q", ["TS-4711", " ts-4711 ", "TS-4711%20"])
def test_the_companys_own_number_finds_its_notice(people: People, answered: str, q: str) -> None:
    mia = people.browser("mia")
    assert found(mia.get(f"/notices?tab=answered&q={q}").text) == [answered]
    assert "1 match under “Answered notices”" in mia.get(f"/notices?q={q}").text
    api = people.app.test_client().get(f"/api/v1/notices?q={q}", headers=people.token("mia", Scope.COMPANY))
    assert [notice["id"] for notice in api.json["items"]] == [answered]
    assert 'placeholder="Address, our or your number, species"' in mia.get("/notices").text


@pytest.mark.parametrize("q", ["TS-471", "TS-4711 walrus", "S-4711", "TS_4711"])
def test_no_part_of_the_own_number_and_nothing_like_it_is_found(people: People, answered: str, q: str) -> None:
    with read() as session:
        company_id = session.get_one(Account, people.ids["mia"]).company_id or ""
        assert inbox_store.inbox(session, company_id, q) == ([], None)


def test_no_company_finds_a_notice_by_the_number_of_another(people: People, answered: str) -> None:
    with read() as session:
        assert inbox_store.inbox(session, "another", "TS-4711") == ([], None)
        assert set(inbox_store.counts(session, "another", q="TS-4711").values()) == {0}


def test_a_search_reads_no_notice_but_those_it_lists(people: People, answered: str) -> None:
    only_on_sqlite()
    with read() as session, asked() as seen:
        company_id = session.get_one(Account, people.ids["mia"]).company_id or ""
        found, _ = inbox_store.inbox(session, company_id, "parrot", state=NoticeState.ANSWERED, pending_answered=True)
        inbox_store.counts(session, company_id, q="parrot")
    assert [notice.id for notice in found] == [answered]
    listed, counted, _ = map(plan, seen.statements[1:])
    for steps in (listed, counted):
        assert any("COVERING INDEX ix_notices_inbox (company_id=?)" in step for step in steps), steps
    assert any("SEARCH notices" in step and "(id=?)" in step for step in listed), listed


def test_however_long_an_address_is_what_is_looked_in_fits_the_index_and_has_the_title() -> None:
    taxon = {"scientific_name": "Loxodonta africana", "common_name": "African elephant"}
    listing = {"url": "https://mercado.test/itm/300000001?" + "象" * 2_000, "title": "象牙彫刻" * 75}
    document = {"reference": "N-ABCDE-FGHJK", "listing": listing, "suspicion": {"taxa": [taxon] * 20}}
    looked_in = store.searched(document)
    assert 1_997 < len(looked_in.encode()) <= store.MOST_SEARCHED == 2_000
    for q in ("N-ABCDE-FGHJK", listing["title"], "Loxodonta africana", listing["url"]):
        assert all(word in looked_in for word in inbox_store.sought(q)), q
