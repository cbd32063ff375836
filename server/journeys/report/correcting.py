"""A second person answers a complaint. What was wrong is put right by the journeys that exist, in the answer's transaction.

Nobody who decided on the case or reported it answers, closes or moves the complaint elsewhere; nor, while it has no case,
whoever recorded it. Nothing is sent before: the answer, the withdrawal or the correction are queued by the decision itself,
and by it alone.
"""

from typing import Any

from sqlalchemy.orm import Session

from server.core import audit, work
from server.core.database import read, write
from server.core.sentences import Sentence, sentence
from server.core.words import Refused
from server.journeys.report import answering, effect, naming, replying
from server.ledger.cases import decisions
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case
from server.ledger.cases.waits import WaitsFor
from server.ledger.complaints import states, store
from server.ledger.complaints.models import Complaint
from server.ledger.complaints.states import ClosedWhy, ComplaintOutcome, ComplaintState, Correction
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.ledger.reports import store as reports
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.reads import complaints, named_case

HAD_PART = sentence("You decided on this case or reported it. Somebody else answers the complaint.")
WROTE_DOWN = sentence(
    "You recorded this complaint, and it has no case yet. Somebody else chooses its case, answers it or closes it."
)
OPENED = sentence(
    "You, or somebody who had a part in this, opened the other’s account in the last 30 days. Somebody else answers the complaint."
)
SETTLED = sentence("Somebody else has just settled this complaint. Check it again.")
LONGEST = 5000  # characters of an answer


def take(complaint_id: str, by_id: str, *, take_over: bool = False) -> None:
    """Work on a complaint. Raises Refused: not-found, forbidden, conflict (settled, a part in it, somebody else has it)."""
    with write() as session:
        _, complaint = _locked(session, complaint_id)
        _refuse_unfit(session, complaint, by_id, of_another=take_over)
        if complaint.worker_id != by_id:
            before = complaint.worker_id
            store.take(complaint, by_id)
            audit.record(
                session,
                by_id,
                "complaint_taken",
                "complaint",
                complaint_id,
                **({"account_id": before} if before else {}),
            )


def let_go(complaint_id: str, by_id: str) -> None:
    """Work on it no longer. Whoever does not, changes nothing."""
    with write() as session:
        _, complaint = _locked(session, complaint_id)
        if complaint.worker_id == by_id:
            store.take(complaint, None)
            audit.record(session, by_id, "complaint_let_go", "complaint", complaint_id)


def choose_case(complaint_id: str, by_id: str, name: str) -> str:
    """Say which case it is about: by number, notice or address. Returns the case's reference.

    Raises Refused: not-found, forbidden, invalid (no such case), conflict (settled, or a part in the case it is about now).
    """
    with read() as session:
        case_id = cases.id_of(session, name.strip()) or named_case.find(session, name)
    if case_id is None:
        detail = sentence("There is no such case.")
        raise Refused("invalid", detail, errors={"case": [detail]})
    with write() as session:
        _, complaint = _locked(session, complaint_id)
        _refuse_unfit(session, complaint, by_id)
        _refuse_part_in_named(session, complaint, by_id, but=case_id)
        if complaint.case_id != case_id:
            store.choose_case(complaint, case_id)
            audit.record(session, by_id, "complaint_case_chosen", "complaint", complaint_id, case=case_id)
        return cases.get(session, case_id).reference


def answer(
    complaint_id: str, by_id: str, *, outcome: str, answer: str, correction: str, words: str = "", seen: str = ""
) -> None:
    """Answer a complaint, once: outcome, answer, correction and one audit row commit together.

    correction: of `Correction`; words: what the spotters read of a notice that is withdrawn, or the company of one that is
    corrected. seen: the id of the notice that stood on the page; empty: none.

    Raises Refused: not-found, forbidden, conflict (settled, a part in it, somebody else has it, a decision that can still
    be undone), stale (another notice stands), names-a-person, invalid, and as a reply to the company does.
    """
    with write() as session:
        case, complaint = _locked(session, complaint_id)
        _refuse_unfit(session, complaint, by_id)
        if case is None and (stated := named_case.find(session, complaint.about)):
            raise Refused(
                "conflict",
                sentence(
                    "It names the listing of case %(reference)s. Choose that case first.",
                    reference=cases.get(session, stated).reference,
                ),
            )
        notice = notices.active(session, case.id) if case else None
        _refuse_invalid(complaint, notice, outcome, correction, answer, words)
        if seen != (notice.id if notice else ""):
            raise Refused("stale", sentence("The notice has changed since you opened this page. Check it again."))
        naming.refuse_names(
            session, {"answer": answer, "words": words}, reports.reporters(session, case.id) if case else ()
        )
        corrected = _correct(session, case, notice, by_id, outcome, correction, words.strip())
        store.answer(complaint, by_id, outcome, answer.strip(), correction, words.strip(), corrected)
        audit.record(
            session, by_id, "complaint_answered", "complaint", complaint_id, outcome=outcome, correction=correction,
            **({"notice": corrected} if corrected else {}),
        )  # fmt: skip
        work.enqueue(session, "mail_complaint_answer", complaint_id)


def close(complaint_id: str, by_id: str, why: str) -> None:
    """Close a complaint that needs no answer from here. Nothing is sent.

    Raises Refused: not-found, forbidden, invalid, conflict (settled, a part in it, somebody else has it).
    """
    if why not in store.CLOSABLE:
        detail = sentence("Choose why it needs no answer.")
        raise Refused("invalid", detail, errors={"why": [detail]})
    with write() as session:
        _, complaint = _locked(session, complaint_id)
        _refuse_unfit(session, complaint, by_id)
        _refuse_part_in_named(session, complaint, by_id)
        store.close(complaint, by_id, why)
        audit.record(session, by_id, "complaint_closed", "complaint", complaint_id, why=why)


def erase(complaint_id: str, by_id: str) -> None:
    """Delete what the complainant wrote, their address and our answer, as they asked; an open complaint is closed by it.

    Raises Refused: not-found, forbidden, conflict (it is open, and they had a part in it).
    """
    with write() as session:
        _, complaint = _locked(session, complaint_id)
        _refuse_others(session, by_id)
        if complaint.state == ComplaintState.OPEN:
            _refuse_unfit(session, complaint, by_id)
            _refuse_part_in_named(session, complaint, by_id)
            store.close(complaint, by_id, ClosedWhy.ERASED)
        if complaint.forgotten_at is None:
            store.forget(complaint)
            work.drop(session, "mail_complaint_received", [complaint_id])
            work.drop(session, "mail_complaint_answer", [complaint_id])
            audit.record(session, by_id, "complaint_erased", "complaint", complaint_id)


def copy(complaint_id: str, by_id: str) -> tuple[str, dict[str, Any]]:
    """What is kept of a complainant, as a copy for them: its reference and the values. That it was taken is recorded.

    Raises Refused: not-found, forbidden.
    """
    with write() as session:
        _refuse_others(session, by_id)
        complaint = store.get(session, complaint_id)
        audit.record(session, by_id, "complaint_copied", "complaint", complaint_id)
        return complaint.reference, store.copy(complaint)


# --- What is checked, and what is put right --------------------------------------------------------------------------


def _locked(session: Session, complaint_id: str) -> tuple[Case | None, Complaint]:
    """The complaint's case and the complaint, locked in this order, as everything locks cases first."""
    case_id = store.get(session, complaint_id).case_id
    case = cases.get(session, case_id, lock=True) if case_id else None
    complaint = store.get(session, complaint_id, lock=True)
    if complaint.case_id != case_id:
        raise Refused("conflict", sentence("This complaint has changed since you opened it. Check it again."))
    return case, complaint


def _refuse_others(session: Session, by_id: str) -> None:
    if accounts.at_work(session, by_id, "complaints.answer") is None:
        raise Refused("forbidden", sentence("Only coordinators and administrators answer complaints."))


def _refuse_unfit(session: Session, complaint: Complaint, by_id: str, *, of_another: bool = False) -> None:
    _refuse_others(session, by_id)
    if complaint.state != ComplaintState.OPEN:
        raise Refused("conflict", SETTLED)
    if complaint.case_id:
        _refuse_part(session, complaint.case_id, by_id)
    else:
        _refuse_among(session, complaints.wrote_down(complaint), by_id, WROTE_DOWN)
    if complaint.worker_id not in (None, by_id) and not of_another:
        name = session.get_one(Account, complaint.worker_id).name
        raise Refused("conflict", sentence("%(name)s is working on this complaint. Take it over first.", name=name))


def _refuse_part(session: Session, case_id: str, by_id: str) -> None:
    _refuse_among(session, complaints.had_part(session, case_id), by_id, HAD_PART)


def _refuse_among(session: Session, concerned: set[str], by_id: str, said: Sentence) -> None:
    """A second person is neither one of these, nor has either just opened the other's account."""
    if by_id in concerned:
        raise Refused("conflict", said)
    if complaints.is_one_of(session, by_id, concerned):
        raise Refused("conflict", OPENED)


def _refuse_part_in_named(session: Session, complaint: Complaint, by_id: str, *, but: str | None = None) -> None:
    """Nobody settles, or moves to another case, a complaint that names a case of theirs. `but`: the case it is moved to."""
    named = named_case.find(session, complaint.about)
    if named and named != but:
        _refuse_part(session, named, by_id)


def _refuse_invalid(
    complaint: Complaint, notice: Notice | None, outcome: str, correction: str, answer: str, words: str
) -> None:
    errors = states.problems(
        outcome, correction, answer, words,
        email=complaint.email, has_case=complaint.case_id is not None, notice_stands=notice is not None,
    )  # fmt: skip
    for name, text in (("answer", answer), ("words", words)):
        if len(text) > LONGEST:
            errors[name] = [sentence("Write at most %(number)s characters.", number=LONGEST)]
    if errors:
        raise Refused("invalid", next(iter(errors.values()))[0], errors=errors)


def _correct(
    session: Session, case: Case | None, notice: Notice | None, by_id: str, outcome: str, correction: str, words: str
) -> str | None:
    """Put right what was wrong; the id of the notice that was corrected, if one was."""
    if case is None or outcome not in (ComplaintOutcome.UPHELD, ComplaintOutcome.PARTLY):
        return None
    pending = decisions.pending_on(session, [case.id]).get(case.id)
    waits_long = pending and (pending.stop_id or pending.waits_for in (WaitsFor.FROZEN, WaitsFor.DIGEST))
    if pending and not waits_long:
        raise Refused(
            "conflict",
            sentence("A decision on the case can still be undone, or waits to take effect. Answer when it has."),
        )
    effect.overtake(session, case)  # what is held may wait for days
    if notice is None or correction == Correction.NONE:
        cases.touch(case)  # who is about to decide on it looks again
        return None
    if correction == Correction.WITHDRAW:
        answering.withdraw_locked(session, case, notice.id, by_id, words)
    else:
        replying.reply_locked(session, case, notice, by_id, words)
    return notice.id
