"""Step 14: feedback to spotters, and their answers."""

import hashlib
from collections.abc import Sequence

from sqlalchemy.orm import Session

from server.core import audit, clock, post, web, work
from server.core.database import read, write
from server.core.sentences import sentence
from server.core.words import CaseState, FeedbackCode, MailFrequency, Refused, Status
from server.journeys.report import effect, intake
from server.journeys.report.message_to_send import HELD_FOR
from server.journeys.report.weekly_mail import choice_url, known_as
from server.ledger.cases import states
from server.ledger.cases import store as cases
from server.ledger.notices import pending_store
from server.ledger.notices import store as notices
from server.ledger.reports import addition_store, feedback_words, mail_store, mailing, submission, week_mails
from server.ledger.reports import store as reports
from server.ledger.reports.feedback_words import Entry
from server.ledger.reports.mailing import When
from server.ledger.reports.models import Feedback, Report
from server.people.accounts import stop_link
from server.people.accounts.models import Account
from server.people.accounts.stop_link import Mailing
from server.people.courses import lesson_links
from server.reads import my_reports, round_figures


def reply(account_id: str, report_id: str, text: str, pictures: Sequence[bytes] = ()) -> None:
    """Record a spotter's answer to a coordinator's question, with the pictures beside it. The case returns to the queue.

    The same once more, as a form that is sent twice or a client that lost our reply, changes nothing. The pictures are
    checked and kept as those of a report are: in the vault, fsynced, before the transaction begins.
    Raises Refused: not-found, conflict, invalid (too many pictures, no picture), unavailable.
    """
    files: list[submission.File] = []
    hashes = [hashlib.sha256(picture).hexdigest() for picture in pictures]
    if pictures:
        with read() as session:
            if _is_sent(session, reports.own(session, account_id, report_id), text, hashes):
                return
            there = [file.name for file in reports.evidence(session, [report_id])[report_id]]
        files = submission.check_answer(list(pictures), there)
        intake.keep_files(files)
    with write() as session:
        case = cases.get(session, reports.own(session, account_id, report_id).case_id, lock=True)
        report = reports.own(session, account_id, report_id)  # again, now that nobody else changes it
        if _is_sent(session, report, text, hashes):
            return
        names = [file.name for file in files]
        entry = Entry(FeedbackCode.REPLY, {"pictures": names} if names else {}, text, "spotter")
        reports.add_evidence(session, report.id, files)
        effect.overtake(session, case)
        reports.move(session, report, Status.IN_REVIEW, entry, actor_id=account_id)
        if case.state != CaseState.CLOSED:  # one that a ring's report closed waits for nobody
            cases.count_answer(case)
        if states.possible(case.state, "reply"):
            cases.move(session, case, "reply", account_id)
        else:
            cases.touch(case)  # a decision is made on what was seen: one more answer is something else
        audit.record(session, account_id, "question_answered", "report", report.id)


def _is_sent(session: Session, report: Report, text: str, hashes: Sequence[str]) -> bool:
    """Whether this answer is here already. Raises Refused("conflict") for another where nothing is asked."""
    if report.status == Status.NEEDS_INFO:
        return False
    if addition_store.said_last(session, report.id, FeedbackCode.REPLY, text, hashes):
        return True
    raise Refused("conflict", sentence("This report has no open question for you."))


@work.handler("mail_feedback")
def mail_feedback(feedback_id: str) -> None:
    """Tell the spotter by mail, as often as they chose and no more than is bearable (`mailing`).

    The ad's text is in the body at most, never in a header.
    """
    if not _takes_up_mail(feedback_id):
        return
    with read() as session:
        entry = session.get_one(Feedback, feedback_id)
        report = session.get_one(Report, entry.report_id)
        account = session.get_one(Account, report.account_id)
        phrase = my_reports.phrase(report, entry, my_reports.fates_of(session, [report]))
        asks = entry.status == Status.NEEDS_INFO and entry.code in feedback_words.ASKS
        kind = "question" if asks else "outcome"
        stop = None if asks else stop_link.address(account.id, Mailing.REPORTS)
        context = {
            "report": report,
            "listing": known_as(report),
            "feedback": entry,
            "text": feedback_words.words(entry),
            "phrase": phrase,
            "report_url": f"{web.settings().base_url}/reports/{report.id}",
            "choice_url": choice_url(),
            "stop": stop,
            "lesson": lesson_links.get(entry.lesson),
            "round": None if asks else round_figures.own_part(session, account.id),
        }
        to, language = account.email, account.language
        subject = sentence("%(status)s: report %(reference)s", status=phrase.word, reference=report.reference)
        message_id = post.message_id(feedback_id)
    post.send_template(kind, to, subject, context, message_id, language, unsubscribe=stop)
    with write() as session:
        mail_store.mark_mailed(session, feedback_id)


def _takes_up_mail(feedback_id: str) -> bool:
    """Whether a mail of its own is to leave now. What is told with others joins their mail here.

    It is settled before the mail leaves, one thing said after the other, so that two workers count alike.
    """
    with write() as session:
        entry = session.get(Feedback, feedback_id)
        if entry is None or entry.mailed_at or entry.week_mail_id:
            return False
        report = session.get_one(Report, entry.report_id)
        if not mailing.still_to_tell(Status(entry.status), Status(report.status)):
            return False
        account = session.get_one(Account, report.account_id, with_for_update=True)
        if entry.code == FeedbackCode.OVERDUE and report.notice_id:
            notice = notices.get(session, None, report.notice_id)
            if notice.decided_at or notice.our_turn_since:
                return False  # the company has written since, and they hear of that
            if pending_store.on(session, [report.notice_id]):
                raise work.Retry("An answer can still be undone.", after=HELD_FOR, counts=False)
        if account.erased_at:
            return False  # what they sent goes on; nobody is left to hear of it
        if entry.own_mail_at and not account.disabled_at:
            return True  # an attempt before this one
        before, told = (
            mail_store.said_before(session, entry),
            mail_store.mail_history(session, entry, account.id, report.case_id),
        )
        when = mailing.when(MailFrequency(account.mails), Status(entry.status), before, told, clock.now())
        if when is When.NOW and account.disabled_at:
            when = When.DAY  # closed or frozen: told with all else once the account is open again
        if when is When.NOW:
            mail_store.take_up_mail(entry)
        elif when in (When.DAY, When.WEEK):
            week_mails.gather(session, entry, account.id, mailing.due_on(when, clock.now().date()))
        return when is When.NOW
