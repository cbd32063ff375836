"""What is worth asking again, and when: Leitner's boxes. Pure.

The rule, as the practice page tells it: what you get right at first sight is not asked again. What you get wrong goes into
box 1; every right answer moves it one box on, every wrong one back to box 1. The boxes wait ten minutes, one day, three days,
a week and three weeks. After a right answer in the last box it is learnt. "I cannot tell" is never wrong: it leaves a
question where it is, and one that was never answered is asked again in ten minutes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

PAUSES = (timedelta(minutes=10), timedelta(days=1), timedelta(days=3), timedelta(days=7), timedelta(days=21))
LEARNT = len(PAUSES) + 1

Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer to one question; `right` is None for "I cannot tell"."""

    right: bool | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Card:
    """Where a question stands for one person: in no box yet (0), in box 1 to 5, or learnt; and when it is due."""

    box: int = 0
    due_at: datetime | None = None


def card(history: Sequence[Answered]) -> Card:
    """Where a question stands after its answers, oldest first."""
    box = 0
    for answer in history:
        if answer.right is False or (answer.right is None and box == 0):
            box = 1
        elif answer.right:
            box = LEARNT if box == 0 else min(box + 1, LEARNT)
    if not history or box == LEARNT:
        return Card(box)
    return Card(box, history[-1].at + PAUSES[box - 1])


def next_up(cards: Mapping[Name, Card], at: datetime) -> Name | None:
    """What to ask at `at`: what has been due longest, then what was never asked, in the order given; None: nothing is due."""
    due = [(card.due_at, at_place) for at_place, card in enumerate(cards.values()) if card.due_at and card.due_at <= at]
    names = list(cards)
    if due:
        return names[min(due)[1]]
    return next((name for name, card in cards.items() if card.box == 0), None)


def next_due(cards: Mapping[Name, Card]) -> datetime | None:
    """When the next question is due, or None when nothing waits in a box."""
    return min((card.due_at for card in cards.values() if card.due_at), default=None)
