"""The one quiet reminder of the review: to those who chose it, when something is due, and never twice on a day."""

from sqlalchemy.orm import Session

from server.core import clock, post, recurring, web, work
from server.core.database import read, write
from server.core.sentences import sentence
from server.journeys.spotter import mailing, standing_mails
from server.journeys.spotter.mailing import ByRequest
from server.people.accounts import stop_link
from server.people.accounts.models import Account
from server.people.accounts.stop_link import Mailing
from server.people.accreditation import store as accreditation
from server.people.rounds import choice_store
from server.people.training import store as training
from server.reads import review

SUBJECT = sentence("Your review")


@recurring.every(3600, "remind_reviews")
def remind_reviews() -> None:
    """Write down and queue who is reminded today."""
    at = clock.now()
    with read() as session:
        possible = training.who_is_reminded(session, review.days(session, at), at.date())
        ids = [account_id for account_id in possible if _due(session, account_id)]
        days = {account_id: review.today(session, account_id, at) for account_id in ids}
    for account_id, day in days.items():
        with write() as session:
            if training.note_reminder(session, account_id, day):
                work.enqueue(session, "mail_review", account_id)


def _due(session: Session, account_id: str, *, told: bool = False) -> int:
    """How many questions this person is reminded of now; 0: they are not. told: that they are was recorded already."""
    at, account = clock.now(), session.get(Account, account_id)
    if account is None or account.erased_at:
        return 0
    choice, last = choice_store.choice(session, account_id), accreditation.current(session, account_id)
    day = review.today(session, account_id, at)
    if not mailing.concerns(ByRequest.REVIEW, standing_mails.addressee(account, choice, last, at, day)):
        return 0
    if not training.may_remind(session, account_id, day, told=told):
        return 0
    return len(review.of(session, account_id, at).due)


@work.handler("mail_review", low_priority=True)
def mail_review(account_id: str) -> None:
    """Send the reminder, if it still applies."""
    with read() as session:
        due = _due(session, account_id, told=True)
        if not due:
            return
        account = session.get_one(Account, account_id)
        to, language, day = account.email, account.language, training.told_on(session, account_id)
    stop = stop_link.address(account_id, Mailing.REVIEW)
    context = {
        "due": min(due, review.SITTING),
        "page": web.absolute("review.show"),
        "stop": stop,
    }
    message_id = post.message_id(f"review.{account_id}.{day}")
    post.send_template("review", to, SUBJECT, context, message_id, language, unsubscribe=stop)
    with write() as session:
        training.mark_reminded(session, account_id)
