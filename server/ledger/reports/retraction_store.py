"""Reads about what spotters take back of their own reports."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.words import CaseState, FeedbackCode, Status
from server.ledger.reports import retraction
from server.ledger.reports.models import Feedback, Report
from server.ledger.reports.retraction import RetractReason


def _is_kept_for_now(session: Session, report: Report, case_state: str) -> bool:
    """Whether the last thing its spotter was told is that a coordinator keeps it for now, and the case has not come back."""
    if report.status != Status.IN_REVIEW or case_state == CaseState.OPEN:
        return False
    said = select(Feedback.code).where(Feedback.report_id == report.id, Feedback.speaker != "spotter")
    return session.scalar(said.order_by(Feedback.id.desc()).limit(1)) == FeedbackCode.HELD


def may_change(session: Session, report: Report, case_state: str) -> bool:
    """Whether a report can be withdrawn or amended: nothing is decided on it, as far as its spotter was told."""
    held = _is_kept_for_now(session, report, case_state)
    return retraction.may_change(Status(report.status), report.notice_id is not None, held)


def is_unread(session: Session, report_id: str, doubted_at: datetime | None) -> bool:
    """Whether the spotter has said that this report was wrong, and no coordinator has read it or decided since.

    doubted_at: since when anything of the kind is unread on the report's case.
    """
    if doubted_at is None:
        return False
    said = select(Feedback.id).where(Feedback.report_id == report_id, Feedback.code == FeedbackCode.DOUBTED)
    return session.scalar(said.where(Feedback.at >= doubted_at).limit(1)) is not None


def is_last(session: Session, report_id: str, reason: RetractReason, text: str | None) -> bool:
    """Whether this is, word for word, what the spotter said last against their report."""
    codes = (FeedbackCode.RETRACTED, FeedbackCode.DOUBTED)
    rows = select(Feedback).where(Feedback.report_id == report_id, Feedback.code.in_(codes))
    last = session.scalars(rows.order_by(Feedback.id.desc()).limit(1)).first()
    return last is not None and (last.params["why"], last.text) == (reason.value, text)


def doubted(session: Session, case_id: str, doubted_at: datetime) -> list[Report]:
    """The reports of a case whose spotters say that they were wrong, which no coordinator has read or settled yet.

    doubted_at: since when anything of the kind is unread on the case.
    """
    codes = (FeedbackCode.DOUBTED, FeedbackCode.DOUBT_READ)
    rows = select(Report, Feedback.code).join(Feedback, Feedback.report_id == Report.id)
    rows = rows.where(Report.case_id == case_id, Feedback.code.in_(codes), Feedback.at >= doubted_at).order_by(
        Feedback.id
    )
    last = {report.id: (report, code) for report, code in session.execute(rows)}
    return [report for report, code in last.values() if code == FeedbackCode.DOUBTED]
