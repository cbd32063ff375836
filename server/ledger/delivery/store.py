"""Messages as they are kept: queued, sent another way, and given up. Attempts: `attempt_store`."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, bindparam, exists, func, or_, select, text, update
from sqlalchemy.orm import Session

from server.core import clock, post
from server.core.database import changed, new_id
from server.core.outbox import Work
from server.core.words import REMINDERS, Channel, DeliveryState, Event
from server.ledger.delivery import registry
from server.ledger.delivery.channel import MAY_HAVE_ARRIVED, Departure
from server.ledger.delivery.models import AttemptOutcome, InboxAlert, Message, MessageAttempt, MessageNotice

ASKING = (Event.CREATED, *REMINDERS)  # what asks a company for an answer

# --- Queueing --------------------------------------------------------------------------------------------------------


def queue(session: Session, event: Event, channel: Channel, address: str, notice_ids: Sequence[str]) -> Message:
    """Keep a message that carries these notices. `address` is empty where the channel has none."""
    message_id = new_id()
    return _keep(session, message_id, post.message_id(message_id), event, channel, address, notice_ids)


def follow_up(
    session: Session, first: Message, notice_id: str, event: Event, about: str | None = None, mailbox: str | None = None
) -> Message:
    """The message about one notice of `first`, the way that the newest one about it took; the same when it already exists.
    A reminder of an earlier time to answer is another.

    about: id of what it brings, of an event that a notice may have many of. mailbox: where mail about it goes by now; None: as before.
    """
    name, _, host = first.stable_id.strip("<>").partition("@")
    stable_id = f"<{name}.{event.rpartition('.')[2]}.{about or notice_id}@{host}>"
    message_id, message = new_id(), session.scalars(select(Message).where(Message.stable_id == stable_id)).first()
    if message and event in REMINDERS and of_notice(session, notice_id, event) is None:
        stable_id = post.message_id(message_id)
    elif message:
        return message
    way = session.scalars(_about(notice_id).limit(1)).first() or first  # a closed webhook has sent it another way
    channel = Channel(way.channel)
    address = mailbox if mailbox and channel.address_field == "email" else way.address
    return _keep(session, message_id, stable_id, event, channel, address, [notice_id])


def _keep(
    session: Session,
    message_id: str,
    stable_id: str,
    event: Event,
    channel: Channel,
    address: str,
    notice_ids: Sequence[str],
) -> Message:
    message = Message(id=message_id, stable_id=stable_id, event=event, channel=channel, address=address)
    message.state = DeliveryState.QUEUED
    session.add(message)
    session.flush()
    reminder = event if event in REMINDERS else None
    session.add_all(
        MessageNotice(message_id=message.id, notice_id=notice_id, reminder=reminder) for notice_id in notice_ids
    )
    return message


# --- Reading ---------------------------------------------------------------------------------------------------------


def of_notice(session: Session, notice_id: str, event: Event = Event.CREATED) -> Message | None:
    """The message that carries a notice for this event; of reminders, that of the time to answer it has now."""
    return session.scalars(_OF_NOTICE, {"of_notice": notice_id, "of_event": event}).first()


_OF_NOTICE = (  # built once, like all that runs with every delivery: to build a statement takes longer than to run it
    select(Message)
    .join(MessageNotice, MessageNotice.message_id == Message.id)
    .where(MessageNotice.notice_id == bindparam("of_notice"), Message.event == bindparam("of_event"))
    .where(or_(MessageNotice.reminder.is_not(None), Message.event.not_in(REMINDERS)))
    .order_by(Message.id.desc())
    .limit(1)
)


def firsts(session: Session, notice_ids: Collection[str]) -> dict[str, str]:
    """The id of the message that brings, or has brought, each of these notices for the first time."""
    rows = select(MessageNotice.notice_id, func.max(Message.id)).group_by(MessageNotice.notice_id)
    rows = rows.join(Message, Message.id == MessageNotice.message_id).where(MessageNotice.notice_id.in_(notice_ids))
    found = session.execute(rows.where(Message.event == Event.CREATED))
    return {notice_id: message_id for notice_id, message_id in found}  # noqa: C416


def failed(session: Session, notice_id: str) -> set[str]:
    """The ids of the messages about a notice that failed permanently."""
    return {message.id for message in session.scalars(_about(notice_id)) if message.state == DeliveryState.FAILED}


def _about(notice_id: str) -> Select[Message]:
    """The messages about a notice, the newest first."""
    carried = select(Message).join(MessageNotice, MessageNotice.message_id == Message.id)
    return carried.where(MessageNotice.notice_id == notice_id).order_by(Message.id.desc())


def arrived(session: Session, notice_ids: Sequence[str]) -> dict[str, datetime]:
    """When each of these notices reached its company; without those that have not."""
    if not notice_ids:
        return {}
    rows = select(MessageNotice.notice_id, Message.delivered_at).join(Message, Message.id == MessageNotice.message_id)
    rows = rows.where(MessageNotice.notice_id.in_(notice_ids), Message.event == Event.CREATED)
    return {notice_id: at for notice_id, at in session.execute(rows) if at}


def carrying(session: Session, notice_ids: Collection[str]) -> dict[str, str]:
    """The id of the message that carries each of these notices for the first time, while it has not left."""
    rows = select(MessageNotice.notice_id, Message.id).join(Message, Message.id == MessageNotice.message_id)
    rows = rows.where(MessageNotice.notice_id.in_(notice_ids), Message.event == Event.CREATED)
    queued = session.execute(rows.where(Message.state == DeliveryState.QUEUED))
    return {notice_id: message_id for notice_id, message_id in queued}  # noqa: C416


def notice_ids(session: Session, message_id: str) -> list[str]:
    """The notices that a message carries, oldest first."""
    carried = select(MessageNotice.notice_id).where(MessageNotice.message_id == message_id)
    return list(session.scalars(carried.order_by(MessageNotice.notice_id)))


def mailed_together(notice_id: str) -> Select[str]:
    """The ids of the notices that came in one email with this one, itself among them: that email holds the link of each."""
    mails = select(Message.id).join(MessageNotice, MessageNotice.message_id == Message.id)
    mails = mails.where(MessageNotice.notice_id == notice_id, Message.event.in_((Event.CREATED, *REMINDERS)))
    mails = mails.where(Message.channel.in_((Channel.MAIL, Channel.DIGEST)), Message.delivered_at.is_not(None))
    return select(MessageNotice.notice_id).where(MessageNotice.message_id.in_(mails))


def attempts(session: Session, message_id: str) -> list[MessageAttempt]:
    """Every attempt at a message, oldest first."""
    rows = select(MessageAttempt).where(MessageAttempt.message_id == message_id).order_by(MessageAttempt.n)
    return list(session.scalars(rows))


def count_attempts(session: Session, message_id: str) -> int:
    """How many attempts were made."""
    return session.scalar(select(func.max(MessageAttempt.n)).where(MessageAttempt.message_id == message_id)) or 0


def under_way(session: Session, message_id: str) -> bool:
    """Whether a worker may be sending it this moment: nobody has taken up the work that makes the attempt."""
    running = _interrupted(message_id).where(UNDER_WAY)
    return session.scalar(running.limit(1)) is not None


def may_have_arrived(session: Session, message: Message) -> bool:
    """Whether it was delivered, or an attempt may have got through that was interrupted, broke off or met an error there."""
    return message.state == DeliveryState.DELIVERED or any(map(_may_have, attempts(session, message.id)))


def _may_have(attempt: MessageAttempt) -> bool:
    params = attempt.params or {}
    return attempt.finished_at is None or MAY_HAVE_ARRIVED in params or params.get("status", 0) >= 500


def _interrupted(message_id: str) -> Select[int]:
    return select(MessageAttempt.n).where(MessageAttempt.message_id == message_id, MessageAttempt.finished_at.is_(None))


UNDER_WAY = exists().where(Work.leased_by == MessageAttempt.leased_by)  # the work that makes an attempt is in hand


def by_hand(session: Session, notice_id: str) -> list[Message]:
    """The messages about a notice that a person has yet to carry over, oldest first."""
    carried = select(Message).join(MessageNotice, MessageNotice.message_id == Message.id)
    carried = carried.where(MessageNotice.notice_id == notice_id, *_WAITS_BY_HAND)
    return list(session.scalars(carried.order_by(Message.id)))


def stated(session: Session, notice_id: str) -> list[Message]:
    """The messages about a notice of which a coordinator stated when they sent it or its receipt number, oldest first."""
    said = or_(Message.stated_at.is_not(None), Message.receipt.is_not(None))
    return list(session.scalars(_about(notice_id).where(said).order_by(None).order_by(Message.id)))


def every_by_hand(session: Session, event: Event) -> list[tuple[Message, str]]:
    """The messages of this event that a person has yet to carry over, each with its notice."""
    carried = select(Message, MessageNotice.notice_id).join(MessageNotice, MessageNotice.message_id == Message.id)
    rows = carried.where(_NOT_DELIVERED, Message.event == event, *_WAITS_BY_HAND).order_by(Message.id)
    return [(message, notice_id) for message, notice_id in session.execute(rows)]


_WAITS_BY_HAND = (
    Message.state == DeliveryState.QUEUED,
    Message.channel.in_(registry.channels_by(Departure.BY_HAND)),
    Message.event.in_((Event.CREATED, Event.REPLIED, Event.WITHDRAWN)),
)


def reminders(session: Session, notice_ids: Collection[str]) -> list[tuple[Message, str]]:
    """The reminders of these notices, each with its notice, oldest first."""
    rows = select(Message, MessageNotice.notice_id).join(MessageNotice, MessageNotice.message_id == Message.id)
    rows = rows.where(MessageNotice.notice_id.in_(notice_ids), Message.event.in_(REMINDERS))
    return [(message, notice_id) for message, notice_id in session.execute(rows.order_by(Message.id))]


def by_stable_ids(session: Session, stable_ids: Sequence[str]) -> Message | None:
    """The message with the first of these Message-IDs that is one of ours."""
    rows = {row.stable_id: row for row in session.scalars(select(Message).where(Message.stable_id.in_(stable_ids)))}
    return next((rows[stable_id] for stable_id in stable_ids if stable_id in rows), None)


def states(session: Session, message_ids: Sequence[str]) -> dict[str, DeliveryState]:
    """Where the delivery of each of these messages stands."""
    rows = session.execute(select(Message.id, Message.state).where(Message.id.in_(message_ids)))
    return {message_id: DeliveryState(state) for message_id, state in rows}


_NOT_DELIVERED = text("messages.state <> 'delivered'")  # in the words of ix_messages_waiting, which holds just them


def stuck_notices() -> Select[str]:
    """The notices whose first message a person must see to: it failed permanently, or waits to be carried over."""
    by_hand = Message.channel.in_(registry.channels_by(Departure.BY_HAND)) & (Message.state == DeliveryState.QUEUED)
    stuck = select(MessageNotice.notice_id).join(Message, Message.id == MessageNotice.message_id)
    return stuck.where(
        _NOT_DELIVERED, Message.event == Event.CREATED, or_(Message.state == DeliveryState.FAILED, by_hand)
    )


def replies_by_hand() -> Select[str]:
    """The notices with a reply that a person has yet to carry over."""
    carried = select(MessageNotice.notice_id).join(Message, Message.id == MessageNotice.message_id)
    return carried.where(_NOT_DELIVERED, *_WAITS_BY_HAND, Message.event == Event.REPLIED)


def replies_under_way() -> Select[str]:
    """The notices with a reply that has not left."""
    carried = select(MessageNotice.notice_id).join(Message, Message.id == MessageNotice.message_id)
    return carried.where(_NOT_DELIVERED, Message.state == DeliveryState.QUEUED, Message.event == Event.REPLIED)


def is_reply_under_way(session: Session, notice_id: str) -> bool:
    """Whether a reply about this notice has not left."""
    return session.scalar(replies_under_way().where(MessageNotice.notice_id == notice_id).limit(1)) is not None


def withdrawals_by_hand() -> Select[str]:
    """The notices whose withdrawal a person has yet to carry over."""
    carried = select(MessageNotice.notice_id).join(Message, Message.id == MessageNotice.message_id)
    return carried.where(_NOT_DELIVERED, *_WAITS_BY_HAND, Message.event == Event.WITHDRAWN)


def retried_notices() -> Select[str]:
    """The notices whose first message has failed and is tried again."""
    failed = MessageAttempt.outcome == AttemptOutcome.RETRY
    retried = select(MessageNotice.notice_id).join(Message, Message.id == MessageNotice.message_id)
    retried = retried.join(MessageAttempt, MessageAttempt.message_id == Message.id)
    return retried.where(_NOT_DELIVERED, Message.event == Event.CREATED, Message.state == DeliveryState.QUEUED, failed)


# --- Another way -----------------------------------------------------------------------------------------------------


def redirect(session: Session, message_id: str, channel: Channel, address: str) -> Message:
    """It waits again, to leave another way; its attempts stay."""
    message = session.get_one(Message, message_id)
    message.channel, message.address, message.state, message.failed_at = channel, address, DeliveryState.QUEUED, None
    return message


def wait_again(session: Session, notice_id: str, event: Event) -> None:
    """The message about a notice that failed permanently waits once more, the way it took; its attempts stay."""
    failed = of_notice(session, notice_id, event)
    if failed and failed.state == DeliveryState.FAILED:
        redirect(session, failed.id, Channel(failed.channel), failed.address)


def ended(message: Message, before: datetime) -> bool:
    """Whether it was delivered, or failed permanently, before that moment."""
    at = message.delivered_at if message.state == DeliveryState.DELIVERED else message.failed_at
    return message.state != DeliveryState.QUEUED and at is not None and at < before


def state_sent(message: Message, sent_at: datetime | None, receipt: str) -> None:
    """Keep when a coordinator says that they sent it, and the company's number of it, or empty."""
    message.stated_at, message.receipt = sent_at, receipt or None


def let_remind_again(session: Session, notice_id: str, event: Event) -> None:
    """The reminder of a notice that has left does not count any more: its company has a new time to answer."""
    left = update(MessageNotice).where(MessageNotice.notice_id == notice_id, MessageNotice.reminder == event)
    session.execute(left.values(reminder=None), execution_options={"synchronize_session": False})


def last_alert(session: Session, company_id: str) -> datetime | None:
    """When the company's people were last told that notices wait."""
    return session.scalar(select(InboxAlert.at).where(InboxAlert.company_id == company_id))


def mark_alerted(session: Session, company_id: str) -> None:
    """They are told now."""
    session.merge(InboxAlert(company_id=company_id, at=clock.now()))


# --- Not arrived -----------------------------------------------------------------------------------------------------


def come_back(session: Session, message_id: str, why: str) -> bool:
    """A mail server accepted the message and returned it later: it did not arrive. False if it did not count as delivered."""
    delivered = update(Message).where(Message.id == message_id, Message.state == DeliveryState.DELIVERED)
    values = {"state": DeliveryState.FAILED, "delivered_at": None, "failed_at": clock.now(), "last_error": why}
    return changed(session, delivered.values(values)) > 0


def give_up(session: Session, message_id: str, reason: str) -> None:
    """It failed permanently, if it still waited."""
    waiting = update(Message).where(Message.id == message_id, Message.state == DeliveryState.QUEUED)
    session.execute(waiting.values(state=DeliveryState.FAILED, failed_at=clock.now(), last_error=reason))


def mail_addresses(session: Session) -> set[str]:
    """Every address that notices were mailed to."""
    return set(
        session.scalars(select(Message.address).where(Message.channel.in_((Channel.MAIL, Channel.DIGEST))).distinct())
    )
