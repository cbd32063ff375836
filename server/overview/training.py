"""Where somebody is in their training: what was read, practised, passed and signed, for pages."""

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import clock, membership
from server.accounts.models import Account
from server.accreditation import standing as rules
from server.accreditation import store as accreditation
from server.courses import shelf
from server.courses.module import Module
from server.exams import findings
from server.exams import store as exams
from server.exams.models import Attempt
from server.training import practice
from server.training import store as training
from server.training.practice import Answered, Card
from server.words import Refused, Standing


@dataclass(frozen=True, slots=True)
class Progress:
    """Where somebody is in a module."""

    course: Module
    done: frozenset[str] = frozenset()
    passed: bool = False
    failed: bool = False
    open: bool = False

    @property
    def count(self) -> int:
        """Sections read."""
        return len(self.done)

    @property
    def minutes_left(self) -> int:
        """Minutes of reading that are left."""
        return self.course.minutes_left(set(self.done))

    @property
    def next_section(self) -> str | None:
        """The first section not read, or None when all are."""
        return next((section.name for section in self.course.sections if section.name not in self.done), None)


def progress(session: Session, account_id: str, course: Module) -> Progress:
    """Where this person is in one module; nowhere when nobody is signed in."""
    if not account_id:
        return Progress(course)
    read, last = training.sections_read(session, account_id), exams.last_attempt(session, account_id, course.slug)
    return _progress(course, read.get(course.slug, set()), last, accreditation.withdrawn_at(session, account_id))


def _progress(course: Module, read: set[str], last: Attempt | None, since: datetime | None) -> Progress:
    """`since`: what was passed before counts no more, and is not shown as passed."""
    lost = bool(since and last and last.finished_at and last.finished_at <= since)
    return Progress(
        course,
        frozenset(read & {section.name for section in course.sections}),
        passed=bool(last and last.passed and not lost),
        failed=bool(last and last.passed is False),
        open=bool(last and last.finished_at is None),
    )


def index(session: Session, account_id: str, first: str = "spotter") -> dict[str, Any]:
    """Everything the first page of the training shows: modules by track (`first` before the others), standing, and what
    comes next."""
    at, wanted = clock.now(), shelf.languages()
    courses = [course.read_in(wanted) for course in shelf.modules().values()]
    if not account_id:
        return {
            "tracks": _tracks([Progress(course) for course in courses], first),
            "standing": Standing.NONE,
            "last": None,
        }
    read, attempts = training.sections_read(session, account_id), exams.last_attempts(session, account_id)
    last = accreditation.current(session, account_id, at)
    standing = rules.standing(last, at)
    known = cards(session, account_id, courses)
    signed = accreditation.has_signed(session, account_id)
    passed, since = membership.exam_passed(session, account_id, at), accreditation.withdrawn_at(session, account_id)
    return {
        "tracks": _tracks(
            [_progress(one, read.get(one.slug, set()), attempts.get(one.slug), since) for one in courses], first
        ),
        "standing": standing,
        "last": last,
        "signed": signed,
        "passed": passed,
        "waits": standing in (Standing.NONE, Standing.LAPSED, Standing.WITHDRAWN) and passed and signed,
        "asked": membership.asked_again(session, account_id, last, at),
        "due": sum(bool(card.due_at and card.due_at <= at) for card in known.values()),
        "appeal": accreditation.last_appeal(session, account_id),
    }


TRACKS = {
    "spotter": "For spotters",
    "company": "For those who take ads down",
    "enforcement": "For those who investigate",
}


def _tracks(all_: list[Progress], first: str) -> list[tuple[str, list[Progress]]]:
    by_track = {
        track: [one for one in all_ if one.course.track == track]
        for track in sorted(TRACKS, key=lambda track: track != first)
    }
    return [(TRACKS[track], found) for track, found in by_track.items() if found]


# --- Practice --------------------------------------------------------------------------------------------------------


def cards(session: Session, account_id: str, courses: list[Module]) -> dict[tuple[str, str], Card]:
    """Where every question of the modules stands for one person, in the banks' order mixed for them.

    Answers of exams count too: what went wrong there is practised. A module whose exam is open is left out: practice would
    answer its questions.
    """
    history: dict[tuple[str, str], list[Answered]] = {}
    given = [(one.module, one.question, one.right, one.at) for one in training.practised(session, account_id)]
    given += [(slug, one.question, one.right, one.at) for slug, one in exams.answers_of(session, account_id)]
    for slug, question, right, at in sorted(given, key=lambda one: one[3]):
        history.setdefault((slug, question), []).append(Answered(right, at))
    attempts = exams.last_attempts(session, account_id)
    closed = {slug for slug, attempt in attempts.items() if attempt.finished_at is None}
    names = [(course.slug, one.name) for course in courses if course.slug not in closed for one in course.questions]
    random.Random(account_id).shuffle(names)  # noqa: S311 an order, not a secret
    return {name: practice.card(history.get(name, ())) for name in names}


def exam_open(session: Session, account_id: str, slug: str) -> bool:
    """Whether this person has an exam of the module before them: then practice waits."""
    last = exams.last_attempt(session, account_id, slug)
    return bool(last and last.finished_at is None)


# --- The desk --------------------------------------------------------------------------------------------------------


def alike(session: Session) -> list[dict[str, Any]]:
    """People whose exam answers are alike beyond chance, by name, with the questions they got wrong in the same way."""
    pairs, courses = findings.alike(session), shelf.modules()
    ids = {one for pair in pairs for one in (pair.one, pair.other)}
    names = {a.id: a.name for a in session.scalars(select(Account).where(Account.id.in_(ids)))}
    shown = []
    for pair in pairs:
        errors = findings.common_errors(session, pair.one, pair.other)
        questions = [courses[slug].question(name) for slug, name in errors if slug in courses]
        shown.append({
            "pair": pair,
            "people": [(one, names.get(one, "?")) for one in (pair.one, pair.other)],
            "questions": [question.text for question in questions if question],
        })  # fmt: skip
    return shown


def appeals(session: Session) -> list[dict[str, Any]]:
    """Appeals that wait, the oldest first, with the person's name."""
    waiting = accreditation.open_appeals(session)
    names = {
        a.id: a.name for a in session.scalars(select(Account).where(Account.id.in_([w.account_id for w in waiting])))
    }
    return [{"id": one.account_id, "name": names[one.account_id], "at": one.at} for one in waiting]


def certificate(session: Session, account_id: str) -> dict[str, Any]:
    """What a spotter's certificate says. Raises Refused("not-accredited") when there is none to give."""
    at = clock.now()
    last = accreditation.current(session, account_id, at)
    if last is None or rules.standing(last, at) is not Standing.ACTIVE:
        raise Refused("not-accredited", "A certificate is made once you are accredited.", training_url="/training")
    passed = {one.module: one.at for one in exams.passes(session, account_id)}
    courses = [(course.title, passed[course.slug]) for course in shelf.modules().values() if course.slug in passed]
    return {"last": last, "since": _since(session, account_id, last.at), "courses": courses, "at": at}


def _since(session: Session, account_id: str, at: datetime) -> datetime:
    """Since when somebody has been accredited without a break: no suspension, no withdrawal, no lapse; as far as rows tell."""
    since = at
    for row in accreditation.history(session, account_id):
        if row.standing != Standing.ACTIVE or row.expires_at < since:
            break
        since = row.at
    return since


def withdrawn_at(session: Session, account_id: str) -> datetime | None:
    """Until when what this person passed counts no more; None: nothing was withdrawn for good."""
    return accreditation.withdrawn_at(session, account_id)


def signed(session: Session, account_id: str) -> bool:
    """Whether this person signed the agreement as it is now."""
    return accreditation.has_signed(session, account_id)


def every_exam(session: Session, account_id: str) -> bool:
    """Whether this person passed every exam that accreditation needs."""
    return membership.exam_passed(session, account_id, clock.now())
