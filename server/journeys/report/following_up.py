"""Step 11, after the notice: it is asked about once more, found overdue, or taken back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import recurring, set_aside, work
from server.core.database import write
from server.core.words import Channel, DeliveryState, Event, FeedbackCode, Status
from server.journeys.report import delivery, gathering, message_to_send, verification
from server.ledger.cases import store as cases
from server.ledger.companies import store as companies
from server.ledger.delivery import registry
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.channel import Departure
from server.ledger.delivery.models import Message, MessageNotice
from server.ledger.notices import pending_store
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.ledger.reports import store as reports
from server.ledger.reports.feedback_words import Entry

REMINDED_AT_ONCE = 50  # notices in one transaction


@work.handler("remind_notice", sends=True)
def remind_notice(notice_id: str) -> None:
    """Ask once more on the same channel, unless it was answered since."""
    with write() as session:
        first = deliveries.of_notice(session, notice_id)
        if first is None or not message_to_send.is_due(Event.REMINDED, notices.get(session, None, notice_id)):
            return
        reminder = deliveries.of_notice(session, notice_id, Event.REMINDED)  # or what it was gathered into
        reminder = reminder or _follow_up(session, first, notice_id, Event.REMINDED)
    delivery.send(reminder, notice_id)


def _follow_up(session: Session, first: Message, notice_id: str, event: Event) -> Message:
    """To the address that the notice's SPOC has by now."""
    mailbox = companies.mailbox(session, notices.spoc_id(session, notice_id))
    return deliveries.follow_up(session, first, notice_id, event, mailbox=mailbox)


@work.handler("notice_overdue")
def notice_overdue(notice_id: str) -> None:
    """No answer came in time: somebody checks whether the listing is still there, and the spotters are told. Safe to repeat.

    Apart from the reminder, for it is true on every channel, and also when the reminder does not arrive.
    """
    with write() as session:
        notice = notices.get(session, None, notice_id)
        case = cases.get(session, notice.case_id, lock=True)
        if not notices.is_overdue(session, notice_id):
            return
        if pending_store.on(session, [notice_id]):
            raise work.Retry("Its answer can still be undone.", after=message_to_send.HELD_FOR, counts=False)
        verification.after_answer(session, case, notice, None)
        params = {"company": notice.document["company_name"], "answer_by": notice.answer_by.date().isoformat()}
        for report in reports.of_notice(session, notice_id):
            if report.status == Status.NOTIFIED:
                reports.move(session, report, Status.NO_ANSWER, Entry(FeedbackCode.OVERDUE, params))


@set_aside.on_retry("remind_notice")
def remind_again(session: Session, notice_id: str) -> None:
    """The reminder that failed for good waits again."""
    deliveries.wait_again(session, notice_id, Event.REMINDED)


@set_aside.on_retry("take_back_notice")
def take_back_again(session: Session, notice_id: str) -> None:
    """What tells the company of the withdrawal waits again."""
    deliveries.wait_again(session, notice_id, Event.WITHDRAWN)


@work.handler("take_back_notice", sends=True)
def take_back_notice(notice_id: str) -> None:
    """Tell a company on the same channel that the notice is withdrawn, if it has arrived or may have."""
    with write() as session:
        first = deliveries.of_notice(session, notice_id)
        if first is None:
            return
        if deliveries.under_way(session, first.id):
            raise work.Retry("It is being sent this moment.", after=5, counts=False)
        if not deliveries.may_have_arrived(session, first):
            return
        withdrawal = _follow_up(session, first, notice_id, Event.WITHDRAWN)
    delivery.leave(withdrawal.id)


@recurring.every(600, "remind")
def remind() -> None:
    """Notices that arrived and have no answer in time are overdue; what we send ourselves gets one reminder.

    In the portal, by API and by form it lies where it is looked for.
    """
    with write() as session:
        arrived = select(Notice, Message.channel).join(MessageNotice, MessageNotice.notice_id == Notice.id)
        arrived = arrived.join(Message, Message.id == MessageNotice.message_id).where(*notices.to_remind())
        arrived = arrived.where(Message.event == Event.CREATED, Message.state == DeliveryState.DELIVERED)
        arrived = arrived.order_by(Notice.answer_by).limit(REMINDED_AT_ONCE)
        for notice, channel in session.execute(arrived.with_for_update(skip_locked=True, of=Notice)).all():
            notices.mark_reminded(notice)
            work.enqueue(session, "notice_overdue", notice.id)
            if channel in registry.channels_by(Departure.SENT):
                due_at = gathering.due_at(session, Channel(channel), notice.spoc_id)
                work.enqueue(session, "remind_notice", notice.id, due_at)
