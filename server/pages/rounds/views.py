"""What spotters do: this week's searches, rounds and taking part in them."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import languages, web, wording
from server.core.database import db, write
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.spotter import taking_part
from server.pages.rounds import round_page, team_page, work_page
from server.pages.rounds.forms import JoinRoundForm, LanguagesForm, PauseForm, SearchForm, TopicsForm
from server.people.rounds import choice_store, searches, store, weeks, worklist
from server.reads import eligibility

pages = Blueprint("rounds", __name__)


@pages.get("/work")
def work() -> Response:
    """This week's searches."""
    return _work(SearchForm(formdata=None))


@pages.post("/work/searches")
def write_search() -> Response:
    """Record a search and how many ads were seen. For accredited spotters, like the list."""
    form = SearchForm()
    if eligibility.gate(db.session(), web.current_account().id):
        return _work(form, 403)
    platforms = work_page.platforms(db.session())
    platform = next((platform for platform in platforms if platform.slug == form.platform.data), None)
    valid = form.validate()
    if platform is None:
        form.platform.errors = [sentence("Choose a platform.")]
    if platform is None or not valid:
        return _work(form, 422)
    account_id, term = web.current_account().id, form.term.data or ""
    terms = work_page.every_term(db.session())
    known: dict[str, tuple[str, str | None]] = {row.text.casefold(): (row.text, row.language) for row in terms}
    known |= {row.text: (row.text, row.language) for row in terms}  # a term offered is kept as it was offered
    term, language = known.get(term) or known.get(term.casefold(), (worklist.own_words(term), None))
    what = (form.seen.data or 0, form.minutes.data, form.why_stopped)
    with write() as session:
        if not form.which.data:
            searches.write_down(session, account_id, platform.id, term, language, *what)
        elif request.form.get("take_back"):
            searches.take_back(session, account_id, form.which.data)
        else:
            searches.correct(session, account_id, form.which.data, *what)
    key = work_page.key_of(platform.slug, term)
    return redirect(url_for("rounds.work", done=key, _anchor=key))


@pages.post("/work/languages")
def choose_languages() -> Response:
    """The languages I read."""
    form = LanguagesForm()
    offered = work_page.offered(work_page.every_term(db.session()))
    form.languages.choices = offered
    if not form.validate():
        return _work(SearchForm(formdata=None), 422)
    with write() as session:
        choice_store.choose(session, web.current_account().id, languages=form.languages.data)
    flash(languages.translated(sentence("Saved. Your list now has words in these languages.")), "done")
    return redirect(url_for("rounds.work"))


def _work(form: SearchForm, status: int = 200) -> Response:
    account_id = web.current_account().id
    gate = eligibility.gate(db.session(), account_id)
    if gate:
        return web.render("rounds/work.html", status, gate=gate)
    done = request.args.get("done", "")
    sent = work_page.key_of(form.platform.data or "", form.term.data or "") if form.errors else ""
    page = work_page.page(db.session(), account_id, web.page_number(), sent or done, "all" in request.args)
    form.platform.choices = [("", sentence("Choose"))] + [(platform.slug, platform.name) for platform in page["every"]]
    languages_form = LanguagesForm(formdata=None, data={"languages": list(page["reads"] or page["spoken"])})
    languages_form.languages.choices = page["languages"]
    return web.render(
        "rounds/work.html", status, gate=None, form=form, languages_form=languages_form, wrong=sent if sent in page["keys"] else "",
        done=done, **page,
    )  # fmt: skip


# --- Rounds ----------------------------------------------------------------------------------------------------------


@pages.get("/rounds")
def index() -> Response:
    """Current, upcoming and past rounds."""
    page = round_page.listed(db.session(), web.current_account(), request.args.get("before"))
    return web.render("rounds/index.html", **page)


@pages.get("/rounds/<round_id>")
def show(round_id: str) -> Response:
    """One round: its weeks, its themes, its teams, and taking part in it."""
    return _show(round_id)


@pages.post("/rounds/<round_id>/join")
def join(round_id: str) -> Response:
    """Sign up, or change the team. Trainees wait until they are accredited."""
    account_id, form = web.current_account().id, JoinRoundForm()
    form.team.choices = [("", "")] + [(team.id, team.name) for team in store.teams(db.session(), round_id)]
    if not form.validate():
        flash(
            languages.translated(sentence("This round no longer has that team. Choose another team, or none.")),
            "problem",
        )
        return _show(round_id, 422)
    try:
        takes_part = taking_part.sign_up(account_id, round_id, form.team.data or None)
    except Refused as refusal:
        if refusal.kind != "conflict":
            raise
        flash(languages.translated(refusal.detail), "problem")
        return _show(round_id, 409)
    joined = (
        sentence("You are taking part. While the round runs, your searches are drawn from it.")
        if takes_part
        else sentence("You are signed up. You take part as soon as you are accredited; we will email you.")
    )
    flash(languages.translated(joined), "done")
    return redirect(url_for("rounds.show", round_id=round_id))


@pages.get("/rounds/<round_id>/team")
def my_team(round_id: str) -> Response:
    """The team I lead: who is in it, and what they searched."""
    team = team_page.led(db.session(), round_id, web.owner())
    page = team_page.page(db.session(), team, web.page_number(), request.args.get("before"))
    return web.render("rounds/team.html", desk=False, form=None, **page)


@pages.post("/rounds/<round_id>/leave")
def leave(round_id: str) -> Response:
    """Stop taking part."""
    with write() as session:
        store.leave(session, round_id, web.current_account().id)
    left = sentence("You have left the round. What you did until now still counts. You can sign up again.")
    flash(languages.translated(left), "done")
    return redirect(url_for("rounds.show", round_id=round_id))


@pages.post("/profile/reminders")
def remind() -> Response:
    """Whether rounds may remind me by mail."""
    wanted = request.form.get("reminders") == "yes"
    with write() as session:
        choice_store.choose(session, web.current_account().id, reminders=wanted)
    reminders = (
        sentence("Email reminders for rounds are on.") if wanted else sentence("Email reminders for rounds are off.")
    )
    flash(languages.translated(reminders), "done")
    return redirect(url_for("accounts.profile"))


@pages.post("/profile/pause")
def pause() -> Response:
    """Pause, so that nothing reminds me; or end the pause."""
    form = PauseForm()
    if not form.validate():
        flash(languages.translated(sentence("Choose for how long.")), "problem")
        return redirect(url_for("accounts.profile"))
    weeks_ = int(form.weeks.data)
    until = store.today() + weeks.WEEK * weeks_ if weeks_ else None
    with write() as session:
        choice_store.pause(session, web.current_account().id, until)
    paused = (
        sentence("You have paused until %(day)s. Until then you get no reminders.", day=wording.short_day(until))
        if until
        else sentence("Your pause is over. Welcome back.")
    )
    flash(languages.translated(paused), "done")
    return redirect(url_for("accounts.profile"))


@pages.post("/profile/topics")
def choose_topics() -> Response:
    """The species groups I want to be shown nothing of."""
    form = TopicsForm()
    if not form.validate():
        flash(languages.translated(sentence("Choose from the list.")), "problem")
        return redirect(url_for("accounts.profile"))
    with write() as session:
        choice_store.choose(session, web.current_account().id, avoids=form.avoids.data or ())
    flash(
        languages.translated(sentence("Saved. Your worklist, the practice lane and the lessons leave these out.")),
        "done",
    )
    return redirect(url_for("accounts.profile"))


def _show(round_id: str, status: int = 200) -> Response:
    account = web.current_account()
    page = round_page.show(db.session(), account, round_id, web.page_number())
    gate = eligibility.gate(db.session(), account.id) if web.can("rounds.take_part") else None
    form = JoinRoundForm(formdata=None, team=page["mine"].team_id or "" if page["mine"] else "")
    form.team.choices = [("", sentence("No team"))] + [(team["id"], team["name"]) for team in page["teams"]]
    may_wait = gate is not None and gate["standing"] in taking_part.TRAINEES
    return web.render("rounds/show.html", status, form=form, gate=gate, may_wait=may_wait, **page)
