"""Invitations to a team, and what happened in it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from server.core import audit, work
from server.core.database import new_id
from server.core.sentences import sentence
from server.core.words import Refused, TeamRole
from server.people.teams import invitation_link, rules
from server.people.teams.models import TeamChange, TeamEvent, TeamInvitation

HISTORY = 50  # changes that a page shows

# --- Invitations -----------------------------------------------------------------------------------------------------


def waiting(session: Session, company_id: str) -> list[TeamInvitation]:
    """Invitations that were neither accepted nor withdrawn, newest first; also expired ones."""
    theirs = select(TeamInvitation).where(TeamInvitation.company_id == company_id, TeamInvitation.ended_at.is_(None))
    return list(session.scalars(theirs.order_by(TeamInvitation.id.desc())))


def invite(
    session: Session, company_id: str, email: str, team_role: TeamRole, by_id: str, language: str | None, at: datetime
) -> None:
    """Invite an address, and have it mailed. Raises Refused: conflict while it is invited already, and too-many."""
    if any(invitation.email == email for invitation in waiting(session, company_id)):
        detail = sentence("This address is invited already. Send the invitation again below.")
        raise Refused("conflict", detail, errors={"email": [detail]})
    today = select(func.count()).select_from(TeamInvitation).where(
        TeamInvitation.company_id == company_id, TeamInvitation.invited_at > at - timedelta(days=1)
    )  # fmt: skip
    rules.refuse_more(session.scalar(today) or 0)
    invitation = TeamInvitation(
        id=new_id(), company_id=company_id, email=email, team_role=team_role, invited_by_id=by_id, language=language,
        invited_at=at, sendings=0,
    )  # fmt: skip
    session.add(invitation)
    _send(session, invitation, at)
    audit.record(session, by_id, "team_invited", "company", company_id, team_role=team_role.value)


def send_again(session: Session, company_id: str, invitation_id: str, by_id: str, at: datetime) -> str:
    """Mail an invitation again, with a new link and a new week; its address. Raises Refused: not-found, too-many."""
    invitation = _open(session, company_id, invitation_id)
    rules.refuse_again(invitation.sent_at, at)
    _send(session, invitation, at)
    audit.record(session, by_id, "team_invited_again", "company", company_id)
    return invitation.email


def withdraw(session: Session, company_id: str, invitation_id: str, by_id: str, at: datetime) -> str:
    """End an invitation: its link stops working; its address. Raises Refused("not-found")."""
    invitation = _open(session, company_id, invitation_id)
    invitation.ended_at = at
    audit.record(session, by_id, "team_invitation_withdrawn", "company", company_id)
    return invitation.email


def withdraw_all_by(session: Session, inviter_id: str, by_id: str, at: datetime) -> None:
    """End what somebody invited who no longer may: else their links would open a door that was shut for themselves."""
    theirs = select(TeamInvitation).where(TeamInvitation.invited_by_id == inviter_id, TeamInvitation.ended_at.is_(None))
    for invitation in session.scalars(theirs.order_by(TeamInvitation.id).with_for_update()):
        invitation.ended_at = at
        audit.record(session, by_id, "team_invitation_withdrawn", "company", invitation.company_id)


def _open(session: Session, company_id: str, invitation_id: str) -> TeamInvitation:
    invitation = session.get(TeamInvitation, invitation_id, with_for_update=True)
    if invitation is None or invitation.company_id != company_id or invitation.ended_at:
        raise Refused("not-found", sentence("There is no such invitation. It was accepted or withdrawn."))
    return invitation


def _send(session: Session, invitation: TeamInvitation, at: datetime) -> None:
    invitation.sendings += 1
    invitation.sent_at, invitation.expires_at = at, at + rules.LASTS
    work.enqueue(session, "mail_team_invited", f"{invitation.id}.{invitation.sendings}")


def behind(session: Session, token: str, at: datetime, *, lock: bool = False) -> TeamInvitation:
    """The invitation behind a link. Raises Refused("gone") for one that ended, was mailed again, or has expired."""
    link = invitation_link.read(token)
    invitation = session.get(TeamInvitation, link[0], with_for_update=lock) if link else None
    if invitation is None or link is None or invitation.ended_at or invitation.sendings != link[1]:
        raise Refused("gone", sentence("This invitation was used, withdrawn, or replaced by a newer one."))
    if invitation.expires_at <= at:
        raise Refused("gone", sentence("This invitation has expired. Ask your colleague to send it again."))
    return invitation


def accept(invitation: TeamInvitation, at: datetime) -> None:
    """The invitation was used."""
    invitation.ended_at = at


def forget(session: Session, at: datetime) -> None:
    """Delete invitations that expired long ago."""
    session.execute(delete(TeamInvitation).where(TeamInvitation.expires_at < at - rules.KEPT))


# --- What happened ---------------------------------------------------------------------------------------------------


def note(
    session: Session, company_id: str, account_id: str, event: TeamEvent, by_id: str, at: datetime, tell: Collection[str],
    what: str | None = None,
) -> None:  # fmt: skip
    """Write down what happened, and have it mailed to these accounts. what: as `TeamChange` has it."""
    change = TeamChange(company_id=company_id, account_id=account_id, event=event, by_id=by_id, at=at, what=what)
    session.add(change)
    session.flush()
    for recipient_id in sorted(tell):
        work.enqueue(session, "mail_team_change", f"{recipient_id}.{change.number}")


def change(session: Session, number: int) -> TeamChange | None:
    """One of them."""
    return session.get(TeamChange, number)


def history(session: Session, company_id: str) -> list[TeamChange]:
    """What happened last in a team, newest first."""
    theirs = select(TeamChange).where(TeamChange.company_id == company_id)
    return list(session.scalars(theirs.order_by(TeamChange.number.desc()).limit(HISTORY)))


def left_by_itself(session: Session, account_id: str, closed_at: datetime) -> bool:
    """Whether an account was closed by its own team, at that time, and not by the programme."""
    left = select(TeamChange.number).where(
        TeamChange.account_id == account_id,
        TeamChange.event.in_((TeamEvent.LEFT, TeamEvent.REMOVED)),
        TeamChange.at == closed_at,
    )
    return session.scalar(left.limit(1)) is not None
