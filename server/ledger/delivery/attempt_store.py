"""Attempts at messages as they are kept: when one may begin, that it begins, and how it ended."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, select, update
from sqlalchemy.orm import Session

from server.core import clock, lease, work
from server.core.database import connection, insert
from server.core.words import Channel, DeliveryState
from server.ledger.delivery import pacing, registry
from server.ledger.delivery.channel import ForGood, NotNow
from server.ledger.delivery.models import AttemptOutcome, Message, MessageAttempt
from server.ledger.delivery.store import ASKING, UNDER_WAY, count_attempts


def paced_until(session: Session, message: Message) -> datetime | None:
    """Until when its mailbox gets no further requests, because it got enough within the hour; None: the message may leave.

    Withdrawals and replies never wait.
    """
    most = registry.CHANNELS[Channel(message.channel)].most_an_hour
    if not most or message.event not in ASKING:
        return None
    at = clock.now()
    there = {"address": message.address, "channel": message.channel, "since": at - pacing.HOUR, "most": most}
    sent = [delivered_at for delivered_at in session.scalars(_ASKED_THERE, there) if delivered_at]
    wait = pacing.wait(sent, at, most)
    return at + wait if wait else None


_ASKED_THERE = (
    select(Message.delivered_at)
    .where(Message.address == bindparam("address"), Message.channel == bindparam("channel"))
    .where(Message.event.in_(ASKING), Message.delivered_at > bindparam("since"))
    .order_by(Message.delivered_at.desc())
    .limit(bindparam("most", type_=Integer))
)


class BegunAttempt(NamedTuple):
    """An attempt that was recorded and is yet to be made."""

    n: int
    copied: bool  # an attempt before it was interrupted, and may have got through


def lock(session: Session, message_id: str) -> Message | None:
    """A message, read again and locked; None when another has taken all that it carried."""
    return session.scalars(_LOCKED, {"id": message_id}, execution_options={"populate_existing": True}).first()


_LOCKED = select(Message).where(Message.id == bindparam("id")).with_for_update()


def claim(session: Session, message: Message) -> BegunAttempt | None:
    """Record that an attempt at a locked message begins; None when it does not wait (any more).

    Raises work.Retry while another worker may be sending it.
    """
    if message.state != DeliveryState.QUEUED:
        return None
    before = session.execute(_BEFORE, {"id": message.id}).all()
    if any(interrupted and is_under_way for _, interrupted, is_under_way in before):
        raise work.Retry("Another worker is sending it.", after=5, counts=False)
    n = max((n for n, _, _ in before), default=0) + 1
    attempt = {"message_id": message.id, "n": n, "started_at": clock.now(), "leased_by": lease.name()}
    insert(session, MessageAttempt, attempt)
    return BegunAttempt(n, any(interrupted for _, interrupted, _ in before))


_BEFORE = select(MessageAttempt.n, MessageAttempt.finished_at.is_(None), UNDER_WAY).where(
    MessageAttempt.message_id == bindparam("id")
)


def record(
    session: Session, message_id: str, n: int, outcome: AttemptOutcome, problem: NotNow | ForGood | None = None
) -> None:
    """Record how an attempt ended, and what this makes of the message, if it still waits.

    If another attempt has followed, this one counts only if it arrived: its worker was too slow, and a failure is retried
    anyway.
    """
    at = clock.now()
    if outcome == AttemptOutcome.SENT:
        connection(session).execute(_GOT_THROUGH, {"of_message": message_id, "nth": n, "at": at})
        connection(session).execute(_DELIVERED, {"of_message": message_id, "at": at})
        return
    attempt = session.get_one(MessageAttempt, (message_id, n))
    attempt.finished_at, attempt.outcome = at, outcome
    if problem:
        attempt.failure, attempt.params, attempt.answer = problem.code, problem.params or None, problem.answer
    message = session.get_one(Message, message_id, with_for_update=True)
    if message.state != DeliveryState.QUEUED or n < count_attempts(session, message_id):
        return
    message.last_error = str(problem) if problem else None
    if outcome == AttemptOutcome.PERMANENT_FAILURE:
        message.state, message.failed_at = DeliveryState.FAILED, at


_GOT_THROUGH = (
    update(MessageAttempt.__table__)  # type: ignore[arg-type]
    .where(MessageAttempt.message_id == bindparam("of_message"), MessageAttempt.n == bindparam("nth"))
    .values(finished_at=bindparam("at"), outcome=AttemptOutcome.SENT)
)
_DELIVERED = (
    update(Message.__table__)  # type: ignore[arg-type]
    .where(Message.id == bindparam("of_message"), Message.state == DeliveryState.QUEUED)
    .values(state=DeliveryState.DELIVERED, delivered_at=bindparam("at"), last_error=None)
)
