"""What waits in companies' inboxes, and who can open them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, distinct, func, or_, select
from sqlalchemy.orm import Session

from server.core import clock, outcome
from server.core.words import REMINDERS, Channel, DeliveryState, Event
from server.ledger.delivery.models import Message, MessageNotice
from server.ledger.notices import pending_store
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.people.accounts.models import Account


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in one company's inbox, where nothing is sent to it: notices for a first answer, replies to what it asked."""

    company_id: str
    number: int
    late: int  # of them, those whose answer is overdue
    arrived: datetime  # the last of them, or of the replies
    reminded: datetime | None  # the last reminder of one
    answer_by: datetime  # of the first that is due


def waiting(session: Session, company_id: str | None = None) -> list[Waiting]:
    """What waits in the portal, by company."""
    unanswered, awaited = Notice.answer.is_(None), and_(*notices.AWAITED)
    asked = Notice.answer.in_(outcome.ASKS) & Notice.our_turn_since.is_(None)
    is_reminder = Message.event.in_(REMINDERS)
    rows = select(
        Notice.company_id,
        func.count(distinct(Notice.id)),
        func.count(distinct(Notice.id)).filter(Notice.answer_by <= clock.now(), awaited),
        func.coalesce(func.max(Message.delivered_at).filter(~is_reminder), func.max(Message.delivered_at)),
        func.max(Message.delivered_at).filter(is_reminder),
        func.min(Notice.answer_by),
    )
    rows = rows.join(MessageNotice, MessageNotice.notice_id == Notice.id)
    rows = rows.join(Message, Message.id == MessageNotice.message_id)
    asks = (Message.event == Event.CREATED) & unanswered | is_reminder & awaited
    rows = rows.where(or_(asks, (Message.event == Event.REPLIED) & asked), Message.channel == Channel.PORTAL)
    rows = rows.where(Message.state == DeliveryState.DELIVERED, *notices.STANDS, ~pending_store.WAITS_TO_COUNT)
    if company_id:
        rows = rows.where(Notice.company_id == company_id)
    found = session.execute(rows.group_by(Notice.company_id).order_by(Notice.company_id))
    return [Waiting(*row) for row in found]  # type: ignore[arg-type]  # what is delivered has a time


def readers(session: Session, company_id: str) -> list[Account]:
    """The company's people who can sign in."""
    rows = select(Account).where(Account.company_id == company_id)
    return list(session.scalars(rows.where(Account.disabled_at.is_(None)).order_by(Account.id)))
