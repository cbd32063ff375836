"""Who may do what only the managers of a company's team do."""

from server.core import access
from server.core.sentences import sentence
from server.core.words import Refused
from server.people.accounts.models import Account


def refuse_stranger(by: Account, company_id: str) -> None:
    """Raises Refused("forbidden") for anybody but a manager of this company."""
    if by.disabled_at or by.company_id != company_id or not access.can("team.manage", by):
        raise Refused("forbidden", sentence("Only the managers of a team can do this."))
