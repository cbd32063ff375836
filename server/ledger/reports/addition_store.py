"""Reads about what spotters add to their own reports."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core.words import FeedbackCode
from server.ledger.reports.models import Feedback


def count(session: Session, report_id: str) -> int:
    """How often its spotter has added to a report."""
    rows = select(func.count()).where(Feedback.report_id == report_id, Feedback.code == FeedbackCode.ADDED)
    return session.scalar(rows) or 0


def newest(session: Session, report_id: str) -> Feedback | None:
    """The last thing its spotter has added to a report."""
    rows = select(Feedback).where(Feedback.report_id == report_id, Feedback.code == FeedbackCode.ADDED)
    return session.scalars(rows.order_by(Feedback.id.desc()).limit(1)).first()
