"""When a question is asked again: Leitner's boxes, by days. Pure.

Sebastian Leitner, "So lernt man lernen" (1972): a right answer moves a card one box on, a wrong one back to the first, and each
box waits longer than the one before. The first wait is a day and each of the next is two to three times as long, as in SuperMemo's SM-2 (P. A. Wozniak,
1990: a day, six days, then about two and a half times the last). Three things are ours to judge:

* A guess that was right, and "I cannot tell", leave a card in its box: it comes back sooner than one that was known.
* What was known at first sight begins in the second box. Nothing is ever learnt for good: the last box goes on asking.
* The time since the last answer counts. Right before its day proves little and changes nothing; what was known after a longer
  wait than its box asked for goes to the first box that waits longer still.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

WAITS = (1, 3, 7, 21, 60, 120)  # days, by box
LAST = len(WAITS)

Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Card:
    """Where a question stands for one person: its box, 1 to `LAST`; the day it was last asked, and the day it is due."""

    box: int
    asked_on: date
    due_on: date


def after(card: Card | None, right: bool | None, day: date, *, guessed: bool = False) -> Card:
    """The card after an answer on `day`. card: None until the first; right: None for "I cannot tell"."""
    if right is False:
        return _in_box(1, day)
    known = right is True and not guessed
    if card is None:
        return _in_box(2 if known else 1, day)
    if day < card.due_on:
        return card
    if not known:
        return _in_box(card.box, day)
    waited = (day - card.asked_on).days
    longer = next((box for box, wait in enumerate(WAITS, 1) if wait > waited), LAST)
    return _in_box(min(max(card.box + 1, longer), LAST), day)


def _in_box(box: int, day: date) -> Card:
    return Card(box, day, day + timedelta(days=WAITS[box - 1]))


def due(cards: Iterable[tuple[Name, Card | None]], day: date) -> list[Name]:
    """What is to be asked on `day`: what has been due longest, then what was never asked; else in the order given."""
    asked, new = [], []
    for name, card in cards:
        if card is None:
            new.append(name)
        elif card.due_on <= day:
            asked.append((card.due_on, name))
    return [name for _, name in sorted(asked, key=lambda pair: pair[0])] + new


def next_day(cards: Iterable[Card | None], day: date) -> date | None:
    """The first day after `day` on which something is due; None: nothing waits."""
    return min((card.due_on for card in cards if card and card.due_on > day), default=None)
