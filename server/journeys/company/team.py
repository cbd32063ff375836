"""A company's team: somebody is invited, joins, is made a manager, leaves. The desk invites for a company that cannot."""

from sqlalchemy.orm import Session

from server.core import access, clock, recurring, urls, work
from server.core.database import read, write
from server.core.sentences import sentence
from server.core.words import Refused, TeamRole
from server.people.accounts import passwords, signing_in, team_store
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.teams import rules
from server.people.teams import store as teams
from server.people.teams.models import TeamEvent, TeamInvitation
from server.reads import unclaimed
from server.reads.vouching import CompanyDomains


def invite(
    company_id: str, email: str, team_role: TeamRole, by_id: str, language: str | None = None, *, sure: bool = False
) -> None:
    """Invite a colleague by mail. What is answered is the same whether the address has an account elsewhere or not.

    team_role: manager, whatever it is, for a team that has none. sure: the inviter knows that the address is of another domain than the company's, or of one that vouches for nothing yet. Raises Refused: forbidden, invalid,
    too-many, conflict for an address that is in this team, or invited.
    """
    accounts.refuse_unfit(email, "-")
    address = accounts.fold_email(email)
    with write() as session:
        if not _manager(session, by_id, company_id):
            team_role = TeamRole.MANAGER  # else nobody there could invite the next
        account = accounts.by_email(session, address)
        if account and account.company_id == company_id:  # their own colleague: nothing is given away
            _refuse_colleague(session, account)
        if not sure:
            _refuse_outside(address, CompanyDomains(session, company_id), by_id)
        teams.invite(session, company_id, address, team_role, by_id, language, clock.now())


def _refuse_outside(address: str, domains: CompanyDomains, by_id: str) -> None:
    if rules.is_outside(address, domains.known(), urls.registrable):
        detail = sentence("This address is of another domain than your company’s. Check it, then tick this box.")
    elif rules.is_outside(address, domains.vouching(by_id, clock.now()), urls.registrable):
        detail = sentence(
            "The domain of this address was added by you, or in the last 30 days. Check it, then tick this box."
        )
    else:
        return
    raise Refused("invalid", detail, errors={"sure": [detail]})


def _refuse_colleague(session: Session, account: Account) -> None:
    if not account.disabled_at:
        detail = sentence("%(name)s is already in this team.", name=account.name)
    elif not teams.left_by_itself(session, account.id, account.disabled_at):
        detail = sentence("This account was closed by the organisation. Write to it to have it opened again.")
    else:
        return
    raise Refused("conflict", detail, errors={"email": [detail]})


def send_again(company_id: str, invitation_id: str, by_id: str) -> str:
    """Mail an invitation again; the address. Raises Refused: forbidden, not-found, too-many."""
    with write() as session:
        _manager(session, by_id, company_id)
        return teams.send_again(session, company_id, invitation_id, by_id, clock.now())


def withdraw(company_id: str, invitation_id: str, by_id: str) -> str:
    """Withdraw an invitation; the address. Raises Refused: forbidden, not-found."""
    with write() as session:
        _manager(session, by_id, company_id)
        return teams.withdraw(session, company_id, invitation_id, by_id, clock.now())


def join(token: str, name: str, password: str, language: str | None) -> None:
    """Who was invited opens their account. Raises Refused: gone, invalid, and conflict when the address has an account.

    Who had left this team, by themself or by its managers, has their account again. One that a stranger may have opened for
    their address is theirs.
    """
    with read() as session:
        found = teams.behind(session, token, clock.now())
        email, company_id = found.email, found.company_id
    accounts.refuse_unfit(email, name)
    password_hash = passwords.hash_password(password)
    with write() as session:
        at = clock.now()
        managers = team_store.managers(session, company_id)  # locked before the invitation, as by whoever withdraws it
        invitation = teams.behind(session, token, at, lock=True)
        team_role = _role(invitation, bool(managers))
        account = accounts.by_email(session, invitation.email, lock=True)
        if account is None:
            account = accounts.add(
                session, invitation.email, name, access.COMPANY_PERSON, None, company_id, team_role=team_role
            )
        elif can_come_back(session, account, invitation):
            team_store.rejoin_team(session, account, name, team_role)
            session.flush()
        elif unclaimed.is_unclaimed(session, account):
            accounts.give_role(session, account, name, access.COMPANY_PERSON, account.id, company_id, team_role)
            work.cancel(session, account.id)  # mails to who joins as a spotter
            session.flush()
        else:
            raise Refused("conflict", TAKEN)
        signing_in.set_password(session, account.id, password_hash, language)
        teams.accept(invitation, at)
        teams.note(session, company_id, account.id, TeamEvent.JOINED, account.id, at, managers - {account.id})


TAKEN = sentence(
    "This address already has an account here, and an account can have only one role. Ask your colleague to invite another address."
)


def role_of(session: Session, invitation: TeamInvitation) -> TeamRole:
    """What an invitation makes of whoever accepts it today: a manager of a team that has none, whatever it said."""
    return _role(invitation, team_store.has_manager(session, invitation.company_id))


def _role(invitation: TeamInvitation, has_manager: bool) -> TeamRole:
    return TeamRole(invitation.team_role) if has_manager else TeamRole.MANAGER


def can_come_back(session: Session, account: Account, invitation: TeamInvitation) -> bool:
    """Whether the invitation is for somebody who had left the same team."""
    own = account.company_id == invitation.company_id and account.disabled_at is not None
    return own and teams.left_by_itself(session, account.id, account.disabled_at or clock.now())


def change_role(company_id: str, account_id: str, team_role: TeamRole | None, by_id: str) -> str:
    """Make somebody a manager or a member; the name.

    Raises Refused: forbidden, not-found, invalid for no role, conflict for the last manager.
    """
    with write() as session:
        managers = _manager(session, by_id, company_id)
        account = team_store.of_team(session, company_id, account_id)
        if team_role is None:
            raise Refused("invalid", sentence("Choose one."))
        if account.team_role != team_role:
            if team_role != TeamRole.MANAGER:
                rules.refuse_without_manager(account_id, managers, leaving=False)
            team_store.give_team_role(session, account, team_role, by_id)
            if team_role != TeamRole.MANAGER:
                teams.withdraw_all_by(session, account_id, by_id, clock.now())
            event = TeamEvent.MADE_MANAGER if team_role == TeamRole.MANAGER else TeamEvent.MADE_MEMBER
            teams.note(session, company_id, account_id, event, by_id, clock.now(), {account_id, *managers} - {by_id})
        return account.name


def remove(company_id: str, account_id: str, by_id: str) -> str:
    """Take somebody out of the team; the name. Raises as `change_role` does."""
    with write() as session:
        _manager(session, by_id, company_id)
        return _end(session, company_id, account_id, by_id)


def leave(account_id: str) -> None:
    """Leave one's team: the account is closed. Raises Refused("conflict") for its last manager."""
    with write() as session:
        account = session.get_one(Account, account_id)
        _end(session, account.company_id or "", account_id, account_id)


def _end(session: Session, company_id: str, account_id: str, by_id: str) -> str:
    at = clock.now()
    managers = team_store.managers(session, company_id)
    account = team_store.of_team(session, company_id, account_id)
    leaving = account_id == by_id
    rules.refuse_without_manager(account_id, managers, leaving)
    team_store.leave_team(session, account, by_id, at)
    teams.withdraw_all_by(session, account_id, by_id, at)
    signing_in.end_access(session, account_id)
    work.cancel(session, account_id)
    event = TeamEvent.LEFT if leaving else TeamEvent.REMOVED
    told = managers - {account_id, by_id} if leaving else {account_id, *managers} - {by_id}
    teams.note(session, company_id, account_id, event, by_id, at, told)
    return account.name


def _manager(session: Session, by_id: str, company_id: str) -> set[str]:
    """Who manages the team, locked. Raises Refused("forbidden") unless `by` is one of them, or at the desk.

    Asked inside the transaction: whoever was demoted or removed meanwhile decides nothing any more.
    """
    managers = team_store.managers(session, company_id)
    by = session.get_one(Account, by_id)
    own = access.can("team.manage", by) and by.company_id == company_id
    if by.disabled_at or not (own or access.can("people.close", by)):
        raise Refused("forbidden", sentence("Only the managers of a team can do this."))
    return managers


@recurring.every(24 * 3600, "forget_invitations")
def forget_invitations() -> None:
    """Invitations nobody used are deleted in time."""
    with write() as session:
        teams.forget(session, clock.now())
