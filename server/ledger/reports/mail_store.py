"""What spotters were told by email, in order: this decides whether the next thing gets an email of its own."""

from datetime import timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.words import Status
from server.ledger.reports.mailing import MailHistory
from server.ledger.reports.models import Feedback, Report

TOLD_LATELY = 50  # things told by mail about one case that are compared with what is to be told


def said_before(session: Session, entry: Feedback) -> Status | None:
    """What a report was said to be just before `entry`, in words of ours or a company's."""
    earlier = select(Feedback.status).where(Feedback.report_id == entry.report_id, Feedback.id < entry.id)
    status = session.scalar(earlier.where(Feedback.speaker != "spotter").order_by(Feedback.id.desc()).limit(1))
    return Status(status) if status else None


def mail_history(session: Session, entry: Feedback, account_id: str, case_id: str) -> MailHistory:
    """What this person was told by mail before, of the case and in the last day. Two statements."""
    of_case = select(Feedback).join(Report, Report.id == Feedback.report_id)
    of_case = of_case.where(Report.case_id == case_id, Report.account_id == account_id, Feedback.id != entry.id)
    changed = of_case.where(Feedback.status != entry.status).with_only_columns(Feedback.id)
    last = changed.where(Feedback.id < entry.id).order_by(Feedback.id.desc()).limit(1).scalar_subquery()
    next_ = changed.where(Feedback.id > entry.id).order_by(Feedback.id).limit(1).scalar_subquery()
    mailed = of_case.where(or_(Feedback.own_mail_at.is_not(None), Feedback.week_mail_id.is_not(None)))
    unchanged = (func.coalesce(last, "") < Feedback.id) & ((Feedback.id < next_) | next_.is_(None))
    columns = mailed.add_columns(unchanged).order_by(Feedback.id.desc()).limit(TOLD_LATELY)
    before, same, told = [], False, (entry.code, entry.text, entry.params)
    for earlier, since_no_change in session.execute(columns):
        before.append(earlier)
        same |= since_no_change and (earlier.code, earlier.text, earlier.params) == told
    back = any(earlier.status == entry.status for earlier in before)
    at = max((earlier.own_mail_at for earlier in before if back and earlier.own_mail_at), default=None)
    day = select(func.count()).select_from(Feedback).join(Report, Report.id == Feedback.report_id)
    day = day.where(Feedback.own_mail_at > clock.now() - timedelta(days=1), Report.account_id == account_id)
    return MailHistory(same, at, session.scalar(day) or 0)


def take_up_mail(entry: Feedback) -> None:
    """It gets a mail of its own."""
    entry.own_mail_at = clock.now()


def mark_mailed(session: Session, feedback_id: str) -> None:
    """Note when an entry of feedback was mailed to its spotter."""
    session.get_one(Feedback, feedback_id).mailed_at = clock.now()
