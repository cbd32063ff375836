"""What a spotter is mailed about their accreditation, and when its end is near. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from server.core.words import Standing
from server.people.accreditation.standings import Accreditation


class Occasion(StrEnum):
    """What a mail about an accreditation tells of."""

    ACCREDITED = "accredited"
    RENEWED = "renewed"
    LEVEL = "level"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    WITHDRAWN = "withdrawn"
    APPEAL_RECEIVED = "appeal_received"
    APPEAL_GRANTED = "appeal_granted"
    APPEAL_DISMISSED = "appeal_dismissed"
    EXAM_REOPENED = "exam_reopened"
    ASKED = "asked"  # of a lead: their team asks them something
    ANSWERED = "answered"  # of a spotter: what they asked their lead
    CHANGED = "changed"  # a module or the agreement: to be gone through again
    LAPSE_60 = "lapse_60"
    LAPSE_30 = "lapse_30"
    LAPSE_7 = "lapse_7"
    LAPSED = "lapsed"


NEAR = {Occasion.LAPSE_7: 7, Occasion.LAPSE_30: 30, Occasion.LAPSE_60: 60}  # days before the end; the soonest first
# Named by a day or a state, not by somebody's decision: what did not leave may be due again.
DUE_AGAIN = frozenset({*NEAR, Occasion.LAPSED, Occasion.CHANGED, Occasion.ASKED})
TOLD_AFTER = timedelta(days=14)  # after the end: who lapsed before that is not written to when mails come back


def of_decision(before: Accreditation | None, after: Accreditation) -> Occasion:
    """What a new decision about somebody is, after what counted `before` it."""
    if after.standing is Standing.SUSPENDED:
        return Occasion.SUSPENDED
    if after.standing is Standing.WITHDRAWN:
        return Occasion.WITHDRAWN
    if before is None or before.standing is Standing.WITHDRAWN:
        return Occasion.ACCREDITED
    if before.standing is Standing.SUSPENDED:
        return Occasion.REINSTATED
    return Occasion.RENEWED if after.expires_at > before.expires_at else Occasion.LEVEL


def of_end(last: Accreditation, at: datetime) -> tuple[Occasion, str] | None:
    """What is due at `at` about the end of an accreditation, and the day by which that end is known; None most days.

    Of several the soonest alone: who hears of it late hears of it once. That what was given back has lapsed, the mail about
    that decision tells.
    """
    if last.standing is not Standing.ACTIVE or at >= last.expires_at + TOLD_AFTER or last.at >= last.expires_at:
        return None
    day = f"{last.expires_at:%Y-%m-%d}"
    if at >= last.expires_at:
        return Occasion.LAPSED, day
    for occasion, days in NEAR.items():
        if last.expires_at - at <= timedelta(days=days):
            return occasion, day
    return None


def of_change(name: str, content_hash: str) -> str:
    """By what a change of a module or of the agreement is known: one mail a person for each state of it."""
    return f"{name[:40]}.{content_hash[:20]}"
