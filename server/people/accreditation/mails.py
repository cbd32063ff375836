"""Mails about an accreditation as they are written down: one for a person, an occasion and what it is about, whatever happens."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core import clock, work
from server.core.database import new_id
from server.people.accreditation.models import StandingMail
from server.people.accreditation.occasions import Occasion


def queue(session: Session, account_id: str, occasion: Occasion, about: str) -> bool:
    """Write a mail down and queue it, in the caller's transaction; False when that was done before.

    about: the id of the decision, the appeal or the opening it tells of, or what `occasions` names it by.
    """
    mail = StandingMail(id=new_id(), account_id=account_id, occasion=occasion, about=about, at=clock.now())
    try:
        with session.begin_nested():
            session.add(mail)
    except IntegrityError:
        return False
    work.enqueue(session, "mail_standing", mail.id)
    return True


def mark_mailed(session: Session, mail_id: str) -> None:
    """Note when a mail left."""
    session.get_one(StandingMail, mail_id).mailed_at = clock.now()
