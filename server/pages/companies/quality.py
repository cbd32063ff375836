"""How companies reviewed our notices, and the form that resumes held ones. A GET changes nothing."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from server.core import web
from server.core.database import db
from server.core.forms import Form, Length
from server.core.languages import translated
from server.core.sentences import counted, sentence
from server.core.words import Basis, Refused
from server.journeys.report import stopping
from server.ledger.companies import store as companies
from server.ledger.companies.models import Company
from server.ledger.notices.gauge import LEAST, LINE, WINDOW
from server.reads import gauges

pages = Blueprint("quality", __name__, url_prefix="/companies")
RULE = {"least": LEAST, "days": WINDOW.days, "line": round(100 * LINE)}


class GoOnForm(Form):
    """What a coordinator found who looked at the answers."""

    why = TextAreaField(
        sentence("What did you find, and what changes?"),
        [DataRequired(stopping.SAY_WHY), Length(max=stopping.LONGEST, message=stopping.SAY_WHY)],
        description=sentence("Your colleagues read it here. Name no spotter."),
    )


@pages.get("/quality")
def index() -> Response:
    """The gauge of every company: what is held first."""
    return web.render("companies/qualities.html", gauges=gauges.listed(db.session()), rule=RULE)


@pages.get("/<slug>/quality")
def show(slug: str) -> Response:
    """The gauge of one company, and the answers behind it."""
    return _page(_company(slug))


@pages.post("/<slug>/quality/<stop_id>/go-on")
def go_on(slug: str, stop_id: str) -> Response:
    """A coordinator has reviewed it: what is held is sent."""
    company, form = _company(slug), GoOnForm()
    if form.validate():
        try:
            released = stopping.go_on(stop_id, web.current_account().id, form.why.data)
        except Refused as refusal:
            if refusal.kind != "conflict":
                raise
            flash(translated(refusal.detail), "problem")
        else:
            flash(translated(_done(released)), "done")
        return redirect(url_for("quality.show", slug=slug))
    return _page(company, 422, stop_id=stop_id, form=form)


def _done(released: int) -> str:
    if not released:
        return sentence("Recorded. Notices are sent again; none was on hold.")
    return counted("Noted. %(number)s held notice is let go.", "Noted. %(number)s held notices are let go.", released)


def _page(company: Company, status: int = 200, **more: Any) -> Response:
    session = db.session()
    shown = gauges.of_company(session, company)
    basis = _basis(shown)
    every = bool(request.args.get("all"))
    rows, after = gauges.answers(session, company.id, basis, request.args.get("cursor"), every=every)
    here = {"slug": company.slug, "basis": basis.value}
    return web.render(
        "companies/quality.html", status, company=company.name, slug=company.slug, gauges=shown, basis=basis, every=every,
        since=gauges.since(session, company.id, basis), rows=rows, looks=gauges.past_reviews(session, company.id), rule=RULE,
        next_url=web.url_with("quality.show", **here, all="1" if every else None, cursor=after) if after else None,
        blank=GoOnForm(formdata=None), **more,
    )  # fmt: skip


def _basis(shown: list[gauges.GaugeShown]) -> Basis:
    """The one that is asked for; else the one whose notices are held, or of which there are most."""
    if (asked := request.args.get("basis")) in set(Basis):
        return Basis(asked)
    return max(shown, key=lambda each: (each.stop is not None, each.gauge.reviewed)).basis


def _company(slug: str) -> Company:
    company = companies.by_slug(db.session(), slug)
    if company is None:
        raise Refused("not-found", sentence("There is no such company."))
    return company
