"""Where a coordinator starts: what waits for whom, each a number and a way there. A GET changes nothing."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from server.core import clock, web
from server.core.database import db
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.companies import address_store, reconfirm_store
from server.ledger.companies import store as companies
from server.people.accounts import factors
from server.reads import attention, current_claims, gauges, pace, waiting_lines

pages = Blueprint("attention", __name__, url_prefix="/attention")

FIRST = 5  # companies on the page itself


@pages.get("")
def index() -> Response:
    """All of it."""
    silent, more = attention.overdue_companies(db.session(), None, FIRST)
    groups = waiting_lines.groups(attention.lines(db.session(), web.current_account().id))
    given = current_claims.handed_over(db.session(), web.current_account().id)
    return web.render(
        "attention/index.html", groups=groups, silent=silent, more_silent=more is not None, given=given,
        stops=gauges.stops(db.session()), changes=address_store.for_second_person(db.session()),
        doubted=reconfirm_store.doubted_companies(db.session(), clock.now()),
        resets=len(factors.waiting_resets(db.session(), clock.now())),
        pace=pace.pace(db.session()),
        beginning=not companies.directory(db.session()).platforms,
    )  # fmt: skip


@pages.get("/overdue")
def overdue() -> Response:
    """The companies whose answers are overdue, or with ?company= the notices of one."""
    slug, cursor = request.args.get("company"), request.args.get("cursor")
    if not slug:
        silent, after = attention.overdue_companies(db.session(), cursor)
        next_url = web.url_with("attention.overdue", cursor=after) if after else None
        return web.render("attention/overdue.html", silent=silent, next_url=next_url)
    company = companies.by_slug(db.session(), slug)
    if company is None:
        raise Refused("not-found", sentence("There is no such company."))
    rows, after = attention.overdue_notices(db.session(), slug, cursor)
    next_url = web.url_with("attention.overdue", company=slug, cursor=after) if after else None
    return web.render("attention/overdue_company.html", company=company, rows=rows, next_url=next_url)


@pages.get("/checks")
def checks() -> Response:
    """The listings that somebody should look at again."""
    rows, after = attention.checks_due(db.session(), request.args.get("cursor"))
    next_url = web.url_with("attention.checks", cursor=after) if after else None
    return web.render("attention/checks.html", rows=rows, next_url=next_url)
