"""A module of `training_modules/`, whole and checked, as it is held in memory. Pure."""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from server.core.sentences import Localized
from server.people.courses.bank import Question
from server.people.courses.changes import Change
from server.people.courses.markdown import Lesson


@dataclass(frozen=True, slots=True)
class Source:
    """Where a lesson's facts come from. `read` says how far it was read: in full or as an excerpt."""

    name: str
    dated: str
    read: str
    url: str


@dataclass(frozen=True, slots=True)
class Module:
    """One module, whole and checked, in one language; `translations` are the same module by language."""

    slug: str
    title: str
    summary: str
    objectives: tuple[str, ...]
    minutes: int
    track: str
    order: int
    language: str
    version: date
    required: bool  # whether accreditation needs its exam
    one_of_groups: bool  # whether it is one of the modules about groups of species, of which accreditation needs one
    sources: tuple[Source, ...]
    lessons: tuple[Lesson, ...]
    questions: tuple[Question, ...]  # of the practice bank, whose keys people see
    exam_questions: tuple[Question, ...]  # asked in exams only; none: the exam draws from the practice bank
    pictures: dict[str, Path]
    content_hash: str
    unreviewed: bool = False  # a translation that no native speaker has read yet
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by lesson: the species groups it is about
    tells_apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by lesson: scientific names (told_apart)
    changes: tuple[Change, ...] = ()  # as declared, the oldest first; the original's in every language
    translations: dict[str, "Module"] = field(default_factory=dict, compare=False)
    # The same in every language, the original's first; shared by the original and its translations.
    versions: dict[str, "Module"] = field(default_factory=dict, compare=False, repr=False)

    @property
    def titled(self) -> Localized:
        """The title as whoever reads it knows it: in their language, where the module has it."""
        return Localized(lambda language, _: self.read_in([language]).title)

    def lesson_titled(self, name: str) -> Localized:
        """The title of that lesson, likewise; empty when there is no such lesson."""

        def say(language: str, _: object) -> str:
            lesson = self.read_in([language]).lesson(name) or self.lesson(name)
            return lesson.title if lesson else ""

        return Localized(say)

    def lesson(self, name: str) -> Lesson | None:
        """The lesson of that name."""
        return next((lesson for lesson in self.lessons if lesson.name == name), None)

    def question(self, name: str) -> Question | None:
        """The practice question of that name; never one of the exam's."""
        return next((question for question in self.questions if question.name == name), None)

    def question_in(self, lesson: str) -> Question | None:
        """The question that stands in a lesson: the first of the practice bank about it; None where none is."""
        return next((question for question in self.questions if question.lesson == lesson), None)

    def spares(self, lesson: str, avoids: Collection[str]) -> bool:
        """Whether a lesson is about none of the species groups that somebody leaves out."""
        return not set(self.topics.get(lesson, ())) & set(avoids)

    @property
    def material(self) -> tuple[Change, ...]:
        """The changes that whoever passed before is asked about."""
        return tuple(change for change in self.changes if change.material)

    @property
    def for_exam(self) -> "Module":
        """The version that the exam is asked in: the original, where a translation has no exam of its own."""
        original = next(iter(self.versions.values()), self)
        return self if self.exam_questions or not original.exam_questions else original

    @property
    def drawn_from(self) -> tuple[Question, ...]:
        """The questions an exam is drawn from."""
        return self.for_exam.exam_questions or self.questions

    def asked(self, name: str) -> Question | None:
        """The question of that name as an exam asks it, of either bank: exams were drawn from the practice bank before."""
        version = self.for_exam
        return next((q for q in (*version.exam_questions, *version.questions) if q.name == name), None)

    def minutes_left(self, done: set[str]) -> int:
        """Minutes of reading in the lessons not in `done`, rounded up; in all never more than `minutes`."""
        every = sum(lesson.minutes for lesson in self.lessons)
        left = sum(lesson.minutes for lesson in self.lessons if lesson.name not in done)
        return math.ceil(self.minutes * left / every) if every else 0

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it can be read in, the original's first, whichever of them this is."""
        return tuple(self.versions) or (self.language,)

    def read_in(self, wanted: Iterable[str]) -> "Module":
        """The module in the first of the `wanted` languages that it has; in the original's when it has none of them."""
        for language in wanted:
            for has in self.languages:
                if has.lower() == language.lower() or has.partition("-")[0] == language.partition("-")[0].lower():
                    return self.versions.get(has, self)
        return self
