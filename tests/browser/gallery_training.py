"""The gallery's pages of the review, its reminder, and similar answers; the questions are shipped ones of the practice banks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from server.core import times
from server.pages.training.in_lesson import InLesson
from server.pages.training.review_page import ComesBack
from server.people.courses import catalogue, question_view
from server.people.courses.bank import Question
from server.people.courses.markdown import Lesson
from server.people.courses.module import Module
from server.people.courses.module_file import load
from server.people.exams import similarity
from server.people.exams.similarity import Alike, Comparison
from server.people.training import reminding
from server.reads.progress import ModuleProgress
from tests.browser.gallery_desk import ARABIC, COORDINATOR, LONG, NOW, THAI, UNBROKEN, Thing

NONE = {"view": None, "back": [], "left": 0, "next_day": None, "has_read": True, "exam": False, "sitting": 12}


@cache
def module(slug: str = "flagging-well", language: str = "en") -> Module:
    """A shipped module, in a language it has."""
    return load(catalogue.CONTENT / slug).read_in([language])


def named(of: Module) -> Thing:
    """What a page of a question names of its module; without the module's own texts, which are none of the page."""
    return Thing(slug=of.slug, title=of.title, language=of.language, unreviewed=of.unreviewed)


def first(kind: str, of: Module) -> Question:
    """Its first practice question of that kind."""
    return next(question for question in of.questions if question.kind == kind)


def to_ask(kind: str, of: Module, **more: Any) -> dict[str, Any]:
    """The page of a question to answer, the third of twelve."""
    question = first(kind, of)
    view = question_view.to_answer(question, range(len(question.choices)))
    return {
        "module": named(of),
        "view": view,
        "name": question.name,
        "asked": 0,
        "done": 2,
        "total": 12,
        "error": "",
    } | more


def answered(kind: str, of: Module, *, right: bool | None, done: int = 3, total: int = 12) -> dict[str, Any]:
    """The page of an answered question."""
    question, card = first(kind, of), Thing(due_on=NOW.date() + timedelta(days=21))
    places = range(len(question.choices))
    fits = [
        at for at in places if (question.choices[at].neutral if right is None else question.choices[at].right == right)
    ]
    chosen = (list(places)[: len(question.lefts)][:: 1 if right else -1]) if question.lefts else fits[:1]
    view = question_view.answered(question, places, chosen, right)
    return {"module": named(of), "view": view, "card": card, "done": done, "total": total}


def lesson(of: Module, shown: Lesson, *, question: Question | None = None, **more: Any) -> dict[str, Any]:
    """The page of a lesson that its reader has just opened, with its question to answer if it has one."""
    avoids = {shown.name, of.lessons[3].name} if more.get("left_out") else set()
    where = ModuleProgress(of, frozenset(each.name for each in of.lessons[:2]), left_out=frozenset(avoids))
    before, after = where.neighbours(shown)
    view = question and question_view.to_answer(question, range(len(question.choices)))
    reader = InLesson(False, "token", 40, 30, view, question.name if question else "")
    page = {"progress": where, "lesson": shown, "before": before, "after": after, "left_out": False}
    return page | {"reader": reader, "error": "", "more": False} | more


def read(of: Module, shown: Lesson, question: Question) -> dict[str, Any]:
    """The page of a lesson that was read, its question answered."""
    right = [at for at, choice in enumerate(question.choices) if choice.right]
    view = question_view.answered(question, range(len(question.choices)), right, True)
    page = lesson(of, shown, question=question)
    return page | {"reader": replace(page["reader"], is_read=True, left=0, view=view)}


def long_lesson(of: Module) -> tuple[Module, Lesson]:
    """A module and a lesson whose names and texts are as long, and as unbroken, as they can be."""
    words = f"<p>{LONG}</p><h2>{LONG[:200]}</h2><blockquote><p>{UNBROKEN}</p></blockquote><ul><li>{THAI}</li><li>{ARABIC}</li></ul>"
    plate = tuple(replace(picture, head=LONG[:120], caption=LONG[:400]) for picture in of.lesson("elephant").pictures)
    shown = replace(of.lessons[0], title=LONG[:200], blocks=(words, plate, *of.lessons[0].blocks))
    named = replace(of, title=LONG[:200], lessons=(shown, replace(of.lessons[1], title=UNBROKEN), *of.lessons[2:]))
    return named, shown


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    ana = {"me": Thing(name="Kestrel", role="spotter", email="ana@example.org")}
    english, arabic, ivory = module(), module(language="ar"), module("ivory-bone-horn")
    asked_in = next(each for each in english.lessons if english.question_in(each.name))
    back = [ComesBack(named(of), first(kind, of), NOW.date() + timedelta(days=days))
            for of, kind, days in ((english, "single", 1), (arabic, "multiple", 7), (english, "match", 120))]  # type: ignore[arg-type] # fmt: skip
    monday = date(2024, 1, 1)
    days = [(rhythm, times.day_of_week(monday + timedelta(days=at))) for at, rhythm in enumerate(reminding.WEEKDAYS)]
    reminder = ana | {"chosen": None, "days": days}
    pair = Alike("a1", "a2", shared=48, same=9, expected=1.4, right=33, chance=3e-6)
    questions = [question.text for question in english.questions[:9]]
    alike = {
        "me": COORDINATOR, "newest": 2000, "made_at": datetime(2026, 11, 24, 14, 5, tzinfo=UTC), "asked": False, "rule": Thing(ENOUGH_SHARED=similarity.ENOUGH_SHARED, LEAST_SHARED=similarity.LEAST_SHARED), "comparison": Comparison((pair, pair), 1891, 640, 87),
        "pairs": [{"pair": pair, "people": [("a1", "Ana Ruiz"), ("a2", ARABIC)], "questions": [*questions, LONG]},
                  {"pair": pair, "people": [("a3", "N" * 60), ("a4", "Ben")], "questions": []}],
    }  # fmt: skip
    return {
        "lesson": ("training/lesson.html", ana | lesson(ivory, ivory.lesson("elephant"), question=ivory.question_in("elephant"))),
        "lesson-visitor": ("training/lesson.html", lesson(ivory, ivory.lesson("mammoth"), reader=None) | {"me": None}),
        "lesson-missing": ("training/lesson.html", ana | lesson(ivory, ivory.lesson("mammoth"), more=True)),
        "lesson-read": ("training/lesson.html", ana | read(english, asked_in, english.question_in(asked_in.name))),  # type: ignore[arg-type]
        "lesson-arabic": ("training/lesson.html", ana | lesson(arabic, arabic.lessons[1])),
        "lesson-hard": ("training/lesson.html", ana | lesson(*long_lesson(ivory), question=first("flag", ivory))),
        "lesson-left-out": ("training/lesson.html", ana | lesson(english, english.lessons[1], left_out=True)),
        "alike": ("training/alike.html", alike),
        "alike-none": ("training/alike.html", alike | {"pairs": [], "comparison": Comparison((), 0, 0, 1)}),
        "review": ("training/review.html", ana | to_ask("single", english)),
        "review-error": ("training/review.html", ana | to_ask("multiple", english, error="Choose an answer first.")),
        "review-match": ("training/review.html", ana | to_ask("match", english, done=0, total=1)),
        "review-ad": ("training/review.html", ana | to_ask("flag", english)),
        "review-arabic": ("training/review.html", ana | to_ask("flag", arabic)),
        "review-right": ("training/review.html", ana | answered("single", english, right=True)),
        "review-wrong": ("training/review.html", ana | answered("match", english, right=False, done=12)),
        "review-noted": ("training/review.html", ana | answered("flag", arabic, right=None)),
        "review-end": ("training/review.html", ana | NONE | {"back": back, "left": 1, "next_day": NOW.date()}),
        "review-done": ("training/review.html", ana | NONE | {"next_day": NOW.date() + timedelta(days=2)}),
        "review-exam": ("training/review.html", ana | NONE | {"exam": True}),
        "review-unread": ("training/review.html", ana | NONE | {"has_read": False}),
        "review-reminder": ("training/reminder.html", reminder),
        "review-reminder-weekly": ("training/reminder.html", reminder | {"chosen": reminding.Rhythm.THURSDAY}),
        "unsubscribe-review": ("unsubscribe/show.html", {"mailing": "review", "token": "x" * 60, "stopped": False}),
        "unsubscribe-rounds": ("unsubscribe/show.html", {"mailing": "rounds", "token": "x" * 60, "stopped": False}),
        "unsubscribe-stopped": ("unsubscribe/show.html", {"mailing": "rounds", "token": "x" * 60, "stopped": True}),
    }  # fmt: skip
