"""A team as its lead and the desk see it: who is in it, and what they searched. Nobody's reports: those are the desk's.

A lead sees their own team alone, while they are accredited and until two weeks after the round.
"""

from collections.abc import Collection
from typing import Any

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import clock, web
from server.core.sentences import sentence
from server.core.words import Refused, Standing
from server.ledger.companies.models import Platform
from server.people.accounts.models import Account
from server.people.accreditation import standings
from server.people.accreditation import store as accreditation
from server.people.rounds import searches, store, weeks
from server.people.rounds.models import Membership, Round, Team

PAGE = 50  # members, and searches


def led(session: Session, round_id: str, account_id: str) -> Team:
    """The team whose lead this person is. Raises Refused("not-found") for anybody who leads none, or not any more."""
    round_, team = store.get(session, round_id), store.led_by(session, round_id, account_id)
    if team is None or not may_see(session, round_, account_id):
        raise Refused("not-found", sentence("You lead no team in this round."))
    return team


def may_see(session: Session, round_: Round, account_id: str) -> bool:
    """Whether somebody who leads a team of this round sees its page now."""
    at = clock.now()
    return at < round_.span.ends_at + weeks.RESULTS_FOR and bool(accreditation.level(session, account_id, at))


def able(session: Session, round_: Round, account_ids: Collection[str]) -> set[str]:
    """Which of these people can lead a team of this round: their account is open, and until it is over they are accredited."""
    at = clock.now()
    there = select(Account.id).where(Account.id.in_(account_ids), Account.disabled_at.is_(None))
    people = set(session.scalars(there))
    if at >= round_.span.ends_at:
        return people
    known = accreditation.of_people(session, people)
    return {who for who, last in known.items() if standings.standing(last, at) is Standing.ACTIVE}


def of_round(session: Session, round_id: str, team_id: str) -> Team:
    """A team of a round, for the desk. Raises Refused("not-found")."""
    team = next((team for team in store.teams(session, round_id) if team.id == team_id), None)
    if team is None:
        raise Refused("not-found", sentence("There is no such team."))
    return team


def page(session: Session, team: Team, number: int, before: str | None) -> dict[str, Any]:
    """Everything rounds/team.html shows. number: which page of members; before: searches older than that one."""
    round_, number = store.get(session, team.round_id), max(number, 1)
    there = (Membership.round_id == round_.id, Membership.team_id == team.id, Membership.left_at.is_(None))
    # A lead is told of nobody who is frozen.
    shown = () if web.can("rounds.oversee") else (Account.disabled_at.is_(None),)
    members = select(Membership, Account.name).join(Account, Account.id == Membership.account_id).where(*there, *shown)
    members = members.order_by(func.lower(Account.name), Account.id)
    rows = session.execute(members.offset((number - 1) * PAGE).limit(PAGE + 1)).all()
    effort = searches.by_person(session, round_, [member.account_id for member, _ in rows])
    done = searches.of_team(session, round_, team, before, PAGE + 1)
    searched = select(Account.id, Account.name).where(Account.id.in_({row.account_id for row in done}), *shown)
    names = dict(session.execute(searched).all())
    places = dict(
        session.execute(
            select(Platform.id, Platform.name).where(Platform.id.in_({row.platform_id for row in done}))
        ).all()
    )
    return {
        "round": round_, "team": team, "size": store.sizes(session, round_.id).get(team.id, store.Size()),
        "members": [
            {
                "id": member.account_id, "name": name, "leads": member.account_id == team.lead_id,
                "joined_at": member.joined_at, "waits": member.admitted_at is None,
                "effort": effort.get(member.account_id, searches.Effort()),
            }
            for member, name in rows[:PAGE]
        ],
        "searches": [
            {
                "who": names.get(search.account_id, ""), "platform": places.get(search.platform_id, ""), "term": search.term,
                "language": search.language, "day": search.day, "seen": search.seen, "minutes": search.minutes,
            }
            for search in done[:PAGE]
        ],
        "first_url": _address(team, page=1) if number > 1 else None,
        "next_url": _address(team, page=number + 1) if len(rows) > PAGE else None,
        "newest_url": _address(team, page=number) if before else None,
        "older_url": _address(team, page=number, before=done[PAGE - 1].id) if len(done) > PAGE else None,
    }  # fmt: skip


def choices(session: Session, round_: Round, team: Team) -> list[tuple[str, str]]:
    """Who could lead a team: who takes part in it, then who is in none, of those who can lead."""
    there = (Membership.round_id == round_.id, Membership.left_at.is_(None), Membership.admitted_at.is_not(None))
    people = select(Account.id, Account.name).join(Membership, Membership.account_id == Account.id).where(*there)
    people = people.where((Membership.team_id == team.id) | Membership.team_id.is_(None))
    people = people.order_by(Membership.team_id.is_(None), func.lower(Account.name), Account.id)
    named = session.execute(people).all()
    can = able(session, round_, [account_id for account_id, _ in named])
    return [(account_id, name) for account_id, name in named if account_id in can]


def _address(team: Team, **parameters: Any) -> str:
    """Where the reader sees this page."""
    if web.can("rounds.oversee"):
        return url_for("planning.team", round_id=team.round_id, team_id=team.id, **parameters)
    return url_for("rounds.my_team", round_id=team.round_id, **parameters)
