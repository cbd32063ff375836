"""What a case was seen with before: all its links, two cases side by side, and links made or undone by hand."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from server.core import problems, web
from server.core.database import db
from server.core.languages import translated
from server.core.sentences import sentence
from server.core.words import LinkKind, Refused
from server.journeys.report import linking
from server.ledger.matches import photo_store
from server.pages.cases import claims
from server.pages.cases.forms import LinkForm, UndoLinkForm
from server.reads import links, side_by_side

pages = Blueprint("links", __name__, url_prefix="/cases/<case_id>/links")
pages.before_request(claims.renew)


@pages.get("")
def index(case_id: str) -> Response:
    """Every case that this one is linked to, and the form to link another."""
    return _index(case_id, LinkForm())


def _index(case_id: str, form: LinkForm, status: int = 200) -> Response:
    session = db.session()
    context: dict[str, Any] = {
        "case": side_by_side.named(session, case_id),
        "cases": links.shown(session, case_id),
        "undone": links.shown(session, case_id, undone=True),
        "count": links.count(session, case_id),
        "may_decide": web.can("cases.decide"),
    }
    return web.render("cases/links.html", status, form=form, **context)


@pages.post("")
def make(case_id: str) -> AnyResponse:
    """Link the case to another, with a reason."""
    form, status = LinkForm(), 422
    if form.validate():
        kind, account_id = LinkKind(form.kind.data), web.current_account().id
        try:
            other = linking.link_cases(case_id, form.other.data, kind, account_id, form.why.data)
            flash(translated(sentence("Linked. Both cases show it.")), "done")
            return redirect(url_for("links.compare", case_id=case_id, other_id=other))
        except Refused as refusal:
            if not refusal.errors:
                raise
            status = problems.STATUS[refusal.kind]
            form.other.errors = [*form.other.errors, *refusal.errors["other"]]
    return _index(case_id, form, status)


@pages.get("/<other_id>")
def compare(case_id: str, other_id: str) -> Response:
    """The two cases side by side, what differs marked, and why they are linked."""
    return _compare(case_id, other_id, UndoLinkForm())


def _compare(case_id: str, other_id: str, form: UndoLinkForm, status: int = 200) -> Response:
    page = side_by_side.page(db.session(), case_id, other_id, request.args.get("look"))
    return web.render("cases/compare.html", status, form=form, may_decide=web.can("cases.decide"), **page)


@pages.get("/photos/<photo_id>")
def photo(case_id: str, photo_id: str) -> Response:
    """The worker's copy of one photo of the case, blurred unless asked for."""
    kept = photo_store.get(db.session(), case_id, photo_id)
    return web.picture(kept.copy_sha256 if request.args.get("look") else kept.blurred_sha256)


@pages.post("/<other_id>/undo")
def undo(case_id: str, other_id: str) -> AnyResponse:
    """These two do not belong together."""
    form = UndoLinkForm()
    if not form.validate():
        return _compare(case_id, other_id, form, 422)
    kind, account_id = LinkKind(form.kind.data), web.current_account().id
    linking.undo_link(case_id, other_id, kind, account_id, form.why.data)
    flash(translated(sentence("Undone. This link will not be made again; you can restore it here.")), "done")
    return redirect(url_for("links.compare", case_id=case_id, other_id=other_id))


@pages.post("/<other_id>/redo")
def redo(case_id: str, other_id: str) -> AnyResponse:
    """They do after all."""
    form = UndoLinkForm()
    if not form.kind.validate(form):
        raise Refused("invalid", sentence("This page was open for too long. Nothing is lost: send it again."))
    linking.redo_link(case_id, other_id, LinkKind(form.kind.data), web.current_account().id)
    flash(translated(sentence("Restored.")), "done")
    return redirect(url_for("links.compare", case_id=case_id, other_id=other_id))
