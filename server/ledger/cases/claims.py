"""Who works on a case just now, and until when: a claim ends by itself. Pure.

A claim keeps two people from doing the same work. It forbids one thing: that somebody else decides without saying that they
take the case over.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

HANDED_OVER_FOR = timedelta(days=1)  # who is given a case may not be at the desk now
WORTH_WRITING = timedelta(minutes=1)  # acts of one minute renew a claim once


class WorkClaim(NamedTuple):
    """Whose case it is, and until when."""

    account_id: str
    until: datetime


class Claiming(StrEnum):
    """What claiming a case comes to."""

    CLAIMED = "claimed"
    RENEWED = "renewed"  # it was theirs
    TAKEN_OVER = "taken_over"
    REFUSED = "refused"  # somebody else works on it


def stands(claim: WorkClaim | None, at: datetime) -> bool:
    """Whether the case is claimed at this moment."""
    return claim is not None and at < claim.until


def is_of_another(claim: WorkClaim | None, account_id: str, at: datetime) -> bool:
    """Whether somebody else has claimed the case."""
    return claim is not None and stands(claim, at) and claim.account_id != account_id


def step(claim: WorkClaim | None, account_id: str, at: datetime, *, take_over: bool = False) -> Claiming:
    """What it comes to when this person claims the case, on which `claim` was made last."""
    if claim is None or not stands(claim, at):
        return Claiming.CLAIMED
    if claim.account_id == account_id:
        return Claiming.RENEWED
    return Claiming.TAKEN_OVER if take_over else Claiming.REFUSED


def until(claim: WorkClaim | None, account_id: str, at: datetime, lasts: timedelta) -> datetime:
    """Until when this person's claim stands if they act now. An act never shortens it."""
    if claim is not None and stands(claim, at) and claim.account_id == account_id:
        return max(claim.until, at + lasts)
    return at + lasts


def is_worth_renewing(claim: WorkClaim | None, account_id: str, at: datetime, lasts: timedelta) -> bool:
    """Whether an act of this person moves the end of their claim enough to be recorded."""
    if claim is None or not stands(claim, at) or claim.account_id != account_id:
        return False
    return at + lasts - claim.until >= WORTH_WRITING
