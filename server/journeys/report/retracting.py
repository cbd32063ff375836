"""A spotter withdraws a report while nothing is decided on it; later they say that it was wrong, and a coordinator reads that.

Which of the two is possible is a matter of the report alone, as its spotter sees it: a report that came after a decision
can be withdrawn like any other, so that nobody learns from it what became of a listing.
"""

from sqlalchemy.orm import Session

from server.core import audit, clock
from server.core.database import write
from server.core.sentences import sentence
from server.core.words import CaseState, CheckState, FeedbackCode, Refused, Status
from server.journeys.report import effect, ring
from server.ledger.cases import decisions, states
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case
from server.ledger.notices import store as notices
from server.ledger.reports import retraction, retraction_store
from server.ledger.reports import store as reports
from server.ledger.reports.feedback_words import Entry
from server.ledger.reports.models import Report
from server.ledger.reports.retraction import ENDED, RetractReason

LONGEST = 2000


def retract(account_id: str, report_id: str, why: str, text: str = "") -> bool:
    """Withdraw a report, or, once something is decided on it, tell the coordinators that it was wrong.

    True: it is withdrawn. False: a coordinator is told, and nothing else changes. `why`: of `RetractReason`; `text`: the
    spotter's own words, which `other` needs. A decision that can still be undone lapses: what it was about has changed.
    The same again, word for word, changes nothing while what they said stands or is unread. Raises Refused: not-found,
    conflict (it is withdrawn, no notice was sent, or what they said last is unread), invalid.
    """
    reason, words = _reason(why, text)
    with write() as session:
        case = cases.get(session, reports.own(session, account_id, report_id).case_id, lock=True)
        report = reports.own(session, account_id, report_id)  # again, now that nobody else changes it
        withdrawn, unread = report.status == Status.RETRACTED, _is_unread(session, case, report)
        if (withdrawn or unread) and retraction_store.is_last(session, report.id, reason, words):
            return withdrawn
        if ended := ENDED.get(Status(report.status)):
            raise Refused("conflict", ended)
        if unread:
            raise Refused("conflict", retraction.UNREAD)
        effect.overtake(session, case)
        params = {"why": reason.value}
        if retraction_store.may_change(session, report, case.state):
            _withdraw(session, case, report, Entry(FeedbackCode.RETRACTED, params, words, "spotter"))
            return True
        cases.doubt(case, clock.now())
        reports.say(session, report.id, report.status, Entry(FeedbackCode.DOUBTED, params, words, "spotter"))
        cases.touch(case)
        audit.record(session, account_id, "report_doubted", "report", report.id, why=reason.value)
        return False


def _is_unread(session: Session, case: Case, report: Report) -> bool:
    """Whether what they said waits for a coordinator: said again and again, it would make every decision on the case lapse."""
    unread = retraction_store.is_unread(session, report.id, case.doubted_at)
    return unread and not retraction_store.may_change(session, report, decisions.state_in_effect(session, case))


def _reason(why: str, text: str) -> tuple[RetractReason, str | None]:
    """The reason as it is kept. Raises Refused("invalid")."""
    words = text.strip()
    if why not in set(RetractReason):
        detail = sentence("Choose why.")
        raise Refused("invalid", detail, errors={"why": [detail]})
    if len(words) > LONGEST:
        detail = sentence("Write at most 2,000 characters.")
        raise Refused("invalid", detail, errors={"text": [detail]})
    if why == RetractReason.OTHER and not words:
        detail = sentence("Say why, in your own words.")
        raise Refused("invalid", detail, errors={"text": [detail]})
    return RetractReason(why), words or None


def _withdraw(session: Session, case: Case, report: Report, entry: Entry) -> None:
    """The report counts for nothing any more; a case in which no other report waits for anything is over."""
    if report.status == Status.RECEIVED:
        cases.uncount_reports(case)
    reports.move(session, report, Status.RETRACTED, entry, actor_id=report.account_id)
    session.flush()
    _unsee(session, report)
    ring.weigh(session, case.id, ring=ring.suspected(case))
    if (ending := _ending(session, case)) and states.possible(case.state, "retract"):
        cases.move(session, case, ending, report.account_id)
        cases.mark_seen(case)
    elif case.state == CaseState.ASKED and not reports.has_open_question(session, case.id):
        cases.count_answer(case)
        cases.move(session, case, "unanswered", report.account_id)  # whom we asked has nothing more to say
    else:
        cases.touch(case)  # a decision on what was there before is stale


def _ending(session: Session, case: Case) -> str | None:
    """The move that ends a case without an undecided report: to answered where a company's answer stands, else to closed.

    None: a report still waits, or somebody else does: a check found the listing again, or the company asks us.
    """
    if reports.unfinished(session, case.id):
        return None
    notice = notices.active(session, case.id)
    if notice is None:
        return "retract"
    if notice.found == CheckState.PRESENT or notice.our_turn_since is not None:
        return None
    return "answer" if notice.answer else "retract"


def _unsee(session: Session, report: Report) -> None:
    """If only this report saw the listing again, it counts as not seen; the other standing reports are checked again."""
    notices.forget_seen(session, report.case_id, report.received_at)
    for other in reports.of_case(session, report.case_id):
        if other.status != Status.RETRACTED:
            notices.note_seen(session, report.case_id, other.captured_at, other.received_at)


def read_doubts(case_id: str, by_id: str, version: int) -> None:
    """A coordinator has read that a report was wrong, and leaves the case as it is. The spotters hear that it was read.

    Raises Refused: not-found, stale, conflict (there is nothing to read).
    """
    with write() as session:
        case = cases.get(session, case_id, lock=True)
        if case.doubted_at is None:
            raise Refused("conflict", sentence("Somebody else has just dealt with this. Check it again."))
        if case.version != version:
            raise Refused("stale", sentence("This case has changed since you opened it."))
        for report in retraction_store.doubted(session, case_id, case.doubted_at):
            reports.say(session, report.id, report.status, Entry(FeedbackCode.DOUBT_READ))
        cases.doubt(case, None)
        cases.touch(case)
        audit.record(session, by_id, "doubts_read", "case", case_id)
