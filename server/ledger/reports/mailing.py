"""Which mail about a report goes when: by what its spotter has chosen, what is said, and what was said before.

A rule of the house, pure: values in, words out. A question waits for an answer, so it comes at once whatever was chosen
(docs/decisions/0014).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum

from server.core import wording
from server.core.words import Answer, Mails, Status

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


def moved(counts: Mapping[Status, int], gone_before: int = 0) -> str:
    """How many reports came to what, in words that fit a mail's subject: `2 removed, 1 kept online, 3 on the way`.

    `gone_before`: how many with the status "removed" were gone before anybody acted; they are no removals.
    """
    ended = [(counts.get(status, 0), wording.STATUS[status].word.lower()) for status in OUTCOMES]
    removed, word = ended[0]
    ended[:1] = [(removed - gone_before, word), (gone_before, wording.ANSWER[Answer.ALREADY_GONE].word.lower())]
    on_way = (sum(number for status, number in counts.items() if status not in OUTCOMES), "on the way")
    return ", ".join(f"{number:,} {word}" for number, word in (*ended, on_way) if number)
