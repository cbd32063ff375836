"""The figures of a round add up, and are what its people did; the audit trail is what it was."""

import html
import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import trail
from server.core.database import read
from server.people.rounds import store as rounds
from server.people.rounds.models import Membership
from server.reads import round_figures
from server.reads.round_counting import By
from tests.programme.programme import Programme

WEEKLY = 6  # the day of the week


def check(programme: Programme, day: int) -> None:
    """Each round once a week: weeks, teams and people make the whole, and the whole is what the people remember."""
    if day % 7 != WEEKLY:
        return
    world = programme.world
    for round_id in world.rounds[-2:]:
        with read() as session:
            round_ = rounds.get(session, round_id)
            came = round_figures.came(session, round_, by=[By.TEAM])
            rows = session.scalars(select(Membership).where(Membership.round_id == round_id))
            members = {row.account_id: (row.joined_at, row.admitted_at, row.left_at) for row in rows}
            by_person = round_figures.by_person(session, round_, members)
            span = round_.span
        remembered = sum(
            span.starts_at <= at < span.ends_at and (left is None or at < left)
            for spotter in programme.spotters
            for who, reports in [*spotter.former, (spotter.id, spotter.reports)]
            if who in members
            for left in [members[who][2]]
            for _, at in reports
        )
        whole = came.whole
        for name in ("reports", "searches", "seen", "minutes", "notices", "takedowns"):
            total = getattr(whole, name)
            weeks = sum(getattr(week.figures, name) for week in came.weeks)
            assert weeks == total, f"{round_.name}: {weeks} {name} by week, {total} in all"
            teams = sum(getattr(part.figures, name) for part in came.by[By.TEAM])
            assert teams == total, f"{round_.name}: {teams} {name} by team, {total} in all"
        people = sum(figures.reports for figures in by_person.values())
        assert people == whole.reports, f"{round_.name}: {people} reports by person, {whole.reports} in all"
        assert remembered == whole.reports, (
            f"{round_.name}: {remembered} reports were sent, {whole.reports} are counted"
        )
        pages(programme, round_id, members, world.now >= span.ends_at, len(by_person))


def pages(programme: Programme, round_id: str, members: dict, over: bool, took_part: int) -> None:  # type: ignore[type-arg]
    """Who has signed up, as the page says: all but trainees who wait; of a round that is over, who came."""
    page = programme.world.get("dan@desk.test", f"/rounds/{round_id}")
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
    if over:
        found = re.search(r"(\d+) spotters? took part", words)
        assert found and int(found[1]) == took_part, f"{found and found[0]}: {took_part} reported or searched"
        return
    found = re.search(r"(\d+) spotters? ha(?:s|ve) signed up", words)
    here = [row for row in members.values() if row[1] and row[2] is None]
    left = [row for row in members.values() if row[1] and row[2]]
    assert found and len(here) <= int(found[1]) <= len(here) + len(left), f"{found and found[0]}: {len(here)} are in it"
    waits = sum(row[1] is None and row[2] is None for row in members.values())
    said = re.search(r"(\d+) trainees? waits? to be accredited", words)
    assert int(said[1] if said else 0) == waits, f"{said and said[0]}: {waits} wait"


def trail_holds(programme: Programme, day: int) -> None:
    """Once a week, from its beginning."""
    if day % 7 == WEEKLY:
        with read() as session:
            trail_of(session)


def trail_of(session: Session) -> None:
    """The audit trail, from its beginning."""
    fault = trail.verify(session)
    assert fault is None, fault and fault.said
