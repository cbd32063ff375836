"""Step 11, later: a mail server took a message and gives it back. What it carried leaves another way, or people are told."""

from sqlalchemy.orm import Session

from server.core import work
from server.core.database import read, write
from server.core.words import Channel, DeliveryState, Event
from server.journeys.report import delivery, leaving, replying, rerouting
from server.ledger.companies import store as companies
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import Message
from server.ledger.inbound.kinds import BounceScope
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice


def came_back(session: Session, message: Message, scope: BounceScope, why: str) -> None:
    """Record it, in the caller's transaction; what follows is work. A notice that was answered since has arrived.

    The SPOC is passed over from now on where nothing reaches the address, as after a refusal while sending.
    """
    carried = notices.locked(session, deliveries.notice_ids(session, message.id))
    if scope is not BounceScope.MESSAGE and Channel(message.channel).address_field == "email":
        for spoc_id in {notice.spoc_id for notice in carried if notice.spoc_id}:
            spoc = companies.spoc(session, spoc_id)
            if spoc and (spoc.email or "").lower() == message.address.lower():
                companies.mark_bounced(session, spoc.id)
    arrived = message.event == Event.CREATED and all(_answered(notice) for notice in carried)
    if not arrived and deliveries.come_back(session, message.id, why):
        work.enqueue(session, "message_returned", message.id)


def _answered(notice: Notice) -> bool:
    return notice.answer is not None or notice.our_turn_since is not None


@work.handler("message_returned")
def message_returned(message_id: str) -> None:
    """What a message carried leaves the company's other way, if it has one; else as after any failure. Safe to repeat."""
    with read() as session:
        message = session.get_one(Message, message_id)
        carried = [notices.get(session, None, each) for each in deliveries.notice_ids(session, message_id)]
        passed_over = any(
            (spoc := companies.spoc(session, each.spoc_id)) and spoc.bounced_at for each in carried if each.spoc_id
        )
    event, why = Event(message.event), message.last_error or ""
    if message.state == DeliveryState.FAILED:
        if event is Event.REPLIED:
            replying.reply_not_delivered(message_id, why)
        if event is not Event.CREATED:
            return
        if len(carried) > 1 or message.channel == Channel.DIGEST:  # each may have another SPOC: a person decides
            delivery.digest_not_delivered(message_id, why)
            return
        if not leaving.leaves(event, carried[0]):
            return
        if not (passed_over and rerouting.take_another_way(message_id, carried[0].id)):
            delivery.not_delivered(carried[0].id, why)
            return
    with write() as session:  # also after a worker that got no further: it would wait for ever
        if deliveries.states(session, [message_id])[message_id] == DeliveryState.QUEUED:
            work.enqueue(session, "deliver_notice", carried[0].id)
