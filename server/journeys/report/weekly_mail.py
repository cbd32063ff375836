"""Step 14, several reports in one mail: once a week for those who chose so, and the next day what was too much at once.

What is to be told joins the person's open mail as it is said (`feedback.mail_feedback`). On its day the mail is closed and
queued, in one transaction a person; it leaves by the outbox, and what it told is marked. Two workers, or one that starts
again, close it once.
"""

from typing import Any

from sqlalchemy import select

from server.core import clock, languages, plain_text, post, recurring, web, work
from server.core.database import read, write
from server.core.sentences import sentence
from server.core.words import MailFrequency
from server.ledger.reports import feedback_words, mailing, week_mails
from server.ledger.reports.models import Feedback, Report, WeekMail
from server.people.accounts import stop_link
from server.people.accounts.models import Account
from server.people.accounts.stop_link import Mailing
from server.people.courses import lesson_links
from server.reads import my_reports, round_figures

AT_ONCE = 200  # mails queued in one go; the worker looks again in a minute
LONGEST_TITLE = 120  # characters of an ad's title in a mail: enough to know it again
LONGEST_WORDS = 600  # characters of what was said; the report's page has all of it


@recurring.every(60, "queue_week_mails")
def queue_week_mails() -> None:
    """Queue the mails whose day has come, of those who are still here."""
    waiting = select(WeekMail.id).join(Account, Account.id == WeekMail.account_id)
    due = (WeekMail.queued_at.is_(None), WeekMail.due_on <= clock.now().date(), Account.disabled_at.is_(None))
    with read() as session:
        mail_ids = session.scalars(waiting.where(*due).order_by(WeekMail.id).limit(AT_ONCE)).all()
    for mail_id in mail_ids:
        with write() as session:
            week_mails.queue(session, mail_id)


@work.handler("mail_week", low_priority=True)
def mail_week(mail_id: str) -> None:
    """Send one mail about several reports."""
    with read() as session:
        mail = session.get(WeekMail, mail_id)
        if mail is None or mail.mailed_at:
            return
        account = session.get_one(Account, mail.account_id)
        contents = week_mails.contents(session, mail_id)
        if account.disabled_at or not contents.total:
            return
        base, moved = web.settings().base_url, mailing.moved(contents.counts, contents.gone_before)
        fates = my_reports.fates_of(session, [report for report, _ in contents.reports])
        with languages.speaking(account.language):
            shown = [_shown(report, feedback, fates) for report, feedback in contents.reports]
        context: dict[str, Any] = {
            "moved": moved,
            "weekly": account.mails == MailFrequency.WEEK,
            "total": contents.total,
            "reports": shown,
            "left": contents.total - len(contents.reports),
            "reports_url": f"{base}/reports",
            "choice_url": choice_url(),
            # Who wants no mails gets one all the same for a question on a day of many: there is nothing to turn off.
            "stop": None
            if account.mails == MailFrequency.NEVER
            else stop_link.address(mail.account_id, Mailing.REPORTS),
            "round": round_figures.own_part(session, mail.account_id),
        }
        to, language = account.email, account.language
    post.send_template(
        "week",
        to,
        sentence("Your reports: %(moved)s", moved=moved),
        context,
        post.message_id(mail_id),
        language,
        unsubscribe=context["stop"],
    )
    with write() as session:
        week_mails.mark_mailed(session, mail_id)


def known_as(report: Report) -> str:
    """By what the spotter knows a listing again: its title, cut short, or its address."""
    return _cut(report.title or report.url, LONGEST_TITLE)


def choice_url() -> str:
    """Where a spotter chooses how often we write."""
    return f"{web.settings().base_url}/profile#mails"


def _shown(report: Report, entries: list[Feedback], fates: my_reports.Fates) -> dict[str, Any]:
    return {
        "reference": report.reference,
        "listing": known_as(report),
        "phrase": my_reports.phrase(report, entries[-1], fates),
        "said": [
            {
                "speaker": entry.speaker,
                "text": _cut(plain_text.plain(languages.translated(feedback_words.words(entry))), LONGEST_WORDS),
            }
            for entry in entries
        ],
        "url": f"{web.settings().base_url}/reports/{report.id}",
        "lesson": next((lesson for entry in reversed(entries) if (lesson := lesson_links.get(entry.lesson))), None),
    }


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
