"""Turning mails off: in the profile, by the link in a mail, or with one click in the mail program (RFC 8058)."""

from sqlalchemy.orm import Session

from server.core.database import write
from server.core.words import MailFrequency
from server.ledger.reports import week_mails
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accounts.stop_link import Mailing, StopLink
from server.people.rounds import choice_store
from server.people.training import store as training


def stop(link: StopLink) -> None:
    """Turn these mails off. Twice is once; nothing of an account that is erased."""
    with write() as session:
        account = session.get(Account, link.account_id)
        if account is None or account.erased_at:
            return
        if link.mailing is Mailing.REVIEW:
            training.choose_rhythm(session, link.account_id, None)
        elif link.mailing is Mailing.ROUNDS:
            choice_store.choose(session, link.account_id, reminders=False)
        else:
            _choose(session, link.account_id, MailFrequency.NEVER)


def choose_mails(account_id: str, mails: MailFrequency) -> None:
    """How often somebody is mailed about their reports from now on. Who wants none gets none that waits already, either."""
    with write() as session:
        _choose(session, account_id, mails)


def _choose(session: Session, account_id: str, mails: MailFrequency) -> None:
    accounts.choose_mails(session, account_id, mails)
    if mails == MailFrequency.NEVER:
        week_mails.drop(session, account_id)
