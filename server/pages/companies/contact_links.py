"""The page behind the links of a change of address: the new address confirms it, either of the two stops it.

Mail scanners open links: opening one changes nothing, a button does.
"""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import web
from server.core.database import db
from server.core.languages import translated
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.company import address_mails, addresses
from server.ledger.companies import address_link, address_store
from server.ledger.companies.models import Company
from server.reads import notifying

pages = Blueprint("contact_links", __name__, url_prefix="/contacts")


@pages.get("/<token>")
def show(token: str) -> Response:
    """What is to change, where it stands, and what can be done about it."""
    opened, session = address_link.read(token), db.session()
    change = address_store.get(session, opened.change_id)
    company = session.get_one(Company, change.company_id).name
    notifier = notifying.of_company(session, change.company_id)
    return web.render(
        "companies/contact_link.html", side=opened.side, change=change, company=company, notifier=notifier,
        **address_mails.shown_outside(change),
    )  # fmt: skip


@pages.post("/<token>")
def answer(token: str) -> Response:
    """Confirm (agrees=1), or stop it."""
    agrees = request.form.get("agrees") == "1"
    try:
        addresses.answer(token, agrees)
        done = sentence("Confirmed. Thank you.") if agrees else sentence("Stopped. Notices go on as before.")
        flash(translated(done), "done")
    except Refused as refusal:
        if refusal.kind != "conflict":
            raise
        flash(translated(refusal.detail), "problem")
    return redirect(url_for("contact_links.show", token=token))
