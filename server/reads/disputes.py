"""Disputes with what they are about: for their pages, the case's page and who begins one. Decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock, languages, outcome, post, urls
from server.core.outcome import Shortfall
from server.core.words import Answer
from server.ledger.cases.models import Case
from server.ledger.companies import regions
from server.ledger.companies import store as companies
from server.ledger.companies.models import Spoc
from server.ledger.disputes import deadline, states, store
from server.ledger.disputes.deadline import Terms
from server.ledger.disputes.models import Dispute
from server.ledger.listings.models import Listing
from server.ledger.notices import answer_store, legal_basis
from server.ledger.notices import store as notices
from server.ledger.notices.models import GivenAnswer, Notice
from server.people.accounts.models import Account
from server.reads import case_names, links, withheld


@dataclass(frozen=True, slots=True)
class Ground:
    """What of a company's answer can be disputed, and until when."""

    answer: GivenAnswer
    shortfall: Shortfall
    terms: Terms
    told_on: date
    settled: bool = False  # a dispute settlement body has decided about it


def ground(session: Session, notice: Notice) -> Ground | None:
    """What can be disputed of the answer that stands to the notice that stands for its case; None: nothing."""
    shortfall = outcome.falls_short(links.facts(session, [notice.case_id])[notice.case_id])
    if shortfall is None:
        return None
    given = answer_store.effective(answer_store.answers_of(session, notice.id))
    told = deadline.told_on([(row.answer, row.at) for row in given])
    return Ground(given[-1], shortfall, _terms(session, notice), told, _settled(session, notice, given))


def _settled(session: Session, notice: Notice, given: Sequence[GivenAnswer]) -> bool:
    """Whether a body has decided about the newest answer; the same answer given again counts as the same."""
    same = {row.id for row in takewhile(lambda row: row.answer == given[-1].answer, reversed(given))}
    return any(row.answer_id in same and row.ending in states.BY_BODY for row in store.of_notices(session, [notice.id]))


def _terms(session: Session, notice: Notice) -> Terms:
    address = urls.read(notice.document["listing"]["url"])
    platform = companies.directory(session).route(address)
    place = platform.region(address) if platform else regions.of_address(address)
    return deadline.terms(
        union_law=legal_basis.elements_of_article_16(notice.document),
        directed_at_union=place is not None and regions.holds("EU", place),
    )


def told_between(notice: Notice, ground: Ground) -> tuple[date, date]:
    """Between which days the company can have told us: what came by telephone may be recorded later."""
    return min(notice.created_at.date(), ground.told_on), ground.answer.at.date()


def overdue(dispute: Dispute) -> bool:
    """Whether its deadline is over and it was not sent."""
    return dispute.state == "open" and dispute.due_at is not None and dispute.due_at < clock.now()


def count_running_out(session: Session) -> tuple[int, datetime | None]:
    """How many must be sent soon or are too late, and the first deadline; without those that have nothing left to dispute."""
    if not (soon := store.running_out(session)):
        return 0, None
    rows = session.execute(select(Notice.id, Notice.case_id).where(Notice.id.in_(soon), *notices.STANDS)).all()
    facts = links.facts(session, [row.case_id for row in rows])
    due = [soon[row.id] for row in rows if outcome.falls_short(facts[row.case_id]) is not None]
    return len(due), min(due, default=None)


@dataclass(frozen=True, slots=True)
class DisputeEntry:
    """A dispute where it stands in the thread of its notice on the desk; no company sees it there."""

    at: datetime
    row: Dispute
    kind: str = "dispute"
    mail_id: None = None
    message_id: None = None


def entries(session: Session, notice_id: str) -> list[DisputeEntry]:
    """The disputes of a notice, oldest first."""
    return [DisputeEntry(row.begun_at, row) for row in store.of_notices(session, [notice_id])]


def start(session: Session, case_id: str) -> dict[str, Any] | None:
    """What the page that begins a dispute shows; None: there is nothing to dispute. standing: the one that stands already."""
    notice = session.scalars(select(Notice).where(Notice.case_id == case_id, *notices.STANDS)).first()
    found = ground(session, notice) if notice else None
    if notice is None or found is None:
        return None
    first, last = told_between(notice, found)
    return {
        "case": session.get_one(Case, case_id), "notice": notice, "ground": found, "first": first, "last": last,
        "due_at": deadline.due_at(found.terms, found.told_on), "company": notice.document["company_name"],
        "standing": store.open_of_notice(session, notice.id),
    }  # fmt: skip


def page(session: Session, dispute_id: str) -> dict[str, Any]:
    """One dispute, with its case, what it disputes, the text to send and what has come since."""
    row = store.get(session, dispute_id)
    notice = session.get_one(Notice, row.notice_id)
    answer = session.get_one(GivenAnswer, row.answer_id)
    newest = answer_store.effective(answer_store.answers_of(session, notice.id))[-1]
    people = {person for person in (row.begun_by_id, row.sent_by_id, row.closed_by_id) if person}
    names = {account.id: account.name for account in session.scalars(select(Account).where(Account.id.in_(people)))}
    held = withheld.is_held(session, notice.case_id)
    left = notices.stands(notice) and ground(session, notice) is not None
    return {
        "dispute": row, "notice": notice, "answer": answer, "company": notice.document["company_name"],
        "case": session.get_one(Case, notice.case_id), "names": names, "overdue": overdue(row), "held": held,
        "left": left,
        "newer": newest if newest.id != answer.id else None,
        "to_paste": _to_paste(session, row, notice, answer) if left and not held else None,
    }  # fmt: skip


def _to_paste(session: Session, dispute: Dispute, notice: Notice, answer: GivenAnswer) -> str:
    """The text for the company's own form or address, in its language."""
    spoc = session.get(Spoc, notice.spoc_id) if notice.spoc_id else None
    with languages.speaking(languages.of_company(spoc.languages if spoc else ())):
        context = {
            "dispute": dispute, "notice": notice, "answer": answer, "kind": Answer(answer.answer),
            "is_article_16": legal_basis.elements_of_article_16(notice.document), "organisation": notice.document["notifier"]["organisation"],
            "contact": notice.document["notifier"]["email"],
        }  # fmt: skip
        return post.render("disputes/to_paste.txt", context)


def listed(
    session: Session, tab: str, q: str, cursor: str | None
) -> tuple[list[dict[str, Any]], dict[str, int], str | None]:
    """A page of disputes, how many stand under each tab, and the next cursor. q: also a case's or notice's number."""
    notice_ids = _notices_named(session, q)
    rows, after = store.listed(session, tab, q, notice_ids, cursor)
    about = select(Notice.id, Notice.document, Case.id.label("case_id"), Case.reference, *case_names.COLUMNS)
    about = about.join(Case, Case.id == Notice.case_id).join(Listing, Listing.id == Case.listing_id)
    found = {each.id: each for each in session.execute(about.where(Notice.id.in_([row.notice_id for row in rows])))}
    shown = [
        {
            "row": row, "overdue": overdue(row),
            "company": found[row.notice_id].document["company_name"], "slug": found[row.notice_id].document["company"],
            "case_id": found[row.notice_id].case_id, "case": found[row.notice_id].reference,
            "title": case_names.of(found[row.notice_id]),
        }
        for row in rows
    ]  # fmt: skip
    return shown, store.counts(session, q, notice_ids), after


def _notices_named(session: Session, q: str) -> Sequence[str]:
    number = q.strip().upper()
    if not number.startswith(("C-", "N-")):
        return ()
    named = select(Notice.id).join(Case, Case.id == Notice.case_id)
    return list(session.scalars(named.where((Notice.reference == number) | (Case.reference == number))))
