"""Where the training speaks of what came of a report, or of a term."""

import functools
import re
from pathlib import Path

from server.core import languages, web
from server.core.words import DismissReason, Status
from server.people.courses import catalogue, plain
from server.people.courses.markdown import Lesson
from server.people.courses.module import Module

# Lessons of the training. One that a newer training has no longer is left out, never shown as a dead link.
KEPT = "from-click-to-answer/answer"  # a company kept it online
DISMISSED = {
    DismissReason.INNOCENT_WORD: "code-words/innocents",
    DismissReason.NOT_PROTECTED: "law-and-policies/lists",
    DismissReason.LOOK_ALIKE: "flagging-well/innocents",
    DismissReason.NOT_OFFERED: "code-words/signals",
    DismissReason.TOO_LITTLE: "writing-a-report/three",
    DismissReason.SCAM: "code-words/scams",
}


def of_dismissal(because: str | None) -> str | None:
    """The lesson on what a dismissed case was; None when that was not said, or there is none."""
    return DISMISSED.get(DismissReason(because)) if because else None


def of_outcome(status: Status) -> str | None:
    """The lesson on an outcome a spotter may not have hoped for."""
    return KEPT if status == Status.KEPT else None


def every() -> list[dict[str, str]]:
    """Every lesson of the training, for a program: `id` (module/lesson), `title`, and the address of its page."""
    return [
        each
        for module in catalogue.modules().values()
        for lesson in module.lessons
        if (each := said(f"{module.slug}/{lesson.name}"))
    ]


def get(lesson_id: str | None) -> dict[str, str] | None:
    """The lesson with this id; None when there is none."""
    slug, _, name = (lesson_id or "").partition("/")
    module = catalogue.modules().get(slug)
    lesson = module.lesson(name) if module else None
    return _lesson(module, lesson) if module and lesson else None


def said(lesson_id: str | None) -> dict[str, str] | None:
    """The same for a program, with the title in the reader's language: nothing translates it on its way out."""
    lesson = get(lesson_id)
    return lesson and lesson | {"title": languages.translated(lesson["title"])}


def about(term: str) -> dict[str, str] | None:
    """The lesson for spotters that speaks most of a term; None when none does."""
    return get(_about(catalogue.folder(), term))


@functools.lru_cache(maxsize=8192)
def _about(root: Path, term: str) -> str | None:
    wanted = term.casefold()
    whole = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)" if wanted[:1].isascii() else re.escape(wanted))
    counted = [(len(whole.findall(text)), lesson) for lesson, text in _texts(root) if wanted in text]
    most = max(counted, default=(0, None), key=lambda count: count[0])
    return most[1] if most[0] else None


@functools.cache
def _texts(root: Path) -> list[tuple[str, str]]:
    """Every lesson for spotters, as plain words."""
    spotters = [module for module in catalogue.modules().values() if module.track == "spotter"]
    return [
        (f"{module.slug}/{lesson.name}", plain.words(lesson).casefold())
        for module in spotters
        for lesson in module.lessons
    ]


def _lesson(module: Module, lesson: Lesson) -> dict[str, str]:
    lesson_id = f"{module.slug}/{lesson.name}"
    return {
        "id": lesson_id,
        "title": module.lesson_titled(lesson.name),
        "url": f"{web.settings().base_url}/training/{lesson_id}",
    }
