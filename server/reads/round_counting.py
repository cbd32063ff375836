"""How a round's reports, notices, takedowns and searches are counted, by week and by what is asked for (`By`).

Everything is counted where it began: a notice and a takedown stand in the week and the team of the first report of their case
within the round, whenever they came. Every report of who took part counts, also of who has left since, and of a
listing that was known before (design 5.8). Days and weeks are those of the round's time zone.
"""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import Any

from babel.numbers import format_decimal
from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from server.core import clock, outcome, wording
from server.core.conditions import among
from server.core.database import connection
from server.core.sentences import Localized
from server.core.words import Answer, CheckState
from server.ledger.cases.models import Case
from server.ledger.listings.models import Listing
from server.ledger.monitoring.models import Check
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Report
from server.people.rounds import weeks
from server.people.rounds.models import Membership, Round
from server.reads import practice_lane, round_reports, round_searches


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

    def add_searches(self, searches: int, seen: int, minutes: int) -> None:
        """Count these searches, too."""
        self.searches += searches
        self.seen += seen
        self.minutes += minutes


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
class Counted:
    """What was counted, without any name. `reporters`: how many people reported.

    by: of what was asked for, by the key of each part: a team's or platform's id, a group, a language; None: not known.
    """

    whole: Figures
    weeks: tuple[Figures, ...]
    terms: tuple[round_searches.NewTerm, ...]
    reporters: int
    by: Mapping[By, Mapping[str | None, Figures]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """To be kept."""
        return {
            "whole": astuple(self.whole),
            "weeks": [astuple(week) for week in self.weeks],
            "terms": [astuple(term) for term in self.terms],
            "reporters": self.reporters,
            "by": {kind: [(key, astuple(part)) for key, part in parts.items()] for kind, parts in self.by.items()},
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Counted":
        """What `as_json` gave."""
        return cls(
            Figures(*kept["whole"]),
            tuple(Figures(*week) for week in kept["weeks"]),
            tuple(round_searches.NewTerm(*term) for term in kept["terms"]),
            kept["reporters"],
            {By(kind): {key: Figures(*part) for key, part in parts} for kind, parts in kept["by"].items()},
        )


_OF_CASE = (By.GROUP, By.LANGUAGE, By.PLATFORM)  # what a case's reports are divided by, beside week and team
_KEYS = (By.TEAM, *_OF_CASE)
NOT_DIVIDED = (None, None, None)
OWN_WORDS, NOT_STATED = "own", ""  # beside the codes of languages


def count(
    session: Session, round_: Round, before: date | None = None, account_id: str | None = None, by: Collection[By] = ()
) -> Counted:
    """Count a round, or one person in it; whole days before `before`, when given. `by`: divided by what."""
    span = round_.span
    last = min(span.ends_on + weeks.DAY, before or date.max)
    begins = [span.begins(day) for day in span.weeks]
    rows = _reports(session, round_, span.begins(last), account_id, By.LANGUAGE in by)
    of_case = _divided(session, rows, by)
    # Each report as plain values, its week and then `_KEYS`: there are thousands.
    places, first = list[tuple[Any, ...]](), dict[str, tuple[datetime, tuple[Any, ...]]]()
    for _, case_id, received_at, team, _ in rows:
        place = (max(bisect(begins, received_at) - 1, 0), team, *of_case.get(case_id, NOT_DIVIDED))
        places.append(place)
        if case_id not in first:
            first[case_id] = received_at, place
    became = _what_became(session, round_, {case_id: at for case_id, (at, _) in first.items()}, before)
    noticed = [first[case_id][1] for case_id in became]
    taken_down = [first[case_id][1] for case_id, facts in became.items() if outcome.taken_down(facts)]
    whole = Figures(len(places), len(noticed), len(taken_down))
    by_week = _counted(places, noticed, taken_down, 0)
    parts = {kind: _counted(places, noticed, taken_down, number) for number, kind in enumerate(_KEYS, 1) if kind in by}
    for day, *sums in round_searches.by_day(session, round_, last, account_id):
        for figures in (whole, by_week[span.week_at(day) or 0]):
            figures.add_searches(*sums)
    if by:
        for platform, team, language, *sums in round_searches.divided(session, round_, last, account_id):
            searched = {By.TEAM: team, By.LANGUAGE: OWN_WORDS if language is None else language, By.PLATFORM: platform}
            for kind in parts.keys() & searched.keys():
                parts[kind][searched[kind]].add_searches(*sums)
    return Counted(
        whole,
        tuple(by_week[number] for number in range(len(span.weeks))),
        tuple(round_searches.new_terms(session, round_, last, account_id)),
        len({row[0] for row in rows}),
        parts,
    )


def _counted(
    places: Iterable[Any], noticed: Iterable[Any], taken_down: Iterable[Any], number: int
) -> defaultdict[Any, Figures]:
    """Reports, notices and takedowns by what stands at one place of each tuple. Where a notice stands, a report does, too."""
    reports, notices, takedowns = (Counter(map(itemgetter(number), each)) for each in (places, noticed, taken_down))
    counted = {key: Figures(count, notices[key], takedowns[key]) for key, count in reports.items()}
    return defaultdict(Figures, counted)


def _divided(
    session: Session, rows: Sequence[Any], by: Collection[By]
) -> Mapping[str, tuple[str | None, str | None, str | None]]:
    """Of each case of these reports, by `_OF_CASE`: None where it is not known or not divided by."""
    if not set(by).intersection(_OF_CASE):
        return {}
    case_ids = sorted({row[1] for row in rows})
    groups = practice_lane.groups_of(session, case_ids) if By.GROUP in by else {}
    languages = _languages(rows) if By.LANGUAGE in by else {}
    platforms = _platforms(session, case_ids) if By.PLATFORM in by else {}
    return {case_id: (groups.get(case_id), languages.get(case_id), platforms.get(case_id)) for case_id in case_ids}


def _languages(rows: Sequence[Any]) -> dict[str, str]:
    """The language of each case, as its first report here that states one has it."""
    languages: dict[str, str] = {}
    for _, case_id, _, _, stated in rows:
        languages[case_id] = languages.get(case_id) or _language(stated)
    return languages


def _platforms(session: Session, case_ids: Collection[str]) -> dict[str, str | None]:
    """The platform of each case's listing.

    Read by themselves, in the order of the ids: joined with the reports, each would be looked up in another place.
    """
    chosen = select(Case.id, Listing.platform_id).join(Listing, Listing.id == Case.listing_id)
    return dict(connection(session).execute(chosen.where(among(Case.id, case_ids))).all())


@lru_cache(maxsize=1000)
def _language(stated: str | None) -> str:
    """A page's language as it states it, without its region: `pt-BR` is `pt`."""
    return (stated or NOT_STATED).partition("-")[0].strip().lower()


def _reports(
    session: Session, round_: Round, end: datetime, account_id: str | None, with_language: bool
) -> Sequence[Any]:
    """Oldest first: who, case, when, team, and the page's language."""
    member, then = round_reports.taking_part(session, round_)
    language = Report.listing["language"].as_string() if with_language else literal(None)
    columns = (Report.account_id, Report.case_id, Report.received_at, Membership.team_id, language)
    chosen = (
        select(*columns).select_from(Report).join(Membership, member).where(*round_reports.within(round_, end), then)
    )
    if account_id:
        chosen = chosen.where(Report.account_id == account_id)
    return connection(session).execute(chosen.order_by(Report.received_at, Report.id)).all()


def _what_became(
    session: Session, round_: Round, first: Mapping[str, datetime], before: date | None
) -> dict[str, outcome.NoticeFacts]:
    """What is known of the newest notice of each case that left since its first report. first: by case, when that came."""
    until = round_.span.begins(before) if before else clock.now() + weeks.DAY
    sent = select(Notice.id, Notice.case_id, Notice.created_at, Notice.answer, Notice.answered_at)
    sent = sent.where(among(Notice.case_id, first), Notice.withdrawn_at.is_(None)).order_by(Notice.created_at)
    became, by_notice = dict[str, outcome.NoticeFacts](), dict[str, str]()
    newest = {
        row.case_id: row for row in connection(session).execute(sent) if first[row.case_id] <= row.created_at < until
    }
    for notice_id, case_id, _, answer, answered_at in newest.values():
        in_time = answer and answered_at and answered_at < until
        facts = outcome.NoticeFacts(Answer(answer), answered_at) if answer and in_time else outcome.NoticeFacts()
        became[case_id] = facts
        by_notice[notice_id] = case_id
    # Not asked for by state: a database would rather read every settled check there is than those of these notices.
    checked = select(Check.notice_id, Check.state, Check.settled_at).where(Check.settled_at < until)
    checked = checked.where(among(Check.notice_id, by_notice)).order_by(Check.settled_at)
    for checked_id, state, at in connection(session).execute(checked):
        if state in (CheckState.GONE, CheckState.PRESENT):
            case_id = by_notice[checked_id or ""]
            became[case_id] = replace(became[case_id], check=CheckState(state), checked_at=at)
    return became
