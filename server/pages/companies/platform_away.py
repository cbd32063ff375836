"""A platform of a company taken away: first the page says what that concerns. A GET changes nothing."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from server.core import outcome, web, wording
from server.core.database import db
from server.core.languages import translated
from server.core.sentences import sentence
from server.core.words import CaseState, Refused
from server.journeys.company import directory_edits
from server.ledger.cases.models import Case
from server.ledger.companies import entries, exporting
from server.ledger.companies.models import Company, Platform
from server.ledger.listings.models import Listing
from server.ledger.notices.models import Notice
from server.ledger.notices.store import STANDS

pages = Blueprint("platform_away", __name__, url_prefix="/companies/<slug>/platforms/<platform>/away")
UNDECIDED = (CaseState.OPEN, CaseState.ASKED, CaseState.HELD)


@pages.get("")
def ask(slug: str, platform: str) -> Response:
    """What taking it away concerns, and the button."""
    return _page(slug, platform)


@pages.post("")
def take(slug: str, platform: str) -> Response:
    """Remove it."""
    name = entries.platform(entries.company(db.session(), slug), platform).name
    try:
        directory_edits.retire_platform(slug, platform, request.form.get("seen", ""), web.current_account().id)
    except Refused as refusal:
        if refusal.kind not in ("stale", "invalid"):
            raise
        db.session.rollback()  # what was read before
        return _page(slug, platform, 409 if refusal.kind == "stale" else 422, refusal.detail)
    flash(translated(sentence("%(platform)s was removed. None of its records are deleted.", platform=name)), "done")
    return redirect(url_for("company_edit.edit", slug=slug))


def _page(slug: str, platform: str, status: int = 200, problem: str | None = None) -> Response:
    session = db.session()
    company = entries.company(session, slug)
    row = entries.platform(company, platform)
    entry = exporting.platform_entry(row)
    return web.render(
        "companies/platform_away.html", status, company=company.name, slug=slug, platform=platform, name=row.name,
        seen=entries.mark(entry, entries.OF_PLATFORM), problem=problem, agreed=bool(row.monitoring_agreed_by),
        places=[*entry.get("domains", ()), *entry.get("hosts", ())], **concerned(session, company, row),
    )  # fmt: skip


def concerned(session: Session, company: Company, platform: Platform) -> dict[str, Any]:
    """How many cases are undecided and how many notices unanswered; the SPOCs that are for this platform alone, in words."""
    cases = select(func.count(Case.id)).join(Listing, Listing.id == Case.listing_id)
    cases = cases.where(Listing.platform_id == platform.id, Case.state.in_(UNDECIDED))
    answers = Notice.answer.is_(None) | Notice.answer.in_(outcome.OPEN)
    notices = select(func.count(Notice.id)).where(Notice.platform_id == platform.id, answers, *STANDS)
    alone = [each.name for each in company.spocs if not each.retired_at and each.platforms == [platform.slug]]
    return {
        "cases": session.scalar(cases) or 0,
        "notices": session.scalar(notices) or 0,
        "spocs": wording.listed(alone) if alone else None,
    }
