"""What a round came to: reports, notices, takedowns, searches and new terms, by week and by platform.

Everything is counted where it began: a notice and a takedown stand in the week of the first report of their case within
the round, whenever they came. Every report of who took part counts, also of a listing that was known before (design 5.8).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from babel.numbers import format_decimal
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from server.core import outcome, wording
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
from server.people.rounds.models import Membership, Round, Search

ENOUGH = 5  # people who report, before a spotter sees what became of the round's reports


@dataclass(slots=True)
class Figures:
    """What one week, one platform or the whole round came to. `minutes`: of searching, as written down."""

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


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the round. `target`: reports hoped for."""

    number: int
    starts_on: date
    ends_on: date
    target: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class NewTerm:
    """Words of a spotter's own that nobody had searched before the round."""

    text: str
    searches: int
    seen: int


@dataclass(frozen=True, slots=True)
class Came:
    """What the round came to until `before` (None: until now). `reporters`: how many people reported."""

    whole: Figures
    weeks: tuple[Week, ...]
    platforms: tuple[tuple[str, Figures], ...]
    terms: tuple[NewTerm, ...]
    reporters: int
    target: int


@dataclass(slots=True)
class _Case:
    first: datetime
    platform: str | None
    week: int
    notice: outcome.NoticeFacts | None = None  # the newest
    notice_id: str = ""


def midnight(day: date) -> datetime:
    """The moment the UTC day begins."""
    return datetime.combine(day, time(), UTC)


def came(session: Session, round_: Round, before: date | None = None, account_id: str | None = None) -> Came:
    """The figures of a round, or of one person in it; of whole days before `before`, when given."""
    end = midnight(min(round_.ends_on + timedelta(days=1), before or date.max))
    by_week: dict[int, Figures] = defaultdict(Figures)
    by_platform: dict[str | None, Figures] = defaultdict(Figures)
    whole, cases, people = Figures(), dict[str, _Case](), set[str]()
    for who, case_id, at, platform in _reports(session, round_, end, account_id):
        week = round_.span.week_at(at.date()) or 0
        people.add(who)
        cases.setdefault(case_id, _Case(at, platform, week))
        for figures in (whole, by_week[week], by_platform[platform]):
            figures.reports += 1
    _what_became(session, round_, cases, end, before)
    for case in cases.values():
        for figures in (whole, by_week[case.week], by_platform[case.platform]):
            figures.notices += case.notice is not None
            figures.takedowns += case.notice is not None and Figure.TAKEDOWN in outcome.figures(case.notice)
    for platform, day, searches, seen, minutes in _searches(session, round_, end, account_id):
        for figures in (whole, by_week[round_.span.week_at(day) or 0], by_platform[platform]):
            figures.searches += searches
            figures.seen += seen
            figures.minutes += minutes
    names = dict(session.execute(select(Platform.id, Platform.name)).all())
    listed = [
        (names.get(platform or "", sentence("No known platform")), figures) for platform, figures in by_platform.items()
    ]
    starts = round_.span.weeks
    targets = [*round_.targets, *[0] * len(starts)]
    return Came(
        whole,
        tuple(
            Week(number + 1, start, min(start + timedelta(days=6), round_.ends_on), targets[number], by_week[number])
            for number, start in enumerate(starts)
        ),
        tuple(sorted(listed, key=lambda row: (-row[1].reports, -row[1].searches, row[0].casefold()))),
        tuple(_new_terms(session, round_, end, account_id)),
        len(people),
        sum(targets[: len(starts)]),
    )


def _within(round_: Round, end: datetime) -> tuple[Any, ...]:
    """Reports of the round's days. Identifiers are ordered by age: by them nothing older than the round is read."""
    start = midnight(round_.starts_on)
    return Report.id >= first_id(start - timedelta(hours=1)), Report.received_at >= start, Report.received_at < end


def _reports(session: Session, round_: Round, end: datetime, account_id: str | None) -> Iterable[Any]:
    taking_part = and_(Membership.round_id == round_.id, Membership.account_id == Report.account_id)
    chosen = select(Report.account_id, Report.case_id, Report.received_at, Listing.platform_id)
    chosen = chosen.join(Membership, taking_part).join(Case, Case.id == Report.case_id)
    chosen = chosen.join(Listing, Listing.id == Case.listing_id)
    chosen = chosen.where(*_within(round_, end))
    chosen = chosen.where(or_(Membership.left_at.is_(None), Report.received_at < Membership.left_at))
    if account_id:
        chosen = chosen.where(Report.account_id == account_id)
    return session.execute(chosen.order_by(Report.received_at, Report.id))


def _what_became(session: Session, round_: Round, cases: dict[str, _Case], end: datetime, before: date | None) -> None:
    """Give each case the newest notice that left since its first report, with what is known of it."""
    if not cases:
        return
    until = midnight(before or date.max)
    ids = select(Report.case_id).where(*_within(round_, end))
    sent = select(Notice.id, Notice.case_id, Notice.created_at, Notice.answer, Notice.answered_at)
    sent = sent.where(Notice.case_id.in_(ids), Notice.withdrawn_at.is_(None)).order_by(Notice.created_at)
    for notice_id, case_id, created_at, answer, answered_at in session.execute(sent):
        case = cases.get(case_id)
        if case and case.first <= created_at < until:
            in_time = answer and answered_at and answered_at < until
            case.notice = (
                outcome.NoticeFacts(Answer(answer), answered_at) if answer and in_time else outcome.NoticeFacts()
            )
            case.notice_id = notice_id
    by_notice = {case.notice_id: case for case in cases.values()}
    settled = select(Check.notice_id, Check.state, Check.settled_at)
    settled = settled.where(Check.state.in_((CheckState.GONE, CheckState.PRESENT)), Check.settled_at < until)
    settled = settled.where(Check.listing_id.in_(select(Case.listing_id).where(Case.id.in_(ids))))
    for checked_id, state, at in session.execute(settled.order_by(Check.settled_at)):
        case = by_notice.get(checked_id or "")
        if case and case.notice:
            case.notice = replace(case.notice, check=CheckState(state), checked_at=at)


def _whose(round_: Round, end: datetime, account_id: str | None) -> list[Any]:
    """Searches of the round on its days; written down before these were moved, a search may lie outside them."""
    whose = [Search.round_id == round_.id, Search.day >= round_.starts_on, Search.day < end.date()]
    return [*whose, Search.account_id == account_id] if account_id else whose


def _searches(session: Session, round_: Round, end: datetime, account_id: str | None) -> Iterable[Any]:
    counted = (func.count(), func.sum(Search.seen), func.sum(Search.minutes))
    chosen = select(Search.platform_id, Search.day, *counted).where(*_whose(round_, end, account_id))
    return session.execute(chosen.group_by(Search.platform_id, Search.day))


def _new_terms(session: Session, round_: Round, end: datetime, account_id: str | None) -> Iterable[NewTerm]:
    """Own words, the most searched first, without those that anybody searched before the round began."""
    known = select(Search.term).where(Search.at < midnight(round_.starts_on))
    chosen = select(Search.term, func.count(), func.sum(Search.seen)).where(*_whose(round_, end, account_id))
    chosen = chosen.where(Search.language.is_(None), Search.term.not_in(known)).group_by(Search.term)
    for text, searches, seen in session.execute(chosen.order_by(func.count().desc(), Search.term)):
        yield NewTerm(text, searches, seen)


def took_part(session: Session, round_: Round) -> int:
    """How many take part or did, on some of its days: who left meanwhile may have reported before."""
    counted = select(func.count()).select_from(Membership).where(Membership.round_id == round_.id)
    within = or_(Membership.left_at.is_(None), Membership.left_at > midnight(round_.starts_on))
    return session.scalar(counted.where(within)) or 0


def by_person(session: Session, round_: Round) -> dict[str, Figures]:
    """Reports and searches of each person in the round, for the desk."""
    counted: dict[str, Figures] = defaultdict(Figures)
    end = midnight(round_.ends_on + timedelta(days=1))
    for who, *_ in _reports(session, round_, end, None):
        counted[who].reports += 1
    sums = (func.count(), func.sum(Search.seen), func.sum(Search.minutes))
    rows = select(Search.account_id, *sums).where(*_whose(round_, end, None)).group_by(Search.account_id)
    for who, searches, seen, minutes in session.execute(rows):
        figures = counted[who]
        figures.searches, figures.seen, figures.minutes = searches, seen, minutes
    return counted
