"""Pages of the exam, and of what its answers show. A GET changes nothing."""

import secrets

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import clock, web, work
from server.core.database import db, write
from server.core.words import Refused
from server.journeys.spotter import exam_findings, learning
from server.pages.exams import alike_answers
from server.people.accreditation import history
from server.people.accreditation import store as accreditation
from server.people.courses import catalogue, question_view
from server.people.courses.module import Module
from server.people.exams import exam, items, kept_findings, store
from server.people.exams.exam import ExamKind
from server.people.exams.models import Attempt
from server.reads import eligibility, progress

pages = Blueprint("exams", __name__, url_prefix="/training")


@pages.get("/<slug>/exam")
def page(slug: str) -> Response:
    """Before, between and after attempts: what the exam is, or its result."""
    return _page(catalogue.module(slug))


@pages.post("/<slug>/exam")
def start(slug: str) -> Response:
    """Start an attempt, or continue the open one."""
    module, account_id = catalogue.module(slug), web.current_account().id
    more_time = request.form.get("more_time") == "1"
    try:
        _, answered = learning.start_exam(account_id, module, secrets.randbits(64), more_time=more_time)
    except Refused:
        return _page(module, 409)
    return redirect(url_for("exams.question", slug=slug, number=answered + 1))


@pages.get("/<slug>/exam/<int:number>")
def question(slug: str, number: int) -> Response:
    """One question: to answer when it is its turn, with the explanation when it is answered."""
    module = catalogue.module(slug).for_exam
    attempt = store.last_attempt(db.session(), web.current_account().id, slug)
    if attempt is None or not store.fits(attempt, module) or number > len(attempt.drawn):
        return redirect(url_for("exams.page", slug=slug))
    if number < 1 or number > attempt.position + 1:
        return redirect(url_for("exams.question", slug=slug, number=attempt.position + 1))
    unanswered = number == attempt.position + 1
    if unanswered and (attempt.finished_at or store.is_over(attempt, clock.now())):
        return redirect(url_for("exams.page", slug=slug))
    return _question_page(module, attempt, number)


@pages.post("/<slug>/exam/<int:number>")
def answer(slug: str, number: int) -> Response:
    """Submit the final answer; the explanation follows. A late answer ends the attempt, and the page says so."""
    module = catalogue.module(slug).for_exam
    here = url_for("exams.question", slug=slug, number=number)
    try:
        with write() as session:
            attempt = store.last_attempt(session, web.current_account().id, slug)
            if attempt is None or not store.fits(attempt, module) or not 0 < number <= len(attempt.drawn):
                return redirect(url_for("exams.page", slug=slug))
            if attempt.ran_out and number > attempt.position:
                raise Refused("gone", store.late(attempt))
            picked = question_view.picked(request.form.getlist("choice"))
            store.answer_question(session, attempt, module, number - 1, picked, clock.now())
    except Refused as refusal:
        if refusal.kind == "gone":
            _end_if_over(slug)
            return _page(catalogue.module(slug), 410, late=refusal.detail)
        if refusal.kind != "invalid":
            return redirect(here)  # answered already: show what counts
        attempt = store.last_attempt(db.session(), web.current_account().id, slug)
        assert attempt, "it was there a moment ago"
        return _question_page(module, attempt, number, refusal.detail)
    return redirect(here + "#answered")


@pages.get("/<slug>/items")
def item_analysis(slug: str) -> Response:
    """For the desk: what the answers of everybody say about each question."""
    module = catalogue.module(slug).for_exam
    rows, made_at = kept_findings.item_analysis(db.session(), module)
    return web.render(
        "training/items.html", module=module, rows=rows, rule=items, made_at=made_at, asked=_asked_anew(),
    )  # fmt: skip


@pages.get("/alike")
def alike() -> Response:
    """For the desk: people whose answers are alike beyond chance."""
    return web.render("training/alike.html", asked=_asked_anew(), **alike_answers.alike(db.session()))


@pages.post("/findings")
def make_findings() -> Response:
    """For the desk: have what the answers show computed again."""
    exam_findings.ask_anew()
    slug = request.form.get("module", "")
    return redirect(
        url_for("exams.item_analysis", slug=slug) if slug in catalogue.modules() else url_for("exams.alike")
    )


def _asked_anew() -> bool:
    return work.is_pending(db.session(), exam_findings.KIND, [exam_findings.SUBJECT])


def _end_if_over(slug: str) -> None:
    with write() as session:
        attempt = store.last_attempt(session, web.current_account().id, slug)
        if attempt and store.is_over(attempt, clock.now()):
            store.finish(session, attempt)


def _page(module: Module, status: int = 200, late: str = "") -> Response:
    account_id, at, session = web.current_account().id, clock.now(), db.session()
    last, passes = store.last_attempt(session, account_id, module.slug), store.passes(session, account_id)
    since = eligibility.of_module_since(module, eligibility.counts_since(session, account_id, at))
    kept_since = eligibility.of_module_since(module, since, passes)
    withdrawn, plan = (
        history.withdrawn_at(session, account_id),
        eligibility.exam_plan(session, account_id, module, at),
    )
    over = bool(last and store.is_over(last, at))  # the worker ends it in a moment
    answers = store.answers(session, last) if last else []
    weak = [module.lesson(name) for name in store.weak_lessons(module, answers)]
    again = store.why_not_start(session, account_id, module, at, since, plan) is None
    passed = [each for each in passes if each.module == module.slug and each.of_module]
    done = bool(last and last.finished_at) and (last.passed or last.kind != plan.kind)  # type: ignore[union-attr]
    return web.render(
        "training/exam.html", status, progress=progress.progress(session, account_id, module), attempt=last,
        over=over, late=late, weak=weak, wait=store.wait(session, account_id, module.slug, at), rules=exam,
        plan=plan, questions=exam.pool(module.drawn_from, plan)[1], about=list(filter(None, map(module.lesson, plan.lessons))),
        fresh=last is None or bool(done and again and plan.kind is not ExamKind.WHOLE), passed_on=passed[-1].at if passed else None,
        again=again,
        lost=bool(last and last.passed and last.finished_at and kept_since and last.finished_at <= kept_since),
        withdrawn=bool(last and last.finished_at and withdrawn and last.finished_at <= withdrawn),
        unsure=sum(answer.right is None for answer in answers), person=eligibility.own_standing(session, account_id),
        gate=eligibility.gate(session, account_id),
        signed=accreditation.has_signed(session, account_id), every_exam=eligibility.exam_passed(session, account_id, clock.now()),
    )  # fmt: skip


def _question_page(module: Module, attempt: Attempt, number: int, error: str = "") -> Response:
    """The question. Which choices are right, and why, is in the context only once the answer is final."""
    question, order = store.shown(module, attempt, number - 1)
    answers = store.answers(db.session(), attempt)
    final = answers[number - 1] if number <= len(answers) else None
    shown = (
        question_view.answered(question, order, final.chosen, final.right)
        if final
        else question_view.to_answer(question, order)
    )
    return web.render(
        "training/question.html", 422 if error else 200, module=module, number=number, attempt=attempt,
        answers=answers, view=shown, lesson=module.lesson(question.lesson), error=error,
    )  # fmt: skip
