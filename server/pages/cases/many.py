"""Many cases at once: ticked in the queue, dismissed or held with one reason, and everything just decided undone."""

from collections.abc import Collection
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from server.core import web
from server.core.database import db
from server.core.forms import Form
from server.core.languages import translated
from server.core.sentences import counted, sentence
from server.core.words import Decision, Refused
from server.journeys.report import decision, effect
from server.pages.cases import decision_panel, place
from server.pages.cases.forms import MANY
from server.reads import case_names, ready_reasons
from server.reads.ready_reasons import ReadyReason

NONE_TICKED = sentence("Tick at least one case first.")

pages = Blueprint("many", __name__, url_prefix="/cases")
pages.url_defaults(place.keep)


@pages.get("/many")
def choose() -> AnyResponse:
    """The ticked cases, or with `found` all of this place, and the form to decide on them. Looking changes nothing."""
    panel = request.args.get("decision", "")
    named = place.found() if request.args.get("found") else _named(request.args.getlist("case"))
    if panel not in MANY:
        raise Refused("invalid", sentence("Choose a decision."))
    return _page(panel, MANY[panel](formdata=None), named) if named else _none_ticked()


def _none_ticked() -> AnyResponse:
    flash(translated(NONE_TICKED), "problem")
    return redirect(place.here().url())


def _page(
    panel: str,
    form: Any,
    named: dict[str, int],
    refused: dict[str, str] | None = None,
    status: int = 200,
    *,
    claimed: bool = False,
    ticked: Collection[str] | None = None,
) -> Response:
    """The form for the cases that are named; ticked: those of them that stay so; None: all that are not refused."""
    cases = case_names.headings(db.session(), list(named))
    context = {
        "panel": panel,
        "form": form,
        "chosen": cases,
        "versions": named,
        "refused": refused or {},
        "ticked": ticked if ticked is not None else named.keys() - (refused or {}).keys(),
        "claimed": claimed,
        "picks": _ready(panel, named),
    }
    return web.render("cases/many.html", status, queue=place.listing(), case=None, **context)


def _ready(panel: str, named: dict[str, int]) -> list[ReadyReason]:
    """The reasons that may be picked for all of these cases; without those that there are not."""
    case_ids = [case["id"] for case in case_names.headings(db.session(), list(named))]
    if not case_ids:
        return []
    return ready_reasons.offered_for_all(db.session(), Decision(panel), case_ids, web.current_account().id)


@pages.post("/many")
def decide() -> AnyResponse:
    """One decision on every ticked case, each by itself: one that is refused keeps back no other."""
    panel = request.form.get("decision", "")
    if panel not in MANY:
        raise Refused("invalid", sentence("Choose a decision."))
    named, form = _named(request.form.getlist("case")), MANY[panel]()
    picked, shown = request.form.get("pick"), _named(request.form.getlist("shown")) | named
    claimed = bool(request.form.get("claimed"))
    if (
        shown and (picked or request.form.get("step") == "again") and Form().validate()
    ):  # Enter in a field decides nothing
        if picked:
            decision_panel.pick(form, _ready(panel, shown), picked)
        return _page(panel, form, shown, claimed=claimed, ticked=named)
    if not shown:
        return _none_ticked()
    right = form.validate()
    if not named:
        form.form_errors.append(NONE_TICKED)
    if not named or not right:
        return _page(panel, form, shown, status=422, claimed=claimed, ticked=named)
    values, until = _stated(form, panel), decision.undo_until_of_many()
    account_id, refused, claimed = web.current_account().id, dict[str, str](), False
    take_over = bool(request.form.get("take_over"))
    for case_id, version in named.items():
        try:
            decision.decide(
                case_id, account_id, decision=panel, version=version, undo_until=until, one_of_many=True,
                take_over=take_over, **values,
            )  # fmt: skip
        except Refused as refusal:
            claimed = claimed or refusal.kind == "claimed"
            first = next(iter(refusal.errors.values()), [refusal.detail])
            refused[case_id] = first[0]
    done = len(named) - len(refused)
    if done and not web.settings().undo_seconds:  # else the page says what can still be undone
        flash(translated(counted("%(number)s case is decided.", "%(number)s cases are decided.", done)), "done")
    if refused:
        return _page(
            panel, form, {case_id: named[case_id] for case_id in refused}, refused, status=409, claimed=claimed
        )
    return redirect(place.here().url())


def _stated(form: Any, panel: str) -> dict[str, Any]:
    """What the form states of every case, as `decision.decide` takes it."""
    note = {"note": form.note.data.strip()}
    if panel == Decision.HOLD:
        return note | {"hold_reason": form.hold_reason.data, "until": decision_panel.until(form)}
    return note | {"dismiss_reason": form.dismiss_reason.data}


@pages.post("/undo")
def undo() -> AnyResponse:
    """Take back what was just decided on one case or many, each by itself."""
    if not Form().validate():
        raise Refused("invalid", sentence("This page was open for too long. Nothing is lost: send it again."))
    undone, refused = [], []
    for case_id, version in _named(request.form.getlist("case")).items():
        try:
            effect.undo(case_id, web.current_account().id, version)
            undone.append(case_id)
        except Refused as refusal:
            refused.append(refusal.detail)
    if undone:
        text = counted("Undone: %(number)s decision.", "Undone: %(number)s decisions.", len(undone))
        flash(translated(text), "done")
    for detail in dict.fromkeys(refused):
        flash(translated(detail), "problem")
    if len(undone) == 1:
        return redirect(url_for("cases.show", case_id=undone[0]))
    return redirect(place.here().url())


def _named(ticked: list[str]) -> dict[str, int]:
    """The cases that are named with the version that was seen, as `id:version`; each once."""
    pairs = [value.partition(":") for value in ticked[: decision.MOST_AT_ONCE]]
    return {case_id: decision_panel.version(version) for case_id, _, version in pairs if case_id}
