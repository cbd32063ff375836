"""What frozen accounts alone said of an ad: it is not sent, and nobody outside reads it in what was sent before."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from server.core import urls
from server.ledger.notices import inbox_store, store
from server.ledger.notices.models import GivenAnswer, Notice
from server.ledger.reports.models import Report
from server.ledger.reports.store import STANDS
from server.people.accounts import frozen
from server.people.accounts.models import Account, FrozenName

_FROZEN = Report.account_id.in_(frozen.WITHHELD)  # or was when they were erased


def concerned(session: Session, case_ids: Collection[str]) -> set[str]:
    """Which of these cases somebody reported whose account is frozen."""
    return set(session.scalars(_CONCERNED, {"case_ids": list(case_ids)}))


_CONCERNED = select(Report.case_id).where(Report.case_id.in_(bindparam("case_ids", expanding=True)), _FROZEN)


def heard(session: Session, reports: Sequence[Report]) -> list[Report]:
    """Those of these reports whose spotters' accounts are not frozen."""
    ids = {report.account_id for report in reports}
    theirs = select(Account.id).where(Account.id.in_(ids), Account.id.in_(frozen.WITHHELD))
    withheld = set(session.scalars(theirs))
    return [report for report in reports if report.account_id not in withheld]


def documents(session: Session, notices: Sequence[Notice]) -> dict[str, dict[str, Any]]:
    """The documents of these notices by the notice's id, without what frozen accounts alone said."""
    cases = concerned(session, {notice.case_id for notice in notices})
    return {
        notice.id: _without(session, notice.case_id, notice.document) if notice.case_id in cases else notice.document
        for notice in notices
    }


def found_unseen(session: Session, company_id: str, q: str) -> list[str]:
    """The company's notices that a search would find by words which nobody outside reads in them any more."""
    sought = inbox_store.sought(q)
    if not sought:
        return []
    cases = select(Report.case_id).where(_FROZEN)
    if session.scalar(cases.limit(1)) is None:  # as a rule; a company has too many notices to read for nothing
        return []
    found = select(Notice).where(Notice.company_id == company_id, Notice.case_id.in_(cases), *inbox_store.searching(q))
    shown = documents(session, list(session.scalars(found)))
    own = set(session.scalars(inbox_store.numbered(q).where(GivenAnswer.notice_id.in_(shown))))
    texts = {notice_id: store.searched(document) for notice_id, document in shown.items() if notice_id not in own}
    return [notice_id for notice_id, text in texts.items() if not all(word in text for word in sought)]


def is_held(session: Session, case_id: str, document: Mapping[str, Any] | None = None) -> bool:
    """Whether nothing about a case is sent: frozen accounts alone stand by it, or alone said what this document says."""
    if not concerned(session, [case_id]):
        return False
    return not _others(session, case_id) or (document is not None and bool(_alone(session, case_id, document)))


def is_held_for_good(session: Session, case_id: str, document: Mapping[str, Any] | None = None) -> bool:
    """Whether it is held, and nobody can be unfrozen any more: those accounts were erased."""
    sealed = select(Report.id).where(Report.case_id == case_id, Report.account_id.in_(select(FrozenName.account_id)))
    return is_held(session, case_id, document) and session.scalar(sealed.limit(1)) is None


def _without(session: Session, case_id: str, document: Mapping[str, Any]) -> dict[str, Any]:
    listing = document["listing"] | dict.fromkeys(_alone(session, case_id, document))
    return dict(document) | {"listing": listing}


def _alone(session: Session, case_id: str, document: Mapping[str, Any]) -> set[str]:
    """Which of title, seller and price none but frozen accounts said."""
    said = [stated(listing) for listing in _others(session, case_id)]
    listing = document["listing"]
    return {
        name
        for name in ("title", "seller", "price")
        if listing.get(name) and all(each[name] != listing[name] for each in said)
    }


def _others(session: Session, case_id: str) -> list[Mapping[str, Any]]:
    theirs = select(Report.listing).where(Report.case_id == case_id, STANDS, ~_FROZEN)
    return [listing or {} for listing in session.scalars(theirs)]


def stated(listing: Mapping[str, Any]) -> dict[str, Any]:
    """What a report says of an ad as a notice would say it: title, seller, price. *Pure.*"""
    price = listing.get("price")
    return {
        "title": plain(listing.get("title")),
        "seller": plain((listing.get("seller") or {}).get("name")),
        "price": price and {name: plain(text) for name, text in price.items()},
    }


def title(first: str | None, listings: Iterable[Mapping[str, Any]]) -> str | None:
    """`first` where one of these reports says it, else the title of the first that has one. *Pure.*"""
    titles = [listing["title"] for listing in listings if listing.get("title")]
    return first if first in titles else next(iter(titles), None)


def plain(text: str | None) -> str | None:
    """A text as it is sent, its addresses without what identifies the sharer."""
    return urls.plain_in_text(text) if text else text
