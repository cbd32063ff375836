"""Signing in: sessions, failed attempts, and ending everything that gives somebody access."""

import math
import secrets
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, cast

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from server.core import audit, clock
from server.core.database import INSERT, changed, connection, db, first_id, one_at_a_time, write
from server.core.sentences import Sentence, counted, sentence
from server.core.words import Refused
from server.people.accounts import factor_duty, factors, passwords, waits
from server.people.accounts.factor_models import SecondFactor, SignInChallenge
from server.people.accounts.models import Account, DeviceGrant, SignIn, SignInFailures, SignInLink, Token
from server.people.accounts.store import by_email, digest, fold_email
from server.people.accounts.waits import ACCOUNT, NETWORK, Pace

Paced = Sequence[tuple[str, Pace]]

SESSION_LASTS = timedelta(days=14)
LINK_LASTS = timedelta(minutes=15)
CHALLENGE_LASTS = timedelta(minutes=10)  # between password and code
COUNTED = timedelta(days=1)  # until a failed sign-in is deleted; it is forgotten long before
FORGIVES = COUNTED  # between two sign-ins of an address that forgive its network
SIGN_IN = (ACCOUNT, NETWORK)  # the paces of an address and of a network, in the order of `_keys`


class Started(NamedTuple):
    """What a right password, or a link, gives: a session, or first a challenge, which opens nothing but its own page."""

    secret: str
    account: Account
    challenge: bool = False
    passed: bool = False  # a code of the second factor was given


def sign_in(email: str, password: str, network: str) -> Started:
    """A new session's secret and its account; a challenge's where a second factor is due.

    Raises Refused("too-many") while the address or the network is locked, with the minutes to wait, and
    Refused("invalid") with the same words and in the same time whether the address is known or not.
    """
    keys = _keys(email, network)
    _count_attempt(keys)
    account = by_email(db.session(), email)
    right = passwords.matches(password, account.password_hash if account else None)  # as slow for nobody's address
    if account is None or not right or account.disabled_at:
        raise Refused("invalid", sentence("The email address or the password is incorrect."))
    checked = account.password_hash
    with write() as session:
        one_at_a_time(session, account.id)  # the account before what is counted, as where a password is set
        account, at = session.get_one(Account, account.id), clock.now()
        if account.password_hash != checked or account.disabled_at:  # changed since, and everybody was signed out
            raise Refused("invalid", sentence("The email address or the password is incorrect."))
        started = _start(session, account, at)
        _take_back(session, keys)
        _forgive(session, account.email, keys[1], at)
        return started


def _start(session: Session, account: Account, at: datetime) -> Started:
    """The one way from a password or a link to a session: who owes a code, or has to set up a factor, gets a challenge."""
    forget_failures(session, account.email)
    if factors.of(session, account.id) is None and not _must_enrol(account, at):
        return start_session(session, account, at)
    secret = secrets.token_urlsafe(32)
    expires_at = at + CHALLENGE_LASTS
    session.add(SignInChallenge(hash=digest(secret), account_id=account.id, expires_at=expires_at))
    return Started(secret, account, challenge=True)


def _must_enrol(account: Account, at: datetime) -> bool:
    """Whether somebody without a second factor may not go on without one. They are asked from the first sign-in on."""
    if not factor_duty.owes(account):
        return False
    if account.factor_asked_at is None:
        account.factor_asked_at = at
    return _is_due(account, at)


def _is_due(account: Account, at: datetime) -> bool:
    day = factor_duty.due_on(account, at)
    return day is not None and at >= day


def start_session(session: Session, account: Account, at: datetime, passed: bool = False) -> Started:
    """A session. `passed`: a code of the second factor was given."""
    secret = secrets.token_urlsafe(32)
    passed_at = at if passed else None
    expires_at = at + SESSION_LASTS
    session.add(
        SignIn(hash=digest(secret), account_id=account.id, created_at=at, expires_at=expires_at, passed_at=passed_at)
    )
    audit.record(session, account.id, "signed_in", "account", account.id)
    return Started(secret, account, passed=passed)


def account_by_challenge(session: Session, secret: str, at: datetime, *, lock: bool = False) -> Account:
    """Who gave the right password and owes the rest. Raises Refused("gone") for a challenge that ended."""
    live = SignInChallenge.hash == digest(secret), SignInChallenge.expires_at > at, Account.disabled_at.is_(None)
    chosen = select(Account).join(SignInChallenge, SignInChallenge.account_id == Account.id).where(*live)
    account = session.scalars(chosen.with_for_update() if lock else chosen).first()
    if account is None:
        raise Refused("gone", sentence("Signing in took too long. Start again with your password."))
    return account


def pass_challenge(session: Session, secret: str, account: Account, at: datetime) -> Started:
    """The session that a challenge was for; the challenge is over."""
    session.execute(delete(SignInChallenge).where(SignInChallenge.hash == digest(secret)))
    return start_session(session, account, at, passed=True)


def mark_passed(session: Session, secret: str, at: datetime) -> None:
    """A code of the second factor was given in this session."""
    session.execute(update(SignIn).where(SignIn.hash == digest(secret)).values(passed_at=at))


def make_link(session: Session, account_id: str, at: datetime) -> str:
    """The secret of a link by which somebody signs in once, within `LINK_LASTS`, however many others guess meanwhile."""
    secret = secrets.token_urlsafe(32)
    session.add(SignInLink(hash=digest(secret), account_id=account_id, expires_at=at + LINK_LASTS))
    return secret


def sign_in_by_link(secret: str) -> Started:
    """As `sign_in`, by a link; it and every other of theirs is used up. Raises Refused("gone")."""
    at = clock.now()
    with write() as session:
        account = account_by_link(session, secret, at)
        session.execute(delete(SignInLink).where(SignInLink.account_id == account.id))
        return _start(session, account, at)


def account_by_link(session: Session, secret: str, at: datetime) -> Account:
    """Whose link this is. Raises Refused("gone") for one that was used, has expired, or was never made."""
    live = (SignInLink.hash == digest(secret), SignInLink.expires_at > at, Account.disabled_at.is_(None))
    chosen = select(Account).join(SignInLink, SignInLink.account_id == Account.id).where(*live)
    account = session.scalars(chosen.with_for_update()).first()
    if account is None:
        raise Refused("gone", sentence("A sign-in link works once, for 15 minutes. Ask for a new one."))
    return account


def forget_links(session: Session, at: datetime) -> None:
    """Delete links and challenges that have expired."""
    session.execute(delete(SignInLink).where(SignInLink.expires_at <= at))
    session.execute(delete(SignInChallenge).where(SignInChallenge.expires_at <= at))


def confirm(account_id: str, password: str, network: str) -> None:
    """Ask for the password again before what cannot be undone. Raises Refused: too-many, and invalid at the field."""
    account = db.session.get_one(Account, account_id)
    keys = _keys(account.email, network)
    _count_attempt(keys)
    if not passwords.matches(password, account.password_hash):
        detail = sentence("The password is incorrect.")
        raise Refused("invalid", detail, errors={"password": [detail]})
    with write() as session:
        _take_back(session, keys)


def forget_failures(session: Session, email: str) -> None:
    """Nothing is kept of an address's failed sign-ins."""
    forget_count(session, _keys(email, "")[0])


def forget_address(session: Session, email: str) -> None:
    """Nothing is kept of an address's sign-ins: neither of those that failed nor of the last that forgave its network."""
    forget_failures(session, email)
    forget_count(session, _forgiver(email))


def _keys(email: str, network: str) -> list[str]:
    return [digest("address:" + fold_email(email)), digest("network:" + network)]


def _forgiver(email: str) -> str:
    return digest("forgiver:" + fold_email(email))


def _count_attempt(keys: list[str]) -> None:
    """Count a failure before the password is looked at, so that of many attempts at once none passes uncounted.

    Always the address before the network: two transactions then never wait for each other. Raises Refused("too-many").
    """
    paced = list(zip(keys, SIGN_IN, strict=True))
    with write() as session:
        for key, _ in paced:
            _locked(session, key)
        _refuse_locked(session, paced)
        for key, pace in paced:
            count_failure(session, key, pace)


def _take_back(session: Session, keys: list[str]) -> None:
    """The password was right: what was counted before it was looked at was no failure."""
    for key in keys:
        row = session.get(SignInFailures, key, with_for_update=True)
        if row and row.count > 1:
            row.count -= 1
        elif row:
            session.delete(row)


def _refuse_locked(session: Session, paced: Paced) -> None:
    refuse_waiting(
        session,
        paced,
        lambda seconds: (
            counted(
                "Too many attempts. Wait %(number)s second, or sign in by a link that we email you.",
                "Too many attempts. Wait %(number)s seconds, or sign in by a link that we email you.",
                seconds,
            )
            if seconds < 90
            else counted(
                "Too many attempts. Wait %(number)s minute, or sign in by a link that we email you.",
                "Too many attempts. Wait %(number)s minutes, or sign in by a link that we email you.",
                -(-seconds // 60),
            )
        ),
    )


def refuse_waiting(session: Session, paced: Paced, words: Callable[[int], Sentence]) -> None:
    """Raises Refused("too-many") in these words while one of the keys has to wait, with the seconds."""
    at = clock.now()
    for key, pace in paced:
        failures = session.get(SignInFailures, key)
        left = waits.left(failures.count, failures.last_at, at, pace) if failures else timedelta()
        if left > timedelta():
            seconds = math.ceil(left.total_seconds())
            raise Refused("too-many", words(seconds), retry_after=seconds)


def count_failure(session: Session, key: str, pace: Pace) -> None:
    """One more failure of a key, beside those that still count."""
    row, at = _locked(session, key), clock.now()
    row.count, row.last_at = waits.counting(row.count, row.last_at, at, pace) + 1, at


def _locked(session: Session, key: str) -> SignInFailures:
    """The row of a key, for this transaction alone. One statement: a row that is not there cannot be locked otherwise."""
    on = connection(session)
    new = INSERT[on.dialect.name](SignInFailures).values(key=key, count=0, last_at=clock.now())
    kept = new.on_conflict_do_update(index_elements=["key"], set_={"count": SignInFailures.count})
    fresh = {"populate_existing": True}
    row: SignInFailures = session.scalars(kept.returning(SignInFailures), execution_options=fresh).one()
    return row


def forget_count(session: Session, key: str) -> None:
    """Nothing is counted of a key any more."""
    session.execute(delete(SignInFailures).where(SignInFailures.key == key))


def _forgive(session: Session, email: str, network_key: str, at: datetime) -> None:
    """The first right sign-in of an address in a day forgives its network half.

    If all of it, or each time, whoever has one account could guess at the others for free.
    """
    last = _locked(session, _forgiver(email))
    if last.count and last.last_at > at - FORGIVES:
        return
    last.count, last.last_at = 1, at
    row = session.get(SignInFailures, network_key, with_for_update=True)
    if row:
        row.count = waits.counting(row.count, row.last_at, at, NETWORK) // 2


def account_by_session(secret: str) -> Account | None:
    """The account behind a session cookie, or None when it was ended, ran out, or the account is closed.

    Once an account has a second factor, no session counts that has not passed it, whenever and wherever it began; nor does one
    that began without, from the day on which the account must have one.
    """
    at = clock.now()
    account = select(Account, SignIn.passed_at).join(SignIn, SignIn.account_id == Account.id)
    passed = or_(SignIn.passed_at.is_not(None), ~exists().where(SecondFactor.account_id == Account.id))
    live = (SignIn.hash == digest(secret), SignIn.expires_at > at, Account.disabled_at.is_(None), passed)
    row = db.session.execute(account.where(*live)).first()
    if row is None or (row.passed_at is None and _is_due(row.Account, at)):
        return None
    return cast(Account, row.Account)


def sign_out(secret: str) -> None:
    """End one session."""
    with write() as session:
        session.execute(delete(SignIn).where(SignIn.hash == digest(secret)))


def end_sessions(session: Session, account_id: str, keep: str = "") -> None:
    """Sign an account out everywhere but in `keep`, a session's secret: other browsers, devices and programs."""
    end_access(session, account_id, keep)
    audit.record(session, account_id, "sessions_ended", "account", account_id)


def end_access(session: Session, account_id: str, keep: str = "") -> None:
    """End every session of an account but `keep`, every token, and every pairing that is about to get one."""
    end_sign_ins(session, account_id, keep)
    # Pairings first: this waits for a device that is just getting its token, which is then among those revoked.
    waiting = (DeviceGrant.account_id == account_id, DeviceGrant.redeemed_at.is_(None))
    session.execute(delete(DeviceGrant).where(*waiting))
    live = (Token.account_id == account_id, Token.revoked_at.is_(None))
    session.execute(update(Token).where(*live).values(revoked_at=clock.now()))


def end_sign_ins(session: Session, account_id: str, keep: str = "") -> None:
    """End every session of an account but `keep`, and every one that is about to begin. Devices and programs stay."""
    session.execute(delete(SignIn).where(SignIn.account_id == account_id, SignIn.hash != digest(keep)))
    session.execute(delete(SignInLink).where(SignInLink.account_id == account_id))
    session.execute(delete(SignInChallenge).where(SignInChallenge.account_id == account_id))


def set_password(session: Session, account_id: str, password_hash: str, language: str | None = None) -> None:
    """Keep a chosen password; every session and device of the account ends, whoever held the old one.

    language: their browser's, kept when none is yet.
    """
    session.execute(
        update(Account)
        .where(Account.id == account_id)
        .values(password_hash=password_hash, language=func.coalesce(Account.language, language))
    )
    end_access(session, account_id)
    forget_failures(session, session.get_one(Account, account_id).email)  # who forgot the old one is not locked out
    audit.record(session, account_id, "password_set", "account", account_id)


def forget_ended(session: Session, at: datetime, most: int) -> int:
    """Delete up to `most` expired sessions; how many. Only sessions older than the longest are looked at: identifiers are
    ordered by age."""
    ended = select(SignIn.id).where(SignIn.id < first_id(at - SESSION_LASTS), SignIn.expires_at <= at).limit(most)
    return changed(session, delete(SignIn).where(SignIn.id.in_(ended)))


def old_failures(session: Session, at: datetime) -> list[str]:
    """Keys whose last failed sign-in is so old that the next counts as the first. A full scan: an index would cost each
    failed sign-in."""
    return list(session.scalars(select(SignInFailures.key).where(SignInFailures.last_at < at - COUNTED)))


def forget_old_failures(session: Session, keys: Collection[str], at: datetime) -> None:
    """Delete these, except keys with a new failure since."""
    session.execute(delete(SignInFailures).where(SignInFailures.key.in_(keys), SignInFailures.last_at < at - COUNTED))
