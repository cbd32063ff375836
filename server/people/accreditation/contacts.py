"""Contacts: whom a spotter turns to."""

from datetime import datetime

from sqlalchemy.orm import Session

from server.core import audit
from server.core.database import one_at_a_time
from server.people.accreditation.models import Contact


def chosen(session: Session, account_id: str) -> str | None:
    """The account of the contact that was named for this person, whatever has become of it; None when nobody was."""
    contact = session.get(Contact, account_id, populate_existing=True)
    return contact.contact_id if contact else None


def choose(session: Session, account_id: str, contact_id: str, by_id: str, at: datetime) -> None:
    """Name somebody's contact, or another one. Whether they may be one is told by the caller."""
    if _keep(session, account_id, contact_id, at):
        audit.record(session, by_id, "contact_named", "account", account_id)


def accredited_by(session: Session, account_id: str, by_id: str, at: datetime) -> None:
    """Make whoever accredits somebody their contact. The audit trail has it with the accreditation."""
    _keep(session, account_id, by_id, at)


def _keep(session: Session, account_id: str, contact_id: str, at: datetime) -> bool:
    """Whether it is another contact than before."""
    one_at_a_time(session, account_id)
    contact = session.get(Contact, account_id, populate_existing=True)
    if contact and contact.contact_id == contact_id:
        return False
    if contact is None:
        contact = Contact(account_id=account_id)
        session.add(contact)
    contact.contact_id, contact.at = contact_id, at
    session.flush()
    return True
