"""What the desk does about rounds: planning them, choosing leads, reading their reports."""

from flask import Blueprint, flash, redirect, request, url_for
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from server.core import cells, languages, time_zones, web
from server.core.database import db, write
from server.core.sentences import sentence
from server.core.words import Refused, RoundState
from server.journeys.spotter import counting_rounds
from server.pages.rounds import printed, report_page, team_page, work_page
from server.pages.rounds.forms import LeadForm, RoundForm
from server.people.rounds import store

SAVED = {
    RoundState.DRAFT: sentence("Saved as a draft. Spotters do not see it yet."),
    RoundState.OPEN: sentence("Saved. Spotters see the round."),
    RoundState.CANCELLED: sentence("Saved. The round is cancelled."),
}

pages = Blueprint("planning", __name__, url_prefix="/rounds")


@pages.get("/new")
def new() -> Response:
    """An empty form."""
    last = store.listed(db.session(), drafts=True, limit=1)
    return _form(RoundForm(formdata=None, zone=last[0].zone if last else time_zones.UTC))


@pages.post("/new")
def create() -> Response:
    """Create a round."""
    return _keep(None)


@pages.get("/<round_id>/edit")
def edit(round_id: str) -> Response:
    """The round, to be changed."""
    round_ = store.get(db.session(), round_id)
    same = len(set(round_.targets)) == 1
    return _form(
        RoundForm(
            formdata=None, name=round_.name, about=round_.about, starts_on=round_.starts_on, zone=round_.zone, weeks=len(round_.span.weeks),
            targets=str(round_.targets[0]) if same else ", ".join(map(str, round_.targets)), groups=round_.groups,
            languages=round_.languages, platforms=round_.platforms, state=round_.state,
            teams="\n".join(team.name for team in store.teams(db.session(), round_id)),
            seen=store.mark(db.session(), round_),
        ),
        round_id=round_id,
    )  # fmt: skip


@pages.post("/<round_id>/edit")
def change(round_id: str) -> Response:
    """Change a round."""
    store.get(db.session(), round_id)
    return _keep(round_id)


@pages.get("/<round_id>/teams/<team_id>")
def team(round_id: str, team_id: str) -> Response:
    """A team: who is in it, who leads it, and what they searched."""
    session = db.session()
    team = team_page.of_round(session, round_id, team_id)
    page = team_page.page(session, team, web.page_number(), request.args.get("before"))
    form = LeadForm(formdata=None, lead=team.lead_id or "")
    form.lead.choices = [("", sentence("Nobody yet")), *team_page.choices(session, page["round"], team)]
    return web.render("rounds/team.html", desk=True, form=form, **page)


@pages.post("/<round_id>/teams/<team_id>/lead")
def choose_lead(round_id: str, team_id: str) -> Response:
    """Choose a team's lead, or nobody."""
    form = LeadForm()
    try:
        with write() as session:
            if form.lead.data and not team_page.able(session, store.get(session, round_id), [form.lead.data]):
                raise Refused(
                    "invalid",
                    sentence("This person cannot lead a team: their account is closed, or they are not accredited."),
                )
            store.choose_lead(
                session, round_id, team_id, form.lead.data or None, web.current_account().id, seen=form.seen.data
            )
    except Refused as refusal:
        if refusal.kind not in ("invalid", "stale"):
            raise
        flash(languages.translated(refusal.detail), "problem")
    return redirect(url_for("planning.team", round_id=round_id, team_id=team_id))


@pages.get("/<round_id>/report")
def report(round_id: str) -> Response:
    """The round's report, generated from its figures."""
    return web.render("rounds/report.html", **report_page.report(db.session(), round_id))


@pages.post("/<round_id>/report")
def count_again(round_id: str) -> Response:
    """Have the figures of a round with many reports counted again."""
    counting_rounds.ask_anew(round_id)
    return redirect(url_for("planning.report", round_id=round_id))


@pages.get("/<round_id>/report.pdf")
def report_pdf(round_id: str) -> Response:
    """The same to print or send."""
    content = printed.pdf(report_page.facts(db.session(), round_id))
    return _file(content, "application/pdf", f"round-{round_id[:12]}.pdf")


@pages.get("/<round_id>/report.csv")
def report_csv(round_id: str) -> Response:
    """The same for a spreadsheet."""
    content = printed.csv_text(report_page.facts(db.session(), round_id)).encode("utf-8-sig")
    return _file(content, "text/csv; charset=utf-8", f"round-{round_id[:12]}.csv")


@pages.get("/<round_id>/cells")
def cell_table(round_id: str) -> Response:
    """What was searched, by week, platform and term."""
    week = request.args.get("week", type=int)
    return web.render("rounds/cells.html", **report_page.cells(db.session(), round_id, week, web.page_number()))


@pages.get("/<round_id>/cells.csv")
def cell_csv(round_id: str) -> Response:
    """The same for a spreadsheet, all weeks of it."""
    content = "".join(cells.lines(report_page.cell_rows(db.session(), round_id))).encode("utf-8-sig")
    return _file(content, "text/csv; charset=utf-8", f"round-{round_id[:12]}-searches.csv")


def _file(content: bytes, kind: str, name: str) -> FlaskResponse:
    response = FlaskResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _keep(round_id: str | None) -> Response:
    form = _choices(RoundForm(), round_id)
    if not form.validate():
        return _form(form, 422, round_id)
    try:
        with write() as session:
            saved_id = store.write_down(session, form.plan, web.current_account().id, round_id, seen=form.seen.data)
    except Refused as refusal:
        if refusal.kind == "stale" and round_id:
            db.session.rollback()  # what was read before
            form.seen.data = store.mark(db.session(), store.get(db.session(), round_id))
            return _form(form, 409, round_id, stale=True)
        if refusal.kind != "conflict":
            raise
        form.starts_on.errors = [refusal.detail]
        return _form(form, 409, round_id)
    flash(languages.translated(SAVED[form.plan.state]), "done")
    return redirect(url_for("rounds.show", round_id=saved_id))


def _choices(form: RoundForm, round_id: str | None) -> RoundForm:
    """What may be chosen: platforms of the directory and languages of the lexicon, and what the round had before."""
    platforms = {platform.slug: platform.name for platform in work_page.platforms(db.session())}
    platforms |= {slug: slug for slug in form.platforms.data or () if slug not in platforms and not form.is_submitted()}
    form.platforms.choices = sorted(platforms.items(), key=lambda choice: choice[1].casefold())
    form.zone.choices = list(time_zones.choices(languages.current()))
    if not form.is_submitted() and form.zone.data not in time_zones.names():
        form.zone.choices.append((form.zone.data, form.zone.data))
    if round_id is None:  # nothing is cancelled before it exists
        form.state.choices = [choice for choice in form.state.choices if choice.value != RoundState.CANCELLED.value]
    form.languages.choices = work_page.offered(work_page.every_term(db.session()))
    return form


def _form(form: RoundForm, status: int = 200, round_id: str | None = None, *, stale: bool = False) -> Response:
    return web.render("rounds/edit.html", status, form=_choices(form, round_id), round_id=round_id, stale=stale)
