"""Step 14: the spotter hears, and may answer; and those a report is about are heard."""

from server import audit, clock, post, web, wording, work
from server.accounts.models import Account
from server.cases import states
from server.cases import store as cases
from server.database import read, write
from server.overview import lessons
from server.reports import store as reports
from server.reports.models import Feedback, Report
from server.words import (
    Refused,
    Status,
)

LONGEST_TITLE = 120  # characters of an ad's title in a mail: enough to know it again


def reply(account_id: str, report_id: str, text: str) -> None:
    """The spotter answers a coordinator's question; the case comes back to the queue."""
    with write() as session:
        case = cases.one(session, reports.own(session, account_id, report_id).case_id, lock=True)
        report = reports.own(session, account_id, report_id)  # again, now that nobody else changes it
        if report.status != Status.NEEDS_INFO:
            raise Refused("conflict", "No question waits for you on this report.")
        reports.say(session, report.id, Status.IN_REVIEW, "spotter", text)
        report.status, report.updated_at = Status.IN_REVIEW, clock.now()
        case.unseen_count += 1
        if states.possible(case.state, "reply"):
            cases.move(session, case, "reply", account_id)
        audit.record(session, account_id, "question_answered", "report", report.id)


@work.handler("mail_feedback")
def mail_feedback(feedback_id: str) -> None:
    """Tell the spotter by mail. The ad's text is in the body at most, never in a header."""
    with read() as session:
        entry = session.get(Feedback, feedback_id)
        if entry is None or entry.mailed_at:
            return
        report = session.get_one(Report, entry.report_id)
        account = session.get_one(Account, report.account_id)
        if account.erased_at:
            return  # what they sent goes on; nobody is left to hear of it
        kind = "question" if entry.status == Status.NEEDS_INFO else "outcome"
        context = {
            "report": report,
            "listing": _known_as(report),
            "feedback": entry,
            "phrase": wording.STATUS[Status(entry.status)],
            "report_url": f"{web.settings().base_url}/reports/{report.id}",
            "lesson": lessons.one(entry.lesson),
        }
        to = account.email
        subject = f"{wording.STATUS[Status(entry.status)].word}: report {report.reference}"
        message_id = post.message_id(feedback_id)
    post.send_template(kind, to, subject, context, message_id)
    with write() as session:
        session.get_one(Feedback, feedback_id).mailed_at = clock.now()


def _known_as(report: Report) -> str:
    """By what the spotter knows a listing again: its title, cut short, or its address."""
    title = report.title or report.url
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


# --- Those a report is about -----------------------------------------------------------------------------------------


def complain(about: str, text: str, email: str) -> str:
    """Somebody a report is about objects; the reference they are given."""
    with write() as session:
        return cases.complain(session, about, text, email).reference
