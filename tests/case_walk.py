"""Steps of cases in any order, through the real doors: reports, decisions, notices, answers, checks, complaints, a worker, time.

Beside it stands a book of its own of what is legal. After every step each change of state must be in the audit trail, follow
the one before it there, and be one that the book allows; and cases, notices, reports and checks must fit each other.
"""

import shutil
import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, get_state_machine_test, invariant, precondition, rule
from sqlalchemy import select

from server.core import clock, payloads, recurring, seals, trail, work
from server.core.audit import AuditRow
from server.core.database import db, read
from server.core.outbox import Work
from server.core.words import Answer, Refused, Seen, Via
from server.journeys.report import (
    adding,
    answering,
    answering_in_portal,
    claiming,
    complaining,
    correcting,
    decision,
    disputing,
    effect,
    feedback,
    intake,
    replying,
    retracting,
    verification,
)
from server.ledger.cases.models import Case, CaseClaim, CaseDecision, PendingDecision
from server.ledger.complaints.models import Complaint
from server.ledger.disputes.models import Dispute
from server.ledger.monitoring.models import Check
from server.ledger.notices.models import GivenAnswer, Notice, PendingAnswer
from server.ledger.reports.models import Report
from server.ledger.reports.schemas import NewReport

WALK = 100  # steps, each walk in a database of its own
START = datetime(2026, 11, 25, 10, tzinfo=UTC)
# What may follow what, by what happens: written down here once more, so that a change of the rules is noticed.
LEGAL = {
    "notify": ({"open", "asked", "held"}, "notified"),
    "dismiss": ({"open", "asked", "held"}, "closed"),
    "ask": ({"open", "asked", "held"}, "asked"),
    "hold": ({"open", "asked", "held"}, "held"),
    "reply": ({"asked"}, "open"),
    "unanswered": ({"asked"}, "open"),
    "release": ({"held"}, "open"),
    "answer": ({"notified", "answered", "open", "asked", "held"}, "answered"),
    "question": ({"notified", "answered"}, "open"),
    "resume": ({"open", "asked", "held"}, "notified"),
    "withdraw": ({"open", "asked", "held", "notified", "answered", "closed"}, "closed"),
    "recall": ({"open", "asked", "held", "notified", "answered", "closed"}, "open"),
    "retract": ({"open", "asked"}, "closed"),
    "again": ({"answered", "closed"}, "open"),
}
DECIDED = {"notified": "notify", "closed": "dismiss", "asked": "ask", "held": "hold"}  # where each decision leads
QUESTIONS = {"need_info", "cannot_locate"}
DECIDES = {answer.value for answer in Answer} - QUESTIONS - {"received", "passed_on", "duplicate"}
SETTLED = {"open": {"answered", "closed"}, "answered": set[str](), "closed": set[str]()}  # complaints
DISPUTED = {
    "open": {"sent", "closed"}, "sent": {"upheld", "rejected", "no_answer", "closed"},
    "no_answer": {"upheld", "rejected", "settlement", "closed"}, "rejected": {"settlement", "closed"},
    "upheld": {"closed"}, "settlement": {"closed"}, "closed": set[str](),
}  # fmt: skip

STANDING = (Notice.withdrawn_at.is_(None), Notice.replaced_at.is_(None))
# What recurs and concerns cases; the rest of what recurs is costly and has tests of its own.
RECURRING = (
    "drop_claims",
    "forget_complaints",
    "lapse_relisted_checks",
    "patrol_audit",
    "release_held",
    "remind",
    "seal_audit",
)

places = st.integers(0, 2)
coordinators = st.sampled_from(["cora", "dan", "eve"])
spotters = st.sampled_from(["ana", "ana", "ben", "lia"])
decisions = st.sampled_from(["notify", "notify", "notify", "notify", "dismiss", "ask", "hold", "hold second"])
settlers = st.sampled_from(["ada", "ada", "cora", "dan", "eve"])
seldom = st.sampled_from([False, False, False, False, True])


class CaseWalk(RuleBasedStateMachine):
    """One walk. `seen` counts over all of them what happened, so that a walk on which nothing does is noticed."""

    app: Flask
    ids: dict[str, str]
    report: dict[str, Any]
    begin: Path  # the data folder as each walk begins
    seen: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        folder: Path = self.app.config["SPOTTER"].data_dir
        db.session.remove()
        db.engine.dispose()
        shutil.rmtree(folder)
        shutil.copytree(self.begin, folder)
        self.now = START
        clock.now = lambda: self.now  # put back by the fixture
        self.states: dict[
            str, str
        ] = {}  # of cases, reports, complaints and disputes, by id, as the audit trail has them
        self.versions: dict[str, int] = {}
        self.documents: dict[str, Any] = {}
        self.ended: dict[str, Any] = {}  # the answer of a notice that stands no more
        with read() as session:
            self.last = max(session.scalars(select(AuditRow.seq)), default=0)

    # --- What is there ---------------------------------------------------------------------------------------------------

    def row(self, model: Any, place: int, *where: Any) -> Any:
        """One of the rows of a table, the newest as `place` 0; None: there is none."""
        with read() as session:
            rows = session.scalars(select(model).where(*where).order_by(model.id.desc()).limit(3)).all()
        return rows[place % len(rows)] if rows else None

    def through(self, door: Any, *given: Any, **more: Any) -> Any:
        """What the door gave, or its refusal, which changed nothing."""
        before = self.trail_length()
        self.now += timedelta(seconds=1)
        try:
            return door(*given, **more)
        except Refused as refusal:
            assert self.trail_length() == before, f"{door.__name__} refused, and yet wrote something down"
            self.seen[f"refused: {refusal.kind}"] += 1
            return refusal

    @staticmethod
    def trail_length() -> int:
        with read() as session:
            return session.scalar(select(AuditRow.seq).order_by(AuditRow.seq.desc()).limit(1)) or 0

    # --- Spotters --------------------------------------------------------------------------------------------------------

    @rule(place=places, who=spotters, old=st.booleans())
    def flag(self, place: int, who: str, old: bool) -> None:
        """A report of one of three listings; an old one was captured before whatever came since."""
        captured = START - timedelta(days=1) if old else self.now
        stated = self.report | {
            "url": f"https://mercado.test/itm/{265370482805 + place}",
            "captured_at": captured.isoformat(),
        }
        self.through(
            intake.receive_report, self.ids[who], str(uuid.uuid4()), stated, payloads.load(NewReport, stated), {}
        )

    @precondition(lambda self: self.states)
    @rule(place=places, text=st.sampled_from(["There are six.", "They are gone."]))
    def reply(self, place: int, text: str) -> None:
        """To a coordinator's question, if there is one."""
        if report := self.row(Report, place, Report.status == "needs_info"):
            self.through(feedback.reply, report.account_id, report.id, text)

    @precondition(lambda self: self.states)
    @rule(place=places, withdraws=seldom)
    def think_again(self, place: int, withdraws: bool) -> None:
        """A spotter adds to a report, or withdraws it."""
        report = self.row(Report, place)
        if not withdraws:
            self.through(adding.add, report.account_id, report.id, f"I looked again at {self.now}.")
        else:
            self.through(retracting.retract, report.account_id, report.id, "other", "It is a toy.")

    # --- Coordinators ----------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.states)
    @rule(
        place=places,
        who=coordinators,
        kind=decisions,
        late=seldom,
        over=seldom,
        alone=st.booleans(),
        at_once=st.booleans(),
    )
    def decide(self, place: int, who: str, kind: str, late: bool, over: bool, alone: bool, at_once: bool) -> None:
        """`late`: on the case as it was before its last change. `alone`: they do not take over what somebody else works on."""
        open_ = None if over else self.row(Case, place, Case.state.in_(("open", "asked", "held")))
        case = open_ or self.row(Case, place)
        version = case.changed_version - 1 if late else case.version
        with read() as session:
            claim = session.get(CaseClaim, case.id)
            held = select(CaseDecision.account_id).where(
                CaseDecision.case_id == case.id, CaseDecision.decision == "hold"
            )
            asked_by = session.scalars(held.order_by(CaseDecision.id.desc())).first()
        more: dict[str, Any] = {"dismiss_reason": "too_little"} if kind == "dismiss" else {}
        if kind.startswith("hold"):
            more = {
                "hold_reason": "second_opinion" if kind == "hold second" else "other",
                "until": self.now + timedelta(days=2),
            }
        told = self.through(
            decision.decide, case.id, self.ids[who], decision=kind.split()[0], note="Six chicks at once.", version=version,
            take_over=not alone, undo_until=self.now if at_once else None, **more,
        )  # fmt: skip
        if not isinstance(told, Refused):
            assert not late, "it was decided on what has changed since"
            assert case.held_why != "second_opinion" or asked_by != self.ids[who], (
                "who asked for a second opinion gave it"
            )
            free = claim is None or claim.account_id == self.ids[who] or claim.until <= self.now
            assert free or not alone, "it was decided while another works on it"

    @precondition(lambda self: self.states)
    @rule(place=places, who=coordinators, late=seldom)
    def undo(self, place: int, who: str, late: bool) -> None:
        case = self.row(Case, place)
        self.through(effect.undo, case.id, self.ids[who], case.changed_version - 1 if late else case.version)

    @precondition(lambda self: self.states)
    @rule(place=places, who=coordinators, to=coordinators, act=st.sampled_from(["claim", "let go", "hand over"]))
    def claim(self, place: int, who: str, to: str, act: str) -> None:
        case = self.row(Case, place)
        if act == "claim":
            self.through(claiming.claim, case.id, self.ids[who])
        elif act == "let go":
            self.through(claiming.let_go, case.id, self.ids[who])
        else:
            self.through(claiming.hand_over, case.id, self.ids[who], self.ids[to])

    @precondition(lambda self: self.states)
    @rule(place=places, who=coordinators)
    def take_in(self, place: int, who: str) -> None:
        """Reports that came after the notice."""
        case = self.row(Case, place, Case.state.in_(("notified", "answered"))) or self.row(Case, place)
        self.through(decision.attach_reports, case.id, self.ids[who], case.version)

    @precondition(lambda self: self.documents)
    @rule(place=places, who=coordinators, sure=seldom)
    def withdraw(self, place: int, who: str, sure: bool) -> None:
        """Eve recalls what went to the wrong company."""
        if sure:
            take_back = answering.recall_notice if who == "eve" else answering.withdraw_notice
            self.through(take_back, self.row(Notice, place).id, self.ids[who], "We were wrong.")

    # --- Companies -------------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.documents)
    @rule(place=places, answer=st.sampled_from(list(Answer)), foreign=seldom, ended=seldom, many=st.booleans())
    def answer(self, place: int, answer: Answer, foreign: bool, ended: bool, many: bool) -> None:
        """By itself, or among many, which can be undone for a while; another company's notice is not found."""
        who = "tradepost" if foreign else "mercado"
        notice = (None if ended else self.row(Notice, place, *STANDING)) or self.row(Notice, place)
        values: dict[str, Any] = {"answer": answer.value, "reason": "As our rules say."}
        values |= {"url": "https://mercado.test/itm/265370489999"} if answer is Answer.MOVED else {}
        person = self.ids["mia" if who == "mercado" else "otto"]
        if many:
            batch = answering_in_portal.begin(self.ids[who], person)
            told = self.through(answering_in_portal.answer, batch, notice.id, values)
        else:
            told = self.through(answering.answer_notice, notice.id, values, Via.API, person, self.ids[who])
        assert who == "mercado" or isinstance(told, Refused), "a company answered another's notice"

    @precondition(lambda self: self.documents)
    @rule(place=places)
    def undo_answers(self, place: int) -> None:
        if pending := self.row(PendingAnswer, place):
            self.through(answering_in_portal.undo, pending.batch_id, self.ids["mia"], self.ids["mercado"])

    @precondition(lambda self: self.documents)
    @rule(place=places, ours=st.booleans())
    def write(self, place: int, ours: bool) -> None:
        """In the thread of a notice."""
        notice, text = self.row(Notice, place), f"About this listing, at {self.now}."
        if ours:
            self.through(replying.reply_to_company, notice.id, self.ids["cora"], text)
        else:
            self.through(replying.reply_from_company, notice.id, self.ids["mia"], text, self.ids["mercado"])

    # --- Checks, complaints, disputes ------------------------------------------------------------------------------------

    @precondition(lambda self: self.documents)
    @rule(
        place=places,
        who=st.sampled_from(["cora", "ana", "lia", "noor"]),
        seen=st.sampled_from(list(Seen)),
        asks=st.booleans(),
    )
    def look(self, place: int, who: str, seen: Seen, asks: bool) -> None:
        """Somebody looks at a listing again, or a coordinator asks for it."""
        case = self.row(Case, place)
        check = self.row(Check, 0, Check.listing_id == case.listing_id)
        if who == "cora" and asks:
            self.through(verification.ask_check, case.id, self.ids["cora"])
        elif who == "cora":
            self.through(verification.look_as_coordinator, case.id, self.ids["cora"], seen)
        elif check:
            self.through(verification.look, check.id, self.ids[who], seen)

    @precondition(lambda self: self.documents)
    @rule(place=places)
    def complain(self, place: int) -> None:
        reference = self.row(Notice, place).reference
        self.through(complaining.complain, reference, f"It is a toy, {self.now}.", "seller@people.test")

    @rule(place=places, who=settlers, outcome=st.sampled_from(["upheld", "partly", "rejected"]),
          correction=st.sampled_from(["withdraw", "write", "none"]), act=st.sampled_from(["take", "let go", "close", "answer", "answer"]))  # fmt: skip
    def settle(self, place: int, who: str, outcome: str, correction: str, act: str) -> None:
        """A complaint is taken up, closed or answered."""
        complaint = self.row(Complaint, place)
        if complaint is None:
            return
        notice = self.row(Notice, 0, Notice.case_id == complaint.case_id, *STANDING)
        decided = self.row(
            CaseDecision, 0, CaseDecision.case_id == complaint.case_id, CaseDecision.account_id == self.ids[who]
        )
        if act == "take":
            self.through(correcting.take, complaint.id, self.ids[who], take_over=True)
        elif act == "let go":
            self.through(correcting.let_go, complaint.id, self.ids[who])
        elif act == "close":
            self.through(correcting.close, complaint.id, self.ids[who], "repeated")
        else:
            told = self.through(
                correcting.answer, complaint.id, self.ids[who], outcome=outcome, answer="We looked again.", correction=correction,
                words="It is a toy.", seen=notice.id if notice else "",
            )  # fmt: skip
            assert isinstance(told, Refused) or not decided, "who decided answered the complaint about it"

    @precondition(lambda self: self.documents)
    @rule(place=places, act=st.sampled_from(["begin", "begin", "send", "hear", "body", "close"]),
          outcome=st.sampled_from(["upheld", "rejected", "no_answer"]))  # fmt: skip
    def dispute(self, place: int, act: str, outcome: str) -> None:
        """An answer that falls short is contested."""
        day, cora, dispute = self.now.date(), self.ids["cora"], self.row(Dispute, place)
        if act == "begin":
            case = self.row(Case, place)
            given = self.row(GivenAnswer, 0)
            if given:
                self.through(disputing.begin, case.id, cora, answer_id=given.id, text="No papers are shown.", told=day)
        elif dispute is None:
            return
        elif act == "send":
            self.through(
                disputing.send, dispute.id, cora, text="No papers are shown.", via="form", day=day, receipt="7"
            )
        elif act == "hear":
            self.through(disputing.hear, dispute.id, cora, outcome=outcome, day=day)
        elif act == "body":
            self.through(disputing.take_to_body, dispute.id, cora, body="A body", day=day)
        else:
            self.through(disputing.close, dispute.id, cora, "done")

    # --- Time ------------------------------------------------------------------------------------------------------------

    @rule(pause=st.sampled_from([20, 60, 700, 700, 7 * 3600, 3 * 86400, 16 * 86400]))
    def wait(self, pause: int) -> None:
        """So many seconds go by, and the worker does what is due."""
        self.now += timedelta(seconds=pause)
        self.work()

    def work(self) -> None:
        recurring.heartbeat()
        work.run_due()
        with read() as session:
            broken = session.scalars(select(Work.last_error).where(Work.failure == "unexpected")).all()
        assert not broken, broken

    def teardown(self) -> None:
        """At the end of a walk the audit trail, sealed on the way, holds."""
        seals.seal_audit()
        with read() as session:
            assert trail.verify(session) is None, "the audit trail does not hold"
            self.seen["rows of the audit trail"] += self.trail_length()

    # --- What must hold --------------------------------------------------------------------------------------------------

    @invariant()
    def every_change_is_legal_and_audited(self) -> None:
        self.seen["steps"] += 1
        db.session.rollback()
        with read() as session:
            for row in session.scalars(select(AuditRow).where(AuditRow.seq > self.last).order_by(AuditRow.seq)):
                self.last = row.seq
                self.follow(row)
            for case in session.scalars(select(Case)):
                assert case.state == self.states.setdefault(case.id, "open"), (
                    "a case moved, and the trail does not say so"
                )
                self.fits(session, case)
            for row in session.execute(select(Report.id, Report.status)):
                assert row.status == self.states.setdefault(row.id, "received"), "a report moved without the trail"
            for model in (Complaint, Dispute):
                for row in session.execute(select(model.id, model.state)):
                    before = self.states.setdefault(row.id, "open")
                    legal = SETTLED if model is Complaint else DISPUTED
                    assert row.state == before or row.state in legal[before], f"{before} to {row.state}"
                    self.states[row.id] = row.state

    def follow(self, row: AuditRow) -> None:
        """One more row of the trail: it begins where the one before it has ended."""
        self.seen[row.action] += 1
        if row.kind not in ("case", "report") or "after" not in row.detail:
            return
        before, after = row.detail["before"], row.detail["after"]
        known = self.states.get(row.object_id, "open" if row.kind == "case" else "received")
        assert before == known, f"{row.action} began at {before}, where the trail had left it {known}"
        self.states[row.object_id] = after
        if row.kind == "report":
            assert before != "retracted", "a report that was withdrawn moved"
            return
        event = row.action.removeprefix("case_")
        if event in ("undo", "lapse"):
            led_here = before == after or (
                DECIDED.get(before) == row.detail["decision"] and after in ("open", "asked", "held")
            )
            assert led_here, f"{event}: {before} to {after}"
        else:
            assert before in LEGAL[event][0] and after == LEGAL[event][1], f"{event}: {before} to {after}"

    def fits(self, session: Any, case: Case) -> None:
        """A case and what hangs on it."""
        assert case.version >= self.versions.get(case.id, 0), "a version that goes back"
        self.versions[case.id] = case.version
        pending = session.scalars(select(PendingDecision).where(PendingDecision.case_id == case.id)).first()
        all_notices = session.scalars(select(Notice).where(Notice.case_id == case.id)).all()
        for notice in all_notices:
            document = notice.document | {"answer_by": None}  # which is counted from when it leaves
            assert document == self.documents.setdefault(notice.id, document), "a notice was changed"
            if notice.withdrawn_at or notice.replaced_at:
                said = (notice.answer, notice.answered_at)
                stood = self.ended.setdefault(notice.id, said)
                assert said == stood or notice.answer == Answer.REINSTATED, "what stands no more was answered"
        standing = [notice for notice in all_notices if not notice.withdrawn_at and not notice.replaced_at]
        assert len(standing) <= 1
        waits = standing and (standing[0].answer is None or standing[0].answer not in DECIDES)
        assert (case.held_why is None or case.held_until is None) or case.state == "held", f"{case.state}, and held"
        if pending is None:
            statuses = session.scalars(select(Report.status).where(Report.case_id == case.id)).all()
            assert case.state != "notified" or standing, "notified without a notice"
            assert case.state != "answered" or (standing and standing[0].answer in DECIDES), (
                "answered without an answer"
            )
            assert case.state != "closed" or not waits, "closed while its notice waits for an answer"
            assert case.state != "asked" or "needs_info" in statuses, "asked, and nobody has a question"
            assert case.state != "held" or case.held_why, "held for no reason"


def run(walk: type[CaseWalk], steps: int, number: int) -> None:
    """The walks of one seed: the same every time. No shrinking (a failure names the steps that led there)."""
    walk.seen = Counter()
    test = get_state_machine_test(
        walk,
        settings=settings(
            max_examples=-(-steps // WALK) * 5 // 4 + 5,  # some walks end early
            stateful_step_count=WALK, database=None, deadline=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck), print_blob=False, report_multiple_bugs=False,
        ),
    )  # fmt: skip
    seed(number)(test)()
