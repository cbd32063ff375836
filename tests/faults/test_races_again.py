"""What test_races.py tells of accreditation and decisions, for everything else that people press: 16 at once are one.

Whoever says the same as is so already has nothing to be told; whoever is too late is.
"""

import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.core import clock, database
from server.core.database import db, read, write
from server.core.words import Answer, CheckWhy, RoundState, Seen, Via
from server.journeys.report import answering, complaining, decision, feedback, reading_mail, sorting_mail, verification
from server.journeys.spotter import closing, freezing, learning
from server.ledger.cases.models import Case
from server.ledger.complaints.models import Complaint
from server.ledger.inbound.models import InboundMail
from server.ledger.monitoring.models import Check, CheckResult
from server.ledger.notices.models import GivenAnswer, Notice
from server.ledger.reports import store as reports
from server.ledger.reports.models import Evidence
from server.people.exams import store as exams
from server.people.exams.models import Attempt
from server.people.rounds import store as rounds
from server.people.rounds.models import Membership
from tests.conftest import People
from tests.crew import Crew
from tests.messages import message_of
from tests.racing import RACERS, audited, on_a_clock_ahead, one_won, race
from tests.returned_mails import reply
from tests.sending import png
from tests.small_module import small_module, teach_small
from tests.story import flag, notify

Make = Callable[..., Any]


def count(model: Any, *where: Any) -> int:
    with read() as session:
        return session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def coordinator(people: People, n: int) -> str:
    return people.ids["cora" if n % 2 else "dan"]


# --- Notices and reports ---------------------------------------------------------------------------------------------


def test_16_mark_a_picture_clean_and_the_first_stays(
    app: Flask, people: People, report_json: Make, work_all: Callable[[], int]
) -> None:
    flag(people, report_json(), screenshot=png())
    work_all()
    with read() as session:
        picture = session.scalars(select(Evidence.id)).one()
    told = race(app, [lambda n=n: decision.mark_clean(picture, coordinator(people, n)) for n in range(RACERS)])
    assert told == ["won"] * RACERS and audited("picture_marked_clean") == 1
    with read() as session:
        first = session.get_one(Evidence, picture).clean_by
    decision.mark_clean(picture, people.ids["cora" if first == people.ids["dan"] else "dan"])
    with read() as session:
        assert session.get_one(Evidence, picture).clean_by == first
    assert audited("picture_marked_clean") == 1


def test_16_give_one_answer_and_it_is_one(app: Flask, people: People, report_json: Make) -> None:
    notice = notify(people, report_json())
    answer = {"answer": Answer.REMOVED, "reason": "Against our rules."}
    told = race(app, [lambda: answering.answer_notice(notice, answer, Via.PORTAL, people.ids["mia"])] * RACERS)
    assert told == ["won"] * RACERS
    assert count(GivenAnswer) == audited("notice_answered") == 1


def test_of_16_answers_that_differ_each_is_kept_or_told(app: Flask, people: People, report_json: Make) -> None:
    notice = notify(people, report_json())
    jobs = [
        lambda n=n: answering.answer_notice(notice, {"answer": Answer.REMOVED, "reason": f"Rule {n}."}, Via.PORTAL)
        for n in range(RACERS)
    ]
    told = race(app, jobs)
    assert set(told) <= {"won", "too-many"}, told
    assert count(GivenAnswer) == audited("notice_answered") == told.count("won") > 0


def test_questions_and_receipts_at_once_leave_the_case_where_the_last_of_them_leads(
    app: Flask, people: People, report_json: Make
) -> None:
    for number in range(4):
        notice = notify(people, report_json(f"https://mercado.test/itm/26537048280{number}"))
        given: list[dict[str, Any]] = [{"answer": Answer.NEED_INFO, "reason": "Which?"}, {"answer": Answer.RECEIVED}]
        told = race(app, [partial(answering.answer_notice, notice, values, Via.API) for values in given * 4])
        assert set(told) == {"won"}
        with read() as session:
            row = session.get_one(Notice, notice)
            case = session.get_one(Case, row.case_id)
        assert (row.answer, case.state) in (("need_info", "open"), ("received", "notified"))


def test_a_mail_is_filed_and_its_notice_answered_at_once_and_neither_stops_the_other(
    app: Flask, people: People, report_json: Make, work_all: Callable[[], int]
) -> None:
    notice = notify(people, report_json())
    work_all()
    own = message_of(notice).stable_id
    for number in range(4):
        raw = reply(f"Which of the photos, {number}?", In_Reply_To=own, References=own)
        reading_mail.file(raw, len(raw))
        with read() as session:
            mail = session.scalars(select(InboundMail.id).order_by(InboundMail.id.desc()).limit(1)).one()
            reference = session.get_one(Notice, notice).reference
        answer = {"answer": Answer.RESTRICTED, "reason": f"Rule {number}."}
        jobs: list[Callable[[], Any]] = [partial(sorting_mail.file_mail, mail, reference, people.ids["cora"])]
        assert race(app, jobs + [partial(answering.answer_notice, notice, answer, Via.API)] * 3) == ["won"] * 4
    assert audited("mail_sorted") == 4


@pytest.mark.parametrize("take_back", [answering.withdraw_notice, answering.recall_notice])
def test_16_withdraw_a_notice_and_answers_beside_it_are_told(
    app: Flask, people: People, report_json: Make, take_back: Callable[[str, str, str], None]
) -> None:
    notice = notify(people, report_json())
    withdrawing = [lambda: take_back(notice, people.ids["cora"], "We were wrong.")] * (RACERS // 2)
    answers = [lambda: answering.answer_notice(notice, {"answer": Answer.RECEIVED}, Via.PORTAL)] * (RACERS // 2)
    told = race(app, withdrawing + answers)
    assert told[: RACERS // 2] == ["won"] * (RACERS // 2) and set(told) <= {"won", "gone"}, told
    recalled = take_back is answering.recall_notice
    assert audited("notice_recalled" if recalled else "notice_withdrawn") == 1 and count(GivenAnswer) <= 1
    assert count(Case, Case.state == ("open" if recalled else "closed")) == 1


def test_16_reply_to_one_question_and_one_reply_counts(app: Flask, people: People, report_json: Make) -> None:
    case = flag(people, report_json())
    decision.decide(case, people.ids["cora"], decision="ask", note="Which country?", version=1)
    with read() as session:
        report = reports.of_case(session, case)[0].id
    jobs = [lambda n=n: feedback.reply(people.ids["ana"], report, f"Luxembourg {n}.") for n in range(RACERS)]
    one_won(race(app, jobs), "conflict")
    assert audited("question_answered") == 1


def test_16_ask_for_a_check_and_there_is_one(app: Flask, people: People, report_json: Make) -> None:
    case = Crew(people, report_json()).case
    told = race(app, [lambda n=n: verification.ask_check(case, coordinator(people, n)) for n in range(RACERS)])
    assert told == ["won"] * RACERS
    assert count(Check, Check.why == CheckWhy.ASKED) == 1


def test_16_look_at_one_listing_and_each_look_counts_once(app: Flask, people: People, report_json: Make) -> None:
    crew = Crew(people, report_json())
    verification.ask_check(crew.case, people.ids["cora"])
    with read() as session:
        check = session.scalars(select(Check.id)).one()
    lia, noor = people.ids["lia"], people.ids["noor"]
    jobs = [lambda n=n: verification.look(check, lia if n % 2 else noor, Seen.GONE) for n in range(RACERS)]
    told = race(app, jobs)
    assert set(told) <= {"won", "gone"}, told
    assert count(CheckResult) == audited("listing_looked_at") == 2


def test_16_complaints_of_the_same_words_are_one(app: Flask) -> None:
    heard: list[str] = []
    told = race(
        app, [lambda: heard.append(complaining.complain("https://mercado.test/itm/1", "A toy.", "a@x.test"))] * RACERS
    )
    assert told == ["won"] * RACERS and len(set(heard)) == 1
    assert count(Complaint) == audited("complaint_received") == 1
    assert complaining.complain("https://mercado.test/itm/2", "A toy.", "a@x.test") not in heard, "about another ad"


# --- Accounts, rounds, exams -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["close", "reopen", "freeze", "unfreeze"])
def test_16_change_one_account_and_it_is_changed_once(app: Flask, people: People, kind: str) -> None:
    ben = people.ids["ben"]
    if kind == "reopen":
        closing.close(ben, people.ids["cora"], "Left.")
    if kind == "unfreeze":
        freezing.freeze(ben, people.ids["cora"])
    acts: dict[str, tuple[Callable[[str], Any], str]] = {
        "close": (lambda by: closing.close(ben, by, "Left."), "account_closed"),
        "reopen": (lambda by: closing.reopen(ben, by, "Back."), "account_reopened"),
        "freeze": (lambda by: freezing.freeze(ben, by), "account_frozen"),
        "unfreeze": (lambda by: freezing.unfreeze(ben, by, "Safe again."), "account_unfrozen"),
    }
    act, action = acts[kind]
    one_won(race(app, [lambda n=n: act(coordinator(people, n)) for n in range(RACERS)]), "conflict")
    assert audited(action) == 1


@pytest.fixture
def two_rounds(people: People) -> list[str]:
    """Two open rounds on the same days."""
    start = clock.now().date()
    with write() as session:
        return [
            rounds.write_down(
                session,
                rounds.Plan(
                    name, "", start, start + timedelta(days=6), (10,), (), (), (), RoundState.OPEN, ("Otters",)
                ),
                people.ids["cora"],
            )
            for name in ("Parrots", "Ivory")
        ]


def test_16_sign_up_for_a_round_and_it_is_once(app: Flask, people: People, two_rounds: list[str]) -> None:
    def join() -> None:
        with write() as session:
            rounds.join(session, two_rounds[0], people.ids["ana"], None)

    assert race(app, [join] * RACERS) == ["won"] * RACERS
    assert count(Membership) == audited("round_joined") == 1


def test_of_two_rounds_on_the_same_days_16_sign_ups_reach_one(
    app: Flask, people: People, two_rounds: list[str]
) -> None:
    def join(n: int) -> None:
        with write() as session:
            rounds.join(session, two_rounds[n % 2], people.ids["ana"], None)

    told = race(app, [lambda n=n: join(n) for n in range(RACERS)])
    assert sorted(told) == ["conflict"] * (RACERS // 2) + ["won"] * (RACERS // 2), told
    assert count(Membership, Membership.left_at.is_(None)) == audited("round_joined") == 1


def test_16_start_an_exam_and_it_is_one(app: Flask, people: People, tmp_path: Path) -> None:
    teach_small(app, tmp_path)
    ben, module = people.ids["ben"], small_module()
    told = race(app, [lambda n=n: learning.start_exam(ben, module, n) for n in range(RACERS)])
    assert told == ["won"] * RACERS and count(Attempt) == 1


def test_16_end_one_exam_and_it_ends_once(app: Flask, people: People, tmp_path: Path) -> None:
    teach_small(app, tmp_path)
    attempt, _ = learning.start_exam(people.ids["ben"], small_module(), 1)
    with write() as session:
        row = session.get_one(Attempt, attempt)
        row.ends_at = row.started_at
    assert race(app, [lambda: learning.end_exam(attempt)] * RACERS) == ["won"] * RACERS
    with read() as session:
        row = session.get_one(Attempt, attempt)
        assert row.finished_at == row.ends_at and row.passed is False
    assert audited("exam_failed") == 1


def test_16_answer_one_question_and_the_first_counts(app: Flask, people: People, tmp_path: Path) -> None:
    teach_small(app, tmp_path)
    ben, module = people.ids["ben"], small_module()
    learning.start_exam(ben, module, 1)

    def answer() -> None:
        with write() as session:
            attempt = exams.last_attempt(session, ben, "small")
            assert attempt
            question, order = exams.shown(module, attempt, 0)
            picked = list(range(len(order))) if question.kind == "match" else [0]
            exams.answer_question(session, attempt, module, 0, picked, clock.now())

    one_won(race(app, [answer] * RACERS), "conflict")
    db.session.rollback()
    assert db.session.scalars(select(Attempt.position)).one() == 1


def test_an_answer_taken_while_the_exam_ends_counts(
    app: Flask, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach_small(app, tmp_path)
    module, taken = small_module(), threading.Event()
    begun, _ = learning.start_exam(people.ids["ben"], module, 1)

    def answer() -> None:
        with write() as session:
            attempt = session.get_one(Attempt, begun)
            question, order = exams.shown(module, attempt, 0)
            right = range(len(question.lefts)) if question.lefts else [0]
            exams.answer_question(session, attempt, module, 0, [order.index(at) for at in right], clock.now())
            taken.set()
            time.sleep(0.3)  # the exam ends before this is committed

    def end() -> None:
        taken.wait()
        learning.end_exam(begun)

    assert race(app, [answer, on_a_clock_ahead(monkeypatch, timedelta(hours=2))(end)]) == ["won", "won"]
    with read() as session:
        attempt = session.get_one(Attempt, begun)
        assert attempt.finished_at and attempt.right == 1


# --- Mutation --------------------------------------------------------------------------------------------------------


@pytest.mark.mutation
def test_a_race_finds_that_nobody_waits_for_the_other(
    app: Flask, people: People, two_rounds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite, where one lock stands for all; on PostgreSQL each row has its own."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("SQLite only: on PostgreSQL the locks stand in the queries, so the mutation changes nothing")
    monkeypatch.setattr(database, "_turn", nullcontext())
    monkeypatch.setattr(database, "_immediate", lambda engine: engine)
    with pytest.raises(AssertionError):
        test_16_sign_up_for_a_round_and_it_is_once(app, people, two_rounds)
    with pytest.raises(AssertionError):
        test_16_change_one_account_and_it_is_changed_once(app, people, "freeze")
