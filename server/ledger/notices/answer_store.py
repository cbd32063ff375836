"""Reads and writes of what companies answered."""

import math
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import clock, outcome
from server.core.database import new_id
from server.core.sentences import sentence
from server.core.words import Answer, Refused, Sender, Via
from server.ledger.notices import answers, thread
from server.ledger.notices.models import GivenAnswer, Notice, NoticeReply
from server.ledger.notices.store import give_back, is_recalled, latest, lock, refuse_closed

KEPT = ("reason", *thread.DETAILS)


def is_same(given: GivenAnswer, values: Mapping[str, Any]) -> bool:
    """Whether an answer, as AnswerSchema reads it, is this one word for word: it would change nothing."""
    row = {name: values.get(name) for name in KEPT} | {"actions": list(values.get("actions") or [])}
    return given.answer == values["answer"] and all(getattr(given, name) == row[name] for name in KEPT)


def newest_answers(session: Session, notice_ids: Collection[str]) -> dict[str, GivenAnswer]:
    """The newest answer to each of these notices that has one, whether or not it changed anything."""
    rows = select(GivenAnswer).where(GivenAnswer.notice_id.in_(notice_ids)).order_by(GivenAnswer.id)
    return {row.notice_id: row for row in session.scalars(rows)}


def add_answer(
    session: Session,
    notice_id: str,
    values: Mapping[str, Any],
    via: Via,
    account_id: str | None,
    at: datetime | None = None,
    *,
    again: bool = False,
    said_at: datetime | None = None,
) -> bool:
    """Store a company's answer, as AnswerSchema reads it. `at`: when it was given. `said_at`: as GivenAnswer has it, else `at`.

    All answers are kept. The newest that takes effect stands (`answers.takes_effect`). A withdrawn or replaced notice takes
    one alone, at any time: that its listing is back.

    False when it is the newest already, word for word: a doubled click is one answer, of which the time is kept, unless it
    says something new by being said `again`. Raises Refused: "gone" for a withdrawn or replaced notice and for the link after its 72 hours, "invalid"
    when something is missing, "too-many".
    """
    notice = lock(session, notice_id)
    if not would_count(session, notice, values, via, at, again=again):
        repeat(session, notice_id, said_at or at)
        return False
    answer = Answer(values["answer"])
    row = {name: values.get(name) for name in KEPT} | {"actions": list(values.get("actions") or [])}
    newest = session.scalar(select(func.max(GivenAnswer.id)).where(GivenAnswer.notice_id == notice_id)) or ""
    added = GivenAnswer(
        id=new_id(after=newest), notice_id=notice_id, answer=answer, via=via, account_id=account_id, **row
    )
    written = _written_after(session, notice, at) if at else None
    added.at = at = max(at, notice.created_at) if at else clock.now()  # a digest may have left since
    added.said_at = said_at or at
    session.add(added)
    if not answers.takes_effect(answer, Answer(notice.answer) if notice.answer else None):
        return True
    notice.answered_at = at
    if answer in outcome.ASKS:
        notice.our_turn_since = notice.our_turn_since or at
        notice.decided_at = None  # it is open again, and followed up
    elif (
        notice.answer in outcome.ASKS or answer in outcome.DECIDES
    ):  # a receipt leaves what the company wrote beside it
        asked_at = notice.our_turn_since
        if asked_at and asked_at < at and answer in outcome.WAITS:  # it asks no more, and has yet to decide
            give_back(notice, at - asked_at)
        notice.our_turn_since = written
    said = None if is_recalled(notice) else outcome.review(answer)  # the wrong company undoes what it did for nothing
    if said is None or said is not outcome.review(Answer(notice.answer) if notice.answer else None):
        notice.reviewed_at = at if said else None  # the same said again is no second review
    notice.answer = answer
    if answer in outcome.DECIDES:
        notice.decided_at = notice.decided_at or _first_decision(session, notice_id)
    if answer in outcome.REMOVES:
        notice.removed_at = notice.removed_at or at
    if answer in outcome.SAYS_GONE:
        notice.gone_at = notice.gone_at or at
    return True


def _first_decision(session: Session, notice_id: str) -> datetime | None:
    decides = (GivenAnswer.notice_id == notice_id, GivenAnswer.answer.in_(outcome.DECIDES))
    return session.scalar(select(func.min(GivenAnswer.at)).where(*decides))


def _written_after(session: Session, notice: Notice, at: datetime) -> datetime | None:
    """Since when the company waits for our reply to what it wrote after `at`; None: it wrote nothing, or has its reply."""
    if notice.our_turn_since is None or notice.our_turn_since > at:
        return notice.our_turn_since
    theirs = (NoticeReply.notice_id == notice.id, NoticeReply.sender == Sender.COMPANY, NoticeReply.proven)
    return session.scalar(select(func.min(NoticeReply.at)).where(*theirs, NoticeReply.at > at))


def would_count(
    session: Session,
    notice: Notice,
    values: Mapping[str, Any],
    via: Via,
    at: datetime | None = None,
    *,
    again: bool = False,
) -> bool:
    """Whether this answer would be a new one; else it is the newest already. Raises Refused as `add_answer` does.

    `at`: when it was taken, if that was earlier. Then it is not too many any more. again: as `add_answer` has it.
    """
    answer, earlier = Answer(values["answer"]), answers_of(session, notice.id)
    refuse_closed(notice, answer)
    decided = answers.decided_at((Answer(row.answer), row.at) for row in earlier)
    if via == Via.LINK and not answers.open_by_link(decided, clock.now(), answer):
        raise Refused(
            "gone", sentence("This answer could be changed for 72 hours. Write to us and a person will correct it.")
        )
    if errors := answers.problems(answer, values.get("reason"), values.get("url")):
        raise Refused("invalid", next(iter(errors.values()))[0], errors=errors)
    if earlier and is_same(earlier[-1], values) and not again:
        return False
    limited = at is None and via in (Via.LINK, Via.PORTAL, Via.API, Via.WEBHOOK)
    if limited and (pause := answers.wait((row.at for row in earlier), clock.now())):
        detail = sentence("This notice has been answered too often within an hour. Your last answer counts.")
        raise Refused("too-many", detail, retry_after=max(1, math.ceil(pause.total_seconds())))
    return True


def answers_of(session: Session, notice_id: str) -> list[GivenAnswer]:
    """The answers to a notice, oldest first."""
    return list(session.scalars(select(GivenAnswer).where(GivenAnswer.notice_id == notice_id).order_by(GivenAnswer.id)))


def repeat(session: Session, notice_id: str, at: datetime | None = None) -> None:
    """The company says its newest answer to a notice again, word for word: from then on, what it said before is older."""
    newest = answers_of(session, notice_id)[-1]
    newest.said_at = max(newest.said_at, at or clock.now())


class SignedMessage(NamedTuple):
    """The message that an answer comes with: when it first came, whether it comes again, and what it says of the same
    notice before.
    """

    since: datetime
    is_again: bool
    before: Sequence[Mapping[str, Any]]


def was_given(
    session: Session, notice_id: str, values: Mapping[str, Any], message: SignedMessage, newer: Answer | None
) -> bool:
    """Whether this answer was recorded when its message came earlier, whatever came after it. `newer`: waits to count.

    Raises Refused: conflict, where it was not, and a newer answer would have taken its place by now.
    """
    rows = [row for row in answers_of(session, notice_id) if row.said_at >= message.since]
    for earlier in message.before:  # what the message has said itself is not newer than what it says after it
        if own := next((row for row in rows if row.said_at == message.since and is_same(row, earlier)), None):
            rows.remove(own)
    if any(is_same(row, values) for row in rows):
        return True
    said = [Answer(row.answer) for row in rows] + ([newer] if newer else [])
    if any(answers.takes_effect(answer, Answer(values["answer"])) for answer in said):
        raise Refused("conflict", sentence("A newer answer to this notice stands. This one was not recorded."))
    return False


def standing_answers(session: Session, notice_ids: Collection[str]) -> dict[str, GivenAnswer]:
    """The answer that counts to each of these notices that has one."""
    rows = select(GivenAnswer).where(GivenAnswer.notice_id.in_(notice_ids)).order_by(GivenAnswer.id)
    given: dict[str, list[GivenAnswer]] = {}
    for row in session.scalars(rows):
        given.setdefault(row.notice_id, []).append(row)
    return {notice_id: effective(answers)[-1] for notice_id, answers in given.items()}


def last_answer(session: Session, case_id: str) -> GivenAnswer | None:
    """The answer that counts on the newest notice about a case."""
    notice = latest(session, case_id)
    rows = effective(answers_of(session, notice.id)) if notice else []
    return rows[-1] if rows else None


def effective(rows: Sequence[GivenAnswer]) -> list[GivenAnswer]:
    """Those of a notice's answers that took effect, oldest first. The last of them stands."""
    return [rows[place] for place in answers.effective(Answer(row.answer) for row in rows)]
