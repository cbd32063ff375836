"""What somebody is asked again today: the questions of what they read, across courses, exams, rounds and learning.

Questions come from the practice banks alone. Where a module's exam draws from its practice bank too, the review asks what its
lessons or practice have asked before: it is never the first to show the answer to a question that an exam may still ask.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.people.courses import catalogue
from server.people.exams import store as exams
from server.people.rounds import store as rounds
from server.people.rounds.models import Membership, Round
from server.people.training import spacing
from server.people.training import store as training
from server.people.training.spacing import Card
from server.reads import progress

SITTING = 12  # questions at one go: about five minutes


@dataclass(frozen=True, slots=True)
class Review:
    """`due`: (module, question) in the order to ask; `next_day`: on which more comes; `exam`: some wait for the end of an exam.

    `has_read`: whether a lesson was read at all.
    """

    due: tuple[tuple[str, str], ...]
    next_day: date | None
    has_read: bool
    exam: bool


def today(session: Session, account_id: str, at: datetime) -> date:
    """Which day it is for this person: that of the round they take part in, else the UTC day."""
    round_ = rounds.mine(session, account_id, at)
    return round_.span.day_at(at) if round_ else at.date()


def days(session: Session, at: datetime) -> dict[str, date]:
    """Which day it is for everybody who takes part in a round that runs; for all others it is the UTC day."""
    taking_part = select(Membership.account_id, Round).join(Round, Round.id == Membership.round_id)
    here = (Membership.left_at.is_(None), Membership.admitted_at.is_not(None))
    rows = session.execute(taking_part.where(*here, Round.id.in_(rounds.running(session, at))))
    return {account_id: round_.span.day_at(at) for account_id, round_ in rows}


def of(session: Session, account_id: str, at: datetime) -> Review:
    """What is due for this person at `at`, what has been due longest first, then what was never asked, by module."""
    read, cards = training.lessons_read(session, account_id), training.cards(session, account_id)
    open_ = exams.open_modules(session, account_id)
    day = today(session, account_id, at)
    asked = list(_asked(read, cards, progress.topics_left_out(session, account_id)))
    free = [(name, card) for name, card in asked if name[0] not in open_]
    return Review(
        due=tuple(spacing.due(free, day)),
        next_day=spacing.next_day((card for _, card in free), day),
        has_read=bool(read),
        exam=any(card is None or card.due_on <= day for name, card in asked if name[0] in open_),
    )


def _asked(
    read: dict[str, set[str]], cards: dict[tuple[str, str], Card], avoids: Iterable[str]
) -> Iterable[tuple[tuple[str, str], Card | None]]:
    """Every question of the review with its card, by module and place in the bank; without what somebody leaves out."""
    left_out = set(avoids)
    for slug, module in catalogue.modules().items():
        for question in module.questions:
            if question.lesson not in read.get(slug, ()) or not module.spares(question.lesson, left_out):
                continue
            card = cards.get((slug, question.name))
            if card or module.exam_questions:
                yield (slug, question.name), card
