"""Tokens, each with its scope, and how a device is paired and gets one (RFC 8628)."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core import audit, clock
from server.core.database import db, new_id, write
from server.core.sentences import counted, sentence
from server.core.words import Refused, Scope
from server.people.accounts import signing_in, waits
from server.people.accounts.models import Account, DeviceGrant, Token
from server.people.accounts.store import digest

DEVICE_LASTS = timedelta(minutes=10)
DEVICE_INTERVAL = 5  # seconds between polls, RFC 8628 section 3.2
USER_CODE_SIGNS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels, RFC 8628 section 6.1
CODE_SIGNS = 8
WRONG_GUESSES = 5  # of a code, after which its device has to ask for another
NO_DEVICE = sentence("No device is waiting with this code. It may have expired: start again on the device.")

# --- Tokens ----------------------------------------------------------------------------------------------------------


def issue_token(session: Session, account_id: str, scope: Scope, label: str) -> str:
    """A new token, shown this once."""
    token = "cs_" + secrets.token_urlsafe(32)
    row = Token(
        id=new_id(), hash=digest(token), account_id=account_id, scope=scope, label=label, created_at=clock.now()
    )
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
    language: str | None
    team_role: None = None  # a token manages no team, whoever made it


# Built once: it runs with every request of the API.
_HOLDER = (
    select(
        Account.id,
        Account.role,
        Account.company_id,
        Account.language,
        Token.scope,
        Token.id.label("token_id"),
        Token.last_used_at,
    )
    .join(Token, Token.account_id == Account.id)
    .where(Token.hash == bindparam("hash"), Token.revoked_at.is_(None), Account.disabled_at.is_(None))
)


def holder(token: str) -> Holder | None:
    """Who the token acts for, or None. Of its last use the day alone is noted."""
    row = db.session().connection().execute(_HOLDER, {"hash": digest(token)}).first()
    if row is None:
        return None
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    if row.last_used_at is None or row.last_used_at < today:
        with write() as session:
            session.execute(update(Token).where(Token.id == row.token_id).values(last_used_at=today))
    return Holder(row.id, row.role, row.company_id, row.scope, row.language)


def tokens(session: Session, account_id: str) -> list[Token]:
    """The account's live tokens, newest first."""
    live = select(Token).where(Token.account_id == account_id, Token.revoked_at.is_(None))
    return list(session.scalars(live.order_by(Token.id.desc())))


def numbers_of_tokens(session: Session, account_ids: Collection[str]) -> dict[str, int]:
    """How many live tokens each of these accounts has; those that have none are left out."""
    live = select(Token.account_id, func.count()).where(Token.account_id.in_(account_ids), Token.revoked_at.is_(None))
    return {account_id: number for account_id, number in session.execute(live.group_by(Token.account_id))}  # noqa: C416


def revoke_token(session: Session, account_id: str, token_id: str) -> str:
    """Revoke one of one's own tokens; what it was called. Raises Refused("not-found") for anybody else's."""
    own = update(Token).where(Token.id == token_id, Token.account_id == account_id, Token.revoked_at.is_(None))
    label: str | None = session.scalar(own.values(revoked_at=clock.now()).returning(Token.label))
    if label is None:
        raise Refused("not-found", sentence("There is no such device."))
    audit.record(session, account_id, "token_revoked", "token", token_id)
    return label


def of_company(session: Session, company_id: str) -> list[tuple[Token, str]]:
    """The live tokens of a company's people for its notices, newest first, each with who has it."""
    live = (Token.scope == Scope.COMPANY, Token.revoked_at.is_(None), Account.disabled_at.is_(None))
    chosen = select(Token, Account.name).join(Account, Account.id == Token.account_id).where(*live)
    rows = session.execute(chosen.where(Account.company_id == company_id).order_by(Token.id.desc()))
    return [(token, name) for token, name in rows]


def revoke_for_company(session: Session, company_id: str, token_id: str, by_id: str) -> str:
    """Revoke a token of somebody of the company; what it was called. Raises Refused("not-found") for anybody else's."""
    theirs = select(Account.id).where(Account.company_id == company_id)
    live = (
        Token.id == token_id,
        Token.scope == Scope.COMPANY,
        Token.account_id.in_(theirs),
        Token.revoked_at.is_(None),
    )
    label: str | None = session.scalar(
        update(Token).where(*live).values(revoked_at=clock.now()).returning(Token.label),
        execution_options={"synchronize_session": False},
    )
    if label is None:
        raise Refused("not-found", sentence("There is no such token."))
    audit.record(session, by_id, "token_revoked", "token", token_id)
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
            device_hash=digest(device_code),
            user_code="".join(secrets.choice(USER_CODE_SIGNS) for _ in range(CODE_SIGNS)),
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
    raise Refused("unavailable", sentence("We could not create a code. Try again."))


def waiting_device(session: Session, user_code: str, *, lock: bool = False) -> DeviceGrant | None:
    """The device that waits behind a typed code, however it is grouped or written."""
    code = "".join(sign for sign in user_code.upper() if sign in USER_CODE_SIGNS)
    waiting = select(DeviceGrant).where(DeviceGrant.user_code == code, *_open())
    return session.scalars(waiting.with_for_update() if lock else waiting).first()


def _open() -> tuple[ColumnElement[bool], ...]:
    return (
        DeviceGrant.account_id.is_(None), DeviceGrant.denied_at.is_(None), DeviceGrant.expires_at > clock.now(),
        DeviceGrant.wrong_guesses < WRONG_GUESSES,
    )  # fmt: skip


def guess(account_id: str, network: str, user_code: str) -> DeviceGrant | None:
    """The waiting device, or None for a wrong code, which is counted: for the account, the network, and near codes.

    RFC 8628, 5.1: guesses are limited. Raises Refused("too-many") while the account or the network has to wait.
    """
    keys = [(digest(f"codes:{account_id}"), waits.CODES), (digest(f"codes-network:{network}"), waits.NETWORK_CODES)]
    signing_in.refuse_waiting(
        db.session(),
        keys,
        lambda seconds: counted(
            "Too many wrong codes. Wait %(number)s minute, then try again.",
            "Too many wrong codes. Wait %(number)s minutes, then try again.",
            -(-seconds // 60),
        ),
    )
    grant = waiting_device(db.session(), user_code)
    if grant is None:
        with write() as session:
            for key, pace in keys:
                signing_in.count_failure(session, key, pace)
            _count_near(session, user_code)
    return grant


def _count_near(session: Session, user_code: str) -> None:
    """A wrong code counts against each that waits and shares its first or its last four signs: somebody saw a part."""
    code = "".join(sign for sign in user_code.upper() if sign in USER_CODE_SIGNS)
    if len(code) == CODE_SIGNS:
        near = or_(DeviceGrant.user_code.startswith(code[:4]), DeviceGrant.user_code.endswith(code[4:]))
        counted_ = update(DeviceGrant).where(near, *_open())
        session.execute(counted_.values(wrong_guesses=DeviceGrant.wrong_guesses + 1))


def answer_device(session: Session, account_id: str, user_code: str, approve: bool, label: str = "") -> str:
    """Pair the waiting device with the account under `label`, or refuse it; what it is called.

    Raises Refused: not-found when none waits, forbidden when the account was closed since its button was pressed.
    """
    account = session.get(Account, account_id, with_for_update=True)
    if account is None or account.disabled_at:
        raise Refused("forbidden", sentence("You are signed out. Sign in and try again."))
    grant = waiting_device(session, user_code, lock=True)
    if grant is None:
        raise Refused("not-found", NO_DEVICE)
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
            select(DeviceGrant).where(DeviceGrant.device_hash == digest(device_code)).with_for_update()
        ).first()
        if grant is None or grant.redeemed_at:
            return {"error": "invalid_grant"}
        if grant.denied_at:
            return {"error": "access_denied"}
        if grant.expires_at <= at or grant.wrong_guesses >= WRONG_GUESSES:
            return {"error": "expired_token"}
        polled, grant.last_polled_at = grant.last_polled_at, at
        if grant.account_id is None:
            soon = polled is not None and at - polled < timedelta(seconds=DEVICE_INTERVAL - 1)
            return {"error": "slow_down" if soon else "authorization_pending"}
        grant.redeemed_at = at
        return {"access_token": issue_token(session, grant.account_id, Scope.REPORTS, grant.label)}
