"""The coordinator's pages: the queue, one case, and the decisions on it."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from server.core import problems, vault, web
from server.core.database import db
from server.core.forms import Form
from server.core.languages import translated
from server.core.sentences import counted, sentence
from server.core.words import CaseState, Decision, Refused, Seen, WithdrawnWhy
from server.journeys.report import (
    answering,
    by_hand,
    claiming,
    decision,
    naming,
    replying,
    retracting,
    sending_again,
    verification,
)
from server.ledger.cases import decisions, store
from server.ledger.disputes import dispute_words
from server.pages.cases import carried_form, claims, decision_panel, departures, place, recorded_answer
from server.pages.cases.forms import PANELS, CoordinatorReplyForm, RecordAnswerForm, WithdrawForm
from server.reads import case, case_history, complaints, current_claims, disputes, gauges, pace, queue

pages = Blueprint("cases", __name__)
pages.url_defaults(place.keep)
pages.before_request(claims.renew)


@pages.get("/cases", endpoint="queue")
def show_queue() -> Response:
    """The queue, most urgent first, with the first case beside it."""
    listing = place.listing()
    first_id = listing["items"][0]["id"] if listing["items"] else None
    first = _case(first_id) if first_id else {"case": None, "route": None}
    return web.render("cases/queue.html", queue=listing, **first)


@pages.get("/cases/<case_id>")
def show(case_id: str) -> Response:
    """One case; with ?panel= the form for a decision; beside a queue that is on the page, the case alone. Looking changes nothing."""
    panel = request.args.get("panel")
    if panel not in PANELS and request.headers.get("HX-Target") == "pane":
        return web.render("cases/_pane.html", **place.of_one(case_id), **_case(case_id))
    if panel not in PANELS:
        return _page(case_id)
    context = _case(case_id)
    form = decision_panel.make(panel, context["case"], context["route"], blank=True)
    named = _named(form, [m.stated() for m in naming.in_ad(db.session(), case_id)]) if panel == "notify" else []
    return _page(case_id, context, panel=panel, form=form, named=named)


def _page(case_id: str, context: dict[str, Any] | None = None, status: int = 200, **more: Any) -> Response:
    listing, number = place.listing(), queue.place(db.session(), case_id)
    template = "cases/decide.html" if more.get("panel") else "cases/show.html"
    shown = context or _case(case_id)
    if more.get("panel") == "notify":
        shown = decision_panel.follow(more["form"], shown)
        more["stops"] = gauges.stops_of(db.session(), shown["route"])
        more["preview"] = decision_panel.preview(case_id, more["form"])
    if more.get("panel"):
        more["picks"] = decision_panel.ready(more["panel"], more["form"], shown["case"], shown["route"])
    return web.render(template, status, queue=listing, place=number, **(shown | more))


def _case(case_id: str) -> dict[str, Any]:
    page = case.page(db.session(), case_id, request.args.get("look"))
    may_decide = web.can("cases.decide")
    why_not = "" if may_decide else sentence("Only coordinators can decide.")
    row, account_id = store.get(db.session(), case_id), web.current_account().id
    if own := claiming.own_opinion(db.session(), row, account_id):
        may_decide, why_not = False, own
    asked_by = decisions.asked_for_opinion(db.session(), row)
    decidable = page["case"]["state"] in (CaseState.OPEN, CaseState.ASKED, CaseState.HELD)
    checks = case.checks(page)
    return {
        **page,
        "may_decide": may_decide,
        "decidable": decidable,
        "why_not": why_not,
        "opinion_wanted": case_history.opinion_wanted(db.session(), row, account_id),
        "checks": checks,
        "reply_form": CoordinatorReplyForm(formdata=None),
        "withdraw_form": WithdrawForm(formdata=None),
        "sent_form": carried_form.blank(),
        "complaints": complaints.of_case(db.session(), case_id),
        "dispute_start": disputes.start(db.session(), case_id),
        "dispute_words": dispute_words,
        "claim": current_claims.of(db.session(), case_id),
        "opinion_waits": asked_by is not None and not may_decide,
        "colleagues": current_claims.colleagues(db.session(), account_id, asked_by) if may_decide or asked_by else [],
    }


@pages.post("/cases/<case_id>/decisions")
def decide(case_id: str) -> AnyResponse:
    """One decision, on the version the coordinator saw."""
    panel = request.form.get("decision", "")
    if panel not in PANELS or panel == "answer":
        raise Refused("invalid", sentence("Choose a decision."))
    context = _case(case_id)
    form = decision_panel.make(panel, context["case"], context["route"])
    changed, status, named, take_over = None, 422, _named(form, []), bool(request.form.get("take_over"))
    picked = request.form.get("pick")
    if (
        picked or request.form.get("step") == "again"
    ) and Form().validate():  # a pick, a search, the preview without a script
        if picked:
            ready = decision_panel.ready(panel, form, context["case"], context["route"])
            decision_panel.pick(form, ready, picked)
        return _page(case_id, context, panel=panel, form=form, named=named)
    if form.validate():
        try:
            version = decision_panel.version(form.version.data)
            values = decision_panel.stated(form, panel)
            following = place.following(case_id)
            notice_id = decision.decide(
                case_id, web.current_account().id, decision=panel, version=version, take_over=take_over, **values
            )
            if not web.settings().undo_seconds:  # else the page says what can still be undone
                flash(
                    translated(
                        departures.queued(case_id, notice_id) if notice_id else departures.DONE[Decision(panel)]
                    ),
                    "done",
                )
            if offer := pace.break_offered(db.session(), web.current_account().id):
                flash(translated(departures.break_offered(offer)), "done")
            return redirect(following)
        except Refused as refusal:
            status = problems.STATUS[refusal.kind]
            if refusal.kind == "stale":
                changed = refusal.detail
                form.version.data = str(store.get(db.session(), case_id).version)
            elif refusal.kind == "claimed":  # the panel says by whom, and has the button to take it over
                context["claim"] = current_claims.of(db.session(), case_id)
            elif refusal.kind == "names-a-person":
                named = _named(form, refusal.extra["mentions"])
                for name, errors in refusal.errors.items():
                    field = decision_panel.field(form, name) or form.ad_words
                    field.errors = [*field.errors, *errors]
            else:
                name, errors = next(iter(refusal.errors.items()), ("reason", [refusal.detail]))
                field = decision_panel.field(form, "known_law" if name == "law" else name) or form.note
                field.errors = [*field.errors, *errors]
    return _page(case_id, context, status, panel=panel, form=form, changed=changed, named=named)


@pages.get("/cases/<case_id>/taxa")
def find_taxa(case_id: str) -> Response:
    """The taxa of the case, those ticked and those a search finds, as the panel's choices."""
    context = _case(case_id)
    form = PANELS["hold"](formdata=request.args)
    decision_panel.choose(form, context["case"], None)
    return web.render("cases/_taxa.html", form=form)


@pages.post("/cases/<case_id>/preview")
def preview(case_id: str) -> Response:
    """The notice as it would leave. Nothing is kept."""
    if not Form().validate():
        raise Refused("invalid", sentence("This page was open for too long. Nothing is lost: send it again."))
    context = _case(case_id)
    form = decision_panel.make("notify", context["case"], context["route"])
    followed = decision_panel.follow(form, context)
    return web.render(
        "cases/_preview.html",
        panel="notify",
        **{name: followed[name] for name in ("case", "route", "checks")},
        preview=decision_panel.preview(case_id, form),
        form=form,
        picks=decision_panel.ready("notify", form, context["case"], context["route"]),
        again=True,
    )


# What of a notice stands in no field of the form, by its name in the notice.
QUOTED = {
    "title": sentence("Title"),
    "seller": sentence("Seller"),
    "price": sentence("Price"),
    "url": sentence("Address"),
    "other_taxon": sentence("Species"),
}


def _named(form: Any, mentions: Any) -> list[dict[str, Any]]:
    """What names a person, with its place marked; the form gets the ticks to confirm a word or leave a field out."""
    words = [word for mention in mentions if not mention["address"] for word in _words(mention)]
    form.ad_words.choices = list(dict.fromkeys([*words, *(form.ad_words.data or [])]))
    if "leave_out" in form:
        fields = [*(mention["field"] for mention in mentions), *(form.leave_out.data or [])]
        form.leave_out.choices = [(name, QUOTED[name]) for name in ("title", "seller") if name in fields]
    return [
        {
            "label": asked.label.text
            if (asked := decision_panel.field(form, mention["field"]))
            else QUOTED.get(mention["field"], mention["field"]),
            "pieces": case.segments(mention["text"], [[*span, "person"] for span in mention["spans"]]),
        }
        for mention in mentions
    ]


def _words(mention: dict[str, Any]) -> list[str]:
    return [mention["text"][start:end] for start, end in mention["spans"]]


def _notice_meant(case_id: str) -> str:
    """The notice that stood on the page: it is meant, though another may stand by now. Raises Refused("not-found")."""
    return case.notice_id(db.session(), case_id, request.form.get("notice", ""))


@pages.post("/cases/<case_id>/answers")
def record_answer(case_id: str) -> AnyResponse:
    """An answer that came by mail, telephone or a form, recorded as the company's own."""
    form = RecordAnswerForm()
    if status := recorded_answer.keep(form, _notice_meant(case_id)):
        return _page(case_id, status=status, panel="answer", form=form)
    flash(translated(sentence("Recorded. The spotters will be told.")), "done")
    return redirect(url_for("cases.show", case_id=case_id))


@pages.post("/cases/<case_id>/replies")
def reply(case_id: str) -> AnyResponse:
    """What a coordinator writes to the company in the thread of the case's notice."""
    form = CoordinatorReplyForm()
    notice_id = _notice_meant(case_id)
    if form.validate():
        try:
            replying.reply_to_company(notice_id, web.current_account().id, (form.text.data or "").strip())
            flash(translated(departures.REPLY_QUEUED[departures.departure(notice_id)]), "done")
            return redirect(url_for("cases.show", case_id=case_id, _anchor="thread"))
        except Refused as refusal:
            form.text.errors = [*form.text.errors, *refusal.errors.get("text", [refusal.detail])]
    return _page(case_id, status=422, reply_form=form)


@pages.post("/cases/mails/again")
def send_mails_again() -> AnyResponse:
    """What failed permanently is tried again, once its cause is fixed."""
    number = sending_again.mails(web.current_account().id)
    text = counted("%(number)s email is sent again.", "%(number)s emails are sent again.", number)
    flash(translated(text), "done")
    return redirect(url_for("cases.queue", tab="undelivered"))


@pages.post("/cases/<case_id>/form-sent")
def form_sent(case_id: str) -> AnyResponse:
    """The company's own form is filled in."""
    form = carried_form.FormSentForm()
    if form.validate():
        try:
            notice = by_hand.form_sent(
                case_id, form.message.data or "", web.current_account().id,
                sent_at=form.stated_at, receipt=form.receipt.data or "",
            )  # fmt: skip
            flash(translated(carried_form.noted(notice)), "done")
            return redirect(url_for("cases.show", case_id=case_id))
        except Refused as refusal:
            form.say(refusal)
    return _page(case_id, status=422, wrong_form=form)


@pages.post("/cases/<case_id>/withdraw")
def withdraw(case_id: str) -> AnyResponse:
    """Take the notice back, with a reason: we were wrong, or it went to the wrong company."""
    form = WithdrawForm()
    notice_id = _notice_meant(case_id)
    if form.validate():
        try:
            recalls = form.cause.data == WithdrawnWhy.WRONG_COMPANY
            take_back = answering.recall_notice if recalls else answering.withdraw_notice
            take_back(notice_id, web.current_account().id, (form.why.data or "").strip())
            flash(translated(sentence("Withdrawn. The company sees this on its page.")), "done")
            return redirect(url_for("cases.show", case_id=case_id))
        except Refused as refusal:
            if refusal.kind not in ("names-a-person", "gone"):
                raise form.with_typed(refusal) from None
            form.why.errors = [*form.why.errors, *refusal.errors.get("reason", [refusal.detail])]
    return _page(case_id, status=422, withdraw_form=form)


@pages.post("/cases/<case_id>/checks")
def ask_check(case_id: str) -> AnyResponse:
    """Ask trusted spotters whether the listing is still there."""
    verification.ask_check(case_id, web.current_account().id)
    flash(translated(sentence("Check requested. Trusted spotters who did not report it are invited to look.")), "done")
    return redirect(url_for("cases.show", case_id=case_id))


@pages.post("/cases/<case_id>/looks")
def look(case_id: str) -> AnyResponse:
    """The coordinator has looked: gone, still there, or cannot tell."""
    try:
        seen = Seen(request.form.get("seen", ""))
    except ValueError:
        raise Refused("invalid", sentence("Say what you saw.")) from None
    verification.look_as_coordinator(case_id, web.current_account().id, seen)
    flash(translated(departures.LOOKED[seen]), "done")
    return redirect(url_for("cases.show", case_id=case_id))


@pages.post("/cases/<case_id>/attach-reports")
def attach_reports(case_id: str) -> AnyResponse:
    """Reports that came after the notice join it."""
    decision.attach_reports(case_id, web.current_account().id, decision_panel.version(request.form.get("version")))
    flash(translated(sentence("Added. The new reports now follow this notice.")), "done")
    return redirect(url_for("cases.show", case_id=case_id))


@pages.post("/cases/<case_id>/doubts-read")
def read_doubts(case_id: str) -> AnyResponse:
    """A spotter said that a report was wrong: the coordinator has read it and leaves the case as it is."""
    retracting.read_doubts(case_id, web.current_account().id, decision_panel.version(request.form.get("version")))
    flash(translated(sentence("Noted. The spotter is told that a coordinator has read it.")), "done")
    return redirect(url_for("cases.show", case_id=case_id))


@pages.post("/cases/<case_id>/evidence/<evidence_id>/clean")
def mark_clean(case_id: str, evidence_id: str) -> AnyResponse:
    """This picture shows no volunteer and no third person: it may leave."""
    case.evidence(db.session(), case_id, evidence_id)
    decision.mark_clean(evidence_id, web.current_account().id)
    return redirect(url_for("cases.show", case_id=case_id, _anchor=f"picture-{evidence_id}"))


@pages.get("/cases/<case_id>/evidence/<evidence_id>")
def picture(case_id: str, evidence_id: str) -> Response:
    """The worker's copy, blurred unless asked for."""
    file = case.evidence(db.session(), case_id, evidence_id)
    return web.picture(file.copy_sha256 if request.args.get("look") else file.blurred_sha256)


@pages.get("/cases/<case_id>/evidence/<evidence_id>/original")
def original(case_id: str, evidence_id: str) -> Response:
    """The sealed original, as a download that no browser opens."""
    file = case.evidence(db.session(), case_id, evidence_id)
    response = send_file(vault.open_file(file.sha256), mimetype="application/octet-stream", max_age=0)
    response.content_length = file.size
    response.headers["Content-Disposition"] = f'attachment; filename="{file.sha256}.bin"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response
