"""The worklist as its spotter sees it: this week's searches, what is done of them, and the lesson on a term."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from server.core import clock, wording
from server.ledger.companies import store as companies
from server.ledger.companies.routing import Platform
from server.ledger.species import vocabulary
from server.people.accounts.models import Account
from server.people.accreditation import store as accreditation
from server.people.courses import lesson_links
from server.people.rounds import store, weeks, worklist
from server.people.rounds.models import Round, Search
from server.people.rounds.worklist import Place, Row, Term


@dataclass(frozen=True, slots=True)
class Shown:
    """One row: what to search, where, and whether it is done. `url` None: the platform's search has no known address."""

    key: str
    platform: Platform
    text: str
    language: str
    url: str | None
    lesson: dict[str, str] | None
    done: Search | None


def page(session: Session, account_id: str) -> dict[str, Any]:
    """Everything /work shows."""
    today = store.today()
    found = store.mine(session, account_id, today)
    week = weeks.week_of(today, found.span if found else None)
    until = min(week + weeks.WEEK - timedelta(days=1), found.ends_on if found else date.max)
    applied = session.get_one(Account, account_id).languages  # what they said when they applied, until they choose here
    reads = tuple(store.choice(session, account_id).languages or applied or ())
    scope = _scope(session, account_id)
    spoken = worklist.languages(reads, scope, found.languages if found else ())
    terms = every_term(session)
    minutes = store.estimate(session, account_id, week)
    rows = _plan(
        session, account_id, week, found, worklist.wanted(terms, found.groups if found else (), spoken), minutes
    )
    known = platforms(session)
    done = store.searches(session, account_id, week)
    ours = [one for one in done if found is None or one.round_id == found.id]
    shown, more = _shown(rows, ours, known, {term.text: term.language for term in terms})
    return {
        "round": found,
        "week": week,
        "until": until,
        "number": (found.span.week_at(today) or 0) + 1 if found else None,
        "weeks": len(found.span.weeks) if found else None,
        "platforms": _by_platform(shown),
        "more": more,
        "count": len(shown),
        "left": sum(1 for row in shown if row.done is None),
        "minutes": sum(one.minutes for one in ours),
        "seen": sum(one.seen for one in ours),
        "searched": len(ours),
        "whole": worklist.MINUTES,
        "each": round(minutes),
        "short": len(shown) * minutes < worklist.MINUTES - minutes,
        "spoken": spoken,
        "reads": reads,
        "scope": scope,
        "languages": offered(terms),
        "every": sorted(known, key=lambda one: one.name.casefold()),
    }


def every_term(session: Session) -> list[Term]:
    """What the lexicon gives to search for."""
    return [Term(one["text"], one["language"], one["groups"]) for one in vocabulary.searched(session)]


def platforms(session: Session) -> tuple[Platform, ...]:
    """Every platform that is not retired."""
    return companies.directory(session).platforms


def offered(terms: Iterable[Term]) -> list[tuple[str, str]]:
    """The languages there are terms in: code and name, by name."""
    codes = {term.language for term in terms} - {worklist.SIGNS}
    return sorted(((code, wording.language(code)) for code in codes), key=lambda one: one[1])


def _scope(session: Session, account_id: str) -> tuple[str, ...]:
    last = accreditation.current(session, account_id, clock.now())
    return last.scope.languages if last else ()


def _plan(
    session: Session, account_id: str, week: date, found: Round | None, terms: list[Term], minutes: float
) -> Sequence[Row]:
    """A round's own platforms, also those whose search must be opened by hand; else all that have an address."""
    known = platforms(session)
    named = set(found.platforms) if found else set()
    places = [Place(one.slug, one.languages) for one in known if (one.slug in named if named else one.search)]
    slugs = {one.id: one.slug for one in known}
    searched = store.last_searched(session, week)
    last = {(slugs[platform], term): day for (platform, term), day in searched.items() if platform in slugs}
    return worklist.plan(account_id, week, terms, places, last, minutes)


def _shown(
    rows: Sequence[Row], done: Sequence[Search], platforms: Sequence[Platform], languages: Mapping[str, str]
) -> tuple[list[Shown], list[Shown]]:
    """The list's rows with what is done of them, and what was searched besides, the newest of each."""
    by_slug, by_id = {one.slug: one for one in platforms}, {one.id: one for one in platforms}
    latest = {(one.platform_id, one.term): one for one in done}
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
        _row(by_id[one.platform_id], one.term, languages.get(one.term, ""), one)
        for one in latest.values()
        if one.platform_id in by_id
    ]
    return shown, more


def _row(platform: Platform, text: str, language: str, done: Search | None) -> Shown:
    return Shown(
        key_of(platform.slug, text), platform, text, language, platform.search_for(text), lesson_links.about(text), done
    )


def key_of(platform: str, text: str) -> str:
    """A row's name in the page."""
    return "s-" + hashlib.sha256(f"{platform}\0{text}".encode()).hexdigest()[:12]


def _by_platform(rows: Sequence[Shown]) -> list[tuple[Platform, list[Shown]]]:
    found: dict[str, tuple[Platform, list[Shown]]] = {}
    for row in rows:
        found.setdefault(row.platform.slug, (row.platform, []))[1].append(row)
    return list(found.values())
