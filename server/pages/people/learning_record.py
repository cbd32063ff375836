"""What a spotter read and how their exams went, for whoever decides about them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from server.people.courses import catalogue, needed
from server.people.courses.module import Module
from server.people.exams import exam
from server.people.exams import store as exams
from server.people.exams.exam import ExamKind
from server.people.exams.models import Attempt
from server.people.training import store as training


@dataclass(frozen=True, slots=True)
class LessonRead:
    """A lesson by its title, and when it was read, or None."""

    title: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ExamTaken:
    """One attempt. `minutes` it took, None while it is open; `passed` None: open, or laid aside as its module changed."""

    kind: str
    at: datetime
    minutes: int | None
    right: int | None
    of: int | None
    passed: bool | None
    ran_out: bool
    read_before: int  # lessons of the module


@dataclass(frozen=True, slots=True)
class ModuleRecord:
    """One module: its lessons in their order, its exams newest first, and until when it is closed unless a coordinator reopens it."""

    slug: str
    title: str
    required: bool
    lessons: tuple[LessonRead, ...]
    exams: tuple[ExamTaken, ...]
    closed_until: datetime | None  # after too many failures

    @property
    def too_many(self) -> bool:
        """Whether they cannot try again for now, unless a coordinator reopens the exam."""
        return self.closed_until is not None

    @property
    def read(self) -> tuple[datetime, ...]:
        """When its lessons were read, the oldest first."""
        return tuple(sorted(lesson.at for lesson in self.lessons if lesson.at))

    @property
    def failed(self) -> int:
        """How many exams were failed."""
        return sum(taken.passed is False for taken in self.exams)

    @property
    def passed(self) -> ExamTaken | None:
        """The last exam of the module that was passed; a short test is none."""
        return next((taken for taken in self.exams if taken.passed and taken.kind != ExamKind.PART), None)


def of(session: Session, account_id: str, at: datetime) -> list[ModuleRecord]:
    """Each module somebody needs or has started. Three queries, however many there are."""
    read, taught = training.readings(session, account_id), catalogue.modules()
    attempts: dict[str, list[Attempt]] = {}
    for attempt in exams.attempts(session, account_id):
        attempts.setdefault(attempt.module, []).append(attempt)
    opened = exams.opened(session, account_id)
    passed = {slug for slug, every in attempts.items() if any(attempt.passed for attempt in every)}
    names = {slug: set(lessons) for slug, lessons in read.items()}
    study = {module.slug for module in needed.to_study(names, passed, taught.values())}
    return [
        _module(module, module.slug in study, read.get(slug, {}), attempts.get(slug, []), opened.get(slug), at)
        for slug, module in taught.items()
        if slug in study or slug in attempts or read.get(slug)
    ]


def _module(
    module: Module, required: bool, read: dict[str, datetime], attempts: list[Attempt], opened: datetime | None, at: datetime
) -> ModuleRecord:  # fmt: skip
    """`attempts`: the oldest first. `opened`: when a coordinator reopened the exam last."""
    lessons = tuple(LessonRead(module.lesson_titled(lesson.name), read.get(lesson.name)) for lesson in module.lessons)
    failed = [attempt.finished_at for attempt in attempts if attempt.passed is False and attempt.finished_at]
    wait = exam.may_start(sorted(failed), opened, at)
    taken = [_taken(attempt, [lesson.at for lesson in lessons if lesson.at]) for attempt in reversed(attempts)]
    closed_until = wait.until if wait and wait.too_many else None
    return ModuleRecord(module.slug, module.titled, required, lessons, tuple(taken), closed_until)


def _taken(attempt: Attempt, read: list[datetime]) -> ExamTaken:
    took = attempt.finished_at - attempt.started_at if attempt.finished_at else None
    before = sum(moment <= attempt.started_at for moment in read)
    minutes = max(1, round(took / timedelta(minutes=1))) if took is not None else None
    return ExamTaken(
        attempt.kind, attempt.started_at, minutes, attempt.right, attempt.of, attempt.passed, attempt.ran_out, before
    )
