"""Reads and writes of rounds, teams and memberships."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from server.core import audit, clock, stale, work
from server.core.database import new_id, one_at_a_time
from server.core.sentences import sentence
from server.core.words import Refused, RoundState
from server.people.rounds import kept_counts, reminders, weeks
from server.people.rounds.models import Membership, Round, Team


def today(round_: Round | None = None) -> date:
    """Which day it is in the round's time zone; without a round the UTC day."""
    return round_.span.day_at(clock.now()) if round_ else clock.now().date()


# --- Rounds ----------------------------------------------------------------------------------------------------------


def get(session: Session, round_id: str, *, lock: bool = False) -> Round:
    """A round. Raises Refused("not-found")."""
    round_ = session.get(Round, round_id, with_for_update=lock or None, populate_existing=True)
    if round_ is None:
        raise Refused("not-found", sentence("There is no such round."))
    return round_


def listed(session: Session, *, drafts: bool, before: str | None = None, limit: int = 50) -> list[Round]:
    """Rounds, the latest first; those of the desk alone only with `drafts`."""
    chosen = select(Round).order_by(Round.starts_on.desc(), Round.id.desc()).limit(limit)
    if not drafts:
        chosen = chosen.where(Round.state != RoundState.DRAFT)
    last = session.get(Round, before) if before else None
    if last:
        older = (Round.starts_on == last.starts_on) & (Round.id < last.id)
        chosen = chosen.where(or_(Round.starts_on < last.starts_on, older))
    return list(session.scalars(chosen))


@dataclass(frozen=True, slots=True)
class Plan:
    """What a coordinator records about a round. `teams`: their names; `zone`: the IANA name of its time zone."""

    name: str
    about: str
    starts_on: date
    ends_on: date
    targets: tuple[int, ...]
    groups: tuple[str, ...]
    platforms: tuple[str, ...]
    languages: tuple[str, ...]
    state: RoundState
    teams: tuple[str, ...]
    zone: str = "UTC"


_COLUMNS = ("name", "about", "starts_on", "ends_on", "zone", "state")
_LISTS = ("targets", "groups", "platforms", "languages")


def mark(session: Session, round_: Round) -> str:
    """A mark of what is recorded about a round: another once any of it has changed."""
    recorded = [str(getattr(round_, column)) for column in (*_COLUMNS, *_LISTS)]
    return stale.mark([recorded, [team.name for team in teams(session, round_.id)]])


def write_down(
    session: Session, plan: Plan, by_id: str, round_id: str | None = None, *, seen: str | None = None
) -> str:  # fmt: skip
    """Make a round or change one; its id. Teams that the plan leaves out are dissolved, their members stay in the round.

    seen: the mark of the round when the form was opened; None: not said. Raises Refused: stale (somebody else has changed it
    since), conflict when somebody who takes part is in another round in the new days.
    """
    round_ = get(session, round_id, lock=True) if round_id else Round(id=new_id(), made_at=clock.now())
    if round_id and seen is not None:
        stale.refuse(mark(session, round_), seen)
    before, days = round_.state or RoundState.DRAFT, (round_.starts_on, round_.ends_on)
    for column in _COLUMNS:
        setattr(round_, column, getattr(plan, column))
    for column in _LISTS:
        setattr(round_, column, list(getattr(plan, column)))
    session.add(round_)
    session.flush()
    if round_id and plan.state is RoundState.OPEN and _twice(session, round_):
        raise Refused("conflict", sentence("Somebody taking part is in another round on these days."))
    reminders.forget(session, round_, *days)
    kept_counts.forget(session, round_.id)
    _name_teams(session, round_.id, plan.teams)
    if plan.state != before:
        work.enqueue(session, "announce_round", round_.id)
    audit.record(
        session, by_id, "round_changed" if round_id else "round_made", "round", round_.id, state=plan.state.value
    )
    return round_.id


def _twice(session: Session, changed: Round) -> bool:
    """Whether a member of this round is a member of another that shares a moment with it."""
    mine = select(Membership.account_id).where(Membership.round_id == changed.id, Membership.left_at.is_(None))
    others = (
        select(Round)
        .join(Membership, Membership.round_id == Round.id)
        .where(Membership.account_id.in_(mine), Membership.left_at.is_(None))
        .where(Round.id != changed.id, Round.state == RoundState.OPEN)
    )
    return any(weeks.overlap(changed.span, other.span) for other in session.scalars(others))


# --- Teams -----------------------------------------------------------------------------------------------------------


def teams(session: Session, round_id: str) -> list[Team]:
    """The teams of a round, by name."""
    return list(session.scalars(select(Team).where(Team.round_id == round_id).order_by(Team.name, Team.id)))


def _name_teams(session: Session, round_id: str, names: Sequence[str]) -> None:
    kept = {team.name: team for team in teams(session, round_id)}
    for name in names:
        if name not in kept:
            session.add(Team(id=new_id(), round_id=round_id, name=name))
    for name in kept.keys() - set(names):
        of_team = update(Membership).where(Membership.round_id == round_id, Membership.team_id == kept[name].id)
        session.execute(of_team.values(team_id=None))
        session.delete(kept[name])
    session.flush()


def choose_lead(
    session: Session, round_id: str, team_id: str, account_id: str | None, by_id: str, *, seen: str | None = None
) -> None:
    """Let a member of the round lead a team, and be in it; None: nobody. Who leads it already goes on.

    seen: who led it when the choice was made, empty for nobody; None: not said. Raises Refused: not-found, invalid, stale (somebody else has chosen meanwhile).
    """
    get(session, round_id, lock=True)
    team = session.get(Team, team_id)
    if team is None or team.round_id != round_id:
        raise Refused("not-found", sentence("There is no such team."))
    session.refresh(team)
    if team.lead_id == account_id:
        return
    if seen is not None and (team.lead_id or "") != seen:
        raise Refused("stale", sentence("Somebody else has chosen this team’s lead since you opened the page."))
    if account_id:
        member = membership(session, round_id, account_id)
        if member is None or member.admitted_at is None:
            raise Refused("invalid", sentence("Only people taking part in the round can lead one of its teams."))
        _stop_leading(session, round_id, account_id)
        member.team_id = team_id
    team.lead_id = account_id
    work.enqueue(session, "announce_lead", team_id)
    audit.record(session, by_id, "team_lead_chosen", "team", team_id)


def _stop_leading(session: Session, round_id: str, account_id: str) -> None:
    session.execute(update(Team).where(Team.round_id == round_id, Team.lead_id == account_id).values(lead_id=None))


# --- Taking part -----------------------------------------------------------------------------------------------------


def membership(session: Session, round_id: str, account_id: str) -> Membership | None:
    """That somebody is signed up for a round; None when they are not, or have left."""
    member = session.get(Membership, (round_id, account_id), populate_existing=True)
    return member if member and member.left_at is None else None


def mine(session: Session, account_id: str, at: datetime) -> Round | None:
    """The round somebody takes part in at `at`."""
    chosen = _of(account_id).where(Membership.admitted_at.is_not(None), *_about(at)).order_by(Round.starts_on)
    return next((round_ for round_ in session.scalars(chosen) if round_.span.holds(at)), None)


def running(session: Session, at: datetime) -> list[str]:
    """The ids of the rounds that run at `at`."""
    rounds = session.scalars(select(Round).where(Round.state == RoundState.OPEN, *_about(at)))
    return [round_.id for round_ in rounds if round_.span.holds(at)]


def _about(at: datetime) -> tuple[Any, ...]:
    """Rounds that run at `at` in some time zone: none is more than a day from UTC."""
    return Round.starts_on <= at.date() + weeks.DAY, Round.ends_on >= at.date() - weeks.DAY


def _of(account_id: str) -> Any:
    chosen = select(Round).join(Membership, Membership.round_id == Round.id)
    return chosen.where(
        Membership.account_id == account_id, Membership.left_at.is_(None), Round.state == RoundState.OPEN
    )


def open_for(session: Session, round_id: str) -> Round:
    """A round that one can sign up for now. Raises Refused: not-found (also a draft), conflict."""
    round_ = get(session, round_id)
    if round_.state == RoundState.DRAFT:
        raise Refused("not-found", sentence("There is no such round."))
    if weeks.phase(RoundState(round_.state), round_.span, clock.now()) not in (weeks.Phase.COMING, weeks.Phase.RUNNING):
        raise Refused("conflict", sentence("Sign-up for this round is closed."))
    return round_


def all_open(session: Session) -> list[Round]:
    """The rounds that one can sign up for now, the first to begin first."""
    at = clock.now()
    here = (Round.state == RoundState.OPEN, Round.ends_on >= at.date() - weeks.DAY)
    rounds = session.scalars(select(Round).where(*here).order_by(Round.starts_on, Round.id))
    return [round_ for round_ in rounds if at < round_.span.ends_at]


def join(
    session: Session, round_id: str, account_id: str, team_id: str | None, *, waits: bool = False
) -> None:  # fmt: skip
    """Sign up, or change the team. waits: until they are accredited (`let_in`); who takes part already goes on.

    Raises Refused: not-found for a draft, conflict for a round that is over or overlaps.
    """
    get(session, round_id, lock=True)
    round_ = open_for(session, round_id)
    if team_id and team_id not in {team.id for team in teams(session, round_id)}:
        raise Refused("not-found", sentence("There is no such team."))
    one_at_a_time(session, account_id)
    for other in session.scalars(_of(account_id).where(Round.id != round_id)):
        if weeks.overlap(round_.span, other.span):
            detail = sentence(
                "You are taking part in %(round)s on some of these days. You can join one round at a time; leave it first.",
                round=other.name,
            )
            raise Refused("conflict", detail)
    known = session.get(Membership, (round_id, account_id), populate_existing=True)
    if known and known.left_at is None and known.team_id == team_id:
        return  # pressed twice
    if known is None:
        known = Membership(round_id=round_id, account_id=account_id, joined_at=clock.now())
        session.add(known)
    if known.team_id != team_id:
        _stop_leading(session, round_id, account_id)
    again = waits and known.left_at is not None
    known.admitted_at = (None if again else known.admitted_at) or (None if waits else clock.now())
    known.team_id, known.left_at = team_id, None
    audit.record(session, account_id, "round_joined", "round", round_id)


def let_in(session: Session, account_id: str, at: datetime) -> list[str]:
    """Somebody was accredited: let them into the rounds they wait for; the ids of those that are not over."""
    waits = select(Membership, Round).join(Round, Round.id == Membership.round_id).where(
        Membership.account_id == account_id, Membership.left_at.is_(None), Membership.admitted_at.is_(None),
        Round.state == RoundState.OPEN,
    )  # fmt: skip
    admitted = []
    for member, round_ in session.execute(waits.order_by(Round.starts_on)):
        if at < round_.span.ends_at:
            member.admitted_at = at
            admitted.append(round_.id)
            audit.record(session, account_id, "round_let_in", "round", round_.id)
    return admitted


def waiting(session: Session, round_id: str) -> list[str]:
    """The ids of those who signed up for a round and have not been let in."""
    chosen = select(Membership.account_id).where(Membership.round_id == round_id, Membership.left_at.is_(None))
    return list(session.scalars(chosen.where(Membership.admitted_at.is_(None)).order_by(Membership.account_id)))


def of_member(session: Session, account_id: str, at: datetime) -> list[str]:
    """The ids of the rounds that somebody signed up for and that are not over at `at`, also of those cancelled."""
    mine = select(Round).join(Membership, Membership.round_id == Round.id)
    mine = mine.where(Membership.account_id == account_id, Membership.left_at.is_(None))
    return [round_.id for round_ in session.scalars(mine.order_by(Round.starts_on)) if at < round_.span.ends_at]


def leave(session: Session, round_id: str, account_id: str) -> None:
    """Stop taking part. What was reported and searched until now stays with the round."""
    get(session, round_id, lock=True)
    member = membership(session, round_id, account_id)
    if member is None:
        return
    member.left_at = clock.now()  # what they did stays their team's
    _stop_leading(session, round_id, account_id)
    audit.record(session, account_id, "round_left", "round", round_id)


def leave_running(session: Session, account_id: str, at: datetime) -> None:
    """Leave every round that is not over. A round that is over keeps its members and figures."""
    mine = select(Membership, Round).join(Round, Round.id == Membership.round_id)
    mine = mine.where(Membership.account_id == account_id, Membership.left_at.is_(None))
    for member, round_ in session.execute(mine):
        if at < round_.span.ends_at:
            member.left_at = at


def members(session: Session, round_id: str) -> set[str]:
    """The ids of all who are signed up for a round."""
    chosen = select(Membership.account_id).where(Membership.round_id == round_id, Membership.left_at.is_(None))
    return set(session.scalars(chosen))


@dataclass(frozen=True, slots=True)
class Size:
    """How many are signed up, and how many of them wait to be accredited."""

    people: int = 0
    waiting: int = 0

    @property
    def admitted(self) -> int:
        """How many do not wait."""
        return self.people - self.waiting


def sizes(session: Session, round_id: str) -> dict[str | None, Size]:
    """How large each team is, by its id, and how many are in none (None)."""
    counted = (func.count(), func.count() - func.count(Membership.admitted_at))
    chosen = select(Membership.team_id, *counted).where(Membership.round_id == round_id, Membership.left_at.is_(None))
    return {team_id: Size(*numbers) for team_id, *numbers in session.execute(chosen.group_by(Membership.team_id))}


def led_by(session: Session, round_id: str, account_id: str) -> Team | None:
    """The team that somebody leads in a round."""
    return session.scalars(select(Team).where(Team.round_id == round_id, Team.lead_id == account_id)).first()


def signed_up(session: Session, rounds: Collection[Round]) -> dict[str, int]:
    """How many signed up for each round, by its id: all but trainees who wait, and those who left before it began."""
    here = Membership.round_id.in_([round_.id for round_ in rounds]) & Membership.admitted_at.is_not(None)
    stay = select(Membership.round_id, func.count()).where(here, Membership.left_at.is_(None))
    counts = Counter(dict(session.execute(stay.group_by(Membership.round_id)).all()))
    starts = {round_.id: round_.span.starts_at for round_ in rounds}
    left = select(Membership.round_id, Membership.left_at).where(here, Membership.left_at.is_not(None))
    counts.update(round_id for round_id, at in session.execute(left) if at and at > starts[round_id])
    return {round_id: counts[round_id] for round_id in starts}


def among(session: Session, account_id: str, round_ids: Collection[str]) -> set[str]:
    """Of which of these rounds somebody counts among the signed up: a trainee who waits does not."""
    mine = (Membership.account_id == account_id, Membership.left_at.is_(None), Membership.admitted_at.is_not(None))
    return set(session.scalars(select(Membership.round_id).where(*mine, Membership.round_id.in_(round_ids))))
