"""The lists of the desk, a page at a time: who is to be accredited, appeals, who is suspended, proposals, what ends, and what has changed."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock, web
from server.core.words import Standing
from server.journeys.spotter import accrediting
from server.people.accounts import inviters
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation import history, standings
from server.people.accreditation import store as accreditation
from server.people.courses import catalogue, needed
from server.people.exams import store, tries
from server.people.exams.models import Attempt
from server.people.recruitment import store as recruitment
from server.people.skill import store as skill
from server.people.training import store as training
from server.reads import eligibility, judgements, onboarding, team_questions

PAGE = 25
SOON = timedelta(days=60)  # until an accreditation ends


def standing(session: Session) -> dict[str, standings.Accreditation]:
    """Where all who are here stand."""
    return accreditation.of_people(session, accounts.open_spotters())


def counts(session: Session, known: Mapping[str, standings.Accreditation] | None = None) -> dict[str, int]:
    """How much waits in each list. known: where all who are here stand, for whoever has read it already."""
    at = clock.now()
    if known is None:
        known = standing(session)
    return {
        "to_accredit": len(onboarding.awaiting(session, at, known)),
        "appeals": len(accreditation.open_appeals(session, accounts.open_spotters())),
        "suspended": len(_suspended(session, known)),
        "proposals": skill.count_open(session, accounts.open_spotters()),
        "ending": sum(_ends_soon(last, at) for last in known.values()),
        "changes": eligibility.count_asked(session, known, at),
        "questions": team_questions.count_at_desk(session)[0],
        "applications": recruitment.count_waiting(session),
    }


def _ends_soon(last: standings.Accreditation, at: datetime) -> bool:
    return standings.standing(last, at) is Standing.ACTIVE and last.expires_at - at <= SOON


def _people(session: Session, ids: Collection[str]) -> dict[str, Account]:
    return {account.id: account for account in session.scalars(select(Account).where(Account.id.in_(ids)))}


def names(session: Session, ids: Collection[str]) -> dict[str, str]:
    """What these spotters are called."""
    rows = select(Account.id, Account.name).where(Account.id.in_(ids), accounts.SPOTTERS)
    return dict(session.execute(rows).all())


def _page(everything: Sequence[Any], number: int, endpoint: str, **parameters: str | None) -> dict[str, Any]:
    """Which part of a list is shown, and the addresses of others."""
    number = max(1, min(number, -(-len(everything) // PAGE) or 1))

    def address(to: int) -> str:
        return web.url_with(endpoint, **parameters, page=str(to) if to > 1 else None)

    return {
        "rows": everything[(number - 1) * PAGE : number * PAGE],
        "count": len(everything),
        "page": number,
        "first_url": address(1) if number > 1 else None,
        "next_url": address(number + 1) if number * PAGE < len(everything) else None,
    }


def to_accredit(session: Session, by_id: str, number: int) -> dict[str, Any]:
    """Who passed and signed and waits, longest first: what they are to be, what their exams say, who may not decide."""
    at = clock.now()
    page = _page(onboarding.awaiting(session, at), number, "desk.to_accredit")
    ids: list[str] = page["rows"]
    people, known = _people(session, ids), accreditation.of_people(session, ids)
    invited = inviters.invited_by(session, list(people.values()), by_id)
    taught = [module.slug for module in needed.modules(catalogue.modules().values())]
    exams, passes = tries.of_people(session, taught, ids), store.passes_of(session, Attempt.account_id.in_(ids))
    read = training.lessons_read_by(session, ids)

    def reading(account_id: str) -> tuple[int, int]:
        """How many lessons they have read of the modules they need, and how many there are."""
        passed, done = {each.module for each in passes.get(account_id, ())}, read.get(account_id, {})
        modules = needed.to_study(done, passed, catalogue.modules().values())
        lessons = {(module.slug, lesson.name) for module in modules for lesson in module.lessons}
        return sum((slug, name) in lessons for slug, names in done.items() for name in names), len(lessons)

    def row(account_id: str) -> dict[str, Any]:
        account, last = people[account_id], known.get(account_id)
        held = last if last and last.standing is Standing.ACTIVE else None
        return {
            "id": account_id, "name": account.name, "cohort": account.cohort, "seen": last.id if last else "",
            "standing": standings.standing(last, at), "level": held.level if held else None,
            "scope": held.scope if held else None, "until": held.expires_at if held else None,
            "exams": exams.get(account_id, tries.Tries()), "invited": account_id in invited,
            "reading": reading(account_id),
        }  # fmt: skip

    return page | {"rows": [row(account_id) for account_id in ids]}


def appeals(session: Session, by_id: str, number: int) -> dict[str, Any]:
    """Appeals that wait, the oldest first: against what, whose decision, and whether this reader may decide."""
    page = _page(accreditation.open_appeals(session, accounts.open_spotters()), number, "desk.appeals")
    ids = [appeal.account_id for appeal in page["rows"]]
    people, decided = _people(session, ids), accreditation.of_people(session, ids)
    known = history.as_stopped(session, decided)
    deciders = _people(session, {last.by_id for last in known.values()})
    invited = inviters.invited_by(session, list(people.values()), by_id)
    concerned = invited | {id_ for id_ in ids if by_id in (known[id_].by_id, decided[id_].by_id)}
    return page | {
        "rows": [
            {
                "id": appeal.account_id, "name": people[appeal.account_id].name, "at": appeal.at,
                "standing": known[appeal.account_id].standing, "by": deciders[known[appeal.account_id].by_id].name,
                "concerned": appeal.account_id in concerned,
                "others": accrediting.who_else_decides_appeal(session, appeal.account_id, by_id)
                if appeal.account_id in concerned else [],
            }
            for appeal in page["rows"]
        ]
    }  # fmt: skip


def suspended(session: Session, number: int) -> dict[str, Any]:
    """Who is suspended and waits for a coordinator to lift it or to end it, longest first; appeals have a list of their own."""
    known = history.as_stopped(session, accreditation.of_people(session, accounts.open_spotters()))
    page = _page(_suspended(session, known), number, "desk.suspended")
    people = _people(session, set(page["rows"]) | {known[who].by_id for who in page["rows"]})
    return page | {
        "rows": [
            {
                "id": who, "name": people[who].name, "since": known[who].at, "by": people[known[who].by_id].name,
                "why": known[who].why,
            }
            for who in page["rows"]
        ]
    }  # fmt: skip


def _suspended(session: Session, known: Mapping[str, standings.Accreditation]) -> list[str]:
    appealed = {appeal.account_id for appeal in accreditation.open_appeals(session, accounts.open_spotters())}
    stopped = [who for who, last in known.items() if last.standing is Standing.SUSPENDED and who not in appealed]
    return sorted(stopped, key=lambda who: (known[who].at, who))


def proposals(session: Session, number: int) -> dict[str, Any]:
    """The level changes that the rules propose, those who may need help first."""
    return _page(judgements.proposals(session), number, "desk.proposals")


def questions(session: Session, number: int) -> dict[str, Any]:
    """Questions to leads that coordinators see, the oldest first."""
    page = _page(session.scalars(team_questions.at_desk(session)).all(), number, "desk.questions")
    return page | {"rows": team_questions.shown(session, page["rows"])}


def ending(session: Session, number: int, day: date | None) -> dict[str, Any]:
    """Accreditations that end within 60 days: a calendar of weeks with how many end on each day (UTC), and a list.

    day: the list is of that day alone.
    """
    at = clock.now()
    known = {
        who: last for who, last in accreditation.of_people(session, accounts.open_spotters()).items() if _ends_soon(last, at)
    }  # fmt: skip
    on = Counter(last.expires_at.date() for last in known.values())
    soonest = sorted(known, key=lambda who: (known[who].expires_at, who))
    chosen = [who for who in soonest if day is None or known[who].expires_at.date() == day]
    page = _page(chosen, number, "desk.ending", day=day.isoformat() if day else None)
    people, again = _people(session, page["rows"]), set(onboarding.awaiting(session, at))
    agreement, signed = accreditation.agreement().content_hash, accreditation.signed_by(session, page["rows"])
    return page | {
        "day": day,
        "total": len(known),
        "weeks": _calendar(at.date(), on),
        "rows": [
            {
                "id": who, "name": people[who].name, "until": known[who].expires_at, "level": known[who].level,
                "days": (known[who].expires_at - at).days, "passed": who in again,
                "signed": agreement in signed.get(who, ()),
            }
            for who in page["rows"]
        ],
    }  # fmt: skip


def _calendar(today: date, on: Counter[date]) -> list[list[dict[str, Any]]]:
    """The weeks from today's to the last of the 60 days, from Monday: each day with how many accreditations end on it."""
    last = today + SOON
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=number) for number in range((last - monday).days // 7 * 7 + 7)]
    cells = [
        {"day": day, "count": on[day], "within": today <= day <= last, "url": web.url_with("desk.ending", day=day.isoformat())}
        for day in days
    ]  # fmt: skip
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]


def changes(session: Session, number: int) -> dict[str, Any]:
    """Who has to go through something again that changed since they were accredited, the most urgent first."""
    at = clock.now()
    asked = eligibility.asked_of_people(session, accreditation.of_people(session, accounts.open_spotters()), at)
    people = sorted(asked, key=lambda who: (asked[who][0].until, who))  # of each the most urgent comes first
    page = _page(people, number, "desk.changes")
    accounts_here = _people(session, set(page["rows"]))
    return page | {
        "overdue": sum(at >= theirs[0].until for theirs in asked.values()),
        "by_title": Counter(change.title for theirs in asked.values() for change in theirs).most_common(),
        "rows": [{"id": who, "name": accounts_here[who].name, "changes": asked[who]} for who in page["rows"]],
    }
