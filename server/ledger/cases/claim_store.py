"""Claims as they are kept: at most one a case; one that is over counts for nothing, until the worker deletes it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, select
from sqlalchemy.orm import Session

from server.core.database import changed
from server.core.words import CaseState
from server.ledger.cases.claims import WorkClaim
from server.ledger.cases.models import Case, CaseClaim


def get(session: Session, case_id: str) -> WorkClaim | None:
    """The case's newest claim, whether it still stands or not."""
    row = session.get(CaseClaim, case_id)
    return WorkClaim(row.account_id, row.until) if row else None


def put(session: Session, case_id: str, claim: WorkClaim, given_by_id: str | None = None) -> None:
    """This claim is the case's, instead of the one before. given_by_id: who gave the case to them, if not they themselves.

    The case is locked, so that of two who claim it at once the second sees the first.
    """
    row = session.get(CaseClaim, case_id) or CaseClaim(case_id=case_id)
    row.account_id, row.until, row.given_by_id = claim.account_id, claim.until, given_by_id
    session.add(row)
    session.flush()


def renew(session: Session, case_id: str, until: datetime) -> None:
    """The case's claim stands until then; who gave the case stays noted."""
    session.get_one(CaseClaim, case_id).until = until


def end(session: Session, case_id: str, account_id: str | None = None) -> bool:
    """Nobody claims the case if this person (None: whoever it was) did; whether they did."""
    claimed = delete(CaseClaim).where(CaseClaim.case_id == case_id)
    return changed(session, claimed.where(CaseClaim.account_id == account_id) if account_id else claimed) > 0


def end_all(session: Session, account_id: str) -> None:
    """This person works on no case any more."""
    session.execute(delete(CaseClaim).where(CaseClaim.account_id == account_id))


def drop(session: Session, at: datetime) -> None:
    """Delete the claims that are over."""
    session.execute(delete(CaseClaim).where(CaseClaim.until <= at))


def current(case_ids: Collection[str], at: datetime) -> Select[Any]:
    """The claims on these cases."""
    return select(CaseClaim).where(CaseClaim.case_id.in_(case_ids), CaseClaim.until > at)


def claimed_by(account_id: str, at: datetime) -> Any:
    """The ids of the cases that this person has claimed."""
    return select(CaseClaim.case_id).where(CaseClaim.account_id == account_id, CaseClaim.until > at)


def is_unclaimed(at: datetime) -> ColumnElement[bool]:
    """The cases that nobody has claimed."""
    return ~exists().where(CaseClaim.case_id == Case.id, CaseClaim.until > at)


def handed_over_to(account_id: str, at: datetime) -> Any:
    """The cases not yet closed that others handed over to this person, each with its claim, the first that ends first."""
    given = select(CaseClaim, Case).join(Case, Case.id == CaseClaim.case_id)
    given = given.where(CaseClaim.account_id == account_id, CaseClaim.until > at, CaseClaim.given_by_id.is_not(None))
    return given.where(Case.state != CaseState.CLOSED).order_by(CaseClaim.until, CaseClaim.case_id)
