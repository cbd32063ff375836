"""Checks as they are offered to spotters, shown at a case, and told in a report's trail."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from server.core import clock, urls, wording
from server.core.words import CheckState, CheckWhy, Refused, Seen
from server.ledger.cases.models import Case
from server.ledger.companies.models import Platform
from server.ledger.listings.models import Listing
from server.ledger.monitoring import checking, store
from server.ledger.monitoring.models import Check, CheckResult
from server.ledger.reports.models import Report
from server.reads import listings


def offered(session: Session, account_id: str, without: Collection[str] = ()) -> list[dict[str, Any]]:
    """The few checks this person is asked to do, longest due first; none for those who may not be asked.

    `without`: categories they have opted out of, which are not kept here. Never what they reported themselves.
    """
    if not checking.may_look(listings.level(session, account_id), reported_it=False):
        return []
    chosen = _asked_of(account_id).where(Check.category.not_in(without), Check.due_at <= clock.now())
    rows = session.execute(chosen.order_by(Check.due_at, Check.id).limit(checking.OFFERED))
    return [
        {
            "id": check.id,
            "url": urls.plain(urls.read(ad.url)),
            "title": ad.title,
            "platform": platform,
            "category": check.category,
        }
        for check, ad, platform in rows
    ]


def _asked_of(account_id: str) -> Any:
    chosen = select(Check, Listing, Platform.name).join(Listing, Listing.id == Check.listing_id)
    chosen = chosen.outerjoin(Platform, Platform.id == Listing.platform_id)
    looked = exists().where(CheckResult.check_id == Check.id, CheckResult.account_id == account_id)
    reported = exists().where(
        Case.listing_id == Check.listing_id, Report.case_id == Case.id, Report.account_id == account_id
    )
    return chosen.where(Check.state == CheckState.OPEN, ~looked, ~reported)


def may_answer(session: Session, account_id: str, check_id: str) -> None:
    """Raises Refused: not-found for who would not be asked, gone when others have settled it meanwhile."""
    check = store.one(session, check_id)
    reported = exists().where(
        Case.listing_id == check.listing_id, Report.case_id == Case.id, Report.account_id == account_id
    )
    mine = bool(session.scalar(select(reported)))
    if not checking.may_look(listings.level(session, account_id), mine) or check.due_at > clock.now():
        raise Refused("not-found", "There is no such check.")
    if check.state != CheckState.OPEN and not store.own_result(session, check_id, account_id):
        raise Refused("gone", "Others have settled this one meanwhile. Thank you for looking.")


WHY = {
    CheckWhy.ANSWERED: "the company says that it is gone",
    CheckWhy.UNANSWERED: "no answer has come in time",
    CheckWhy.ASKED: "a coordinator wants to know",
}
SEEN = {Seen.PRESENT: "still there", Seen.GONE: "gone", Seen.CANNOT_TELL: "cannot tell"}


def history(session: Session, listing_id: str) -> list[dict[str, Any]]:
    """What a case's history tells of its checks. "Checked" stands only where one was settled."""
    told: list[dict[str, Any]] = []
    for check, results in store.of_listing(session, listing_id):
        told.append({"at": check.asked_at, "text": f"Asked to look again: {WHY[CheckWhy(check.why)]}"})
        for result in results:
            who = "A coordinator" if result.coordinator else "A spotter" if result.account_id else "The server"
            note = f". “{result.note}”" if result.note else ""
            told.append({"at": result.at, "text": f"{who} looked: {SEEN[Seen(result.seen)]}{note}"})
        if check.state in (CheckState.GONE, CheckState.PRESENT):
            told.append({"at": check.settled_at, "text": f"Checked: {SEEN[Seen(check.state)]}"})
    return told


def standing(session: Session, listing_id: str) -> dict[str, Any] | None:
    """The open check of a listing, as the case's page says it: why, since when it may be looked at, how many looked."""
    check = store.open_one(session, listing_id)
    if check is None:
        return None
    looked = len(store.looks(session, check.id))
    due = "" if check.due_at <= clock.now() else wording.moment(check.due_at, clock.now())
    return {"why": WHY[CheckWhy(check.why)], "due": due, "due_at": check.due_at, "looked": looked}
