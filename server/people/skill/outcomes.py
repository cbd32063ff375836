"""What became of a report, as far as it says something of its spotter's skill. Pure.

It is told what the spotter was told, in order, so that nothing is kept twice and a later change of mind is weighed as
`posterior.after` says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from server.core.words import Answer, DismissReason, Status
from server.people.skill.posterior import Outcome, after

INNOCENT = frozenset(
    {
        DismissReason.INNOCENT_WORD,
        DismissReason.NOT_PROTECTED,
        DismissReason.LOOK_ALIKE,
        DismissReason.NOT_OFFERED,
    }
)
_BY_STATUS = {
    Status.NOTIFIED: Outcome.NOTIFIED,
    Status.NO_ANSWER: Outcome.NOTIFIED,
    Status.RESTRICTED: Outcome.ACTED,
    Status.KEPT: Outcome.NOT_VIOLATING,
}


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A status that the spotter was told, and when."""

    status: Status
    at: datetime


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A decision to dismiss the report's case; `because` None: no reason was chosen."""

    at: datetime
    because: DismissReason | None


def of_report(
    received_at: datetime, answer: Answer | None, changes: Iterable[StatusChange], dismissals: Sequence[Dismissal]
) -> Outcome | None:
    """The outcome of a report, or None while there is none.

    `answer`: the newest of the company. `changes` and `dismissals`: oldest first.
    """
    reached: Outcome | None = None
    for change in changes:
        if change.status is Status.DISMISSED:
            latest = _dismissed_for(received_at, change.at, dismissals)
        elif change.status is Status.REMOVED:
            # Gone before the company saw it: what we know is that a coordinator agreed.
            latest = Outcome.NOTIFIED if answer is Answer.ALREADY_GONE else Outcome.ACTED
        elif change.status in _BY_STATUS:
            latest = _BY_STATUS[change.status]
        else:
            continue  # says nothing of the listing
        reached = after(reached, latest)
    return reached


def _dismissed_for(received_at: datetime, told_at: datetime, dismissals: Sequence[Dismissal]) -> Outcome:
    """By the decision it came with; a notice that we took back has none, and blames nobody."""
    reasons = [dismissal.because for dismissal in dismissals if received_at <= dismissal.at <= told_at]
    return Outcome.DISMISSED_INNOCENT if reasons and reasons[-1] in INNOCENT else Outcome.DISMISSED_OTHERWISE
