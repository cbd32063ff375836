"""Where somebody is in a module: what was read, and how its exam stands."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from server.core import clock
from server.core.words import Standing
from server.people.accreditation import standings
from server.people.accreditation import store as accreditation
from server.people.courses import catalogue, needed
from server.people.courses.markdown import Lesson
from server.people.courses.module import Module
from server.people.exams import exam
from server.people.exams import store as exams
from server.people.exams.exam import Passed
from server.people.exams.models import Attempt
from server.people.rounds import choice_store
from server.people.training import store as training
from server.reads import eligibility


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """Where somebody is in a module."""

    module: Module
    done: frozenset[str] = frozenset()
    passed: bool = False
    failed: bool = False
    open: bool = False
    short_test: bool = False  # it was passed, and counts again after a test on what changed since
    left_out: frozenset[str] = frozenset()  # lessons about species groups that they want to see nothing of

    @property
    def count(self) -> int:
        """Lessons read."""
        return len(self.done)

    @property
    def begun(self) -> bool:
        """Whether anything of it was read, or its exam tried."""
        return bool(self.done) or self.open or self.failed or self.passed or self.short_test

    @property
    def of(self) -> int:
        """Lessons there are to read, with those that were read."""
        return sum(lesson.name in self.done or lesson.name not in self.left_out for lesson in self.module.lessons)

    @property
    def minutes_left(self) -> int:
        """Minutes of reading that are left."""
        return self.module.minutes_left({*self.done, *self.left_out})

    @property
    def next_lesson(self) -> str | None:
        """The first lesson not read and not left out, or None when none is left."""
        skipped = self.done | self.left_out
        return next((lesson.name for lesson in self.module.lessons if lesson.name not in skipped), None)

    def neighbours(self, lesson: Lesson) -> tuple[Lesson | None, Lesson | None]:
        """The lesson before and the one after this, of those that are not left out."""
        at, lessons = self.module.lessons.index(lesson), self.module.lessons
        before = (each for each in reversed(lessons[:at]) if each.name not in self.left_out)
        after = (each for each in lessons[at + 1 :] if each.name not in self.left_out)
        return next(before, None), next(after, None)


def progress(session: Session, account_id: str, module: Module) -> ModuleProgress:
    """Where this person is in one module; nowhere when nobody is signed in."""
    if not account_id:
        return ModuleProgress(module)
    read, last = training.lessons_read(session, account_id), exams.last_attempt(session, account_id, module.slug)
    since = eligibility.counts_since(session, account_id, clock.now())
    passes, overdue = exams.passes(session, account_id), overdue_modules(session, account_id, [module])
    avoids = topics_left_out(session, account_id)
    return of_module(module, read.get(module.slug, set()), last, passes, since, overdue, avoids)


def topics_left_out(session: Session, account_id: str) -> Collection[str]:
    """The species groups that this person wants to see nothing of."""
    return choice_store.choice(session, account_id).avoids or ()


def overdue_modules(session: Session, account_id: str, modules: Iterable[Module]) -> set[str]:
    """Of which of these modules that accreditation needs an exam counts no more until what changed is asked about.

    Of nobody who is accredited: what they are asked, and by when, is said to them by itself (`eligibility.asked_again`).
    """
    at = clock.now()
    if standings.standing(accreditation.current(session, account_id), at) is Standing.ACTIVE:
        return set()
    taught = needed.modules(modules)
    passes, seen = exams.passes(session, account_id), catalogue.changes_seen(session, taught)
    return {module.slug for module in taught if exam.overdue(module, passes, seen, at)}


def of_module(
    module: Module, read: set[str], last: Attempt | None, passes: Collection[Passed], since: datetime | None,
    overdue: Collection[str] = (), avoids: Collection[str] = (),
) -> ModuleProgress:  # fmt: skip
    """`since`: what is needed and was passed before counts no more, and is not shown as passed. `passes`: of all modules.

    `overdue`: the modules that wait for a short test (`overdue_modules`). `avoids`: species groups they leave out.
    """
    of_it = [each for each in passes if each.module == module.slug and each.of_module]
    since = eligibility.of_module_since(module, since, passes)
    passed = any(since is None or each.at > since for each in of_it)
    return ModuleProgress(
        module,
        frozenset(read & {lesson.name for lesson in module.lessons}),
        passed=passed and module.slug not in overdue,
        failed=bool(last and last.passed is False),
        open=bool(last and last.finished_at is None),
        short_test=passed and module.slug in overdue,
        left_out=frozenset(lesson.name for lesson in module.lessons if not module.spares(lesson.name, avoids)),
    )
