"""Reads and writes of the second factor: its key, its codes, and its reset by two people."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core import audit, encryption, folding
from server.core.database import changed
from server.core.sentences import sentence
from server.core.words import Refused
from server.people.accounts import one_time_codes
from server.people.accounts.factor_models import FactorReset, RecoveryCode, SecondFactor, SignInChallenge, UsedCode
from server.people.accounts.store import digest

RESET_LASTS = timedelta(days=3)  # a request not confirmed by then must be made again


def of(session: Session, account_id: str, *, lock: bool = False) -> SecondFactor | None:
    """The account's second factor; None when it has none."""
    return session.get(SecondFactor, account_id, with_for_update=lock)


def new_sealed_key(account_id: str) -> str:
    """A new key for an app, encrypted for the form in which this account confirms it; nothing is kept yet."""
    return encryption.seal(one_time_codes.new_key(), f"offered key of {account_id}")


def offered_key(account_id: str, sealed: str) -> str | None:
    """The key that a form brings back; None for one that was not made for this account."""
    return encryption.unseal(sealed, f"offered key of {account_id}")


def enrol(session: Session, account_id: str, key: str, code: str, at: datetime) -> list[str] | None:
    """From now on the account needs codes of this key; the recovery codes, to be shown this once. None for a wrong code.

    A factor that was there before is replaced.
    """
    step = one_time_codes.step_of(key, code, at)
    if step is None:
        return None
    before = of(session, account_id, lock=True)
    remove(session, account_id, account_id)
    session.add(SecondFactor(account_id=account_id, sealed_key=_sealed(account_id, key), since=at))
    session.add(UsedCode(account_id=account_id, step=step))
    audit.record(session, account_id, "factor_replaced" if before else "factor_added", "account", account_id)
    return new_recovery_codes(session, account_id)


def refused() -> Refused:
    """What is said of a wrong code, an old one, and one that was used: who guesses learns nothing."""
    detail = sentence("This code is wrong, has expired or was already used. Enter the one your app shows now.")
    return Refused("invalid", detail, errors={"code": [detail]})


def new_recovery_codes(session: Session, account_id: str) -> list[str]:
    """A new set of recovery codes, to be shown this once; those of before end."""
    codes = one_time_codes.new_recovery_codes()
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    session.add_all(RecoveryCode(account_id=account_id, hash=_hash(code)) for code in codes)
    audit.record(session, account_id, "recovery_codes_made", "account", account_id)
    return codes


def recovery_codes_left(session: Session, account_id: str) -> int:
    """How many recovery codes are not used yet."""
    theirs = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.account_id == account_id)
    return session.scalar(theirs) or 0


def use(session: Session, account_id: str, code: str, at: datetime) -> bool:
    """Whether this is a code of the account's app, or a recovery code of theirs, that was never used. It is used now."""
    factor = of(session, account_id, lock=True)  # of several requests with one code the first goes on
    if factor is None:
        return False
    recovery = one_time_codes.recovery_code(code)
    if recovery:
        theirs = RecoveryCode.account_id == account_id, RecoveryCode.hash == _hash(recovery)
        used = changed(session, delete(RecoveryCode).where(*theirs)) == 1
        if used:
            audit.record(session, account_id, "recovery_code_used", "account", account_id)
        return used
    key = encryption.unseal(factor.sealed_key, _use(account_id))
    step = one_time_codes.step_of(key, code, at) if key else None
    return step is not None and _use_up(session, account_id, step, at)


def _use_up(session: Session, account_id: str, step: int, at: datetime) -> bool:
    """Whether the step was not used before: the primary key decides."""
    try:
        with session.begin_nested():
            session.add(UsedCode(account_id=account_id, step=step))
    except IntegrityError:
        return False
    expired = UsedCode.account_id == account_id, UsedCode.step < one_time_codes.oldest_step(at)
    session.execute(delete(UsedCode).where(*expired))
    return True


def remove(session: Session, account_id: str, by_id: str | None) -> None:
    """The account has no second factor any more, nor anything that belongs to one, nor a reset that waits to take it away."""
    for model in (SecondFactor, UsedCode, RecoveryCode, SignInChallenge):
        session.execute(delete(model).where(model.account_id == account_id))
    withdraw_reset(session, account_id, by_id)


def _sealed(account_id: str, key: str) -> str:
    return encryption.seal(key, _use(account_id))


def _use(account_id: str) -> str:
    return f"second factor of {account_id}"


def _hash(code: str) -> str:
    return digest("recovery:" + one_time_codes.recovery_code(code))


# --- Reset by two people ---------------------------------------------------------------------------------------------


def waiting_reset(session: Session, account_id: str, at: datetime, *, lock: bool = False) -> FactorReset | None:
    """The request to take this account's factor away that waits for a second person."""
    chosen = select(FactorReset).where(FactorReset.account_id == account_id, *_waiting(at))
    return session.scalars(chosen.with_for_update() if lock else chosen).first()


def waiting_resets(session: Session, at: datetime) -> list[FactorReset]:
    """Every request that waits, oldest first."""
    return list(session.scalars(select(FactorReset).where(*_waiting(at)).order_by(FactorReset.id)))


def reset_waits(session: Session, account_id: str, at: datetime) -> bool:
    """Whether a request to take this person's second factor away waits for a second person."""
    mine = select(FactorReset.id).where(FactorReset.account_id == account_id, *_waiting(at))
    return session.scalar(mine.limit(1)) is not None


def _waiting(at: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return FactorReset.confirmed_at.is_(None), FactorReset.asked_at > at - RESET_LASTS


def ask_reset(session: Session, account_id: str, by_id: str, why: str, at: datetime) -> None:
    """Note that somebody asks for it. Raises Refused: invalid without a reason, conflict when it was asked already."""
    if folding.is_blank(why):
        detail = sentence("Enter a reason. It is kept with the decision.")
        raise Refused("invalid", detail, errors={"why": [sentence("Enter a reason.")]})
    if waiting_reset(session, account_id, at, lock=True):
        raise Refused("conflict", sentence("Somebody has asked for this reset already. It waits for a second person."))
    withdraw_reset(session, account_id, by_id)  # one that expired
    session.add(FactorReset(account_id=account_id, asked_by_id=by_id, why=why.strip(), asked_at=at))
    audit.record(session, by_id, "factor_reset_asked", "account", account_id)


def withdraw_reset(session: Session, account_id: str, by_id: str | None) -> bool:
    """Forget a request that nobody confirmed; whether there was one."""
    unconfirmed = FactorReset.account_id == account_id, FactorReset.confirmed_at.is_(None)
    withdrawn = changed(session, delete(FactorReset).where(*unconfirmed)) > 0
    if withdrawn:
        audit.record(session, by_id, "factor_reset_withdrawn", "account", account_id)
    return withdrawn


def confirm_reset(session: Session, reset: FactorReset, by_id: str, at: datetime) -> None:
    """The second person agrees: the factor is gone."""
    reset.confirmed_by_id, reset.confirmed_at = by_id, at
    session.flush()  # it is no longer one that waits
    remove_by(session, reset.account_id, by_id)


def remove_by(session: Session, account_id: str, by_id: str | None) -> None:
    """Take somebody's factor away. by_id: None from the command line."""
    remove(session, account_id, by_id)
    audit.record(session, by_id, "factor_reset", "account", account_id)


def turn_off(session: Session, account_id: str) -> None:
    """Its owner wants no second factor any more."""
    remove(session, account_id, account_id)
    audit.record(session, account_id, "factor_removed", "account", account_id)
