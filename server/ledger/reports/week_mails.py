"""Reads and writes of the weekly mail: what it gathers, that it is sent once, and what it tells."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from server.core import clock, work
from server.core.database import changed, new_id
from server.core.words import Answer, Status
from server.ledger.reports.mailing import OUTCOMES
from server.ledger.reports.models import Feedback, Report, WeekMail
from server.ledger.reports.store import STANDS

MOST = 40  # reports one mail names; it says how many more there are
LATEST = 3  # things said of each
# As `mailing.still_to_tell` has it.
_STILL_TO_TELL = STANDS & or_(Feedback.status != Status.NEEDS_INFO, Report.status == Status.NEEDS_INFO)


def gather(session: Session, entry: Feedback, account_id: str, due_on: date) -> None:
    """Add it to this person's open email, opening one if there is none. Whoever calls has locked the account."""
    if entry.week_mail_id:
        return
    mine = select(WeekMail.id).where(WeekMail.account_id == account_id, WeekMail.queued_at.is_(None))
    mail_id = session.scalar(mine.with_for_update())
    if mail_id is None:
        mail_id = new_id()
        session.add(WeekMail(id=mail_id, account_id=account_id, due_on=due_on))
        session.flush()
    entry.week_mail_id = mail_id


def queue(session: Session, mail_id: str) -> bool:
    """Close a mail and ask for it to be sent; False when somebody else just did."""
    still_open = update(WeekMail).where(WeekMail.id == mail_id, WeekMail.queued_at.is_(None))
    if not changed(session, still_open.values(queued_at=clock.now())):
        return False
    work.enqueue(session, "mail_week", mail_id)
    return True


def queue_again(session: Session, account_id: str) -> None:
    """The account is open again: queue a mail that was closed and has not left."""
    unsent = select(WeekMail.id).where(
        WeekMail.account_id == account_id, WeekMail.queued_at.is_not(None), WeekMail.mailed_at.is_(None)
    )
    work.enqueue_again(session, "mail_week", session.scalars(unsent).all())


@dataclass(frozen=True, slots=True)
class Contents:
    """What a weekly mail tells: reports by what they came to, and of the first of them what was said, oldest first.

    `gone_before`: how many of the removed ones were gone before anybody acted.
    """

    counts: dict[Status, int]
    gone_before: int
    reports: list[tuple[Report, list[Feedback]]]

    @property
    def total(self) -> int:
        """Every report that moved, named or not."""
        return sum(self.counts.values())


def contents(session: Session, mail_id: str) -> Contents:
    """Outcomes first, then the steps; of each the latest first. Three statements, however much there is."""
    told = (Feedback.week_mail_id == mail_id, _STILL_TO_TELL)
    last = select(func.max(Feedback.id)).join(Report, Report.id == Feedback.report_id).where(*told)
    last = last.group_by(Feedback.report_id)
    gone_before = func.count().filter(Report.outcome == Answer.ALREADY_GONE)
    by_status = select(Feedback.status, func.count(), gone_before).join(Report, Report.id == Feedback.report_id)
    rows = session.execute(by_status.where(Feedback.id.in_(last)).group_by(Feedback.status)).all()
    counts = {Status(status): number for status, number, _ in rows}
    gone = sum(number for status, _, number in rows if status == Status.REMOVED)
    newest = select(Report).join(Feedback, Feedback.report_id == Report.id).where(Feedback.id.in_(last))
    reports = session.scalars(newest.order_by(Feedback.status.not_in(OUTCOMES), Feedback.id.desc()).limit(MOST)).all()
    by_report: dict[str, list[Feedback]] = {report.id: [] for report in reports}
    entries = select(Feedback).join(Report, Report.id == Feedback.report_id)
    entries = entries.where(*told, Feedback.report_id.in_(by_report))
    for entry in session.scalars(entries.order_by(Feedback.id)):
        by_report[entry.report_id].append(entry)
    return Contents(counts, gone, [(report, by_report[report.id][-LATEST:]) for report in reports])


def drop(session: Session, account_id: str) -> None:
    """Give up what has not left of this person's mails about several reports; the reports' pages still tell it all.

    A question among it, of somebody who had many mails that day, is mailed after all: it waits for an answer.
    """
    unsent = select(WeekMail.id).where(WeekMail.account_id == account_id, WeekMail.mailed_at.is_(None))
    questions = (
        select(Feedback.id)
        .join(Report, Report.id == Feedback.report_id)
        .where(
            Feedback.week_mail_id.in_(unsent), Feedback.status == Status.NEEDS_INFO, Report.status == Status.NEEDS_INFO
        )
    )
    for feedback_id in session.scalars(questions).all():
        work.enqueue(session, "mail_feedback", feedback_id)
    session.execute(update(Feedback).where(Feedback.week_mail_id.in_(unsent)).values(week_mail_id=None))
    session.execute(delete(WeekMail).where(WeekMail.account_id == account_id, WeekMail.mailed_at.is_(None)))


def mark_mailed(session: Session, mail_id: str) -> None:
    """Record that it was sent, and with it everything it tells of."""
    at = clock.now()
    session.execute(update(WeekMail).where(WeekMail.id == mail_id).values(mailed_at=at))
    session.execute(update(Feedback).where(Feedback.week_mail_id == mail_id).values(mailed_at=at))
