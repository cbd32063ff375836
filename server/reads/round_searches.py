"""What was searched in a round: by day, by what it is divided by, and the words that nobody had searched before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from server.people.rounds import searches
from server.people.rounds.models import Membership, Round, Search

SUMS = (func.count(), func.sum(Search.seen), func.sum(Search.minutes))


@dataclass(frozen=True, slots=True)
class NewTerm:
    """Words of a spotter's own that nobody had searched before the round."""

    text: str
    searches: int
    seen: int


def whose(round_: Round, last: date, account_id: str | None) -> list[Any]:
    """Searches of the round on its days before `last`."""
    own = [Search.account_id == account_id] if account_id else []
    return [*searches.of_round(round_), Search.day < last, *own]


def by_day(session: Session, round_: Round, last: date, account_id: str | None) -> Iterable[Any]:
    """The `SUMS` of each day."""
    chosen = select(Search.day, *SUMS).where(*whose(round_, last, account_id))
    return session.execute(chosen.group_by(Search.day))


def divided(session: Session, round_: Round, last: date, account_id: str | None) -> Iterable[Any]:
    """The same by platform, team and language, not by day: that would be almost as many rows as searches."""
    keys = (Search.platform_id, Membership.team_id, Search.language)
    member = and_(Membership.round_id == Search.round_id, Membership.account_id == Search.account_id)
    chosen = select(*keys, *SUMS).outerjoin(Membership, member).where(*whose(round_, last, account_id))
    return session.execute(chosen.group_by(*keys))


def new_terms(session: Session, round_: Round, last: date, account_id: str | None) -> Iterable[NewTerm]:
    """Own words, the most searched first, without those that anybody searched before the round began."""
    earlier = aliased(Search)
    known = select(earlier.id).where(earlier.term == Search.term, earlier.at < round_.span.starts_at).exists()
    chosen = select(Search.term, func.count(), func.sum(Search.seen)).where(*whose(round_, last, account_id))
    chosen = chosen.where(Search.language.is_(None), ~known).group_by(Search.term)
    for text, number, seen in session.execute(chosen.order_by(func.count().desc(), Search.term)):
        yield NewTerm(text, number, seen)
