"""Reads and writes of the gate. Every function takes the session first; times and seeds come from the caller."""

import functools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import bindparam, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server import audit
from server.courses import module
from server.courses.bank import Question
from server.courses.module import Module
from server.training import accreditation, exam
from server.training.accreditation import Accreditation, Passed
from server.training.models import AccreditationRow, Attempt, AttemptAnswer, Reading
from server.words import Level, Refused, Role, Standing

CONTENT = Path(__file__).resolve().parents[2] / "training_modules"


def modules() -> dict[str, Module]:
    """The modules of this instance by slug, read once. `TRAINING_MODULES` in the app's config names another folder."""
    return _modules(Path(current_app.config.get("TRAINING_MODULES", CONTENT)))


@functools.cache
def _modules(root: Path) -> dict[str, Module]:
    return module.load_all(root)


# --- Reading ---------------------------------------------------------------------------------------------------------


def sections_read(session: Session, account_id: str) -> dict[str, set[str]]:
    """Which sections this person has read, by module."""
    read: dict[str, set[str]] = {}
    for slug, section in session.execute(
        select(Reading.module, Reading.section).where(Reading.account_id == account_id)
    ):
        read.setdefault(slug, set()).add(section)
    return read


def mark_read(session: Session, account_id: str, slug: str, section: str, at: datetime) -> None:
    """Remember that this person has read the section. Twice is once."""
    if not session.get(Reading, (account_id, slug, section)):
        _insert_once(session, Reading(account_id=account_id, module=slug, section=section, at=at))


# --- Exam ------------------------------------------------------------------------------------------------------------


def last_attempt(session: Session, account_id: str, slug: str) -> Attempt | None:
    """The open attempt, else the newest finished one that has a result."""
    mine = (Attempt.account_id == account_id, Attempt.module == slug)
    attempts = select(Attempt).where(*mine, (Attempt.finished_at.is_(None)) | (Attempt.passed.is_not(None)))
    newest_first = attempts.order_by(
        Attempt.finished_at.is_(None).desc(), Attempt.finished_at.desc(), Attempt.id.desc()
    )
    return session.scalars(newest_first.limit(1)).first()


def answers(session: Session, attempt: Attempt) -> list[AttemptAnswer]:
    """The final answers of an attempt, in order."""
    given = select(AttemptAnswer).where(AttemptAnswer.attempt_id == attempt.id)
    return list(session.scalars(given.order_by(AttemptAnswer.position)))


def start_attempt(session: Session, account_id: str, course: Module, at: datetime, seed: int) -> Attempt:
    """Begin an exam, or go on with the open one: parallel starts make one.

    An open attempt of an older state of the module is laid aside. Raises Refused("conflict") during the cool-down and
    when the exam is passed already, with `until` or `passed`.
    """
    attempt = last_attempt(session, account_id, course.slug)
    if attempt and attempt.finished_at is None:
        if attempt.content_hash == course.content_hash:
            return attempt
        attempt.finished_at = at
        session.flush()
    elif attempt and (refusal := why_not_start(attempt, course, at)):
        raise refusal
    drawn = [{"name": one.name, "order": list(one.order)} for one in exam.draw(course.questions, seed)]
    begun = Attempt(account_id=account_id, module=course.slug, content_hash=course.content_hash, drawn=drawn,
                    position=0, started_at=at)  # fmt: skip
    if _insert_once(session, begun):
        return begun
    opened = last_attempt(session, account_id, course.slug)
    assert opened, "the open attempt that refused ours is there"
    return opened


def why_not_start(last: Attempt | None, course: Module, at: datetime) -> Refused | None:
    """Why no new attempt may start after `last`, a finished one; None when it may."""
    if last is None or last.finished_at is None:
        return None
    if last.passed:
        passed = Passed(last.module, last.content_hash, last.finished_at)
        if accreditation.counts(passed, course.content_hash, at) and last.content_hash == course.content_hash:
            return Refused("conflict", "You have passed this exam already.", passed=True)
        return None
    until = exam.may_start(last.finished_at, at)
    if until is None:
        return None
    sentence = f"You may try again at {until:%H:%M} UTC. Until then, read once more what went wrong."
    return Refused("conflict", sentence, until=until.isoformat())


def shown(course: Module, attempt: Attempt, position: int) -> tuple[Question, tuple[int, ...]]:
    """The question at `position` of an attempt, and the order of its choices."""
    drawn = attempt.drawn[position]
    question = course.question(drawn["name"])
    assert question, "an attempt is only shown with the module it was drawn from"
    return question, tuple(drawn["order"])


def answer_question(
    session: Session, attempt: Attempt, course: Module, position: int, picked: Sequence[int], at: datetime
) -> None:
    """Take the final answer to the question at `position`. `picked` are places as shown; for a match one a left side.

    The last answer ends the attempt. Raises Refused: conflict (answered already, or not yet its turn), invalid.
    """
    question, order = shown(course, attempt, position)
    if not all(0 <= place < len(order) for place in picked):
        raise Refused("invalid", "This answer does not belong to the question. Choose again.")
    chosen = [order[place] for place in picked] if question.lefts else sorted(order[place] for place in set(picked))
    right = exam.score(question, chosen)
    turn = update(Attempt).where(Attempt.id == attempt.id, Attempt.position == position, Attempt.finished_at.is_(None))
    if not session.execute(turn.values(position=position + 1)).rowcount:  # type: ignore[attr-defined]
        raise Refused("conflict", "This question is answered already. The first answer counts.")
    session.add(AttemptAnswer(attempt_id=attempt.id, position=position, question=question.name, chosen=chosen,
                              right=right, at=at))  # fmt: skip
    session.flush()
    if position + 1 == len(attempt.drawn):
        result = exam.result([answer.right for answer in answers(session, attempt)])
        ended = update(Attempt).where(Attempt.id == attempt.id)
        session.execute(ended.values(finished_at=at, **asdict(result)))
        audit.record(session, attempt.account_id, "exam_passed" if result.passed else "exam_failed", "attempt",
                     attempt.id, module=attempt.module, content_hash=attempt.content_hash)  # fmt: skip


def weak_sections(course: Module, given: Iterable[AttemptAnswer]) -> list[str]:
    """The sections, in their order, in which an answer went wrong."""
    wrong = {answer.question for answer in given if answer.right is False}
    names = {question.section for question in course.questions if question.name in wrong}
    return [section.name for section in course.sections if section.name in names]


def exams_passed(session: Session, account_id: str, courses: Iterable[Module], at: datetime) -> bool:
    """Whether every module that accreditation needs is passed, and still counts."""
    passed = [
        Passed(attempt.module, attempt.content_hash, attempt.finished_at)
        for attempt in session.scalars(
            select(Attempt).where(Attempt.account_id == account_id, Attempt.passed.is_(True))
        )
        if attempt.finished_at
    ]
    return all(
        any(one.module == course.slug and accreditation.counts(one, course.content_hash, at) for one in passed)
        for course in courses
        if course.required
    )


# --- Accreditation ---------------------------------------------------------------------------------------------------


def current_standing(session: Session, account_id: str, at: datetime) -> Accreditation | None:
    """What was last decided about this person before `at`, or None. `accreditation.may_report` reads it."""
    row = session.connection().execute(_LAST, {"account_id": account_id, "at": at}).first()
    return _decided(row) if row else None


# Made once: it is asked with every report.
_LAST = (
    select(AccreditationRow.__table__)
    .where(AccreditationRow.account_id == bindparam("account_id"), AccreditationRow.at <= bindparam("at"))
    .order_by(AccreditationRow.at.desc(), AccreditationRow.id.desc())
    .limit(1)
)


def standings(session: Session, account_ids: Collection[str], at: datetime) -> dict[str, Accreditation]:
    """The same for many people at once; who was never accredited is left out."""
    rows = select(AccreditationRow).where(AccreditationRow.account_id.in_(account_ids), AccreditationRow.at <= at)
    return {
        row.account_id: _decided(row)
        for row in session.scalars(rows.order_by(AccreditationRow.at, AccreditationRow.id))
    }


def _decided(row: Any) -> Accreditation:
    return Accreditation(Level(row.level), Standing(row.standing), row.at, row.expires_at, row.exam_waived, row.why)


def awaiting(session: Session, at: datetime) -> list[str]:
    """Who has passed and is not accredited, longest waiting first: what a coordinator looks at."""
    needed = [course for course in modules().values() if course.required]
    first = func.min(Attempt.finished_at)
    passed = select(Attempt.account_id).where(Attempt.passed.is_(True)).group_by(Attempt.account_id).order_by(first)
    people = list(session.scalars(passed))
    known = standings(session, people, at)
    waiting = (Standing.NONE, Standing.LAPSED)
    return [
        person
        for person in people
        if accreditation.standing(known.get(person), at) in waiting and exams_passed(session, person, needed, at)
    ]


def accredit(
    session: Session,
    account_id: str,
    by_id: str,
    by_role: Role,
    why: str,
    at: datetime,
    *,
    level: Level = Level.PROBATION,
    waive_exam: bool = False,
) -> Accreditation:
    """Accredit for a year. Raises Refused as `accreditation.may_accredit` says, and when no reason is given."""
    passed = exams_passed(session, account_id, modules().values(), at)
    waived = accreditation.may_accredit(
        candidate_id=account_id, by_id=by_id, by_role=by_role, exam_passed=passed, waive_exam=waive_exam
    )
    expires_at = at + accreditation.LASTS
    _decide(session, account_id, level, Standing.ACTIVE, by_id, why, at, expires_at, exam_waived=waived)
    note = {"exam": "exam waived"} if waived else {}
    audit.record(session, by_id, "accredited", "account", account_id, level=level.value, **note)
    return Accreditation(level, Standing.ACTIVE, at, expires_at, waived)


def suspend(session: Session, account_id: str, by_id: str, by_role: Role, why: str, at: datetime) -> None:
    """Stop an active accreditation until somebody reinstates it."""
    _change(session, account_id, by_id, by_role, why, at, Standing.SUSPENDED, "accreditation_suspended")


def withdraw(session: Session, account_id: str, by_id: str, by_role: Role, why: str, at: datetime) -> None:
    """End an accreditation for good; only a new one brings the person back."""
    _change(session, account_id, by_id, by_role, why, at, Standing.WITHDRAWN, "accreditation_withdrawn")


def reinstate(session: Session, account_id: str, by_id: str, by_role: Role, why: str, at: datetime) -> None:
    """Lift a suspension. The day of lapsing stays what it was."""
    _change(session, account_id, by_id, by_role, why, at, Standing.ACTIVE, "accreditation_reinstated")


def _change(
    session: Session, account_id: str, by_id: str, by_role: Role, why: str, at: datetime, to: Standing, action: str
) -> None:
    last = current_standing(session, account_id, at)
    level = accreditation.may_change(candidate_id=account_id, by_id=by_id, by_role=by_role, last=last, to=to)
    assert last, "may_change refuses where nothing was decided"
    _decide(session, account_id, level, to, by_id, why, at, last.expires_at, exam_waived=last.exam_waived)
    audit.record(session, by_id, action, "account", account_id, level=level.value)


def _decide(
    session: Session, account_id: str, level: Level, standing: Standing, by_id: str, why: str, at: datetime,
    expires_at: datetime, *, exam_waived: bool,
) -> None:  # fmt: skip
    if not why.strip():
        raise Refused("invalid", "Say why: the reason is kept with the decision.", errors={"why": ["Say why."]})
    session.add(
        AccreditationRow(
            account_id=account_id, level=level, standing=standing, by_account_id=by_id, why=why.strip(),
            exam_waived=exam_waived, at=at, expires_at=expires_at,
        )
    )  # fmt: skip
    session.flush()


def _insert_once(session: Session, row: Attempt | Reading) -> bool:
    """Add the row unless the database already has its like; say whether it was added."""
    try:
        with session.begin_nested():
            session.add(row)
        return True
    except IntegrityError:
        return False
