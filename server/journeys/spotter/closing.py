"""An account of any role is closed, and opened again: somebody who has left loses access immediately; what they did stays."""

from sqlalchemy.orm import Session

from server.core import clock, work
from server.core.database import write
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.spotter import questions, returning
from server.ledger.cases import claim_store
from server.ledger.complaints import store as complaints
from server.people.accounts import closing, frozen, signing_in
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation import certificates
from server.people.teams import store as teams


def close(account_id: str, by_id: str, why: str) -> str:
    """Close an account; the name. Raises Refused: forbidden, not-found, conflict, and invalid without a reason."""
    with write() as session:
        return _close(session, account_id, by_id, why)


def close_by_email(email: str, by_email: str, why: str) -> None:
    """The command line's closing, by addresses."""
    with write() as session:
        _close(session, _id_of(session, email), _id_of(session, by_email), why)


def reopen(account_id: str, by_id: str, why: str) -> str:
    """Open a closed account again; the name. Raises as `close` does."""
    with write() as session:
        return _reopen(session, account_id, by_id, why)


def reopen_by_email(email: str, by_email: str, why: str) -> None:
    """The command line's reopening, by addresses."""
    with write() as session:
        _reopen(session, _id_of(session, email), _id_of(session, by_email), why)


def _close(session: Session, account_id: str, by_id: str, why: str) -> str:
    asked = questions.cases_asked(session, account_id)  # before the account, as where a spotter answers
    administrators = accounts.open_administrators(session)
    account = _account(session, account_id)
    closing.may_close(account, _open(session, by_id), administrators)
    if account.disabled_at:
        raise Refused("conflict", sentence("This account is closed already."))
    at = clock.now()
    accounts.close(session, account, by_id, why, at)
    teams.withdraw_all_by(session, account_id, by_id, at)
    signing_in.end_access(session, account_id)
    certificates.hide_certificate(session, account_id, at)
    work.cancel(session, account_id)
    claim_store.end_all(session, account_id)
    complaints.let_go_all(session, account_id)
    for case in asked:
        questions.close_question(session, case, account_id, by_id)
    return account.name


def _reopen(session: Session, account_id: str, by_id: str, why: str) -> str:
    account = _account(session, account_id)
    closing.may_manage(account, _open(session, by_id))
    if not account.disabled_at:
        raise Refused("conflict", sentence("This account is open."))
    if frozen.since(session, account_id):
        raise Refused("conflict", sentence("This account is frozen. A coordinator unfreezes it."))
    accounts.reopen(session, account, by_id, why, clock.now())
    returning.queue_mails(session, account_id)
    return account.name


def _account(session: Session, account_id: str) -> Account:
    account = session.get(Account, account_id, with_for_update=True)
    if account is None or account.erased_at:
        raise Refused("not-found", sentence("There is no such account."))
    return account


def _open(session: Session, by_id: str) -> Account:
    by = session.get_one(Account, by_id)
    if by.disabled_at:
        raise Refused("forbidden", sentence("The account of %(email)s is closed.", email=by.email))
    return by


def _id_of(session: Session, email: str) -> str:
    account = accounts.by_email(session, email)
    if account is None:
        raise Refused("not-found", sentence("There is no account for %(email)s.", email=email))
    return account.id
