"""Pages of the gate: lessons for everyone, exams for those signed in. A GET changes nothing."""

import secrets
from dataclasses import dataclass

import flask_login
from flask import Blueprint, redirect, request, send_file, url_for
from werkzeug.wrappers import Response

from server import clock, web
from server.courses.module import PICTURES, Module
from server.database import db, write
from server.training import accreditation, exam, store
from server.training.models import Attempt
from server.words import Refused, Standing

pages = Blueprint("training", __name__, url_prefix="/training")

# A drawing opened by itself runs nothing and fetches nothing.
PICTURE_CSP = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where somebody is in a module."""

    course: Module
    done: frozenset[str]
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


@pages.get("")
def index() -> Response:
    """Where I am, and what comes next."""
    account_id, at = _account_id(), clock.now()
    last = store.current_standing(db.session, account_id, at) if account_id else None
    courses = [_progress(course) for course in store.modules().values()]
    standing = accreditation.standing(last, at)
    waits = standing in (Standing.NONE, Standing.LAPSED) and bool(account_id) and store.exams_passed(
        db.session, account_id, store.modules().values(), at
    )  # fmt: skip
    return web.render("training/index.html", courses=courses, standing=standing, last=last, waits=waits)


@pages.get("/<slug>")
def course(slug: str) -> Response:
    """One module: what it is for, its sections, its sources."""
    return web.render("training/course.html", progress=_progress(_course(slug)))


@pages.get("/<slug>/<name>")
def section(slug: str, name: str) -> Response:
    """One screen of a lesson, for everyone, signed in or not."""
    course = _course(slug)
    section = course.section(name)
    if section is None:
        raise Refused("not-found", "This lesson has no such part.")
    at = course.sections.index(section)
    before = course.sections[at - 1] if at else None
    after = course.sections[at + 1] if at + 1 < len(course.sections) else None
    return web.render("training/section.html", progress=_progress(course), section=section, before=before, after=after)


@pages.post("/<slug>/<name>")
def read(slug: str, name: str) -> Response:
    """Next: remember that this part is read, and show the one after it."""
    course = _course(slug)
    section = course.section(name)
    if section is None:
        raise Refused("not-found", "This lesson has no such part.")
    with write() as session:
        store.mark_read(session, web.current_account().id, slug, name, clock.now())
    at = course.sections.index(section) + 1
    if at < len(course.sections):
        return redirect(url_for("training.section", slug=slug, name=course.sections[at].name))
    return redirect(url_for("training.exam_page", slug=slug))


@pages.get("/<slug>/pictures/<name>")
def picture(slug: str, name: str) -> Response:
    """A picture of the module; no other file of its folder."""
    path = _course(slug).pictures.get(name)
    if path is None:
        raise Refused("not-found", "This module has no such picture.")
    response = send_file(path, mimetype=PICTURES[path.suffix], max_age=3600)
    response.headers["Content-Security-Policy"] = PICTURE_CSP
    return response


@pages.get("/<slug>/exam")
def exam_page(slug: str) -> Response:
    """Before, between and after attempts: what the exam is, or what it came to."""
    return _exam_page(_course(slug))


@pages.post("/<slug>/exam")
def start(slug: str) -> Response:
    """Begin an attempt, or go on with the open one."""
    course = _course(slug)
    try:
        with write() as session:
            attempt = store.start_attempt(session, web.current_account().id, course, clock.now(), secrets.randbits(64))
            number = attempt.position + 1
    except Refused:
        return _exam_page(course, 409)
    return redirect(url_for("training.question", slug=slug, number=number))


@pages.get("/<slug>/exam/<int:number>")
def question(slug: str, number: int) -> Response:
    """One question: to answer when it is its turn, with the explanation when it is answered."""
    course = _course(slug)
    attempt = store.last_attempt(db.session, web.current_account().id, slug)
    if attempt is None or attempt.content_hash != course.content_hash or number > len(attempt.drawn):
        return redirect(url_for("training.exam_page", slug=slug))
    if number < 1 or number > attempt.position + 1:
        return redirect(url_for("training.question", slug=slug, number=attempt.position + 1))
    return _question_page(course, attempt, number)


@pages.post("/<slug>/exam/<int:number>")
def answer(slug: str, number: int) -> Response:
    """Give the final answer; the explanation follows."""
    course = _course(slug)
    picked = [int(place) for place in request.form.getlist("choice") if place.isdecimal() and len(place) < 3]
    here = url_for("training.question", slug=slug, number=number)
    try:
        with write() as session:
            attempt = store.last_attempt(session, web.current_account().id, slug)
            if attempt is None or attempt.content_hash != course.content_hash or not 0 < number <= len(attempt.drawn):
                return redirect(url_for("training.exam_page", slug=slug))
            store.answer_question(session, attempt, course, number - 1, picked, clock.now())
    except Refused as refusal:
        if refusal.kind != "invalid":
            return redirect(here)  # answered already: show what counts
        attempt = store.last_attempt(db.session, web.current_account().id, slug)
        assert attempt, "it was there a moment ago"
        return _question_page(course, attempt, number, refusal.detail)
    return redirect(here + "#answered")


def _account_id() -> str:
    account = flask_login.current_user
    return str(account.id) if account.is_authenticated else ""


def _course(slug: str) -> Module:
    course = store.modules().get(slug)
    if course is None:
        raise Refused("not-found", "There is no such module.")
    return course


def _progress(course: Module) -> Progress:
    account_id = _account_id()
    if not account_id:
        return Progress(course, frozenset())
    done = store.sections_read(db.session, account_id).get(course.slug, set())
    last = store.last_attempt(db.session, account_id, course.slug)
    return Progress(
        course,
        frozenset(done & {section.name for section in course.sections}),
        passed=bool(last and last.passed),
        failed=bool(last and last.passed is False),
        open=bool(last and last.finished_at is None),
    )


def _exam_page(course: Module, status: int = 200) -> Response:
    account_id, at = web.current_account().id, clock.now()
    last = store.last_attempt(db.session, account_id, course.slug)
    given = store.answers(db.session, last) if last else []
    weak = [course.section(name) for name in store.weak_sections(course, given)]
    standing = accreditation.standing(store.current_standing(db.session, account_id, at), at)
    until = exam.may_start(last.finished_at, at) if last and last.passed is False else None
    return web.render(
        "training/exam.html", status, progress=_progress(course), attempt=last, weak=weak, until=until,
        again=store.why_not_start(last, course, at) is None, standing=standing, rules=exam,
        unsure=sum(one.right is None for one in given),
    )  # fmt: skip


def _question_page(course: Module, attempt: Attempt, number: int, error: str = "") -> Response:
    """The question. Which choices are right, and why, is in the context only once the answer is final."""
    question, order = store.shown(course, attempt, number - 1)
    given = store.answers(db.session, attempt)
    final = given[number - 1] if number <= len(given) else None
    choices = [
        {
            "text": question.choices[place].text,
            "neutral": question.choices[place].neutral,
            "mine": bool(final and place in final.chosen),
            "right": bool(final and question.choices[place].right),
        }
        for place in order
    ]
    pairs = [
        {
            "left": left,
            "mine": question.choices[final.chosen[at]].text if final else "",
            "right": question.choices[at].text if final else "",
        }
        for at, left in enumerate(question.lefts)
    ]
    return web.render(
        "training/question.html", 422 if error else 200, progress=_progress(course), number=number,
        attempt=attempt, given=given, kind=question.kind, text=question.text, ad=question.ad, choices=choices, pairs=pairs,
        final=final, explanation=question.explanation if final else "", section=course.section(question.section),
        error=error,
    )  # fmt: skip
