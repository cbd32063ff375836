"""Which reports are a round's: those of its days, by who took part then."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import Session, aliased

from server.core.database import first_id
from server.core.words import RoundState
from server.ledger.reports.models import Report
from server.ledger.reports.store import STANDS
from server.people.rounds import weeks
from server.people.rounds.models import Membership, Round


def case_ids(session: Session, round_id: str) -> Any:
    """A select of the cases that people of a round reported while they took part; of none where there is no such round."""
    round_ = session.get(Round, round_id)
    if round_ is None:
        return select(Report.case_id).where(false())
    member, then = taking_part(session, round_)
    return select(Report.case_id).join(Membership, member).where(*within(round_, round_.span.ends_at), then)


def within(round_: Round, end: datetime) -> tuple[Any, ...]:
    """Reports of the round's days that their spotters stand by.

    Identifiers are ordered by age: by them nothing older than the round is read.
    """
    start = round_.span.starts_at
    days = (Report.received_at >= start, Report.received_at < end)
    return Report.id >= first_id(start - timedelta(hours=1)), *days, STANDS


def taking_part(session: Session, round_: Round) -> tuple[Any, ...]:
    """The reports' own people, as long as they took part."""
    return (
        and_(Membership.round_id == round_.id, Membership.account_id == Report.account_id),
        and_(
            or_(Membership.left_at.is_(None), Report.received_at < Membership.left_at), *_in_no_other(session, round_)
        ),
    )


def _in_no_other(session: Session, round_: Round) -> list[ColumnElement[bool]]:
    """Where other rounds share days with this one: whoever left one of them for this, or this for it, took part in one at a
    time. A report counts for the round that its spotter had signed up for last."""
    alike = select(Round).where(Round.id != round_.id, Round.state == RoundState.OPEN)
    others = [other for other in session.scalars(alike) if weeks.overlap(round_.span, other.span)]
    if not others:
        return []
    there = aliased(Membership)
    days = [
        and_(
            there.round_id == other.id,
            Report.received_at >= other.span.starts_at,
            Report.received_at < other.span.ends_at,
        )
        for other in others
    ]
    took_part = and_(
        there.account_id == Report.account_id,
        there.joined_at <= Report.received_at,
        or_(there.left_at.is_(None), Report.received_at < there.left_at),
    )
    here = and_(Membership.joined_at <= Report.received_at, Membership.joined_at > there.joined_at)
    return [~exists().where(or_(*days), took_part, ~here).correlate(Report, Membership)]
