"""Rounds as spotters and the desk see them.

A spotter sees their own figures, and the round's totals of days that are over, without names: a count that moved with a
report would tell whoever sent it what is known of a listing (design 5.8). The same holds for notices and takedowns while few
people report: they are shown once `round_figures.ENOUGH` do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import access, clock, time_zones, web
from server.core.sentences import sentence
from server.core.words import Refused, RoundState
from server.ledger.companies import store as companies
from server.pages.rounds import team_page
from server.people.accounts.models import Account
from server.people.rounds import store, weeks
from server.people.rounds.models import Membership, Round, Team
from server.reads import round_counting, round_figures

PAGE = 20
PEOPLE = 50  # who take part, on a page


@dataclass(frozen=True, slots=True)
class Listed:
    """A round in the list. `people`: who signed up; `mine`: whether the reader did."""

    round: Round
    phase: weeks.Phase
    people: int
    mine: bool


def listed(session: Session, account: web.Caller, before: str | None) -> dict[str, Any]:
    """A page of rounds: what runs or comes first, then what is over."""
    rounds = store.listed(session, drafts=_desk(account), before=before, limit=PAGE + 1)
    people = store.signed_up(session, rounds)
    mine = store.among(session, account.id, list(people))
    shown = [Listed(round_, _phase(round_), people[round_.id], round_.id in mine) for round_ in rounds[:PAGE]]
    current = (weeks.Phase.DRAFT, weeks.Phase.COMING, weeks.Phase.RUNNING)
    return {
        "current": sorted(
            (entry for entry in shown if entry.phase in current), key=lambda entry: entry.round.starts_on
        ),
        "past": [entry for entry in shown if entry.phase not in current],
        "next_url": web.url_with("rounds.index", before=rounds[PAGE - 1].id) if len(rounds) > PAGE else None,
        "desk": _desk(account),
    }


def show(session: Session, account: web.Caller, round_id: str, page: int = 1) -> dict[str, Any]:
    """One round; `page`: of those who take part. Raises Refused("not-found"), for a spotter of a draft too."""
    round_, desk = store.get(session, round_id), _desk(account)
    if round_.state == RoundState.DRAFT and not desk:
        raise Refused("not-found", sentence("There is no such round."))
    phase, teams, sizes = _phase(round_), store.teams(session, round_id), store.sizes(session, round_id)
    mine = store.membership(session, round_id, account.id)
    today = store.today(round_)
    came = round_figures.came(session, round_, None if desk else today)
    names = {platform.slug: platform.name for platform in companies.directory(session).platforms}
    shown = {
        "round": round_,
        "phase": phase,
        "number": round_.span.week_at(today),
        "came": came,
        "outcomes": desk or came.reporters >= round_figures.ENOUGH,
        "people": store.signed_up(session, [round_])[round_id],
        "waiting": sum(size.waiting for size in sizes.values()),
        "zone": time_zones.city(round_.zone),
        "took_part": len(round_figures.took_part(session, round_)) if phase is weeks.Phase.OVER else None,
        "teams": _teams(session, round_, teams, sizes, mine, desk),
        "mine": mine,
        "invited": _invited_for(session, account.id) == round_id,
        "my_team": next((team for team in teams if mine and team.id == mine.team_id), None),
        "own": round_figures.came(session, round_, account_id=account.id).whole if mine and mine.admitted_at else None,
        "open": phase in (weeks.Phase.COMING, weeks.Phase.RUNNING),
        "platforms": [names.get(slug, slug) for slug in round_.platforms],
        "desk": desk,
        "takes_part": [], "first_url": None, "next_url": None,
    }  # fmt: skip
    return shown | _taking_part(session, round_, teams, page) if desk else shown


def _desk(account: web.Caller) -> bool:
    return access.can("rounds.oversee", account)


def _invited_for(session: Session, account_id: str) -> str | None:
    return session.scalar(select(Account.invited_for_id).where(Account.id == account_id))


def _phase(round_: Round) -> weeks.Phase:
    return weeks.phase(RoundState(round_.state), round_.span, clock.now())


def _teams(
    session: Session, round_: Round, teams: Sequence[Team], sizes: Mapping[str | None, store.Size],
    mine: Membership | None, desk: bool,
) -> list[dict[str, Any]]:  # fmt: skip
    """Each team with how many take part in it. A lead's name is for the desk and for those who take part in their own team.

    Who cannot lead any more is named to the desk alone, which chooses another (`away`).
    """
    ids = [team.lead_id for team in teams if team.lead_id]
    names = dict(session.execute(select(Account.id, Account.name).where(Account.id.in_(ids))).all())
    own, able = mine.team_id if mine and mine.admitted_at else None, team_page.able(session, round_, ids)
    return [
        {
            "id": team.id,
            "name": team.name,
            "people": sizes.get(team.id, store.Size()).admitted,
            "led": team.lead_id in able,
            "lead": names.get(team.lead_id or "") if desk or (team.id == own and team.lead_id in able) else None,
            "away": team.lead_id is not None and team.lead_id not in able,
            "mine": bool(mine and mine.team_id == team.id),
            "i_lead": bool(mine and team.lead_id == mine.account_id),
            "sees": bool(
                mine and team.lead_id == mine.account_id and team_page.may_see(session, round_, mine.account_id)
            ),
        }
        for team in teams
    ]


def _taking_part(session: Session, round_: Round, teams: Sequence[Team], page: int) -> dict[str, Any]:
    """A page of who is signed up, for the desk: by name, with what they reported and searched."""
    of_team = {team.id: team.name for team in teams}
    signed = select(Membership, Account.name).join(Account, Account.id == Membership.account_id)
    signed = signed.where(Membership.round_id == round_.id, Membership.left_at.is_(None))
    signed = signed.order_by(func.lower(Account.name), Account.id)
    page = max(page, 1)
    rows = session.execute(signed.offset((page - 1) * PEOPLE).limit(PEOPLE + 1)).all()
    figures = round_figures.by_person(session, round_, [member.account_id for member, _ in rows[:PEOPLE]])

    def address(number: int) -> str:
        return url_for("rounds.show", round_id=round_.id, page=number, _anchor="people")

    return {
        "takes_part": [
            {
                "id": member.account_id,
                "name": name,
                "team": of_team.get(member.team_id or ""),
                "joined_at": member.joined_at,
                "waits": member.admitted_at is None,
                "figures": figures.get(member.account_id, round_counting.Figures()),
            }
            for member, name in rows[:PEOPLE]
        ],
        "first_url": address(1) if page > 1 else None,
        "next_url": address(page + 1) if len(rows) > PEOPLE else None,
    }
