"""Spotters as coordinators see them: training, accreditation, and what came of their reports."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server import clock, web
from server.accounts import store as accounts
from server.accounts.models import Account
from server.reports.models import Report
from server.training import accreditation
from server.training import store as training
from server.training.models import AccreditationRow
from server.words import Refused, Role, Standing

PAGE = 50


def listed(session: Session, q: str, cursor: str | None) -> dict[str, Any]:
    """A page of spotters with their standing; first those who passed and wait for a coordinator."""
    at = clock.now()
    found = accounts.listed(session, q, cursor, PAGE + 1)
    waiting = training.awaiting(session, at)
    first = (
        {} if q or cursor else {a.id: a for a in session.scalars(select(Account).where(Account.id.in_(waiting[:PAGE])))}
    )
    after = found[PAGE - 1].id if len(found) > PAGE else None
    ids = [account.id for account in found[:PAGE]]
    known = training.standings(session, [*ids, *first], at)
    counts = dict(
        session.execute(
            select(Report.account_id, func.count())
            .where(Report.account_id.in_([*ids, *first]))
            .group_by(Report.account_id)
        ).all()
    )

    def shown(account: Account) -> dict[str, Any]:
        last = known.get(account.id)
        return {
            "id": account.id,
            "name": account.name,
            "email": account.email,
            "role": account.role,
            "standing": accreditation.standing(last, at),
            "level": last.level if last else None,
            "until": last.expires_at if last else None,
            "waiting": account.id in waiting,
            "reports": counts.get(account.id, 0),
        }

    return {
        "waiting": [shown(first[i]) for i in waiting if i in first],
        "people": [shown(account) for account in found[:PAGE]],
        "next_url": web.url_with("people.index", q=q or None, cursor=after) if after else None,
        "q": q,
    }


def one(session: Session, account_id: str) -> dict[str, Any]:
    """One spotter, as people/show.html shows them."""
    account = session.get(Account, account_id)
    if account is None or account.role != Role.SPOTTER:
        raise Refused("not-found", "There is no such spotter.")
    at = clock.now()
    last = training.current_standing(session, account_id, at)
    rows = session.scalars(
        select(AccreditationRow).where(AccreditationRow.account_id == account_id).order_by(AccreditationRow.at.desc())
    ).all()
    names = {
        a.id: a.name for a in session.scalars(select(Account).where(Account.id.in_({r.by_account_id for r in rows})))
    }
    outcomes = select(Report.status, func.count()).where(Report.account_id == account_id).group_by(Report.status)
    read = training.sections_read(session, account_id)
    exams = [
        (course, training.last_attempt(session, account_id, course.slug)) for course in training.modules().values()
    ]
    return {
        "id": account.id,
        "name": account.name,
        "email": account.email,
        "joined": account.created_at,
        "standing": accreditation.standing(last, at),
        "level": last.level if last else None,
        "until": last.expires_at if last else None,
        "exam_passed": training.exams_passed(session, account_id, training.modules().values(), at),
        "training": [
            {
                "title": course.title,
                "read": len(read.get(course.slug, ())),
                "of": len(course.sections),
                "attempt": attempt,
            }
            for course, attempt in exams
        ],
        "history": [
            {
                "at": r.at,
                "standing": r.standing,
                "level": r.level,
                "by": names.get(r.by_account_id, "?"),
                "why": r.why,
                "exam_waived": r.exam_waived,
            }
            for r in rows
        ],
        "outcomes": dict(session.execute(outcomes).all()),
    }


def standing(session: Session, account_id: str) -> dict[str, Any]:
    """One's own standing, for the profile."""
    at = clock.now()
    last = training.current_standing(session, account_id, at)
    row = session.scalars(
        select(AccreditationRow).where(AccreditationRow.account_id == account_id).order_by(AccreditationRow.at.desc())
    ).first()
    return {
        "standing": accreditation.standing(last, at),
        "level": last.level if last else None,
        "until": last.expires_at if last else None,
        "why": row.why if row and row.standing != Standing.ACTIVE else "",
    }


def gate(session: Session, account_id: str) -> dict[str, Any] | None:
    """None when this person may report, else what not_accredited.html says to them."""
    at = clock.now()
    standing = accreditation.standing(training.current_standing(session, account_id, at), at)
    if standing == Standing.ACTIVE:
        return None
    courses = [course for course in training.modules().values() if course.required]
    passed = training.exams_passed(session, account_id, courses, at)
    read = training.sections_read(session, account_id)
    left = sum(len({section.name for section in course.sections} - read.get(course.slug, set())) for course in courses)
    waiting = passed and standing in (Standing.NONE, Standing.LAPSED)
    return {"standing": standing, "parts_left": left or None, "waiting": waiting}
