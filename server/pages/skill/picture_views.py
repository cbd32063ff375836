"""Pages of the picture lane. A GET changes nothing; what is right is in no page before the answer."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Redirect

from server.core import web
from server.core.database import db
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.spotter import picturing
from server.pages.skill.forms import PictureForm
from server.reads import eligibility, picture_lane

pages = Blueprint("pictures", __name__)


@pages.get("/lane/pictures")
def lane() -> Redirect:
    """The picture to judge: the one that is looked at, else the next."""
    return _lane(PictureForm(formdata=None))


@pages.post("/lane/pictures")
def answer() -> Redirect:
    """Say what it shows. What was right follows at once."""
    form, account_id = PictureForm(), web.current_account().id
    if eligibility.gate(db.session(), account_id):
        return _lane(form, 403)
    item = picture_lane.item(db.session(), account_id, form.item.data or "")
    form.offer(item)
    if item and not form.validate():
        return _lane(form, 422)
    answer_id = picturing.answer_picture(account_id, form.item.data or "", form.said.data or "")
    if answer_id is None:  # already answered, in another window or by a second click
        return redirect(url_for("pictures.lane"))
    return redirect(url_for("pictures.answered", answer_id=answer_id) + "#answered")


@pages.get("/lane/pictures/answers/<answer_id>")
def answered(answer_id: str) -> Redirect:
    """One's own answer, with what was right and why."""
    shown = picture_lane.answered(db.session(), web.owner(), answer_id)
    veil = _veil(shown["item"]) if shown["item"] else None
    return web.render("skill/picture_answered.html", answer=shown, veil=veil)


@pages.get("/lane/pictures/<token>/<kind>")
def picture(token: str, kind: str) -> Response:
    """One of the two copies of a picture, clear or blurred, by this person's own number for it."""
    if kind not in ("clear", "blurred"):
        raise Refused("not-found", sentence("There is no such picture."))
    data = picture_lane.copy(db.session(), web.owner(), token, blurred=kind == "blurred")
    response = Response(data, mimetype="image/webp")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _lane(form: PictureForm, status: int = 200) -> Redirect:
    account_id, session = web.current_account().id, db.session()
    gate = eligibility.gate(session, account_id)
    seen = form.item.data or request.args.get("look")  # what they look at stays, whatever would be next by now
    item = picture_lane.item(session, account_id, seen) if seen and not gate else None
    item = item or (None if gate else picture_lane.next_item(session, account_id))
    form.offer(item)
    form.item.data = item.token if item else ""
    there = bool(item or gate or picture_lane.all_pictures(session))
    veil = _veil(item) if item else None
    return web.render("skill/pictures.html", status, gate=gate, item=item, form=form, veil=veil, there=there)


def _veil(item: picture_lane.PictureItem) -> dict[str, object]:
    """The picture as the veil shows it: blurred until one looks."""
    return {
        "id": item.token,
        "caption": "",
        "blurred_url": url_for("pictures.picture", token=item.token, kind="blurred"),
        "clear_url": url_for("pictures.picture", token=item.token, kind="clear"),
        "ready": True,
        "looked": request.args.get("look") == item.token,
    }
