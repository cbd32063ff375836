"""When a spotter may go up a level, must step down, or has to stop and talk first. Pure.

The rules propose or protect; they never withdraw anybody's accreditation: that is a coordinator's decision. They look at
the latest judgements only, so that nobody is held to what they did as a beginner, or lives off it. How honest, careless
and malicious spotters fare under them is tried in `benchmarks/skill.py`.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from server.core.words import Level
from server.people.skill.posterior import COUNTS, Judgement, Outcome, Skill, skill

LATEST = 60  # judgements that count for a level
GOOD = 0.7  # the share of right judgements that trust asks for
SURE = 0.9  # and how sure of it we must be, either way
UP_AFTER = 20  # judgements before anybody goes up
STOP_AFTER = 10  # judgements before anybody is stopped or steps down
LEAD_GOOD, LEAD_AFTER = 0.85, 60  # leads answer others' questions
OF_LANES = frozenset((Outcome.GOLD_RIGHT, Outcome.GOLD_WRONG, Outcome.CANNOT_TELL))


class Move(StrEnum):
    """What the rules say of one person today."""

    UP = "up"  # a coordinator is asked to confirm
    STAY = "stay"
    DOWN = "down"  # back to probation, at once: every report is looked at again
    STOP = "stop"  # on probation, and more often wrong than the programme can bear: a coordinator is asked to talk


def move(level: Level, judgements: Sequence[Judgement]) -> Move:
    """What follows from somebody's judgements (oldest first) at their present level."""
    latest = judgements[-LATEST:]
    now, up = skill(latest), Move.UP if reported(latest) else Move.STAY
    poor = now.judged >= STOP_AFTER and _sure(1 - now.above(GOOD))
    if level is Level.PROBATION:
        if poor:
            return Move.STOP
        return up if now.judged >= UP_AFTER and _sure(now.above(GOOD)) else Move.STAY
    if poor:
        return Move.DOWN
    if level is Level.TRUSTED and now.judged >= LEAD_AFTER and _sure(now.above(LEAD_GOOD)):
        return up
    return Move.STAY


def reported(judgements: Iterable[Judgement]) -> bool:
    """Whether a report is among them, whose outcome counts: answers in the practice lanes alone raise no level."""
    return any(judgement.outcome not in OF_LANES and COUNTS[judgement.outcome] for judgement in judgements)


def _sure(probability: float) -> bool:
    return probability >= SURE


def counted(judgements: Iterable[tuple[Judgement, datetime]], stepped_down_at: datetime | None) -> list[Judgement]:
    """The judgements that count for a level. Those before the last step down do not: who climbs again begins afresh."""
    return [
        judgement
        for judgement, at in judgements
        if COUNTS[judgement.outcome] and (stepped_down_at is None or at > stepped_down_at)
    ]


def still_to_judge(now: Skill) -> int:
    """How many more judgements somebody on probation needs at least before going up; 0 when it is not their number."""
    return max(UP_AFTER - now.judged, 0)
