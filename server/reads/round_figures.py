"""What a round came to, with its days, targets and names: as `round_counting` counts it.

The report of a round with many reports takes up to half a second to count, so the worker counts it beforehand. One of few
reports is counted at each visit, and so is one of many until the worker has done it once.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import clock, wording
from server.core.sentences import sentence
from server.ledger.companies.models import Platform
from server.ledger.reports.models import Report
from server.people.rounds import kept_counts, weeks, worklist
from server.people.rounds import store as rounds
from server.people.rounds.models import Membership, Round, Search, Team
from server.reads import round_counting, round_reports, round_searches
from server.reads.round_counting import NOT_STATED, OWN_WORDS, By, Counted, Figures

ENOUGH = 5  # people who report, before a spotter sees what became of the round's reports
FEW = 2_000  # reports of a round that is counted at each visit


@dataclass(frozen=True, slots=True)
class Part:
    """What one team, species group, language or platform came to. `searched`: searches are known by it, too."""

    name: str
    figures: Figures
    searched: bool = True


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the round. `target`: reports hoped for; `to_come`: it has not begun, and there is nothing to count."""

    number: int
    starts_on: date
    ends_on: date
    target: int
    figures: Figures
    to_come: bool = False


@dataclass(frozen=True, slots=True)
class Came:
    """What the round came to until `before` (None: until now). `reporters`: how many people reported.

    by: the same by whatever was asked for, what has most reports first.
    """

    whole: Figures
    weeks: tuple[Week, ...]
    terms: tuple[round_searches.NewTerm, ...]
    reporters: int
    target: int
    by: Mapping[By, tuple[Part, ...]] = field(default_factory=dict)

    @property
    def to_come(self) -> bool:
        """Whether the round has not begun."""
        return bool(self.weeks) and self.weeks[0].to_come


def came(
    session: Session, round_: Round, before: date | None = None, account_id: str | None = None, by: Collection[By] = ()
) -> Came:
    """The figures of a round, or of one person in it; of whole days before `before`, when given. `by`: divided by what."""
    return named(session, round_, round_counting.count(session, round_, before, account_id, by))


def named(session: Session, round_: Round, counted: Counted) -> Came:
    """What was counted, with its days, targets and names."""
    span, today = round_.span, round_.span.day_at(clock.now())
    targets = [*round_.targets, *[0] * len(span.weeks)]
    return Came(
        counted.whole,
        tuple(
            Week(
                number + 1, start, min(start + timedelta(days=6), span.ends_on), targets[number], counted.weeks[number],
                start > today,
            )
            for number, start in enumerate(span.weeks)
        ),
        counted.terms,
        counted.reporters,
        sum(targets[: len(span.weeks)]),
        {kind: _parts(session, round_, kind, figures) for kind, figures in counted.by.items()},
    )  # fmt: skip


def for_report(session: Session, round_: Round) -> tuple[Came, int, datetime | None]:
    """What a round came to by everything it can be divided by, how many took part, and as of when; None: as of now."""
    kept = kept_counts.kept(session, round_.id)
    value = kept.value if kept else to_keep(session, round_)
    counted = named(session, round_, Counted.of_json(value["counted"]))
    return counted, value["took_part"], kept.made_at if kept else None


def to_keep(session: Session, round_: Round) -> dict[str, Any]:
    """What the report of a round is made from, as of now."""
    counted = round_counting.count(session, round_, by=tuple(By))
    return {"counted": counted.as_json(), "took_part": len(took_part(session, round_))}


def are_many(session: Session, round_: Round) -> bool:
    """Whether a round has more reports than are counted at each visit."""
    member, then = round_reports.taking_part(session, round_)
    chosen = select(Report.id).join(Membership, member).where(*round_reports.within(round_, round_.span.ends_at), then)
    return len(session.scalars(chosen.limit(FEW + 1)).all()) > FEW


def own_part(session: Session, account_id: str) -> dict[str, Any] | None:
    """Where somebody stands in the round that runs; None when they take part in none."""
    round_ = rounds.mine(session, account_id, clock.now())
    if round_ is None:
        return None
    return {"name": round_.name, "own": came(session, round_, account_id=account_id).whole}


def _parts(session: Session, round_: Round, kind: By, counted: Mapping[str | None, Figures]) -> tuple[Part, ...]:
    """With their names, what has most reports first. A team of which nothing is known yet is there, too."""
    names, figures = dict[str | None, str](), dict(counted)
    if kind is By.TEAM:
        names.update(session.execute(select(Team.id, Team.name).where(Team.round_id == round_.id)).all())
        for team_id in names:
            figures.setdefault(team_id, Figures())
        names[None] = sentence("No team")
    elif kind is By.PLATFORM:
        names.update(session.execute(select(Platform.id, Platform.name)).all())
        names[None] = sentence("No known platform")
    elif kind is By.GROUP:
        names.update(wording.GROUP)
        names[None] = sentence("Group not known")
    else:
        said = {
            OWN_WORDS: sentence("Spotters’ own words"),
            NOT_STATED: sentence("Language not stated"),
            worklist.SIGNS: sentence("Signs and emoji"),
        }
        names = {code: said.get(code or "") or wording.language(code or "") for code in figures}
    listed = [Part(names.get(key, key or ""), came, kind is not By.GROUP) for key, came in figures.items()]
    return tuple(sorted(listed, key=lambda part: (-part.figures.reports, -part.figures.searches, part.name.casefold())))


def took_part(session: Session, round_: Round) -> set[str]:
    """Who reported or searched in the round, also who has left since: who signed up and never came took no part."""
    member, then = round_reports.taking_part(session, round_)
    reported = select(Report.id).where(member, *round_reports.within(round_, round_.span.ends_at), then).exists()
    members = select(Membership.account_id).where(Membership.round_id == round_.id, reported)
    searched = (
        select(Search.account_id).where(*round_searches.whose(round_, round_.ends_on + weeks.DAY, None)).distinct()
    )
    return {*session.scalars(members), *session.scalars(searched)}


def by_person(session: Session, round_: Round, people: Collection[str]) -> dict[str, Figures]:
    """Reports and searches of each of these people who had any in the round, for the desk."""
    counted: dict[str, Figures] = defaultdict(Figures)
    member, then = round_reports.taking_part(session, round_)
    reports = select(Report.account_id, func.count()).join(Membership, member).where(Report.account_id.in_(people))
    reports = reports.where(*round_reports.within(round_, round_.span.ends_at), then).group_by(Report.account_id)
    for who, number in session.execute(reports):
        counted[who].reports = number
    rows = select(Search.account_id, *round_searches.SUMS).where(
        *round_searches.whose(round_, round_.ends_on + weeks.DAY, None)
    )
    for who, *sums in session.execute(rows.where(Search.account_id.in_(people)).group_by(Search.account_id)):
        counted[who].add_searches(*sums)
    return counted
