"""What every channel says of itself, and the plain message that it carries. One file a channel: `mail.py`, `webhook.py` ..."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from server.core import work
from server.core.failures import WorkFailure
from server.core.words import Channel


class Departure(StrEnum):
    """How a message is sent, and with it what counts as delivered."""

    SENT = "sent"  # the worker sends it; delivered when the other side has accepted it
    FETCHED = "fetched"  # it waits in the company's inbox; delivered as soon as it is there
    BY_HAND = "by_hand"  # a coordinator carries it over; delivered when they say so


@dataclass(frozen=True)
class PlainMessage:
    """A message ready to leave. The journey has worded and serialised it: no channel asks what it is about."""

    stable_id: str  # <id@host>, the same at every attempt, so that the receiver recognises a second copy
    address: str
    event: str
    subject: str  # fixed words and a reference
    text: str
    html: str
    data: Mapping[str, Any]  # what a program gets, as JSON
    attachments: tuple[tuple[str, str, bytes], ...] = ()  # file name, media type, content
    headers: Mapping[str, str] = field(default_factory=dict)
    in_reply_to: str | None = None  # the stable_id of the message that began the thread
    secrets: tuple[str, ...] = ()  # each signs what a program gets
    returning: tuple[str, int] | None = None  # its id and the attempt, for what comes back of it to name them


@dataclass(frozen=True)
class Retries:
    """When a message that could not be sent is tried again."""

    pauses: tuple[float, ...] = tuple(min(10 * 2**n, 6 * 3600) for n in range(19))  # seconds; in all about two days
    jitter: float = 0  # the share of a pause by which it may be longer, so that not all of them come back at once

    @property
    def attempts(self) -> int:
        """How many attempts are made in all."""
        return len(self.pauses) + 1

    def pause(self, attempts: int, chance: float = 0) -> float:
        """Seconds to wait after so many attempts. chance: from 0 to 1, drawn by the caller."""
        return self.pauses[min(max(attempts, 1), len(self.pauses)) - 1] * (1 + self.jitter * chance)


@dataclass(frozen=True)
class Definition:
    """What a channel is. Which fields of a SPOC it needs, its address first, stands with its word: `Channel.needs`."""

    channel: Channel
    departure: Departure
    send: Callable[[PlainMessage], None] | None = None  # of what is sent; raises as in `send` of mail.py
    largest: int | None = None  # bytes of a message; a larger one fails for good
    retries: Retries = Retries()
    server: str | None = None  # of ours, through which every address is reached: when it is away, all wait
    together: int | None = (
        None  # notices at most: what comes for a contact waits for their hour and leaves in one message
    )
    most_an_hour: int | None = None  # messages that ask one address for an answer; what is more waits

    def destination(self, address: str) -> str:
        """What does not answer when a message to `address` finds nobody."""
        return self.server or urlsplit(address).netloc

    def check_size(self, size: int) -> None:
        """Raises ForGood for a message of more bytes than this channel carries."""
        if self.largest is not None and size > self.largest:
            raise ForGood(Failure.TOO_LARGE, bytes=size, largest=self.largest)


class Failure(StrEnum):
    """Why an attempt did not deliver. Each with its parameters, and beside them what the other side answered, if it did."""

    UNREACHABLE = "unreachable"  # nothing answers there, or our own mail server takes nothing
    REFUSED_FOR_NOW = "refused_for_now"  # the mail server takes it later
    ADDRESS_REFUSED = "address_refused"  # it takes nothing for this address
    REFUSED = "refused"  # it does not take this mail
    ANSWERED = "answered"  # a webhook, with another status than 2xx: status
    CLOSED = "closed"  # a webhook, with 410
    FORBIDDEN = "forbidden"  # an address that nothing is sent to: not public, not over https
    TOO_LARGE = "too_large"  # bytes, largest
    NO_SECRET = "no_secret"  # noqa: S105  nothing is sent unsigned
    UNEXPECTED = "unexpected"  # a fault of ours: error (its kind)
    AS_WRITTEN = "as_written"  # kept as it was written, from before there were codes


MAY_HAVE_ARRIVED = "may_have_arrived"  # a parameter of an attempt that failed after the message was handed over


class NotNow(work.Retry):
    """This attempt failed; another may not. `failure`: what the worker keeps of it, where that is not `code`."""

    def __init__(
        self, code: Failure, answer: str | None = None, after: float | None = None, *, failure: WorkFailure | None = None,
        **params: Any,
    ) -> None:  # fmt: skip
        super().__init__(_line(code, answer, params), after=after)
        self.code, self.answer, self.params, self.failure = code, answer, params, failure or WorkFailure(code)


class ForGood(work.PermanentFailure):
    """It fails however often it is tried."""

    def __init__(self, code: Failure, answer: str | None = None, **params: Any) -> None:
        super().__init__(_line(code, answer, params), WorkFailure(code))
        self.code, self.answer, self.params = code, answer, params


def _line(code: Failure, answer: str | None, params: Mapping[str, Any]) -> str:
    """For operators and logs."""
    return " ".join([answer or "", code, *(f"{name}={value}" for name, value in params.items())]).strip()


class DestinationDown(NotNow):
    """The destination itself did not answer: whatever else goes there waits as well."""


class Bounced(ForGood):
    """The address does not take what we send, now or later: somebody has to find out the right one."""


class Closed(Bounced):
    """The company itself has closed this way."""
