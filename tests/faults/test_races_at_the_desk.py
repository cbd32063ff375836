"""The other things that 16 people press at once: a form that was sent by hand, decisions by API, answers to many notices, who
leads a team, answers in the lane. One of them counts, and the others are told; each race finds that nobody waits.
"""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import clock, work
from server.core.database import db, new_id, read, write
from server.core.words import Refused, RoundState, Scope
from server.journeys.company import directory_import
from server.journeys.report import by_hand, decision, ring
from server.journeys.spotter import growth
from server.ledger.alarms.models import Alarm, AlarmReport
from server.ledger.companies.schemas import read_file
from server.ledger.delivery.models import Message, MessageAttempt
from server.ledger.notices.models import GivenAnswer
from server.ledger.reports.models import Report
from server.people.rounds import store as rounds
from server.people.rounds.models import Team
from server.people.skill import store as skill
from server.people.skill.lane import Said
from server.people.skill.models import LaneAnswer
from server.reads import practice_lane
from tests.conftest import People, companies_file
from tests.every_state import FORM
from tests.racing import RACERS, audited, one_won, race, without_locks
from tests.story import decide, flag, notify

Make = Callable[..., Any]
DECISIONS = {
    "notify": {"reason": "No papers are named.", "basis": "policy"},
    "dismiss": {"reason": "A toy.", "because": "other"},
    "ask": {"reason": "Is there another picture?"},
    "hold": {"reason": "Police first.", "why": "police_first"},
}


def count(model: Any, *where: Any) -> int:
    with read() as session:
        return session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def coordinator(people: People, n: int) -> str:
    return people.ids["cora" if n % 2 else "dan"]


@pytest.fixture
def case_by_hand(app: Flask, people: People, report_json: Make) -> str:
    """A case whose notice waits for a coordinator to fill in the company's own form."""
    directory_import.import_companies(read_file(companies_file() + FORM))
    case_id = flag(people, report_json("https://formhaus.test/ad/12345"))
    decide(people, case_id)
    work.run_due()
    return case_id


def test_16_fill_in_one_form_and_it_is_sent_once(app: Flask, people: People, case_by_hand: str) -> None:
    with read() as session:
        message_id = session.scalars(select(Message.id)).one()
    jobs = [lambda n=n: by_hand.form_sent(case_by_hand, message_id, coordinator(people, n)) for n in range(RACERS)]
    one_won(race(app, jobs), "conflict")
    assert count(MessageAttempt) == audited("form_sent") == 1


def test_a_ring_is_set_aside_while_its_cases_are_decided_on_and_each_report_is_one_or_the_other(
    app: Flask, people: People, report_json: Make
) -> None:
    for attempt in range(3):
        cases = [flag(people, report_json(f"https://mercado.test/itm/2653704{attempt}28{n}0")) for n in range(6)]
        alarm = new_id()
        with write() as session:
            session.add(Alarm(
                id=alarm, target="t", signs=[], reports=6, accounts=1, new_accounts=1, state="open", raised_at=clock.now()
            ))  # fmt: skip
            session.flush()
            for report in session.scalars(select(Report).where(Report.case_id.in_(cases))):
                session.add(AlarmReport(alarm_id=alarm, report_id=report.id, case_id=report.case_id, about=True))
        dismiss = {"decision": "dismiss", "dismiss_reason": "other", "note": "A toy.", "version": 1}
        jobs = [partial(decision.decide, case, people.ids["dan"], **dismiss) for case in reversed(cases)]
        told = race(app, [*jobs, partial(ring.withdraw, alarm, people.ids["cora"], "A ring.")])
        assert set(told) <= {"won", "stale", "conflict"} and told[-1] == "won", told
    with read() as session:
        became = [(row.status, row.set_aside_at is None) for row in session.scalars(select(Report))]
    assert set(became) <= {("dismissed", True), ("received", False)}


@pytest.mark.parametrize("kind", DECISIONS)
def test_16_programs_decide_on_one_version_and_one_decision_counts(
    app: Flask, people: People, report_json: Make, kind: str
) -> None:
    case_id = flag(people, report_json())
    tokens = [people.token(who, Scope.CASES) for who in ("cora", "dan")]

    def ask(n: int) -> None:
        body = {"decision": kind, "version": 1} | DECISIONS[kind]
        answer = app.test_client().post(f"/api/v1/cases/{case_id}/decisions", json=body, headers=tokens[n % 2])
        if answer.status_code != 201:
            raise Refused(answer.json["type"].rpartition("/")[2], answer.json["detail"])

    one_won(race(app, [lambda n=n: ask(n) for n in range(RACERS)]), "stale", "conflict")
    assert audited(f"case_{kind}") == 1


def test_16_answer_all_notices_at_once_and_each_is_answered_once(app: Flask, people: People, report_json: Make) -> None:
    urls = [f"https://mercado.test/itm/grey-parrot/{265370482805 + n}" for n in range(3)]
    notices = [notify(people, report_json(url)) for url in urls]
    work.run_due()
    mia = people.browser("mia").get_cookie("session", domain="localhost")
    assert mia

    def answer() -> None:
        client = app.test_client()
        client.set_cookie("session", mia.value, domain="localhost")
        form = {"notice": notices, "answer": "removed", "reason": "Our rules."}
        assert client.post("/notices", data=form).status_code == 302

    assert race(app, [answer] * RACERS) == ["won"] * RACERS  # the same once more has nothing to be told
    answered = db.session.execute(select(GivenAnswer.notice_id, func.count()).group_by(GivenAnswer.notice_id)).all()
    assert sorted(answered) == sorted((notice, 1) for notice in notices)


@pytest.fixture
def crewed(people: People) -> tuple[str, list[str]]:
    """A round with two teams, in which Ana and Ben take part; its id and the teams'."""
    start = clock.now().date()
    plan = rounds.Plan(
        "Parrots", "", start, start + timedelta(days=6), (10,), (), (), (), RoundState.OPEN, ("Otters", "Herons")
    )
    with write() as session:
        round_id = rounds.write_down(session, plan, people.ids["cora"])
        for who in ("ana", "ben"):
            rounds.join(session, round_id, people.ids[who], None)
        return round_id, [team.id for team in rounds.teams(session, round_id)]


def test_16_choose_a_lead_and_the_first_choice_stands(
    app: Flask, people: People, crewed: tuple[str, list[str]]
) -> None:
    round_id, (team, _) = crewed

    def choose(n: int) -> None:
        with write() as session:
            lead = people.ids["ana" if n % 2 else "ben"]
            rounds.choose_lead(session, round_id, team, lead, coordinator(people, n), seen="")

    told = Counter(race(app, [lambda n=n: choose(n) for n in range(RACERS)]))
    assert told == {"won": RACERS // 2, "stale": RACERS // 2}, told  # who chose the same has nothing to be told
    assert audited("team_lead_chosen") == 1


def test_of_two_teams_one_person_leads_one(app: Flask, people: People, crewed: tuple[str, list[str]]) -> None:
    round_id, teams = crewed

    def choose(n: int) -> None:
        with write() as session:
            rounds.choose_lead(session, round_id, teams[n % 2], people.ids["ana"], coordinator(people, n))

    assert set(race(app, [lambda n=n: choose(n) for n in range(RACERS)])) == {"won"}
    assert count(Team, Team.lead_id == people.ids["ana"]) == 1


def test_16_answer_one_listing_of_the_lane_and_the_first_counts(app: Flask, people: People) -> None:
    with read() as session:
        item = practice_lane.next_item(session, people.ids["ana"])
    assert item

    def judge(n: int) -> None:
        if growth.answer_lane(people.ids["ana"], item.token, Said.FLAG if n % 2 else Said.INNOCENT, "") is None:
            raise Refused("conflict", "The next listing is shown.")

    one_won(race(app, [lambda n=n: judge(n) for n in range(RACERS)]), "conflict")
    assert count(LaneAnswer) == 1


# --- Mutations -------------------------------------------------------------------------------------------------------


@pytest.mark.mutation
def test_a_race_finds_that_a_form_is_not_waited_for(app: Flask, people: People, case_by_hand: str) -> None:
    with without_locks(), pytest.raises(AssertionError):
        test_16_fill_in_one_form_and_it_is_sent_once(app, people, case_by_hand)


@pytest.fixture
def one_file(app: Flask) -> None:
    """SQLite, where one lock stands for all; on PostgreSQL what is written decides as well, not locks alone."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("SQLite only: on PostgreSQL what is written decides too, so the mutation changes nothing")


@pytest.mark.mutation
def test_a_race_finds_that_programs_decide_beside_each_other(
    app: Flask, people: People, report_json: Make, one_file: None
) -> None:
    with without_locks(), pytest.raises(AssertionError):
        test_16_programs_decide_on_one_version_and_one_decision_counts(app, people, report_json, "dismiss")


@pytest.mark.mutation
def test_a_race_finds_that_notices_are_answered_beside_each_other(
    app: Flask, people: People, report_json: Make, one_file: None
) -> None:
    with without_locks(), pytest.raises(AssertionError):
        test_16_answer_all_notices_at_once_and_each_is_answered_once(app, people, report_json)


@pytest.mark.mutation
def test_a_race_finds_that_leads_are_chosen_beside_each_other(
    app: Flask, people: People, crewed: tuple[str, list[str]]
) -> None:
    with without_locks(), pytest.raises(AssertionError):
        test_16_choose_a_lead_and_the_first_choice_stands(app, people, crewed)


@pytest.mark.mutation
def test_a_race_finds_that_a_second_answer_of_the_lane_is_not_told(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(session: Session, answer: LaneAnswer) -> str:
        session.add(answer)
        session.flush()
        return answer.id

    monkeypatch.setattr(skill, "_keep", careless)
    with pytest.raises(AssertionError):
        test_16_answer_one_listing_of_the_lane_and_the_first_counts(app, people)
