"""The thread of a notice: what its company and the coordinators said about it, in order, and where it stands. Pure.

A company's question is an answer that asks something of us (`outcome.ASKS`). What we say is said by the organisation: an
entry tells the side that speaks, never the person.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from server.core import outcome
from server.core.words import Answer, NoticeState, Sender, Via


class EntryKind(StrEnum):
    """What an entry of a thread is."""

    QUESTION = "question"  # an answer that asks something of us
    ANSWER = "answer"
    REPLY = "reply"
    WITHDRAWAL = "withdrawal"


# What an answer may state beside its reason (contract: an answer), in the order in which it is shown.
DETAILS = ("url", "actions", "ground", "company_reference", "automated", "redress_url", "statement_id")


@dataclass(frozen=True, slots=True)
class ThreadEntry:
    """One thing that was said."""

    at: datetime
    sender: Sender
    kind: EntryKind
    text: str | None = None
    answer: Answer | None = None
    via: str | None = None  # how an answer came
    details: Mapping[str, Any] = field(default_factory=dict)  # what else an answer states, of DETAILS
    message_id: str | None = None  # what brings a coordinator's reply
    mail_id: str | None = None  # the mail that a company's reply came by
    proven: bool = True  # else anybody may have sent that mail
    withheld: bool = False  # it names somebody of the programme: no company sees it


class _Answer(Protocol):
    answer: Any
    reason: Any
    via: Any
    at: Any


class _Reply(Protocol):
    sender: Any
    text: Any
    message_id: Any
    mail_id: Any
    proven: Any
    withheld: Any
    at: Any


def thread(answers: Iterable[_Answer], replies: Iterable[_Reply], withdrawn_at: datetime | None) -> list[ThreadEntry]:
    """Everything that was said about a notice, oldest first. answers, replies: of this notice, oldest first."""
    entries = [_answered(row) for row in answers]
    entries += [replied(row) for row in replies]
    entries += [ThreadEntry(withdrawn_at, Sender.COORDINATOR, EntryKind.WITHDRAWAL)] if withdrawn_at else []
    return sorted(entries, key=lambda entry: entry.at)  # stable: of the same moment the answer comes first


def replied(row: _Reply) -> ThreadEntry:
    """The entry of a reply."""
    via = Via.MAIL.value if row.mail_id else None
    return ThreadEntry(
        row.at, Sender(row.sender), EntryKind.REPLY, row.text, via=via, message_id=row.message_id, mail_id=row.mail_id,
        proven=row.proven, withheld=row.withheld,
    )  # fmt: skip


def _answered(row: _Answer) -> ThreadEntry:
    answer = Answer(row.answer)
    details = {name: value for name in DETAILS if (value := getattr(row, name)) not in (None, "", [])}
    kind = EntryKind.QUESTION if answer in outcome.ASKS else EntryKind.ANSWER
    return ThreadEntry(row.at, Sender.COMPANY, kind, row.reason, answer, row.via, details)


def replied_last(entries: Sequence[ThreadEntry]) -> bool:
    """Whether a coordinator has replied to what the company last said."""
    return bool(entries) and (entries[-1].sender, entries[-1].kind) == (Sender.COORDINATOR, EntryKind.REPLY)


def company_reference(entries: Iterable[ThreadEntry]) -> str | None:
    """The company's own number, as it last stated one."""
    stated = [entry.details["company_reference"] for entry in entries if "company_reference" in entry.details]
    return stated[-1] if stated else None


def state(answer: Answer | None, *, withdrawn: bool, replaced: bool) -> NoticeState:
    """Where a notice with this newest answer stands; replies do not move it."""
    if withdrawn:
        return NoticeState.WITHDRAWN
    if replaced:
        return NoticeState.ANSWERED
    if answer in outcome.ASKS:
        return NoticeState.ASKED
    return NoticeState.OPEN if outcome.is_open(answer) else NoticeState.ANSWERED
