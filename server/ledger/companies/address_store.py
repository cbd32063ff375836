"""Changes of SPOCs' addresses as they are kept: the one door for each step, and what a page reads.

Each step is a conditional update: of two who take a step at once, or of one who approves while another withdraws, the first
has taken it, and the other is told so.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, selectinload

from server.core import audit
from server.core.database import alone, changed, new_id
from server.core.sentences import sentence
from server.core.words import Channel, Refused
from server.ledger.companies import routing, store
from server.ledger.companies.address_models import AddressChange, AddressWarning
from server.ledger.companies.address_states import (
    BEFORE,
    DAY,
    ENDS,
    KEPT,
    LASTS,
    MOST_A_DAY,
    OPEN,
    ChangeEnd,
    ChangeSource,
    ChangeState,
    earliest,
)
from server.ledger.companies.models import Company, Spoc

HISTORY = 100  # changes that a page shows

# --- Reading ---------------------------------------------------------------------------------------------------------


def of_company(session: Session, company_id: str, change_id: str) -> AddressChange:
    """One of a company's changes. Raises Refused("not-found")."""
    change = session.get(AddressChange, change_id)
    if change is None or change.company_id != company_id:
        raise Refused("not-found", sentence("There is no such change."))
    return change


def get(session: Session, change_id: str) -> AddressChange:
    """The change of a link. Raises Refused("not-found") for one that was deleted since."""
    change = session.get(AddressChange, change_id)
    if change is None:
        raise Refused("not-found", sentence("This change ended long ago."))
    return change


def to_move(session: Session, change_id: str) -> AddressChange:
    """A change as it stands once no import is under way: none begins before this transaction ends."""
    alone(session, store.DIRECTORY)
    return session.get_one(AddressChange, change_id, with_for_update=True, populate_existing=True)


def warning(session: Session, change_id: str, n: int) -> AddressWarning | None:
    """One of a change's mails to the addresses it takes notices away from."""
    return session.get(AddressWarning, (change_id, n))


def history(session: Session, company_id: str) -> list[AddressChange]:
    """A company's changes, newest first, those that are not decided yet among them."""
    theirs = select(AddressChange).where(AddressChange.company_id == company_id)
    theirs = theirs.options(selectinload(AddressChange.warnings)).order_by(AddressChange.id.desc())
    return list(session.scalars(theirs.limit(HISTORY)))


def for_second_person(session: Session) -> list[tuple[str, str]]:
    """The companies, slug and name, with a change that waits for a second person, the oldest first."""
    rows = select(Company.slug, Company.name).join(AddressChange, AddressChange.company_id == Company.id)
    rows = rows.where(AddressChange.state == ChangeState.PROVEN)
    rows = rows.group_by(Company.slug, Company.name).order_by(func.min(AddressChange.id))
    return [(slug, name) for slug, name in session.execute(rows)]


def open_ids(session: Session) -> list[str]:
    """Every change that is not decided yet, oldest first."""
    return list(
        session.scalars(select(AddressChange.id).where(AddressChange.state.in_(OPEN)).order_by(AddressChange.id))
    )


# --- Steps -----------------------------------------------------------------------------------------------------------


def propose(
    session: Session, company_id: str, spoc: Spoc | None, name: str, email: str, why: str, by_id: str,
    warned: Sequence[str], at: datetime,
) -> AddressChange:  # fmt: skip
    """A change begins. spoc: whose address; None: one that is to be added, called `name`. warned: who loses notices by it.

    Raises Refused: conflict while another change of the same SPOC, or to the same address, is open; too-many.
    """
    session.execute(select(Company.id).where(Company.id == company_id).with_for_update(key_share=True))
    _refuse_too_many(session, company_id, at)
    others = AddressChange.company_id == company_id, AddressChange.state.in_(OPEN)
    for other in session.scalars(select(AddressChange).where(*others)):
        if other.new_email == email or (spoc and other.spoc_id == spoc.id):
            detail = sentence("Another change is pending. Withdraw it first, or wait until it has ended.")
            raise Refused("conflict", detail, errors={"email": [detail]})
    change = AddressChange(
        id=new_id(), company_id=company_id, spoc_id=spoc.id if spoc else None, name=spoc.name if spoc else name,
        source=ChangeSource.PAGE, state=ChangeState.PENDING, old_email=spoc.email if spoc else None, new_email=email,
        why=why, proposed_by_id=by_id, proposed_at=at, expires_at=at + LASTS,
    )  # fmt: skip
    session.add(change)
    session.flush()
    session.add_all(AddressWarning(change_id=change.id, n=n, email=each) for n, each in enumerate(warned))
    audit.record(session, by_id, "spoc_address_proposed", "company", company_id, change=change.id)
    return change


def _refuse_too_many(session: Session, company_id: str, at: datetime) -> None:
    """Each proposal mails people outside: not more of them in a day than somebody could mean."""
    own = select(func.count()).where(AddressChange.company_id == company_id, AddressChange.source == ChangeSource.PAGE)
    if (session.scalar(own.where(AddressChange.proposed_at > at - DAY)) or 0) >= MOST_A_DAY:
        detail = sentence(
            "%(n)s changes were proposed for this company in the last 24 hours. Propose others later.", n=MOST_A_DAY
        )
        raise Refused("too-many", detail, errors={"email": [detail]})


def prove(session: Session, change: AddressChange, at: datetime) -> None:
    """The new address has confirmed. Raises Refused("conflict") for a change that is past this, or ended."""
    _move(session, change, ChangeState.PROVEN, None, proven_at=at, expires_at=at + LASTS)


def approve(session: Session, change: AddressChange, by_id: str, at: datetime) -> None:
    """The second person approves. Raises Refused("conflict"), as `prove` does; the database refuses who proposed it."""
    session.refresh(change, with_for_update=True)  # the mail to the old address may leave this moment
    _move(
        session, change, ChangeState.APPROVED, by_id, approved_by_id=by_id, approved_at=at, expires_at=at + LASTS,
        earliest_at=earliest(at, _warned_at(session, change.id)),
    )  # fmt: skip


def settle_warning(session: Session, warning: AddressWarning, at: datetime, refused: bool) -> None:
    """The mail to an old address has left, or never will. A change that was approved before has its day from now on."""
    change = session.get_one(AddressChange, warning.change_id, with_for_update=True, populate_existing=True)
    warning.settled_at, warning.refused = at, refused
    session.flush()
    if change.state == ChangeState.APPROVED and change.approved_at:
        change.earliest_at = earliest(change.approved_at, _warned_at(session, change.id))
        if change.earliest_at and change.expires_at:
            change.expires_at = max(change.expires_at, change.earliest_at + LASTS)  # not before its day


def _warned_at(session: Session, change_id: str) -> list[datetime | None]:
    return list(session.scalars(select(AddressWarning.settled_at).where(AddressWarning.change_id == change_id)))


def end(session: Session, change: AddressChange, why: ChangeEnd, by_id: str | None, at: datetime) -> None:
    """It does not come into force. Raises Refused("conflict") for one that is in force, or ended."""
    _move(session, change, ENDS[why], by_id, ended=why, ended_by_id=by_id, ended_at=at)


def put_in_force(session: Session, change: AddressChange, at: datetime) -> None:
    """From now on notices go to the new address; or the change lapses, where an import changed the SPOC meanwhile.

    change: as `to_move` has it. Raises Refused("conflict") for one that is not approved any more. Its time is the caller's to see
    to; the database refuses one that comes too early.
    """
    spoc = session.get(Spoc, change.spoc_id, with_for_update=True) if change.spoc_id else None
    if _overtaken(session, change, spoc):
        end(session, change, ChangeEnd.DIRECTORY, None, at)
        return
    if spoc is None:
        spoc = Spoc(
            id=new_id(), company_id=change.company_id, name=change.name, channel=Channel.MAIL, regions=[], languages=[],
            groups=[], platforms=[],
        )  # fmt: skip
        session.add(spoc)
    spoc.email, spoc.verified_on, spoc.bounced_at = change.new_email, at.date(), None
    session.flush()
    _move(session, change, ChangeState.IN_FORCE, None, in_force_at=at, spoc_id=spoc.id)
    store.new_version(session)


def _overtaken(session: Session, change: AddressChange, spoc: Spoc | None) -> bool:
    """Whether the directory is another one than that for which the change was proposed and approved."""
    if spoc and (
        spoc.retired_at or not _same(spoc.email, change.old_email) or not routing.is_mailed(Channel(spoc.channel))
    ):
        return True
    return has_address(session, change.company_id, change.new_email or "")


def _same(one: str | None, other: str | None) -> bool:
    return (one or "").lower() == (other or "").lower()


def has_address(session: Session, company_id: str, email: str) -> bool:
    """Whether a SPOC of this company has this address already."""
    same = Spoc.company_id == company_id, Spoc.retired_at.is_(None), func.lower(Spoc.email) == email.lower()
    return session.scalar(select(Spoc.id).where(*same).limit(1)) is not None


def _move(session: Session, change: AddressChange, to: ChangeState, by_id: str | None, **values: Any) -> None:
    """The door: from a state that leads there, and once."""
    before = AddressChange.id == change.id, AddressChange.state.in_(BEFORE[to])
    move = update(AddressChange).where(*before).values(state=to, **values).execution_options(synchronize_session=False)
    if not changed(session, move):
        raise Refused("conflict", sentence("This change has moved on meanwhile. See its state below."))
    session.refresh(change)
    audit.record(session, by_id, f"spoc_address_{to}", "company", change.company_id, change=change.id)


# --- By a companies file ---------------------------------------------------------------------------------------------


def note_import(session: Session, spoc: Spoc, old_email: str | None, by_id: str | None, at: datetime) -> None:
    """An import has given a SPOC another address, at once. A change that waited for the SPOC as it was lapses."""
    new_email = None if spoc.retired_at else spoc.email
    if _same(new_email, old_email):
        return
    session.flush()
    waiting = select(AddressChange).where(AddressChange.spoc_id == spoc.id, AddressChange.state.in_(OPEN))
    for change in session.scalars(waiting.with_for_update()):
        end(session, change, ChangeEnd.DIRECTORY, by_id, at)
    change = AddressChange(
        id=new_id(), company_id=spoc.company_id, spoc_id=spoc.id, name=spoc.name, source=ChangeSource.IMPORT,
        state=ChangeState.IN_FORCE, old_email=old_email, new_email=new_email, proposed_by_id=by_id, proposed_at=at,
        in_force_at=at,
    )  # fmt: skip
    session.add(change)
    audit.record(session, by_id, "spoc_address_imported", "company", spoc.company_id, spoc=spoc.id)


# --- Forgetting ------------------------------------------------------------------------------------------------------


def forget(session: Session, at: datetime) -> None:
    """Delete changes that ended long ago and never were in force, with the addresses in them."""
    old = select(AddressChange.id).where(AddressChange.ended_at < at - KEPT)
    session.execute(delete(AddressWarning).where(AddressWarning.change_id.in_(old)))
    session.execute(delete(AddressChange).where(AddressChange.ended_at < at - KEPT))
