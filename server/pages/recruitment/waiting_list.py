"""The waiting list as coordinators see it: in which order, and why."""

from collections import Counter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock, web, wording
from server.core.words import Role, Standing
from server.pages.recruitment.forms import HEARD, HOURS
from server.people.accounts.models import Account
from server.people.accreditation import standings
from server.people.accreditation import store as accreditation
from server.people.recruitment import screening
from server.people.recruitment import store as recruitment

PAGE = 20


def waiting(session: Session, language: str = "", page: int = 1, holding: str = "") -> dict[str, Any]:
    """A page of those who wait for a place (with `language`, of those who read it), the most worth looking at first.

    holding: an application's id; the page is the one that holds it.
    """
    at, everybody, questions = clock.now(), recruitment.waiting(session), recruitment.questions()
    readers = _readers(session)
    by_language = Counter(code for one in everybody for code in one.languages)
    chosen = []
    for one in everybody:
        if language and language not in one.languages:
            continue
        weighed = screening.weigh(questions, one.answers)
        names, days = [wording.language(code) for code in one.languages], (at - one.at).days
        place = screening.place(weighed, one.hours, names, readers, days)
        chosen.append((place, one, names))
    chosen.sort(key=lambda row: (-row[0].score, row[1].id))
    page = next((place // PAGE + 1 for place, row in enumerate(chosen) if row[1].id == holding), page)
    page = max(1, min(page, -(-len(chosen) // PAGE) or 1))
    shown = [
        {
            "id": one.id, "name": one.name, "email": one.email, "at": one.at, "why": one.why, "languages": names,
            "hours": HOURS[str(one.hours)], "heard": HEARD[one.heard], "score": place.score, "reasons": place.reasons,
        }
        for place, one, names in chosen[(page - 1) * PAGE : page * PAGE]
    ]  # fmt: skip

    def address(number: int) -> str:
        return web.url_with("recruitment.waiting", language=language or None, page=str(number))

    return {
        "applications": shown, "count": len(chosen), "language": language,
        "languages": [(code, wording.language(code), number) for code, number in by_language.most_common()],
        "total": len(everybody), "first_url": address(1) if page > 1 else None,
        "next_url": address(page + 1) if page * PAGE < len(chosen) else None,
    }  # fmt: skip


def _readers(session: Session) -> Counter[str]:
    """How many accredited spotters read each language, by its name."""
    at = clock.now()
    people = dict(
        session.execute(
            select(Account.id, Account.languages).where(Account.role == Role.SPOTTER, Account.disabled_at.is_(None))
        ).all()
    )
    known = accreditation.of_people(session, people, at)
    active = [one for one in people if standings.standing(known.get(one), at) is Standing.ACTIVE]
    return Counter(wording.language(code) for one in active for code in people[one] or ())
