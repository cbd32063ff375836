"""Pages of the review: what was read comes back, a few questions a day. A GET changes nothing."""

from datetime import date, timedelta

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import clock, languages, times, web
from server.core.database import db, write
from server.core.sentences import sentence
from server.core.words import Refused
from server.pages.training import answering, review_page
from server.people.courses import catalogue
from server.people.courses.bank import Question
from server.people.courses.module import Module
from server.people.exams import store as exams
from server.people.training import reminding, store
from server.people.training.reminding import Rhythm
from server.reads import review

pages = Blueprint("review", __name__, url_prefix="/training/review")


@pages.get("")
def show() -> Response:
    """The next question of a sitting; at its end, what comes back when."""
    account_id, done, at = web.current_account().id, review_page.done(request.args.get("done")), clock.now()
    due = review.of(db.session(), account_id, at)
    if due.due and done < review.SITTING:
        slug, name = due.due[0]
        module = catalogue.module(slug)
        question = module.question(name)
        assert question, "what is due stands in the banks"
        return _question_page(module, question, done, len(due.due))
    return web.render("training/review.html", **review_page.end(db.session(), account_id, due, done))


@pages.post("")
def answer() -> Response:
    """Answer a question of the review; the explanation follows at once."""
    account_id, done = web.current_account().id, review_page.done(request.form.get("done"))
    module = catalogue.module(request.form.get("module", ""))
    question = module.question(request.form.get("question", ""))
    try:
        sent = answering.read(db.session(), account_id, module, question)
    except Refused as refusal:
        assert question, "only an answer to a question is refused"
        left = len(review.of(db.session(), account_id, clock.now()).due)
        return _question_page(module, question, done, left, refusal.detail)
    if sent is None:
        return redirect(web.url_with("review.show", done=str(done) if done else None))
    with write() as session:
        answer_id = answering.keep(session, account_id, sent)
    return redirect(url_for("review.answered", answer_id=answer_id, done=done + 1) + "#answered")


@pages.get("/<answer_id>")
def answered(answer_id: str) -> Response:
    """One's own answer, with what was right and why, and when it comes back."""
    account_id, done = web.owner(), review_page.done(request.args.get("done"))
    answer = store.practice_answer(db.session(), account_id, answer_id)
    if exams.is_open(db.session(), account_id, answer.module):  # it may ask from the same bank
        return redirect(web.url_with("review.show", done=str(done) if done else None))
    module = catalogue.module(answer.module)
    left = len(review.of(db.session(), account_id, clock.now()).due)
    card = store.cards(db.session(), account_id).get((answer.module, answer.question))
    return web.render(
        "training/review.html", module=module, view=answering.shown(module, answer), card=card, done=done,
        total=review_page.total(done, left),
    )  # fmt: skip


def _question_page(module: Module, question: Question, done: int, left: int, error: str = "") -> Response:
    view, asked = answering.to_ask(db.session(), web.current_account().id, module, question)
    return web.render(
        "training/review.html", 422 if error else 200, module=module, name=question.name, asked=asked, view=view,
        done=done, total=review_page.total(done, left), error=error,
    )  # fmt: skip


# --- The reminder ----------------------------------------------------------------------------------------------------


@pages.get("/reminder")
def reminder() -> Response:
    """Whether, and how often, an email reminds me."""
    chosen = store.rhythm(db.session(), web.current_account().id)
    monday = date(2024, 1, 1)
    days = [(rhythm, times.day_of_week(monday + timedelta(days=n))) for n, rhythm in enumerate(reminding.WEEKDAYS)]
    return web.render("training/reminder.html", chosen=chosen, days=days)


@pages.post("/reminder")
def choose() -> Response:
    """Choose it, or turn it off."""
    said = request.form.get("rhythm", "")
    if said and said not in list(Rhythm):
        flash(languages.translated(sentence("Choose from the list.")), "problem")
        return redirect(url_for("review.reminder"))
    with write() as session:
        store.choose_rhythm(session, web.current_account().id, Rhythm(said) if said else None)
    saved = sentence("The reminder is on.") if said else sentence("The reminder is off.")
    flash(languages.translated(saved), "done")
    return redirect(url_for("review.reminder"))
