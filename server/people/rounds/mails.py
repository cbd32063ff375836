"""Mails about rounds as they are recorded: one a person and occasion, whatever happens."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, delete, exists, select
from sqlalchemy.orm import Session

from server.core import clock, work
from server.core.database import insert, new_id
from server.core.words import RoundState
from server.people.rounds import store, weeks
from server.people.rounds.models import Membership, Round, RoundMail, Search, Team
from server.people.rounds.weeks import Reminder


@dataclass(frozen=True, slots=True)
class Due:
    """A mail of a round that is due, and to whom it may go."""

    round_id: str
    name: str
    account_ids: tuple[str, ...]

    @property
    def occasion(self) -> Reminder:
        """What it is about."""
        return occasion(self.name)


def due(session: Session, at: datetime) -> list[Due]:
    """What is due at `at`, by the day it is in each round's time zone, with everybody who was not written to about it."""
    first, last = at.date() - weeks.RESULTS_FOR - weeks.DAY, at.date() + weeks.BEFORE + weeks.DAY
    current = (Round.state == RoundState.OPEN, Round.ends_on >= first, Round.starts_on <= last)
    mails = []
    for round_ in session.scalars(select(Round).where(*current)).all():
        reminder = weeks.reminder(round_.span, round_.span.day_at(at))
        if reminder is None:
            continue
        kind, week = reminder
        name = _name(kind, week)
        ids = list(session.scalars(_members(round_, name)))
        if kind is Reminder.WEEK:
            lately = _reminded_lately(session, round_.id, at)
            ids = [
                account_id
                for account_id in ids
                if account_id not in lately and not _searched(session, account_id, round_.span.weeks[week])
            ]
        mails.append(Due(round_.id, name, tuple(ids)))
    return mails


def of_state(session: Session, round_id: str, everybody: Collection[str]) -> Due | None:
    """What is to be said of a round that was opened, to `everybody`, or cancelled, to those who take part; None: nothing."""
    round_ = store.get(session, round_id)
    if round_.state == RoundState.CANCELLED:
        return Due(round_id, Reminder.CANCELLED, tuple(session.scalars(_members(round_, Reminder.CANCELLED))))
    if round_.state != RoundState.OPEN or clock.now() >= round_.span.ends_at:
        return None
    told = select(RoundMail.account_id).where(RoundMail.round_id == round_id, RoundMail.name == Reminder.OPENED)
    already = {*session.scalars(told), *store.members(session, round_id)}
    return Due(round_id, Reminder.OPENED, tuple(account_id for account_id in everybody if account_id not in already))


def of_reopening(session: Session, round_id: str) -> Due | None:
    """That a round takes place after all, to those who were told that it is cancelled; None: it does not."""
    round_ = store.get(session, round_id)
    if round_.state != RoundState.OPEN or clock.now() >= round_.span.ends_at:
        return None
    return Due(round_id, Reminder.REOPENED, tuple(session.scalars(_members(round_, Reminder.REOPENED))))


def of_lead(session: Session, team_id: str) -> Due | None:
    """That somebody was named the lead of a team; None when nobody is, or they know."""
    team = session.get(Team, team_id)
    if team is None or team.lead_id is None:
        return None
    members = _members(store.get(session, team.round_id), Reminder.LEAD).where(Membership.account_id == team.lead_id)
    return Due(team.round_id, Reminder.LEAD, tuple(session.scalars(members)))


def of_admission(session: Session, round_id: str, account_id: str) -> Due:
    """That a trainee who had signed up takes part now; to nobody when they know."""
    members = _members(store.get(session, round_id), Reminder.ADMITTED).where(Membership.account_id == account_id)
    return Due(round_id, Reminder.ADMITTED, tuple(session.scalars(members)))


def queue(session: Session, due: Due, account_ids: Collection[str]) -> None:
    """Write down and queue a mail to each of these people."""
    same = {"round_id": due.round_id, "name": due.name, "at": clock.now()}
    ids = {account_id: new_id() for account_id in account_ids}
    insert(session, RoundMail, *({"id": ids[account_id], "account_id": account_id} | same for account_id in ids))
    work.enqueue_all(session, "mail_round", ids.values())


def still_true(session: Session, mail: RoundMail, at: datetime) -> bool:
    """Whether the mail still says something true to somebody who takes part (or, of a round that opened, who does not yet)."""
    round_, kind = store.get(session, mail.round_id), occasion(mail.name)
    over = at >= round_.span.ends_at
    member = store.membership(session, mail.round_id, mail.account_id)
    if kind is Reminder.CANCELLED:
        return round_.state == RoundState.CANCELLED and member is not None
    if round_.state != RoundState.OPEN:
        return False
    if kind is Reminder.OPENED:
        return member is None and not over
    if kind is Reminder.REOPENED:
        return member is not None and not over
    if member is None or member.admitted_at is None:
        return False
    if kind is Reminder.ADMITTED:
        return not over
    if kind is Reminder.LEAD:
        leads = Team.lead_id == mail.account_id
        return not over and bool(session.scalar(select(exists().where(Team.round_id == round_.id, leads))))
    reminder = weeks.reminder(round_.span, round_.span.day_at(at))
    if reminder is None or _name(*reminder) != mail.name:
        return False
    return reminder[0] is not Reminder.WEEK or not _searched(session, mail.account_id, round_.span.weeks[reminder[1]])


def take_back(session: Session, mail_id: str) -> None:
    """Delete a mail that did not leave: it is due again if it becomes true again."""
    session.execute(delete(RoundMail).where(RoundMail.id == mail_id, RoundMail.mailed_at.is_(None)))


def queue_again(session: Session, account_id: str) -> None:
    """The account is open again: queue what has not left."""
    unsent = select(RoundMail.id).where(RoundMail.account_id == account_id, RoundMail.mailed_at.is_(None))
    work.enqueue_again(session, "mail_round", session.scalars(unsent.order_by(RoundMail.id)).all())


def mark_mailed(session: Session, mail_id: str) -> None:
    """Note when a mail left. A round may be cancelled and reopened again: each makes the other due again.

    If that happened while the mail was being sent, the announcement passed over this person, and is repeated.
    """
    mail, at = session.get_one(RoundMail, mail_id), clock.now()
    mail.mailed_at = at
    if other := _UNDOES.get(mail.name):
        mine = (RoundMail.round_id == mail.round_id, RoundMail.account_id == mail.account_id)
        session.execute(delete(RoundMail).where(*mine, RoundMail.name == other))
        if not still_true(session, mail, at):
            work.enqueue(session, "announce_round", mail.round_id)


_UNDOES = {Reminder.CANCELLED.value: Reminder.REOPENED.value, Reminder.REOPENED.value: Reminder.CANCELLED.value}


def occasion(name: str) -> Reminder:
    """What a mail of this name is about."""
    return Reminder(name.partition("-")[0])


def _name(kind: Reminder, week: int) -> str:
    return f"week-{week + 1}" if kind is Reminder.WEEK else kind.value


def _members(round_: Round, name: str) -> Select[str]:
    """Who takes part and has not been written to about this; that a round is cancelled or not concerns also those who wait."""
    written = (RoundMail.round_id == round_.id, RoundMail.account_id == Membership.account_id)
    mailed = exists().where(*written, RoundMail.name == name)
    chosen = select(Membership.account_id).where(Membership.round_id == round_.id, Membership.left_at.is_(None))
    if name == Reminder.REOPENED:
        cancelled = (RoundMail.name == Reminder.CANCELLED, RoundMail.mailed_at.is_not(None))
        chosen = chosen.where(exists().where(*written, *cancelled))
    elif name != Reminder.CANCELLED:
        chosen = chosen.where(Membership.admitted_at.is_not(None))
    return chosen.where(~mailed)


def _reminded_lately(session: Session, round_id: str, at: datetime) -> set[str]:
    """Who was asked to search within these six days: who signed up late in a week is not asked again early in the next."""
    lately = RoundMail.at > at - (weeks.WEEK - weeks.DAY)
    of_a_week = RoundMail.name.startswith(f"{Reminder.WEEK.value}-")
    return set(session.scalars(select(RoundMail.account_id).where(RoundMail.round_id == round_id, of_a_week, lately)))


def _searched(session: Session, account_id: str, since: date) -> bool:
    return bool(session.scalar(select(exists().where(Search.account_id == account_id, Search.day >= since))))
