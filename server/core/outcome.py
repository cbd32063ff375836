"""The outcome of a notice: the one definition of each figure, for pages, rounds, skill, exports and mails. Pure.

Counting in Python asks `figures`; counting in SQL uses the sets of answers below, and a test holds the two together.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from server.core.words import Answer, CheckState, Status, StatusDetail


class Meaning(StrEnum):
    """What an answer says of the listing."""

    REMOVED = "removed"  # the company took it down
    GONE_BEFORE = "gone_before"  # it was gone before anybody acted: never a removal
    RESTRICTED = "restricted"  # hidden or limited, not gone
    KEPT = "kept"  # it stays, or is back
    ASKED = "asked"  # the company needs something from us: it is our turn
    WAITING = "waiting"  # the company has it and will still tell us


MEANS: dict[Answer, Meaning] = {
    Answer.RECEIVED: Meaning.WAITING,
    Answer.REMOVED: Meaning.REMOVED,
    Answer.ACCESS_DISABLED: Meaning.REMOVED,
    Answer.RESTRICTED: Meaning.RESTRICTED,
    Answer.ACCOUNT_SUSPENDED: Meaning.REMOVED,
    Answer.ALREADY_GONE: Meaning.GONE_BEFORE,
    Answer.MOVED: Meaning.ASKED,
    Answer.NOT_VIOLATING: Meaning.KEPT,
    Answer.NEED_INFO: Meaning.ASKED,
    Answer.CANNOT_LOCATE: Meaning.ASKED,
    Answer.DUPLICATE: Meaning.WAITING,
    Answer.PASSED_ON: Meaning.WAITING,
    Answer.REINSTATED: Meaning.KEPT,
}


def _meaning(*meanings: Meaning) -> frozenset[Answer]:
    return frozenset(answer for answer, meaning in MEANS.items() if meaning in meanings)


REMOVES = _meaning(Meaning.REMOVED)
SAYS_GONE = _meaning(Meaning.REMOVED, Meaning.GONE_BEFORE)
# Not there: a check that finds it there contradicts it.
SAYS_ELSEWHERE = SAYS_GONE | {Answer.MOVED, Answer.CANNOT_LOCATE}
ASKS = _meaning(Meaning.ASKED)
WAITS = _meaning(Meaning.WAITING)
OPEN = WAITS | ASKS  # nothing is decided yet; so too without any answer
# Answers that explain why a listing is gone without a removal, or say that nobody removed it.
NO_REMOVAL = _meaning(Meaning.GONE_BEFORE, Meaning.KEPT) | {Answer.MOVED, Answer.CANNOT_LOCATE}


class Verdict(StrEnum):
    """What a company's review says of our notice itself."""

    UPHELD = "upheld"  # the company acted on it
    INACCURATE = "inaccurate"  # the listing may stay, or was put back: the notice was wrong
    INSUFFICIENT = "insufficient"  # too little to decide by, or to find the listing


# DSA Art. 16(2) says what a notice must hold, Art. 22(6) what it must not be too often: imprecise, inaccurate, inadequately
# substantiated. What is not here says nothing of the notice: no review yet (received, passed on, duplicate), gone before the
# review (already gone), or there when we looked and elsewhere since (moved).
REVIEWS: dict[Answer, Verdict] = {
    Answer.REMOVED: Verdict.UPHELD,
    Answer.ACCESS_DISABLED: Verdict.UPHELD,
    Answer.RESTRICTED: Verdict.UPHELD,
    Answer.ACCOUNT_SUSPENDED: Verdict.UPHELD,
    Answer.NOT_VIOLATING: Verdict.INACCURATE,
    Answer.REINSTATED: Verdict.INACCURATE,
    Answer.NEED_INFO: Verdict.INSUFFICIENT,
    Answer.CANNOT_LOCATE: Verdict.INSUFFICIENT,
}


def review(answer: Answer | None, *, replaced: bool = False) -> Verdict | None:
    """What the newest answer says of the notice; None: nothing.

    A question that a later notice has settled no longer counts against us; a refusal does. Withdrawing the notice afterwards
    changes nothing: it was reviewed, and a withdrawal must not improve the figure.
    """
    said = REVIEWS.get(answer) if answer else None
    return None if replaced and said is Verdict.INSUFFICIENT else said


# What the spotter's report becomes (contract: status from answers). The other meanings change nothing.
STATUS: dict[Meaning, Status] = {
    Meaning.REMOVED: Status.REMOVED,
    Meaning.GONE_BEFORE: Status.REMOVED,
    Meaning.RESTRICTED: Status.RESTRICTED,
    Meaning.KEPT: Status.KEPT,
    Meaning.ASKED: Status.IN_REVIEW,
}


DETAILS = {
    Answer.ALREADY_GONE: StatusDetail.ALREADY_GONE,
    Answer.ACCESS_DISABLED: StatusDetail.ACCESS_DISABLED,
    Answer.ACCOUNT_SUSPENDED: StatusDetail.ACCOUNT_SUSPENDED,
    Answer.REINSTATED: StatusDetail.REINSTATED,
}


def detail(
    status: Status, answer: Answer | None, *, noticed: bool, arrived: bool, withdrawn: bool
) -> StatusDetail | None:
    """What must be added to a report's status for it to be true; None: nothing.

    `noticed`: the report stands behind a notice. `arrived`: the company has that notice. `withdrawn`: it was taken back.
    """
    if status is Status.NOTIFIED and not arrived:
        return StatusDetail.TO_BE_NOTIFIED
    if status is Status.DISMISSED and noticed:
        return StatusDetail.WITHDRAWN if withdrawn else StatusDetail.CLOSED
    of_answer = DETAILS.get(answer) if answer else None
    return of_answer if of_answer and answer and STATUS.get(MEANS[answer]) is status else None


class Figure(StrEnum):
    """What a notice counts in (contract: figures). `open` includes `asked`, and `kept` what was reinstated.

    Each counts a notice by its newest answer and its newest settled check, but `relisted`: that stays true.
    """

    ANSWERED = "answered"
    REMOVED_STATED = "removed_stated"
    REMOVED_VERIFIED = "removed_verified"
    TAKEDOWN = "takedown"  # gone, as answered or verified
    GONE_BEFORE = "gone_before"
    RESTRICTED = "restricted"
    KEPT = "kept"
    REINSTATED = "reinstated"
    ASKED = "asked"
    OPEN = "open"
    WITHDRAWN = "withdrawn"
    RECALLED = "recalled"  # of the withdrawn: it went to the wrong company
    RELISTED = "relisted"  # there again after the company said, or a check found, that it was gone


# The answers by which a notice counts in a figure, for counting in SQL. What is not here, more than the answer decides.
BY_ANSWER: dict[Figure, frozenset[Answer]] = {
    Figure.ANSWERED: frozenset(Answer) - OPEN,
    Figure.REMOVED_STATED: REMOVES,
    Figure.GONE_BEFORE: _meaning(Meaning.GONE_BEFORE),
    Figure.RESTRICTED: _meaning(Meaning.RESTRICTED),
    Figure.KEPT: _meaning(Meaning.KEPT),
    Figure.REINSTATED: frozenset({Answer.REINSTATED}),
    Figure.ASKED: ASKS,
}


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """The facts about one notice: its newest answer and the result of its newest settled check.

    `gone_at`: when its listing was first said (by its company) or found (by a check) to be gone. `back_at`: when it was
    last there: a check found it, or somebody captured it and reported it.
    """

    answer: Answer | None = None
    answered_at: datetime | None = None
    check: CheckState | None = None
    checked_at: datetime | None = None
    withdrawn: bool = False
    recalled: bool = False  # withdrawn, for it went to the wrong company
    replaced: bool = False  # a later notice stands for the case
    gone_at: datetime | None = None
    back_at: datetime | None = None


def figures(facts: NoticeFacts) -> frozenset[Figure]:
    """The figures that a notice counts in. A notice that we took back counts as nothing else, but as recalled, if it was."""
    if facts.withdrawn:
        return frozenset({Figure.WITHDRAWN, Figure.RECALLED} if facts.recalled else {Figure.WITHDRAWN})
    meaning = MEANS[facts.answer] if facts.answer else Meaning.WAITING
    counts = {
        Figure.ANSWERED: not is_open(facts.answer),
        Figure.REMOVED_STATED: facts.answer in REMOVES,
        Figure.REMOVED_VERIFIED: _removed_verified(facts),
        Figure.TAKEDOWN: taken_down(facts),
        Figure.GONE_BEFORE: meaning is Meaning.GONE_BEFORE,
        Figure.RESTRICTED: meaning is Meaning.RESTRICTED,
        Figure.KEPT: meaning is Meaning.KEPT,
        Figure.REINSTATED: facts.answer is Answer.REINSTATED,
        Figure.ASKED: meaning is Meaning.ASKED and not facts.replaced,
        Figure.OPEN: is_open(facts.answer) and not facts.replaced,
        Figure.RELISTED: facts.gone_at is not None and facts.back_at is not None and facts.back_at > facts.gone_at,
    }
    return frozenset(figure for figure, counted in counts.items() if counted)


def taken_down(facts: NoticeFacts) -> bool:
    """Whether a notice counts as a takedown, for whoever needs no other figure."""
    if facts.withdrawn:
        return False
    return _removed_verified(facts) or (facts.answer in REMOVES and not _still_there(facts))


def _removed_verified(facts: NoticeFacts) -> bool:
    return facts.check is CheckState.GONE and facts.answer not in NO_REMOVAL


def is_open(answer: Answer | None) -> bool:
    """Whether a notice with this newest answer (None: none yet) still waits, for the company or for us."""
    return answer is None or answer in OPEN


def _still_there(facts: NoticeFacts) -> bool:
    """Whether people found the listing after the answer; that it was there before the answer says nothing of it."""
    if facts.check is not CheckState.PRESENT:
        return False
    return facts.answered_at is None or facts.checked_at is None or facts.checked_at >= facts.answered_at


class Shortfall(StrEnum):
    """What a company's answer leaves of what a notice asks: we may dispute it."""

    KEPT = "kept"  # the ad stays, or is back
    RESTRICTED = "restricted"  # hidden or limited, not gone
    STILL_THERE = "still_there"  # said to be gone, and a check found it since


def falls_short(facts: NoticeFacts) -> Shortfall | None:
    """How the newest answer falls short; None: it does not, the company has not decided, or we no longer ask for anything."""
    if facts.withdrawn or facts.replaced or facts.answer is None:
        return None
    if facts.answer in SAYS_GONE:
        return Shortfall.STILL_THERE if _still_there(facts) else None
    return {Meaning.KEPT: Shortfall.KEPT, Meaning.RESTRICTED: Shortfall.RESTRICTED}.get(MEANS[facts.answer])


# --- Hours -----------------------------------------------------------------------------------------------------------

MEDIAN, P90 = (1, 2), (9, 10)  # parts of what is counted, as fractions: exact in SQL and in Python
# `hours_to_answer` is of the notices that count as answered, from sending to the first answer of these; `hours_to_removal`
# of those that count as removed as stated, to the first answer of `REMOVES`. A later revision does not move either. A check
# says when somebody looked, not when the listing went, so it gives no hours.
DECIDES = frozenset(Answer) - OPEN


def quantile(hours: Mapping[int, float], number: int, part: tuple[int, int]) -> float | None:
    """The value below which `part` of `number` hours lies; None of none.

    `hours`: by rank from 0, shortest first, at least those at `ranks(number, part)`. Hyndman and Fan (1996), definition 7,
    as spreadsheets (PERCENTILE.INC) and PostgreSQL (percentile_cont) have it.
    """
    if not number:
        return None
    low, high = ranks(number, part)
    rest = (number - 1) * part[0] % part[1] / part[1]
    return hours[low] + (hours[high] - hours[low]) * rest


def ranks(number: int, part: tuple[int, int]) -> tuple[int, int]:
    """The ranks of the one or two values that the quantile lies at or between."""
    low = (number - 1) * part[0] // part[1]
    return low, min(low + 1, number - 1)


def rounded(value: float | None) -> float | None:
    """Hours as every face says them: to a tenth, half upwards."""
    return None if value is None else math.floor(value * 10 + 0.5) / 10
