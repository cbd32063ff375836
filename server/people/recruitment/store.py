"""Reads and writes of applications. Every function takes the session first; times come from the caller."""

import functools
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core import audit
from server.core.database import new_id
from server.core.outbox import Work
from server.core.sentences import sentence
from server.core.words import Refused
from server.people.courses import catalogue
from server.people.recruitment import screening
from server.people.recruitment.models import Application, State
from server.people.recruitment.screening import ScreeningQuestion

WAITING_KEPT = timedelta(days=180)  # erased after that even if nobody has decided
DECLINED_KEPT = timedelta(days=30)  # for questions about it, and for the mail about it
UNDO = timedelta(minutes=10)  # in which a decline can be taken back; nothing is mailed or erased before
RECENT = 50  # declines that are shown to be undone
MAILS = ("mail_applied", "mail_declined")  # what is sent about one, by the kind of work
FEW = 500  # named in one statement


def questions() -> tuple[ScreeningQuestion, ...]:
    """The screening questions of this instance: the content folder's, else the shipped ones."""
    path = catalogue.folder() / "screening.yaml"
    return _questions(path if path.is_file() else catalogue.CONTENT / "screening.yaml")


@functools.cache
def _questions(path: Path) -> tuple[ScreeningQuestion, ...]:
    return screening.load(path)


def add(
    session: Session, email: str, name: str, *, languages: list[str], hours: int, why: str, heard: str,
    answers: dict[str, int], at: datetime, language: str | None = None,
) -> str:  # fmt: skip
    """Keep an application, unless one of this address is already waiting; its id. The same statements run either way."""
    application_id = new_id()
    application = Application(
        id=application_id, email=email, name=name, languages=languages, hours=hours, why=why, heard=heard, answers=answers,
        language=language, state=State.WAITING, at=at, erase_at=at + WAITING_KEPT,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(application)
    except IntegrityError:
        pass  # who applies twice is told the same, and nothing is kept of the second
    audit.record(session, None, "application_received", "application", application_id, heard=heard)
    return application_id


def waiting(session: Session) -> list[Application]:
    """All waiting applications, the oldest first."""
    return list(session.scalars(select(Application).where(Application.state == State.WAITING).order_by(Application.id)))


def count_waiting(session: Session) -> int:
    """How many applications are waiting."""
    return session.scalar(select(func.count()).select_from(Application).where(Application.state == State.WAITING)) or 0


def has_waiting(session: Session, email: str) -> bool:
    """Whether an application of this address is waiting."""
    there = (Application.email == email, Application.state == State.WAITING)
    return session.scalar(select(Application.id).where(*there)) is not None


def waiting_application(session: Session, application_id: str) -> Application:
    """An application that is waiting, locked. Raises Refused("not-found") for one that was decided, withdrawn or erased."""
    application = session.get(Application, application_id, with_for_update=True)
    if application is None or application.state != State.WAITING:
        raise Refused("not-found", sentence("This application is no longer waiting."))
    return application


def invited(session: Session, application: Application, by_id: str) -> None:
    """It became an account: nothing of it is kept here."""
    _cancel_mails(session, application.id)
    audit.record(session, by_id, "application_invited", "application", application.id)
    session.delete(application)


def invited_otherwise(session: Session, emails: Sequence[str], by_id: str) -> None:
    """These addresses, in lower case, were given a place without it: what they applied with goes as if by it."""
    for start in range(0, len(emails), FEW):
        theirs = select(Application).where(Application.email.in_(emails[start : start + FEW]))
        for application in session.scalars(theirs.order_by(Application.id).with_for_update()).all():
            invited(session, application, by_id)


def decline(session: Session, application: Application, by_id: str, note: str, at: datetime) -> None:
    """Declined, with a note to the applicant or none: some minutes later it is settled (`settle`), and some weeks later erased."""
    application.state, application.erase_at = State.DECLINED, at + DECLINED_KEPT
    application.declined_at, application.declined_by_id, application.note = at, by_id, note.strip() or None
    _cancel_mails(session, application.id)
    session.flush()
    audit.record(session, by_id, "application_declined", "application", application.id)


def undo_decline(session: Session, application_id: str, by_id: str, at: datetime) -> Application:
    """It waits again, with the note for whoever declines it after all.

    Raises Refused("conflict") when it is too late, or they applied again.
    """
    application = session.get(Application, application_id, with_for_update=True)
    if application is None or application.declined_at is None or at >= application.declined_at + UNDO:
        raise Refused("conflict", sentence("This can no longer be undone."))
    _cancel_mails(session, application_id)
    try:
        with session.begin_nested():
            application.state, application.erase_at = State.WAITING, application.at + WAITING_KEPT
            application.declined_at = application.declined_by_id = None
    except IntegrityError:
        raise Refused("conflict", sentence("This person has applied again since. The new application waits.")) from None
    audit.record(session, by_id, "application_decline_undone", "application", application_id)
    return application


def recently_declined(session: Session, at: datetime) -> list[Application]:
    """What was declined and can still be undone, the newest first."""
    recent = select(Application).where(Application.state == State.DECLINED, Application.declined_at > at - UNDO)
    return list(session.scalars(recent.order_by(Application.declined_at.desc(), Application.id).limit(RECENT)))


def settle(session: Session, application_id: str, at: datetime) -> bool:
    """A decline cannot be undone any more: what they wrote is erased. False when it is not so (undone, withdrawn, too early)."""
    application = session.get(Application, application_id, with_for_update=True)
    if application is None or application.declined_at is None or at < application.declined_at + UNDO:
        return False
    application.why, application.answers = "", {}
    return True


def drop_note(session: Session, application_id: str) -> None:
    """The decline was mailed: the note is not needed any more."""
    application = session.get(Application, application_id)
    if application:
        application.note = None


def withdraw(session: Session, application_id: str) -> bool:
    """Erase an application at the applicant's request; whether there was one."""
    application = session.get(Application, application_id, with_for_update=True)
    if application is None:
        return False
    _cancel_mails(session, application_id)
    audit.record(session, None, "application_withdrawn", "application", application_id)
    session.delete(application)
    return True


def forget(session: Session, at: datetime) -> int:
    """Erase expired applications; how many."""
    over = list(session.scalars(select(Application.id).where(Application.erase_at <= at)))
    for start in range(0, len(over), FEW):
        few = over[start : start + FEW]
        _cancel_mails(session, *few)
        session.execute(delete(Application).where(Application.id.in_(few)))
    return len(over)


def _cancel_mails(session: Session, *application_ids: str) -> None:
    """Delete the mails still to send about them, with any error in which a mail server repeated the address."""
    session.execute(delete(Work).where(Work.kind.in_(MAILS), Work.subject_id.in_(application_ids)))
