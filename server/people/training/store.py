"""Reads and writes of learning. Every function takes the session first; times come from the caller."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core.database import connection, new_id, one_at_a_time
from server.core.sentences import sentence
from server.core.words import Refused
from server.people.courses import catalogue
from server.people.courses.bank import Question
from server.people.courses.markdown import Lesson
from server.people.training import reading, reminding, spacing
from server.people.training.models import PracticeAnswer, Reading, ReviewCard, ReviewReminder
from server.people.training.reminding import Rhythm
from server.people.training.spacing import Card


def readings(session: Session, account_id: str) -> dict[str, dict[str, datetime]]:
    """When this person read which lessons, by module and lesson."""
    read: dict[str, dict[str, datetime]] = {}
    for row in session.scalars(select(Reading).where(Reading.account_id == account_id)):
        if row.at:
            read.setdefault(row.module, {})[row.section] = row.at
    return read


def lessons_read_by(session: Session, account_ids: Collection[str]) -> dict[str, dict[str, set[str]]]:
    """Which lessons each of these people has read, by account and module, in one query."""
    rows = select(Reading.account_id, Reading.module, Reading.section).where(
        Reading.account_id.in_(account_ids), Reading.at.is_not(None)
    )
    read: dict[str, dict[str, set[str]]] = {}
    for who, slug, lesson in session.execute(rows):
        read.setdefault(who, {}).setdefault(slug, set()).add(lesson)
    return read


def reading_of(session: Session, account_id: str, slug: str, lesson: str) -> Reading | None:
    """This person's reading of one lesson; None when they have sent nothing from it."""
    return session.get(Reading, (account_id, slug, lesson))


def lessons_read(session: Session, account_id: str) -> dict[str, set[str]]:
    """Which lessons this person has read, by module."""
    return {slug: set(lessons) for slug, lessons in readings(session, account_id).items()}


def read_by(session: Session, account_id: str | None = None) -> dict[str, tuple[int, datetime]]:
    """How many lessons each person (or one) has read, and when they last read in one, by account."""
    last = func.max(func.coalesce(Reading.at, Reading.opened_at))
    counted = select(Reading.account_id, func.count(Reading.at), last).group_by(Reading.account_id)
    if account_id:
        counted = counted.where(Reading.account_id == account_id)
    return {who: (number, last_at) for who, number, last_at in connection(session).execute(counted)}


def note_reading(
    session: Session, account_id: str, slug: str, lesson: Lesson, question: Question | None, opened_at: datetime, at: datetime
) -> bool:  # fmt: skip
    """Note that this person has a lesson open since `opened_at`; whether it counts as read now, or did before.

    question: the one that stands in it. Twice is once.
    """
    row = session.get(Reading, (account_id, slug, lesson.name))
    if row is None:
        row = Reading(account_id=account_id, module=slug, section=lesson.name, opened_at=opened_at)
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:  # the other of two clicks
            row = session.get_one(Reading, (account_id, slug, lesson.name), populate_existing=True)
    row.opened_at = min(row.opened_at or opened_at, opened_at)
    answered = question is None or last_practised(session, account_id, slug, question.name) is not None
    if row.at is None and reading.is_read(lesson.words, row.opened_at, at, answered=answered):
        row.at = at
    session.flush()
    return row.at is not None


def last_practised(session: Session, account_id: str, slug: str, question: str) -> PracticeAnswer | None:
    """This person's last answer to one practice question."""
    mine = select(PracticeAnswer).where(
        PracticeAnswer.account_id == account_id, PracticeAnswer.module == slug, PracticeAnswer.question == question
    )
    return session.scalars(mine.order_by(PracticeAnswer.at.desc(), PracticeAnswer.id.desc()).limit(1)).first()


def times_practised(session: Session, account_id: str, slug: str, question: str) -> int:
    """How often this person answered one practice question."""
    mine = (
        select(func.count())
        .select_from(PracticeAnswer)
        .where(
            PracticeAnswer.account_id == account_id, PracticeAnswer.module == slug, PracticeAnswer.question == question
        )
    )
    return session.scalar(mine) or 0


def last_answers(session: Session, account_id: str, number: int) -> list[PracticeAnswer]:
    """This person's last answers to practice questions, so many at most, oldest first."""
    mine = select(PracticeAnswer).where(PracticeAnswer.account_id == account_id)
    last = session.scalars(mine.order_by(PracticeAnswer.at.desc(), PracticeAnswer.id.desc()).limit(number))
    return list(last)[::-1]


def practice_answer(session: Session, account_id: str, answer_id: str) -> PracticeAnswer:
    """One of this person's own answers. Raises Refused("not-found") for anybody else's."""
    mine = select(PracticeAnswer).where(PracticeAnswer.id == answer_id, PracticeAnswer.account_id == account_id)
    answer = session.scalars(mine).first()
    if answer is None:
        raise Refused("not-found", sentence("There is no such answer."))
    return answer


def keep_practice(
    session: Session, account_id: str, slug: str, question: str, order: list[int], chosen: list[int],
    right: bool | None, at: datetime, *, guessed: bool = False, day: date | None = None,
) -> str:  # fmt: skip
    """Keep one answer to a practice question, and when it is asked again; the answer's id.

    day: which day it is for this person; None: the UTC day.
    """
    one_at_a_time(session, account_id)
    answer = PracticeAnswer(id=new_id(), account_id=account_id, module=slug, question=question, order=order,
                          chosen=chosen, right=right, guessed=guessed, at=at)  # fmt: skip
    session.add(answer)
    row, version = session.get(ReviewCard, (account_id, slug, question)), catalogue.version(slug, question)
    if row is None:
        row = ReviewCard(account_id=account_id, module=slug, question=question)
        before = None
    else:
        before = _card(row, version)
    card = spacing.after(before, right, day or at.date(), guessed=guessed)
    row.version, row.box, row.asked_on, row.due_on = version, card.box, card.asked_on, card.due_on
    session.add(row)
    if reminder := session.get(ReviewReminder, account_id, populate_existing=True):
        reminder.unheeded = 0
    session.flush()
    return answer.id


def cards(session: Session, account_id: str) -> dict[tuple[str, str], Card]:
    """Where every question that this person has answered stands, by module and question; one that changed since is left out."""
    rows = session.scalars(select(ReviewCard).where(ReviewCard.account_id == account_id))
    known = {(row.module, row.question): _card(row, catalogue.version(row.module, row.question)) for row in rows}
    return {name: card for name, card in known.items() if card}


def _card(row: ReviewCard, version: str | None) -> Card | None:
    """The card, or None for a question that now asks something else: it starts again."""
    return Card(row.box, row.asked_on, row.due_on) if row.version in (None, version) else None


# --- Reminders -------------------------------------------------------------------------------------------------------


def rhythm(session: Session, account_id: str) -> Rhythm | None:
    """How often this person wants to be reminded; None: not at all."""
    row = session.get(ReviewReminder, account_id)
    return Rhythm(row.rhythm) if row else None


def choose_rhythm(session: Session, account_id: str, wanted: Rhythm | None) -> None:
    """Choose how often to be reminded; None: not at all."""
    one_at_a_time(session, account_id)
    row = session.get(ReviewReminder, account_id, populate_existing=True)
    if wanted is None:
        if row:
            session.delete(row)
    elif row:
        row.rhythm, row.unheeded = wanted, 0
    else:
        session.add(ReviewReminder(account_id=account_id, rhythm=wanted, unheeded=0))
    session.flush()


def who_is_reminded(session: Session, days: Mapping[str, date], otherwise: date) -> list[str]:
    """Everybody who may be reminded on their day: the one that `days` has for them, or `otherwise`. One query."""
    last = select(ReviewCard.account_id, func.max(ReviewCard.asked_on).label("day")).group_by(ReviewCard.account_id)
    reviewed = last.subquery()
    rows = select(ReviewReminder, reviewed.c.day).outerjoin(
        reviewed, reviewed.c.account_id == ReviewReminder.account_id
    )
    return [
        row.account_id
        for row, reviewed_on in session.execute(rows.order_by(ReviewReminder.account_id))
        if reminding.is_day(
            Rhythm(row.rhythm), days.get(row.account_id, otherwise), told_on=row.told_on, reviewed_on=reviewed_on,
            unheeded=row.unheeded,
        )
    ]  # fmt: skip


def may_remind(session: Session, account_id: str, day: date, *, told: bool = False) -> bool:
    """Whether this person may be reminded on `day`. told: that they are was recorded already, and is to be mailed."""
    row = session.get(ReviewReminder, account_id)
    if row is None or (told and (row.told_on != day or row.mailed_on == day)):
        return False
    reviewed_on = session.scalar(select(func.max(ReviewCard.asked_on)).where(ReviewCard.account_id == account_id))
    return reminding.is_day(
        Rhythm(row.rhythm), day, told_on=None if told else row.told_on, reviewed_on=reviewed_on,
        unheeded=row.unheeded,
    )  # fmt: skip


def note_reminder(session: Session, account_id: str, day: date) -> bool:
    """Note that this person is reminded on `day`; False when that was noted before, or is not wanted any more."""
    one_at_a_time(session, account_id)
    row = session.get(ReviewReminder, account_id, populate_existing=True)
    if row is None or (row.told_on and row.told_on >= day):
        return False
    row.told_on = day
    session.flush()
    return True


def told_on(session: Session, account_id: str) -> date | None:
    """The day for which this person's last reminder was recorded."""
    row = session.get(ReviewReminder, account_id)
    return row.told_on if row else None


def mark_reminded(session: Session, account_id: str) -> None:
    """Note that the reminder left; one that did not, such as while sending is paused, asks nobody for anything."""
    row = session.get(ReviewReminder, account_id, populate_existing=True)
    if row:
        row.mailed_on, row.unheeded = row.told_on, row.unheeded + 1
