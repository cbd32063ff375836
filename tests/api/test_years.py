"""After years of use a page or a job still costs what it shows or does, not what the programme ever did."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import insert, select, update

from server.core import clock, outbox
from server.core.database import db, new_id, read, write
from server.core.outbox import Work
from server.core.words import Refused
from server.journeys.report import following_up
from server.journeys.spotter import sessions
from server.ledger.cases.models import CaseDecision
from server.ledger.delivery.models import Message, MessageAttempt, MessageNotice
from server.ledger.notices import inbox_store
from server.ledger.notices.models import Notice
from server.ledger.reports import store as reports
from server.ledger.reports.models import Report
from server.people.accounts import signing_in
from server.people.accounts import store as accounts
from server.people.accounts.models import SignIn, SignInFailures
from server.people.accreditation import store as accreditation
from server.people.accreditation.models import AccreditationRow
from server.people.exams import findings
from server.people.exams.models import Attempt, AttemptAnswer
from server.people.rounds.models import Membership, Round
from server.reads import eligibility, onboarding, round_cells, round_counting, round_figures, unrouted
from tests.conftest import PASSWORD
from tests.plans import asked, only_on_sqlite, plan
from tests.story import flag, notify


def steps(do) -> int:
    db.session.remove()
    with asked() as seen:
        do()
    return seen.steps


def copies(model: type[Any], number: int, **changes: Any) -> None:
    """So many more rows like the first one of a table; a change may be a function of the row's place."""
    with write() as session:
        first = session.scalars(select(model)).first()
        row = {column.name: getattr(first, column.name) for column in model.__table__.c}
        rows = [
            row | {name: value(place) if callable(value) else value for name, value in changes.items()}
            for place in range(number)
        ]
        session.execute(insert(model), rows)


def test_the_first_page_counts_once_a_day(people, report_json):
    flag(people, report_json())
    visitor = people.app.test_client()
    assert visitor.get("/").status_code == 200
    with asked() as seen:
        assert visitor.get("/").status_code == 200
    assert not [statement for statement in seen.statements if "count(" in statement]


def test_the_sweep_looks_at_nothing_that_was_done_lately_and_takes_the_old_away(app, monkeypatch):
    monkeypatch.setattr(outbox, "SWEEP_BATCH", 10)
    at = clock.now()
    row = {"kind": "mail_feedback", "subject_id": "1", "due_at": at, "attempts": 1, "done_at": at}
    old = {"id": lambda place: f"{int((at - timedelta(days=20)).timestamp() * 1000):012x}{place:020x}"}

    def add(number, id_at, **more):
        with write() as session:
            session.execute(insert(Work), [row | more | {"id": id_at(place)} for place in range(number)])

    add(1, lambda _: new_id())
    few = steps(outbox.sweep)
    add(3000, lambda _: new_id())
    add(25, old["id"], done_at=at - timedelta(days=19))
    outbox.sweep()
    with read() as session:
        assert len(session.scalars(select(Work.id)).all()) == 3001
    assert steps(outbox.sweep) < few + 500


@pytest.mark.parametrize(("days", "stays"), [(89, 1), (91, 0)])
def test_dead_letters_are_kept_for_three_months(app, days, stays):
    """Why it was may hold somebody's address: "550 no such person: noor@example.org"."""
    at = clock.now()
    row = {"kind": "mail_applied", "subject_id": "1", "due_at": at, "attempts": 1, "last_error": "550 noor@example.org"}
    row |= {"dead_lettered_at": at, "id": new_id()}
    with write() as session:
        session.execute(insert(Work), [row])
    with time_machine.travel(at + timedelta(days=days)):
        outbox.sweep()
    with read() as session:
        assert len(session.scalars(select(Work.id)).all()) == stays


def test_sessions_that_ran_out_and_failures_that_count_no_more_are_taken_away(app, people, monkeypatch):
    monkeypatch.setattr(sessions, "FEW", 10)
    now = clock.now()
    with time_machine.travel(now - timedelta(days=30)) as time, app.test_request_context():
        for number in range(25):
            signing_in.sign_in("ana@people.test", PASSWORD, "192.0.2.1")
            fails(f"{number}@people.test")
        fails("ben@people.test")
        time.move_to(now - timedelta(hours=1))
        secret, *_ = signing_in.sign_in("ana@people.test", PASSWORD, "192.0.2.1")
        fails("ben@people.test")
    sessions.forget_sessions()
    with read() as session:
        assert [row.hash for row in session.scalars(select(SignIn))] == [accounts.digest(secret)]
        kept = {*signing_in._keys("ben@people.test", "192.0.2.9"), signing_in._forgiver("ana@people.test")}
        assert {row.key for row in session.scalars(select(SignInFailures))} == kept
    with time_machine.travel(now + timedelta(days=15)):
        sessions.forget_sessions()
    with read() as session:
        assert [*session.scalars(select(SignIn)), *session.scalars(select(SignInFailures))] == []


def test_who_fails_again_while_the_old_is_taken_away_stays_counted(app, people):
    now = clock.now()
    with time_machine.travel(now - timedelta(days=2)), app.test_request_context():
        fails("ben@people.test")
    with read() as session:
        failures = signing_in.old_failures(session, now)
    with app.test_request_context():
        fails("ben@people.test")
    with write() as session:
        signing_in.forget_old_failures(session, failures, now)
    with read() as session:
        assert len(session.scalars(select(SignInFailures)).all()) == 2


def test_sessions_that_last_are_not_looked_at(people):
    only_on_sqlite()
    at = clock.now()
    few = steps(sessions.forget_sessions)
    with write() as session:
        rows = [{"id": new_id(), "hash": str(place), "account_id": people.ids["ana"], "created_at": at,
                 "expires_at": at + timedelta(days=14)} for place in range(3000)]  # fmt: skip
        session.execute(insert(SignIn), rows)
    assert steps(sessions.forget_sessions) < few + 500


def fails(address: str) -> None:
    with pytest.raises(Refused):
        signing_in.sign_in(address, "not the password", "192.0.2.9")


def test_who_is_to_be_reminded_is_found_among_many_who_answered(people, report_json):
    only_on_sqlite()
    notify(people, report_json())
    few = steps(following_up.remind)
    answered = {"answer": "removed", "answered_at": clock.now(), "replaced_at": clock.now()}
    ids = [new_id() for _ in range(2000)]
    copies(Notice, 2000, id=ids.__getitem__, reference=lambda place: f"N-{place}", **answered)
    copies(Message, 2000, id=ids.__getitem__, stable_id=ids.__getitem__, state="delivered")
    copies(MessageNotice, 2000, message_id=ids.__getitem__, notice_id=ids.__getitem__)
    assert steps(following_up.remind) < few + 500


def test_the_queue_reads_nothing_that_was_decided_or_tried_long_ago(people, report_json):
    only_on_sqlite()
    notify(people, report_json())
    cora, at = people.browser("cora"), clock.now()
    with write() as session:
        session.execute(update(Message).values(state="delivered"))
        message_id = session.scalars(select(Message.id)).first()

    def look() -> None:
        assert cora.get("/cases?tab=closed").status_code == 200

    look()
    few = steps(look)
    copies(CaseDecision, 2000, id=lambda place: f"{place:032x}")
    tried = {"message_id": message_id, "started_at": at, "finished_at": at, "outcome": "retry"}
    with write() as session:
        session.execute(insert(MessageAttempt), [tried | {"n": place + 100} for place in range(2000)])
    assert steps(look) < few + 500


def test_the_queue_and_a_case_ask_in_few_statements(people, report_json):
    case_id, cora = flag(people, report_json()), people.browser("cora")
    for path, most in (("/cases", 45), (f"/cases/{case_id}", 50)):
        assert cora.get(path).status_code == 200
        with asked() as seen:
            cora.get(path)
        assert len(seen.statements) <= most, path


@pytest.mark.parametrize(
    ("read_about", "more"),
    [
        (lambda session, spotter_id: reports.count_asked(session, spotter_id), 100),
        (lambda session, _: onboarding.spotters(session, clock.now()), 500),
    ],
    ids=["what waits for a spotter", "the desk's list of spotters"],
)
def test_a_spotters_many_reports_are_not_all_read(people, report_json, read_about, more):
    only_on_sqlite()
    flag(people, report_json())

    def look() -> None:
        with read() as session:
            read_about(session, people.ids["ana"])

    few = steps(look)
    copies(Report, 2000, id=lambda place: f"{place:032x}")
    assert steps(look) < few + more


def test_a_rounds_figures_read_no_report_from_before_it(people, report_json):
    only_on_sqlite()
    flag(people, report_json())
    today = clock.now().date()
    with write() as session:
        round_ = {"id": new_id(), "name": "Now", "about": "", "starts_on": today - timedelta(days=7), "targets": []}
        round_ |= {"ends_on": today, "groups": [], "platforms": [], "languages": [], "state": "open"}
        session.execute(insert(Round), [round_ | {"made_at": clock.now()}])
        session.execute(
            insert(Membership), [{"round_id": round_["id"], "account_id": people.ids["ana"], "joined_at": clock.now()}]
        )

    def count() -> None:
        with read() as session:
            assert round_figures.came(session, session.get_one(Round, round_["id"])).whole.reports == 1

    few = steps(count)
    before = clock.now() - timedelta(days=400)
    copies(
        Report, 2000, received_at=before,
        id=lambda place: f"{int(before.timestamp() * 1000):012x}{place:020x}",
    )  # fmt: skip
    assert steps(count) < few + 1000


def test_a_rounds_statements_go_by_indexes(people, report_json):
    """Reports by who took part, checks by their notices, searches by the round's days, new words by the words themselves."""
    only_on_sqlite()
    flag(people, report_json())
    today = clock.now().date()
    with write() as session:
        round_ = Round(id=new_id(), name="Now", about="", starts_on=today, ends_on=today, targets=[], groups=[], platforms=[],
                       languages=[], state="open", made_at=clock.now())  # fmt: skip
        session.add(round_)
        session.flush()
        round_id = round_.id
    with read() as session, asked() as seen:
        round_figures.came(session, session.get_one(Round, round_id), by=tuple(round_counting.By))
        round_figures.by_person(session, session.get_one(Round, round_id), [people.ids["ana"]])
        round_figures.took_part(session, session.get_one(Round, round_id))
        round_cells.of_week(session, session.get_one(Round, round_id), 0, 0, 50)
    plans = {statement: plan(statement) for statement in seen.statements}
    for table, index, number in (
        ("reports", "ix_reports_own (account_id=? AND id>?)", 4),
        ("checks", "ix_checks_notice_id (notice_id=?)", 1),
        ("searches", "ix_searches_round_id_day (round_id=? AND day>? AND day<?)", 7),
    ):
        steps_of = [plans[each] for each in plans if f"FROM {table}" in each]
        assert len(steps_of) == number, table
        for each in steps_of:
            assert any(index in step for step in each), each
            assert not any(step.startswith(f"SCAN {table}") for step in each), each
    [new_terms] = [plans[each] for each in plans if "searches_1" in each]
    assert any("ix_searches_term (term=? AND at<?)" in step for step in new_terms), new_terms


def test_an_inbox_counts_its_notices_once_and_those_with_an_answer_that_waits_by_that_answer(people, report_json):
    only_on_sqlite()
    notify(people, report_json())
    with read() as session:
        company_id = session.scalars(select(Notice.company_id)).one()
    with read() as session, asked() as seen:
        assert inbox_store.counts(session, company_id)["open"] == 1
    every, waiting = map(plan, seen.statements)
    assert any("COVERING INDEX ix_notices_counted (company_id=?)" in step for step in every), every
    assert any("ix_pending_answers_batch (company_id=?)" in step for step in waiting), waiting
    assert any("SEARCH notices" in step and "(id=?)" in step for step in waiting), waiting


def test_searches_of_a_year_are_counted_from_an_index(people):
    only_on_sqlite()
    with read() as session, asked() as seen:
        unrouted.effort(session, clock.now().date())
    [statement] = seen.statements
    assert any("COVERING INDEX ix_searches_minutes (at>?)" in step for step in plan(statement)), plan(statement)


def test_what_exams_show_is_taken_from_the_newest(people, monkeypatch):
    monkeypatch.setattr(findings, "NEWEST", 1)
    at = clock.now()
    for who in ("ana", "ben"):
        sat = new_id()
        attempt = {"id": sat, "account_id": people.ids[who], "module": "m", "content_hash": "x", "drawn": []}
        answer = {"attempt_id": sat, "position": 0, "question": "q", "chosen": [0], "right": True, "at": at}
        with write() as session:
            session.execute(insert(Attempt), [attempt | {"position": 1, "started_at": at, "finished_at": at}])
            session.execute(insert(AttemptAnswer), [answer])
    with read() as session:
        assert [answer.account_id for answer in findings._answers(session)] == [people.ids["ben"]]
        assert [answer.account_id for answer in findings._answers(session, "m")] == [people.ids["ben"]]
        assert findings._answers(session, "another") == []


def test_what_is_asked_again_is_counted_from_the_exams_that_can_answer_it(people):
    """Not from all that were ever passed: those of states everybody has, begun before anything changed, say nothing of it."""
    only_on_sqlite()
    at = clock.now()
    with write() as session:
        session.execute(update(AccreditationRow).values(covers={"flagging-well": "0" * 64}))
    at_first = steps_of_asking(at)
    sat = {
        "module": "flagging-well",
        "content_hash": "0" * 64,
        "drawn": [],
        "passed": True,
        "kind": "whole",
        "right": 15,
        "of": 15,
    }
    before = at - timedelta(days=400)
    with write() as session:
        session.execute(
            insert(Attempt),
            [
                sat | {"id": new_id(), "account_id": people.ids["ana"], "started_at": before, "finished_at": before}
                for _ in range(500)
            ],
        )
    assert steps_of_asking(at) - at_first < 5_000


def steps_of_asking(at) -> int:
    db.session.remove()
    with read() as session, asked() as seen:
        known = accreditation.of_people(session, accounts.open_spotters())
        assert eligibility.count_asked(session, known, at) == 1
    return seen.steps
