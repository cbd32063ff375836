"""Who works on which case just now, with their names."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session, aliased

from server.core import clock
from server.ledger.cases import claim_store, naming
from server.ledger.cases.models import Case, CaseClaim
from server.ledger.listings.models import Listing
from server.people.accounts import second_person
from server.people.accounts import store as accounts
from server.people.accounts.models import Account

ME, NOBODY = "me", "nobody"
MOST_HANDED_OVER = 50  # named on one page


class CurrentClaim(NamedTuple):
    """Whose case it is until when. `given_by`: the name of the coordinator who handed it over; None: they claimed it."""

    account_id: str
    name: str
    until: datetime
    given_by: str | None = None


def by_case(session: Session, case_ids: Collection[str]) -> dict[str, CurrentClaim]:
    """The claims on these cases, by case."""
    given_by = aliased(Account)
    rows = claim_store.current(case_ids, clock.now()).add_columns(Account.name, given_by.name)
    rows = rows.join(Account, Account.id == CaseClaim.account_id)
    rows = rows.outerjoin(given_by, given_by.id == CaseClaim.given_by_id)
    return {
        claim.case_id: CurrentClaim(claim.account_id, name, claim.until, giver)
        for claim, name, giver in session.execute(rows)
    }


def of(session: Session, case_id: str) -> CurrentClaim | None:
    """The claim on this case; None: nobody works on it."""
    return by_case(session, [case_id]).get(case_id)


def handed_over(session: Session, account_id: str) -> list[dict[str, Any]]:
    """The first cases not yet closed that others handed over to this person: id, reference, title, given_by (a name), until."""
    rows = claim_store.handed_over_to(account_id, clock.now()).join(Listing, Listing.id == Case.listing_id)
    rows = rows.join(Account, Account.id == CaseClaim.given_by_id).add_columns(Account.name, Listing)
    return [
        {"id": case.id, "reference": case.reference, "title": naming.name(ad.title, ad.url, case.text, case.matches),
         "given_by": name, "until": claim.until}
        for claim, case, name, ad in session.execute(rows.limit(MOST_HANDED_OVER))
    ]  # fmt: skip


def narrowed(session: Session, chosen: Any, who: str, me_id: str) -> Any:
    """`chosen`, a select of cases, without those that are claimed otherwise.

    who: `me`, `nobody`, or a coordinator by id or email address.
    """
    at = clock.now()
    if who == NOBODY:
        return chosen.where(claim_store.is_unclaimed(at))
    if who != ME and "@" in who:
        account = accounts.by_email(session, who)
        who = account.id if account else ""
    return chosen.where(Case.id.in_(claim_store.claimed_by(me_id if who == ME else who, at)))


def colleagues(session: Session, me_id: str, asked_by: str | None = None) -> list[tuple[str, str]]:
    """The other coordinators, whom a case can be handed over to: ids and names. asked_by: who wants a second opinion on it."""
    others = second_person.others(session, "cases.decide", [asked_by] if asked_by else [], me_id)
    return [(each.id, each.name) for each in others]
