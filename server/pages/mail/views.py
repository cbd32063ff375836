"""Returned mail that proves nothing by itself: a coordinator says where it belongs. A GET changes nothing."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import web
from server.core.database import db
from server.core.forms import Form
from server.core.languages import translated
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.report import sorting_mail
from server.ledger.inbound import store
from server.ledger.notices import store as notices

pages = Blueprint("mail", __name__, url_prefix="/mail")


@pages.get("")
def index() -> Response:
    """What waits for a look, the oldest first."""
    mails, after = store.waiting(db.session(), request.args.get("cursor"))
    next_url = web.url_with("mail.index", cursor=after) if after else None
    return web.render("returned/index.html", mails=mails, next_url=next_url)


@pages.get("/<mail_id>")
def show(mail_id: str) -> Response:
    """One mail, as text."""
    return _show(mail_id)


@pages.post("/<mail_id>/file")
def file(mail_id: str) -> Response:
    """It belongs to a notice."""
    _guard()
    reference = request.form.get("reference", "").strip()
    try:
        filed = sorting_mail.file_mail(mail_id, reference, web.current_account().id)
    except Refused as refusal:
        return _refused(mail_id, refusal)
    old = sentence(
        "Filed. This bounce is of an earlier attempt to send the message, so the notice and its contact stay as they are."
    )
    flash(translated(old if filed.is_old else sentence("Filed.")), "done")
    return redirect(url_for("cases.show", case_id=filed.case_id))


@pages.post("/<mail_id>/drop")
def drop(mail_id: str) -> Response:
    """It belongs to nothing."""
    _guard()
    try:
        sorting_mail.drop_mail(mail_id, web.current_account().id)
    except Refused as refusal:
        return _refused(mail_id, refusal)
    flash(translated(sentence("Dropped. What it says is deleted after 90 days.")), "done")
    return redirect(url_for("mail.index"))


def _guard() -> None:
    if not Form().validate():
        raise Refused("invalid", sentence("This page was open for too long. Nothing is lost: send it again."))


def _refused(mail_id: str, refusal: Refused) -> Response:
    store.get(db.session(), mail_id)  # one that is not there is not found
    flash(translated(refusal.detail), "problem")
    return _show(mail_id, 422)


def _show(mail_id: str, status: int = 200) -> Response:
    mail = store.get(db.session(), mail_id)
    notice = notices.get(db.session(), None, mail.notice_id) if mail.notice_id else None
    return web.render(
        "returned/show.html",
        status,
        mail=mail,
        notice=notice,
        waits=store.to_sort(mail),
        reference=request.form.get("reference") or (notice.reference if notice else ""),
    )
