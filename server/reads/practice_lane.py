"""The practice lane as a spotter sees it: the next item, and the result of an answer.

Who sees which live listing is decided in docs/decisions: nobody on probation sees any, and those who do see only words.
"""

import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from server.core import clock, web
from server.core.words import TRUSTED, CaseState, HoldReason
from server.ledger.cases import decisions
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case
from server.ledger.listings.models import Listing
from server.ledger.reports import store as reports
from server.ledger.reports.models import Report
from server.ledger.species.models import Taxon
from server.people.accreditation import store as accreditation
from server.people.courses import catalogue, lesson_links
from server.people.rounds import choice_store
from server.people.skill import lane, store
from server.people.skill.lane import Kind, Said
from server.people.skill.masked import masked
from server.people.skill.models import LaneAnswer

ENOUGH = 5  # opinions on one live listing


@dataclass(frozen=True, slots=True)
class LaneItem:
    """One listing of the lane before it is judged. `token` is all that a page tells of which one it is."""

    token: str
    kind: Kind
    key: str  # the known listing's name, or the case's id
    title: str
    text: str
    price: str


def next_item(session: Session, account_id: str) -> LaneItem | None:
    """This person's next item, the same until it is answered. None: nothing is left."""
    answers = store.answers(session, account_id)
    done, seed = {answer.listing for answer in answers}, secret("lane", account_id)
    avoids = frozenset(choice_store.choice(session, account_id).avoids or ())
    listings = catalogue.known_listings().items()
    known = lane.in_order(
        seed, (name for name, listing in listings if name not in done and listing.group not in avoids)
    )
    chosen = lane.next_up(seed, len(answers), known, _live(session, account_id, avoids))
    if chosen is None:
        return None
    kind, key = chosen
    title, text, price = _known_words(key) if kind is Kind.KNOWN else _live_words(session, key)
    return LaneItem(f"{secret('item', account_id, kind, key):064x}"[:32], kind, key, title, text, price)


def secret(*parts: str) -> int:
    """A number that only this instance can tell: neither order nor names can be computed from outside."""
    key = web.settings().secret_key.encode()
    return int.from_bytes(hmac.new(key, "\n".join(parts).encode(), hashlib.sha256).digest())


def _known_words(name: str) -> tuple[str, str, str]:
    ad = catalogue.known_listings()[name].ad
    return ad.title, ad.text, ad.price


def _live(session: Session, account_id: str, avoids: Collection[str]) -> list[str]:
    """Cases on which this person may be asked for a second opinion, the one that waits longest first.

    None of a species group that they leave out; nor one whose group is not known, for it may be of one.
    """
    last = accreditation.current(session, account_id)
    if last is None or accreditation.level(session, account_id, clock.now()) not in TRUSTED:
        return []
    mine = exists().where(Report.case_id == Case.id, Report.account_id == account_id)
    answered_already = exists().where(LaneAnswer.case_id == Case.id, LaneAnswer.account_id == account_id)
    opinions = select(func.count()).where(LaneAnswer.case_id == Case.id).scalar_subquery()
    asked = select(Case.id).where(
        Case.state == CaseState.HELD,
        Case.held_why == HoldReason.SECOND_OPINION,
        Case.id.not_in(decisions.UNDER_WAY),
        ~mine,
        ~answered_already,
        opinions < ENOUGH,
    )
    case_ids = list(session.scalars(asked.order_by(Case.updated_at, Case.id).limit(50)))
    groups, words = groups_of(session, case_ids), _described(session, case_ids)
    return [
        case_id
        for case_id in case_ids
        if case_id in words
        and (not avoids or groups.get(case_id, "") not in {"", *avoids})
        and last.scope.holds(groups.get(case_id), words[case_id].get("language") or None)
    ]


def groups_of(session: Session, case_ids: list[str]) -> dict[str, str]:
    """The species group of each case, by its likeliest taxon; a case without any is left out."""
    first = cases.likeliest_taxon(session, case_ids)
    rows = session.execute(select(Taxon.id, Taxon.taxon_group).where(Taxon.id.in_(set(first.values()))))
    group = dict(rows.all())
    return {case_id: group[taxon_id] for case_id, taxon_id in first.items() if taxon_id in group}


def _described(session: Session, case_ids: list[str]) -> dict[str, dict[str, Any]]:
    """The listing in each case's newest report with a description; cases without one are left out."""
    rows = session.execute(
        select(Report.case_id, Report.listing).where(Report.case_id.in_(case_ids)).order_by(Report.id)
    )
    return {case_id: listing for case_id, listing in rows if listing and listing.get("description")}


def _live_words(session: Session, case_id: str) -> tuple[str, str, str]:
    """A live listing's own words: no address, no picture, no seller, nothing of who reported it or why."""
    ad = session.get_one(Listing, cases.get(session, case_id).listing_id)
    listing = _described(session, [case_id]).get(case_id, {})
    names = [(report.listing.get("seller") or {}).get("name") for report in reports.of_case(session, case_id)]
    price = listing.get("price") or {}
    paid = price.get("text") or " ".join(filter(None, (price.get("amount"), price.get("currency"))))
    title, text = listing.get("title") or ad.title or "", listing.get("description") or ""
    return masked(title, names), masked(text, names), masked(paid, names)


def answered(session: Session, account_id: str, answer_id: str) -> dict[str, Any]:
    """An own answer; for a known listing with the solution. Raises Refused("not-found") for any other."""
    answer = store.answer(session, account_id, answer_id)
    known = catalogue.known_listings().get(answer.listing or "")
    shown: dict[str, Any] = {"said": Said(answer.said), "right": answer.right, "why": answer.why, "at": answer.at}
    if answer.case_id:
        title, text, price = _live_words(session, answer.case_id)
        return shown | {"live": True, "known": None, "title": title, "text": text, "price": price, "lesson": None}
    return shown | {"live": False, "known": known, "lesson": lesson_links.get(known.lesson) if known else None}


def opinions(session: Session, case_id: str) -> dict[str, Any] | None:
    """Second opinions on a case, for its page. None: there are none."""
    answers = store.opinions(session, case_id)
    if not answers:
        return None
    counts = {opinion: sum(answer.said == opinion for answer in answers) for opinion in Said}
    return {
        "counts": counts,
        "given": [{"said": Said(answer.said), "why": answer.why, "at": answer.at} for answer in answers],
    }
