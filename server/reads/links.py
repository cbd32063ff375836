"""What a case was seen with before: its links, with the other case, how alike they are, and what became of that one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import outcome
from server.core.outcome import Figure, NoticeFacts
from server.core.sentences import sentence
from server.core.words import Answer, CheckState, LinkKind, SellerKeyKind
from server.ledger.cases import naming
from server.ledger.cases.models import Case
from server.ledger.listings.models import Listing
from server.ledger.matches import seller_store
from server.ledger.matches import store as matches
from server.ledger.matches.models import Link
from server.ledger.monitoring.models import Check
from server.ledger.notices.models import Notice

MOST = 50  # links of one case that the API gives; `?linked_to=` pages through all
SHOWN = 5  # cases on a case's page; the others have a page of their own
MOST_SHOWN = 200  # links on that page


# --- The API ---------------------------------------------------------------------------------------------------------


def for_api(session: Session, case_ids: list[str]) -> dict[str, list[dict[str, Any]]]:
    """The links of each case as the API gives them."""
    rows = matches.of_cases(session, case_ids, MOST)
    others, known = _others(session, [other for _, other, _ in rows])
    by_case: dict[str, list[dict[str, Any]]] = {identifier: [] for identifier in case_ids}
    for own, other, link in rows:
        case, listing = others[other]
        answer = known[other].answer if other in known else None
        by_case[own].append(
            {
                "case_id": case.id,
                "reference": case.reference,
                "listing": {"url": listing.url, "title": listing.title},
                "kind": link.kind,
                "distance": link.distance,
                "state": case.state,
                "outcome": answer.value if answer else None,
            }
        )
    return by_case


def _others(
    session: Session, case_ids: Sequence[str]
) -> tuple[dict[str, tuple[Case, Listing]], dict[str, NoticeFacts]]:
    if not case_ids:  # most cases are linked to none
        return {}, {}
    chosen = select(Case, Listing).join(Listing, Listing.id == Case.listing_id).where(Case.id.in_(case_ids))
    others = {case.id: (case, listing) for case, listing in session.execute(chosen)}
    return others, facts(session, list(others))


def facts(session: Session, case_ids: Sequence[str]) -> dict[str, NoticeFacts]:
    """What is known of each case's newest notice that was not withdrawn."""
    notices = select(Notice.id, Notice.case_id, Notice.answer, Notice.answered_at)
    notices = notices.where(Notice.case_id.in_(case_ids), Notice.withdrawn_at.is_(None)).order_by(Notice.id)
    newest = {row.case_id: row for row in session.execute(notices)}
    if not newest:
        return {}
    settled = select(Check.notice_id, Check.state, Check.settled_at).order_by(Check.settled_at)
    settled = settled.where(Check.notice_id.in_([row.id for row in newest.values()]))
    # By state here: the database would look for it among all checks there are.
    ended = (CheckState.GONE, CheckState.PRESENT)
    checked = {row.notice_id: row for row in session.execute(settled) if row.state in ended}
    return {
        case_id: NoticeFacts(
            answer=Answer(row.answer) if row.answer else None,
            answered_at=row.answered_at,
            check=CheckState(checked[row.id].state) if row.id in checked else None,
            checked_at=checked[row.id].settled_at if row.id in checked else None,
        )
        for case_id, row in newest.items()
    }


def removed_at(known: NoticeFacts | None) -> datetime | None:
    """When the listing was taken down, as answered or verified; None: it was not."""
    if known is None or Figure.TAKEDOWN not in outcome.figures(known):
        return None
    return known.answered_at if known.answer in outcome.REMOVES else known.checked_at


# --- The pages -------------------------------------------------------------------------------------------------------


def seen_before(session: Session, case_id: str, most: int = SHOWN) -> dict[str, Any]:
    """The cases that this one is linked to, those whose listing was removed first: {cases, count}."""
    cases = shown(session, case_id)
    return {"cases": cases[:most], "count": count(session, case_id) if cases else 0}


def count(session: Session, case_id: str) -> int:
    """How many cases this one is linked to."""
    return matches.count(session, case_id)


def shown(session: Session, case_id: str, undone: bool = False) -> list[dict[str, Any]]:
    """The other cases with what each shares with this one, removed ones first, then the nearest.

    `undone`: those alone of which every link was undone.
    """
    rows = matches.of_cases(session, [case_id], MOST_SHOWN, undone=True)
    stands = {other for _, other, link in rows if link.undone_at is None}
    rows = [row for row in rows if (row[1] not in stands if undone else row[2].undone_at is None)]
    if not rows:
        return []
    others, known = _others(session, [other for _, other, _ in rows])
    kinds = seller_store.shared(session, case_id, others)
    by_case: dict[str, list[Link]] = {}
    for _, other, link in rows:
        by_case.setdefault(other, []).append(link)
    cases = [
        {
            "id": other,
            "reference": case.reference,
            "title": naming.name(ad.title, ad.url, case.text, case.matches),
            "host": case.host,
            "state": case.state,
            "answer": known[other].answer if other in known else None,
            "removed_at": removed_at(known.get(other)),
            "shares": [describe(link, kinds.get(other, [])) for link in sorted(links, key=_first)],
        }
        for other, links in by_case.items()
        for case, ad in [others[other]]
    ]
    nearest = {other: min(_first(link) for link in links) for other, links in by_case.items()}
    return sorted(cases, key=lambda case: (case["removed_at"] is None, nearest[case["id"]]))


def _first(link: Link) -> tuple[int, float]:
    return list(LinkKind).index(LinkKind(link.kind)), link.distance


KEY_KIND = {
    SellerKeyKind.ACCOUNT: sentence("account"),
    SellerKeyKind.HANDLE: sentence("user name in an app"),
    SellerKeyKind.PHONE: sentence("phone number"),
    SellerKeyKind.MAIL: sentence("email address"),
}
SAME_PHOTO, NEAR_PHOTO = 4, 16  # bits of 256: re-encoded or scaled; and cropped a little, with a watermark


def describe(link: Link, kinds: Sequence[SellerKeyKind] = ()) -> dict[str, Any]:
    """What two cases share, in words: {kind, text, keys (what of the seller), by_hand}."""
    keys = [KEY_KIND[kind] for kind in kinds] if link.kind == LinkKind.SELLER else []
    return {"kind": link.kind, "text": _words(link), "keys": keys, "by_hand": link.linked_by is not None}


def _words(link: Link) -> str:
    if link.linked_by is not None:
        return BY_HAND[LinkKind(link.kind)]
    match LinkKind(link.kind):
        case LinkKind.PHOTO if link.distance <= SAME_PHOTO:
            return sentence("The same photo")
        case LinkKind.PHOTO if link.distance <= NEAR_PHOTO:
            return sentence("The same photo, slightly changed")
        case LinkKind.PHOTO:
            return sentence("Probably the same photo, cropped or edited")
        case LinkKind.TEXT if link.distance == 0:
            return sentence("The same text")
        case LinkKind.TEXT:
            return sentence("%(share)s %% of the text is the same", share=min(round(100 * (1 - link.distance)), 99))
        case LinkKind.SELLER:
            return sentence("The same seller")


BY_HAND = {
    LinkKind.PHOTO: sentence("The same photo, linked by a coordinator"),
    LinkKind.TEXT: sentence("The same text, linked by a coordinator"),
    LinkKind.SELLER: sentence("The same seller, linked by a coordinator"),
}


def between(session: Session, case_id: str, other_id: str) -> list[Link]:
    """The links between two cases, those too that were undone."""
    first, second = sorted((case_id, other_id))
    chosen = select(Link).where(Link.first_case_id == first, Link.second_case_id == second)
    return sorted(session.scalars(chosen), key=_first)
