"""Rounds remind those who take part, by mail: before the start, mid-round whoever has not searched this week, before the end.

Each reminder is a row before it is a mail, unique by round, person and occasion: there is never a second. What has changed
until the mail leaves counts: who has searched, left or refused meanwhile is not written to.
"""

from server.core import clock, post, web, work
from server.core.database import read, write
from server.people.accounts.models import Account
from server.people.rounds import mails, store
from server.people.rounds.models import RoundMail
from server.people.rounds.weeks import Reminder

SUBJECT = {
    Reminder.START: "A round starts soon",
    Reminder.WEEK: "Your searches of this week",
    Reminder.END: "A round ends soon",
}


@work.every(3600, "remind_rounds")
def remind_rounds() -> None:
    """Write down who is to be reminded today, and queue the mails."""
    with write() as session:
        mails.queue(session, store.today())


@work.handler("mail_round")
def mail_round(mail_id: str) -> None:
    """Send one reminder, if it still says something."""
    with read() as session:
        mail = session.get(RoundMail, mail_id)
        if mail is None or mail.mailed_at or not mails.still_due(session, mail, store.today()):
            return
        account, found = session.get_one(Account, mail.account_id), store.one(session, mail.round_id)
        if account.disabled_at:
            return
        kind = mails.occasion(mail.name)
        base = web.settings().base_url
        page = f"{base}/rounds/{found.id}" if kind is Reminder.START else f"{base}/work"
        context = {"kind": kind.value, "round": found, "page": page, "profile": f"{base}/profile"}
        to = account.email
    post.send_template("round", to, SUBJECT[kind], context, post.message_id(mail_id))
    with write() as session:
        session.get_one(RoundMail, mail_id).mailed_at = clock.now()
