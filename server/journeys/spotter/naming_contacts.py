"""Naming a spotter's contact: by a coordinator, or with their first accreditation."""

from sqlalchemy.orm import Session

from server.core import access, clock
from server.core.database import write
from server.core.sentences import sentence
from server.core.words import Refused
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation import contacts
from server.reads import named_contact


def name_contact(account_id: str, contact_id: str, by_id: str) -> None:
    """A coordinator names whom a spotter turns to. Raises Refused: not-found, forbidden, and invalid for nobody who can."""
    with write() as session:
        accounts.spotter(session, account_id)
        by, contact = session.get_one(Account, by_id), session.get(Account, contact_id)
        if not access.can("people.name_contact", by) or by.disabled_at:
            raise Refused("forbidden", sentence("Only coordinators name contacts."))
        if contact is None or contact.id == account_id or not named_contact.may_be(session, contact):
            raise Refused("invalid", sentence("Choose a coordinator or a lead whose account is open."))
        contacts.choose(session, account_id, contact_id, by_id, clock.now())


def name_by_default(session: Session, account_id: str, by_id: str) -> None:
    """Whoever accredits somebody becomes their contact, unless somebody who is still there was named before."""
    named = contacts.chosen(session, account_id)
    contact = session.get(Account, named) if named else None
    if contact is None or not named_contact.may_be(session, contact):
        contacts.accredited_by(session, account_id, by_id, clock.now())
