"""Rounds remind the people who take part by mail: before the start, mid-round if they have not searched this week, before
the end.

Each reminder is a row before it is a mail, unique by round, person and occasion: there is never a second. It is checked again
before sending: people who have searched, left or turned reminders off in the meantime get no mail.
"""

from server.core import post, web, work
from server.core.database import read, write
from server.core.sentences import sentence
from server.people.accounts.models import Account
from server.people.rounds import mails, store
from server.people.rounds.models import RoundMail
from server.people.rounds.weeks import Reminder

SUBJECT = {
    Reminder.START: sentence("A round starts soon"),
    Reminder.WEEK: sentence("Your searches this week"),
    Reminder.END: sentence("A round ends soon"),
}


@work.every(3600, "remind_rounds")
def remind_rounds() -> None:
    """Record who is to be reminded today, and queue the mails."""
    with write() as session:
        mails.queue(session, store.today())


@work.handler("mail_round")
def mail_round(mail_id: str) -> None:
    """Send one reminder, if it still applies."""
    with read() as session:
        mail = session.get(RoundMail, mail_id)
        if mail is None or mail.mailed_at or not mails.still_due(session, mail, store.today()):
            return
        account, round_ = session.get_one(Account, mail.account_id), store.get(session, mail.round_id)
        if account.disabled_at:
            return
        kind = mails.occasion(mail.name)
        start = kind is Reminder.START
        page = web.absolute("rounds.show", round_id=round_.id) if start else web.absolute("rounds.work")
        context = {"kind": kind.value, "round": round_, "page": page, "profile": web.absolute("accounts.profile")}
        to, language = account.email, account.language
    post.send_template("round", to, SUBJECT[kind], context, post.message_id(mail_id), language)
    with write() as session:
        mails.mark_mailed(session, mail_id)
