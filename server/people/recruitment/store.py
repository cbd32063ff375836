"""Reads and writes of applications. Every function takes the session first; times come from the caller."""

import functools
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core import audit
from server.core.database import new_id
from server.core.sentences import sentence
from server.core.words import Refused
from server.core.work import Work
from server.people.courses import catalogue
from server.people.recruitment import screening
from server.people.recruitment.models import Application, State
from server.people.recruitment.screening import ScreeningQuestion

WAITING_KEPT = timedelta(days=180)  # erased after that even if nobody has decided
DECLINED_KEPT = timedelta(days=30)  # for questions about it, and for the mail about it
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


def decline(session: Session, application: Application, by_id: str, at: datetime) -> None:
    """Declined: kept a few weeks without what was written in it, then erased."""
    application.state, application.erase_at = State.DECLINED, at + DECLINED_KEPT
    application.why, application.answers = "", {}
    _cancel_mails(session, application.id)
    audit.record(session, by_id, "application_declined", "application", application.id)


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
