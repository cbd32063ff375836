"""The same thing done by 16 at once is done once: one winner, one row, one audit row; the others are told.

On SQLite one writer waits for the other as a whole; on PostgreSQL (`--postgresql`) rows are locked. The mutations at the
end take the locks away, and the same races must find it.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.core import clock, database
from server.core.database import db, read, write
from server.core.sentences import sentence
from server.core.words import Level, Refused, Standing
from server.journeys.report import decision
from server.journeys.spotter import accrediting, applying, learning
from server.ledger.cases.models import Case
from server.ledger.reports.models import Report
from server.people.accreditation import standings
from server.people.accreditation import store as accreditation
from server.people.accreditation.models import AccreditationRow, Signature
from server.people.exams import exam
from server.people.exams.models import Attempt
from server.people.recruitment import store as recruitment
from tests.conftest import People
from tests.racing import RACERS, audited, one_won, race
from tests.sending import send
from tests.small_module import teach_small
from tests.story import flag

Race = Callable[[], None]


# --- Accreditation ---------------------------------------------------------------------------------------------------


@pytest.fixture
def volunteers(app: Flask, people: People, tmp_path: Path) -> People:
    """Ana is trusted; Ben has signed and waits for a coordinator. Cora and Dan are coordinators."""
    teach_small(app, tmp_path)
    accrediting.sign_agreement(people.ids["ben"], accreditation.agreement().content_hash, "Ben Okoro")
    return people


def standing(people: People, who: str) -> Standing:
    with read() as session:
        return standings.standing(accreditation.current(session, people.ids[who]), clock.now())


def coordinator(people: People, n: int) -> str:
    return people.ids["cora" if n % 2 else "dan"]


def test_16_accredit_and_one_decision_counts(app: Flask, volunteers: People) -> None:
    ben, levels = volunteers.ids["ben"], list(Level)
    jobs = [
        lambda n=n: accrediting.accredit(
            ben,
            coordinator(volunteers, n),
            "Careful.",
            levels[n % len(levels)],
            waive_exam=True,
            second_id=coordinator(volunteers, n + 1),
        )
        for n in range(RACERS)
    ]
    before = audited("accredited")
    one_won(race(app, jobs), "conflict")
    with read() as session:
        assert len(accreditation.history(session, ben)) == 1
    assert audited("accredited") == before + 1


def test_16_signatures_are_one(app: Flask, people: People, tmp_path: Path) -> None:
    teach_small(app, tmp_path)
    ben, text = people.ids["ben"], accreditation.agreement().content_hash
    before = audited("agreement_signed")
    told = race(app, [lambda: accrediting.sign_agreement(ben, text, "Ben Okoro")] * RACERS)
    assert told == ["won"] * RACERS, "the same result for all: it is signed"
    with read() as session:
        assert session.scalar(select(func.count()).where(Signature.account_id == ben)) == 1
    assert audited("agreement_signed") == before + 1


def test_a_suspension_survives_everything_that_is_decided_beside_it(app: Flask, volunteers: People) -> None:
    """It counts whether it comes before or after: what was decided on an older page is told so."""
    ana = volunteers.ids["ana"]
    with read() as session:
        seen = accreditation.current(session, ana).id  # type: ignore[union-attr]
    levels = [
        lambda n=n: accrediting.change_level(ana, coordinator(volunteers, n), "A try.", list(Level)[n % 3], seen=seen)
        for n in range(RACERS - 1)
    ]
    suspending = [lambda: accrediting.suspend(ana, volunteers.ids["cora"], "Shared an address.")]
    told = race(app, suspending + levels)
    assert told[0] == "won" and set(told) <= {"won", "stale", "conflict"}, told
    assert Counter(told[1:])["won"] <= 1, told
    assert standing(volunteers, "ana") is Standing.SUSPENDED


@pytest.mark.parametrize("kind", ["suspend", "withdraw", "reinstate", "appeal", "granted", "upheld"])
def test_16_take_one_step_and_it_is_taken_once(app: Flask, volunteers: People, kind: str) -> None:
    ana, cora, dan = volunteers.ids["ana"], volunteers.ids["cora"], volunteers.ids["dan"]
    if kind in ("reinstate", "appeal", "granted", "upheld"):
        accrediting.suspend(ana, cora, "Shared an address.")
    if kind in ("granted", "upheld"):
        accrediting.appeal(ana, "It was not me.")
    step: dict[str, tuple[Race, str]] = {
        "suspend": (lambda: accrediting.suspend(ana, cora, "Careless."), "accreditation_suspended"),
        "withdraw": (lambda: accrediting.withdraw(ana, cora, "Careless."), "accreditation_withdrawn"),
        "reinstate": (lambda: accrediting.reinstate(ana, dan, "A mistake."), "accreditation_reinstated"),
        "appeal": (lambda: accrediting.appeal(ana, "It was not me."), "appealed"),
        "granted": (lambda: accrediting.decide_appeal(ana, dan, "A mistake.", granted=True), "accreditation_restored"),
        "upheld": (lambda: accrediting.decide_appeal(ana, dan, "It stands.", granted=False), "appeal_dismissed"),
    }
    act, action = step[kind]
    one_won(race(app, [act] * RACERS), "conflict", "not-found")
    assert audited(action) == 1


def test_an_appeal_beside_other_decisions_is_never_overtaken_by_them(app: Flask, volunteers: People) -> None:
    """Whatever comes before the appeal counts; once it is open, it is decided and nothing else."""
    ana, cora, dan = volunteers.ids["ana"], volunteers.ids["cora"], volunteers.ids["dan"]
    accrediting.suspend(ana, cora, "Shared an address.")
    jobs: list[Race] = [lambda: accrediting.appeal(ana, "It was not me.")]
    jobs += [lambda: accrediting.withdraw(ana, cora, "Left."), lambda: accrediting.reinstate(ana, dan, "A mistake.")]
    told = race(app, jobs * (RACERS // 3))
    assert set(told) <= {"won", "stale", "conflict"}, told
    with read() as session:
        appeal, last = accreditation.last_appeal(session, ana), accreditation.current(session, ana)
    assert last is not None
    if appeal is not None:
        assert appeal.decided_at is None and appeal.accreditation_id == last.id, told


def test_withdrawn_beside_suspended_ends_withdrawn(app: Flask, volunteers: People) -> None:
    ana, cora, dan = volunteers.ids["ana"], volunteers.ids["cora"], volunteers.ids["dan"]
    jobs: list[Race] = [
        lambda: accrediting.withdraw(ana, cora, "Left."),
        lambda: accrediting.suspend(ana, dan, "Shared."),
    ]
    told = race(app, jobs * (RACERS // 2))
    assert set(told) <= {"won", "conflict"} and standing(volunteers, "ana") is Standing.WITHDRAWN, told
    assert audited("accreditation_withdrawn") == 1 >= audited("accreditation_suspended")


def test_of_two_coordinators_with_the_same_page_one_decides_and_the_other_is_told(
    app: Flask, volunteers: People
) -> None:
    ana = volunteers.ids["ana"]
    browsers = [volunteers.browser("cora"), volunteers.browser("dan")]
    seen = browsers[0].get(f"/people/{ana}").text.partition('name="seen" value="')[2][:32]
    answers = []
    for browser, level in zip(browsers, ("lead", "probation"), strict=True):
        data = {"why": "As we discussed.", "level": level, "seen": seen}
        answers.append(browser.post(f"/people/{ana}/level", data=data))
    assert [answer.status_code for answer in answers] == [302, 409]
    assert "Somebody else has decided" in answers[1].text and "As we discussed." in answers[1].text
    with read() as session:
        assert accreditation.level(session, ana, clock.now()) is Level.LEAD


def test_a_decision_counts_at_once_also_when_the_clock_is_set_back(app: Flask, volunteers: People) -> None:
    """A clock two hours ahead dates a suspension two hours ahead; the next one is later all the same."""
    ana, cora, ahead = volunteers.ids["ana"], volunteers.ids["cora"], clock.now() + timedelta(hours=2)
    with write() as session:
        candidate, by = standings.Candidate(ana, frozenset(), True, True), accrediting.decider(session, cora)
        accreditation.suspend(session, candidate, by, "Shared an address.", ahead)
    assert standing(volunteers, "ana") is Standing.SUSPENDED
    accrediting.reinstate(ana, volunteers.ids["dan"], "A mistake.")
    assert standing(volunteers, "ana") is Standing.ACTIVE
    with read() as session:
        assert session.scalar(select(func.max(AccreditationRow.at))) > ahead


# --- Cases, applications, exams --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["notify", "dismiss", "ask", "hold"])
def test_16_decide_on_one_version_and_one_decision_counts(
    app: Flask, people: People, report_json: Callable[..., Any], kind: str
) -> None:
    case_id = flag(people, report_json())
    more = {"dismiss_reason": "other"} if kind == "dismiss" else {}
    jobs = [
        lambda n=n: decision.decide(
            case_id, coordinator(people, n), decision=kind, note="Look closer.", version=1, **more
        )
        for n in range(RACERS)
    ]
    one_won(race(app, jobs), "stale", "conflict")
    assert audited(f"case_{kind}") == 1


def test_a_decision_is_not_starved_by_reports_and_covers_only_what_was_seen(
    app: Flask, people: People, report_json: Callable[..., Any]
) -> None:
    """12 reports of the same ad beside 4 decisions on the first: one is taken, and nobody hears of it who came after."""
    case_id, ana = flag(people, report_json()), people.token("ana")
    reporting: list[Race] = [lambda: send(app.test_client(), ana, report_json())] * 12
    deciding: list[Race] = [
        lambda n=n: decision.decide(  # type: ignore[misc]
            case_id, coordinator(people, n), decision="dismiss", dismiss_reason="other", note="A toy.", version=1
        )
        for n in range(4)
    ]
    told = race(app, reporting + deciding)
    assert told[:12] == ["won"] * 12
    one_won(told[12:], "stale")
    with read() as session:
        case = session.get_one(Case, case_id)
        dismissed, received = (
            session.scalar(select(func.count()).where(Report.status == status)) for status in ("dismissed", "received")
        )
        assert (case.report_count, case.state, dismissed, received) == (13, "open", 1, 12)
        assert case.unseen_count == 12


@pytest.mark.parametrize("kind", ["invite", "decline", "withdraw"])
def test_16_settle_one_application_and_it_is_settled_once(app: Flask, people: People, kind: str) -> None:
    with write() as session:
        application_id = recruitment.add(
            session,
            "kim@people.test",
            "Kim",
            languages=["en"],
            hours=2,
            why="Birds.",
            heard="",
            answers={},
            at=clock.now(),
        )
    assert application_id

    def withdraw() -> None:
        with write() as session:
            if not recruitment.withdraw(session, application_id):
                raise Refused("not-found", sentence("This application is no longer waiting."))

    act: dict[str, tuple[Race, str]] = {
        "invite": (lambda: applying.invite_applicant(application_id, people.ids["cora"]), "application_invited"),
        "decline": (lambda: applying.decline_applicant(application_id, people.ids["cora"]), "application_declined"),
        "withdraw": (withdraw, "application_withdrawn"),
    }
    one_won(race(app, [act[kind][0]] * RACERS), "not-found")
    assert audited(act[kind][1]) == 1


def test_16_reopen_an_exam_and_it_is_reopened_once(app: Flask, volunteers: People) -> None:
    ben, at = volunteers.ids["ben"], clock.now()
    with write() as session:
        for n in range(exam.MOST_FAILED):
            ended = at - timedelta(days=2 + n)
            session.add(Attempt(account_id=ben, module="small", content_hash="x", drawn=[], position=0, started_at=ended,
                                ends_at=ended, finished_at=ended, passed=False))  # fmt: skip
    jobs: list[Race] = [
        lambda n=n: learning.open_exam(ben, "small", coordinator(volunteers, n), "We talked.")  # type: ignore[misc]
        for n in range(RACERS)
    ]
    one_won(race(app, jobs), "conflict")
    assert audited("exam_opened") == 1


# --- Mutations -------------------------------------------------------------------------------------------------------


@pytest.fixture
def unlocked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every lock is removed: on PostgreSQL the one on the person, on SQLite the one on the file."""
    if db.engine.dialect.name == "sqlite":
        monkeypatch.setattr(database, "_turn", nullcontext())
        monkeypatch.setattr(database, "_immediate", lambda engine: engine)
    for module in (accreditation, accrediting):
        monkeypatch.setattr(module, "one_at_a_time", lambda _session, _account_id: None)


@pytest.mark.mutation
@pytest.mark.parametrize("kind", ["suspend", "withdraw", "appeal", "granted"])
def test_a_race_finds_that_nothing_is_locked(app: Flask, volunteers: People, unlocked: None, kind: str) -> None:
    with pytest.raises(AssertionError):
        test_16_take_one_step_and_it_is_taken_once(app, volunteers, kind)
