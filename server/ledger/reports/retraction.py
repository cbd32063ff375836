"""Why and when a spotter withdraws a report, or says that it was wrong after something was decided on it. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from server.core.sentences import sentence
from server.core.words import Status


class RetractReason(StrEnum):
    """Why a spotter withdraws a report, or says that it was wrong."""

    WRONG_AD = "wrong_ad"
    MISTAKE = "mistake"
    OTHER = "other"  # in their own words


PICKS: Mapping[RetractReason, str] = {
    RetractReason.WRONG_AD: sentence("It is about the wrong ad"),
    RetractReason.MISTAKE: sentence("It was a mistake: this is not suspicious"),
    RetractReason.OTHER: sentence("Something else"),
}
ENDED: Mapping[Status, str] = {
    Status.DISMISSED: sentence("This report is closed: no notice was sent. There is nothing to withdraw."),
    Status.RETRACTED: sentence("You have withdrawn this report already."),
}
UNREAD = sentence("A coordinator has not read your last message yet.")


def may_change(status: Status, noticed: bool, held: bool) -> bool:
    """Whether a report can be withdrawn or amended: nothing is decided on it.

    `noticed`: it stands behind a notice. `held`: its spotter was told that a coordinator keeps it. A report that a coordinator
    has not seen can always be.
    """
    if status is Status.RECEIVED:
        return True
    return status in (Status.IN_REVIEW, Status.NEEDS_INFO) and not noticed and not held
