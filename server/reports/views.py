"""The spotter's pages: my reports, one report, the form for those without the extension."""

import hashlib
import uuid
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from server import clock, journey, overview, vault, web
from server.database import db
from server.reports import intake, store
from server.reports.api import limit_rate
from server.reports.forms import ReplyForm, ReportForm
from server.reports.schemas import NewReport
from server.words import Refused

pages = Blueprint("reports", __name__, url_prefix="/reports")

FIELDS = {"suspicion.category": "category", "suspicion.reason": "reason", "suspicion.species": "species",
          "listing.title": "title", "url": "url"}  # fmt: skip
SLOTS = ("screenshot", "full_page")  # two pictures by form; the extension sends the same two


@pages.get("")
def index() -> Response:
    """My reports: what waits for me, what is on its way, what is finished."""
    tab, q, cursor = request.args.get("tab", "all"), request.args.get("q", ""), request.args.get("cursor")
    page = overview.my_reports(db.session, web.current_account().id, tab, q, cursor)
    return web.render("reports/index.html", **page, tab=tab, q=q, reply_form=ReplyForm(formdata=None))


@pages.get("/new")
def new() -> Response:
    """The form for a phone or another browser."""
    form = ReportForm(formdata=None, key=str(uuid.uuid4()), url=request.args.get("url", ""))
    return _form(form)


@pages.post("/new")
def create() -> Response:
    """Take in a report by form. The key in the form makes a second press harmless."""
    form = ReportForm()
    account_id = web.current_account().id
    if not form.validate():
        return _form(form, 422)
    try:
        limit_rate(account_id)
        pictures = [file.read() for file in request.files.getlist("pictures") if file.filename]
        if len(pictures) > len(SLOTS):
            raise Refused("invalid", "At most two pictures.", errors={"pictures": ["At most two pictures."]})
        parts = dict(zip(SLOTS, pictures, strict=False))
        stated = _stated(form, parts)
        data = web.load(NewReport, stated)
        without_time = {**stated, "captured_at": None}  # a second press is the same report
        receipt, _ = journey.receive_report(account_id, intake.read_key(form.key.data), without_time, data, parts)
    except Refused as refusal:
        if refusal.kind == "not-accredited":
            raise
        for place, said in (refusal.errors or {"reason": [refusal.detail]}).items():
            name = "pictures" if place in SLOTS else FIELDS.get(place, "reason")
            form[name].errors = [*form[name].errors, *said]
        return _form(form, web.STATUS[refusal.kind])
    return redirect(url_for("reports.show", report_id=receipt["id"], sent=1))


def _stated(form: ReportForm, parts: dict[str, bytes]) -> dict[str, Any]:
    """The form's fields as the API's JSON."""
    return {
        "url": form.url.data.strip(),
        "captured_at": clock.now().isoformat(),
        "access": form.access.data,
        "listing": {"title": form.title.data or None},
        "suspicion": {
            "category": form.category.data,
            "species": form.species.data or "",
            "legality_evidence": form.legality.data,
            "confidence": form.confidence.data,
            "reason": form.reason.data,
        },
        "evidence": [{"name": name, "sha256": hashlib.sha256(data).hexdigest()} for name, data in parts.items()],
    }


def _form(form: ReportForm, status: int = 200) -> Response:
    refusal = journey.may_report(web.current_account().id)
    return web.render("reports/new.html", status, form=form, refusal=refusal)


@pages.get("/<report_id>")
def show(report_id: str) -> Response:
    """One of my reports."""
    report = overview.my_report(db.session, web.current_account().id, report_id)
    sent = request.args.get("sent") == "1"
    return web.render("reports/show.html", report=report, sent=sent, reply_form=ReplyForm(formdata=None))


@pages.post("/<report_id>/reply")
def reply(report_id: str) -> Response:
    """Answer a coordinator's question."""
    account_id, form = web.current_account().id, ReplyForm()
    if form.validate():
        journey.reply(account_id, report_id, form.text.data)
        return redirect(url_for("reports.show", report_id=report_id))
    report = overview.my_report(db.session, account_id, report_id)
    return web.render("reports/show.html", 422, report=report, sent=False, reply_form=form)


@pages.get("/<report_id>/pictures/<name>")
def picture(report_id: str, name: str) -> Response:
    """The worker's copy of my picture, blurred unless asked for."""
    store.own(db.session, web.current_account().id, report_id)
    for file in store.evidence(db.session, [report_id])[report_id]:
        if file.name == name:
            return picture_response(file.copy_sha256 if request.args.get("look") else file.blurred_sha256)
    raise Refused("not-found", "There is no such picture.")


def picture_response(sha256: str | None) -> Response:
    """A copy from the vault. Never the original."""
    if sha256 is None:
        raise Refused("not-found", "This picture is still being prepared.")
    response = Response(vault.read(sha256), mimetype="image/webp")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
