"""A threatened volunteer's account is frozen: nothing of theirs is passed on, nobody sees their name, until it is unfrozen."""

from sqlalchemy.orm import Session

from server.core import access, clock
from server.core.database import write
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.spotter import erasing, factor_mails, questions, returning
from server.people.accounts import frozen, signing_in
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation import certificates

# Work about a spotter that mails them nothing: an exam ends, the rules look at their skill, and a second person hears that they
# were named.
NOT_THEIRS = ("end_exam", "review_skill", "mail_second")
# Mails that are recorded nowhere else. They wait until the account is unfrozen.
WAIT = ("mail_feedback", "mail_step_down", *factor_mails.KINDS)


def freeze(account_id: str, by_id: str) -> None:
    """A coordinator freezes a spotter's account, or a spotter their own. Raises Refused: forbidden, not-found, conflict."""
    with write() as session:
        asked = questions.cases_asked(session, account_id)  # before the account, as where a spotter answers
        account = accounts.spotter(session, account_id, lock=True)
        if by_id != account_id:
            _coordinator(session, by_id)
        at = clock.now()
        erasing.cancel_mails(session, account, but=NOT_THEIRS + WAIT)
        signing_in.forget_address(session, account.email)
        frozen.freeze(session, account, by_id, at)
        signing_in.end_access(session, account_id)
        certificates.hide_certificate(session, account_id, at)
        for case in asked:
            questions.close_question(session, case, account_id, by_id)


def unfreeze(account_id: str, by_id: str, why: str) -> str:
    """A coordinator opens a frozen account again; the name. Raises Refused: forbidden, not-found, conflict, invalid."""
    with write() as session:
        account = accounts.spotter(session, account_id, lock=True)
        _coordinator(session, by_id)
        frozen.unfreeze(session, account, by_id, why, clock.now())
        returning.queue_mails(session, account_id)
        return account.name


def _coordinator(session: Session, by_id: str) -> None:
    by = session.get_one(Account, by_id)
    if not access.can("people.freeze", by) or by.disabled_at:
        raise Refused("forbidden", sentence("Only coordinators can freeze another person’s account."))
