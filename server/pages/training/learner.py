"""Where somebody is in their training: what was read, practised, passed and signed, for pages."""

import random
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from server.core import clock, web
from server.core.sentences import sentence
from server.core.words import Standing
from server.people.accreditation import standings
from server.people.accreditation import store as accreditation
from server.people.courses import catalogue
from server.people.courses.markdown import Lesson
from server.people.courses.module import Module
from server.people.exams import store as exams
from server.people.training import spacing
from server.people.training import store as training
from server.reads import eligibility, progress, review


def index(session: Session, account_id: str, first: str = "spotter") -> dict[str, Any]:
    """Everything the first page of the training shows: modules by track (`first` before the others), standing, and what
    comes next."""
    at, wanted = clock.now(), catalogue.languages()
    modules = [module.read_in(wanted) for module in catalogue.modules().values()]
    if not account_id:
        return {
            "sections": _sections([progress.ModuleProgress(module) for module in modules], first),
            "standing": Standing.NONE,
            "last": None,
        }
    read, attempts = training.lessons_read(session, account_id), exams.last_attempts(session, account_id)
    last = eligibility.as_read(session, account_id)
    standing = standings.standing(last, at)
    signed = accreditation.has_signed(session, account_id)
    passed, since = eligibility.exam_passed(session, account_id, at), eligibility.counts_since(session, account_id, at)
    passes, asked = exams.passes(session, account_id), eligibility.asked_again(session, account_id, last, at)
    overdue = progress.overdue_modules(session, account_id, modules)
    avoids = progress.topics_left_out(session, account_id)
    by_slug = {module.slug: module for module in modules}
    entries = [
        progress.of_module(
            module, read.get(module.slug, set()), attempts.get(module.slug), passes, since, overdue, avoids
        )
        for module in modules
    ]
    return {
        "sections": _sections(entries, first, folded=web.can("reports.follow")),
        "next": _next(entries) if standing is not Standing.ACTIVE or asked else "",
        "standing": standing,
        "last": last,
        "signed": signed,
        "passed": passed,
        "renewing": standing is Standing.ACTIVE and standings.exams_count_from(last, at) is not None,
        "renewable_from": last and last.expires_at - standings.RENEWABLE,
        "waits": eligibility.left(session, account_id, standing, at) is standings.Left.COORDINATOR,
        "asked": asked,
        "changed": {
            change.name: (by_slug[change.name], _lessons(by_slug[change.name], change.lessons))
            for change in asked
            if change.lessons
        },
        "due": len(review.of(session, account_id, at).due),
        "appeal": accreditation.last_appeal(session, account_id),
    }


def _lessons(module: Module, names: Iterable[str]) -> list[Lesson]:
    return [lesson for lesson in map(module.lesson, names) if lesson]


REQUIRED, CHOICE = sentence("Required before you report"), sentence("A group of species: at least one")
MORE = sentence("More for spotters")
SPOTTERS, COMPANIES, ENFORCEMENT = (
    sentence("For spotters"),
    sentence("For companies"),
    sentence("For investigators"),
)


def _sections(
    all_: list[progress.ModuleProgress], first: str, folded: bool = False
) -> list[tuple[str, list[progress.ModuleProgress], bool]]:
    """The modules under headings; for spotters (`first`) what accreditation needs before what it does not.

    Each with whether it is folded away: for spotters, if asked for, what is there for others.
    """

    def of_track(track: str) -> list[progress.ModuleProgress]:
        return [entry for entry in all_ if entry.module.track == track]

    spotters = of_track("spotter")
    required = [entry for entry in spotters if entry.module.required]
    choice = [entry for entry in spotters if entry.module.one_of_groups]
    more = [entry for entry in spotters if entry not in required and entry not in choice]
    sections = [(COMPANIES, of_track("company")), (ENFORCEMENT, of_track("enforcement"))]
    if first == "spotter":
        sections = [(REQUIRED, required), (CHOICE, choice), (MORE, more), *sections]
    else:
        sections.insert(1, (SPOTTERS, spotters))
    return [(name, entries, folded and name in (COMPANIES, ENFORCEMENT)) for name, entries in sections if entries]


def _next(all_: list[progress.ModuleProgress]) -> str:
    """The slug of the module that accreditation needs next: the one begun, else the first; none is proposed of the groups
    before one was chosen."""
    left = [entry for entry in all_ if entry.module.required and not entry.passed]
    if left:
        return max(left, key=lambda entry: entry.begun).module.slug
    choice = [entry for entry in all_ if entry.module.one_of_groups]
    begun = [entry for entry in choice if entry.begun]
    return max(begun, key=lambda entry: entry.count).module.slug if begun and not any(c.passed for c in choice) else ""


# --- Practice --------------------------------------------------------------------------------------------------------


def practice(session: Session, account_id: str, module: Module, at: datetime) -> tuple[str | None, date | None]:
    """What practice of a module asks next: what is due, else what was never asked, in an order mixed for this person.

    Nothing on lessons about species groups that they leave out. None when nothing is left to ask; then the day on which the first question comes back.
    """
    day, known = review.today(session, account_id, at), training.cards(session, account_id)
    avoids = progress.topics_left_out(session, account_id)
    names = [question.name for question in module.questions if module.spares(question.lesson, avoids)]
    random.Random(account_id).shuffle(names)  # noqa: S311 an order, not a secret
    cards = [(name, known.get((module.slug, name))) for name in names]
    due = spacing.due(cards, day)
    return (due[0], None) if due else (None, spacing.next_day((card for _, card in cards), day))
