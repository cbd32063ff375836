"""The coordinator's start page: what waits for whom, each a number and a link that leads to just that."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select, update

from server.core import clock
from server.core.database import read, write
from server.core.words import Seen, Via
from server.journeys.report import answering, complaining, correcting, decision, verification
from server.ledger.cases.models import Case
from server.ledger.companies import store as companies
from server.ledger.companies.models import Platform
from server.ledger.complaints.models import Complaint
from server.ledger.notices.models import Notice
from server.people.accounts.models import Account
from server.reads import attention
from server.reads.attention import Waits
from tests.conftest import PASSWORD, People
from tests.plans import asked, only_on_sqlite
from tests.story import decide, flag

Make = Callable[..., dict[str, Any]]
Run = Callable[[], int]


@pytest.fixture
def new(people: People, report_json: Make) -> Callable[..., str]:
    """Ana flags another listing; its case."""
    numbers = iter(range(265370482805, 265370489999))

    def make(site: str = "mercado.test/itm") -> str:
        return flag(people, report_json(f"https://{site}/{next(numbers)}"))

    return make


def waiting(who: str | None = None) -> dict[str, int]:
    """What waits, as this person reads it; without a name, as nobody in particular does."""
    with read() as session:
        account_id = session.scalar(select(Account.id).where(Account.email == f"{who}@people.test"))
        return {line.what.value: line.number for line in attention.lines(session, account_id) if line.number}


def settle(people: People, case_id: str, kind: str, **more: Any) -> None:
    with read() as session:
        version = session.get_one(Case, case_id).version
    decision.decide(case_id, people.ids["cora"], decision=kind, note="Look closer.", version=version, **more)


def shown(browser: FlaskClient, path: str = "/attention") -> str:
    page = browser.get(path)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def overdue(new: Callable[..., str], people: People, work_all: Run, *sites: str) -> list[str]:
    """Notices that arrived eight days ago and have no answer."""
    with time_machine.travel(clock.now() - timedelta(days=8)):
        notice_ids = [decide(people, new(site)) for site in sites or ("mercado.test/itm",)]
        work_all()
    return notice_ids


def test_a_coordinator_starts_here_and_a_company_in_its_inbox(people: People) -> None:
    for who, place in (("cora", "/attention"), ("ada", "/attention"), ("mia", "/notices"), ("ana", "/reports")):
        answer = people.app.test_client().post("/sign-in", data={"email": f"{who}@people.test", "password": PASSWORD})
        if answer.status_code == 400:  # the forgery guard is on until a browser of ours was made
            people.browser(who)
            answer = people.app.test_client().post(
                "/sign-in", data={"email": f"{who}@people.test", "password": PASSWORD}
            )
        assert answer.location == place
    assert people.browser("mia").get("/attention").status_code == 403


ALSO = (
    "Lexicon terms", "Species and their listings", "Species guide", "Complaints", "Questions from companies",
    "What orders the queue", "Import past work", "Disputes", "Incoming email", "Alarms",
)  # fmt: skip


def also(browser: FlaskClient) -> dict[str, str]:
    """The list of links that stands below what waits: the address of each, by its name."""
    page = browser.get("/attention").text
    links = re.search(r'<nav class="also".*?</nav>', page, re.S)
    assert links
    found = re.findall(r'<a href="([^"]+)">([^<]+)</a>', links[0])
    return {name: html.unescape(address) for address, name in found}


def test_where_else_to_go_is_named_whether_or_not_something_waits(people: People, new: Callable[..., str]) -> None:
    cora = people.browser("cora")
    assert waiting() == {} and "Nothing to do." in shown(cora)
    idle = also(cora)
    assert set(ALSO) <= set(idle)
    for name, address in idle.items():
        assert cora.get(address).status_code == 200, name
    new()
    assert waiting() and also(cora) == idle and "Nothing to do" not in shown(cora)
    assert "Import past work" not in also(people.browser("ada")), "coordinators alone import"


def test_a_second_opinion_waits_for_others_and_not_for_whoever_asked(
    people: People, new: Callable[..., str], work_all: Run
) -> None:
    settle(people, new(), "hold", hold_reason="second_opinion")
    work_all()
    assert (waiting("cora").get("opinions"), waiting("cora")["own_opinions"]) == (None, 1)
    assert (waiting("dan")["opinions"], waiting("dan").get("own_opinions")) == (1, None)
    page = shown(people.browser("cora"))
    assert "for a second opinion" not in page
    assert "1 case waits for the second opinion that you asked for" in page.partition("Waiting for others")[2]
    assert "1 case waits for a second opinion" in shown(people.browser("dan")).partition("Waiting for others")[0]


def test_a_complaint_about_ones_own_decision_waits_for_others(people: People, new: Callable[..., str]) -> None:
    settle(people, new(), "ask")
    complaining.complain("https://mercado.test/itm/265370482805", "This is my toy.", "seller@people.test")
    complaining.write_down(people.ids["dan"], "my ad", "It is gone.", "other@people.test", "en")
    assert (waiting("cora")["complaints"], waiting("cora")["others_complaints"]) == (1, 1)
    assert (waiting("dan")["complaints"], waiting("dan")["others_complaints"]) == (1, 1)
    assert (waiting("ada")["complaints"], waiting("ada").get("others_complaints")) == (2, None)
    assert "1 complaint waits for an answer that somebody else must give" in shown(people.browser("cora"))


def test_each_thing_that_waits_is_counted_once_and_for_whom(
    people: People, new: Callable[..., str], work_all: Run
) -> None:
    cora = people.browser("cora")
    new()
    settle(people, new(), "ask")
    settle(people, new(), "hold", hold_reason="other", until=clock.now() + timedelta(days=3))
    flag_unrouted = new("nobody-runs.example/ad")
    complaining.complain("https://mercado.test/itm/1", "This is my toy.", "seller@people.test")
    asking = decide(people, new())
    (late,) = overdue(new, people, work_all)
    answering.answer_notice(asking, {"answer": "need_info", "reason": "Which rule?"}, Via.PORTAL, people.ids["mia"])
    assert waiting() == {
        "waiting": 3, "questions": 1, "complaints": 1, "unrouted": 1, "overdue": 1, "asked": 1, "held": 1,
    }  # fmt: skip
    page = shown(cora)
    for words in (
        "3 cases wait for a decision", "1 company question waits for your reply", "1 complaint waits for an answer",
        "first due on", "1 case has no company to go to", "1 notice is past its date without any answer",
        "1 case waits for a spotter’s answer", "1 case is held , the next comes back",
    ):  # fmt: skip
        assert words in page, words
    for link in re.findall(r'<li>.*?<a href="([^"]+)"', cora.get("/attention").text):
        assert cora.get(link.replace("&amp;", "&")).status_code == 200, link
    assert late and flag_unrouted


def test_an_answer_a_question_and_a_withdrawal_are_not_overdue_nor_what_never_arrived(
    people: People, new: Callable[..., str], work_all: Run
) -> None:
    late = overdue(new, people, work_all, *["mercado.test/itm"] * 4)
    assert waiting()["overdue"] == 4
    answering.answer_notice(late[0], {"answer": "removed"}, Via.PORTAL, people.ids["mia"])
    answering.answer_notice(late[1], {"answer": "need_info", "reason": "Which?"}, Via.PORTAL, people.ids["mia"])
    answering.withdraw_notice(late[2], people.ids["cora"], "We were wrong.")
    assert waiting()["overdue"] == 1
    with time_machine.travel(clock.now() - timedelta(days=8)):
        decide(people, new())  # and no worker runs
    assert waiting()["overdue"] == 1


def test_overdue_companies_are_listed_the_longest_first_with_their_notices(
    people: People, new: Callable[..., str], work_all: Run
) -> None:
    overdue(new, people, work_all, "mercado.test/itm", "mercado.test/itm")
    with time_machine.travel(clock.now() - timedelta(days=1)):
        overdue(new, people, work_all, "tradepost.test/ad")
    cora = people.browser("cora")
    page = shown(cora)
    assert page.index("Tradepost") < page.index("Mercado 2")
    one = cora.get("/attention/overdue?company=mercado").text
    with read() as session:
        references = [notice.reference for notice in session.query(Notice).all()]
    assert sum(reference in one for reference in references) == 2
    assert cora.get("/attention/overdue?company=nobody").status_code == 404


def test_lists_go_on_page_by_page(people: People, new: Callable[..., str], work_all: Run, monkeypatch: Any) -> None:
    overdue(new, people, work_all, "mercado.test/itm", "tradepost.test/ad", "mercado.test/itm")
    monkeypatch.setattr(attention, "PAGE", 1)
    with read() as session:
        first, after = attention.overdue_companies(session, None, 1)
        second, end = attention.overdue_companies(session, after, 1)
        assert [row["slug"] for row in (*first, *second)] == ["mercado", "tradepost"] and end is None
        seen, cursor = [], None
        while True:
            rows, cursor = attention.overdue_notices(session, "mercado", cursor)
            seen += [row["id"] for row in rows]
            if cursor is None:
                break
    assert len(seen) == len(set(seen)) == 2
    assert people.browser("cora").get("/attention/overdue?cursor=x").status_code == 422


def test_a_check_waits_from_its_day_on_until_it_is_settled(
    people: People, new: Callable[..., str], work_all: Run
) -> None:
    case_id = new()
    notice_id = decide(people, case_id)
    answering.answer_notice(notice_id, {"answer": "removed"}, Via.PORTAL, people.ids["mia"])
    assert "checks" not in waiting(), "a day later"
    cora = people.browser("cora")
    with time_machine.travel(clock.now() + timedelta(days=2)):
        assert waiting()["checks"] == 1
        assert "The company says that it is gone" in cora.get("/attention/checks").text
        verification.look_as_coordinator(case_id, people.ids["cora"], Seen.GONE)
        assert "checks" not in waiting()


def test_a_complaint_counts_until_it_is_settled_with_the_day_of_its_answer(people: People) -> None:
    complaining.complain("https://mercado.test/itm/1", "This is my toy.", "seller@people.test")
    now = clock.now()
    for days in (0, 13, 15):  # over its time it waits all the more
        with time_machine.travel(now + timedelta(days=days)), read() as session:
            line = next(line for line in attention.lines(session) if line.what is Waits.COMPLAINTS)
            assert line.number == 1 and line.at and abs(line.at - (now + timedelta(days=14))) < timedelta(minutes=1)
    with read() as session:
        complaint_id = session.scalars(select(Complaint.id)).one()
    correcting.close(complaint_id, people.ids["dan"], "no_complaint")
    assert "complaints" not in waiting()


def test_the_page_asks_a_few_statements_however_much_waits(
    people: People, new: Callable[..., str], work_all: Run
) -> None:
    cora, numbers = people.browser("cora"), []
    for _ in range(2):
        overdue(new, people, work_all, "mercado.test/itm", "tradepost.test/ad")
        new()
        with asked() as seen:
            cora.get("/attention")
        numbers.append(len(seen.statements))
    assert numbers[0] == numbers[1] <= 30


def test_overdue_notices_are_found_by_their_index(people: People, new: Callable[..., str], work_all: Run) -> None:
    only_on_sqlite()
    overdue(new, people, work_all)
    with read() as session, asked() as seen:
        attention.overdue_companies(session, None)
    (statement,) = [text for text in seen.statements if text.startswith("SELECT companies.slug")]
    with read() as session:
        values = ("2026-01-01 00:00:00.000000",) + ("x",) * (statement.count("?") - 2) + (51,)
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    assert any("ix_notices_overdue" in row[3] for row in plan), plan


def test_whoever_opens_a_new_installation_is_told_what_to_begin_with(people: People) -> None:
    ada, cora = people.browser("ada"), people.browser("cora")
    assert "To begin" not in ada.get("/attention").text + cora.get("/attention").text, "two platforms are known"
    with write() as session:
        session.execute(update(Platform).values(retired_at=clock.now()))
        companies.new_version(session)
    steps = {
        who: re.findall(r'<li><a href="([^"]+)', plain.split("To begin:")[1].split("</ul>")[0])
        for who, plain in (("ada", ada.get("/attention").text), ("cora", cora.get("/attention").text))
    }
    assert steps == {"ada": ["/admin", "/companies"], "cora": ["/companies", "/people/invitations"]}
    assert "Nothing to do." not in ada.get("/attention").text + cora.get("/attention").text
    assert all(ada.get(path).status_code == 200 for path in steps["ada"])
    assert all(cora.get(path).status_code == 200 for path in steps["cora"])


def test_the_pace_is_of_seven_days_and_counts_ads_and_cases(people: People, new: Callable[..., str]) -> None:
    cora = people.browser("cora")
    assert "in the last 7 days" not in cora.get("/attention").text
    with time_machine.travel(clock.now() - timedelta(days=7)):
        decide(people, new())
    decide(people, new(), undo_until=clock.now())
    new()
    assert "New ads in the last 7 days: 2. Cases decided: 1." in cora.get("/attention").text


def test_a_break_is_offered_after_the_tenth_live_animal_in_a_row_and_once(
    people: People, new: Callable[..., str]
) -> None:
    cora, told = people.browser("cora"), []
    for _ in range(11):
        form = {"decision": "dismiss", "because": "too_little", "reason": "Too little to go by.", "version": "1"}
        answer = cora.post(f"/cases/{new()}/decisions", data=form, follow_redirects=True)
        told.append("The last 10 cases were all about live animals. This is a good time for a break" in answer.text)
    assert told == [False] * 9 + [True, False]
