"""Accredited implies a signed agreement, a passed exam (or a recorded waiver) and another person's yes: over 10,000 random steps.

Two volunteers, three coordinators, an administrator and a company's person walk through the real doors in any order, also
through those that should be shut; time passes, contents change, coordinators leave. Beside it the test keeps a book of its
own of what truly happened. After every step the gate is tried for every volunteer: whoever it lets through must have it in
the book. The mutations below it take one check away each, and the same walk must find it.
"""

import itertools
import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, get_state_machine_test, initialize, invariant, rule
from sqlalchemy import event, select, update
from sqlalchemy.exc import IntegrityError

from server.core import clock
from server.core.audit import AuditRow
from server.core.database import db, write
from server.core.words import Level, Refused, Role, Standing
from server.journeys.spotter import accrediting, gate, joining, learning
from server.people.accounts.models import Account
from server.people.accreditation import deciding, history, standings
from server.people.accreditation import store as accreditation
from server.people.courses import catalogue
from server.people.exams import exam
from server.people.exams import store as exams
from server.people.exams.models import Attempt
from tests.modules import write as write_module

STEPS = 200 * int(os.environ.get("SPOTTER_FAULT_ROUNDS", "10"))  # of each seed; 10,000 in `make faults`
FOUND_WITHIN = max(STEPS, 4000)  # steps: what a mutation does
SEEDS = range(3 if "SPOTTER_FAULT_ROUNDS" in os.environ else 1)  # three in `make faults`
WALK = 100  # steps, each walk with people of its own
VOLUNTEERS, COORDINATORS = ("ben", "noor"), ("cora", "dan", "eve")
EVERYBODY = (*VOLUNTEERS, *COORDINATORS, "ada")
MODULES = ("one", "two")
AGREEMENT = "---\ntitle: Agreement\nversion: {day}\npromises: [One.]\n---\n\nShort.\n"

volunteers, coordinators = map(st.sampled_from, (VOLUNTEERS, COORDINATORS))
anybody = st.sampled_from((*COORDINATORS, *COORDINATORS, *EVERYBODY))
levels = st.sampled_from(list(Level))
whys = st.sampled_from(["Careful."] * 7 + [" "])
seconds = st.sampled_from(["", "Ida, WWF, ida@wwf.test"])
pauses = st.sampled_from([timedelta(minutes=11), timedelta(days=1), timedelta(days=100), timedelta(days=310)])
numbers = itertools.count()


class Walk(RuleBasedStateMachine):
    """One walk. `seen` counts over all of them what happened, so that a walk on which nothing does is noticed."""

    app: Flask
    folders: list[Path]
    seen: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 11, 25, 10, tzinfo=UTC)
        clock.now = lambda: self.now  # put back by the fixture
        self.signed: dict[str, set[str]] = {who: set() for who in VOLUNTEERS}
        self.passed: dict[str, list[tuple[str, str, datetime]]] = {who: [] for who in VOLUNTEERS}
        self.decided: dict[str, list[SimpleNamespace]] = {who: [] for who in VOLUNTEERS}
        self.left: set[str] = set()

    @initialize()
    def arrive(self) -> None:
        """Noor was invited by Cora; Ben came alone."""
        walk = next(numbers)
        self.address = {who: f"{who}.{walk}@people.test" for who in EVERYBODY}
        self.ids: dict[str, str] = {}
        with write() as session:  # those of the walk before have left
            session.execute(update(Account).where(Account.role == Role.COORDINATOR).values(disabled_at=self.now))
        for who in (*COORDINATORS, "ada", "ben"):
            role = Role.COORDINATOR if who in COORDINATORS else Role.ADMIN if who == "ada" else Role.SPOTTER
            self.ids[who] = joining.add_account(self.address[who], who, role, None)
        self.inviter = {"noor": "cora"}
        for who, by in self.inviter.items():
            joining.invite(self.address[who], who, self.ids[by])
            self.ids[who] = db.session.scalars(select(Account.id).where(Account.email == self.address[who])).one()
        self.use(self.folders[0])

    # --- Doors of the volunteer ---------------------------------------------------------------------------------------

    @rule(who=volunteers, slug=st.sampled_from(MODULES), right=st.sampled_from([0, 11, 12, 15]))
    def sit(self, who: str, slug: str, right: int) -> None:
        """An exam, answered to the end; `right` of its answers are, or all where it is shorter."""
        module = catalogue.modules()[slug]
        before = self.passed_since_withdrawal(who)
        try:
            begun, _ = learning.start_exam(self.ids[who], module, next(numbers))
        except Refused as refusal:
            passed = any((slug, module.content_hash) == exam_[:2] for exam_ in before)
            assert passed or not refusal.extra.get("passed"), f"{who} may not pass again what counts no more"
            return
        with write() as session:
            attempt = session.get_one(Attempt, begun)
            for place in range(attempt.position, len(attempt.drawn)):
                question, order = exams.shown(module, attempt, place)
                key = list(range(len(question.lefts))) or [0]  # the banks of the tests have what is right first
                chosen = key if place < right else [1] * len(key)
                exams.answer_question(session, attempt, module, place, [order.index(at) for at in chosen], self.now)
        if min(right, len(attempt.drawn)) * 100 >= 80 * len(attempt.drawn):
            self.passed[who].append((slug, module.content_hash, self.now))

    @rule(who=volunteers)
    def learn(self, who: str) -> None:
        """What a willing newcomer does: sign, and pass every exam."""
        self.sign(who, False, "Name")
        for slug in MODULES:
            self.sit(who, slug, 15)

    @rule(who=volunteers, slug=st.sampled_from(MODULES))
    def begin_and_leave(self, who: str, slug: str) -> None:
        """An exam begun and left open; the worker ends what has run out."""
        try:
            begun, _ = learning.start_exam(self.ids[who], catalogue.modules()[slug], next(numbers))
        except Refused:
            return
        self.now += exam.time_for(exam.LENGTH)
        learning.end_exam(begun)
        assert db.session.get_one(Attempt, begun).passed is False

    @rule(who=volunteers, old=st.booleans(), name=st.sampled_from(["Name", "Name", " "]))
    def sign(self, who: str, old: bool, name: str) -> None:
        """The agreement as it is, or as it was."""
        text = accreditation.agreement().content_hash
        if self.through(accrediting.sign_agreement, who, "0" * 64 if old else text, name):
            assert not old and name.strip()
            self.signed[who].add(text)

    # --- Doors of the desk, tried by anybody -----------------------------------------------------------------------------

    @rule(who=volunteers, by=anybody, why=whys, level=levels, waive=st.booleans(), second=seconds)
    def accredit(self, who: str, by: str, why: str, level: Level, waive: bool, second: str) -> None:
        before = self.facts(who, by, second)
        if self.through(accrediting.accredit, who, self.ids[by], why, level, waive_exam=waive, second=second):
            self.note(who, "accredited", by, before, waived=waive)

    @rule(who=volunteers, by=anybody, waive=st.booleans())
    def accredit_on_paper(self, who: str, by: str, waive: bool) -> None:
        """The command: the coordinator answers for an agreement signed on paper."""
        before = self.facts(who, by, "") | {"signed": True}
        try:
            accrediting.accredit_by_email(
                self.address[who], self.address[by], "Known.", Level.PROBATION, waive_exam=waive
            )
        except Refused:
            return
        self.signed[who].add(accreditation.agreement().content_hash)
        self.note(who, "accredited", by, before, waived=waive)

    @rule(who=volunteers, by=anybody, why=whys, level=levels, second=seconds)
    def change_level(self, who: str, by: str, why: str, level: Level, second: str) -> None:
        before = self.facts(who, by, second)
        if self.through(accrediting.change_level, who, self.ids[by], why, level, second=second):
            self.note(who, "changed", by, before)

    @rule(who=volunteers, by=anybody, why=whys)
    def suspend(self, who: str, by: str, why: str) -> None:
        if self.through(accrediting.suspend, who, self.ids[by], why):
            self.note(who, "stopped", by, self.facts(who, by, ""))

    @rule(who=volunteers, by=coordinators)
    def withdraw(self, who: str, by: str) -> None:
        if self.through(accrediting.withdraw, who, self.ids[by], "Wrote to a seller."):
            self.note(who, "stopped", by, self.facts(who, by, ""), for_good=True)

    @rule(who=volunteers, by=anybody, why=whys, second=seconds)
    def reinstate(self, who: str, by: str, why: str, second: str) -> None:
        before = self.facts(who, by, second)
        if self.through(accrediting.reinstate, who, self.ids[by], why, second):
            self.note(who, "restored", by, before)

    @rule(who=volunteers, by=anybody, granted=st.booleans(), second=seconds)
    def appeal(self, who: str, by: str, granted: bool, second: str) -> None:
        """An appeal, and somebody who looks at it."""
        self.through(accrediting.appeal, who, "That was not me.")
        stopper = self.decided[who][-1].by if self.decided[who] else None
        others = {*COORDINATORS, "ada"} - self.left - {self.inviter.get(who), stopper}
        before = self.facts(who, by, second) | {"alone": not others, "appeal": True}
        if self.through(accrediting.decide_appeal, who, self.ids[by], "Looked again.", granted=granted, second=second):
            named = before["alone"] and second
            assert by not in (stopper, self.inviter.get(who)) or named, (
                "who decided or invited does not hear the appeal"
            )
            if granted:
                self.decided[who][-1].for_good = False
                self.note(who, "restored", by, before)

    @rule(who=volunteers, by=anybody, slug=st.sampled_from(MODULES))
    def open_exam(self, who: str, by: str, slug: str) -> None:
        try:
            learning.open_exam(self.ids[who], slug, self.ids[by], "Practised since.")
        except Refused:
            return
        assert by in COORDINATORS and by != who

    # --- What happens around them ----------------------------------------------------------------------------------------

    @rule(pause=pauses)
    def wait(self, pause: timedelta) -> None:
        self.now += pause

    @rule(what=st.sampled_from([0, 0, 1, 2, *COORDINATORS]))
    def change_around_them(self, what: int | str) -> None:
        """Another module or agreement, or as before; a coordinator leaves or comes back."""
        if isinstance(what, int):
            self.use(self.folders[what])
            return
        self.left ^= {what}
        gone = self.now if what in self.left else None
        with write() as session:
            session.execute(update(Account).where(Account.id == self.ids[what]).values(disabled_at=gone))

    # --- What must hold --------------------------------------------------------------------------------------------------

    @invariant()
    def whoever_may_report_has_it_in_the_book(self) -> None:
        self.seen["steps"] += 1
        db.session.rollback()
        for who in self.decided:
            if who not in getattr(self, "ids", {}):
                continue
            try:
                gate.may_report(self.ids[who])
            except Refused:
                continue
            self.seen["may report"] += 1
            self.justified(who)

    def justified(self, who: str) -> None:
        book = self.decided[who]
        assert book and book[-1].kind != "stopped", f"{who} reports though nobody let them in, or somebody stopped them"
        given = [entry for entry in book if entry.kind == "accredited"][-1]
        assert self.now < given.at + timedelta(days=365), f"{who} reports after a year"
        for entry in book[book.index(given) :]:
            desk = {*COORDINATORS, "ada"} if entry.appeal else set(COORDINATORS)
            assert entry.by in desk and entry.by != who, f"{entry.by} decided about {who}"
            if entry.kind != "stopped":
                named = entry.alone and entry.second
                assert self.inviter.get(who) != entry.by or named, f"{entry.by} invited {who} and decided about them"
        assert given.signed, f"{who} reports without a signature"
        assert given.passed or given.waived, f"{who} reports without an exam"
        if not given.passed:  # and that a coordinator waived it is to be found again
            [row] = [row for row in accreditation.history(db.session(), self.ids[who]) if row.at == given.at]
            assert row.exam_waived and row.by_account_id == self.ids[given.by], "the waiver is not recorded"
            details = select(AuditRow.detail).where(
                AuditRow.object_id == self.ids[who], AuditRow.action == "accredited"
            )
            assert any(detail.get("exam") == "exam waived" for detail in db.session.scalars(details)), (
                "nor in the audit trail"
            )

    # --- The book --------------------------------------------------------------------------------------------------------

    def facts(self, who: str, by: str, second: str) -> dict[str, Any]:
        """What is true before a decision."""
        others = set(COORDINATORS) - self.left - {by}
        text, current = accreditation.agreement().content_hash, catalogue.modules()

        def counts(slug: str) -> bool:
            return any(
                name == slug
                and self.now - at < timedelta(days=365)
                and (content == current[slug].content_hash or self.now - at < timedelta(days=30))
                for name, content, at in self.passed_since_withdrawal(who)
            )

        return {"alone": not others, "second": second, "appeal": False, "signed": text in self.signed[who],
                "passed": all(counts(slug) for slug in MODULES)}  # fmt: skip

    def passed_since_withdrawal(self, who: str) -> list[tuple[str, str, datetime]]:
        withdrawn = max((decision.at for decision in self.decided[who] if decision.for_good), default=None)
        return [taken for taken in self.passed[who] if withdrawn is None or taken[2] > withdrawn]

    def note(
        self, who: str, kind: str, by: str, before: dict[str, Any], *, waived: bool = False, for_good: bool = False
    ) -> None:
        self.seen[kind] += 1
        self.decided[who].append(
            SimpleNamespace(kind=kind, by=by, at=self.now, waived=waived, for_good=for_good, **before)
        )
        self.now += timedelta(seconds=1)

    def through(self, door: Any, who: str, *given: Any, **more: Any) -> bool:
        """Whether the door let them through."""
        try:
            door(self.ids[who], *given, **more)
        except Refused:
            return False
        return True

    def use(self, folder: Path) -> None:
        self.app.config["TRAINING_MODULES"] = str(folder)
        gate.note_content()


@pytest.fixture
def walk(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> type[Walk]:
    """The walk over a database of its own: as it was made, then with one module changed, then with the agreement changed."""
    monkeypatch.setattr(clock, "now", clock.now)
    for place in range(3):
        for order, slug in enumerate(MODULES, 1):
            changed = "And more." if place == 1 and slug == "two" else "And that."
            folder = write_module(
                tmp_path / f"{place}" / slug, {"order": order, "title": slug}, body=BODY.replace("And that.", changed)
            )
            assert folder.is_dir()
        day = "2026-12-01" if place == 2 else "2026-11-01"
        (tmp_path / f"{place}" / "agreement.md").write_text(AGREEMENT.format(day=day))
    Walk.app, Walk.folders, Walk.seen = app, [tmp_path / f"{place}" for place in range(3)], Counter()
    event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    db.engine.dispose()
    return Walk


BODY = '## One {#one}\n\nRead this.\n\n![A line](line.svg "Line | Straight.")\n\n## Two {#two}\n\nAnd that.\n'


def run(walk: type[Walk], steps: int, number: int = 0) -> None:
    """The same walks of a number every time: no seed of chance, no shrinking (a failure names the steps that led there)."""
    walk.seen.clear()
    test = get_state_machine_test(
        walk,
        settings=settings(
            max_examples=-(-steps // WALK) + 20,  # some walks end early
            stateful_step_count=WALK, derandomize=not number, database=None, deadline=None,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck), print_blob=False, report_multiple_bugs=False,
        ),
    )  # fmt: skip
    (seed(number)(test) if number else test)()


@pytest.mark.timeout(STEPS)  # seconds: minutes on a busy machine
@pytest.mark.parametrize("number", SEEDS)
def test_whoever_may_report_signed_passed_and_was_let_in_by_another(walk: type[Walk], number: int) -> None:
    run(walk, STEPS, number)
    print(dict(walk.seen))
    assert walk.seen["steps"] >= STEPS
    # Which walks are drawn follows the text of this file: so each must have happened, not just so often.
    least = {"accredited": 50, "changed": 4, "stopped": 60, "restored": 3, "may report": 1500}  # in 10,000 steps
    rare = {kind for kind, count in least.items() if walk.seen[kind] < count * STEPS // 10_000}
    assert rare == set(), walk.seen


def _no_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accreditation, "has_signed", lambda *_: True)


def _no_exam(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exams, "all_passed", lambda *_: True)


def _exams_before_a_withdrawal_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "withdrawn_at", lambda *_: None)


def _half_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exam, "PASS_MARK", 70)


def _the_inviter_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "independent", deciding.by_another)


def _anybody_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "by_another", lambda *_: None)


ELSEWHERE = "Lee Lindqvist, TRAFFIC, lee@traffic.test"


def _everybody_is_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    decider = standings.Decider
    monkeypatch.setattr(
        accrediting,
        "Decider",
        lambda who, role, alone=False, second="", *more: decider(who, role, True, second or ELSEWHERE, *more),
    )


def _for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standings.Accreditation, "standing_at", lambda self, at: self.standing)


def _waivers_are_not_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = deciding.may_accredit
    monkeypatch.setattr(deciding, "may_accredit", lambda *given, **more: honest(*given, **more) and False)


def _a_suspension_is_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = standings.standing
    monkeypatch.setattr(
        standings, "standing",
        lambda last, at: Standing.ACTIVE if honest(last, at) is Standing.SUSPENDED else honest(last, at),
    )  # fmt: skip


MUTATIONS = [_no_signature, _no_exam, _exams_before_a_withdrawal_count, _half_is_enough, _the_inviter_may, _anybody_may,
             _everybody_is_alone, _for_ever, _waivers_are_not_written_down, _a_suspension_is_not_seen]  # fmt: skip


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__.strip("_"))
def test_the_same_walk_finds_whatever_check_is_taken_away(
    walk: type[Walk], monkeypatch: pytest.MonkeyPatch, mutation: Any
) -> None:
    mutation(monkeypatch)
    with pytest.raises((AssertionError, IntegrityError)):  # the database refuses some of it by itself
        run(walk, FOUND_WITHIN)
