"""Who works on which case: claimed with one press, let go, handed over, taken over; each act on a case renews its claim."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from server.core import web
from server.core.forms import Form
from server.core.languages import translated
from server.core.sentences import counted, sentence
from server.core.words import Refused
from server.journeys.report import claiming, decision
from server.pages.cases import place

pages = Blueprint("claims", __name__, url_prefix="/cases")
pages.url_defaults(place.keep)


def renew() -> None:
    """Before something is done on a case: whoever has claimed it goes on working on it."""
    case_id = (request.view_args or {}).get("case_id")
    if request.method == "POST" and case_id and web.can("cases.decide"):
        claiming.renew(case_id, web.current_account().id)


def _checked() -> None:
    if not Form().validate():
        raise Refused("invalid", sentence("This page was open for too long. Nothing is lost: send it again."))


@pages.post("/<case_id>/claim")
def claim(case_id: str) -> AnyResponse:
    """This case is mine for a while; with `take_over` also if somebody else has it."""
    _checked()
    try:
        before = claiming.claim(case_id, web.current_account().id, take_over=bool(request.form.get("take_over")))
        if before:
            flash(translated(sentence("Taken over from %(name)s.", name=before)), "done")
    except Refused as refusal:
        if refusal.kind not in ("claimed", "conflict"):
            raise
        flash(translated(refusal.detail), "problem")
    return redirect(url_for("cases.show", case_id=case_id))


@pages.post("/<case_id>/unclaim")
def let_go(case_id: str) -> AnyResponse:
    """Anybody may have it."""
    _checked()
    try:
        claiming.let_go(case_id, web.current_account().id)
    except Refused as refusal:
        if refusal.kind != "claimed":
            raise
        flash(translated(refusal.detail), "problem")
    return redirect(url_for("cases.show", case_id=case_id))


@pages.post("/<case_id>/hand-over")
def hand_over(case_id: str) -> AnyResponse:
    """Another coordinator goes on with it."""
    _checked()
    try:
        name = claiming.hand_over(case_id, web.current_account().id, request.form.get("to", ""))
        flash(translated(sentence("Handed over to %(name)s, who sees it under Attention.", name=name)), "done")
    except Refused as refusal:
        if refusal.kind not in ("claimed", "conflict", "invalid"):
            raise
        flash(translated(refusal.detail), "problem")
    return redirect(url_for("cases.show", case_id=case_id))


@pages.post("/claim")
def claim_many() -> AnyResponse:
    """The ticked cases, or with `found` all found, are mine, each by itself: what somebody else has stays theirs."""
    me_id = web.current_account().id
    claimed = _each_ticked(lambda case_id: claiming.claim(case_id, me_id))
    if claimed:
        flash(
            translated(counted("You claimed %(number)s case.", "You claimed %(number)s cases.", len(claimed))), "done"
        )
    return redirect(place.here().url(cursor=place.here().cursor))


@pages.post("/hand-over")
def hand_over_many() -> AnyResponse:
    """The same to another coordinator."""
    me_id, to = web.current_account().id, request.form.get("to", "")
    names = _each_ticked(lambda case_id: claiming.hand_over(case_id, me_id, to))
    if names:
        done = counted(
            "Handed over to %(name)s, who sees the case under Attention.",
            "Handed over to %(name)s, who sees the %(number)s cases under Attention.",
            len(names),
            name=names[0],
        )
        flash(translated(done), "done")
    return redirect(place.here().url(cursor=place.here().cursor))


def _each_ticked(act: Callable[[str], str | None]) -> list[str | None]:
    """What `act` returned for each ticked case, or with `found` for each that was found; why it refused is shown, once."""
    _checked()
    ticked = [value.partition(":")[0] for value in request.form.getlist("case")[: decision.MOST_AT_ONCE]]
    if request.form.get("found"):
        ticked = list(place.found())
    done, refused = list[str | None](), dict[str, None]()
    for case_id in dict.fromkeys(ticked):
        try:
            done.append(act(case_id))
        except Refused as refusal:
            refused[translated(refusal.detail)] = None
    if not done and not refused:
        flash(translated(sentence("Tick at least one case first.")), "problem")
    for detail in refused:
        flash(detail, "problem")
    return done
