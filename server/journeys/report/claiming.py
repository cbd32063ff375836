"""Two people never on one case: whoever works on it claims it, hands it over, releases it or takes it over.

A claim ends by itself, and when a decision of its holder takes effect; while that can be undone, the case stays theirs. It
forbids nothing but a decision by somebody else, who has to say that they take the case over.
"""

from datetime import timedelta

from sqlalchemy.orm import Session

from server.core import audit, clock, recurring, web, wording
from server.core.database import read, write
from server.core.sentences import sentence
from server.core.words import CaseState, Refused
from server.ledger.cases import claim_store, claims, decisions
from server.ledger.cases import store as cases
from server.ledger.cases.claims import Claiming, WorkClaim
from server.ledger.cases.models import Case
from server.people.accounts import second_person
from server.people.accounts import store as accounts
from server.people.accounts.models import Account

SECOND_OPINION = sentence("You asked for a second opinion on this case. Another coordinator decides.")

NOBODY_ELSE = sentence(
    "You asked for a second opinion on this case, and there is no other coordinator who could give it. An administrator can"
    " open an account for one. Until then the case waits."
)

OPENED_LATELY = sentence(
    "You or whoever asked for this second opinion opened the other’s account in the last 30 days. Another coordinator decides."
)


def own_opinion(session: Session, case: Case, account_id: str) -> str | None:
    """Why this person does not give the second opinion that the case waits for; None: they may, or it waits for none."""
    asked_by = decisions.asked_for_opinion(session, case)
    if asked_by is None:
        return None
    if asked_by == account_id:
        others = second_person.others(session, "cases.decide", [asked_by], account_id)
        return SECOND_OPINION if others else NOBODY_ELSE
    return OPENED_LATELY if second_person.may_be_one_of(session, account_id, [asked_by], clock.now()) else None


def refuse_own_opinion(session: Session, case: Case, account_id: str) -> None:
    """Raises Refused("conflict") for who asked for the second opinion that the case waits for, or may be that person."""
    if why_not := own_opinion(session, case, account_id):
        raise Refused("conflict", why_not)


def _lasts() -> timedelta:
    return timedelta(minutes=web.settings().claim_minutes)


def claim(case_id: str, account_id: str, *, take_over: bool = False) -> str | None:
    """Work on a case, or go on working on it; the name of whoever it was taken over from.

    Raises Refused: not-found, claimed (somebody else works on it, and `take_over` was not said), conflict (a second
    opinion that they asked for), forbidden (their account has just been closed).
    """
    with write() as session:
        case = cases.get(session, case_id, lock=True)
        refuse_own_opinion(session, case, account_id)
        return claim_locked(session, case, account_id, take_over=take_over)


def claim_locked(session: Session, case: Case, account_id: str, *, take_over: bool = False) -> str | None:
    """The same in the caller's transaction, in which the case is locked."""
    _working(session, account_id)
    at, before = clock.now(), claim_store.get(session, case.id)
    step = claims.step(before, account_id, at, take_over=take_over)
    if before and step is Claiming.REFUSED:
        raise _claimed(session, before)
    until = claims.until(before, account_id, at, _lasts())
    if step is Claiming.RENEWED:
        claim_store.renew(session, case.id, until)
        return None
    claim_store.put(session, case.id, WorkClaim(account_id, until))
    if before and step is Claiming.TAKEN_OVER:
        audit.record(session, account_id, "case_taken_over", "case", case.id, account_id=before.account_id)
        return session.get_one(Account, before.account_id).name
    audit.record(session, account_id, "case_claimed", "case", case.id)
    return None


def decide_by(session: Session, case: Case, account_id: str, *, take_over: bool) -> None:
    """This person is about to decide on the case, which is locked. Raises Refused("claimed") while it is somebody else's.

    Whoever asked for a second opinion is in nobody's way, also while that can be undone.
    """
    before = claim_store.get(session, case.id)
    if before and before.account_id == decisions.asked_for_opinion(session, case):
        return
    if claims.is_of_another(before, account_id, clock.now()):
        claim_locked(session, case, account_id, take_over=take_over)


def let_go(case_id: str, account_id: str) -> None:
    """Work on a case no longer. Raises Refused: not-found, claimed (it is somebody else's)."""
    with write() as session:
        case = cases.get(session, case_id, lock=True)
        before = claim_store.get(session, case.id)
        if before and claims.is_of_another(before, account_id, clock.now()):
            raise _claimed(session, before)
        if claim_store.end(session, case.id, account_id):
            audit.record(session, account_id, "case_let_go", "case", case.id)


def hand_over(case_id: str, by_id: str, to: str, *, take_over: bool = False) -> str:
    """Give a case to another coordinator, by id or email address; their name. take_over: also if it is somebody else's.

    Raises Refused: not-found, claimed (it is somebody else's), invalid (they do not decide on cases, or not any more),
    conflict (it is closed, or they asked for a second opinion on it).
    """
    with write() as session:
        case = cases.get(session, case_id, lock=True)
        at, before = clock.now(), claim_store.get(session, case.id)
        if before and claims.is_of_another(before, by_id, at) and not take_over:
            raise _claimed(session, before)
        if case.state == CaseState.CLOSED:
            raise Refused("conflict", sentence("This case is closed: there is nothing to hand over."))
        named = accounts.by_email(session, to) if "@" in to else None
        colleague = accounts.at_work(session, named.id if named else to, "cases.decide")
        if colleague is None or colleague.id == by_id:
            raise Refused("invalid", CHOOSE, errors={"hand_over_to": [CHOOSE]})
        if why_not := own_opinion(session, case, colleague.id):
            asked = (
                sentence("%(name)s asked for this second opinion. Choose somebody else.", name=colleague.name)
                if why_not in (SECOND_OPINION, NOBODY_ELSE)
                else sentence("%(name)s cannot act as a second person yet. Choose somebody else.", name=colleague.name)
            )
            raise Refused("conflict", asked, errors={"hand_over_to": [asked]})
        until = claims.until(before, colleague.id, at, max(_lasts(), claims.HANDED_OVER_FOR))
        claim_store.put(session, case.id, WorkClaim(colleague.id, until), by_id)
        audit.record(session, by_id, "case_handed_over", "case", case.id, account_id=colleague.id)
        return colleague.name


CHOOSE = sentence("Choose another coordinator.")


def renew(case_id: str, account_id: str) -> None:
    """Somebody acts on a case: if it is theirs, it stays so for the whole time again. Whoever claims nothing writes nothing."""
    with read() as session:
        if not _worth_renewing(session, case_id, account_id):
            return
    with write() as session:
        cases.get(session, case_id, lock=True)
        if _worth_renewing(session, case_id, account_id):
            claim_store.renew(session, case_id, clock.now() + _lasts())


def _worth_renewing(session: Session, case_id: str, account_id: str) -> bool:
    return claims.is_worth_renewing(claim_store.get(session, case_id), account_id, clock.now(), _lasts())


def _working(session: Session, account_id: str) -> None:
    """Whoever is to have the case still works here. Raises Refused("forbidden")."""
    if accounts.at_work(session, account_id, "cases.decide") is None:
        raise Refused("forbidden", sentence("Only coordinators can decide."))


def _claimed(session: Session, claim: WorkClaim) -> Refused:
    name, at = session.get_one(Account, claim.account_id).name, clock.now()
    return Refused(
        "claimed",
        sentence(
            "%(name)s has claimed this case until %(time)s. Take it over if you want to decide on it now.",
            name=name,
            time=wording.moment(claim.until, at),
        ),
        claim={"account_id": claim.account_id, "name": name, "until": claim.until.isoformat()},
    )


@recurring.every(3600, "drop_claims")
def drop_claims() -> None:
    """Delete the claims that are over."""
    with write() as session:
        claim_store.drop(session, clock.now())
