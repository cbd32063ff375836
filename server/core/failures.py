"""How a piece of work reports that it failed, and why: a code that is kept, beside what the other side said.

Worded where it is shown (`pages/operations`); the original message is under "Details".
"""

import logging
from enum import StrEnum

from sqlalchemy.exc import DBAPIError


class WorkFailure(StrEnum):
    """Why the last attempt failed. Those of a delivery have the same words as its own (`ledger/delivery/channel`)."""

    # The other side
    UNREACHABLE = "unreachable"  # nothing answers
    RESTS = "rests"  # nothing answered a moment ago, or slowly, so it is not tried for a while
    REFUSED_FOR_NOW = "refused_for_now"  # the mail server takes it later
    ADDRESS_REFUSED = "address_refused"  # it takes nothing for this address
    REFUSED = "refused"  # it does not take this mail
    ANSWERED = "answered"  # a webhook, with another status than 2xx
    CLOSED = "closed"  # a webhook, with 410
    FORBIDDEN = "forbidden"  # an address that nothing is sent to
    TOO_LARGE = "too_large"
    NO_SECRET = "no_secret"  # noqa: S105  nothing is sent unsigned
    # Ours
    MAIL_AWAY = "mail_away"  # our own mail server takes nothing
    STORE_AWAY = "store_away"  # the vault takes or gives nothing now
    WORKER_STOPPED = "worker_stopped"  # the worker died at it, again and again
    UNEXPECTED = "unexpected"  # a fault of the program
    OTHER = "other"  # for the reason in the details; all that failed before there were codes


class Retry(Exception):
    """It failed for now: try again in `after` seconds, or after the growing pause. `counts`: whether this was an attempt."""

    failure: WorkFailure | None = None  # None: nothing failed, its turn has not come

    def __init__(
        self, reason: str, after: float | None = None, counts: bool = True, failure: WorkFailure | None = None
    ) -> None:
        super().__init__(reason)
        self.after, self.counts, self.failure = after, counts, failure or self.failure


class PermanentFailure(Exception):
    """It cannot succeed however often it is tried: dead-letter it at once."""

    failure = WorkFailure.OTHER

    def __init__(self, reason: str, failure: WorkFailure | None = None) -> None:
        super().__init__(reason)
        self.failure = failure or self.failure


def log_problem(log: logging.Logger, problem: Exception, message: str, *arguments: object) -> None:
    """One line for an unavailable database; anything unexpected is logged with its traceback."""
    if isinstance(problem, DBAPIError):
        log.error(f"{message}: %s", *arguments, first_line(problem))
    else:
        log.exception(message, *arguments)


def first_line(problem: DBAPIError) -> str:
    """What the database reports, without the lines of details below, in which PostgreSQL shows the whole row."""
    return (str(problem.orig).strip() or type(problem).__name__).splitlines()[0]
