"""The rules of checks: when one is due, who may look, and what the looks of several come to. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from server.core import outcome
from server.core.sentences import sentence
from server.core.words import TRUSTED, Answer, CheckWhy, Level, Refused, Seen
from server.ledger.monitoring import reading
from server.ledger.monitoring.reading import PageKind

AFTER_ANSWER = timedelta(days=1)  # a platform's own caches need a while to forget a listing
INDEPENDENT = 2  # so many say the same, or one coordinator
APART = timedelta(hours=6)  # between two looks of which the server's is one: the same outage would fool both
MOST_LOOKS = 3  # of the server, at one check
RELISTED_AFTER = (timedelta(days=7), timedelta(days=30))  # what was found gone is looked for again, so often at most
LAPSES = timedelta(days=30)  # of a check for that, where nobody has looked: a favour does not pile up
OFFERED = 3  # at most so many at a time: a favour, not a second queue
PAUSE = 10.0  # seconds between two fetches from one platform, or as long as its robots.txt asks
LONGEST_PAUSE = 3600.0


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody saw; `account_id` None: the server."""

    account_id: str | None
    coordinator: bool
    seen: Seen
    at: datetime


def due_after(answer: Answer | None, at: datetime) -> tuple[CheckWhy, datetime] | None:
    """Which check `answer` calls for, given at `at`, and from when on; `None` as answer: none came in time.

    None: nothing to look at, for the listing is kept, hidden in part, or still talked about.
    """
    if answer is None:
        return CheckWhy.UNANSWERED, at
    return (CheckWhy.ANSWERED, at + AFTER_ANSWER) if answer in outcome.SAYS_GONE else None


def look_for_relisting(gone_at: datetime, at: datetime) -> datetime | None:
    """When a listing that was found gone at `gone_at` is looked for next, after `at`; None: no more."""
    return next((gone_at + days for days in RELISTED_AFTER if gone_at + days > at), None)


def times_to_look(gone_at: datetime, at: datetime) -> int:
    """How often a listing that was found gone at `gone_at` was to be looked for until `at`."""
    return sum(gone_at + days <= at for days in RELISTED_AFTER)


def may_look(level: Level | None, reported_it: bool) -> bool:
    """Whether somebody accredited at `level` (None: not accredited) is asked to look at a listing.

    Never who reported it: nobody judges the outcome of their own report, and to be asked tells how it stands.
    """
    return level in TRUSTED and not reported_it


def may_answer(level: Level | None, reported_it: bool, *, due: bool, still_open: bool, looked_already: bool) -> None:
    """Whether somebody may say what they saw. Raises Refused: not-found for who would not be asked, gone when others
    have settled it meanwhile. Who looked already may say the same again.
    """
    if not may_look(level, reported_it) or not due:
        raise Refused("not-found", sentence("There is no such check."))
    if not still_open and not looked_already:
        raise Refused("gone", sentence("Others have settled this check in the meantime. Thank you for looking."))


def verdict(looks: Iterable[Look]) -> Seen | None:
    """What is established by `looks`, newest first: gone or present, or None while too little was seen.

    A coordinator's latest look settles it alone. Else two say the same, and are more than those who say the opposite:
    two people, or a person and the server, or the server twice. Gone, where the server is one of the two, needs `APART`
    between them, and nobody saw it there in between; there, a person has to have seen. "Cannot tell" never counts, nor does
    "gone" before the other, server or people, saw it there: it has been put up again, or was never away.
    """
    people: dict[str, Look] = {}
    own: list[Look] = []  # the server's, newest first
    for look in looks:
        if look.seen is Seen.CANNOT_TELL:
            continue
        if look.coordinator:
            return look.seen
        if look.account_id is None:
            own.append(look)
        else:
            people.setdefault(look.account_id, look)
    present = [look for look in people.values() if look.seen is Seen.PRESENT]
    there = len(present) + bool(own and own[0].seen is Seen.PRESENT)
    server_saw = [look.at for look in own if look.seen is Seen.PRESENT]
    gone = [look for look in people.values() if look.seen is Seen.GONE and not _before_any(look, server_saw)]
    people_saw = [look.at for look in present]
    since = list(takewhile(lambda look: look.seen is Seen.GONE and not _before_any(look, people_saw), own))
    moments = sorted(look.at for look in (*since, *gone))
    apart = bool(since) and moments[-1] - moments[0] >= APART
    voices = len(gone) + (INDEPENDENT if _apart(since) else bool(since))
    if voices > there and (len(gone) >= INDEPENDENT or apart):
        return Seen.GONE
    return Seen.PRESENT if there >= INDEPENDENT and there > voices else None


def _before_any(look: Look, moments: list[datetime]) -> bool:
    return any(look.at < at for at in moments)


def _apart(looks: list[Look]) -> bool:
    return bool(looks) and looks[0].at - looks[-1].at >= APART


def looks_again(looks: Iterable[Look], kind: PageKind) -> bool:
    """Whether the server looks once more at an open check, `APART` after a look that brought a page of this kind."""
    may_pass = kind is PageKind.TROUBLE or reading.seen(kind) is Seen.GONE
    return may_pass and sum(look.account_id is None for look in looks) < MOST_LOOKS
