"""Who is mailed about what in a spotter's life. Pure.

A mail that asks for something goes to those who can do it and want to be asked; a mail that tells of a decision goes to the
person it is about, whatever it was. An account that is closed, frozen or erased gets none. Who pauses is asked nothing; that
their accreditation is about to end they still hear, a week before and when it has come: nothing lapses silently.
"""

from dataclasses import dataclass
from enum import StrEnum

from server.core.words import Standing
from server.people.accreditation.occasions import NEAR, Occasion
from server.people.rounds.weeks import Reminder

ASKING = frozenset({Reminder.START, Reminder.WEEK, Reminder.END, Reminder.OPENED})
OPTIONAL = ASKING | {Reminder.RESULTS}  # of rounds: who turns reminders off gets none of them
WAITS = frozenset({Occasion.LAPSE_60, Occasion.LAPSE_30, Occasion.CHANGED, Occasion.ASKED})  # for the end of a pause
STOPPED = frozenset({Standing.SUSPENDED, Standing.WITHDRAWN})


class ByRequest(StrEnum):
    """A mail that somebody asked for themselves."""

    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Addressee:
    """What counts of a spotter. `open`: the account is in use; `reminders`: rounds may write to them; `paused`: today."""

    standing: Standing
    open: bool = True
    reminders: bool = True
    paused: bool = False


def concerns(mail: Occasion | Reminder | ByRequest, spotter: Addressee) -> bool:
    """Whether somebody is sent such a mail."""
    if not spotter.open:
        return False
    if mail is ByRequest.REVIEW:
        return not spotter.paused and spotter.standing not in STOPPED
    if mail in ASKING:
        return spotter.reminders and not spotter.paused and spotter.standing is Standing.ACTIVE
    if mail is Reminder.RESULTS:
        return spotter.reminders and spotter.standing not in STOPPED
    if mail is Reminder.ADMITTED:
        return spotter.standing is Standing.ACTIVE
    if isinstance(mail, Reminder):  # a round was cancelled or reopened, or somebody leads a team
        return spotter.standing not in STOPPED
    if spotter.paused and mail in WAITS:
        return False
    if mail in NEAR or mail in (Occasion.CHANGED, Occasion.ASKED):
        return spotter.standing is Standing.ACTIVE
    return mail is not Occasion.LAPSED or spotter.standing is Standing.LAPSED
