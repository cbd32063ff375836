"""Messages of a channel that gathers. Each begins with one notice; several are combined before anybody tries to send one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, exists, func, select, text, update
from sqlalchemy.orm import Session

from server.core import post
from server.core.database import new_id
from server.core.words import Channel, DeliveryState, Event
from server.ledger.delivery import registry
from server.ledger.delivery.models import Message, MessageAttempt, MessageNotice

GATHERED = [channel for channel, definition in registry.CHANNELS.items() if definition.together]
_UNTRIED: tuple[Any, ...] = (
    text("messages.state <> 'delivered'"),  # in the words of ix_messages_waiting, which holds just them
    Message.state == DeliveryState.QUEUED,
    ~exists().where(MessageAttempt.message_id == Message.id),
)


def waiting(session: Session, event: Event, notice_ids: Select[str]) -> list[tuple[Message, str]]:
    """Of these notices, those whose message of this event waits for its digest, each with it; the oldest message first."""
    rows = select(Message, MessageNotice.notice_id).join(MessageNotice, MessageNotice.message_id == Message.id)
    rows = rows.where(MessageNotice.notice_id.in_(notice_ids), Message.event == event, *_UNTRIED)
    rows = rows.where(Message.channel.in_(GATHERED)).order_by(Message.id, MessageNotice.notice_id)
    return [(message, notice_id) for message, notice_id in session.execute(rows)]


def join(session: Session, message: Message, notice_ids: Sequence[str]) -> None:
    """Let `message` carry these notices, which other messages carried that nobody has tried to send."""
    moved = select(MessageNotice.message_id).join(Message, Message.id == MessageNotice.message_id)
    moved = moved.where(
        MessageNotice.notice_id.in_(notice_ids), Message.event == message.event, Message.id != message.id
    )
    before = list(session.scalars(moved.where(*_UNTRIED)))
    own = update(MessageNotice).where(MessageNotice.message_id.in_(before), MessageNotice.notice_id.in_(notice_ids))
    session.execute(own.values(message_id=message.id), execution_options={"synchronize_session": False})
    _discard_empty(session, before)


def take_out(
    session: Session, message: Message, notice_id: str, *, had_at: datetime | None = None, waits: bool = False
) -> None:
    """Let a message that waits no longer carry a notice. One that was to come for the first time gets a message of its own.

    waits: so does a reminder, for it leaves later. Its Message-ID is new: the one made of the notice may be this message's.
    had_at: when its company had it another way; it counts as delivered then.
    """
    carried = MessageNotice.notice_id == notice_id, MessageNotice.message_id == message.id
    if message.event == Event.CREATED or waits:
        own_id = new_id()
        own = Message(
            id=own_id, stable_id=post.message_id(own_id), event=message.event, channel=message.channel,
            address=message.address, state=DeliveryState.DELIVERED if had_at else DeliveryState.QUEUED, delivered_at=had_at,
        )  # fmt: skip
        session.add(own)
        session.flush()
        own_row = update(MessageNotice).where(*carried).values(message_id=own_id)
        session.execute(own_row, execution_options={"synchronize_session": False})
    else:
        session.execute(delete(MessageNotice).where(*carried))
    _discard_empty(session, [message.id])


def _discard_empty(session: Session, message_ids: Sequence[str]) -> None:
    empty = ~exists().where(MessageNotice.message_id == Message.id)
    gone = delete(Message).where(Message.id.in_(message_ids), empty, *_UNTRIED)
    session.execute(gone, execution_options={"synchronize_session": False})


def unclaim(session: Session, message_id: str, n: int) -> None:
    """The attempt is not made after all: there is nothing left to send."""
    session.execute(delete(MessageAttempt).where(MessageAttempt.message_id == message_id, MessageAttempt.n == n))
    _discard_empty(session, [message_id])


def count_following(session: Session, message: Message, notice_ids: Select[str]) -> int:
    """How many of these notices leave in later messages of the same kind, which wait as this one does."""
    rows = select(func.count()).select_from(MessageNotice).join(Message, Message.id == MessageNotice.message_id)
    rows = rows.where(MessageNotice.notice_id.in_(notice_ids), Message.event == message.event, Message.id > message.id)
    return session.scalar(rows.where(Message.channel == message.channel, *_UNTRIED)) or 0


def awaits_digest(session: Session, message: Message) -> bool:
    """Whether a message waits for its digest: of a channel that gathers, and nobody has tried to send it."""
    if Channel(message.channel) not in GATHERED:
        return False
    return session.scalar(select(Message.id).where(Message.id == message.id, *_UNTRIED)) is not None
