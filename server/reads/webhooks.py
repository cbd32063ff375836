"""What a SPOC was sent by webhook: messages by whose notices they carry."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from server.core import work
from server.core.database import first_id
from server.core.words import Channel, DeliveryState, Event
from server.ledger.delivery.models import Message, MessageNotice
from server.ledger.notices.models import Notice

WORK = {  # what sends a message of an event, and whether its subject is the message, else the notice
    Event.CREATED: ("deliver_notice", False),
    Event.DUE_SOON: ("remind_early", False),
    Event.REMINDED: ("remind_notice", False),
    Event.REPLIED: ("deliver_reply", True),
    Event.WITHDRAWN: ("take_back_notice", False),
}


def newest(session: Session, spoc_id: str, most: int) -> list[tuple[Message, Notice]]:
    """The last messages for this SPOC, each with the notice it is about; the newest first."""
    carried = select(Message, Notice).join(MessageNotice, MessageNotice.message_id == Message.id)
    carried = carried.join(Notice, Notice.id == MessageNotice.notice_id)
    carried = carried.where(Notice.spoc_id == spoc_id, Message.channel == Channel.WEBHOOK)
    return [(message, notice) for message, notice in session.execute(carried.order_by(Message.id.desc()).limit(most))]


def next_attempts(session: Session, rows: Sequence[tuple[Message, Notice]]) -> dict[str, datetime]:
    """When those that wait are tried next, by the message."""
    due = dict[str, datetime]()
    for event, (kind, by_message) in WORK.items():
        subjects = {
            message.id if by_message else notice.id: message.id
            for message, notice in rows
            if message.event == event and message.state == DeliveryState.QUEUED
        }
        if subjects:
            found = work.next_attempts(session, kind, list(subjects))
            due |= {subjects[subject]: at for subject, at in found.items()}
    return due


def count_delivered(session: Session, spoc_id: str, since: datetime, until: datetime) -> int:
    """How many messages that were made then this SPOC has taken."""
    rows = _delivered(spoc_id, first_id(since), until).subquery()
    return session.scalar(select(func.count()).select_from(rows)) or 0


def next_delivered(session: Session, spoc_id: str, since: datetime, until: datetime, after: str) -> Message | None:
    """The first of them after the message with this id."""
    rows = select(Message).where(Message.id.in_(_delivered(spoc_id, first_id(since), until)), Message.id > after)
    return session.scalars(rows.order_by(Message.id).limit(1)).first()


def _delivered(spoc_id: str, first: str, until: datetime) -> Select[str]:
    rows = select(Message.id).join(MessageNotice, MessageNotice.message_id == Message.id)
    rows = rows.join(Notice, Notice.id == MessageNotice.notice_id)
    return rows.where(
        Message.id >= first,
        Message.id < first_id(until),
        Message.channel == Channel.WEBHOOK,
        Message.state == DeliveryState.DELIVERED,
        Notice.spoc_id == spoc_id,
    )
