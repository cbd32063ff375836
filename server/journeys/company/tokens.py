"""A company's programs get tokens from its managers, who take them away again."""

from server.core.database import write
from server.core.sentences import sentence
from server.core.words import Refused, Scope
from server.journeys.company import managing
from server.people.accounts import pairing
from server.people.accounts.models import Account
from server.people.teams.models import TeamEvent

MOST = 20  # live tokens of a company


def make(company_id: str, by_id: str, label: str) -> str:
    """A new token of a manager, for the company's notices alone; shown this once. Raises Refused: forbidden, conflict."""
    with write() as session:
        managing.refuse_stranger(session.get_one(Account, by_id, with_for_update=True), company_id)
        if len(pairing.of_company(session, company_id)) >= MOST:
            detail = sentence("A company has at most %(most)s tokens. Revoke one that is not used.", most=MOST)
            raise Refused("conflict", detail, errors={"label": [detail]})
        label = " ".join(label.split())
        token = pairing.issue_token(session, by_id, Scope.COMPANY, label)
        managing.note_key(session, company_id, TeamEvent.TOKEN_MADE, label, by_id)
        return token


def revoke(company_id: str, token_id: str, by_id: str) -> str:
    """Revoke a token that somebody of the company has; what it was called. Raises Refused: forbidden, not-found."""
    with write() as session:
        managing.refuse_stranger(session.get_one(Account, by_id), company_id)
        label = pairing.revoke_for_company(session, company_id, token_id, by_id)
        managing.note_key(session, company_id, TeamEvent.TOKEN_REVOKED, label, by_id)
        return label
