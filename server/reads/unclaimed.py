"""An account that a stranger may have opened, by typing somebody else's address into the sign-up form."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import access
from server.ledger.reports.models import Report
from server.people.accounts.models import Account


def is_unclaimed(session: Session, account: Account) -> bool:
    """Whether nobody has shown that this spotter's account is theirs: open, no password chosen, invited by nobody, no report.

    It stands in nobody's way: who is invited at that address, and has the mail, gets the account in the role they are invited to.
    """
    untouched = account.password_hash is None and account.invited_by_id is None and account.disabled_at is None
    if not untouched or not access.can("accreditation.hold", account):
        return False
    return session.scalar(select(Report.id).where(Report.account_id == account.id).limit(1)) is None
