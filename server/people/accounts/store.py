"""Reads and writes of accounts and of their sessions. What their devices hold is in `pairing.py`."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session

from server.core import access, audit, clock
from server.core.database import ESCAPE, changed, db, first_id, holding, insert, new_id, write
from server.core.words import Mails, Refused, Role, Sentence, counted, sentence
from server.people.accounts import passwords
from server.people.accounts.invitees import Invitee
from server.people.accounts.models import Account, SignIn, SignInFailures

SESSION_LASTS = timedelta(days=14)
EMAIL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")
FREE_TRIES = 5  # failed sign-ins before the first lock
LONGEST_LOCK = timedelta(hours=1)
COUNTED = timedelta(days=1)  # a failed sign-in counts together with those before it when it follows within that time
SPOTTERS = Account.role == Role.SPOTTER  # whose rows the lists of people show


def fold_email(email: str) -> str:
    """One spelling of an address: trimmed, lower case."""
    return email.strip().lower()


def digest(secret: str) -> str:
    """How a secret is kept: it is random and long, so one pass of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


# --- Accounts --------------------------------------------------------------------------------------------------------


def add(
    session: Session, email: str, name: str, role: Role, password_hash: str | None, company_id: str | None = None
) -> Account:
    """A new account. Raises Refused("conflict") when the address has one, "invalid" when the role and company differ."""
    refuse_unfit(email, name)
    if (role == Role.COMPANY) != (company_id is not None):
        raise Refused("invalid", sentence("Only company accounts belong to a company, and each needs one."))
    account = Account(
        id=new_id(),
        email=fold_email(email),
        name=name.strip(),
        role=role,
        company_id=company_id,
        password_hash=password_hash,
        created_at=clock.now(),
    )
    if by_email(session, email):
        raise Refused("conflict", sentence("There is already an account for %(email)s.", email=account.email))
    session.add(account)
    session.flush()
    audit.record(session, None, "account_added", "account", account.id, role=role)
    return account


def add_spotter(
    session: Session,
    email: str,
    name: str,
    *,
    invited_by_id: str | None = None,
    cohort: str = "",
    languages: Collection[str] | None = None,
    language: str | None = None,
) -> Account:
    """A new spotter's account, without a password yet. Raises as `add` does.

    languages: those of ads that they read. language: in which they are written to; None: not known.
    """
    account = add(session, email, name, Role.SPOTTER, None)
    account.invited_by_id, account.cohort = invited_by_id, cohort.strip() or None
    account.language = language
    if languages is not None:
        account.languages = list(languages)
    return account


def note_reminder(session: Session, account_id: str, at: datetime, not_since: datetime) -> bool:
    """Note that a spotter is written to; False when that was done after `not_since` already."""
    due = or_(Account.reminded_at.is_(None), Account.reminded_at <= not_since)
    return changed(session, update(Account).where(Account.id == account_id, due).values(reminded_at=at)) > 0


def mark_erased(account: Account, at: datetime) -> None:
    """The account is closed for good: its record is erased."""
    account.disabled_at, account.erased_at = account.disabled_at or at, at


def spotter(session: Session, account_id: str, *, lock: bool = False) -> Account:
    """A spotter whose record is not erased. Raises Refused("not-found") for everybody else."""
    account = session.get(Account, account_id, with_for_update=lock)
    if account is None or account.role != Role.SPOTTER or account.erased_at:
        raise Refused("not-found", sentence("There is no such spotter."))
    return account


def able(action: str) -> ColumnElement[bool]:
    """The accounts whose role lets them take an action of the access table."""
    return Account.role.in_(access.holders(action))


def add_invited(session: Session, invitees: Collection[Invitee], by_id: str) -> list[str]:
    """Open accounts for many at once, checked before and without an account yet; their ids. Who invited them is kept."""
    if not invitees:
        return []
    at = clock.now()
    rows = [
        {
            "id": new_id(), "email": fold_email(invitee.email), "name": invitee.name.strip(), "role": Role.SPOTTER,
            "company_id": None, "invited_by_id": by_id, "cohort": invitee.cohort or None,
            "languages": list(invitee.languages) or None, "created_at": at,
        }
        for invitee in invitees
    ]  # fmt: skip
    insert(session, Account, *rows)
    for row in rows:
        audit.record(session, by_id, "account_added", "account", str(row["id"]), role=Role.SPOTTER)
    return [str(row["id"]) for row in rows]


def known(session: Session, emails: Collection[str]) -> set[str]:
    """Which of these addresses, in lower case, have an account."""
    return set(session.scalars(select(Account.email).where(Account.email.in_(emails))))


def refuse_unfit(email: str, name: str) -> None:
    """Raises Refused("invalid") for what is no address, or no name of one line."""
    if len(email) > 254 or not EMAIL.fullmatch(fold_email(email)):
        detail = sentence("“%(email)s” is not a valid email address.", email=email)
        raise Refused("invalid", detail, errors={"email": [sentence("Enter a valid email address.")]})
    if not name.strip() or len(name) > 200 or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in name):
        detail = sentence("Enter a name on one line, at most 200 characters.")
        raise Refused("invalid", detail, errors={"name": [detail]})


def by_email(session: Session, email: str) -> Account | None:
    """The account of an address, in whatever case it is written."""
    return session.scalars(select(Account).where(Account.email == fold_email(email))).first()


def mark(account: Account) -> str:
    """What a link to choose a password carries of the one that is there: with a new password it is another."""
    return digest(account.password_hash)[:16] if account.password_hash else ""


def set_password(session: Session, account_id: str, password_hash: str, language: str | None = None) -> None:
    """Keep a chosen password; every session of the account ends. `language`: their browser's, kept when none is yet."""
    session.execute(
        update(Account)
        .where(Account.id == account_id)
        .values(password_hash=password_hash, language=func.coalesce(Account.language, language))
    )
    session.execute(delete(SignIn).where(SignIn.account_id == account_id))
    forget_failures(session, session.get_one(Account, account_id).email)  # who forgot the old one is not locked out
    audit.record(session, account_id, "password_set", "account", account_id)


def choose_mails(session: Session, account_id: str, mails: Mails) -> None:
    """How often somebody is mailed about their reports from now on."""
    session.get_one(Account, account_id, with_for_update=True).mails = mails


def choose_language(session: Session, account_id: str, language: str | None) -> None:
    """In which language somebody gets pages and mails from now on; None: as their browser says, mails in English."""
    session.get_one(Account, account_id, with_for_update=True).language = language


# --- Signing in ------------------------------------------------------------------------------------------------------


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
    secret = secrets.token_urlsafe(32)
    at = clock.now()
    with write() as session:
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


def end_sessions(session: Session, account_id: str, keep: str) -> None:
    """End every session of an account but `keep`, a session's secret."""
    others = delete(SignIn).where(SignIn.account_id == account_id, SignIn.hash != digest(keep))
    session.execute(others)
    audit.record(session, account_id, "sessions_ended", "account", account_id)


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


# --- Lists -----------------------------------------------------------------------------------------------------------


def listed(session: Session, q: str, cursor: str | None, limit: int) -> list[Account]:
    """Spotters by name or address, newest first, a page at a time."""
    chosen = select(Account).where(SPOTTERS, Account.disabled_at.is_(None))
    if q:
        like = holding(q)
        chosen = chosen.where(or_(Account.name.ilike(like, escape=ESCAPE), Account.email.ilike(like, escape=ESCAPE)))
    if cursor:
        chosen = chosen.where(Account.id < cursor)
    return list(session.scalars(chosen.order_by(Account.id.desc()).limit(limit)))
