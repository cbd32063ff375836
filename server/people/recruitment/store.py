"""Reads and writes of applications. Every function takes the session first; times come from the caller."""

import functools
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core import audit
from server.core.words import Refused
from server.core.work import Work
from server.people.courses import shelf
from server.people.recruitment import screening
from server.people.recruitment.models import Application, State
from server.people.recruitment.screening import Question

WAITING_KEPT = timedelta(days=180)  # nobody answered: it is erased all the same
DECLINED_KEPT = timedelta(days=30)  # for a question about it, and the mail that tells of it
MAILS = ("mail_applied", "mail_declined")  # what is sent about one, by the kind of work
FEW = 500  # named in one statement


def questions() -> tuple[Question, ...]:
    """The screening questions of this instance: the content folder's, else the shipped ones."""
    path = shelf.folder() / "screening.yaml"
    return _questions(path if path.is_file() else shelf.CONTENT / "screening.yaml")


@functools.cache
def _questions(path: Path) -> tuple[Question, ...]:
    return screening.load(path)


def add(
    session: Session, email: str, name: str, *, languages: list[str], hours: int, why: str, heard: str,
    answers: dict[str, int], at: datetime,
) -> str | None:  # fmt: skip
    """Keep an application; its id, or None when one of this address waits already."""
    made = Application(
        email=email, name=name, languages=languages, hours=hours, why=why, heard=heard, answers=answers,
        state=State.WAITING, at=at, erase_at=at + WAITING_KEPT,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return None
    audit.record(session, None, "application_received", "application", made.id, heard=heard)
    return made.id


def waiting(session: Session) -> list[Application]:
    """All that wait, the oldest first."""
    return list(session.scalars(select(Application).where(Application.state == State.WAITING).order_by(Application.id)))


def count_waiting(session: Session) -> int:
    """How many wait."""
    return session.scalar(select(func.count()).select_from(Application).where(Application.state == State.WAITING)) or 0


def one(session: Session, application_id: str) -> Application:
    """One that waits. Raises Refused("not-found") for one that was decided, withdrawn or erased."""
    found = session.get(Application, application_id, with_for_update=True)
    if found is None or found.state != State.WAITING:
        raise Refused("not-found", "This application does not wait any more.")
    return found


def invited(session: Session, application: Application, by_id: str) -> None:
    """It became an account: nothing of it is kept here."""
    _unasked(session, application.id)
    audit.record(session, by_id, "application_invited", "application", application.id)
    session.delete(application)


def decline(session: Session, application: Application, by_id: str, at: datetime) -> None:
    """Declined: kept a few weeks without what was written in it, then erased."""
    application.state, application.erase_at = State.DECLINED, at + DECLINED_KEPT
    application.why, application.answers = "", {}
    _unasked(session, application.id)
    audit.record(session, by_id, "application_declined", "application", application.id)


def withdraw(session: Session, application_id: str) -> bool:
    """Erase it because whoever sent it says so; whether there was one."""
    found = session.get(Application, application_id)
    if found is None:
        return False
    _unasked(session, application_id)
    audit.record(session, None, "application_withdrawn", "application", application_id)
    session.delete(found)
    return True


def forget(session: Session, at: datetime) -> int:
    """Erase what has been kept long enough; how many."""
    over = list(session.scalars(select(Application.id).where(Application.erase_at <= at)))
    for start in range(0, len(over), FEW):
        few = over[start : start + FEW]
        _unasked(session, *few)
        session.execute(delete(Application).where(Application.id.in_(few)))
    return len(over)


def _unasked(session: Session, *application_ids: str) -> None:
    """No mail about them is left to send, nor an error in which a mail server repeated their address."""
    session.execute(delete(Work).where(Work.kind.in_(MAILS), Work.subject_id.in_(application_ids)))
