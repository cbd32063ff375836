"""The desk's queue over the years: a page costs what it shows, not what the programme ever did."""

from datetime import timedelta

import pytest
import time_machine
from flask import g
from sqlalchemy import insert, select, update

from server.core import clock
from server.core.database import db, new_id, read, write
from server.core.words import CaseState, Scope
from server.ledger.cases import queue_store
from server.ledger.cases.models import Case
from server.ledger.companies.models import Company
from server.ledger.listings.models import Listing
from server.pages.companies import directory
from server.people.accounts.models import Account
from server.reads import case_list, figures, queue
from tests.plans import asked, only_on_sqlite
from tests.story import flag


def many(state: str, number: int, **more: object) -> None:
    """So many more cases in a state, each with its listing, made of the one that is there."""
    with write() as session:
        case, ad = session.scalars(select(Case)).first(), session.scalars(select(Listing)).first()
        columns = (
            {column.name: getattr(case, column.name) for column in Case.__table__.c}
            | {"state": state, "unseen_count": 0}
            | more
        )
        columns_of_listing = {column.name: getattr(ad, column.name) for column in Listing.__table__.c}
        ids = [new_id() for _ in range(number)]
        session.execute(insert(Listing), [columns_of_listing | {"id": id_, "key": id_} for id_ in ids])
        session.execute(
            insert(Case),
            [columns | {"id": id_, "listing_id": id_, "priority": place % 90} for place, id_ in enumerate(ids)],
        )


def steps(do) -> int:
    db.session.remove()
    with asked() as seen:
        do()
    return seen.steps


def reads(people):
    """What the desk reads of the queue, by name."""
    with read() as session:
        cora = session.get_one(Account, people.ids["cora"])
        first = session.scalars(select(Case.id).order_by(Case.id)).first()
    g.account = cora  # whose claims are hers
    for tab in ("waiting", "unrouted", "asked", "held", "notified", "answered", "closed"):
        yield f"the page of {tab}", lambda tab=tab: queue.queue(db.session(), queue.QueuePlace(tab))
    for name, value in (("claimed_by", "nobody"), ("claimed_by", "me"), ("platform", "mercado")):
        place = queue.QueuePlace(filters=queue.Filters(**{name: value}))
        yield f"what waits of {name}={value}", lambda place=place: queue.queue(db.session(), place)
    everything = queue.Filters(claimed_by="nobody")
    yield "what nobody claimed by API", lambda: case_list.listed(db.session(), None, "", None, everything)
    yield "the cases by API", lambda: case_list.listed(db.session(), None, "", None)
    yield "the closed ones by API", lambda: case_list.listed(db.session(), "closed", "", None)
    yield (
        "a page far down",
        lambda: case_list.listed(db.session(), "closed", "", queue_store.write_cursor(80, "f" * 32)),
    )
    yield "a case's place", lambda: queue.place(db.session(), first)
    yield "the number in the navigation", lambda: figures.waiting(db.session(), cora)
    yield "the companies", lambda: directory.listed(db.session(), "all", "", None)


def test_the_queue_costs_no_more_when_thousands_of_cases_are_closed(people, report_json, app, monkeypatch):
    only_on_sqlite()
    monkeypatch.setattr(queue_store, "MOST", 100)
    flag(people, report_json())
    with app.test_request_context():
        many("closed", 150)
        few = {name: steps(do) for name, do in reads(people)}
        many("closed", 3000)
        more = {name: steps(do) for name, do in reads(people)}
    assert {name: (few[name], more[name]) for name in more if more[name] > few[name] * 1.3 + 500} == {}


@pytest.mark.parametrize("tab", [None, *queue_store.TABS])
def test_every_tab_holds_in_order_what_it_says_and_pages_meet(people, report_json, tab):
    flag(people, report_json())
    with read() as session:
        company = session.scalars(select(Company.id)).first()
    for state in CaseState:
        many(state.value, 4, company_id=company)
        many(state.value, 5, company_id=None)
    with write() as session:  # reports that came since: to some of every state
        session.execute(update(Case).where(Case.priority == 1).values(unseen_count=2))
    with read() as session:
        every = session.scalars(select(Case)).all()
        belongs = {
            None: lambda case: True,
            "waiting": lambda case: case.state == "open" or case.unseen_count > 0,
            "unrouted": lambda case: case.state == "open" and case.company_id is None,
        }.get(tab, lambda case: case.state == tab)
        expected = sorted(filter(belongs, every), key=lambda case: (case.priority, case.id), reverse=True)
        ids, cursor = [], None
        while True:
            rows, cursor = queue_store.queue(session, select(Case), tab, cursor, limit=3)
            ids += [row[0].id for row in rows]
            if cursor is None:
                break
        assert ids == [case.id for case in expected] and len(ids) > 2
        if tab:
            assert queue_store.count(session, tab) == len(expected)
        searched, _ = queue_store.queue(session, select(Case).where(Case.priority == 1), tab, None)
        assert [row[0].id for row in searched] == [case.id for case in expected if case.priority == 1]
        places = [queue_store.place(session, case) for case in expected]
        if tab == "waiting":
            assert places == [{"number": n + 1, "total": len(expected)} for n in range(len(expected))]
            assert queue_store.oldest(session) == min(case.created_at for case in expected)
            by_company = queue_store.waiting_by_company(session)
            assert by_company == {company: sum(case.company_id == company for case in expected)}


def test_the_queue_is_narrowed_by_the_age_of_cases(people, report_json, client):
    now, ids = clock.now(), {}
    for days in (0, 3, 10, 40):
        with time_machine.travel(now - timedelta(days=days)):
            ids[flag(people, report_json(f"https://mercado.test/itm/30000000{days:02}"))] = days
    cora, headers = people.browser("cora"), people.token("cora", Scope.CASES)
    expected = {"": {0, 3, 10, 40}, "day": {0}, "week": {0, 3}, "over_week": {10, 40}, "over_month": {40}}
    for age, days in expected.items():
        query = {"age": age} if age else {}
        found = client.get("/api/v1/cases", query_string=query, headers=headers).json["items"]
        assert {ids[case["id"]] for case in found} == days, age
        page = cora.get("/cases", query_string=query).text
        assert {days for case_id, days in ids.items() if f'value="{case_id}:' in page} == days, age
    assert client.get("/api/v1/cases?age=old", headers=headers).status_code == 422
