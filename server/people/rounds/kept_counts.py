"""What rounds came to, kept as it was counted beforehand, and when each is to be counted again."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server.core.words import RoundState
from server.people.rounds.models import Round, RoundCount

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def kept(session: Session, round_id: str) -> RoundCount | None:
    """What is kept of a round."""
    return session.get(RoundCount, round_id)


def due(session: Session, at: datetime) -> list[Round]:
    """The rounds that are to be counted again, the newest first."""
    made = dict(session.execute(select(RoundCount.round_id, RoundCount.made_at)).all())
    rounds = session.scalars(select(Round).where(Round.state != RoundState.DRAFT).order_by(Round.id.desc()))
    return [each for each in rounds if is_due(at, each.span.starts_at, each.span.ends_at, made.get(each.id))]


def is_due(at: datetime, starts_at: datetime, ends_at: datetime, made_at: datetime | None) -> bool:
    """Whether a round is to be counted: each hour while it runs, and each day afterwards, when companies still answer. *Pure.*"""
    if at < starts_at:
        return False
    return made_at is None or made_at + (HOUR if made_at < ends_at else DAY) <= at


def keep(session: Session, round_id: str, value: dict[str, Any], at: datetime) -> None:
    """Keep it in the place of what was kept."""
    session.merge(RoundCount(round_id=round_id, made_at=at, value=value))


def forget(session: Session, round_id: str | None = None) -> None:
    """Keep nothing of a round that was changed; or of any, for words of whoever was erased may be in it."""
    session.execute(delete(RoundCount).where(*[RoundCount.round_id == round_id] if round_id else []))
