"""The second factor: set up, asked for at sign-in, its recovery codes, turned off.

A code that does not fit is counted for the account and the network, in the same transaction and behind the account's row:
many at once are one after the other, so that no number of requests gets more guesses than the waits allow.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from server.core import clock
from server.core.database import write
from server.core.sentences import counted, sentence
from server.core.words import Refused
from server.journeys.spotter import factor_mails
from server.people.accounts import factor_duty, factors, one_time_codes, signing_in, waits
from server.people.accounts.models import Account
from server.people.accounts.signing_in import Started
from server.people.accounts.store import digest


def sign_in_by_code(secret: str, code: str, network: str) -> Started:
    """The session of who gave the right password (`secret` is of its challenge) and now a right code.

    Raises Refused: gone for a challenge that ended, too-many, and invalid at the field.
    """
    at = clock.now()
    with write() as session:
        account = signing_in.account_by_challenge(session, secret, at, lock=True)
        right = _check(session, account.id, code, network, at)
        started = signing_in.pass_challenge(session, secret, account, at) if right else None
        if started and one_time_codes.recovery_code(code):
            factor_mails.tell(session, account.id, "mail_recovery_code_used")
    if started is None:
        raise factors.refused()
    return started


def enrol_at_sign_in(secret: str, sealed_key: str, code: str, network: str) -> tuple[Started, list[str]]:
    """The session of who had to set up a second factor first, and the recovery codes, to be shown once.

    Raises as `sign_in_by_code` does, and gone when the account has a second factor already.
    """
    at = clock.now()
    with write() as session:
        account = signing_in.account_by_challenge(session, secret, at, lock=True)
        if factors.of(session, account.id, lock=True):
            raise Refused("gone", sentence("This account has a second factor already. Sign in with its code."))
        _refuse_waiting(session, account.id, network)
        key = _confirmed_key(session, account.id, sealed_key, code, network, at)
        codes = _enrol(session, account.id, key, code, at) if key else None
        started = signing_in.pass_challenge(session, secret, account, at) if codes else None
    if codes is None or started is None:
        raise factors.refused()
    return started, codes


def enrol(
    account_id: str, password: str, sealed_key: str, code: str, before: str, network: str, session_secret: str
) -> list[str]:
    """Set up a second factor, or replace it by another app's; the recovery codes, to be shown once.

    before: a code of the factor that is replaced, used up only once the new app's fits. Sessions that have not passed the factor end by that; this one has.
    Raises Refused: too-many, and invalid at a field.
    """
    signing_in.confirm(account_id, password, network)
    at = clock.now()
    with write() as session:
        session.get_one(Account, account_id, with_for_update=True)
        _refuse_waiting(session, account_id, network)
        key = _confirmed_key(session, account_id, sealed_key, code, network, at)
        replaced = factors.of(session, account_id) is not None
        owner = key is not None and (not replaced or _check(session, account_id, before, network, at))
        codes = _enrol(session, account_id, key, code, at) if key and owner else None
        if codes:
            signing_in.mark_passed(session, session_secret, at)
    if key and not owner:
        detail = factors.refused().detail
        raise Refused("invalid", detail, errors={"before": [detail]})
    if codes is None:
        raise factors.refused()
    return codes


def new_codes(account_id: str, code: str, network: str) -> list[str]:
    """Another set of recovery codes, to be shown once. Raises Refused: too-many, and invalid at the field."""
    at = clock.now()
    with write() as session:
        right = _check(session, account_id, code, network, at)
        codes = factors.new_recovery_codes(session, account_id) if right else []
    if not codes:
        raise factors.refused()
    return codes


def turn_off(account_id: str, code: str, network: str) -> None:
    """No second factor from now on. Raises Refused: forbidden for who must have one, too-many, invalid at the field."""
    at = clock.now()
    with write() as session:
        if factor_duty.owes(session.get_one(Account, account_id)):
            raise Refused("forbidden", sentence("Coordinators and administrators sign in with a second factor."))
        right = _check(session, account_id, code, network, at)
        if right:
            factors.turn_off(session, account_id)
            factor_mails.tell(session, account_id, "mail_factor_off")
    if not right:
        raise factors.refused()


def _confirmed_key(
    session: Session, account_id: str, sealed_key: str, code: str, network: str, at: datetime
) -> str | None:
    """The key that a form brings back, when the code is its app's; None for a wrong code, which is counted."""
    key = factors.offered_key(account_id, sealed_key)
    if key is None:
        raise Refused("gone", sentence("This page was open for too long. Start again."))
    if one_time_codes.step_of(key, code, at) is None:
        _count(session, account_id, network)
        return None
    return key


def _enrol(session: Session, account_id: str, key: str, code: str, at: datetime) -> list[str] | None:
    before = factors.of(session, account_id)
    codes = factors.enrol(session, account_id, key, code, at)
    factor_mails.tell(session, account_id, "mail_factor_replaced" if before else "mail_factor_on")
    return codes


def _check(session: Session, account_id: str, code: str, network: str, at: datetime) -> bool:
    """Whether a code fits, which uses it up; one that does not is counted. Raises Refused("too-many")."""
    session.get_one(Account, account_id, with_for_update=True)
    _refuse_waiting(session, account_id, network)
    right = factors.use(session, account_id, code, at)
    if right:
        signing_in.forget_count(session, _keys(account_id, network)[0][0])
    else:
        _count(session, account_id, network)
    return right


def _keys(account_id: str, network: str) -> signing_in.Paced:
    return [(digest(f"factor:{account_id}"), waits.CODES), (digest(f"factor-network:{network}"), waits.NETWORK_CODES)]


def _count(session: Session, account_id: str, network: str) -> None:
    for key, pace in _keys(account_id, network):
        signing_in.count_failure(session, key, pace)


def _refuse_waiting(session: Session, account_id: str, network: str) -> None:
    signing_in.refuse_waiting(
        session,
        _keys(account_id, network),
        lambda seconds: counted(
            "Too many wrong codes. Wait %(number)s minute, then try again.",
            "Too many wrong codes. Wait %(number)s minutes, then try again.",
            -(-seconds // 60),
        ),
    )
