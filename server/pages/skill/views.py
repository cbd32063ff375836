"""Pages of the practice lane. A GET changes nothing; truth and explanation are in no page before the answer."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from server.core import clock, web
from server.core.database import db
from server.core.words import TRUSTED
from server.journeys.spotter import growth
from server.ledger.species import found
from server.pages.skill import known_page
from server.pages.skill.forms import LaneForm
from server.people.accreditation import store as accreditation
from server.people.skill import store
from server.people.skill.lane import Said
from server.reads import eligibility, judgements, practice_lane

pages = Blueprint("skill", __name__)


@pages.get("/lane")
def lane() -> Response:
    """The next listing to judge."""
    return _lane(LaneForm(formdata=None))


@pages.post("/lane")
def answer() -> Response:
    """Judge it. What was right follows at once, where it is known."""
    form, account_id = LaneForm(), web.current_account().id
    if eligibility.gate(db.session(), account_id):
        return _lane(form, 403)
    if not form.validate():
        return _lane(form, 422)
    why = (form.why.data or "").strip()
    given_id = growth.answer_lane(account_id, form.item.data or "", Said(form.said.data), why)
    if given_id is None:  # already answered, in another window or by a second click
        kept = store.answers(db.session(), account_id)[-1:]
        if why and why not in [each.why for each in kept]:
            return _lane(form, 409)
        return redirect(url_for("skill.lane"))
    return redirect(url_for("skill.answered", given_id=given_id) + "#answered")


@pages.get("/lane/known")
def known() -> Response:
    """For the desk: what the answers of everybody show about the known listings."""
    return web.render("skill/known.html", **known_page.listings(db.session(), web.page_number()))


@pages.get("/lane/<given_id>")
def answered(given_id: str) -> Response:
    """One's own answer, with what was right and why."""
    answer = practice_lane.answered(db.session(), web.owner(), given_id)
    return web.render("skill/answered.html", answer=answer)


@pages.get("/skill")
def mine() -> Response:
    """How I'm doing, by species group with its uncertainty, and why."""
    session, account_id = db.session(), web.current_account().id
    words = found.credited(session, account_id)
    return web.render("skill/mine.html", skill=judgements.shown(session, account_id), words=words)


def _lane(form: LaneForm, status: int = 200) -> Response:
    account_id, session = web.current_account().id, db.session()
    gate = eligibility.gate(session, account_id)
    item = None if gate else practice_lane.next_item(session, account_id)
    trusted = accreditation.level(session, account_id, clock.now()) in TRUSTED
    typed = None
    if form.item.data and (item is None or form.item.data != item.token):  # what was judged is not the next any more
        typed, form = form.why.data, LaneForm(formdata=None)
    form.item.data = item.token if item else ""
    return web.render(
        "skill/lane.html", status, gate=gate, item=item, form=form, trusted=trusted, typed=[typed] if typed else []
    )
