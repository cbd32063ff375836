"""Step 11, after the notice: it is asked about before its answer is due and after, found overdue, or taken back."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from server.core import clock, recurring, set_aside, work
from server.core.database import read, write
from server.core.words import Channel, DeliveryState, Event, Status
from server.journeys.report import answering, delivery, message_to_send, verification
from server.ledger.cases import store as cases
from server.ledger.companies import store as companies
from server.ledger.delivery import registry, reminding
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.channel import Departure
from server.ledger.delivery.models import Message, MessageNotice
from server.ledger.notices import pending_store
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.ledger.reports import store as reports

REMINDED_AT_ONCE = 50  # notices in one transaction
# When a reminder before the date is planned: two working days and a weekend lie between, and a day is left.
AHEAD = timedelta(days=6)
# In the portal people hear of it by mail. By API and by form the notice lies where it is looked for.
REMINDED_BY = (*registry.channels_by(Departure.SENT), Channel.PORTAL)


@work.handler("remind_early", sends=True)
def remind_early(notice_id: str) -> None:
    """Ask on the same channel for the answer that is due soon, if there is still reason and time to. Safe to repeat."""
    with read() as session:
        notice, first = notices.get(session, None, notice_id), deliveries.of_notice(session, notice_id)
        at = _early(session, notice, first) if first else None
    if at is None:
        return
    if at > clock.now():  # it arrived again since, or has another contact
        raise work.Retry("Its time has not come.", after=(at - clock.now()).total_seconds(), counts=False)
    _remind(notice_id, Event.DUE_SOON)


@work.handler("remind_notice", sends=True)
def remind_notice(notice_id: str) -> None:
    """Ask once more on the same channel, unless it was answered since. Safe to repeat."""
    _remind(notice_id, Event.REMINDED)


def _remind(notice_id: str, event: Event) -> None:
    with write() as session:
        first, reminder = deliveries.of_notice(session, notice_id), deliveries.of_notice(session, notice_id, event)
        if first is None:
            return
        if reminder and deliveries.ended(reminder, before=notices.asked_since(notices.get(session, None, notice_id))):
            deliveries.let_remind_again(session, notice_id, event)  # that was of another time to answer
            reminder = None
        if reminder is None:  # else it is that, or what it was gathered into
            if not message_to_send.is_due(session, event, notices.get(session, None, notice_id)):
                return
            reminder = _follow_up(session, first, notice_id, event)
    delivery.send(reminder, notice_id)


def _early(session: Session, notice: Notice, first: Message) -> datetime | None:
    """When the reminder before the date leaves; None: there is none. One that has not arrived could at best arrive now."""
    return reminding.before(
        first.delivered_at or clock.now(), notice.answer_by, *message_to_send.hours(session, notice)
    )


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
        if not notices.is_overdue(session, notice_id) or deliveries.is_reply_under_way(session, notice_id):
            return
        if pending_store.on(session, [notice_id]):
            raise work.Retry("Its answer can still be undone.", after=message_to_send.HELD_FOR, counts=False)
        verification.after_answer(session, case, notice, None)
        told = (Status.NOTIFIED, Status.IN_REVIEW) if notice.answer else (Status.NOTIFIED,)  # it may have asked before
        for report in reports.of_notice(session, notice_id):
            if report.status in told:
                reports.move(session, report, Status.NO_ANSWER, answering.silence_entry(notice))


@set_aside.on_retry("remind_early")
def remind_early_again(session: Session, notice_id: str) -> None:
    """The reminder before the date that failed permanently waits again."""
    deliveries.wait_again(session, notice_id, Event.DUE_SOON)


@set_aside.on_retry("remind_notice")
def remind_again(session: Session, notice_id: str) -> None:
    """The reminder that failed permanently waits again."""
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
    """What arrived and has no answer is reminded of once before that is due, and once after; then it is overdue, too."""
    with write() as session:
        for notice, first in _arrived(session, notices.to_ask_early(AHEAD)):
            notices.mark_asked_early(notice)
            at = _early(session, notice, first)
            if at and first.channel in REMINDED_BY:
                work.enqueue(session, "remind_early", notice.id, at)
    with write() as session:
        for notice, first in _arrived(session, notices.to_remind()):
            notices.mark_reminded(notice)
            work.enqueue(session, "notice_overdue", notice.id)
            if first.channel in REMINDED_BY:
                due_at = reminding.after(notice.answer_by, *message_to_send.hours(session, notice))
                work.enqueue(session, "remind_notice", notice.id, due_at)


def _arrived(session: Session, those: tuple[ColumnElement[bool], ...]) -> Iterable[tuple[Notice, Message]]:
    """Of those notices the ones that have reached their company, each with the message that brought it; some at a time."""
    rows = select(Notice, Message).join(MessageNotice, MessageNotice.notice_id == Notice.id)
    rows = rows.join(Message, Message.id == MessageNotice.message_id).where(*those)
    rows = rows.where(Message.event == Event.CREATED, Message.state == DeliveryState.DELIVERED)
    rows = rows.where(Notice.id.not_in(deliveries.replies_under_way()))  # its time begins when that leaves
    rows = rows.order_by(Notice.answer_by).limit(REMINDED_AT_ONCE)
    return [(notice, message) for notice, message in session.execute(rows.with_for_update(skip_locked=True, of=Notice))]
