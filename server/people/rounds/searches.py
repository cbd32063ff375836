"""Reads and writes of searches: what one person looked up on one platform on one day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.database import new_id, one_at_a_time
from server.core.sentences import sentence
from server.core.words import Refused, WhyStopped
from server.people.rounds import store, weeks, worklist
from server.people.rounds.models import Membership, Round, Search, Team

PAST = timedelta(days=180)  # searches older than that say nothing about today's list
LATELY = 500  # searches an estimate is drawn from, at most


def write_down(
    session: Session, account_id: str, platform_id: str, term: str, language: str | None, seen: int, minutes: int | None,
    why: WhyStopped | None = None,
) -> None:  # fmt: skip
    """Write down that somebody searched today; the same search again today corrects it. `minutes` None: estimated.

    Today is a day of the round they take part in; outside a round of UTC.
    """
    one_at_a_time(session, account_id)
    at = clock.now()
    round_ = store.mine(session, account_id, at)
    day = round_.span.day_at(at) if round_ else at.date()
    same = (Search.account_id == account_id, Search.platform_id == platform_id, Search.term == term, Search.day == day)
    known = session.scalars(select(Search).where(*same)).first()
    if known:
        _correct(known, seen, minutes)
        known.why_stopped = why or known.why_stopped
        if round_:  # they have signed up since
            known.round_id = round_.id
        return
    before = session.scalar(select(func.max(Search.at)).where(Search.account_id == account_id))
    minutes_taken = worklist.took(before, at, estimate(session, account_id, day)) if minutes is None else minutes
    session.add(Search(
        id=new_id(), account_id=account_id, round_id=round_.id if round_ else None, platform_id=platform_id, term=term,
        language=language, day=day, at=at, seen=seen, minutes=minutes_taken, stated=minutes is not None,
        why_stopped=why,
    ))  # fmt: skip


def correct(
    session: Session, account_id: str, search_id: str, seen: int, minutes: int | None, why: WhyStopped | None = None
) -> None:
    """Correct one's own search of these days. `why` None: not said. Raises Refused("not-found")."""
    search = _own(session, account_id, search_id)
    _correct(search, seen, minutes)
    search.why_stopped = why


def take_back(session: Session, account_id: str, search_id: str) -> None:
    """Delete one's own search, recorded by mistake."""
    session.delete(_own(session, account_id, search_id))


def _own(session: Session, account_id: str, search_id: str) -> Search:
    search = session.get(Search, search_id)
    if search is None or search.account_id != account_id or search.day < store.today() - weeks.WEEK:
        raise Refused("not-found", sentence("You have no such search this week."))
    return search


def _correct(search: Search, seen: int, minutes: int | None) -> None:
    search.seen = seen
    if minutes is not None and minutes != search.minutes:
        search.minutes, search.stated = minutes, True


def since(session: Session, account_id: str, first: date) -> list[Search]:
    """What somebody searched from the day `first` on, in order."""
    mine = (Search.account_id == account_id, Search.day >= first)
    return list(session.scalars(select(Search).where(*mine).order_by(Search.at, Search.id)))


@dataclass(frozen=True, slots=True)
class Effort:
    """What one person searched in a round. `minutes` of searching, as recorded."""

    searches: int = 0
    seen: int = 0
    minutes: int = 0
    last: date | None = None  # the last day on which they searched


def of_round(round_: Round) -> tuple[Any, ...]:
    """Searches of a round on its days; recorded before these were moved, a search may lie outside them."""
    return Search.round_id == round_.id, Search.day >= round_.starts_on, Search.day <= round_.ends_on


def by_person(session: Session, round_: Round, account_ids: Collection[str]) -> dict[str, Effort]:
    """What each of these people searched in a round; those who searched nothing are left out."""
    sums = (func.count(), func.sum(Search.seen), func.sum(Search.minutes), func.max(Search.day))
    chosen = select(Search.account_id, *sums).where(*of_round(round_), Search.account_id.in_(account_ids))
    rows = session.execute(chosen.group_by(Search.account_id))
    return {who: Effort(number, seen, minutes, last) for who, number, seen, minutes, last in rows}


def of_team(session: Session, round_: Round, team: Team, before: str | None, limit: int) -> list[Search]:
    """What those who are in a team searched in its round, the newest first; `before`: older than that search."""
    there = (Membership.round_id == team.round_id, Membership.account_id == Search.account_id)
    chosen = select(Search).join(Membership, and_(*there)).where(*of_round(round_))
    chosen = chosen.where(Membership.team_id == team.id, Membership.left_at.is_(None))
    if before:
        chosen = chosen.where(Search.id < before)
    return list(session.scalars(chosen.order_by(Search.id.desc()).limit(limit)))


def last_days(session: Session, before: date) -> dict[tuple[str, str], date]:
    """By (platform's id, term) the last day before `before` on which anybody searched it, as far as that still matters."""
    chosen = select(Search.platform_id, Search.term, func.max(Search.day))
    chosen = chosen.where(Search.day < before, Search.day >= before - PAST).group_by(Search.platform_id, Search.term)
    return {(platform_id, term): day for platform_id, term, day in session.execute(chosen)}


def estimate(session: Session, account_id: str, before: date) -> float:
    """Minutes one search takes this person, drawn from what was searched before `before`."""

    def lately(*whose: Any) -> list[int]:
        chosen = select(Search.minutes).where(Search.day < before, *whose).order_by(Search.day.desc(), Search.id.desc())
        return list(session.scalars(chosen.limit(LATELY)))

    own = lately(Search.account_id == account_id)
    return worklist.estimate(own, [] if len(own) >= worklist.ENOUGH else lately())
