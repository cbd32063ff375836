"""Reminders as they are written down: one a person and occasion, whatever happens."""

from datetime import date

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from server.core import clock, work
from server.core.database import new_id
from server.core.words import RoundState
from server.people.rounds import store, weeks
from server.people.rounds.models import Membership, Round, RoundMail, Search, SpotterChoice
from server.people.rounds.weeks import Reminder


def queue(session: Session, day: date) -> int:
    """Write down and queue the reminders that are due on `day`; how many."""
    current = (Round.state == RoundState.OPEN, Round.ends_on >= day, Round.starts_on <= day + weeks.BEFORE)
    queued = 0
    for round_ in session.scalars(select(Round).where(*current)).all():
        due = weeks.reminder(round_.span, day)
        if due is None:
            continue
        name = _name(*due)
        for account_id in session.scalars(_to_remind(round_, name)).all():
            if due[0] is Reminder.WEEK and _searched(session, account_id, round_.span.weeks[due[1]]):
                continue
            mail = RoundMail(id=new_id(), round_id=round_.id, account_id=account_id, name=name, at=clock.now())
            session.add(mail)
            session.flush()
            work.enqueue(session, "mail_round", mail.id)
            queued += 1
    return queued


def still_due(session: Session, mail: RoundMail, day: date) -> bool:
    """Whether the reminder still says something true to somebody who wants it."""
    round_ = store.get(session, mail.round_id)
    if round_.state != RoundState.OPEN or store.membership(session, mail.round_id, mail.account_id) is None:
        return False
    if not store.choice(session, mail.account_id).reminders:
        return False
    due = weeks.reminder(round_.span, day)
    if due is None or _name(*due) != mail.name:
        return False
    return due[0] is not Reminder.WEEK or not _searched(session, mail.account_id, round_.span.weeks[due[1]])


def mark_mailed(session: Session, mail_id: str) -> None:
    """Note when a reminder left."""
    session.get_one(RoundMail, mail_id).mailed_at = clock.now()


def occasion(name: str) -> Reminder:
    """What a reminder of this name is about."""
    return Reminder(name.partition("-")[0])


def _name(kind: Reminder, week: int) -> str:
    return f"week-{week + 1}" if kind is Reminder.WEEK else kind.value


def _to_remind(round_: Round, name: str) -> Select[str]:
    """Who takes part, has not been written to about this, and has not said no."""
    mailed = exists().where(
        RoundMail.round_id == round_.id, RoundMail.account_id == Membership.account_id, RoundMail.name == name
    )
    refused = exists().where(SpotterChoice.account_id == Membership.account_id, SpotterChoice.reminders.is_(False))
    chosen = select(Membership.account_id).where(Membership.round_id == round_.id, Membership.left_at.is_(None))
    return chosen.where(~mailed, ~refused)


def _searched(session: Session, account_id: str, since: date) -> bool:
    return bool(session.scalar(select(exists().where(Search.account_id == account_id, Search.day >= since))))
