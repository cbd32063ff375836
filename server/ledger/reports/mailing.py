"""When an email about a report is sent: it depends on what its spotter has chosen, what is said, and what was said before.

A rule of the house, pure: values in, words out. A question waits for an answer, so it comes at once whatever was chosen
(docs/decisions/0014). Whatever a company or a coordinator does, one person's mails are bounded: one for an outcome of a
case, however many reports of it are theirs; one an hour about a case whose answers change back and forth; and `A_DAY` in
all. The rest is told together the next day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from server.core import wording
from server.core.sentences import Localized, counted
from server.core.words import MailFrequency, Status

# What a report can come to; anything else is a step on the way, even "no answer yet".
OUTCOMES = (Status.REMOVED, Status.RESTRICTED, Status.KEPT, Status.DISMISSED)


class When(Enum):
    """When feedback is sent by mail."""

    NOW = "now"
    DAY = "day"  # with others, the next day
    WEEK = "week"  # with the next weekly mail
    NEVER = "never"  # it stands on the report's page


A_DAY = 20  # mails about reports to one person in 24 hours
PAUSE = timedelta(hours=1)  # between two mails about one case


@dataclass(frozen=True, slots=True)
class MailHistory:
    """What this person was told by mail before.

    `same`: the same of another report on the same case, or of this one, and nothing else was said since, by mail or not.
    `back_at`: where the case was told to have this status before, when the last mail of its own about the case was taken
    up. `day`: how many such mails about any report in the last 24 hours.
    """

    same: bool = False
    back_at: datetime | None = None
    day: int = 0


def when(choice: MailFrequency, status: Status, before: Status | None, told: MailHistory, now: datetime) -> When:
    """When one piece of feedback is emailed. `before`: the status that the spotter was told just before, or None.

    An outcome said twice in a row (a company gives its reason later) is one outcome.
    """
    question = status == Status.NEEDS_INFO
    if choice == MailFrequency.WEEK and not question:
        return When.WEEK
    if told.same or (choice == MailFrequency.NEVER and not question):
        return When.NEVER
    if choice == MailFrequency.OUTCOME and not question and (status not in OUTCOMES or status == before):
        return When.NEVER
    flaps = not question and told.back_at is not None and now - told.back_at < PAUSE
    return When.DAY if flaps or told.day >= A_DAY else When.NOW


def still_to_tell(said: Status, now: Status) -> bool:
    """Whether what was said with a status is still worth an email, now that the report has this one: nothing is once its
    spotter has withdrawn it, nor is a question that is answered or closed.
    """
    return now is not Status.RETRACTED and (said is not Status.NEEDS_INFO or now is Status.NEEDS_INFO)


def due_on(when: When, day: date) -> date:
    """The day on which a mail is sent that gathers what is said on `day`."""
    return monday_after(day) if when is When.WEEK else day + timedelta(days=1)


def monday_after(day: date) -> date:
    """The day on which a weekly mail is sent that is begun on `day`: the next Monday (UTC), never the same day."""
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
        counted("%(number)s not forwarded", "%(number)s not forwarded", dismissed),
        counted("%(number)s on the way", "%(number)s on the way", on_way),
    ]
    return wording.series([part for part in parts if part.number])
