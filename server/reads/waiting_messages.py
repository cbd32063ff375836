"""Messages to companies that wait to be sent: how many by channel since when, and for whom. Reads `COUNTED` at most."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Subquery, func, or_, select, text
from sqlalchemy.orm import Session

from server.core.backlog import COUNTED
from server.core.database import made_at
from server.core.outbox import WAITING, Work
from server.core.words import Channel, DeliveryState, Event
from server.ledger.companies.models import Company
from server.ledger.delivery import registry
from server.ledger.delivery.channel import Departure
from server.ledger.delivery.models import Message, MessageNotice
from server.ledger.notices.models import Notice
from server.reads import webhooks

SHOWN = 100  # rows of a page


class WaitingCount(NamedTuple):
    """What waits on a channel."""

    number: int
    since: datetime  # when the oldest was queued


class WaitingMessages(NamedTuple):
    """What waits for a company on a channel."""

    channel: Channel
    company: str
    slug: str
    number: int
    since: datetime  # when the oldest was queued
    next_at: datetime | None  # None: no worker will try
    by_hand: bool  # a person carries it over


def by_channel(session: Session) -> dict[Channel, WaitingCount]:
    """What waits, by its channel; without the channels on which nothing does."""
    waiting = _waiting()
    rows = select(waiting.c.channel, func.count(), func.min(waiting.c.id)).group_by(waiting.c.channel)
    return {Channel(channel): WaitingCount(number, made_at(first)) for channel, number, first in session.execute(rows)}


def by_company(session: Session) -> tuple[list[WaitingMessages], bool]:
    """What waits, by channel and company, the longest wait first; and whether more waits than this tells."""
    waiting = _waiting()
    chosen = select(
        waiting.c.id, waiting.c.channel, waiting.c.event, MessageNotice.notice_id, Company.name, Company.slug
    )
    chosen = chosen.select_from(waiting).join(MessageNotice, MessageNotice.message_id == waiting.c.id)
    chosen = chosen.join(Notice, Notice.id == MessageNotice.notice_id).join(Company, Company.id == Notice.company_id)
    rows = session.execute(chosen.limit(COUNTED)).all()
    due = _due(session, waiting) if rows else {}
    found: dict[tuple[str, str, str], tuple[set[str], list[datetime]]] = {}
    for row in rows:
        ids, times = found.setdefault((row.channel, row.name, row.slug), (set(), []))
        ids.add(row.id)
        kind, by_message = webhooks.WORK[Event(row.event)]
        pieces = ((kind, row.id if by_message else row.notice_id), ("deliver_digest", row.id))
        times += [due[piece] for piece in pieces if piece in due]
    by_hand = registry.channels_by(Departure.BY_HAND)
    shown = [
        WaitingMessages(
            Channel(channel), name, slug, len(ids), made_at(min(ids)), min(times, default=None), channel in by_hand
        )
        for (channel, name, slug), (ids, times) in found.items()
    ]
    shown.sort(key=lambda each: (each.since, each.company))
    return shown[:SHOWN], len(rows) >= COUNTED or len(shown) > SHOWN


def _waiting() -> Subquery:
    queued = select(Message.id, Message.channel, Message.event).where(
        text("messages.state <> 'delivered'"),  # in the words of ix_messages_waiting, which holds just them
        Message.state == DeliveryState.QUEUED,
    )
    return queued.limit(COUNTED).subquery("waiting")


def _due(session: Session, waiting: Subquery) -> dict[tuple[str, str], datetime]:
    """When what sends them is due, by kind and subject."""
    carried = select(MessageNotice.notice_id).join(waiting, waiting.c.id == MessageNotice.message_id)
    about: ColumnElement[bool] = or_(Work.subject_id.in_(select(waiting.c.id)), Work.subject_id.in_(carried))
    kinds = ("deliver_digest", *(kind for kind, _ in webhooks.WORK.values()))
    rows = select(Work.kind, Work.subject_id, Work.due_at).where(WAITING, Work.kind.in_(kinds), about).limit(COUNTED)
    return {(kind, subject): at for kind, subject, at in session.execute(rows)}
