"""The rules of checks: when one is due, who may look, and what the looks of several come to. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.core import outcome
from server.core.sentences import sentence
from server.core.words import TRUSTED, Answer, CheckWhy, Level, Refused, Seen

AFTER_ANSWER = timedelta(days=1)  # a platform's own caches need a while to forget a listing
INDEPENDENT = 2  # so many say the same, or one coordinator
OFFERED = 3  # at most so many at a time: a favour, not a second queue
GONE_STATUS = frozenset({404, 410})  # RFC 9110, 15.5.5 and 15.5.11
PAUSE = 10.0  # seconds between two fetches from one platform, or as long as its robots.txt asks
LONGEST_PAUSE = 3600.0


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody saw; `account_id` None: the server."""

    account_id: str | None
    coordinator: bool
    seen: Seen


def due_after(answer: Answer | None, at: datetime) -> tuple[CheckWhy, datetime] | None:
    """Which check `answer` calls for, given at `at`, and from when on; `None` as answer: none came in time.

    None: nothing to look at, for the listing is kept, hidden in part, or still talked about.
    """
    if answer is None:
        return CheckWhy.UNANSWERED, at
    return (CheckWhy.ANSWERED, at + AFTER_ANSWER) if answer in outcome.SAYS_GONE else None


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

    A coordinator's latest look settles it alone. Else two independent lookers say the same and are more than those who
    say the opposite; the server counts as one of them, however often it looked. "Cannot tell" never counts.
    """
    voices: dict[str | None, Seen] = {}
    for look in looks:
        if look.seen is Seen.CANNOT_TELL:
            continue
        if look.coordinator:
            return look.seen
        voices.setdefault(look.account_id, look.seen)
    counted = {seen: list(voices.values()).count(seen) for seen in (Seen.GONE, Seen.PRESENT)}
    most = max(counted, key=lambda seen: counted[seen])
    ahead = counted[most] > sum(counted.values()) - counted[most]
    return most if counted[most] >= INDEPENDENT and ahead else None


def read_reply(status: int, body: str, removed: Sequence[str]) -> Seen:
    """What a platform's reply to the server says. `removed`: the sentences its pages show for a listing that is gone.

    Only its absence is ever read from a page: that the listing is there, a person sees.
    """
    if status in GONE_STATUS:
        return Seen.GONE
    page = " ".join(body.split()).casefold()
    shown = status == 200 and any(" ".join(text.split()).casefold() in page for text in removed)
    return Seen.GONE if shown else Seen.CANNOT_TELL
