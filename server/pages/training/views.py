"""Pages of learning: lessons for everyone, practice for those signed in. A GET changes nothing."""

from typing import Any

import flask_login
from flask import Blueprint, redirect, request, send_file, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from server.core import clock, languages, web
from server.core.database import db, write
from server.core.sentences import sentence
from server.core.words import Refused
from server.pages.training import answering, in_lesson, learner
from server.people.courses import catalogue
from server.people.courses.bank import Question
from server.people.courses.markdown import Lesson
from server.people.courses.module import Module
from server.people.courses.module_file import LANGUAGE, PICTURES
from server.people.exams import store as exams
from server.people.training import store
from server.reads import progress
from server.reads.progress import ModuleProgress

pages = Blueprint("training", __name__, url_prefix="/training")

# A drawing opened by itself runs nothing and fetches nothing.
PICTURE_CSP = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
YEAR = 365 * 24 * 3600


@pages.app_context_processor
def own_names() -> dict[str, Any]:
    """For links to the same page in another language, each by its own name."""
    return {"own_name": languages.own_name}


@pages.after_app_request
def keep_language(response: Response) -> Response:
    """A language asked for in the address of a lesson is kept in the browser, for lessons only."""
    page = request.path.startswith("/training") and response.status_code == 200 and response.mimetype == "text/html"
    if page and LANGUAGE.fullmatch(asked := request.args.get("language", "")):
        response.set_cookie(
            catalogue.COOKIE, asked, max_age=YEAR, httponly=True, samesite="Lax", secure=web.settings().secure
        )
    return response


@pages.get("")
def index() -> Response:
    """Where I am, and what comes next."""
    first = "company" if web.can("notices.answer") else "spotter"
    return web.render("training/index.html", **learner.index(db.session(), _account_id(), first))


@pages.get("/<slug>")
def module(slug: str) -> Response:
    """One module: its objectives, lessons and sources."""
    return web.render("training/module.html", progress=_progress(catalogue.module(slug)))


@pages.get("/<slug>/<name>")
def lesson(slug: str, name: str) -> Response:
    """One lesson, for everyone, signed in or not."""
    module = catalogue.module(slug)
    return _lesson_page(module, _lesson(module, name))


@pages.post("/<slug>/<name>")
def read(slug: str, name: str) -> Response:
    """Go on from this lesson: it counts as read, or the page says what is missing for that."""
    module = catalogue.module(slug)
    lesson, where = _lesson(module, name), _progress(module)
    with write() as session:
        done = _note_reading(session, module, lesson)
    if not done:
        return redirect(_back_to(where, lesson, more="1") + "#missing")
    _, after = where.neighbours(lesson)
    if after:
        return redirect(url_for("training.lesson", slug=slug, name=after.name))
    return redirect(url_for("exams.page", slug=slug))


def _lesson(module: Module, name: str) -> Lesson:
    lesson = module.lesson(name)
    if lesson is None:
        raise Refused("not-found", sentence("This module has no such lesson."))
    return lesson


def _lesson_page(module: Module, lesson: Lesson, error: str = "") -> Response:
    account_id, where = _account_id(), _progress(module)
    before, after = where.neighbours(lesson)
    left_out = lesson.name in where.left_out and request.args.get("show") != "1" and not error
    reader = in_lesson.of(db.session(), account_id, module, lesson, clock.now()) if account_id else None
    return web.render(
        "training/lesson.html", 422 if error else 200, progress=where, lesson=lesson, before=before,
        after=after, reader=reader, error=error, more=request.args.get("more") == "1", left_out=left_out,
    )  # fmt: skip


def _back_to(where: ModuleProgress, lesson: Lesson, more: str | None = None) -> str:
    """The lesson somebody is reading; one that is about what they leave out stays open."""
    show = "1" if lesson.name in where.left_out else None
    return url_for("training.lesson", slug=where.module.slug, name=lesson.name, more=more, show=show)


def _note_reading(session: Session, module: Module, lesson: Lesson) -> bool:
    """Note since when the lesson has been open, as the form says; whether it counts as read."""
    account_id, at = web.current_account().id, clock.now()
    token, question = request.form.get("opened", ""), module.question_in(lesson.name)
    opened_at = in_lesson.opened_at(token, account_id, module.slug, lesson.name) or at
    return store.note_reading(session, account_id, module.slug, lesson, question, opened_at, at)


@pages.get("/<slug>/pictures/<name>")
def picture(slug: str, name: str) -> Response:
    """A picture of the module; no other file of its folder. Its address names the language: browsers keep it."""
    path = catalogue.module(slug).pictures.get(name)
    if path is None:
        raise Refused("not-found", sentence("This module has no such picture."))
    response = send_file(path, mimetype=PICTURES[path.suffix], max_age=3600)
    response.headers["Content-Security-Policy"] = PICTURE_CSP
    return response


# --- Practice --------------------------------------------------------------------------------------------------------


@pages.get("/<slug>/practice", endpoint="practice")
def practise(slug: str) -> Response:
    """The next question of one module."""
    module, account_id = catalogue.module(slug), web.current_account().id
    if exams.is_open(db.session(), account_id, slug):
        return web.render("training/practice.html", module=module, view=None, back_on=None, exam=True)
    name, back_on = learner.practice(db.session(), account_id, module, clock.now())
    question = module.question(name) if name else None
    if question is None:
        return web.render("training/practice.html", module=module, view=None, back_on=back_on, exam=False)
    return _question_page(module, question)


@pages.post("/<slug>/practice")
def answer_practice(slug: str) -> Response:
    """Answer a practice question, here or in its lesson; the explanation follows at once."""
    module, account_id = catalogue.module(slug), web.current_account().id
    question = module.question(request.form.get("question", ""))
    lesson = module.lesson(request.form.get("lesson", ""))
    if lesson:
        back = _back_to(_progress(module), lesson)
    else:
        back = url_for("training.practice", slug=slug)
    try:
        answer = answering.read(db.session(), account_id, module, question)
    except Refused as refusal:
        if question and lesson:
            return _lesson_page(module, lesson, refusal.detail)
        assert question, "only an answer to a question is refused"
        return _question_page(module, question, refusal.detail)
    if answer is None:
        return redirect(back)
    with write() as session:
        answer_id = answering.keep(session, account_id, answer)
        if lesson:
            _note_reading(session, module, lesson)
    if lesson:
        return redirect(back + "#answered")
    return redirect(url_for("training.practised", slug=slug, answer_id=answer_id) + "#answered")


@pages.get("/<slug>/practice/<answer_id>")
def practised(slug: str, answer_id: str) -> Response:
    """One's own answer, with what was right and why; not while an exam of the module asks from the same bank."""
    module, account_id = catalogue.module(slug), web.owner()
    if exams.is_open(db.session(), account_id, slug):
        return redirect(url_for("training.practice", slug=slug))
    answer = store.practice_answer(db.session(), account_id, answer_id)
    if answer.module != slug:
        raise Refused("not-found", answering.NO_LONGER)
    return web.render(
        "training/practice.html", module=module, card=store.cards(db.session(), account_id).get((slug, answer.question)),
        view=answering.shown(module, answer),
    )  # fmt: skip


def _question_page(module: Module, question: Question, error: str = "") -> Response:
    view, asked = answering.to_ask(db.session(), web.current_account().id, module, question)
    return web.render(
        "training/practice.html", 422 if error else 200, module=module, name=question.name, asked=asked, view=view,
        error=error,
    )  # fmt: skip


def _account_id() -> str:
    account = flask_login.current_user
    return str(account.id) if account.is_authenticated else ""


def _progress(module: Module) -> ModuleProgress:
    return progress.progress(db.session(), _account_id(), module)
