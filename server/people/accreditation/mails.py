"""Mails about an accreditation as they are recorded: one for a person, an occasion and what it is about, whatever happens."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core import clock, work
from server.core.database import new_id
from server.people.accreditation.models import StandingMail
from server.people.accreditation.occasions import DUE_AGAIN, Occasion, of_change


def queue(session: Session, account_id: str, occasion: Occasion, *about: str, due_at: datetime | None = None) -> bool:
    """Write down what was not before, and queue one mail about it, in the caller's transaction; False when all was.

    about: the id of the decision, the appeal or the opening it tells of, or what `occasions` names it by; of changes, several.
    due_at: when it leaves; None: now.
    """
    at = clock.now()
    written = [mail.id for each in about if (mail := _written(session, account_id, occasion, each, at))]
    if written:
        work.enqueue(session, "mail_standing", written[0], due_at)
    return bool(written)


def recorded(session: Session, occasions: Collection[Occasion]) -> set[tuple[str, str, str]]:
    """What is recorded of these occasions: the account's id, the occasion, what it is about."""
    columns = (StandingMail.account_id, StandingMail.occasion, StandingMail.about)
    rows = session.execute(select(*columns).where(StandingMail.occasion.in_(occasions)))
    return {(account_id, occasion, about) for account_id, occasion, about in rows}


def _written(session: Session, account_id: str, occasion: Occasion, about: str, at: datetime) -> StandingMail | None:
    mail = StandingMail(id=new_id(), account_id=account_id, occasion=occasion, about=about, at=at)
    try:
        with session.begin_nested():
            session.add(mail)
    except IntegrityError:
        return None
    return mail


def together(session: Session, mail: StandingMail) -> list[StandingMail]:
    """What leaves as one mail with `mail`: whatever was recorded with it, at the same moment."""
    same = select(StandingMail).filter_by(account_id=mail.account_id, occasion=mail.occasion, at=mail.at)
    return list(session.scalars(same.order_by(StandingMail.id)))


def has_left(session: Session, account_id: str, occasion: Occasion, about: str) -> bool:
    """Whether this person was sent such a mail about this."""
    mail = select(StandingMail.mailed_at).filter_by(account_id=account_id, occasion=occasion, about=about)
    return session.scalar(mail) is not None


def take_back(session: Session, account_id: str, occasions: Collection[Occasion]) -> None:
    """Delete what is recorded of these occasions and has not left: it is due again once it concerns this person."""
    waits = (
        StandingMail.account_id == account_id,
        StandingMail.occasion.in_(occasions),
        StandingMail.mailed_at.is_(None),
    )
    session.execute(delete(StandingMail).where(*waits))


def forget_change(session: Session, name: str, content_hash: str) -> None:
    """This content was taught before and is again, with thirty days from now: who was told of it then is told again."""
    told = (StandingMail.about == of_change(name, content_hash), StandingMail.mailed_at.is_not(None))
    session.execute(delete(StandingMail).where(StandingMail.occasion == Occasion.CHANGED, *told))


def queue_again(session: Session, account_id: str) -> None:
    """The account is open again: queue what has not left. What a day or a state names is due again by itself."""
    take_back(session, account_id, DUE_AGAIN - {Occasion.ASKED})
    unsent = select(StandingMail.id).where(StandingMail.account_id == account_id, StandingMail.mailed_at.is_(None))
    work.enqueue_again(session, "mail_standing", session.scalars(unsent.order_by(StandingMail.id)).all())


def mark_mailed(session: Session, ids: Sequence[str]) -> None:
    """Note when what these tell of left."""
    at = clock.now()
    for mail_id in ids:
        session.get_one(StandingMail, mail_id).mailed_at = at
