"""Signing in: sessions, failed attempts, and the end of everything by which somebody gets in."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from server.core import audit, clock
from server.core.database import changed, db, first_id, write
from server.core.words import Refused, Sentence, counted, sentence
from server.people.accounts import passwords
from server.people.accounts.models import Account, DeviceGrant, SignIn, SignInFailures, Token
from server.people.accounts.store import by_email, digest, fold_email

SESSION_LASTS = timedelta(days=14)
FREE_TRIES = 5  # failed sign-ins before the first lock
LONGEST_LOCK = timedelta(hours=1)
COUNTED = timedelta(days=1)  # a failed sign-in counts together with those before it when it follows within that time


def sign_in(email: str, password: str, network: str) -> tuple[str, Account]:
    """A new session's secret and its account.

    Raises Refused("too-many") while the address or the network is locked, with the minutes to wait, and
    Refused("invalid") with the same words and in the same time whether the address is known or not.
    """
    keys = _keys(email, network)
    _refuse_locked(keys)
    account = by_email(db.session(), email)
    right = passwords.matches(password, account.password_hash if account else None)  # as slow for nobody's address
    if account is None or not right or account.disabled_at:
        _count_failures(keys)
        raise Refused("invalid", sentence("The email address or the password is incorrect."))
    secret, at, checked = secrets.token_urlsafe(32), clock.now(), account.password_hash
    with write() as session:
        account = session.get_one(Account, account.id)
        if account.password_hash != checked or account.disabled_at:  # changed since, and everybody was signed out
            raise Refused("invalid", sentence("The email address or the password is incorrect."))
        session.execute(delete(SignInFailures).where(SignInFailures.key == keys[0]))
        session.add(SignIn(hash=digest(secret), account_id=account.id, created_at=at, expires_at=at + SESSION_LASTS))
        audit.record(session, account.id, "signed_in", "account", account.id)
    return secret, account


def confirm(account_id: str, password: str, network: str) -> None:
    """Ask for the password again before what cannot be undone. Raises Refused: too-many, and invalid at the field."""
    account = db.session.get_one(Account, account_id)
    keys = _keys(account.email, network)
    _refuse_locked(keys)
    if not passwords.matches(password, account.password_hash):
        _count_failures(keys)
        detail = sentence("The password is incorrect.")
        raise Refused("invalid", detail, errors={"password": [detail]})


def forget_failures(session: Session, email: str) -> None:
    """Nothing is kept of an address's failed sign-ins."""
    session.execute(delete(SignInFailures).where(SignInFailures.key == _keys(email, "")[0]))


def _keys(email: str, network: str) -> list[str]:
    return [digest("address:" + fold_email(email)), digest("network:" + network)]


def lock_after(failures: int, factor: int = 1) -> timedelta:
    """How long an address is locked after so many failures: 0 for the first five, then 30 s doubling to an hour.

    A network, where many people may sit behind one address, gets `factor` times the free tries.
    """
    over = failures - FREE_TRIES * factor
    return timedelta() if over < 0 else min(timedelta(seconds=30 * 2 ** min(over, 10)), LONGEST_LOCK)


def _refuse_locked(keys: list[str]) -> None:
    for factor, key in zip((1, 20), keys, strict=True):
        failures = db.session.get(SignInFailures, key)
        if failures is None:
            continue
        left = failures.last_at + lock_after(failures.count, factor) - clock.now()
        if left > timedelta():
            seconds = int(left.total_seconds()) + 1
            raise Refused("too-many", _wait(seconds), retry_after=seconds)


def _wait(seconds: int) -> Sentence:
    if seconds < 90:
        return counted(
            "Too many attempts. Wait %(number)s second, or ask a coordinator.",
            "Too many attempts. Wait %(number)s seconds, or ask a coordinator.",
            seconds,
        )
    return counted(
        "Too many attempts. Wait %(number)s minute, or ask a coordinator.",
        "Too many attempts. Wait %(number)s minutes, or ask a coordinator.",
        -(-seconds // 60),
    )


def _count_failures(keys: list[str]) -> None:
    with write() as session:
        for key in keys:
            _count_failure(session, key)


def _count_failure(session: Session, key: str) -> None:
    at = clock.now()
    row = session.get(SignInFailures, key, with_for_update=True)
    if row is None:
        session.add(SignInFailures(key=key, count=1, last_at=at))
    else:
        row.count = 1 if at - row.last_at > COUNTED else row.count + 1
        row.last_at = at


def account_by_session(secret: str) -> Account | None:
    """The account behind a session cookie, or None when it was ended, ran out, or the account is closed."""
    account = select(Account).join(SignIn, SignIn.account_id == Account.id)
    live = (SignIn.hash == digest(secret), SignIn.expires_at > clock.now(), Account.disabled_at.is_(None))
    return db.session.scalars(account.where(*live)).first()


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
    session.execute(delete(SignIn).where(SignIn.account_id == account_id, SignIn.hash != digest(keep)))
    live = (Token.account_id == account_id, Token.revoked_at.is_(None))
    session.execute(update(Token).where(*live).values(revoked_at=clock.now()))
    waiting = (DeviceGrant.account_id == account_id, DeviceGrant.redeemed_at.is_(None))
    session.execute(delete(DeviceGrant).where(*waiting))


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
