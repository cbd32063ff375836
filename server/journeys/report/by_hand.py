"""Notices that a person sends: a coordinator fills in the company's own form, and says so here."""

from datetime import datetime

from sqlalchemy.orm import Session

from server.core import audit, clock, recurring, times, work
from server.core.database import made_at, read, write
from server.core.sentences import Sentence, sentence
from server.core.slips import refuse
from server.core.words import Event, Refused
from server.journeys.report import composing, message_to_send, rerouting
from server.ledger.cases import store as cases
from server.ledger.delivery import attempt_store
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import AttemptOutcome, Message
from server.ledger.disputes import states
from server.ledger.notices import reply_store
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice


@recurring.every(600, "look_by_hand")
def look_by_hand() -> None:
    """What waits to be sent by hand takes the way, and makes the claims, that the directory says today; a reply that is held for
    good ends.
    """
    with read() as session:
        waiting = deliveries.every_by_hand(session, Event.CREATED)
        again = [("deliver_notice", each) for message, each in waiting if _has_moved(session, message, each)]
        for message, notice_id in deliveries.every_by_hand(session, Event.REPLIED):
            if message_to_send.is_held_for_good(session, notices.get(session, None, notice_id)):
                again.append(("deliver_reply", message.id))
    for kind, meant in again:
        with write() as session:
            if not work.next_attempts(session, kind, [meant]):
                work.enqueue(session, kind, meant)


def _has_moved(session: Session, message: Message, notice_id: str) -> bool:
    notice = notices.get(session, None, notice_id)
    if rerouting.goes_today(session, message, notice) and not rerouting.lapsed(session, message, notice):
        return False
    return message_to_send.is_due(session, Event.CREATED, notice)


def form_sent(
    case_id: str, message_id: str, account_id: str, *, sent_at: datetime | None = None, receipt: str = ""
) -> Notice:
    """A coordinator has filled in the company's own form with this message about the case's notice: now it has left.

    Also where the notice was withdrawn or replaced while they did so: its company has it, and is told of a withdrawal.
    sent_at: when they say they sent it; None: not stated. receipt: the company's number of it, or empty. Both are only
    shown: the message counts as delivered, and the time to answer begins, at this confirmation.
    Returns the notice. Raises Refused: not-found, conflict (it has left already, or is held), invalid.
    """
    receipt = " ".join(receipt.split())
    with write() as session:
        case = cases.get(session, case_id, lock=True)
        # Locked before the message, as an attempt does.
        carried = notices.locked(session, deliveries.notice_ids(session, message_id))
        notice = next((each for each in carried if each.case_id == case.id), None)
        if notice is None:
            raise Refused("not-found", notices.NOT_FOUND)
        if message_id not in {message.id for message in deliveries.by_hand(session, notice.id)}:
            raise Refused("conflict", sentence("This notice has no form to fill in."))
        message = attempt_store.lock(session, message_id)
        if message and message.event != Event.WITHDRAWN and message_to_send.is_held(session, [notice]):
            raise Refused("conflict", composing.FROZEN)
        refuse(sent_at=_time_problem(message_id, sent_at), receipt=states.name_problem(receipt, required=False))
        if message and (claim := attempt_store.claim(session, message)):
            attempt_store.record(session, message.id, claim.n, AttemptOutcome.SENT)
            deliveries.state_sent(message, sent_at, receipt)
            if message.event == Event.CREATED and notices.stands(notice):
                notices.mark_sent_late(notice, clock.now())
            if message.event == Event.REPLIED:
                reply_store.mark_sent(session, message.id, notice, clock.now())
            if notice.withdrawn_at and message.event != Event.WITHDRAWN:
                work.enqueue(session, "take_back_notice", notice.id)
        audit.record(session, account_id, "form_sent", "notice", notice.id)
        return notice


def _time_problem(message_id: str, sent_at: datetime | None) -> Sentence | None:
    """What is wrong with when a message was sent, which is said to the minute; None: nothing."""
    made = made_at(message_id)
    if sent_at and sent_at > clock.now():
        return sentence("This time is in the future. It is now %(time)s.", time=times.full(clock.now()))
    if sent_at and sent_at < made.replace(second=0, microsecond=0):
        return sentence("This was not there to be sent before %(time)s.", time=times.full(made))
    return None
