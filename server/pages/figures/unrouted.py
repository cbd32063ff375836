"""Sites that no company in the directory runs: what was reported there over time, and who was invited. A GET changes nothing."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import problems, web
from server.core.database import db
from server.core.languages import translated
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.company import inviting
from server.ledger.invitations import store
from server.ledger.invitations.states import InvitationState, InvitationWay
from server.pages.figures import unrouted_page
from server.pages.figures.invitations import SiteInvitationForm

pages = Blueprint("unrouted", __name__, url_prefix="/figures")


@pages.get("/unrouted")
def index() -> Response:
    """All of them, those with most ads first."""
    uninvited = request.args.get("invited") == "no"
    page = unrouted_page.listed(db.session(), max(1, web.page_number()), uninvited=uninvited)
    return web.render("figures/unrouted.html", **page)


@pages.get("/unrouted.csv")
def csv() -> Response:
    """Each month of each site, for a spreadsheet."""
    return web.table(unrouted_page.CSV, unrouted_page.rows(db.session()), "unrouted")


@pages.get("/unrouted/<host>")
def show(host: str) -> Response:
    """One of them."""
    return web.render("figures/unrouted_site.html", **unrouted_page.shown(db.session(), host))


@pages.post("/unrouted/<host>/invitations")
def record(host: str) -> Response:
    """Write down that somebody was invited, or what came of it. Nothing is sent."""
    form = SiteInvitationForm().offer(store.newest(db.session(), [host]).get(host))
    if not form.validate():
        return web.render("figures/unrouted_site.html", 422, **unrouted_page.shown(db.session(), host, form))
    try:
        inviting.record_step(
            host, web.current_account().id, InvitationState(form.state.data), organisation=form.organisation.data or "",
            way=InvitationWay(form.way.data) if form.way.data else None, address=form.address.data or None, day=form.day.data,
        )  # fmt: skip
    except Refused as refusal:
        form.say(refusal)
        return web.render(
            "figures/unrouted_site.html", problems.STATUS[refusal.kind], **unrouted_page.shown(db.session(), host, form)
        )
    flash(translated(sentence("Recorded. Nothing has been sent.")), "done")
    return redirect(url_for("unrouted.show", host=host))
