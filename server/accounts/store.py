"""Reads and writes of accounts, sessions, tokens and device pairing."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server import audit, clock
from server.accounts import passwords
from server.accounts.invitees import Invitee
from server.accounts.models import Account, DeviceGrant, SignIn, SignInFailures, Token
from server.database import db, insert, new_id, write
from server.words import Refused, Role, Scope

SESSION_LASTS = timedelta(days=14)
DEVICE_LASTS = timedelta(minutes=10)
DEVICE_INTERVAL = 5  # seconds between polls, RFC 8628 section 3.2
USER_CODE_SIGNS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels, RFC 8628 section 6.1
EMAIL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")
FREE_TRIES = 5  # failed sign-ins before the first lock
LONGEST_LOCK = timedelta(hours=1)


def fold_email(email: str) -> str:
    """One spelling of an address: trimmed, lower case."""
    return email.strip().lower()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


# --- Accounts --------------------------------------------------------------------------------------------------------


def add(
    session: Session, email: str, name: str, role: Role, password: str | None, company_id: str | None = None
) -> Account:
    """A new account. Raises Refused("conflict") when the address has one, "invalid" when the role and company differ."""
    refuse_unfit(email, name)
    if (role == Role.COMPANY) != (company_id is not None):
        raise Refused("invalid", "A company person needs a company, and nobody else has one.")
    if password is not None and len(password) < passwords.SHORTEST:
        raise Refused("invalid", f"The password needs at least {passwords.SHORTEST} characters.")
    account = Account(
        id=new_id(),
        email=fold_email(email),
        name=name.strip(),
        role=role,
        company_id=company_id,
        password_hash=passwords.hash_password(password) if password is not None else None,
        created_at=clock.now(),
    )
    if by_email(session, email):
        raise Refused("conflict", f"There is already an account for {account.email}.")
    session.add(account)
    session.flush()
    audit.record(session, None, "account_added", "account", account.id, role=role)
    return account


def add_invited(session: Session, invitees: Collection[Invitee], by_id: str) -> list[str]:
    """Open accounts for many at once, checked before and without an account yet; their ids. Who invited them is kept."""
    if not invitees:
        return []
    at = clock.now()
    rows = [
        {
            "id": new_id(), "email": fold_email(one.email), "name": one.name.strip(), "role": Role.SPOTTER, "company_id": None,
            "invited_by_id": by_id, "cohort": one.cohort or None, "languages": list(one.languages) or None, "created_at": at,
        }
        for one in invitees
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
        raise Refused("invalid", f"{email!r} is no e-mail address.", errors={"email": ["This is no e-mail address."]})
    if not name.strip() or len(name) > 200 or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in name):
        said = "Give a name of one line, at most 200 characters."
        raise Refused("invalid", said, errors={"name": [said]})


def by_email(session: Session, email: str) -> Account | None:
    """The account of an address, in whatever case it is written."""
    return session.scalars(select(Account).where(Account.email == fold_email(email))).first()


def mark(account: Account) -> str:
    """What a link to choose a password carries of the one that is there: with a new password it is another."""
    return _hash(account.password_hash)[:16] if account.password_hash else ""


def set_password(session: Session, account_id: str, password: str) -> None:
    """Choose a password; every session of the account ends."""
    if len(password) < passwords.SHORTEST:
        raise Refused("invalid", f"Choose at least {passwords.SHORTEST} characters.")
    hashed = passwords.hash_password(password)
    session.execute(update(Account).where(Account.id == account_id).values(password_hash=hashed))
    session.execute(delete(SignIn).where(SignIn.account_id == account_id))
    forget_failures(session, session.get_one(Account, account_id).email)  # who forgot the old one is not locked out
    audit.record(session, account_id, "password_set", "account", account_id)


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
        raise Refused("invalid", "The e-mail or the password is not right.")
    secret = secrets.token_urlsafe(32)
    at = clock.now()
    with write() as session:
        session.execute(delete(SignInFailures).where(SignInFailures.key == keys[0]))
        session.add(SignIn(hash=_hash(secret), account_id=account.id, created_at=at, expires_at=at + SESSION_LASTS))
        audit.record(session, account.id, "signed_in", "account", account.id)
    return secret, account


def confirm(account_id: str, password: str, network: str) -> None:
    """Ask for the password again before what cannot be undone. Raises Refused: too-many, and invalid at the field."""
    account = db.session.get_one(Account, account_id)
    keys = _keys(account.email, network)
    _refuse_locked(keys)
    if not passwords.matches(password, account.password_hash):
        _count_failures(keys)
        raise Refused("invalid", "The password is not right.", errors={"password": ["The password is not right."]})


def forget_failures(session: Session, email: str) -> None:
    """Nothing is kept of an address's failed sign-ins."""
    session.execute(delete(SignInFailures).where(SignInFailures.key == _keys(email, "")[0]))


def _keys(email: str, network: str) -> list[str]:
    return [_hash("address:" + fold_email(email)), _hash("network:" + network)]


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
            said = f"{seconds} seconds" if seconds < 90 else f"{-(-seconds // 60)} minutes"
            raise Refused("too-many", f"Too many tries. Wait {said}, or ask a coordinator.", retry_after=seconds)


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
        row.count = 1 if at - row.last_at > timedelta(days=1) else row.count + 1
        row.last_at = at


def account_by_session(secret: str) -> Account | None:
    """The account behind a session cookie, or None when it was ended, ran out, or the account is closed."""
    found = select(Account).join(SignIn, SignIn.account_id == Account.id)
    live = (SignIn.hash == _hash(secret), SignIn.expires_at > clock.now(), Account.disabled_at.is_(None))
    return db.session.scalars(found.where(*live)).first()


def sign_out(secret: str) -> None:
    """End one session."""
    with write() as session:
        session.execute(delete(SignIn).where(SignIn.hash == _hash(secret)))


def end_sessions(session: Session, account_id: str, keep: str) -> None:
    """End every session of an account but `keep`, a session's secret."""
    others = delete(SignIn).where(SignIn.account_id == account_id, SignIn.hash != _hash(keep))
    session.execute(others)
    audit.record(session, account_id, "sessions_ended", "account", account_id)


# --- Tokens ----------------------------------------------------------------------------------------------------------


def issue_token(session: Session, account_id: str, scope: Scope, label: str) -> str:
    """A new token, shown this once."""
    token = "cs_" + secrets.token_urlsafe(32)
    row = Token(id=new_id(), hash=_hash(token), account_id=account_id, scope=scope, label=label, created_at=clock.now())
    session.add(row)
    audit.record(session, account_id, "token_issued", "token", row.id, scope=scope)
    return token


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a token acts for, and what it may."""

    id: str
    role: str
    company_id: str | None
    scope: str


# Made once: it runs with every request of the API.
_HELD = (
    select(Account.id, Account.role, Account.company_id, Token.scope, Token.id.label("token_id"), Token.last_used_at)
    .join(Token, Token.account_id == Account.id)
    .where(Token.hash == bindparam("hash"), Token.revoked_at.is_(None), Account.disabled_at.is_(None))
)


def holder(token: str) -> Holder | None:
    """Who the token acts for, or None. Of its last use the day alone is noted."""
    row = db.session().connection().execute(_HELD, {"hash": _hash(token)}).first()
    if row is None:
        return None
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    if row.last_used_at is None or row.last_used_at < today:
        with write() as session:
            session.execute(update(Token).where(Token.id == row.token_id).values(last_used_at=today))
    return Holder(row.id, row.role, row.company_id, row.scope)


def tokens(session: Session, account_id: str) -> list[Token]:
    """The account's live tokens, newest first."""
    live = select(Token).where(Token.account_id == account_id, Token.revoked_at.is_(None))
    return list(session.scalars(live.order_by(Token.id.desc())))


def revoke_token(session: Session, account_id: str, token_id: str) -> str:
    """Revoke one of one's own tokens; what it was called. Raises Refused("not-found") for anybody else's."""
    own = update(Token).where(Token.id == token_id, Token.account_id == account_id, Token.revoked_at.is_(None))
    label: str | None = session.scalar(own.values(revoked_at=clock.now()).returning(Token.label))
    if label is None:
        raise Refused("not-found", "There is no such device.")
    audit.record(session, account_id, "token_revoked", "token", token_id)
    return label


# --- Pairing a device, RFC 8628 --------------------------------------------------------------------------------------


def authorize_device(session: Session, label: str) -> tuple[str, DeviceGrant]:
    """A device asks to be paired: its secret code and the row with the code a person types."""
    device_code = secrets.token_urlsafe(32)
    at = clock.now()
    session.execute(delete(DeviceGrant).where(DeviceGrant.expires_at < at - timedelta(days=1)))
    for _ in range(5):
        grant = DeviceGrant(
            id=new_id(),
            device_hash=_hash(device_code),
            user_code="".join(secrets.choice(USER_CODE_SIGNS) for _ in range(8)),
            label=label,
            created_at=at,
            expires_at=at + DEVICE_LASTS,
        )
        try:
            with session.begin_nested():
                session.add(grant)
        except IntegrityError:
            continue
        return device_code, grant
    raise Refused("unavailable", "No code could be made. Try again.")


def waiting_device(session: Session, user_code: str) -> DeviceGrant | None:
    """The device that waits behind a typed code, however it is grouped or written."""
    code = "".join(sign for sign in user_code.upper() if sign in USER_CODE_SIGNS)
    open_ = (DeviceGrant.account_id.is_(None), DeviceGrant.denied_at.is_(None), DeviceGrant.expires_at > clock.now())
    return session.scalars(select(DeviceGrant).where(DeviceGrant.user_code == code, *open_)).first()


def answer_device(session: Session, account_id: str, user_code: str, approve: bool, label: str = "") -> str:
    """Pair the waiting device with the account under `label`, or refuse it; what it is called.

    Raises Refused("not-found") when none waits.
    """
    grant = waiting_device(session, user_code)
    if grant is None:
        raise Refused("not-found", "No device waits with this code. It may have run out: start again on the device.")
    if approve:
        grant.account_id, grant.label = account_id, label.strip() or grant.label
        audit.record(session, account_id, "device_paired", "device", grant.id)
    else:
        grant.denied_at = clock.now()
    return grant.label


def redeem_device(device_code: str) -> dict[str, Any]:
    """What the polling device is told: RFC 8628 section 3.5. A code gives one token, once.

    Either {"access_token": ...} or {"error": "authorization_pending" | "slow_down" | "access_denied" |
    "expired_token" | "invalid_grant"}.
    """
    at = clock.now()
    with write() as session:
        grant = session.scalars(
            select(DeviceGrant).where(DeviceGrant.device_hash == _hash(device_code)).with_for_update()
        ).first()
        if grant is None or grant.redeemed_at:
            return {"error": "invalid_grant"}
        if grant.denied_at:
            return {"error": "access_denied"}
        if grant.expires_at <= at:
            return {"error": "expired_token"}
        polled, grant.last_polled_at = grant.last_polled_at, at
        if grant.account_id is None:
            soon = polled is not None and at - polled < timedelta(seconds=DEVICE_INTERVAL - 1)
            return {"error": "slow_down" if soon else "authorization_pending"}
        grant.redeemed_at = at
        return {"access_token": issue_token(session, grant.account_id, Scope.REPORTS, grant.label)}


def listed(session: Session, q: str, cursor: str | None, limit: int) -> list[Account]:
    """Spotters by name or address, newest first, a page at a time."""
    chosen = select(Account).where(Account.role == Role.SPOTTER, Account.disabled_at.is_(None))
    if q:
        like = "%" + q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        chosen = chosen.where(or_(Account.name.ilike(like, escape="\\"), Account.email.ilike(like, escape="\\")))
    if cursor:
        chosen = chosen.where(Account.id < cursor)
    return list(session.scalars(chosen.order_by(Account.id.desc()).limit(limit)))
