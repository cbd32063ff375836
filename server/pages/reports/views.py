"""The spotter's pages: my reports, one report, the form for those without the extension."""

import contextlib
import hashlib
import uuid
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import clock, payloads, problems, urls, web
from server.core.database import db
from server.core.languages import translated
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.report import adding, feedback, intake, retracting
from server.ledger.reports import store, submission
from server.ledger.reports.schemas import NewReport
from server.pages.reports import address
from server.pages.reports.forms import ReplyForm, ReportForm, RetractForm
from server.reads import eligibility, known_listings, my_reports
from server.reads.my_search import Sought

pages = Blueprint("reports", __name__, url_prefix="/reports")

# Where a refusal of the API's JSON belongs on the form; anything else stands at the reason.
FIELDS = {"suspicion.category": "category", "suspicion.species": "species", "listing.title": "title", "url": "url"}
# The parts that the files of each field are sent as, and what is said of too many.
SLOTS = {
    "pictures": (("screenshot", "full_page"), sentence("Send at most two pictures.")),
    "photos": (tuple(sorted(submission.PHOTOS)), sentence("Send at most 8 photos.")),
}
CANNOT_TELL = sentence("I can’t tell.")
SEE_PICTURE = sentence("See the picture.")
AGAIN = sentence("Also choose the pictures again: the browser does not keep them.")
TOO_LARGE = sentence("This picture is larger than 10 MB.")


@pages.get("")
def index() -> Response:
    """My reports: what waits for me, what is on its way, what is finished."""
    account_id = web.owner()
    tab, cursor = request.args.get("tab", "all"), request.args.get("cursor")
    sought = Sought(*(request.args.get(name, "")[: urls.MAX_LENGTH] for name in ("q", "platform", "month")))
    mine = my_reports.mine(db.session(), account_id, tab, sought, cursor)
    return web.render("reports/index.html", **mine, gate=eligibility.gate(db.session(), account_id))


@pages.get("/new")
def new() -> Response:
    """The form for a phone or another browser; what another app shares with ours is in it (static/app.json).

    `again` is a report of one's own whose listing is online again: its address stays out of the log.
    """
    url, title, text = (request.args.get(name, "") for name in ("url", "title", "text"))
    if again := request.args.get("again"):
        url = my_reports.get(db.session(), web.current_account().id, again)["report"]["url"]
    elif not url:
        with contextlib.suppress(ValueError):
            url = urls.pasted(text) if "://" in text else ""
    form = ReportForm(formdata=None, key=str(uuid.uuid4()), url=url, title=title[:1000])
    return _form(form)


@pages.post("/new")
def create() -> Response:
    """Take in a report by form. The key in the form makes a second press harmless."""
    form = ReportForm()
    account_id = web.current_account().id
    filled = form.validate()
    if not (_confirmed(form, account_id) and filled):
        return _form(form, 422)
    try:
        intake.limit_rate(account_id)
        parts: dict[str, bytes] = {}
        for field_name, (slots, too_many) in SLOTS.items():
            pictures = [file.read() for file in request.files.getlist(field_name) if file.filename]
            if len(pictures) > len(slots):
                raise Refused("invalid", too_many, errors={slots[0]: [too_many]})
            parts |= zip(slots, pictures, strict=False)
        for name, picture in parts.items():
            if len(picture) > web.settings().max_part:
                raise Refused("too-large", "", errors={name: [TOO_LARGE]})
        stated = _stated(form, parts)
        data = payloads.load(NewReport, stated | {"captured_at": clock.now().isoformat()})
        receipt, _ = intake.receive_report(account_id, submission.read_key(form.key.data), stated, data, parts)
    except Refused as refusal:
        if refusal.kind == "not-accredited":
            return _form(form, 403)
        for place, sentences in (refusal.errors or {"reason": [refusal.detail]}).items():
            of_slot = next((name for name, (slots, _) in SLOTS.items() if place in slots), None)
            field = form[of_slot or FIELDS.get(place, "reason")]
            field.errors = [*field.errors, *sentences]
        return _form(form, problems.STATUS[refusal.kind])
    report = my_reports.get(db.session(), account_id, receipt["id"])["report"]
    return web.render("reports/received.html", 201, report=report)


def _stated(form: ReportForm, parts: dict[str, bytes]) -> dict[str, Any]:
    """The form's fields as the API's JSON, without the time: a second press is the same report."""
    return {
        "url": form.url.data,
        "access": form.access.data or None,
        "listing": {"title": form.title.data or None},
        "suspicion": {
            "category": form.category.data,
            "species": form.species.data or "",
            "legality_evidence": form.legality_evidence.data or None,
            "confidence": form.confidence.data or None,
            "reason": form.reason.data,
        },
        "evidence": [{"name": name, "sha256": hashlib.sha256(data).hexdigest()} for name, data in parts.items()],
    }


def _confirmed(form: ReportForm, account_id: str) -> bool:
    """Whether nothing about the address is left to ask; else it is asked at its tick. A second press asks nothing."""
    about = address.about(db.session(), account_id, form.url.data or "")
    if about.many_ads and not form.single_ad.data:
        form.single_ad.errors = [CONFIRM_SINGLE]
    if about.own and not form.again.data and not known_listings.is_sent(db.session(), account_id, form.key.data or ""):
        form.again.errors = [CONFIRM_AGAIN]
    return not form.single_ad.errors and not form.again.errors


CONFIRM_SINGLE = sentence("Paste the address of the ad itself, or confirm that this is one.")
CONFIRM_AGAIN = sentence("You have reported this ad already. Confirm that you want to report it again.")


def _form(form: ReportForm, status: int = 200) -> Response:
    """The form, with what is known of the address in it."""
    account_id = web.current_account().id
    for name in SLOTS:  # a browser gives no file back
        if any(file.filename for file in request.files.getlist(name)):
            form[name].errors = [*form[name].errors, AGAIN]
    known = address.about(db.session(), account_id, form.url.data or "")
    gate = eligibility.gate(db.session(), account_id)
    return web.render("reports/new.html", status, form=form, about=known, gate=gate)


@pages.post("/new/address")
def about() -> Response:
    """What is known of an address while it is typed, as a part of the form. By POST, so that no log keeps it; changes nothing."""
    account_id = web.owner()
    intake.limit_look_ups(account_id)
    form = ReportForm(formdata=None)
    known = address.about(db.session(), account_id, request.form.get("url", ""))
    return web.render("reports/_address.html", form=form, about=known)


@pages.get("/<report_id>")
def show(report_id: str) -> Response:
    """One of my reports."""
    return _show(report_id, RetractForm(formdata=None))


def _show(
    report_id: str,
    retract_form: RetractForm,
    status: int = 200,
    draft: str = "",
    problems: Sequence[str] = (),
    text_problem: str = "",
    addition: dict[str, Any] | None = None,
) -> Response:
    """The report; draft: what was written as an answer; text_problem, problems: what is wrong with it, and with its pictures;
    addition: the same of what was to be added."""
    mine = my_reports.get(db.session(), web.owner(), report_id, request.args.get("look"))
    if question := mine["report"]["question"]:
        question |= {"draft": draft, "problems": problems, "text_problem": text_problem}
    return web.render(
        "reports/show.html", status, **mine, retract_form=retract_form,
        addition={"draft": "", "text_problems": (), "problems": ()} | (addition or {}),
    )  # fmt: skip


ANSWER = sentence("Write an answer of at most 2,000 characters, or choose “I can’t tell”.")


@pages.post("/<report_id>/replies")
def reply(report_id: str) -> Response:
    """Answer a coordinator's question. "I can't tell" is an answer too."""
    form, account_id = ReplyForm(), web.owner()
    pictures = [file.read() for file in request.files.getlist("pictures") if file.filename]
    text = translated(CANNOT_TELL) if request.form.get("cannot_tell") else (form.text.data or "").strip()
    text = text or (translated(SEE_PICTURE) if pictures else "")
    if not text or len(text) > 2000:
        problem = " ".join(translated(words) for words in (ANSWER, AGAIN)[: 2 if pictures else 1])
        return _show(report_id, RetractForm(formdata=None), 422, draft=text, text_problem=problem)
    try:
        if any(len(picture) > web.settings().max_part for picture in pictures):
            raise Refused("invalid", TOO_LARGE, errors={"pictures": [TOO_LARGE]})
        feedback.reply(account_id, report_id, text, pictures)
    except Refused as refusal:
        if refusal.kind != "invalid":
            raise
        return _show(report_id, RetractForm(formdata=None), 422, draft=text, problems=refusal.errors["pictures"])
    flash(translated(sentence("Sent. A coordinator will read your answer.")), "done")
    return redirect(url_for("reports.show", report_id=report_id))


@pages.post("/<report_id>/additions")
def add(report_id: str) -> Response:
    """Add to a report what its spotter has learned since."""
    account_id, text = web.owner(), request.form.get("text", "").strip()
    pictures = [file.read() for file in request.files.getlist("pictures") if file.filename]
    text = text or (translated(SEE_PICTURE) if pictures else "")
    try:
        if any(len(picture) > web.settings().max_part for picture in pictures):
            raise Refused("invalid", TOO_LARGE, errors={"pictures": [TOO_LARGE]})
        adding.add(account_id, report_id, text, pictures)
    except Refused as refusal:
        if refusal.kind != "invalid":
            raise
        texts = [*refusal.errors.get("text", ()), *([AGAIN] if pictures and "text" in refusal.errors else ())]
        wrong = {"draft": text, "text_problems": texts, "problems": refusal.errors.get("pictures", ())}
        return _show(report_id, RetractForm(formdata=None), 422, addition=wrong)
    flash(translated(sentence("Added. A coordinator will read it.")), "done")
    return _back_to(report_id)


@pages.post("/<report_id>/retraction")
def retract(report_id: str) -> Response:
    """Withdraw a report; where something is decided on it already, tell a coordinator that it was wrong."""
    form, account_id = RetractForm(), web.owner()
    if not form.validate():
        return _show(report_id, form, 422)
    try:
        withdrawn = retracting.retract(account_id, report_id, form.why.data, form.text.data or "")
    except Refused as refusal:
        if refusal.kind != "invalid":
            raise
        form.say(refusal)
        return _show(report_id, form, 422)
    flash(translated(WITHDRAWN if withdrawn else TOLD), "done")
    return _back_to(report_id)


def _back_to(report_id: str) -> Response:
    """The report from its top, where what was done is said: a form's own place in the page would outlive the redirect."""
    return redirect(url_for("reports.show", report_id=report_id, _anchor="main"))


WITHDRAWN = sentence("Withdrawn. It does not count against you.")
TOLD = sentence("Sent. Nothing changes until a coordinator has read it.")


@pages.get("/<report_id>/pictures/<name>")
def picture(report_id: str, name: str) -> Response:
    """The worker's copy of my picture, blurred unless asked for."""
    store.own(db.session(), web.owner(), report_id)
    for file in store.evidence(db.session(), [report_id])[report_id]:
        if file.name == name:
            return web.picture(file.copy_sha256 if request.args.get("look") else file.blurred_sha256)
    raise Refused("not-found", sentence("There is no such picture."))
