"""Reads and writes of invitations. `record` is the one door of a site's state."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from server.core import audit, clock
from server.core.database import alone, changed, new_id
from server.ledger.invitations.models import InvitationStep
from server.ledger.invitations.states import InvitationState, InvitationWay, refuse_impossible

ADDRESS_KEPT = timedelta(days=365)


def record(
    session: Session,
    host: str,
    state: InvitationState,
    *,
    organisation: str,
    way: InvitationWay | None,
    address: str | None,
    day: date,
    by_id: str,
) -> None:
    """Write down a step. Raises Refused("conflict") for one that does not follow. way: of an invitation alone."""
    alone(session, f"invitation {host}")
    before = newest(session, [host]).get(host)
    refuse_impossible(InvitationState(before.state) if before else None, state)
    way = way if state is InvitationState.INVITED else None
    row = InvitationStep(id=new_id(), host=host, state=state, way=way, organisation=organisation, address=address)
    row.day, row.account_id, row.at = day, by_id, clock.now()
    session.add(row)
    session.flush()
    audit.record(session, by_id, f"site_{state.value}", "site", row.id, before=before.state if before else None)


def newest(session: Session, hosts: Collection[str] | None = None) -> dict[str, InvitationStep]:
    """Where each of these sites stands, by host; without those nobody was invited for. None: all of them."""
    last = select(func.max(InvitationStep.id)).group_by(InvitationStep.host)
    if hosts is not None:
        last = last.where(InvitationStep.host.in_(hosts))
    rows = session.scalars(select(InvitationStep).where(InvitationStep.id.in_(last)).order_by(InvitationStep.host))
    return {row.host: row for row in rows}


def history(session: Session, host: str) -> list[InvitationStep]:
    """What was done about a site, the newest first."""
    rows = select(InvitationStep).where(InvitationStep.host == host).order_by(InvitationStep.id.desc())
    return list(session.scalars(rows))


def invited_hosts() -> Select[str]:
    """The sites for which somebody was invited."""
    return select(InvitationStep.host)


def forget_addresses(session: Session) -> int:
    """Take the addresses out whose time is over; how many."""
    old = InvitationStep.day < clock.now().date() - ADDRESS_KEPT
    return changed(session, update(InvitationStep).where(InvitationStep.address.is_not(None), old).values(address=None))
