"""Steps 8 to 10: a coordinator decides. A notice is composed (`composing`), and queued when it takes effect (`effect`)."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from server.core import audit, clock, recurring, web
from server.core.database import read, write
from server.core.reasons import ReasonCode
from server.core.sentences import sentence
from server.core.words import Answer, Basis, CaseState, Decision, HoldReason, Level, Refused, Status
from server.journeys.report import claiming, composing, delivery, effect, naming, stopping, watched_notices
from server.journeys.report.answering import answer_entry, silence_entry
from server.ledger.cases import decisions, states
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case
from server.ledger.notices import answer_store, answers
from server.ledger.notices import store as notices
from server.ledger.reports import store as reports
from server.ledger.species import names
from server.people.courses import lesson_links
from server.reads import identity, withheld

PROBATION = sentence(
    "A spotter on probation reported it. Open this case and notify the company from there, not in bulk."
)
MOST_AT_ONCE = 200  # cases
UNDO_MANY = timedelta(seconds=120)  # how long what was decided on many cases at once can be undone


def undo_until_of_many() -> datetime | None:
    """Until when what is decided on many cases now can be undone; None where nothing can be undone."""
    wait = timedelta(seconds=web.settings().undo_seconds)
    return clock.now() + max(wait, UNDO_MANY) if wait else None


def decide(
    case_id: str,
    account_id: str,
    *,
    decision: str,
    note: str,
    version: int,
    until: datetime | None = None,
    hold_reason: str | None = None,
    dismiss_reason: str | None = None,
    duplicate_of: str | None = None,
    taxa: list[str] | None = None,
    other_taxon: str | None = None,
    category: str | None = None,
    basis: str | None = None,
    law: dict[str, Any] | None = None,
    policy_reference: str | None = None,
    leave_out: Collection[str] = (),
    ad_words: Collection[str] = (),
    shown_to: str | None = None,
    undo_until: datetime | None = None,
    one_of_many: bool = False,
    take_over: bool = False,
) -> str | None:
    """A coordinator decides on the version of the case they saw. Returns the id of the notice that it sends or holds.

    It can be undone until `undo_until`, and takes effect then; None: for the seconds of the settings. A moment that is over: at
    once, and nobody looks first (for stories).
    one_of_many: it is decided together with others; what a spotter on probation reported is never notified so.
    take_over: also where somebody else has claimed the case, which is this person's then.

    note: the coordinator's words: to the company, to the spotters, or for the record. hold_reason, dismiss_reason: words of
    their lists. duplicate_of: id or reference of the case that a dismissed one duplicates. taxa: scientific names of known taxa, which
    the coordinator confirms or corrects, other_taxon: one in their own words, category: what is offered. A notice without
    them says what the case shows; no taxa: none of them. leave_out: what of the ad stays behind, ad_words: what looks like a
    person's name and is the ad's own. shown_to: whom the notice would go to, as `Draft.goes_to` said it when they looked.

    Raises Refused: stale (the case has changed since, or whom it goes to), claimed (by somebody else), unrouted, incomplete, conflict, names-a-person, invalid (a day that is over, an
    unknown taxon, a dismissal that does not say what it was). Errors are by the names that the API and the page give the fields:
    `reason`, `why`, `because`.
    """
    with write() as session:
        case = cases.get(session, case_id, lock=True)
        claiming.decide_by(
            session, case, account_id, take_over=take_over
        )  # before what waits takes effect, which ends claims
        effect.settle(session, case)
        if cases.is_stale(case, version):
            raise Refused("stale", sentence("This case has changed since you opened it."))
        claiming.refuse_own_opinion(session, case, account_id)
        notice, route, waiting = None, dict[str, Any](), reports.unfinished(session, case.id, version)
        if decision == Decision.ASK and not effect.may_answer(session, waiting):
            raise Refused(
                "conflict", sentence("Nobody who reported this can answer any more. Decide on what you have.")
            )
        if decision == Decision.HOLD and until and not states.may_wait_until(until, clock.now()):
            raise Refused("invalid", states.NAME_A_DAY, errors={"until": [states.NAME_A_DAY]})
        original_id = _duplicated(session, case, decision, dismiss_reason, duplicate_of)
        shown, later = identity.shown(session, case, version), reports.count_after(session, case.id, version)
        confirmed = _confirmed(session, taxa, other_taxon)
        if one_of_many and decision == Decision.NOTIFY and any(each.level == Level.PROBATION for each in waiting):
            raise Refused("conflict", PROBATION)
        if decision == Decision.NOTIFY:
            confirmed, category = shown[0] if confirmed is None else confirmed, category or shown[1]
            grounds = composing.Grounds(
                reason=note,
                taxa=confirmed,
                category=category,
                basis=basis or Basis.POLICY,
                law=law,
                policy_reference=policy_reference,
                leave_out=leave_out,
            )
            if withheld.is_held(session, case.id):
                raise Refused("conflict", composing.FROZEN)
            notice, route = _compose(session, case, grounds, ad_words, version, shown_to)
        elif decision in (Decision.ASK, Decision.DISMISS):
            told = {report.account_id for report in waiting}
            naming.refuse_words(session, note, told, ad_words=ad_words, case_id=case.id)
        snapshot = identity.snapshot(session, case, shown) | route
        before, unseen = decisions.before(case), case.unseen_count
        at_once = undo_until is not None and undo_until <= clock.now()
        looks = watched_notices.first_look(session, case) if notice and not at_once else None
        cases.move(session, case, decision, account_id)
        cases.mark_seen(case, later)
        cases.drop_reason(case, ReasonCode.LAPSED)  # of the decision before, which this one replaces
        row = decisions.add(
            session,
            case,
            version,
            decision,
            note,
            account_id,
            dismiss_reason=dismiss_reason,
            duplicate_of=original_id,
            taxa=None if confirmed is None else [taxon["scientific_name"] for taxon in confirmed],
            category=category,
            left_out=leave_out,
            ad_words=ad_words,
            snapshot=snapshot,
        )
        if decision == Decision.HOLD:
            cases.hold(case, until, hold_reason or HoldReason.OTHER)
        due_at = undo_until or row.at + timedelta(seconds=web.settings().undo_seconds)
        stop_id = stopping.stop_for(session, notice)
        if due_at > row.at or stop_id or looks:
            effect.postpone(
                session, row, due_at, before, seen=unseen - later, notice=notice, stop_id=stop_id, looks=looks
            )
        else:
            effect.carry_out(session, case, row, notice)
        return notice["document"]["id"] if notice else None


def preview(
    case_id: str,
    *,
    note: str,
    taxa: list[str] | None = None,
    other_taxon: str | None = None,
    category: str | None = None,
    basis: str | None = None,
    law: dict[str, Any] | None = None,
    policy_reference: str | None = None,
    leave_out: Collection[str] = (),
) -> composing.Draft:
    """The notice that `decide` would send, complete or not, and to whom. Raises Refused: unrouted, invalid."""
    with read() as session:
        case = cases.get(session, case_id)
        shown = identity.shown(session, case)
        confirmed = _confirmed(session, taxa, other_taxon)
        grounds = composing.Grounds(
            reason=note,
            taxa=[] if confirmed is None else confirmed,
            category=category or shown[1],
            basis=basis or Basis.POLICY,
            law=law if law and law["jurisdiction"] and law["provision"] else None,
            policy_reference=policy_reference,
            leave_out=leave_out,
        )
        return composing.draft(session, case, grounds)


def _duplicated(
    session: Session, case: Case, decision: str, dismiss_reason: str | None, duplicate_of: str | None
) -> str | None:
    """The id of the case that this one duplicates. Raises Refused("invalid") when the reason code does not fit."""
    errors = states.dismissal_problems(decision, dismiss_reason, duplicate_of)
    original_id = cases.id_of(session, duplicate_of.strip()) if duplicate_of and not errors else None
    if duplicate_of and not errors and original_id in (None, case.id):
        errors = {"duplicate_of": [sentence("There is no other case with this number.")]}
    if errors:
        raise Refused("invalid", next(iter(errors.values()))[0], errors=errors)
    return original_id


def _confirmed(session: Session, taxa: list[str] | None, other_taxon: str | None) -> list[dict[str, Any]] | None:
    """The taxa that a coordinator names, each once; None: nothing was said. Raises Refused("invalid") for unknown ones."""
    if taxa is None and not other_taxon:
        return None
    known = names.known(session, taxa or [])
    if unknown := [name for name in taxa or [] if name not in known]:
        errors: list[str] = [sentence("There is no taxon “%(name)s” in the lexicon.", name=name) for name in unknown]
        raise Refused("invalid", errors[0], errors={"taxa": errors})
    confirmed = [known[name] for name in taxa or []]
    if other_taxon:
        confirmed += names.resolve(session, [" ".join(other_taxon.split())]).values()
    return list({taxon["scientific_name"]: taxon for taxon in confirmed}.values())


def _compose(
    session: Session,
    case: Case,
    grounds: composing.Grounds,
    ad_words: Collection[str],
    version: int,
    shown_to: str | None,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The notice, composed once and complete, as `delivery.queue_notice` takes it, and why it goes where it goes."""
    draft = composing.draft(session, case, grounds, version)
    if shown_to and draft.goes_to != shown_to:
        raise Refused("stale", sentence("The notice would go to another address than the one you saw: see below."))
    composing.check(draft.document)
    naming.refuse_in_notice(session, case.id, draft.document, ad_words=ad_words)
    delivery.replaceable(session, case.id)
    spoc = draft.spoc
    notice = {
        "company_id": draft.company.id, "spoc_id": spoc.id, "channel": spoc.channel.value, "address": spoc.address,
        "document": draft.document, "platform_id": draft.platform_id,
        "groups": sorted({taxon["group"] for taxon in grounds.taxa if taxon.get("group")}),
    }  # fmt: skip
    return notice, {"spoc": {"id": spoc.id, "why": draft.choice.why, "params": draft.choice.params}}


def attach_reports(case_id: str, account_id: str, version: int) -> None:
    """Attach reports that came after the notice, once a coordinator has looked: they take the notice's status."""
    with write() as session:
        case = cases.get(session, case_id, lock=True)
        if case.version != version:
            raise Refused(
                "stale", sentence("Another report has arrived since you opened this case. Check the case again.")
            )
        if decisions.is_pending(session, case_id):
            raise Refused(
                "conflict", sentence("The decision can still be undone. Add these reports when it has taken effect.")
            )
        notice = notices.latest(session, case_id)
        if notice is None or case.state not in (CaseState.NOTIFIED, CaseState.ANSWERED):
            raise Refused(
                "conflict", sentence("Decide on this case first: there is no notice to add these reports to.")
            )
        (status, entry), answer = effect.feedback_of(Decision.NOTIFY, ""), None
        last = answer_store.last_answer(session, case_id)
        if case.state == CaseState.ANSWERED and last:
            status, answer = answers.status_after(Answer(last.answer)) or Status.NOTIFIED, last.answer
            entry = answer_entry(notice.document["company_name"], Answer(answer), last.reason)
        elif notice.reminded_at and notices.is_overdue(session, notice.id):  # those it was sent for were told by then
            status, entry = Status.NO_ANSWER, silence_entry(notice)
        for report in reports.unfinished(session, case_id):
            if report.notice_id is None:
                reports.join_notice(report, notice.id)
                reports.move(
                    session, report, status, entry, outcome=answer, actor_id=account_id,
                    lesson=lesson_links.of_outcome(status),
                )  # fmt: skip
        cases.mark_seen(case)
        audit.record(session, account_id, "reports_taken_in", "case", case_id)


def mark_clean(evidence_id: str, account_id: str) -> None:
    """Record that a person checked this picture: it shows no volunteer and no third person, so it may be sent."""
    with write() as session:
        reports.mark_clean(session, evidence_id, account_id)


@recurring.every(60, "release_held")
def release_held() -> None:
    """Reopen held cases whose date has come."""
    with read() as session:
        due = cases.due_held(session, clock.now())
    for case_id in due:
        with write() as session:
            case = cases.get(session, case_id, lock=True)
            if case.state == CaseState.HELD and not decisions.is_pending(session, case_id):
                cases.move(session, case, "release", None)
