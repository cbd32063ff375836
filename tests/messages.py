"""The message that carries a notice: what it is, when it may be followed by a reminder, and making it another one."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from server.core import clock
from server.core.database import read, write
from server.ledger.delivery import slots, store
from server.ledger.delivery.models import Message, MessageNotice


def at_work(after: timedelta) -> datetime:
    """When a contact who states no hours is first at work once that time has gone by."""
    return slots.next_slot(clock.now() + after) + timedelta(seconds=5)


def message_of(notice_id: str) -> Message:
    """The message that carries the notice for the first time."""
    with read() as session:
        message = store.of_notice(session, notice_id)
    assert message is not None
    return message


def attempts_at(notice_id: str) -> list[str | None]:
    """How each attempt at it ended; None: it did not."""
    with read() as session:
        return [attempt.outcome for attempt in store.attempts(session, message_of(notice_id).id)]


def set_message(notice_id: str, **values: Any) -> None:
    """Change what is kept of the messages that carry the notice."""
    carrying = select(MessageNotice.message_id).where(MessageNotice.notice_id == notice_id)
    with write() as session:
        session.execute(update(Message).where(Message.id.in_(carrying)).values(**values))
