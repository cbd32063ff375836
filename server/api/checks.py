"""Checks: what trusted spotters are asked to look at again, and what they saw."""

from collections.abc import Collection
from typing import Any

from flask import Blueprint
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from server.core import clock, payloads, urls, web
from server.core.database import db
from server.core.words import CheckState, Seen
from server.journeys.report import verification
from server.ledger.cases.models import Case
from server.ledger.companies.models import Platform
from server.ledger.listings.models import Listing
from server.ledger.monitoring import checking
from server.ledger.monitoring.models import Check, CheckResult
from server.ledger.monitoring.schemas import ChecksOut, ChecksQuery, LookOut, NewLook
from server.ledger.reports.models import Report
from server.people.accreditation import store as accreditation

api = Blueprint("monitoring_api", __name__, url_prefix="/api/v1")


@api.get("/checks")
@payloads.endpoint(summary="Listings I am asked to look at again", query=ChecksQuery, reply=ChecksOut)
def index(query: dict[str, Any]) -> dict[str, Any]:
    """The few offered to the caller; none for those who are not asked."""
    return {"items": offered(db.session(), web.current_account().id, query["without"]), "next": None}


def offered(session: Session, account_id: str, without: Collection[str] = ()) -> list[dict[str, Any]]:
    """The few checks this person is asked to do, longest due first; none for those who may not be asked.

    `without`: categories they have opted out of, which are not kept here. Never what they reported themselves.
    """
    now = clock.now()
    if not checking.may_look(accreditation.level(session, account_id, now), reported_it=False):
        return []
    checks = select(Check, Listing, Platform.name).join(Listing, Listing.id == Check.listing_id)
    checks = checks.outerjoin(Platform, Platform.id == Listing.platform_id)
    looked = exists().where(CheckResult.check_id == Check.id, CheckResult.account_id == account_id)
    reported = exists().where(
        Case.listing_id == Check.listing_id, Report.case_id == Case.id, Report.account_id == account_id
    )
    checks = checks.where(
        Check.state == CheckState.OPEN, ~looked, ~reported, Check.category.not_in(without), Check.due_at <= now
    )
    rows = session.execute(checks.order_by(Check.due_at, Check.id).limit(checking.OFFERED))
    return [
        {
            "id": check.id,
            "url": urls.plain(urls.read(listing.url)),
            "title": listing.title,
            "platform": platform,
            "category": check.category,
        }
        for check, listing, platform in rows
    ]


@api.post("/checks/<check_id>")
@payloads.endpoint(summary="Say what I saw", body=NewLook, reply=LookOut, status=201)
def look(check_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """Present, gone, or cannot tell. The same look twice is one."""
    verification.look(check_id, web.current_account().id, Seen(data["outcome"]), (data["note"] or "").strip() or None)
    return {"id": check_id, "outcome": data["outcome"]}
