"""The life of a complaint: its clock, its outcomes, which correction goes with which, and who may answer it. Pure."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from server.core import folding
from server.core.sentences import sentence

ANSWERED_WITHIN = timedelta(days=14)  # as /complaint promises
KEPT = timedelta(days=365)  # after it was answered or closed: what the complainant wrote, and their address
ACKNOWLEDGED_A_DAY = 200  # mails that confirm a complaint, to everybody together: each goes where a stranger says
SENT_AGAIN = 3  # times at most that an answer is sent again which could not be delivered
DAY = timedelta(days=1)
GAP = "[…]"  # stands in a draft where a person has to write


class ComplaintState(StrEnum):
    """Where a complaint stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"  # without an answer from here


class ComplaintOutcome(StrEnum):
    """What a second person found."""

    UPHELD = "upheld"
    PARTLY = "partly"
    REJECTED = "rejected"
    NOT_OURS = "not_ours"  # it is about nothing that we decided


class Correction(StrEnum):
    """How a complaint that was upheld reaches the company."""

    WITHDRAW = "withdraw"  # the notice is taken back, and counts as withdrawn alone
    WRITE = "write"  # the notice stands, and its thread says what is right
    NONE = "none"


class ClosedWhy(StrEnum):
    """Why a complaint needs no answer from here."""

    ANSWERED_BEFORE = "answered_before"  # by mail or telephone
    REPEATED = "repeated"  # the same complaint has another number
    TAKEN_BACK = "taken_back"  # by the complainant
    NO_COMPLAINT = "no_complaint"  # advertising, a test, an empty message
    ERASED = "erased"  # the complainant wanted their data deleted before there was an answer


def due_at(at: datetime) -> datetime:
    """When a complaint of this moment is to be answered."""
    return at + ANSWERED_WITHIN


def corrections(outcome: str, *, notice_stands: bool) -> tuple[Correction, ...]:
    """The corrections of which one goes with an outcome. What we uphold never leaves the company with a wrong notice."""
    if not notice_stands or outcome not in (ComplaintOutcome.UPHELD, ComplaintOutcome.PARTLY):
        return (Correction.NONE,)
    if outcome == ComplaintOutcome.UPHELD:
        return (Correction.WITHDRAW, Correction.WRITE)
    return (Correction.WRITE, Correction.WITHDRAW, Correction.NONE)


def needs_case(outcome: str) -> bool:
    """Whether this outcome is about a case: only then is it known who decided, and so who may not answer."""
    return outcome != ComplaintOutcome.NOT_OURS


def problems(
    outcome: str, correction: str, answer: str, words: str, *, email: str, has_case: bool, notice_stands: bool
) -> dict[str, list[str]]:
    """What is wrong with an answer, sentences by field.

    answer: to the complainant. words: to the spotters when the notice is withdrawn, to the company when it is written to.
    email: the complainant's, which neither may read.
    """
    if outcome not in set(ComplaintOutcome):
        return {"outcome": [sentence("Choose what you found.")]}
    if needs_case(outcome) and not has_case:
        return {"outcome": [sentence("Choose the case first: whoever decided on it must not answer.")]}
    found: dict[str, list[str]] = {}
    if correction not in corrections(outcome, notice_stands=notice_stands):
        found["correction"] = [sentence("Choose what reaches the company.")]
    if folding.is_blank(answer):
        found["answer"] = [sentence("Write the answer.")]
    elif GAP in answer:
        found["answer"] = [sentence("Replace %(gap)s with your own words.", gap=GAP)]
    if correction in (Correction.WITHDRAW, Correction.WRITE):
        if folding.is_blank(words):
            found["words"] = [sentence("Say what was wrong.")]
        elif email and email.strip().casefold() in words.casefold():
            found["words"] = [
                sentence("This contains the complainant’s address, which neither spotters nor companies may read.")
            ]
    return found


def mailbox(email: str) -> str:
    """Whose mailbox an address is, as far as it can be told: without case, and without what follows a plus (RFC 5233)."""
    name, _, domain = email.strip().casefold().rpartition("@")
    return f"{name.partition('+')[0] or name}@{domain}"


def may_acknowledge(email: str, lately: Collection[str]) -> bool:
    """Whether a confirmation may leave to this address. `lately`: the addresses to which one went within `DAY`.

    Anybody can type anybody's address: once a day to a mailbox, and a bounded number to all of them.
    """
    return len(lately) < ACKNOWLEDGED_A_DAY and mailbox(email) not in {mailbox(other) for other in lately}
