"""What a round came to: reports, notices, takedowns, searches and new terms, by week and by what is asked for (`By`).

Everything is counted where it began: a notice and a takedown stand in the week and the team of the first report of their case
within the round, whenever they came. Every report of who took part counts, also of who has left since, and of a
listing that was known before (design 5.8). Days and weeks are those of the round's time zone.
"""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from babel.numbers import format_decimal
from sqlalchemy import and_, false, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from server.core import clock, outcome, wording
from server.core.conditions import among
from server.core.database import first_id
from server.core.outcome import Figure
from server.core.sentences import Localized, sentence
from server.core.words import Answer, CheckState
from server.ledger.cases.models import Case
from server.ledger.companies.models import Platform
from server.ledger.listings.models import Listing
from server.ledger.monitoring.models import Check
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Report
from server.ledger.reports.store import STANDS
from server.people.rounds import weeks, worklist
from server.people.rounds.models import Membership, Round, Search, Team
from server.reads import practice_lane

ENOUGH = 5  # people who report, before a spotter sees what became of the round's reports


@dataclass(slots=True)
class Figures:
    """What one week, one team or the whole round came to. `minutes`: of searching, as recorded."""

    reports: int = 0
    notices: int = 0
    takedowns: int = 0
    searches: int = 0
    seen: int = 0
    minutes: int = 0

    @property
    def hours(self) -> Localized:
        """`3.5`."""
        return hours(self.minutes)


def hours(minutes: int) -> Localized:
    """Minutes as hours: `3.5`, in French `3,5`."""
    return Localized(lambda language, _: format_decimal(minutes / 60, "#,##0.0", locale=wording.locale(language)))


class By(StrEnum):
    """What a round's figures can be divided by."""

    TEAM = "team"
    GROUP = "group"
    LANGUAGE = "language"
    PLATFORM = "platform"


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
class NewTerm:
    """Words of a spotter's own that nobody had searched before the round."""

    text: str
    searches: int
    seen: int


@dataclass(frozen=True, slots=True)
class Came:
    """What the round came to until `before` (None: until now). `reporters`: how many people reported.

    by: the same by whatever was asked for, what has most reports first.
    """

    whole: Figures
    weeks: tuple[Week, ...]
    terms: tuple[NewTerm, ...]
    reporters: int
    target: int
    by: Mapping[By, tuple[Part, ...]] = field(default_factory=dict)

    @property
    def to_come(self) -> bool:
        """Whether the round has not begun."""
        return bool(self.weeks) and self.weeks[0].to_come


class _Place(NamedTuple):
    """Where a report counts."""

    week: int
    team: str | None
    platform: str | None


@dataclass(slots=True)
class _Case:
    first: datetime
    place: _Place  # of its first report
    notice: outcome.NoticeFacts | None = None  # the newest
    notice_id: str = ""


OWN_WORDS, NOT_STATED = "own", ""  # beside the codes of languages


def came(
    session: Session, round_: Round, before: date | None = None, account_id: str | None = None, by: Collection[By] = ()
) -> Came:
    """The figures of a round, or of one person in it; of whole days before `before`, when given. `by`: divided by what."""
    span, today = round_.span, round_.span.day_at(clock.now())
    last = min(span.ends_on + weeks.DAY, before or date.max)
    begins = [span.begins(day) for day in span.weeks]
    by_week: dict[int, Figures] = defaultdict(Figures)
    parts: dict[By, dict[str | None, Figures]] = {kind: defaultdict(Figures) for kind in by}
    cases, people = dict[str, _Case](), set[str]()
    reports: list[tuple[str, _Place]] = []
    languages: dict[str, str] = {}
    for who, case_id, at, team, platform, language in _reports(session, round_, span.begins(last), account_id, by):
        place = _Place(max(bisect(begins, at) - 1, 0), team, platform)
        people.add(who)
        if case_id not in cases:
            cases[case_id] = _Case(at, place)
        if By.LANGUAGE in by:
            languages[case_id] = languages.get(case_id) or _language(language)
        reports.append((case_id, place))
    groups = practice_lane.groups_of(session, list(cases)) if By.GROUP in by else {}
    _what_became(session, round_, cases, before)
    divisions: list[tuple[dict[Any, Figures], Callable[[str, _Place], Any]]] = [
        (by_week, lambda _, place: place.week),
        *((parts[kind], _key(kind, groups, languages)) for kind in parts),
    ]
    whole = Figures(reports=len(reports))
    for figures_of, key in divisions:
        for value, number in Counter(key(case_id, place) for case_id, place in reports).items():
            figures_of[value].reports = number
    for case_id, case in cases.items():
        if case.notice is not None:
            takedown = Figure.TAKEDOWN in outcome.figures(case.notice)
            for figures in (whole, *(figures_of[key(case_id, case.place)] for figures_of, key in divisions)):
                figures.notices += 1
                figures.takedowns += takedown
    for platform, day, team, language, *sums in _searches(session, round_, last, account_id, bool(by)):
        searched = {By.TEAM: team, By.LANGUAGE: OWN_WORDS if language is None else language, By.PLATFORM: platform}
        in_parts = (parts[kind][searched[kind]] for kind in parts if kind in searched)
        for figures in (whole, by_week[span.week_at(day) or 0], *in_parts):
            searches, seen, minutes = sums
            figures.searches += searches
            figures.seen += seen
            figures.minutes += minutes
    starts = span.weeks
    targets = [*round_.targets, *[0] * len(starts)]
    return Came(
        whole,
        tuple(
            Week(
                number + 1, start, min(start + timedelta(days=6), span.ends_on), targets[number], by_week[number],
                start > today,
            )
            for number, start in enumerate(starts)
        ),
        tuple(_new_terms(session, round_, last, account_id)),
        len(people),
        sum(targets[: len(starts)]),
        {kind: _parts(session, round_, kind, figures) for kind, figures in parts.items()},
    )  # fmt: skip


def _key(kind: By, groups: Mapping[str, str], languages: Mapping[str, str]) -> Callable[[str, _Place], str | None]:
    """By what a report of a case at a place is divided. groups, languages: of cases."""
    if kind is By.GROUP:
        return lambda case_id, _: groups.get(case_id)
    if kind is By.LANGUAGE:
        return lambda case_id, _: languages[case_id]
    return (lambda _, place: place.team) if kind is By.TEAM else (lambda _, place: place.platform)


def _language(stated: str | None) -> str:
    """A page's language as it states it, without its region: `pt-BR` is `pt`."""
    return (stated or NOT_STATED).partition("-")[0].strip().lower()


def _parts(session: Session, round_: Round, kind: By, figures: dict[str | None, Figures]) -> tuple[Part, ...]:
    """With their names, what has most reports first. A team of which nothing is known yet is there, too."""
    names: dict[str | None, str] = {}
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


def case_ids(session: Session, round_id: str) -> Any:
    """A select of the cases that people of a round reported while they took part; of none where there is no such round."""
    round_ = session.get(Round, round_id)
    if round_ is None:
        return select(Report.case_id).where(false())
    member, then = _taking_part(round_)
    within = _within(round_, round_.span.ends_at)
    return select(Report.case_id).join(Membership, member).where(*within, then)


def _within(round_: Round, end: datetime) -> tuple[Any, ...]:
    """Reports of the round's days that their spotters stand by.

    Identifiers are ordered by age: by them nothing older than the round is read.
    """
    start = round_.span.starts_at
    days = (Report.received_at >= start, Report.received_at < end)
    return Report.id >= first_id(start - timedelta(hours=1)), *days, STANDS


def _taking_part(round_: Round) -> tuple[Any, ...]:
    """The reports' own people, as long as they took part."""
    return (
        and_(Membership.round_id == round_.id, Membership.account_id == Report.account_id),
        or_(Membership.left_at.is_(None), Report.received_at < Membership.left_at),
    )


def _reports(
    session: Session, round_: Round, end: datetime, account_id: str | None, by: Collection[By]
) -> Iterable[Any]:
    """Oldest first: who, case, when, team, and, where it is divided by them, platform and language."""
    member, then = _taking_part(round_)
    platform = Listing.platform_id if By.PLATFORM in by else literal(None)
    language = Report.listing["language"].as_string() if By.LANGUAGE in by else literal(None)
    columns = (Report.account_id, Report.case_id, Report.received_at, Membership.team_id, platform, language)
    chosen = select(*columns).select_from(Report).join(Membership, member).where(*_within(round_, end), then)
    if By.PLATFORM in by:
        chosen = chosen.join(Case, Case.id == Report.case_id).join(Listing, Listing.id == Case.listing_id)
    if account_id:
        chosen = chosen.where(Report.account_id == account_id)
    return session.execute(chosen.order_by(Report.received_at, Report.id))


def _what_became(session: Session, round_: Round, cases: dict[str, _Case], before: date | None) -> None:
    """Give each case the newest notice that left since its first report, with what is known of it."""
    until = round_.span.begins(before) if before else clock.now() + weeks.DAY
    sent = select(Notice.id, Notice.case_id, Notice.created_at, Notice.answer, Notice.answered_at)
    sent = sent.where(among(Notice.case_id, cases), Notice.withdrawn_at.is_(None)).order_by(Notice.created_at)
    for notice_id, case_id, created_at, answer, answered_at in session.execute(sent):
        case = cases[case_id]
        if case.first <= created_at < until:
            in_time = answer and answered_at and answered_at < until
            case.notice = (
                outcome.NoticeFacts(Answer(answer), answered_at) if answer and in_time else outcome.NoticeFacts()
            )
            case.notice_id = notice_id
    by_notice = {case.notice_id: case for case in cases.values() if case.notice}
    checked = select(Check.notice_id, Check.state, Check.settled_at).where(Check.settled_at < until)
    checked = checked.where(among(Check.notice_id, by_notice)).order_by(Check.settled_at)
    for checked_id, state, at in session.execute(checked):
        case = by_notice[checked_id or ""]
        if case.notice and state in (CheckState.GONE, CheckState.PRESENT):
            case.notice = replace(case.notice, check=CheckState(state), checked_at=at)


def _whose(round_: Round, last: date, account_id: str | None) -> list[Any]:
    """Searches of the round on its days before `last`; recorded before these were moved, a search may lie outside them."""
    whose = [Search.round_id == round_.id, Search.day >= round_.starts_on, Search.day < last]
    return [*whose, Search.account_id == account_id] if account_id else whose


SUMS = (func.count(), func.sum(Search.seen), func.sum(Search.minutes))


def _searches(
    session: Session, round_: Round, last: date, account_id: str | None, divided: bool
) -> Iterable[tuple[Any, ...]]:
    """Platform, day, team, language, and the sums; without `divided` the day alone."""
    if not divided:
        by_day = select(Search.day, *SUMS).where(*_whose(round_, last, account_id)).group_by(Search.day)
        return [(None, day, None, None, *sums) for day, *sums in session.execute(by_day)]
    keys = (Search.platform_id, Search.day, Membership.team_id, Search.language)
    member = and_(Membership.round_id == Search.round_id, Membership.account_id == Search.account_id)
    chosen = select(*keys, *SUMS).outerjoin(Membership, member).where(*_whose(round_, last, account_id))
    return [tuple(row) for row in session.execute(chosen.group_by(*keys))]


def _new_terms(session: Session, round_: Round, last: date, account_id: str | None) -> Iterable[NewTerm]:
    """Own words, the most searched first, without those that anybody searched before the round began."""
    earlier = aliased(Search)
    known = select(earlier.id).where(earlier.term == Search.term, earlier.at < round_.span.starts_at).exists()
    chosen = select(Search.term, func.count(), func.sum(Search.seen)).where(*_whose(round_, last, account_id))
    chosen = chosen.where(Search.language.is_(None), ~known).group_by(Search.term)
    for text, searches, seen in session.execute(chosen.order_by(func.count().desc(), Search.term)):
        yield NewTerm(text, searches, seen)


def took_part(session: Session, round_: Round) -> int:
    """How many reported or searched in the round, also who has left since: who signed up and never came took no part."""
    return len(by_person(session, round_))


def by_person(session: Session, round_: Round) -> dict[str, Figures]:
    """Reports and searches of each person who had any in the round, for the desk."""
    counted: dict[str, Figures] = defaultdict(Figures)
    member, then = _taking_part(round_)
    reports = select(Report.account_id, func.count()).join(Membership, member)
    reports = reports.where(*_within(round_, round_.span.ends_at), then).group_by(Report.account_id)
    for who, number in session.execute(reports):
        counted[who].reports = number
    rows = select(Search.account_id, *SUMS).where(*_whose(round_, round_.ends_on + weeks.DAY, None))
    for who, searches, seen, minutes in session.execute(rows.group_by(Search.account_id)):
        figures = counted[who]
        figures.searches, figures.seen, figures.minutes = searches, seen, minutes
    return counted
