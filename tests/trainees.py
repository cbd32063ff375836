"""People who joined, signed and passed, as the tables have them."""

from datetime import datetime, timedelta

from sqlalchemy import update

from server.core.database import new_id, write
from server.core.words import Role
from server.journeys.spotter import joining
from server.people.accounts.models import Account
from server.people.accreditation import store as accreditation
from server.people.accreditation.models import Signature
from server.people.courses import catalogue
from server.people.exams.models import Attempt


def trainee(email: str, name: str, joined_at: datetime, **values: object) -> str:
    """Somebody who joined then and has no password; their id. values: of other columns."""
    account_id = joining.add_account(email, name, Role.SPOTTER, None)
    with write() as session:
        changed = {"created_at": joined_at, **values}
        session.execute(update(Account).where(Account.id == account_id).values(**changed))
    return account_id


def sign(account_id: str, at: datetime, content_hash: str | None = None) -> None:
    """They sign the agreement, as it is or as it was."""
    given = content_hash or accreditation.agreement().content_hash
    with write() as session:
        session.add(Signature(id=new_id(), account_id=account_id, content_hash=given, name="Noor", at=at))


def sat(account_id: str, at: datetime, *, passed: bool = True, minutes: int = 20, slugs: tuple[str, ...] = ()) -> None:
    """They sat the exams of these modules (none named: of all), which ended then."""
    with write() as session:
        for module in catalogue.modules().values():
            if not slugs or module.slug in slugs:
                began = at - timedelta(minutes=minutes)
                session.add(Attempt(
                    id=new_id(), account_id=account_id, module=module.slug, content_hash=module.content_hash, drawn=[],
                    started_at=began, ends_at=at, finished_at=at, right=15 if passed else 5, of=15, passed=passed,
                ))  # fmt: skip


def ready(email: str, name: str, at: datetime, **values: object) -> str:
    """Somebody who has signed and passed everything, and waits since then."""
    account_id = trainee(email, name, at - timedelta(days=20), **values)
    sign(account_id, at)
    sat(account_id, at)
    return account_id
