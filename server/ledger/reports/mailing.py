"""Which mail about a report goes when: by what its spotter has chosen, what is said, and what was said before.

A rule of the house, pure: values in, words out. A question waits for an answer, so it comes at once whatever was chosen
(docs/decisions/0014).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum

from server.core import wording
from server.core.words import Localized, Mails, Status, counted

# What a report can come to; anything else is a step on the way, even "no answer yet".
OUTCOMES = (Status.REMOVED, Status.RESTRICTED, Status.KEPT, Status.DISMISSED)


class When(Enum):
    """When something said leaves by mail."""

    NOW = "now"
    WEEK = "week"  # with the next weekly mail
    NEVER = "never"  # it stands on the report's page


def when(choice: Mails, status: Status, before: Status | None) -> When:
    """What becomes of one thing said. `before`: what the report was said to be just before, or None.

    An outcome said twice in a row (a company gives its reason later) is one outcome.
    """
    if status == Status.NEEDS_INFO or choice == Mails.STEP:
        return When.NOW
    if choice == Mails.WEEK:
        return When.WEEK
    return When.NOW if status in OUTCOMES and status != before else When.NEVER


def monday_after(day: date) -> date:
    """The day a weekly mail leaves that is begun on `day`: the next Monday (UTC), never the same day."""
    return day + timedelta(days=7 - day.weekday())


def moved(counts: Mapping[Status, int], gone_before: int = 0) -> Localized:
    """How many reports came to what, in words that fit a mail's subject: `2 removed, 1 kept online, 3 on the way`.

    `gone_before`: how many with the status "removed" were gone before anybody acted; they are no removals.
    """
    removed = counts.get(Status.REMOVED, 0) - gone_before
    restricted, kept = counts.get(Status.RESTRICTED, 0), counts.get(Status.KEPT, 0)
    dismissed = counts.get(Status.DISMISSED, 0)
    on_way = sum(number for status, number in counts.items() if status not in OUTCOMES)
    parts = [
        counted("%(number)s removed", "%(number)s removed", removed),
        counted("%(number)s already gone", "%(number)s already gone", gone_before),
        counted("%(number)s restricted", "%(number)s restricted", restricted),
        counted("%(number)s kept online", "%(number)s kept online", kept),
        counted("%(number)s not sent on", "%(number)s not sent on", dismissed),
        counted("%(number)s on the way", "%(number)s on the way", on_way),
    ]
    return wording.series([part for part in parts if part.number])
