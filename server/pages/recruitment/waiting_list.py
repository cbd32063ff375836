"""The waiting list as coordinators see it: the order, and the reasons for it."""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock, web, wording
from server.core.words import Standing
from server.pages.recruitment.forms import HEARD, HOURS
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation import standings
from server.people.accreditation import store as accreditation
from server.people.recruitment import screening
from server.people.recruitment import store as recruitment
from server.reads import alike

PAGE = 20


def waiting(session: Session, language: str = "", page: int = 1, holding: str = "") -> dict[str, Any]:
    """A page of the waiting list (with `language`, only of people who read it), the highest score first.

    holding: an application's id; the page returned is the one it is on.
    """
    at, everybody, questions = clock.now(), recruitment.waiting(session), recruitment.questions()
    readers = _readers(session)
    by_language = Counter(code for application in everybody for code in application.languages)
    ranked = []
    for application in everybody:
        if language and language not in application.languages:
            continue
        result = screening.weigh(questions, application.answers)
        names, days = [wording.language(code) for code in application.languages], (at - application.at).days
        rank = screening.rank(result, application.hours, names, readers, days)
        ranked.append((rank, application, names))
    ranked.sort(key=lambda row: (-row[0].score, row[1].id))
    page = next((index // PAGE + 1 for index, row in enumerate(ranked) if row[1].id == holding), page)
    page = max(1, min(page, -(-len(ranked) // PAGE) or 1))
    here = ranked[(page - 1) * PAGE : page * PAGE]
    same = alike.alike(session, [(application.name, application.email) for _, application, _ in here])
    shown = [
        {
            "id": application.id, "name": application.name, "email": application.email, "at": application.at,
            "why": application.why, "languages": names, "hours": HOURS[str(application.hours)],
            "heard": HEARD[application.heard], "note": application.note, "score": rank.score, "reasons": rank.reasons, "alike": same[application.email],
        }
        for rank, application, names in here
    ]  # fmt: skip

    def address(number: int) -> str:
        return web.url_with("recruitment.waiting", language=language or None, page=str(number))

    return {
        "declined": _declined(session, at),
        "applications": shown, "count": len(ranked), "language": language,
        "languages": [(code, wording.language(code), number) for code, number in by_language.most_common()],
        "total": len(everybody), "first_url": address(1) if page > 1 else None,
        "next_url": address(page + 1) if page * PAGE < len(ranked) else None,
    }  # fmt: skip


def _declined(session: Session, at: datetime) -> list[dict[str, Any]]:
    """What was declined and can still be undone: by whom, until when, and with which note."""
    recent = recruitment.recently_declined(session, at)
    ids = {application.declined_by_id for application in recent}
    names = dict(session.execute(select(Account.id, Account.name).where(Account.id.in_(ids))).all())
    return [
        {
            "id": application.id, "name": application.name, "by": names.get(application.declined_by_id or "", ""),
            "until": application.declined_at + recruitment.UNDO, "note": application.note,
        }
        for application in recent
        if application.declined_at
    ]  # fmt: skip


def _readers(session: Session) -> Counter[str]:
    """How many accredited spotters read each language, by its name."""
    at = clock.now()
    people = dict(
        session.execute(
            select(Account.id, Account.languages).where(accounts.SPOTTERS, Account.disabled_at.is_(None))
        ).all()
    )
    known = accreditation.of_people(session, people)
    active = [person for person in people if standings.standing(known.get(person), at) is Standing.ACTIVE]
    return Counter(wording.language(code) for person in active for code in people[person] or ())
