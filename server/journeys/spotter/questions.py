"""Questions to a spotter who will not answer any more: the account is erased or closed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.words import FeedbackCode, Status
from server.ledger.cases import states
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case
from server.ledger.reports import store as reports
from server.ledger.reports.feedback_words import Entry
from server.ledger.reports.models import Report


def cases_asked(session: Session, account_id: str) -> list[Case]:
    """The cases that wait for an answer of this person, locked."""
    waiting = select(Report.case_id).where(Report.account_id == account_id, Report.status == Status.NEEDS_INFO)
    return list(session.scalars(select(Case).where(Case.id.in_(waiting)).order_by(Case.id).with_for_update()))


def close_question(session: Session, case: Case, account_id: str, by_id: str) -> None:
    """Close what only this person could have answered; with nobody else left to answer, the case returns to triage."""
    others_asked = False
    for report in reports.unfinished(session, case.id):
        if report.status != Status.NEEDS_INFO:
            continue
        if report.account_id == account_id:
            reports.move(session, report, Status.IN_REVIEW, Entry(FeedbackCode.QUESTION_CLOSED), actor_id=by_id)
        else:
            others_asked = True
    if not others_asked and states.possible(case.state, "unanswered"):
        cases.count_answer(case)
        cases.move(session, case, "unanswered", by_id)
