"""In whose name a company is written to."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from server.core import web
from server.ledger.notifiers import store as notifiers
from server.ledger.notifiers.priority import Award


@dataclass(frozen=True)
class Notifier:
    """The organisation that notices come from, and its award."""

    organisation: str
    email: str
    award: Award | None = None


def of_company(session: Session, company_id: str) -> Notifier:
    """The organisation that is chosen for a company; else that of the settings, which has no award here."""
    row = notifiers.of_company(session, company_id)
    if row is None:
        settings = web.settings()
        return Notifier(settings.organisation, settings.contact_email)
    return Notifier(row.name, row.email, notifiers.award(row))
