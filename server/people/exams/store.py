"""Reads and writes of the exam. Every function takes the session first; times and seeds come from the caller."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core import audit, times, work
from server.core.database import changed, connection, one_at_a_time
from server.core.sentences import Sentence, counted, sentence
from server.core.words import Refused
from server.people.courses import catalogue, marking, needed
from server.people.courses.bank import Question
from server.people.courses.module import Module
from server.people.exams import exam, findings
from server.people.exams.exam import Drawn, ExamKind, ExamPlan, Passed, Wait
from server.people.exams.models import Attempt, AttemptAnswer, ExamOpening

# --- One person's exam -----------------------------------------------------------------------------------------------


def last_attempt(session: Session, account_id: str, slug: str) -> Attempt | None:
    """The open attempt, else the newest finished one that has a result."""
    mine = (Attempt.account_id == account_id, Attempt.module == slug)
    attempts = select(Attempt).where(*mine, (Attempt.finished_at.is_(None)) | (Attempt.passed.is_not(None)))
    newest_first = attempts.order_by(
        Attempt.finished_at.is_(None).desc(), Attempt.finished_at.desc(), Attempt.id.desc()
    )
    return session.scalars(newest_first.limit(1)).first()


def last_attempts(session: Session, account_id: str) -> dict[str, Attempt]:
    """The same for every module at once, by its slug."""
    with_result = (Attempt.finished_at.is_(None)) | (Attempt.passed.is_not(None))
    oldest_first = select(Attempt).where(Attempt.account_id == account_id, with_result).order_by(
        Attempt.finished_at.is_(None), Attempt.finished_at, Attempt.id
    )  # fmt: skip
    return {attempt.module: attempt for attempt in session.scalars(oldest_first)}


def attempts(session: Session, account_id: str) -> list[Attempt]:
    """Every attempt of this person, the oldest first, also those that ended without a result."""
    return list(session.scalars(select(Attempt).where(Attempt.account_id == account_id).order_by(Attempt.started_at)))


def opened(session: Session, account_id: str) -> dict[str, datetime]:
    """When a coordinator last let this person try the exam of a module again, by its slug."""
    mine = select(ExamOpening.module, func.max(ExamOpening.at)).where(ExamOpening.account_id == account_id)
    return dict(session.execute(mine.group_by(ExamOpening.module)).all())


def answers(session: Session, attempt: Attempt) -> list[AttemptAnswer]:
    """The final answers of an attempt, in order."""
    query = select(AttemptAnswer).where(AttemptAnswer.attempt_id == attempt.id)
    return list(session.scalars(query.order_by(AttemptAnswer.position)))


def start_attempt(
    session: Session, account_id: str, module: Module, at: datetime, seed: int, *, more_time: bool = False,
    since: datetime | None = None, plan: ExamPlan = exam.WHOLE,
) -> Attempt:  # fmt: skip
    """Start an exam as planned, or continue the open one: parallel starts make one.

    An open attempt of an older state of the module is closed, one whose time is up is ended. What was passed before
    `since` no longer counts. Raises Refused("conflict") when no attempt may start now, with `until` or `passed`.
    """
    attempt = last_attempt(session, account_id, module.slug)
    if attempt and attempt.finished_at is None:
        if not fits(attempt, module):
            close(session, attempt, at)
        elif not is_over(attempt, at):
            return attempt
        else:
            finish(session, attempt)
    if refusal := why_not_start(session, account_id, module, at, since, plan):
        raise refusal
    before, difficulties = _drawn_before(session, account_id, module.slug), findings.difficulties(session, module.slug)
    chosen = exam.draw(module.drawn_from, seed, before, difficulties, plan)
    drawn = [{"name": item.name, "order": list(item.order)} for item in chosen]
    ends_at = at + exam.time_for(len(drawn), more_time=more_time)
    attempt = Attempt(account_id=account_id, module=module.slug, content_hash=module.content_hash, drawn=drawn,
                    kind=plan.kind, lessons=list(plan.lessons) or None, position=0, started_at=at, ends_at=ends_at)  # fmt: skip
    try:
        with session.begin_nested():
            session.add(attempt)
    except IntegrityError:
        opened = last_attempt(session, account_id, module.slug)
        assert opened, "the open attempt that refused ours is there"
        return opened
    work.enqueue(session, "end_exam", attempt.id, ends_at)
    return attempt


def _drawn_before(session: Session, account_id: str, slug: str) -> list[set[str]]:
    """The names in each exam of the module that this person was shown before, newest first."""
    mine = select(Attempt.drawn).where(Attempt.account_id == account_id, Attempt.module == slug)
    return [{item["name"] for item in drawn} for drawn in session.scalars(mine.order_by(Attempt.started_at.desc()))]


def wait(session: Session, account_id: str, slug: str, at: datetime) -> Wait | None:
    """What keeps this person from another attempt at `at`, or None."""
    mine = (Attempt.account_id == account_id, Attempt.module == slug, Attempt.passed.is_(False))
    failed = list(session.scalars(select(Attempt.finished_at).where(*mine).order_by(Attempt.finished_at)))
    opened = select(func.max(ExamOpening.at)).where(ExamOpening.account_id == account_id, ExamOpening.module == slug)
    return exam.may_start([ended_at for ended_at in failed if ended_at], session.scalar(opened), at)


def why_not_start(
    session: Session, account_id: str, module: Module, at: datetime, since: datetime | None = None,
    plan: ExamPlan = exam.WHOLE,
) -> Refused | None:  # fmt: skip
    """Why no new attempt may start; None when it may. What was passed before `since` no longer counts."""
    if plan.kind is not ExamKind.PART:  # that is only planned while something has changed
        for passed in passes(session, account_id, module.slug):
            now = passed.content_hash == module.content_hash and (since is None or passed.at > since)
            if now and exam.counts(passed, module.content_hash, at):
                return Refused("conflict", sentence("You have already passed this exam."), passed=True)
    waiting = wait(session, account_id, module.slug, at)
    if waiting is None:
        return None
    if waiting.too_many:
        detail = counted(
            "You have made %(number)s attempt in a month. Ask a coordinator to reopen the exam.",
            "You have made %(number)s attempts in a month. Ask a coordinator to reopen the exam.",
            exam.MOST_FAILED,
        )
    else:
        detail = sentence(
            "You can try again at %(time)s. Until then, read again what went wrong.", time=times.clock(waiting.until)
        )
    return Refused("conflict", detail, until=waiting.until.isoformat())


def open_again(session: Session, account_id: str, slug: str, by_id: str, why: str, at: datetime) -> str:
    """Let somebody try again who failed too often; the opening's id. Raises Refused("conflict") when nothing keeps them."""
    one_at_a_time(session, account_id)
    waiting = wait(session, account_id, slug, at)
    if waiting is None or not waiting.too_many:
        raise Refused("conflict", sentence("This person can already try the exam."))
    opening = ExamOpening(account_id=account_id, module=slug, by_account_id=by_id, why=why, at=at)
    session.add(opening)
    session.flush()
    audit.record(session, by_id, "exam_opened", "account", account_id, module=slug)
    return opening.id


def shown(module: Module, attempt: Attempt, position: int) -> tuple[Question, tuple[int, ...]]:
    """The question at `position` of an attempt, and the order of its choices."""
    drawn = attempt.drawn[position]
    question = module.asked(drawn["name"])
    assert question, "an attempt is only shown with a module that fits it"
    return question, tuple(drawn["order"])


def fits(attempt: Attempt, module: Module) -> bool:
    """Whether the module as it is now can show this attempt: the same exam, with every question that was drawn."""
    drawn = [Drawn(item["name"], tuple(item["order"])) for item in attempt.drawn]
    return attempt.content_hash == module.content_hash and exam.fits(
        drawn, filter(None, (module.asked(item.name) for item in drawn))
    )


def is_over(attempt: Attempt, at: datetime) -> bool:
    """Whether the attempt is still open but its time has passed."""
    return attempt.finished_at is None and attempt.ends_at is not None and at >= attempt.ends_at


def answer_question(
    session: Session, attempt: Attempt, module: Module, position: int, picked: Sequence[int], at: datetime
) -> None:
    """Take the final answer to the question at `position`. `picked` are places as shown; for a match one a left side.

    The last answer ends the attempt. Raises Refused: gone (too late, by the server's clock), conflict (answered already,
    or not yet its turn), invalid.
    """
    if is_over(attempt, at):
        raise Refused("gone", late(attempt))
    question, order = shown(module, attempt, position)
    chosen = marking.chosen(question, order, picked)
    right = marking.mark(question, chosen)
    turn = update(Attempt).where(Attempt.id == attempt.id, Attempt.position == position, Attempt.finished_at.is_(None))
    if not changed(session, turn.values(position=position + 1)):
        raise Refused("conflict", sentence("This question has already been answered. The first answer counts."))
    session.add(AttemptAnswer(attempt_id=attempt.id, position=position, question=question.name, chosen=chosen,
                              right=right, at=at))  # fmt: skip
    session.flush()
    if position + 1 == len(attempt.drawn):
        _end(session, attempt, at)


def late(attempt: Attempt) -> Sentence:
    """What we say about an answer that came after the time."""
    assert attempt.ends_at, "only an attempt with a time can run out"
    return sentence(
        "Time was up at %(time)s, by our clock. This answer came later and does not count; your earlier answers do.",
        time=times.clock(attempt.ends_at),
    )


def finish(session: Session, attempt: Attempt) -> None:
    """End an attempt whose time is over: it ends when the time did. Twice is once."""
    assert attempt.ends_at, "only an attempt with a time can run out"
    _end(session, attempt, attempt.ends_at)


def close(session: Session, attempt: Attempt, at: datetime) -> None:
    """End an open attempt without a result: the module is no longer the one it asks about."""
    still_open = update(Attempt).where(Attempt.id == attempt.id, Attempt.finished_at.is_(None))
    session.execute(still_open.values(finished_at=at))


def _end(session: Session, attempt: Attempt, at: datetime) -> None:
    # Waits for an answer that is being taken at this moment: it counts.
    session.execute(select(Attempt.id).where(Attempt.id == attempt.id).with_for_update())
    result = exam.result([answer.right for answer in answers(session, attempt)], len(attempt.drawn))
    ended = update(Attempt).where(Attempt.id == attempt.id, Attempt.finished_at.is_(None))
    if changed(session, ended.values(finished_at=at, **asdict(result))):
        session.refresh(attempt)
        audit.record(session, attempt.account_id, "exam_passed" if result.passed else "exam_failed", "attempt",
                     attempt.id, module=attempt.module, content_hash=attempt.content_hash)  # fmt: skip


def weak_lessons(module: Module, answers: Iterable[AttemptAnswer]) -> list[str]:
    """The lessons, in their order, in which an answer went wrong."""
    wrong = {answer.question for answer in answers if answer.right is False}
    names = {question.lesson for question in map(module.asked, wrong) if question}
    return [lesson.name for lesson in module.lessons if lesson.name in names]


# --- What was passed -------------------------------------------------------------------------------------------------


def passes(session: Session, account_id: str, slug: str | None = None) -> list[Passed]:
    """Every exam this person passed (of one module), oldest first."""
    of_module = [Attempt.module == slug] if slug else []
    return [passed for _, passed in _passes(session, Attempt.account_id == account_id, *of_module)]


def passes_of(session: Session, *chosen: ColumnElement[bool]) -> dict[str, list[Passed]]:
    """The same for many people at once, in one query, of the attempts `chosen`; who passed nothing is left out."""
    by_person: dict[str, list[Passed]] = {}
    for who, passed in _passes(session, *chosen):
        by_person.setdefault(who, []).append(passed)
    return by_person


def _passes(session: Session, *chosen: ColumnElement[bool]) -> list[tuple[str, Passed]]:
    columns = (
        Attempt.account_id, Attempt.module, Attempt.content_hash, Attempt.finished_at, Attempt.kind, Attempt.lessons,
        Attempt.started_at,
    )  # fmt: skip
    passed = select(*columns).where(Attempt.passed.is_(True), *chosen).order_by(Attempt.finished_at)
    rows = connection(session).execute(passed)  # thousands, for the desk: not by way of the session's own loading
    return [
        (who, Passed(module, content_hash, finished_at, ExamKind(kind), tuple(lessons or ()), started_at))
        for who, module, content_hash, finished_at, kind, lessons, started_at in rows
        if finished_at
    ]


def all_passed(
    session: Session, account_id: str, modules: Iterable[Module], at: datetime, since: datetime | None = None
) -> bool:
    """Whether every exam that accreditation needs is passed (after `since`, if given), and still counts."""
    taught = list(modules)
    seen = catalogue.changes_seen(session, taught)
    return needed.complete(exam.counting(passes(session, account_id), taught, seen, at, since), taught)


def wrong_lessons(session: Session, account_id: str, module: Module) -> list[str]:
    """The lessons of a module in which this person's last answer to a question of an exam was wrong, in their order."""
    mine = select(AttemptAnswer.question, AttemptAnswer.right).join(Attempt, Attempt.id == AttemptAnswer.attempt_id)
    mine = mine.where(Attempt.account_id == account_id, Attempt.module == module.slug).order_by(AttemptAnswer.at)
    wrong = exam.wrong_before([(name, right) for name, right in session.execute(mine)])
    names = {question.lesson for question in map(module.asked, wrong) if question}
    return [lesson.name for lesson in module.lessons if lesson.name in names]


def delete_open(session: Session, account_id: str) -> None:
    """Delete the exams that this person has begun and not finished."""
    session.execute(delete(Attempt).where(Attempt.account_id == account_id, Attempt.finished_at.is_(None)))


def is_open(session: Session, account_id: str, slug: str) -> bool:
    """Whether this person has an exam of the module before them: then practice waits."""
    last = last_attempt(session, account_id, slug)
    return bool(last and last.finished_at is None)


def open_modules(session: Session, account_id: str) -> set[str]:
    """The modules of which this person has an exam before them."""
    return {slug for slug, attempt in last_attempts(session, account_id).items() if attempt.finished_at is None}


def last_answered(session: Session) -> datetime | None:
    """When an exam was answered last."""
    newest = (
        select(Attempt.id).order_by(Attempt.id.desc()).limit(1000)
    )  # an exam lasts minutes, and its id tells when it began
    return session.scalar(select(func.max(AttemptAnswer.at)).where(AttemptAnswer.attempt_id.in_(newest)))
