"""The life of a dispute: its states, what leads from one to the next, and what must be said with it. Pure."""

from datetime import date, timedelta
from enum import StrEnum

from server.core import folding, times
from server.core.sentences import Sentence, sentence
from server.core.words import Refused, Via

SOON = timedelta(days=30)  # before its deadline a dispute that has not been sent waits for attention
LONGEST = 5000  # characters of what we write
LONGEST_NAME = 200  # of a receipt number, and of a body's name


class DisputeState(StrEnum):
    """Where a dispute stands."""

    OPEN = "open"  # written, not sent yet
    SENT = "sent"
    UPHELD = "upheld"  # the company says that we are right
    REJECTED = "rejected"
    NO_ANSWER = "no_answer"
    SETTLEMENT = "settlement"  # before an out-of-court dispute settlement body
    CLOSED = "closed"


class DisputeOutcome(StrEnum):
    """What the company made of it. Its new answer to the notice, if there is one, is recorded as an answer."""

    UPHELD = "upheld"
    REJECTED = "rejected"
    NO_ANSWER = "no_answer"


class Ending(StrEnum):
    """Why a dispute is closed."""

    DONE = "done"  # the company has done what we asked
    FOUND_FOR = "found_for"  # by the body
    FOUND_AGAINST = "found_against"
    NOT_PURSUED = "not_pursued"
    TOO_LATE = "too_late"  # the deadline was over before it was sent


BY_BODY = (Ending.FOUND_FOR, Ending.FOUND_AGAINST)


class DisputeMove(StrEnum):
    """What a coordinator records of it."""

    SEND = "send"
    HEAR = "hear"  # the company's outcome
    SETTLE = "settle"  # taken to a dispute settlement body
    CLOSE = "close"


S = DisputeState
ALLOWED: dict[DisputeMove, frozenset[DisputeState]] = {
    DisputeMove.SEND: frozenset({S.OPEN}),
    DisputeMove.HEAR: frozenset({S.SENT, S.NO_ANSWER}),  # an answer may come late
    DisputeMove.SETTLE: frozenset({S.REJECTED, S.NO_ANSWER}),
    DisputeMove.CLOSE: frozenset(S) - {S.CLOSED},
}
VIAS = (Via.FORM, Via.MAIL, Via.PHONE)  # how a person sends one: nothing of it leaves by a channel of ours
MOVED = sentence("Somebody else has just dealt with this dispute. Check it again.")


def possible(state: str, move: DisputeMove) -> bool:
    """Whether a move leads somewhere from this state."""
    return DisputeState(state) in ALLOWED[move]


def after(state: str, move: DisputeMove, outcome: DisputeOutcome | None = None) -> DisputeState:
    """The state a move leads to. outcome: what was heard. Raises Refused("conflict") when it leads nowhere from here."""
    if not possible(state, move) or outcome == state:
        raise Refused("conflict", MOVED)
    if move is DisputeMove.HEAR:
        return DisputeState(outcome or "")
    return {DisputeMove.SEND: S.SENT, DisputeMove.SETTLE: S.SETTLEMENT, DisputeMove.CLOSE: S.CLOSED}[move]


def outcomes(state: str) -> tuple[DisputeOutcome, ...]:
    """What can be heard in this state."""
    return tuple(each for each in DisputeOutcome if possible(state, DisputeMove.HEAR) and each != state)


def endings(state: str, *, overdue: bool) -> tuple[Ending, ...]:
    """Why a dispute in this state can be closed."""
    if state == S.CLOSED:
        return ()
    if state == S.SETTLEMENT:
        return (*BY_BODY, Ending.DONE, Ending.NOT_PURSUED)
    return (Ending.DONE, Ending.NOT_PURSUED, *((Ending.TOO_LATE,) if state == S.OPEN and overdue else ()))


# --- What must be said -----------------------------------------------------------------------------------------------


def day_problem(day: date | None, first: date, last: date) -> Sentence | None:
    """What is wrong with the day on which something happened; None: nothing. It lies between `first` and `last`."""
    if day is None:
        return sentence("Give the date.")
    if day > last:
        return sentence("This date is too late: give %(day)s or an earlier one.", day=times.date(last))
    if day < first:
        return sentence("This date is too early: give %(day)s or a later one.", day=times.date(first))
    return None


def text_problem(text: str) -> Sentence | None:
    """What is wrong with what we write to the company; None: nothing."""
    if folding.is_blank(text):
        return sentence("Say why the answer is wrong.")
    return sentence("Write at most 5,000 characters.") if len(text) > LONGEST else None


def name_problem(name: str, *, required: bool) -> Sentence | None:
    """What is wrong with a receipt number or a body's name; None: nothing."""
    if required and folding.is_blank(name):
        return sentence("Give its name.")
    return sentence("Write at most 200 characters.") if len(name) > LONGEST_NAME else None
