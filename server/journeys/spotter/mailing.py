"""Who is mailed about what in a spotter's life. Pure.

A mail that asks for something goes to those who can do it and want to be asked; a mail that tells of a decision goes to the
person it is about, whatever it was. An account that is closed, frozen or erased gets none.
"""

from dataclasses import dataclass

from server.core.words import Standing
from server.people.accreditation.occasions import NEAR, Occasion
from server.people.rounds.weeks import Reminder

ASKING = frozenset({Reminder.START, Reminder.WEEK, Reminder.END, Reminder.OPENED})
STOPPED = frozenset({Standing.SUSPENDED, Standing.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Addressee:
    """What counts of a spotter. `open`: the account is in use; `reminders`: rounds may write to them."""

    standing: Standing
    open: bool = True
    reminders: bool = True


def concerns(mail: Occasion | Reminder, spotter: Addressee) -> bool:
    """Whether somebody is sent such a mail."""
    if not spotter.open:
        return False
    if mail in ASKING:
        return spotter.reminders and spotter.standing is Standing.ACTIVE
    if mail is Reminder.RESULTS:
        return spotter.reminders and spotter.standing not in STOPPED
    if isinstance(mail, Reminder):  # a round was cancelled, or somebody leads a team
        return spotter.standing not in STOPPED
    if mail in NEAR or mail is Occasion.CHANGED:
        return spotter.standing is Standing.ACTIVE
    return mail is not Occasion.LAPSED or spotter.standing is Standing.LAPSED
