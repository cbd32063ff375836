"""Between a decision and its effect: for some seconds it can be undone, and nothing of it is sent.

A decision moves its case at once, so that nobody decides on it twice. Everything else waits: the notice is composed and
kept aside, no report moves, nobody is told. When the time is over the worker lets it take effect. Whoever deletes the row
of the wait, worker or undo, has the say: both lock the case first, and the row can be deleted once.

A notice that a stop holds (`stopping`) waits on when its time is over, and so does all of its decision; so it does while
everybody who reported it has a frozen account, and while the server looks first (`looking_first`).

What a decision is about may change while it waits. It then lapses: it is taken back as by an undo, and the case says why.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import audit, clock, outcome, work
from server.core.database import read, write
from server.core.reasons import Lapse, Reason, ReasonCode
from server.core.sentences import sentence
from server.core.words import Answer, CaseState, Channel, Decision, FeedbackCode, HoldReason, Refused, Status
from server.journeys.report import composing, delivery, gathering, naming, notifier, stopping, watched_notices
from server.ledger.cases import claim_store, decisions, states
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case, CaseDecision, PendingDecision
from server.ledger.cases.waits import Held, WaitsFor
from server.ledger.monitoring import store as checks
from server.ledger.notices import store as notices
from server.ledger.reports import store as reports
from server.ledger.reports.feedback_words import Entry
from server.ledger.reports.models import Report
from server.people.accounts.models import Account
from server.people.courses import lesson_links
from server.reads import withheld

FROZEN_FOR = timedelta(seconds=60)  # until a decision is looked at again that everybody's frozen account holds up


def feedback_of(decision: Decision, note: str) -> tuple[Status, Entry]:
    """What the spotters are told of a decision. Notes to hold or to notify stay with the coordinators."""
    return {
        Decision.NOTIFY: (Status.NOTIFIED, Entry(FeedbackCode.NOTICE_QUEUED)),
        Decision.DISMISS: (Status.DISMISSED, Entry(FeedbackCode.DISMISSED, text=note)),
        Decision.ASK: (Status.NEEDS_INFO, Entry(FeedbackCode.QUESTION, text=note)),
        Decision.HOLD: (Status.IN_REVIEW, Entry(FeedbackCode.HELD)),
    }[decision]


def may_answer(session: Session, waiting: list[Report]) -> bool:
    """Whether any reporter who could answer still has an open account."""
    here = select(Account.id).where(
        Account.id.in_({report.account_id for report in waiting}), Account.disabled_at.is_(None)
    )
    return session.scalar(here.limit(1)) is not None


# --- It takes effect -------------------------------------------------------------------------------------------------


def postpone(
    session: Session,
    decision: CaseDecision,
    due_at: datetime,
    before: decisions.Before,
    *,
    seen: int,
    notice: dict[str, Any] | None,
    stop_id: str | None = None,
    looks: Held | None = None,
) -> None:
    """Let a decision wait for its effect, in the decision's own transaction. `due_at`: until when it can be undone.

    stop_id: what holds its notice afterwards. looks: until when it waits for a look at its listing (`looking_first`).
    """
    pending = decisions.postpone(session, decision, due_at, before, seen, notice, stop_id)
    if looks:
        _wait(session, pending, looks)
    work.enqueue(session, "take_effect", decision.id, max(due_at, looks.until) if looks else due_at)


def carry_out(
    session: Session,
    case: Case,
    decision: CaseDecision,
    notice: dict[str, Any] | None,
    leaves: datetime | None = None,
) -> None:
    """Let a decision take effect, in the caller's transaction: the notice is queued, reports move, spotters are told.

    leaves: when its digest does; None: what comes for its contact says so.
    """
    kind, waiting = Decision(decision.decision), reports.unfinished(session, case.id, decision.version)
    claim_store.end(session, case.id, decision.account_id)
    cases.doubt(case, None)  # the coordinator has read what a spotter said of their own report
    if notice:
        checks.drop(session, case.listing_id)  # what was asked about the notice that this one replaces
        cases.assign(case, notice["company_id"])
        decisions.join_notice(decision, delivery.queue_notice(session, case_id=case.id, due_at=leaves, **notice))
    elif kind is Decision.DISMISS:
        _withdraw_standing(session, case, decision.account_id)
        if case.state == CaseState.CLOSED and reports.count_after(session, case.id, decision.version):
            cases.move(session, case, "again", None)  # as if they had come a moment after
    status, entry = feedback_of(kind, decision.reason)
    for report in waiting:
        if decision.notice_id:
            reports.join_notice(report, decision.notice_id)
        reports.move(
            session, report, status, entry, actor_id=decision.account_id,
            lesson=lesson_links.of_dismissal(decision.because),
        )  # fmt: skip


def _withdraw_standing(session: Session, case: Case, account_id: str) -> None:
    """Withdraw the notice of a dismissed case while its answer is open."""
    notice = notices.latest(session, case.id)
    still_open = notice and outcome.is_open(Answer(notice.answer) if notice.answer else None)
    if notice and still_open and notices.withdraw(session, notice.id):
        checks.drop(session, case.listing_id)
        audit.record(session, account_id, "notice_withdrawn", "notice", notice.id)


@work.handler("take_effect")
def take_effect(decision_id: str) -> None:
    """Let a decision take effect whose time to be undone is over; safe to repeat.

    Raises work.Retry for what waits on: what frozen accounts alone reported, for nothing of theirs is passed on, and what the server
    looks at first. A notice that a stop holds waits until it is let go (`stopping`), which asks for this again.
    """
    with read() as session:
        pending = decisions.pending(session, decision_id)
    if pending is None:
        return
    if (left := (pending.due_at - clock.now()).total_seconds()) > 0:
        raise work.Retry("It can still be undone.", after=left, counts=False)
    with write() as session:
        case = cases.get(session, pending.case_id, lock=True)
        decision, waiting = session.get(CaseDecision, decision_id), decisions.pending(session, decision_id)
        if decision is None or waiting is None:
            return
        held = _take_effect(session, case, decision, waiting)
    if held:
        after = max(0.0, (held.until - clock.now()).total_seconds())
        raise work.Retry(f"It waits: {held.what}.", after=after, counts=False)


def _take_effect(session: Session, case: Case, decision: CaseDecision, pending: PendingDecision) -> Held | None:
    """The same in the caller's transaction, in which the case is locked; what it waits for, if it does."""
    leaves = _leaves(session, pending)
    held, lapse = _frozen(session, case, pending), None
    if held is None:
        lapse = _overtaken(session, case, decision, pending)
    if held is None and lapse is None:
        if stop_id := stopping.stop_for(session, pending.notice):
            _hold(session, case, decision, pending, stop_id)
            return None
        held = watched_notices.look_wanted(session, case, decision, pending, leaves)
    if held:
        if held.what is WaitsFor.DIGEST and pending.waits_for != WaitsFor.DIGEST:
            _tell_held(session, case, decision)
            decisions.count_as_seen(pending)
        _wait(session, pending, held)
    elif decisions.settle(session, pending.decision_id):
        _end_wait(session, case, decision, pending, lapse, leaves)
    return held


def _leaves(session: Session, pending: PendingDecision) -> datetime | None:
    notice = pending.notice
    return gathering.due_at(session, Channel(notice["channel"]), notice["spoc_id"]) if notice else None


def _frozen(session: Session, case: Case, pending: PendingDecision) -> Held | None:
    holds = pending.notice is not None and withheld.is_held(session, case.id, pending.notice["document"])
    holds = holds and not _is_held_for_good(session, case, pending)
    return Held(WaitsFor.FROZEN, clock.now() + FROZEN_FOR) if holds else None


def _is_held_for_good(session: Session, case: Case, pending: PendingDecision) -> bool:
    return pending.notice is not None and withheld.is_held_for_good(session, case.id, pending.notice["document"])


def _wait(session: Session, pending: PendingDecision, held: Held) -> None:
    decisions.wait(pending, held.what, held.until)
    if held.asks:
        work.enqueue(session, "look_first", pending.decision_id)


def _hold(session: Session, case: Case, decision: CaseDecision, pending: PendingDecision, stop_id: str) -> None:
    """Its notice does not leave yet."""
    decisions.hold(pending, stop_id)
    _tell_held(session, case, decision)


def _tell_held(session: Session, case: Case, decision: CaseDecision) -> None:
    """A spotter who still reads that nobody has looked hears that somebody has."""
    status, entry = feedback_of(Decision.HOLD, "")
    for report in reports.unfinished(session, case.id, decision.version):
        if report.status == Status.RECEIVED:
            reports.move(session, report, status, entry, actor_id=decision.account_id)


def settle(session: Session, case: Case) -> None:
    """Let what was decided before on this case take effect now, or lapse: another decision builds on it.

    Raises Refused("conflict") while its notice is held, or looked at first: it does not leave because somebody decides again.
    """
    pending = decisions.pending_on(session, [case.id]).get(case.id)
    if pending is None:
        return
    decision = session.get_one(CaseDecision, pending.decision_id)
    leaves, lapse = _leaves(session, pending), _overtaken(session, case, decision, pending)
    if lapse is None and (
        _frozen(session, case, pending)
        or stopping.stop_for(session, pending.notice)
        or watched_notices.look_wanted(session, case, decision, pending, leaves)
    ):
        looked_at = pending.waits_for and not decisions.can_be_undone(pending)
        raise Refused("conflict", TOO_LATE if looked_at else STILL_WAITS)
    if decisions.settle(session, pending.decision_id):
        _end_wait(session, case, decision, pending, lapse, leaves)


def _end_wait(
    session: Session,
    case: Case,
    decision: CaseDecision,
    pending: PendingDecision,
    lapse: Lapse | None,
    leaves: datetime | None,
) -> None:
    if lapse:
        _take_back(session, case, decision, pending, None, lapse)
    else:
        carry_out(session, case, decision, pending.notice, leaves)


def _overtaken(session: Session, case: Case, decision: CaseDecision, pending: PendingDecision) -> Lapse | None:
    """Why a decision cannot take effect any more; None: it can."""
    kind = Decision(decision.decision)
    if kind is Decision.ASK and not may_answer(session, reports.unfinished(session, case.id, decision.version)):
        return Lapse.NOBODY
    if case.state != states.after(pending.came_from, kind):
        return Lapse.CHANGED
    if pending.notice is None:
        return None
    if _is_held_for_good(session, case, pending):
        return Lapse.ERASED
    if _found_gone_since(session, case, decision):
        return Lapse.SEEN_GONE
    if not composing.still_goes(session, case, pending.notice):
        return Lapse.ROUTE
    way = notifier.Way(pending.notice["spoc_id"], pending.notice["channel"], pending.notice["address"])
    if not notifier.still_claims(session, pending.notice["document"], pending.notice["company_id"], way):
        return Lapse.AWARD
    try:
        naming.refuse_in_notice(session, case.id, pending.notice["document"], ad_words=decision.ad_words or ())
    except Refused:
        return Lapse.NAMES
    return None


def _found_gone_since(session: Session, case: Case, decision: CaseDecision) -> bool:
    """Whether a check has found its listing gone after the decision."""
    before = notices.latest(session, case.id)
    gone_at = checks.found_gone(session, [before.id]).get(before.id) if before else None
    return gone_at is not None and gone_at > decision.at


# --- It is taken back ------------------------------------------------------------------------------------------------


def undo(case_id: str, account_id: str, version: int) -> None:
    """Take the last decision on a case back, as if it had not been: in its time, and as long as something holds it. Any
    coordinator may.

    Raises Refused: not-found, stale (the case has changed since), conflict (it takes effect, or has; or nothing was decided).
    """
    with write() as session:
        case = cases.get(session, case_id, lock=True)
        pending = decisions.pending_on(session, [case_id]).get(case_id)
        if pending is None or not decisions.can_be_undone(pending):
            undecided = pending is None and case.state == CaseState.OPEN
            raise Refused("conflict", sentence("This case is undecided.") if undecided else TOO_LATE)
        if cases.is_stale(case, version):
            raise Refused("stale", sentence("This case has changed since you opened it."))
        if not decisions.settle(session, pending.decision_id):
            raise Refused("conflict", TOO_LATE)
        decision = session.get_one(CaseDecision, pending.decision_id)
        _take_back(session, case, decision, pending, account_id)


TOO_LATE = sentence("It is too late to undo this decision.")
STILL_WAITS = sentence("The notice of the last decision is waiting and has not been sent. Undo that decision first.")


def overtake(session: Session, case: Case, why: Lapse = Lapse.CHANGED) -> None:
    """Something happens to a case, in the caller's transaction, that a decision which waits did not know: it lapses."""
    pending = decisions.pending_on(session, [case.id]).get(case.id)
    if pending and decisions.settle(session, pending.decision_id):
        decision = session.get_one(CaseDecision, pending.decision_id)
        _take_back(session, case, decision, pending, None, why)


def _take_back(
    session: Session,
    case: Case,
    decision: CaseDecision,
    pending: PendingDecision,
    actor_id: str | None,
    lapse: Lapse | None = None,
) -> None:
    """The case as it was before a decision that has just been taken out of its wait. `lapse`: why, when nobody undid it."""
    event, detail = ("lapse", {"why": lapse.value}) if lapse else ("undo", {})
    detail |= {"decision": decision.decision}
    came_from = pending.came_from
    if came_from == CaseState.ASKED and not reports.has_open_question(session, case.id):
        came_from = CaseState.OPEN  # who was asked has answered or left meanwhile
    if lapse and came_from in (CaseState.ASKED, CaseState.HELD):
        came_from = CaseState.OPEN  # somebody had stopped waiting: it comes before a coordinator
    if case.state == states.after(pending.came_from, decision.decision):
        cases.move(session, case, event, actor_id, came_from=came_from, **detail)
        if came_from == CaseState.HELD:
            cases.hold(case, pending.held_until, pending.held_why)
        elif pending.held_why == HoldReason.SECOND_OPINION:  # which stays asked for
            cases.hold(case, None, pending.held_why)
    else:  # something else has moved it since
        cases.touch(case)
        audit.record(session, actor_id, f"case_{event}", "case", case.id, before=case.state, after=case.state, **detail)
    cases.mark_unseen(case, pending.seen)
    decisions.take_back(session, decision.id)
    if lapse:
        cases.put_first(case, Reason(ReasonCode.LAPSED, None, {"why": lapse.value}))


@work.on_dead_letter("take_effect")
def gave_up(decision_id: str, reason: str) -> None:
    """A decision that breaks its worker waits for no effect: its case comes back. Safe to repeat."""
    with read() as session:
        pending = decisions.pending(session, decision_id)
    if pending is None:
        return
    with write() as session:
        case = cases.get(session, pending.case_id, lock=True)
        if decisions.settle(session, decision_id):
            _take_back(session, case, session.get_one(CaseDecision, decision_id), pending, None, Lapse.ERROR)
