"""Reminders of a round that has been moved."""

from datetime import date

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from server.people.rounds.models import Round, RoundMail
from server.people.rounds.weeks import Reminder


def forget(session: Session, round_: Round, starts_on: date | None, ends_on: date | None) -> None:
    """A round has been moved: what was mailed of the days it had before is due again on its new ones."""
    names = []
    if starts_on != round_.starts_on:
        names += [RoundMail.name == Reminder.START, RoundMail.name.startswith(f"{Reminder.WEEK.value}-")]
    if ends_on != round_.ends_on:
        names += [RoundMail.name.in_((Reminder.END, Reminder.RESULTS))]
    mailed = (RoundMail.round_id == round_.id, RoundMail.mailed_at.is_not(None))
    if names:
        session.execute(delete(RoundMail).where(*mailed, or_(*names)))
