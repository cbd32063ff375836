"""Step 11, later: a mail server accepted a message and returned it. Its notices are sent another way, or people are told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from server.core import set_aside, work
from server.core.database import write
from server.core.words import REMINDERS, Channel, DeliveryState, Event
from server.journeys.report import delivery, message_to_send, replying, rerouting
from server.ledger.companies import store as companies
from server.ledger.delivery import digest_store
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import Message
from server.ledger.inbound.kinds import BounceScope
from server.ledger.notices import pending_store
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice


def came_back(session: Session, message: Message, scope: BounceScope, why: str) -> None:
    """Record it, in the caller's transaction; what follows is work. A notice that was answered since has arrived.

    The SPOC is passed over from now on where nothing reaches the address, as after a refusal while sending. What waits to leave
    again was given back before, and may go to another address by now: this says nothing of that one.
    """
    if message.state == DeliveryState.QUEUED:
        return
    carried = notices.locked(session, deliveries.notice_ids(session, message.id))
    if scope is not BounceScope.MESSAGE and Channel(message.channel).address_field == "email":
        for spoc_id in sorted({notice.spoc_id for notice in carried if notice.spoc_id}):
            companies.mark_bounced(session, spoc_id, message.address)
    arrived = message.event == Event.CREATED and len(_had_at(session, carried)) == len(carried)
    if not arrived and deliveries.come_back(session, message.id, why):
        work.enqueue(session, "message_returned", message.id)


def _had_at(session: Session, carried: Sequence[Notice]) -> dict[str, datetime]:
    """When a company showed that it has a notice, by its id: it answered, be it that this does not count yet, or asked."""
    pending = pending_store.on(session, [notice.id for notice in carried])
    shown = {notice.id: notice.answered_at or notice.our_turn_since for notice in carried}
    shown = {key: at or (pending[key].at if key in pending else None) for key, at in shown.items()}
    return {key: at for key, at in shown.items() if at}


_SENT_BY = {
    Event.CREATED: "deliver_notice", Event.DUE_SOON: "remind_early", Event.REMINDED: "remind_notice",
    Event.WITHDRAWN: "take_back_notice",
}  # fmt: skip
_FOLLOWS = (*REMINDERS, Event.WITHDRAWN)


@work.handler("message_returned")
def message_returned(message_id: str) -> None:
    """What a message carried is sent the company's other way, if it has one; else as after any failure. Safe to repeat.

    Raises work.PermanentFailure for a reminder or a withdrawal that there is still reason to send: a person decides.
    """
    with write() as session:
        message = session.get_one(Message, message_id)
        event, why, returned = Event(message.event), message.last_error or "", message.state == DeliveryState.FAILED
        carried = notices.locked(session, deliveries.notice_ids(session, message_id))
        if returned and event is Event.CREATED:
            carried = _without_answered(session, message, carried)
        due = [each for each in carried if message_to_send.is_due(session, event, each)]
        passed_over = any(
            (spoc := companies.spoc(session, each.spoc_id)) and spoc.bounced_at for each in carried if each.spoc_id
        )
    if not carried:
        return
    if returned:
        if event is Event.REPLIED:
            replying.reply_not_delivered(message_id, why)
        if event in _FOLLOWS and due:
            raise work.PermanentFailure(why or "It came back.")
        if event is not Event.CREATED:
            return
        if len(carried) > 1 or message.channel == Channel.DIGEST:  # each may have another SPOC: a person decides
            delivery.digest_not_delivered(message_id, why)
            return
        if not due:
            return
        if not (passed_over and rerouting.take_another_way(message_id, carried[0].id)):
            delivery.not_delivered(carried[0].id, why)
            return
    with write() as session:  # also after a worker that got no further: it would wait for ever
        if deliveries.states(session, [message_id])[message_id] == DeliveryState.QUEUED and event in _SENT_BY:
            if event in REMINDERS and message_to_send.gathers(message):  # with all that it was gathered with
                work.enqueue(session, "deliver_digest", message_id)
            else:
                work.enqueue(session, _SENT_BY[event], carried[0].id)


def _without_answered(session: Session, message: Message, carried: list[Notice]) -> list[Notice]:
    """Take out what its company has had, for it answered or asked about it since, and return the rest."""
    had_at = _had_at(session, carried)
    for notice_id, at in had_at.items():
        digest_store.take_out(session, message, notice_id, had_at=at)
    return [notice for notice in carried if notice.id not in had_at]


@set_aside.on_retry("message_returned")
def send_again(session: Session, message_id: str) -> None:
    """A reminder or a withdrawal that came back waits again; the work that is taken up asks for it to be sent."""
    message = session.get_one(Message, message_id)
    if message.event in _FOLLOWS and message.state == DeliveryState.FAILED:
        deliveries.redirect(session, message.id, Channel(message.channel), message.address)
