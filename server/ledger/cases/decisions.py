"""Decisions as they are kept: with what was known of the case then, and what the coordinator says that it is."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from server.core import clock, web
from server.core.database import changed, new_id
from server.core.words import Decision, HoldReason
from server.ledger.cases.models import Case, CaseDecision, PendingDecision
from server.ledger.cases.waits import WITHIN, WaitsFor

# What is said of decisions to others than coordinators, or learned from them, is said of these alone.
UNDER_WAY = select(PendingDecision.case_id)  # cases on which a decision can still be undone
IN_EFFECT = CaseDecision.id.not_in(select(PendingDecision.decision_id))


def add(
    session: Session,
    case: Case,
    version: int,
    decision: str,
    note: str,
    account_id: str,
    *,
    dismiss_reason: str | None = None,
    duplicate_of: str | None = None,
    taxa: list[str] | None = None,
    category: str | None = None,
    left_out: Collection[str] = (),
    ad_words: Collection[str] = (),
    snapshot: dict[str, Any] | None = None,
) -> CaseDecision:
    """Record a decision on a version of the case, what it was decided on, and what the coordinator says it is.

    dismiss_reason, duplicate_of: of a dismissal. taxa (scientific names), category: as confirmed; None: nothing was said.
    left_out, ad_words: of a notice, what of the ad it leaves out, and which words were confirmed to be the ad's own.
    """
    row = CaseDecision(id=new_id(), case_id=case.id, decision=decision, reason=note, account_id=account_id)
    row.at, row.version = clock.now(), version
    row.because, row.duplicate_of = dismiss_reason, duplicate_of
    row.taxa, row.category = taxa, category
    row.left_out = list(left_out) or None
    row.ad_words = list(ad_words) or None
    row.snapshot = snapshot
    row.text_sha256 = hashlib.sha256(snapshot["text"].encode()).hexdigest() if snapshot else None
    session.add(row)
    session.flush()
    return row


def join_notice(decision: CaseDecision, notice_id: str) -> None:
    """This notice is sent by the decision."""
    decision.notice_id = notice_id


# --- Until a decision takes effect -----------------------------------------------------------------------------------


class Before(NamedTuple):
    """How a case stood before a decision."""

    state: str
    held_until: datetime | None
    held_why: str | None


def before(case: Case) -> Before:
    """How a case stands, to be remembered while a decision on it can be undone."""
    return Before(case.state, case.held_until, case.held_why)


def postpone(
    session: Session,
    decision: CaseDecision,
    due_at: datetime,
    before: Before,
    seen: int,
    notice: dict[str, Any] | None,
    stop_id: str | None = None,
) -> PendingDecision:
    """Let a decision wait until `due_at`. seen: how many unseen reports it counted as seen; notice: what it sends.

    stop_id: what holds that notice afterwards.
    """
    row = PendingDecision(decision_id=decision.id, case_id=decision.case_id, due_at=due_at, came_from=before.state)
    row.held_until, row.held_why, row.seen, row.notice = before.held_until, before.held_why, seen, notice
    row.stop_id = stop_id
    session.add(row)
    session.flush()
    return row


def pending(session: Session, decision_id: str) -> PendingDecision | None:
    """What a decision waits with; None: it has taken effect, or was taken back."""
    return session.get(PendingDecision, decision_id)


def pending_on(session: Session, case_ids: Sequence[str]) -> dict[str, PendingDecision]:
    """The decisions on these cases that wait, by case."""
    rows = session.scalars(select(PendingDecision).where(PendingDecision.case_id.in_(case_ids)))
    return {row.case_id: row for row in rows}


def state_in_effect(session: Session, case: Case) -> str:
    """The state of a case without the decision on it that still waits: what its spotters were told goes by this."""
    waiting = pending_on(session, [case.id]).get(case.id)
    return waiting.came_from if waiting else case.state


def is_pending(session: Session, case_id: str) -> bool:
    """Whether a decision on this case has not taken effect yet."""
    return session.scalar(select(PendingDecision.decision_id).where(PendingDecision.case_id == case_id)) is not None


def pending_by(session: Session, account_id: str) -> list[tuple[PendingDecision, CaseDecision, Case]]:
    """This person's decisions that can still be undone, the newest first, each with its case. What waits for longer than a
    look at its listing is left out: its case says so."""
    rows = select(PendingDecision, CaseDecision, Case).join(
        CaseDecision, CaseDecision.id == PendingDecision.decision_id
    )
    rows = rows.join(Case, Case.id == PendingDecision.case_id)
    now = clock.now()
    looks = and_(PendingDecision.waits_for == WaitsFor.LOOK, PendingDecision.due_at > now - 2 * WITHIN)
    soon = or_(PendingDecision.due_at > now, looks) if web.settings().undo_seconds else PendingDecision.due_at > now
    rows = rows.where(CaseDecision.account_id == account_id, soon)
    newest = rows.order_by(PendingDecision.decision_id.desc())  # of the few that wait, not of all there are
    return [(row[0], row[1], row[2]) for row in session.execute(newest)]


def hold(pending: PendingDecision, stop_id: str) -> None:
    """Its time is over and its notice is held."""
    pending.stop_id = stop_id
    count_as_seen(pending)
    wait(pending, None)


def count_as_seen(pending: PendingDecision) -> None:
    """It waits for long: the reports that it counted as seen stay so if it is taken back."""
    pending.seen = 0


def wait(pending: PendingDecision, what: WaitsFor | None, until: datetime | None = None) -> None:
    """What it waits for beyond its time, and when that is seen to again; None: nothing."""
    pending.waits_for, pending.waits_until = what, until if what else None


def looked(pending: PendingDecision) -> None:
    """The server has looked now, and its notice need not wait for that any more."""
    pending.looked_at = clock.now()
    if pending.waits_for == WaitsFor.LOOK:
        wait(pending, None)


def can_be_undone(pending: PendingDecision) -> bool:
    """Whether its time is not over, or something holds it. Else it takes effect the next moment, on whatever machine.

    Where the settings give no time, what waits for the server's own look cannot be undone; what people hold can be, for else
    nobody could take it back.
    """
    if pending.due_at > clock.now() or pending.stop_id is not None or pending.waits_for == WaitsFor.FROZEN:
        return True
    return pending.waits_for is not None and web.settings().undo_seconds > 0


def let_go(session: Session, stop_id: str) -> list[str]:
    """Nothing is held by this stop any more; the ids of the decisions that were, in the order in which they were made."""
    held = update(PendingDecision).where(PendingDecision.stop_id == stop_id)
    return sorted(session.scalars(held.values(stop_id=None).returning(PendingDecision.decision_id)))


def held_by(session: Session, stop_ids: Collection[str]) -> dict[str, int]:
    """How many decisions each of these stops holds; those that hold none are left out."""
    rows = select(PendingDecision.stop_id, func.count()).where(PendingDecision.stop_id.in_(stop_ids))
    return {stop_id: number for stop_id, number in session.execute(rows.group_by(PendingDecision.stop_id)) if stop_id}


def settle(session: Session, decision_id: str) -> bool:
    """Take the decision out of its wait, to let it take effect or to take it back: true for one caller alone."""
    return changed(session, delete(PendingDecision).where(PendingDecision.decision_id == decision_id)) == 1


def take_back(session: Session, decision_id: str) -> None:
    """Delete a decision that never took effect; the audit trail keeps that there was one."""
    session.execute(delete(CaseDecision).where(CaseDecision.id == decision_id))


# --- What was decided ------------------------------------------------------------------------------------------------


VERDICTS = (Decision.NOTIFY, Decision.DISMISS)  # to ask and to hold leave it open what a case is


def any_verdict_on(session: Session, case_id: str) -> bool:
    """Whether a coordinator has ever decided what this case is."""
    decided = select(CaseDecision.id).where(CaseDecision.case_id == case_id, CaseDecision.decision.in_(VERDICTS))
    return session.scalar(decided.limit(1)) is not None


def deciders(session: Session, case_id: str) -> set[str]:
    """Everybody who has decided anything on this case."""
    return set(session.scalars(select(CaseDecision.account_id).where(CaseDecision.case_id == case_id)))


def asked_for_opinion(session: Session, case: Case) -> str | None:
    """Who asked for the second opinion that this case waits for, also when its day has come: then somebody else decides."""
    if case.held_why != HoldReason.SECOND_OPINION:
        return None
    held = select(CaseDecision.account_id).where(
        CaseDecision.case_id == case.id, CaseDecision.decision == Decision.HOLD
    )
    return session.scalar(held.order_by(CaseDecision.id.desc()).limit(1))


def snapshot(case: Case, taxa: list[str], category: str, lexicon_version: str) -> dict[str, Any]:
    """What is known of a case now, to keep with a decision: later reports change the case, never this.

    taxa (scientific names) and category: what the case showed before the decision. Of a notice `spoc` is added: id, why
    this one (codes of `companies/routing.py`) and what those are said of.
    """
    known = ("priority", "signals", "reasons", "text", "matches", "report_count")
    return {name: getattr(case, name) for name in known} | {
        "taxa": taxa,
        "category": category,
        "lexicon_version": lexicon_version,
        "model_version": case.model_version,  # None: rules alone
    }


def confirmed_taxa(session: Session, case_ids: list[str]) -> dict[str, list[str]]:
    """The scientific names that the newest decision which speaks of taxa confirmed, by case; an empty list: none."""
    rows = select(CaseDecision.case_id, CaseDecision.taxa).order_by(CaseDecision.id)
    rows = rows.where(CaseDecision.case_id.in_(case_ids), CaseDecision.taxa.is_not(None))
    return {case_id: names or [] for case_id, names in session.execute(rows)}


def confirmed_category(session: Session, case_id: str) -> str | None:
    """The category that the newest decision which speaks of it confirmed."""
    rows = select(CaseDecision.category).where(CaseDecision.case_id == case_id, CaseDecision.category.is_not(None))
    return session.scalar(rows.order_by(CaseDecision.id.desc()).limit(1))
