"""The gallery's pages of learning: the first page at every standing, a module, its exam before, during and after, questions,
practice, what the desk learns of questions, and a certificate as others check it. The modules are the shipped ones."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from server.core.words import Level, Standing
from server.pages.training import learner
from server.people.accreditation.asking import AskedAgain
from server.people.courses.module import Module
from server.people.exams import exam, items
from server.people.exams.exam import ExamKind, ExamPlan, Wait
from server.people.exams.findings import QuestionRow
from server.people.exams.items import Item
from server.reads.progress import ModuleProgress
from tests.browser.gallery_desk import ARABIC, COORDINATOR, LONG, NOW, SPOTTER, THAI, Thing, ago
from tests.browser.gallery_training import answered, module, to_ask

COMPANY = Thing(name="Mia", role="company", email="mia@mercado.example")
LASTS = {"level": Level.PROBATION, "expires_at": NOW + timedelta(days=325), "why": "", "exam_waived": False}
ACTIVE = Thing(**LASTS)
ENDED = Thing(**LASTS | {"expires_at": ago(days=12)})
STOPPED = Thing(**LASTS | {"why": LONG})


def names(of: Module, number: int) -> frozenset[str]:
    """The first lessons of a module."""
    return frozenset(lesson.name for lesson in of.lessons[:number])


def attempt(exam_of: Module, *, passed: bool | None = None, **more: Any) -> Thing:
    """An exam of fifteen questions; open unless it came to a result."""
    values: dict[str, Any] = {
        "drawn": [{"name": f"q{n}"} for n in range(15)], "position": 15 if passed is not None else 6, "kind": ExamKind.WHOLE, "passed": passed,
        "right": 13 if passed else 8, "of": 14, "ends_at": NOW + timedelta(minutes=23), "finished_at": None if passed is None else ago(days=1),
        "ran_out": False, "content_hash": exam_of.content_hash,
    }  # fmt: skip
    return Thing(**(values | more))


def of_exam(of: Module, **more: Any) -> tuple[str, dict[str, Any]]:
    """The page of an exam that was not begun."""
    return "training/exam.html", {
        "me": SPOTTER, "progress": ModuleProgress(of, names(of, 2)), "attempt": None, "over": False, "late": "", "weak": [], "wait": None,
        "rules": exam, "plan": ExamPlan(), "questions": 15, "about": [], "passed_on": None, "fresh": True, "again": True, "lost": False,
        "withdrawn": False, "unsure": 0, "person": {"standing": Standing.NONE}, "gate": None, "signed": False, "every_exam": False,
    } | more  # fmt: skip


def finished(of: Module, passed: bool, **more: Any) -> tuple[str, dict[str, Any]]:
    """Its page after an attempt."""
    values = {
        "attempt": attempt(of, passed=passed),
        "fresh": False,
        "again": False,
        "unsure": 1,
        "weak": of.lessons[1:3],
    }
    return of_exam(of, **(values | {"progress": ModuleProgress(of, names(of, 9), passed=passed, failed=not passed)} | more))  # fmt: skip


def index(standing: Standing, last: Thing | None = None, **more: Any) -> tuple[str, dict[str, Any]]:
    """The first page of somebody who is signed in."""
    flagging, well, ivory, birds, writing = (
        module(slug) for slug in ("flagging-well", "safe-and-well", "ivory-bone-horn", "live-animals", "writing-a-report")
    )  # fmt: skip
    long = replace(module("code-words"), title=LONG[:200], summary=THAI)
    required = [ModuleProgress(flagging, names(flagging, 2)), ModuleProgress(well, passed=True), ModuleProgress(long)]
    choice = [ModuleProgress(ivory, names(ivory, 9), failed=True), ModuleProgress(birds, left_out=names(birds, 99))]
    companies = [ModuleProgress(module("answering-notices"))]
    sections = [
        (learner.REQUIRED, required, False), (learner.CHOICE, choice, False),
        (learner.MORE, [ModuleProgress(writing, open=True)], False), (learner.COMPANIES, companies, True),
    ]  # fmt: skip
    return "training/index.html", {
        "me": SPOTTER, "sections": sections, "next": "flagging-well", "standing": standing, "last": last, "signed": True, "passed": False,
        "renewing": False, "renewable_from": NOW + timedelta(days=20), "waits": False, "asked": [], "changed": {}, "due": 12, "appeal": None,
    } | more  # fmt: skip


def question(of: Module, page: dict[str, Any], number: int = 7, **more: Any) -> tuple[str, dict[str, Any]]:
    """A question of an exam in progress."""
    lesson = of.lesson(page["view"].lesson)
    given = {"me": SPOTTER, "number": number, "attempt": attempt(of), "answers": [None] * 6, "lesson": lesson, "error": ""}  # fmt: skip
    return "training/question.html", page | given | more


def statistics(of: Module) -> list[QuestionRow]:
    """Every question of a bank with what there can be to say of it."""
    said = [
        Item(412, 0.28, 0.41, 12, ()), Item(60, 0.02, 0.05, 0, (1, 2)), Item(40, 0.82, -0.12, 31, ()), Item(3, 0.31, None, 1, ()),
        items.analyse((), ()),
    ]  # fmt: skip
    rows = [QuestionRow(each, said[n % len(said)]) for n, each in enumerate(of.questions)]
    return [rows[0], *(row for row in rows[1:] if len(row.question.choices) > 2)]


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    english, arabic, long = module(), module(language="ar"), replace(module(), title="x" * 200, summary=LONG)
    asked = [
        AskedAgain(english.slug, english.title, NOW + timedelta(days=9), (english.lessons[0].name,)),
        AskedAgain("agreement", "Volunteer agreement", NOW + timedelta(days=20)),
    ]  # fmt: skip
    changed = {"asked": asked, "changed": {english.slug: (english, english.lessons[:2])}}
    overdue = changed | {"asked": [replace(asked[0], until=ago(days=1)), *asked[1:]]}
    gate = {"standing": Standing.ACTIVE, "lessons_left": None, "minutes_left": 0, "left": None, "asked": None, "short_test": None, "until": None}  # fmt: skip
    about = {"about": english.lessons[:2], "passed_on": ago(days=200)}
    template, page = index(Standing.NONE, me=None)
    sections = [
        (name, [ModuleProgress(each.module) for each in entries], False) for name, entries, _ in page["sections"]
    ]
    visitor = template, page | {"sections": sections}
    part, renewal = ExamPlan(ExamKind.PART, ("one",)), ExamPlan(ExamKind.RENEWAL)
    practice = {"me": SPOTTER, "exam": False, "back_on": None, "module": english, "view": None}
    item = {
        "me": COORDINATOR,
        "nav_counts": {"queue": 42},
        "rule": items,
        "module": english,
        "rows": statistics(english),
    }
    certificate = Thing(alias="Kestrel", expires_at=NOW + timedelta(days=60))
    found = {"last": ACTIVE, "certificate": certificate, "standing": Standing.ACTIVE}
    return {
        "training": index(Standing.NONE),
        "training-visitor": visitor,
        "training-waits": index(Standing.NONE, waits=True, passed=True),
        "training-sign": index(Standing.NONE, passed=True, signed=False, due=0),
        "training-accredited": index(Standing.ACTIVE, ACTIVE, next="", **changed),
        "training-overdue": index(Standing.ACTIVE, ACTIVE, next="", **overdue),
        "training-renewing": index(Standing.ACTIVE, ACTIVE, next="", renewing=True),
        "training-renewed": index(Standing.ACTIVE, ACTIVE, next="", renewing=True, passed=True),
        "training-lapsed": index(Standing.LAPSED, ENDED),
        "training-suspended": index(Standing.SUSPENDED, STOPPED, appeal=Thing()),
        "training-company": index(Standing.NONE, me=COMPANY),
        "training-module": ("training/module.html", {"me": SPOTTER, "progress": ModuleProgress(english, names(english, 3))}),
        "training-module-passed": ("training/module.html", {"me": COORDINATOR, "progress": ModuleProgress(english, passed=True)}),
        "training-module-arabic": ("training/module.html", {"me": SPOTTER, "progress": ModuleProgress(arabic)}),
        "training-module-hard": ("training/module.html", {"me": None, "progress": ModuleProgress(long)}),
        "training-exam": of_exam(english),
        "training-exam-arabic": of_exam(arabic),
        "training-exam-open": of_exam(english, attempt=attempt(english), fresh=False),
        "training-exam-over": of_exam(english, attempt=attempt(english, ends_at=ago(minutes=1)), over=True, late="It came at 11:13."),
        "training-exam-passed": finished(english, True),
        "training-exam-all-passed": finished(english, True, signed=True, every_exam=True, weak=[]),
        "training-exam-sign": finished(english, True, every_exam=True),
        "training-exam-gate": finished(english, True, person={"standing": Standing.ACTIVE}, gate=gate | {"asked": english.title}),
        "training-exam-lost": finished(english, True, lost=True, again=True),
        "training-exam-failed": finished(english, False, wait=Wait(NOW + timedelta(minutes=8), False)),
        "training-exam-failed-often": finished(long, False, wait=Wait(NOW + timedelta(days=8), True), attempt=attempt(long, passed=False, ran_out=True, position=9, of=5, right=5)),
        "training-exam-part": of_exam(english, plan=part, questions=5, **about),
        "training-exam-renewal": of_exam(english, plan=renewal, questions=10, passed_on=ago(days=310)),
        "training-question": question(english, to_ask("single", english)),
        "training-question-ad": question(english, to_ask("flag", english)),
        "training-question-arabic": question(arabic, to_ask("match", arabic)),
        "training-question-wrong": question(english, to_ask("multiple", english), error="Choose an answer first."),
        "training-question-right": question(english, answered("single", english, right=True)),
        "training-question-last": question(english, answered("match", english, right=False), number=15),
        "training-question-noted": question(arabic, answered("flag", arabic, right=None)),
        "training-practice": ("training/practice.html", practice | to_ask("single", english) | {"module": english}),
        "training-practice-wrong": ("training/practice.html", practice | to_ask("multiple", english, error="Choose an answer first.")),
        "training-practice-answered": ("training/practice.html", practice | answered("flag", english, right=False)),
        "training-practice-done": ("training/practice.html", practice | {"module": long, "back_on": NOW.date() + timedelta(days=3)}),
        "training-practice-exam": ("training/practice.html", practice | {"exam": True}),
        "training-items": ("training/items.html", item | {"made_at": ago(hours=3), "asked": False}),
        "training-items-asked": ("training/items.html", item | {"made_at": ago(hours=3), "asked": True, "rows": item["rows"][:1]}),
        "training-verify": ("training/verify.html", found | {"me": None}),
        "training-verify-hard": ("training/verify.html", found | {"me": None, "certificate": Thing(alias="x" * 100 + ARABIC, expires_at=NOW), "last": Thing(**LASTS | {"exam_waived": True})}),
        "training-verify-ended": ("training/verify.html", found | {"me": None, "standing": Standing.LAPSED}),
    }  # fmt: skip
