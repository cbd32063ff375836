"""Who may do what only the managers of a company's team do, and who of them hears of it."""

from sqlalchemy.orm import Session

from server.core import access, clock
from server.core.sentences import sentence
from server.core.words import Refused
from server.people.accounts import team_store
from server.people.accounts.models import Account
from server.people.teams import store as teams
from server.people.teams.models import TeamEvent


def refuse_stranger(by: Account, company_id: str) -> None:
    """Raises Refused("forbidden") for anybody but a manager of this company."""
    if by.disabled_at or by.company_id != company_id or not access.can("team.manage", by):
        raise Refused("forbidden", sentence("Only the managers of a team can do this."))


def note_key(session: Session, company_id: str, event: TeamEvent, what: str, by_id: str) -> None:
    """Write down what became of a secret or a token, and have the company's other managers mailed.

    Whoever has taken over a manager's account can make one that goes on working once the account is theirs again.
    """
    told = team_store.other_managers(session, company_id, by_id)
    teams.note(session, company_id, by_id, event, by_id, clock.now(), told, what)
