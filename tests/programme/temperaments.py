"""What kinds of volunteers a programme has, and how many of each. Drawn by a seed, so that a run can be had again."""

import random
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Temperament:
    """How somebody goes about it. Days are counted from the day on which they got their account.

    opens: whether they ever use the invitation; reads: lessons a day on which they study; studies: the share of days;
    stops_at: how many lessons they read before a long rest of `rests` days; fails: how many exams they fail first.
    reports: a week of a round; good: the share that is worth a notice; answers: whether they reply to a question.
    pauses, leaves, freezes, is_closed, offends: on which day, None for never; returns: days until they come back.
    appeals: whether they do when they are stopped; renews: whether they sit exams again.
    """

    name: str
    weight: int
    opens: bool = True
    reads: int = 2
    studies: float = 0.8
    stops_at: int = 1000
    rests: int = 25
    fails: int = 0
    reports: float = 1.0
    good: float = 0.85
    answers: bool = True
    pauses: int | None = None
    leaves: int | None = None
    freezes: int | None = None
    is_closed: int | None = None
    offends: int | None = None
    returns: int | None = None
    appeals: bool = False
    renews: bool = True
    reminders: bool = True


KINDS = (
    Temperament("diligent", 26),
    Temperament("expert", 10, reads=6, reports=4.0, good=0.97),
    Temperament("careless", 8, reports=3.0, good=0.15),
    Temperament("silent", 4, answers=False),
    Temperament("slow", 8, reads=1, studies=0.3),
    Temperament("stops half-way", 6, stops_at=2),
    Temperament("reads nothing", 6, reads=0),
    Temperament("never opens", 5, opens=False),
    Temperament("fails", 6, fails=5),
    Temperament("pauses", 5, pauses=18),
    Temperament("leaves", 4, leaves=22),
    Temperament("leaves and returns", 3, leaves=20, returns=8),
    Temperament("is suspended", 3, reads=6, offends=16),
    Temperament("is suspended and appeals", 4, reads=6, offends=15, appeals=True),
    Temperament("is threatened", 2, freezes=22),
    Temperament("is closed", 2, is_closed=24),
    Temperament("lapses", 4, renews=False),
    Temperament("wants no reminders", 3, reminders=False),
)


def drawn(number: int, chance: random.Random) -> Iterator[Temperament]:
    """So many volunteers: each kind once while there is room, then by weight."""
    first = list(KINDS)
    chance.shuffle(first)
    yield from first[:number]
    yield from chance.choices(KINDS, [kind.weight for kind in KINDS], k=max(0, number - len(first)))
