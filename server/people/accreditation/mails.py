"""Mails about an accreditation as they are recorded: one for a person, an occasion and what it is about, whatever happens."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server.core import clock, work
from server.core.database import INSERT, new_id
from server.people.accreditation.models import StandingMail
from server.people.accreditation.occasions import DUE_AGAIN, Occasion, of_change

Due = tuple[str, Occasion, str]  # the account's id, the occasion, what it is about


def queue(session: Session, account_id: str, occasion: Occasion, *about: str, due_at: datetime | None = None) -> bool:
    """Write down what was not before, and queue one mail about it, in the caller's transaction; False when all was.

    about: the id of the decision, the appeal or the opening it tells of, or what `occasions` names it by; of changes, several.
    due_at: when it leaves; None: now.
    """
    return queue_all(session, [(account_id, occasion, each) for each in about], due_at)


def queue_all(session: Session, due: Collection[Due], due_at: datetime | None = None) -> bool:
    """The same for many people at once: to each one mail about an occasion, whatever it names."""
    at = clock.now()
    rows = [
        {"id": new_id(), "account_id": account_id, "occasion": occasion, "about": about, "at": at}
        for account_id, occasion, about in due
    ]
    written = session.execute(_WRITE[session.get_bind().dialect.name], rows).all() if rows else ()
    of_each = {(mail.account_id, mail.occasion): mail.id for mail in written}
    work.enqueue_all(session, "mail_standing", of_each.values(), due_at)
    return bool(written)


_WRITE = {
    name: made(StandingMail)
    .on_conflict_do_nothing(index_elements=["account_id", "occasion", "about"])
    .returning(StandingMail.account_id, StandingMail.occasion, StandingMail.id)
    for name, made in INSERT.items()
}


def recorded(session: Session, due: Collection[Due]) -> set[Due]:
    """Which of this is recorded, among more of the same occasions."""
    occasions, abouts = {occasion for _, occasion, _ in due}, {about for *_, about in due}
    columns = (StandingMail.account_id, StandingMail.occasion, StandingMail.about)
    rows = select(*columns).where(StandingMail.occasion.in_(occasions), StandingMail.about.in_(abouts))
    return {(account_id, Occasion(occasion), about) for account_id, occasion, about in session.execute(rows)}


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
