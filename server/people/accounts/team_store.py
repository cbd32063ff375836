"""The people of one company's team: who they are, who manages it, and how somebody leaves it and comes back."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import audit
from server.core.sentences import sentence
from server.core.words import Refused, TeamRole
from server.people.accounts.models import Account


def team(session: Session, company_id: str) -> list[Account]:
    """Everybody with an open account for a company: managers first, then by name."""
    theirs = select(Account).where(Account.company_id == company_id, Account.disabled_at.is_(None))
    return list(session.scalars(theirs.order_by(Account.team_role, Account.name, Account.id)))


def managers(session: Session, company_id: str) -> set[str]:
    """Who manages a company's team today, locked: of two who demote each other at once, one comes after the other."""
    chosen = select(Account.id).where(
        Account.company_id == company_id, Account.team_role == TeamRole.MANAGER, Account.disabled_at.is_(None)
    )
    return set(session.scalars(chosen.order_by(Account.id).with_for_update()))


def other_managers(session: Session, company_id: str, account_id: str) -> set[str]:
    """Who manages a company's team besides this account, to tell them something."""
    managers = (person.id for person in team(session, company_id) if person.team_role == TeamRole.MANAGER)
    return set(managers) - {account_id}


def has_manager(session: Session, company_id: str) -> bool:
    """Whether somebody manages the team today, to say so; who decides by it asks `managers`."""
    return any(person.team_role == TeamRole.MANAGER for person in team(session, company_id))


def of_team(session: Session, company_id: str, account_id: str) -> Account:
    """Somebody of a company's team, locked. Raises Refused("not-found") for everybody else."""
    account = session.get(Account, account_id, with_for_update=True)
    if account is None or account.company_id != company_id or account.disabled_at:
        raise Refused("not-found", sentence("There is no such person in this team."))
    return account


def give_team_role(session: Session, account: Account, team_role: TeamRole, by_id: str) -> None:
    """Make somebody a manager or a member of their company's team."""
    account.team_role = team_role
    audit.record(session, by_id, "team_role_given", "account", account.id, team_role=team_role.value)


def leave_team(session: Session, account: Account, by_id: str, at: datetime) -> None:
    """Somebody has left their company's team: nobody uses the account any more, what was done with it stays."""
    account.disabled_at = at
    audit.record(session, by_id, "account_closed", "account", account.id, role=account.role)


def rejoin_team(session: Session, account: Account, name: str, team_role: TeamRole) -> None:
    """Somebody who had left their company's team is back, by an invitation."""
    account.disabled_at, account.name, account.team_role = None, name.strip(), team_role
    audit.record(session, account.id, "account_reopened", "account", account.id, role=account.role)
