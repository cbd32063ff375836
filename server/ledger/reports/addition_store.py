"""Reads about what spotters add to their own reports, and answer."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core.words import FeedbackCode
from server.ledger.reports.models import Evidence, Feedback


def count(session: Session, report_id: str) -> int:
    """How often its spotter has added to a report."""
    rows = select(func.count()).where(Feedback.report_id == report_id, Feedback.code == FeedbackCode.ADDED)
    return session.scalar(rows) or 0


def said_last(session: Session, report_id: str, code: FeedbackCode, text: str, hashes: Sequence[str]) -> bool:
    """Whether the last thing of this kind that its spotter wrote is this text with these pictures: it was sent twice."""
    rows = select(Feedback).where(Feedback.report_id == report_id, Feedback.code == code)
    last = session.scalars(rows.order_by(Feedback.id.desc()).limit(1)).first()
    if last is None or last.text != text:
        return False
    files = select(Evidence.name, Evidence.sha256).where(Evidence.report_id == report_id)
    kept = {name: sha256 for name, sha256 in session.execute(files)}  # noqa: C416
    return [kept.get(name) for name in last.params.get("pictures", ())] == list(hashes)
