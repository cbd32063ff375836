"""The worklist as its spotter sees it: this week's searches, what is done of them, and the lesson on a term."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from server.core import clock, languages, web
from server.ledger.companies import store as companies
from server.ledger.companies.routing import RoutedPlatform
from server.ledger.species import vocabulary
from server.pages.rounds import search_reasons
from server.pages.rounds.search_reasons import SearchReason
from server.people.accounts.models import Account
from server.people.accreditation import store as accreditation
from server.people.courses import lesson_links
from server.people.rounds import choice_store, searches, store, weeks, worklist
from server.people.rounds.models import Round, Search
from server.people.rounds.worklist import Place, Row, SearchTerm

PAGE = 30  # terms
MOST_MORE = 50  # searches beyond the list that are shown before somebody asks for all


@dataclass(frozen=True, slots=True)
class Shown:
    """One search: what, where, and whether it is done. `url` None: the platform's search has no known address."""

    key: str
    platform: RoutedPlatform
    text: str
    language: str
    url: str | None
    done: Search | None


@dataclass(frozen=True, slots=True)
class TermShown:
    """One term with the platforms to search for it, why it is on the list, and the lesson that speaks of it."""

    key: str
    text: str
    language: str
    rows: tuple[Shown, ...]
    lesson: dict[str, str] | None = None
    reason: SearchReason | None = None

    @property
    def left(self) -> int:
        """On how many platforms it is still to be searched."""
        return sum(row.done is None for row in self.rows)

    @property
    def by_hand(self) -> bool:
        """Whether it has to be typed or pasted somewhere."""
        return any(row.url is None for row in self.rows)


def page(session: Session, account_id: str, number: int = 1, key: str = "", whole: bool = False) -> dict[str, Any]:
    """Everything /work shows; of the terms the page `number`, or the one that has the search of this `key`.

    Of other searches the newest, or all of them: when `whole` says so, or one that is older has this `key`.
    """
    round_ = store.mine(session, account_id, clock.now())
    today = store.today(round_)
    week = weeks.week_of(today, round_.span if round_ else None)
    until = min(week + weeks.WEEK - timedelta(days=1), round_.ends_on if round_ else date.max)
    applied = session.get_one(Account, account_id).languages  # what they said when they applied, until they choose here
    choice = choice_store.choice(session, account_id)
    reads = tuple(choice.languages or applied or ())
    scope = _scope(session, account_id)
    spoken = worklist.languages(reads, scope, round_.languages if round_ else ())
    terms = every_term(session)
    minutes = searches.estimate(session, account_id, week)
    rows = _plan(
        session,
        account_id,
        week,
        round_,
        worklist.wanted(terms, round_.groups if round_ else (), spoken, choice.avoids or ()),
        minutes,
    )
    known = platforms(session)
    done = searches.since(session, account_id, week)
    ours = [search for search in done if round_ is None or search.round_id == round_.id]
    shown, more = _shown(rows, ours, known, {term.text: term.language for term in terms})
    groups = _by_term(shown)
    place = next((place for place, of in enumerate(groups) if any(row.key == key for row in of)), None)
    number = min(number, -(-len(groups) // PAGE) or 1) if place is None else place // PAGE + 1
    here = groups[(number - 1) * PAGE : number * PAGE]
    older = [] if whole or any(row.key == key for row in more[:-MOST_MORE]) else more[:-MOST_MORE]
    return {
        "round": round_,
        "week": week,
        "until": until,
        "number": (round_.span.week_at(today) or 0) + 1 if round_ else None,
        "weeks": len(round_.span.weeks) if round_ else None,
        "terms": _terms(session, here, {row.term.text: row.term for row in rows}),
        "keys": {row.key for row in (*shown, *more)},
        "by_hand": list({row.platform.slug: row.platform for row in shown if row.url is None}.values()),
        "page": number,
        "first_url": web.url_with("rounds.work") if number > 1 else None,
        "next_url": web.url_with("rounds.work", page=str(number + 1)) if number * PAGE < len(groups) else None,
        "more": _terms(session, _by_term(more[len(older) :]), {}),
        "more_count": len(more),
        "older": len(older),
        "count": len(shown),
        "left": sum(1 for row in shown if row.done is None),
        "minutes": sum(search.minutes for search in ours),
        "seen": sum(search.seen for search in ours),
        "searched": len(ours),
        "whole": worklist.MINUTES,
        "each": round(minutes),
        "short": len(shown) * minutes < worklist.MINUTES - minutes,
        "spoken": spoken,
        "reads": reads,
        "avoids": choice.avoids or [],
        "scope": scope,
        "languages": offered(terms),
        "every": sorted(known, key=lambda platform: platform.name.casefold()),
    }


def every_term(session: Session) -> list[SearchTerm]:
    """What the lexicon gives to search for."""
    return [
        SearchTerm(row["text"], row["language"], row["groups"], row["taxa"], row["found"])
        for row in vocabulary.searched(session)
    ]


def platforms(session: Session) -> tuple[RoutedPlatform, ...]:
    """Every platform that is not retired."""
    return companies.directory(session).platforms


def offered(terms: Iterable[SearchTerm]) -> Sequence[tuple[str, str]]:
    """The languages there are terms in: code and name, by name."""
    return languages.by_name({term.language for term in terms} - {worklist.SIGNS})


def _scope(session: Session, account_id: str) -> tuple[str, ...]:
    last = accreditation.current(session, account_id)
    return last.scope.languages if last else ()


def _plan(
    session: Session, account_id: str, week: date, round_: Round | None, terms: list[SearchTerm], minutes: float
) -> Sequence[Row]:
    """A round's own platforms, also those whose search must be opened by hand; else all that have an address."""
    known = platforms(session)
    named = set(round_.platforms) if round_ else set()
    places = [
        Place(platform.slug, platform.languages)
        for platform in known
        if (platform.slug in named if named else platform.search)
    ]
    slugs = {platform.id: platform.slug for platform in known}
    last_days = searches.last_days(session, week)
    last = {(slugs[platform], term): day for (platform, term), day in last_days.items() if platform in slugs}
    return worklist.plan(account_id, week, terms, places, last, minutes)


def _shown(
    rows: Sequence[Row], done: Sequence[Search], platforms: Sequence[RoutedPlatform], languages: Mapping[str, str]
) -> tuple[list[Shown], list[Shown]]:
    """The list's rows with what is done of them, and what was searched besides, the newest of each."""
    by_slug = {platform.slug: platform for platform in platforms}
    by_id = {platform.id: platform for platform in platforms}
    latest = {(search.platform_id, search.term): search for search in done}
    shown = [
        _row(
            by_slug[row.platform],
            row.term.text,
            row.term.language,
            latest.pop((by_slug[row.platform].id, row.term.text), None),
        )
        for row in rows
    ]
    more = [
        _row(by_id[search.platform_id], search.term, languages.get(search.term, ""), search)
        for search in latest.values()
        if search.platform_id in by_id
    ]
    return shown, more


def _row(platform: RoutedPlatform, text: str, language: str, done: Search | None) -> Shown:
    return Shown(key_of(platform.slug, text), platform, text, language, platform.search_for(text), done)


def key_of(platform: str, text: str) -> str:
    """The name of a search in the page; without a platform that of its term."""
    return "s-" + hashlib.sha256(f"{platform}\0{text}".encode()).hexdigest()[:12]


def _by_term(rows: Sequence[Shown]) -> list[tuple[Shown, ...]]:
    """The searches for each term, in the list's order."""
    by_text: dict[str, list[Shown]] = {}
    for row in rows:
        by_text.setdefault(row.text, []).append(row)
    return list(map(tuple, by_text.values()))


def _terms(session: Session, groups: Sequence[tuple[Shown, ...]], terms: Mapping[str, SearchTerm]) -> list[TermShown]:
    """The terms of a page, with why each of them is there."""
    reasons = search_reasons.of_terms(session, [terms[rows[0].text] for rows in groups if rows[0].text in terms])
    return [
        TermShown(
            key_of("", rows[0].text), rows[0].text, rows[0].language, rows, lesson_links.about(rows[0].text),
            reasons.get(terms[rows[0].text]) if rows[0].text in terms else None,
        )
        for rows in groups
    ]  # fmt: skip
