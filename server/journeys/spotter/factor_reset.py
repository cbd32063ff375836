"""Somebody has lost their phone and their recovery codes: two other people take the second factor away.

A new password by mail never does it, so that a mailbox alone opens no account. When no two people are left who can sign
in, whoever has the server does it by a command. The account is mailed each time, before and after.
"""

from sqlalchemy.orm import Session

from server.core import access, clock
from server.core.database import write
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.spotter import factor_mails
from server.people.accounts import factors, second_person, signing_in
from server.people.accounts import store as accounts
from server.people.accounts.models import Account


def ask_reset(account_id: str, by_id: str, why: str) -> str:
    """An administrator asks to take somebody's second factor away; the name. The account is mailed at once.

    Raises Refused: forbidden, not-found, conflict, and invalid without a reason.
    """
    with write() as session:
        account = _with_factor(session, account_id)
        _able(session, "people.ask_factor_reset", by_id, account_id)
        factors.ask_reset(session, account_id, by_id, why, clock.now())
        factor_mails.tell(session, account_id, "mail_factor_reset_asked")
        return account.name


def confirm_reset(account_id: str, by_id: str) -> str:
    """A second person agrees: the factor is gone, its sessions end, the account is mailed; the name.

    Raises Refused: forbidden, not-found, and conflict for who asked, where one of the two accounts is new, or when nobody
    asked who still may.
    """
    at = clock.now()
    with write() as session:
        account = _with_factor(session, account_id)
        _able(session, "people.confirm_factor_reset", by_id, account_id)
        reset = factors.waiting_reset(session, account_id, at, lock=True)
        if reset is None:
            raise Refused(
                "conflict", sentence("This reset was withdrawn, confirmed already, or asked for too long ago.")
            )
        if reset.asked_by_id == by_id:
            raise Refused(
                "conflict", sentence("You asked for this reset. Another coordinator or administrator confirms it.")
            )
        asker, by = session.get_one(Account, reset.asked_by_id), session.get_one(Account, by_id)
        if any(second_person.is_new(each.invited_by_id, each.created_at, at) for each in (asker, by)):
            raise Refused(
                "conflict",
                sentence(
                    "One of your two accounts was opened, or given its role, in the last 30 days. Two others ask for it and confirm it."
                ),
            )
        if not _may(session, "people.ask_factor_reset", reset.asked_by_id):
            raise Refused(
                "conflict",
                sentence(
                    "The person who asked for this reset no longer has the right to. Withdraw it; an administrator can ask again."
                ),
            )
        factors.confirm_reset(session, reset, by_id, at)
        _end(session, account_id)
        return account.name


def withdraw_reset(account_id: str, by_id: str) -> None:
    """The factor stays after all; whoever may confirm may also say no. Raises Refused: forbidden, conflict."""
    with write() as session:
        _able(session, "people.confirm_factor_reset", by_id, account_id)
        if not factors.withdraw_reset(session, account_id, by_id):
            raise Refused(
                "conflict", sentence("This reset was withdrawn, confirmed already, or asked for too long ago.")
            )


def reset_by_command(email: str) -> None:
    """On the server, when no two people are left who could: whoever has the machine. Raises Refused: not-found, conflict."""
    with write() as session:
        account = accounts.by_email(session, email)
        if account is None:
            raise Refused("not-found", sentence("There is no account for %(email)s.", email=email))
        _with_factor(session, account.id)
        factors.remove_by(session, account.id, None)
        _end(session, account.id)


def _end(session: Session, account_id: str) -> None:
    signing_in.end_sign_ins(session, account_id)
    factor_mails.tell(session, account_id, "mail_factor_reset")


def _with_factor(session: Session, account_id: str) -> Account:
    account = session.get(Account, account_id, with_for_update=True)
    if account is None or account.erased_at:
        raise Refused("not-found", sentence("There is no such account."))
    if factors.of(session, account_id) is None:
        raise Refused("conflict", sentence("This account has no second factor."))
    return account


def _may(session: Session, action: str, by_id: str) -> bool:
    by = session.get_one(Account, by_id)
    return access.can(action, by) and not by.disabled_at


def _able(session: Session, action: str, by_id: str, account_id: str) -> None:
    if not _may(session, action, by_id):
        raise Refused("forbidden", sentence("You do not have access to this page."))
    if by_id == account_id:
        raise Refused("forbidden", sentence("Two other people reset your second factor."))
