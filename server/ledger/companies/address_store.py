"""Changes of SPOCs' addresses as they are kept: the one door for each step, and what a page reads.

Each step is a conditional update: of two who take a step at once, or of one who approves while another withdraws, the first
has taken it, and the other is told so.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session, selectinload

from server.core import audit
from server.core.database import alone, changed, new_id
from server.core.sentences import sentence
from server.core.words import Channel, Refused
from server.ledger.companies import secret_store, store
from server.ledger.companies.address_models import AddressChange, AddressWarning
from server.ledger.companies.address_states import (
    BEFORE,
    BETWEEN,
    DAY,
    ENDS,
    KEPT,
    LASTS,
    MOST_A_DAY,
    OPEN,
    OPENED,
    WAYS,
    ChangeEnd,
    ChangeSource,
    ChangeState,
    earliest,
    way,
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


def is_proposed(session: Session, company_id: str, spoc_id: str | None, address: str) -> bool:
    """Whether this very change waits already."""
    same = AddressChange.company_id == company_id, func.lower(AddressChange.new_address) == address.lower()
    of = AddressChange.spoc_id == spoc_id if spoc_id else AddressChange.spoc_id.is_(None)
    return session.scalar(select(AddressChange.id).where(*same, of, AddressChange.state.in_(OPEN))) is not None


def waiting_webhooks(session: Session, company_id: str) -> list[AddressChange]:
    """A company's webhooks that are not in force yet, the oldest first."""
    theirs = select(AddressChange).where(AddressChange.company_id == company_id, AddressChange.state.in_(OPEN))
    return list(session.scalars(theirs.where(AddressChange.channel == Channel.WEBHOOK).order_by(AddressChange.id)))


def for_second_person(session: Session) -> list[tuple[str, str]]:
    """The companies, slug and name, with a change that waits for a second person, the oldest first."""
    rows = select(Company.slug, Company.name).join(AddressChange, AddressChange.company_id == Company.id)
    opened = and_(AddressChange.state.in_(OPENED), AddressChange.channel == Channel.FORM)
    rows = rows.where(or_(AddressChange.state == ChangeState.PROVEN, opened))
    rows = rows.group_by(Company.slug, Company.name).order_by(func.min(AddressChange.id))
    return [(slug, name) for slug, name in session.execute(rows)]


def addresses(spoc: Spoc | None) -> dict[Channel, str]:
    """The addresses that the directory has for a SPOC, by the channel that uses each; none of one that is retired."""
    if spoc is None or spoc.retired_at:
        return {}
    named = ((channel, getattr(spoc, channel.address_field or "")) for channel in WAYS)
    return {channel: address for channel, address in named if address}


def open_ids(session: Session) -> list[str]:
    """Every change that is not decided yet, oldest first."""
    return list(
        session.scalars(select(AddressChange.id).where(AddressChange.state.in_(OPEN)).order_by(AddressChange.id))
    )


# --- Steps -----------------------------------------------------------------------------------------------------------


def propose(
    session: Session, company_id: str, spoc: Spoc | None, name: str, to: tuple[Channel, str], why: str, by_id: str,
    warned: Sequence[str], at: datetime, secret: str | None, is_for: Mapping[str, Any] | None = None,
) -> AddressChange:  # fmt: skip
    """A change begins.

    spoc: whose address; None: a SPOC to be added, called `name`. to: the channel of the new address, and the address.
    warned: the addresses that may lose notices by it. secret: signs what a new webhook is sent.
    is_for: of a SPOC to be added, the fields that it begins with.

    Raises Refused: too-many, and conflict while another change of the same SPOC, or to the same address, is open.
    """
    session.execute(select(Company.id).where(Company.id == company_id).with_for_update(key_share=True))
    _refuse_too_many(session, company_id, at)
    others = AddressChange.company_id == company_id, AddressChange.state.in_(OPEN)
    for other in session.scalars(select(AddressChange).where(*others)):
        if other.new_address == to[1] or (spoc and other.spoc_id == spoc.id):
            detail = sentence("Another change is pending. Withdraw it first, or wait until it has ended.")
            raise Refused("conflict", detail, errors={"address": [detail]})
    change = AddressChange(
        id=new_id(), company_id=company_id, spoc_id=spoc.id if spoc else None, name=spoc.name if spoc else name,
        source=ChangeSource.PAGE, state=ChangeState.PENDING, channel=to[0], old_channel=spoc.channel if spoc else None,
        old_address=today(spoc)[1] if spoc else None, new_address=to[1], new_secret=secret, why=why,
        is_for=dict(is_for) if is_for else None, proposed_by_id=by_id, proposed_at=at, expires_at=at + LASTS,
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
        raise Refused("too-many", detail, errors={"address": [detail]})


def prove(session: Session, change: AddressChange, at: datetime) -> None:
    """The new address has confirmed. Raises Refused("conflict") for a change that is past this, or ended."""
    _move(session, change, ChangeState.PROVEN, None, proven_at=at, expires_at=at + LASTS)


def ask_test(session: Session, change: AddressChange, by_id: str, at: datetime) -> None:
    """A test is to be sent to a new webhook. Raises Refused: conflict for a change that waits for none, too-many."""
    seen = change.tests
    if change.channel != Channel.WEBHOOK or change.state != ChangeState.PENDING:
        raise _moved_on()
    if change.tested_at and at - change.tested_at < BETWEEN:
        raise Refused("too-many", sentence("Once a minute at most. Try again in a moment."))
    here = AddressChange.id == change.id, AddressChange.state == ChangeState.PENDING, AddressChange.tests == seen
    asked = update(AddressChange).where(*here).values(tests=seen + 1, tested_at=at, test_failure=None)
    if not changed(session, asked.execution_options(synchronize_session=False)):
        raise _moved_on()
    session.refresh(change)
    audit.record(session, by_id, "spoc_address_tested", "company", change.company_id, change=change.id)


def test_failed(change: AddressChange, failure: Mapping[str, Any]) -> None:
    """The last test was not accepted. failure: its `code`, with the parameters."""
    change.test_failure = dict(failure)


def approve(session: Session, change: AddressChange, by_id: str, at: datetime, **known: bool) -> None:
    """The second person approves; a form they have opened. known: what the audit row keeps of it.

    Raises Refused("conflict"), as `prove` does; the database refuses who proposed it.
    """
    session.refresh(change, with_for_update=True)  # the mail to the old address may leave this moment
    form = change.channel == Channel.FORM
    _move(
        session, change, ChangeState.APPROVED, by_id, OPENED if form else (), known, approved_by_id=by_id,
        approved_at=at, expires_at=at + LASTS, earliest_at=earliest(at, _warned_at(session, change.id)),
        **({"proven_at": at} if form else {}),
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
    """From now on notices go to the new address; or the change lapses, where the SPOC was changed in another way meanwhile.

    change: as `to_move` has it. Raises Refused("conflict") for one that is not approved any more. Its time is the caller's to see
    to; the database refuses one that comes too early.
    """
    spoc = session.get(Spoc, change.spoc_id, with_for_update=True) if change.spoc_id else None
    if _overtaken(session, change, spoc):
        end(session, change, ChangeEnd.DIRECTORY, None, at)
        return
    if spoc is None:
        spoc = Spoc(
            id=new_id(), company_id=change.company_id, name=change.name, channel=change.channel, regions=[],
            languages=[], groups=[], platforms=[],
        )  # fmt: skip
        for name, value in (change.is_for or {}).items():
            setattr(spoc, name, value)
        session.add(spoc)
    to = Channel(change.channel)
    if way(spoc.channel) is not to:  # who has a digest, or reads in the portal, goes on to
        spoc.channel = to
    setattr(spoc, to.address_field or "", change.new_address)
    spoc.verified_on, spoc.bounced_at = at.date(), None
    session.flush()
    if change.new_secret:
        secret_store.begin(session, spoc, change.new_secret)
    _move(session, change, ChangeState.IN_FORCE, None, in_force_at=at, spoc_id=spoc.id)
    store.new_version(session)


def _overtaken(session: Session, change: AddressChange, spoc: Spoc | None) -> bool:
    """Whether the directory has changed since the change was proposed and approved."""
    if spoc:
        (channel, address), was = today(spoc), way(change.old_channel or "")
        if spoc.retired_at or channel is not was or not _same(address, change.old_address):
            return True
    return has_address(session, change.company_id, Channel(change.channel), change.new_address or "")


def today(spoc: Spoc) -> tuple[Channel, str | None]:
    """The channel and address that a SPOC is written to, be it with notices or with word of them; None: nowhere."""
    channel = way(spoc.channel)
    return channel, getattr(spoc, channel.address_field) if channel.address_field else None


def _same(address: str | None, other: str | None) -> bool:
    return (address or "").lower() == (other or "").lower()


def has_address(session: Session, company_id: str, channel: Channel, address: str) -> bool:
    """Whether a SPOC of this company has this address already."""
    field = getattr(Spoc, channel.address_field or "")
    same = Spoc.company_id == company_id, Spoc.retired_at.is_(None), func.lower(field) == address.lower()
    return session.scalar(select(Spoc.id).where(*same).limit(1)) is not None


def _move(
    session: Session, change: AddressChange, to: ChangeState, by_id: str | None, before: Collection[ChangeState] = (),
    known: Mapping[str, bool] | None = None, **values: Any,
) -> None:  # fmt: skip
    """The door: from a state that leads there (before: others than usual), and once. A secret goes with the change's end."""
    here = AddressChange.id == change.id, AddressChange.state.in_(before or BEFORE[to])
    values |= {} if to in OPEN else {"new_secret": None}
    move = update(AddressChange).where(*here).values(state=to, **values).execution_options(synchronize_session=False)
    if not changed(session, move):
        raise _moved_on()
    session.refresh(change)
    audit.record(session, by_id, f"spoc_address_{to}", "company", change.company_id, change=change.id, **known or {})


def _moved_on() -> Refused:
    return Refused("conflict", sentence("This change has moved on meanwhile. See its state below."))


# --- By a companies file ---------------------------------------------------------------------------------------------


def note_import(
    session: Session, spoc: Spoc, before: Mapping[Channel, str], by_id: str | None, at: datetime
) -> None:  # fmt: skip
    """An import has given a SPOC other addresses than `before`, at once. A change that waited for the SPOC as it was lapses."""
    after = addresses(spoc)
    other = [channel for channel in WAYS if not _same(after.get(channel), before.get(channel))]
    if not other:
        return
    session.flush()
    waiting = select(AddressChange).where(AddressChange.spoc_id == spoc.id, AddressChange.state.in_(OPEN))
    for change in session.scalars(waiting.with_for_update()):
        end(session, change, ChangeEnd.DIRECTORY, by_id, at)
    for channel in other:
        old = before.get(channel)
        session.add(AddressChange(
            id=new_id(), company_id=spoc.company_id, spoc_id=spoc.id, name=spoc.name, source=ChangeSource.IMPORT,
            state=ChangeState.IN_FORCE, channel=channel, old_channel=channel if old else None, old_address=old,
            new_address=after.get(channel), proposed_by_id=by_id, proposed_at=at, in_force_at=at,
        ))  # fmt: skip
        audit.record(session, by_id, "spoc_address_imported", "company", spoc.company_id, spoc=spoc.id)


# --- Forgetting ------------------------------------------------------------------------------------------------------


def forget(session: Session, at: datetime) -> None:
    """Delete changes that ended long ago and never were in force, with the addresses in them."""
    old = select(AddressChange.id).where(AddressChange.ended_at < at - KEPT)
    session.execute(delete(AddressWarning).where(AddressWarning.change_id.in_(old)))
    session.execute(delete(AddressChange).where(AddressChange.ended_at < at - KEPT))
