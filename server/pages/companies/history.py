"""What was done to a company's entry in the directory, by whom: its audit trail in words."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from server.core import web, wording
from server.core.audit import AuditRow
from server.core.database import db
from server.core.sentences import Sentence, sentence
from server.core.words import Refused
from server.ledger.companies import entries
from server.ledger.companies.address_models import AddressChange
from server.ledger.companies.models import Company
from server.people.accounts.models import Account

pages = Blueprint("company_history", __name__, url_prefix="/companies")
PAGE = 50

# What was done, as a line of the page; a kind of row that has none here is not one of the directory.
DONE: dict[str, Sentence] = {
    "company_added": sentence("Added on a page"),
    "company_created": sentence("Added by a companies file"),
    "company_changed": sentence("Changed"),
    "company_updated": sentence("Changed by a companies file"),
    "platform_added": sentence("Platform added"),
    "platform_changed": sentence("Platform changed"),
    "platform_retired": sentence("Platform removed"),
    "spoc_added": sentence("SPOC added"),  # no row has it: what an import would do
    "spoc_changed": sentence("SPOC changed"),
    "spoc_confirmed": sentence("SPOC confirmed"),
    "spoc_asked": sentence("SPOC asked whether it is still right"),
    "spoc_disowned": sentence("SPOC answered that somebody else is right"),
    "mechanism_recorded": sentence("Address recorded as its own notice-and-action mechanism (Article 16)"),
    "mechanism_struck": sentence("Address no longer recorded as its own notice-and-action mechanism (Article 16)"),
    "spoc_address_proposed": sentence("New address of a SPOC proposed"),
    "spoc_address_tested": sentence("Test of a new webhook requested"),
    "spoc_address_proven": sentence("New address of a SPOC verified"),
    "spoc_address_approved": sentence("New address of a SPOC approved"),
    "spoc_address_in_force": sentence("New address of a SPOC in force"),
    "spoc_address_withdrawn": sentence("New address of a SPOC withdrawn"),
    "spoc_address_refused": sentence("New address of a SPOC refused"),
    "spoc_address_lapsed": sentence("New address of a SPOC lapsed"),
    "spoc_address_imported": sentence("Address of a SPOC changed by a companies file"),
}
FIELD: dict[str, Sentence] = {
    "name": sentence("name"),
    "policy_url": sentence("policy"),
    "clauses": sentence("clauses"),
    "domains": sentence("domains"),
    "hosts": sentence("hosts"),
    "listing": sentence("patterns of a listing’s number"),
    "per_domain": sentence("whether a number counts on one domain"),
    "search": sentence("search address"),
    "languages": sentence("languages"),
    "country": sentence("country"),
    "monitoring": sentence("agreement to look at its pages"),
    "channel": sentence("how notices arrive"),
    "regions": sentence("regions"),
    "groups": sentence("groups of species"),
    "platforms": sentence("platforms"),
    "time_zone": sentence("time zone"),
    "verified": sentence("day of the last confirmation"),
    "digest_hour": sentence("hour of digests and reminders"),
}


@pages.get("/<slug>/history")
def show(slug: str) -> Response:
    """The newest first."""
    session, cursor = db.session(), request.args.get("cursor")
    company = entries.company(session, slug)
    rows, after = lines(session, company, _seq(cursor))
    next_url = web.url_with("company_history.show", slug=slug, cursor=str(after)) if after else None
    first_url = web.url_with("company_history.show", slug=slug) if cursor else None
    return web.render(
        "companies/history.html", company=company.name, slug=slug, rows=rows, next_url=next_url, first_url=first_url
    )


def lines(session: Session, company: Company, before: int | None) -> tuple[list[dict[str, Any]], int | None]:
    """A page of its rows, and where the next one begins. by: a name, or None for the system and those who have left."""
    chosen = select(AuditRow).where(AuditRow.kind == "company", AuditRow.object_id == company.id)
    chosen = chosen.where(AuditRow.action.in_(DONE))
    if before is not None:
        chosen = chosen.where(AuditRow.seq < before)
    rows = list(session.scalars(chosen.order_by(AuditRow.seq.desc()).limit(PAGE + 1)))
    shown = rows[:PAGE]
    ids = {row.actor_id for row in shown if row.actor_id}
    people = {each.id: each.name for each in session.scalars(select(Account).where(Account.id.in_(ids)))}
    names = {each.id: each.name for each in company.spocs} | {each.slug: each.name for each in company.platforms}
    changes = [row.detail["change"] for row in shown if "change" in row.detail]
    names |= {
        each.id: each.name for each in session.scalars(select(AddressChange).where(AddressChange.id.in_(changes)))
    }
    listed = [
        {
            "at": row.at, "what": DONE[row.action], "by": people.get(row.actor_id or ""), "by_file": row.actor_id is None,
            "of": next((names.get(row.detail[key]) for key in ("spoc", "platform", "change") if row.detail.get(key)), None),
            **_said(row.detail),
        }
        for row in shown
    ]  # fmt: skip
    return listed, shown[-1].seq if len(rows) > PAGE else None


def _said(detail: Mapping[str, Any]) -> dict[str, Any]:
    """Which fields, and which domains and hosts came and went, in words."""
    fields = wording.series([FIELD[name] for name in detail.get("fields", []) if name in FIELD])
    return {"fields": fields, "added": detail.get("added", []), "removed": detail.get("removed", [])}


def _seq(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if cursor.isascii() and cursor.isdigit() and len(cursor) < 18:
        return int(cursor)
    raise Refused("invalid", sentence("This cursor is not valid."), errors={"cursor": [sentence("Not valid.")]})
