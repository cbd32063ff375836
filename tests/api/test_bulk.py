"""Many cases decided at once: each by itself, all of them to be undone for two minutes."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from server.core import clock
from server.core.database import read
from server.core.words import Level, Scope
from server.journeys.report import decision
from server.journeys.spotter import accrediting
from server.ledger.cases.models import Case
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Report
from server.pages.cases import place
from tests.conftest import settings_for
from tests.story import flag

DISMISS = {"decision": "dismiss", "reason": "A museum’s page.", "because": "not_offered"}
NOTIFY = {"decision": "notify", "reason": "Six chicks at once, no papers."}


@pytest.fixture
def seconds():
    return "10"


@pytest.fixture
def settings(database_url, tmp_path, seconds):
    return settings_for(tmp_path, database_url, SPOTTER_UNDO_SECONDS=seconds)


@pytest.fixture
def flagged(people, report_json):
    """Ana's reports of so many listings: the ids of their cases."""

    def make(number=3, who="ana", first=265370482805):
        return [flag(people, report_json(f"https://mercado.test/itm/{first + n}"), who) for n in range(number)]

    return make


def item(case_id, **more):
    with read() as session:
        return DISMISS | {"case_id": case_id, "version": session.get_one(Case, case_id).version} | more


def send(people, items, who="cora"):
    return people.app.test_client().post("/api/v1/cases/decisions", headers=people.token(who, Scope.CASES), json=items)


def statuses(answer):
    assert answer.status_code == 200, answer.text
    return [entry["status"] for entry in answer.json["items"]]


def states(case_ids):
    with read() as session:
        return [session.get_one(Case, case_id).state for case_id in case_ids]


def count(model):
    with read() as session:
        return session.scalar(select(func.count()).select_from(model))


def test_each_is_decided_or_refused_by_itself(people, flagged):
    first, stale, last = flagged()
    items = [
        item(first),
        item(stale, version=99),
        item(last, decision="hold", because=None, why="other"),
        item(first) | {"case_id": "no such case"},
        item(first, because=None),
        item(first, colour="red"),
        {"decision": "hold"},
        "nonsense",
    ]
    answer = send(people, items)
    assert statuses(answer) == [201, 409, 201, 404, 422, 422, 422, 422]
    told = answer.json["items"]
    assert [entry["case_id"] for entry in told] == [first, stale, last, "no such case", first, first, None, None]
    assert told[0]["state"] == "closed" and told[0]["version"] == 2 and told[0]["undo_until"]
    assert told[1]["type"].endswith("/stale") and told[1]["title"] and told[1]["detail"]
    assert "because" in told[4]["errors"] and "colour" in told[5]["errors"] and "case_id" in told[6]["errors"]
    assert states([first, stale, last]) == ["closed", "open", "held"]


def test_the_same_case_twice_is_decided_once(people, flagged):
    [case_id] = flagged(1)
    assert statuses(send(people, [item(case_id), item(case_id)])) == [201, 409]


def test_200_are_many_enough(people, flagged):
    [case_id] = flagged(1)
    assert statuses(send(people, [])) == []
    assert send(people, [item(case_id)] * 201).status_code == 422
    assert send(people, item(case_id)).status_code == 422
    assert states([case_id]) == ["open"]
    assert statuses(send(people, [item(case_id)] * 200)) == [201] + [409] * 199


def test_nobody_else_may(people, flagged):
    [case_id] = flagged(1)
    client = people.app.test_client()
    for who, scope in (("ana", Scope.REPORTS), ("mia", Scope.COMPANY)):
        answer = client.post("/api/v1/cases/decisions", headers=people.token(who, scope), json=[item(case_id)])
        assert answer.status_code == 403


def test_it_can_be_undone_for_120_seconds_one_or_all(people, flagged, work_all):
    with time_machine.travel(clock.now(), tick=True) as traveller:
        case_ids = flagged()
        told = send(people, [item(case_id) for case_id in case_ids]).json["items"]
        assert len({entry["undo_until"] for entry in told}) == 1, "all until the same moment"
        traveller.shift(timedelta(seconds=110))
        work_all()
        headers, client = people.token("cora", Scope.CASES), people.app.test_client()

        def undo(place):
            path = f"/api/v1/cases/{case_ids[place]}/undo"
            return client.post(path, headers=headers, json={"version": told[place]["version"]})

        assert undo(0).status_code == 200
        traveller.shift(timedelta(seconds=20))
        work_all()
        assert undo(1).status_code == 409
        assert states(case_ids) == ["open", "closed", "closed"]
        with read() as session:
            rows = session.execute(select(Report.case_id, Report.status))
            assert dict(rows.all()) == dict(zip(case_ids, ["received", "dismissed", "dismissed"], strict=True))


@pytest.mark.parametrize("seconds", ["0", "300"])
def test_the_setting_0_means_never_and_a_longer_one_counts(people, flagged, seconds):
    [case_id] = flagged(1)
    [told] = send(people, [item(case_id)]).json["items"]
    if seconds == "0":
        assert told["undo_until"] is None
        with read() as session:
            assert session.scalars(select(Report.status)).one() == "dismissed"
    else:
        assert told["undo_until"] > (clock.now() + timedelta(seconds=290)).isoformat()


@pytest.mark.parametrize("seconds", ["0"])
def test_notices_have_each_their_own_grounds(people, flagged):
    first, second = flagged(2)
    more = {"because": None, "decision": "notify"}
    items = [item(first, reason="Six chicks.", **more), item(second, reason="Two adults.", **more)]
    assert statuses(send(people, items)) == [201, 201]
    with read() as session:
        notices = session.scalars(select(Notice).order_by(Notice.id))
        assert [notice.document["suspicion"]["reasons"] for notice in notices] == [["Six chicks."], ["Two adults."]]


def test_what_a_spotter_on_probation_reported_is_never_notified_among_many(people, flagged, report_json):
    accrediting.accredit_by_email("ben@people.test", "cora@people.test", "Careful.", Level.PROBATION, waive_exam=True)
    [his] = flagged(1, "ben")
    [both] = flagged(1, "ana", first=265370482900)
    flag(people, report_json("https://mercado.test/itm/265370482900"), "ben")
    more = {"because": None, "decision": "notify"}
    answer = send(people, [item(his, **more), item(both, **more), item(his)])
    assert statuses(answer) == [409, 409, 201]
    assert "not in bulk" in answer.json["items"][0]["detail"]
    with read() as session:
        version = session.get_one(Case, both).version
    assert decision.decide(both, people.ids["cora"], decision="notify", note="No papers.", version=version)


@pytest.mark.parametrize("seconds", ["0"])
def test_what_names_a_person_says_so_in_its_own_item(people, flagged):
    first, second = flagged(2)
    more = {"because": None, "decision": "notify"}
    answer = send(people, [item(first, reason="Ask cora@people.test.", **more), item(second, **more)])
    assert statuses(answer) == [422, 201]
    told = answer.json["items"][0]
    assert told["type"].endswith("/names-a-person") and told["errors"]["reason"] and told["mentions"]


def test_a_database_that_is_busy_for_one_keeps_back_no_other(people, flagged, monkeypatch):
    first, busy, last = flagged()
    decide = decision.decide

    def decide_or_not(case_id, *args, **values):
        if case_id == busy:
            raise OperationalError("BEGIN IMMEDIATE", None, Exception("database is locked"))
        return decide(case_id, *args, **values)

    monkeypatch.setattr(decision, "decide", decide_or_not)
    answer = send(people, [item(case_id) for case_id in (first, busy, last)])
    assert statuses(answer) == [201, 503, 201] and answer.json["items"][1]["retry_after"]
    assert states([first, busy, last]) == ["closed", "open", "closed"]


# --- On the page -----------------------------------------------------------------------------------------------------


def ticked(*case_ids):
    return [f"{case_id}:{item(case_id)['version']}" for case_id in case_ids]


def on_page(browser, cases, query="", **more):
    form = {"decision": "dismiss", "because": "not_offered", "reason": "A museum’s page.", "case": cases} | more
    return browser.post(f"/cases/many{query}", data=form)


def shown(page):
    """What a page lists to be decided on: (ticked or not, case)."""
    boxes = re.findall(r'<input type="checkbox" name="case" value="([0-9a-f]{32}):\d+"( checked)?>', page)
    return [(bool(checked), case_id) for case_id, checked in boxes]


def test_the_queue_has_a_box_for_each_case_that_waits_for_a_decision(people, flagged):
    first, second, third = flagged()
    cora = people.browser("cora")
    with read() as session:
        version = session.get_one(Case, first).version
    decision.decide(first, people.ids["cora"], decision="notify", note="No papers.", version=version)
    page = cora.get("/cases?q=parrot&company=mercado").text
    assert re.findall(r'name="case" value="([0-9a-f]{32}:\d+)"><span', page) == ticked(third, second)
    assert '<input type="hidden" name="q" value="parrot">' in page.partition('id="many"')[2].partition("</form>")[0]
    assert 'form="many"' not in people.browser("ada").get("/cases").text, "who may not decide ticks nothing"


@pytest.mark.parametrize(
    ("form", "state"),
    [({}, "closed"), ({"decision": "hold", "why": "police_first", "because": None, "until": ""}, "held")],
)
def test_ticked_cases_get_one_decision_and_one_undo(people, flagged, form, state):
    first, second, third = flagged()
    cora = people.browser("cora")
    query = {"decision": form.get("decision", "dismiss"), "case": ticked(first, second), "q": "parrot"}
    page = cora.get("/cases/many", query_string=query).text
    assert shown(page) == [(True, first), (True, second)] and "2 cases" in page
    answer = on_page(cora, ticked(first, second), "?q=parrot", **{k: v for k, v in form.items() if v is not None})
    assert answer.status_code == 302 and answer.location == "/cases?q=parrot"
    assert states([first, second, third]) == [state, state, "open"]
    page = cora.get(answer.location).text
    offer = re.search(r'<form class="note note-brand undo".*?</form>', page, re.DOTALL).group()
    assert "2 cases" in offer and re.search(r"\((11\d|120) s\)", offer)
    undone = cora.post("/cases/undo?q=parrot", data={"case": re.findall(r'"([0-9a-f]{32}:\d+)"', offer)})
    assert undone.location == "/cases?q=parrot" and "Undone: 2 decisions." in cora.get(undone.location).text
    assert states([first, second, third]) == ["open"] * 3


def test_all_that_the_queue_found_on_all_its_pages_can_be_chosen(people, flagged, monkeypatch):
    cora, case_ids = people.browser("cora"), flagged(53)
    [notified, held] = case_ids[:2]
    for case_id, kind in ((notified, "notify"), (held, "hold")):
        assert statuses(send(people, [item(case_id, decision=kind, because=None)])) == [201]

    def offered(path):
        return re.findall(r'name="found" value="1"> <span>(.*?)</span>', cora.get(path).text)

    assert offered("/cases?q=parrot") == ["All 52 found"], "what was notified waits for no decision"
    assert offered("/cases?q=parrot&tab=closed&company=none") == offered("/cases?tab=held") == []
    assert not re.search('name="found"', people.browser("ada").get("/cases?q=parrot").text)
    query = {"decision": "dismiss", "found": "1", "case": ticked(held), "q": "parrot"}
    page = shown(cora.get("/cases/many", query_string=query).text)
    assert {case_id for _, case_id in page} == set(case_ids) - {notified} and all(tick for tick, _ in page)
    monkeypatch.setattr(place, "MOST_AT_ONCE", 51)
    assert offered("/cases?q=parrot") == ["The first 51 found"]
    assert shown(cora.get("/cases/many", query_string=query).text) == page[:51]
    answer = cora.post("/cases/claim?q=parrot", data={"found": "1"})
    assert "You claimed 51 cases." in cora.get(answer.location).text


def test_ticked_cases_are_handed_over_each_by_itself(people, flagged):
    first, second, third = flagged()
    cora, dan = people.browser("cora"), people.browser("dan")
    dan.post(f"/cases/{third}/claim")
    cases = [*ticked(first), *ticked(second), *ticked(third)]
    page = cora.get("/cases").text
    assert re.search(f'id="hand-many-to".*<option value="{people.ids["dan"]}"', page)

    def given(to, cases):
        return cora.get(cora.post("/cases/hand-over?q=parrot", data={"case": cases, "to": to}).location).text

    assert "Choose another coordinator." in given("", cases) and "Choose another coordinator." in given(
        people.ids["ana"], cases
    )
    answer = given(people.ids["dan"], cases)
    assert (
        "Handed over to Dan, who sees the 2 cases under Attention." in answer
        and "Dan has claimed this case until" in answer
    )
    path = "/api/v1/cases?claimed_by=" + people.ids["dan"]
    assert len(people.app.test_client().get(path, headers=people.token("cora", Scope.CASES)).json["items"]) == 3
    assert "Tick at least one case first." in given(people.ids["dan"], [])


def test_what_was_refused_is_shown_again_with_the_reason_and_not_ticked(people, flagged):
    first, second, third = flagged()
    cora = people.browser("cora")
    cases = [*ticked(first), f"{second}:77", "0" * 32 + ":1", *ticked(third)]
    answer = on_page(cora, cases)
    assert answer.status_code == 409 and shown(answer.text) == [(False, second)]
    assert "This case has changed since you opened it." in answer.text and "A museum’s page." in answer.text
    assert states([first, second, third]) == ["closed", "open", "closed"]


def test_nothing_is_decided_without_a_reason_a_tick_or_a_decision(people, flagged):
    [case_id] = flagged(1)
    cora = people.browser("cora")
    refused = on_page(cora, ticked(case_id), reason=" ", because="")
    assert refused.status_code == 422 and shown(refused.text) == [(True, case_id)]
    assert on_page(cora, ticked(case_id), because="duplicate").status_code == 422, "a duplicate is one of a case"
    for kind in ("notify", "ask", ""):
        assert on_page(cora, ticked(case_id), decision=kind).status_code == 422
        assert cora.get(f"/cases/many?decision={kind}&case={ticked(case_id)[0]}").status_code == 422
    for send_none in (lambda: on_page(cora, []), lambda: cora.get("/cases/many?decision=hold&tab=held")):
        empty = send_none()
        assert empty.status_code == 302 and "Tick at least one case first." in cora.get(empty.location).text
    assert states([case_id]) == ["open"]
    assert on_page(people.browser("ada"), ticked(case_id)).status_code == 403


@pytest.mark.parametrize(("ticks", "more"), [(0, {"take_over": "1"}), (1, {"because": ""})])
def test_what_was_typed_and_every_case_stay_until_it_can_be_decided(people, flagged, ticks, more):
    cases = ticked(*(case_ids := flagged(2)))
    page = on_page(people.browser("cora"), cases[:ticks], shown=cases, claimed="1", **more)
    assert page.status_code == 422 and shown(page.text) == [(n < ticks, each) for n, each in enumerate(case_ids)]
    assert "A museum’s page." in page.text and "Take over and decide" in page.text
    assert ("Tick at least one case first." in page.text) is (not ticks) and states(case_ids) == ["open"] * 2


def test_each_result_says_whom_its_notice_goes_to(people, flagged):
    ids = flagged(2)
    answer = send(people, [item(ids[0]) | NOTIFY | {"because": None}, item(ids[1])])
    assert statuses(answer) == [201, 201], answer.text
    spoc = {"spoc": "Trust and Safety", "channel": "mail", "address": "spoc@mercado.test"}
    assert [entry["goes_to"] for entry in answer.json["items"]] == [spoc, None]
