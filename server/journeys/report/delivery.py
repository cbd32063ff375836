"""Step 11: a notice is sent, reminded of, withdrawn; or it cannot be delivered, and that is shown.

An attempt is recorded before it is made and its outcome after, each in a transaction of its own; what is between them is
outside any transaction. A worker that dies in between leaves an attempt without an end, and the next one may send a
second copy: with the same Message-ID, so that the receiver recognises it.
"""

import random
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from server.core import audit, clock, lease, work
from server.core.database import read, write
from server.core.reasons import Reason, ReasonCode
from server.core.sentences import sentence
from server.core.words import CaseState, Channel, DeliveryState, Event, FeedbackCode, Refused, Status
from server.journeys.report import gathering, message_to_send, rerouting
from server.ledger.cases import decisions
from server.ledger.cases import store as cases
from server.ledger.companies import store as companies
from server.ledger.delivery import attempt_store, registry, resting
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.channel import (
    Bounced,
    Closed,
    Definition,
    Departure,
    DestinationDown,
    Failure,
    ForGood,
    NotNow,
    PlainMessage,
)
from server.ledger.delivery.models import AttemptOutcome, Message, MessageNotice
from server.ledger.notices import compose, reply_store
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.ledger.reports import store as reports
from server.ledger.reports.feedback_words import Entry

PACED = "Its mailbox was asked about as many cases within the hour as are sent in one."
LONGEST_REST = 300.0  # seconds until what waits for a destination that rests is looked at again
_chance = random.SystemRandom().random


def queue_notice(
    session: Session,
    *,
    case_id: str,
    company_id: str,
    spoc_id: str | None,
    channel: Channel,
    address: str,
    document: compose.Document,
    platform_id: str | None = None,
    groups: Collection[str] = (),
    due_at: datetime | None = None,
) -> str:
    """Keep a complete notice and the message that carries it, in the caller's transaction; return the notice's id.

    The address is a mail or web address, or empty where the channel has none. `groups`: of the taxa that the notice names.
    `due_at`: when its digest leaves, where that is known already. A notice that was answered before is replaced, and one that
    could not be delivered. Raises Refused("conflict") while one still waits for its answer.
    """
    if before := replaceable(session, case_id):
        notices.replace(session, before)
    notice = notices.add(
        session, case_id=case_id, company_id=company_id, spoc_id=spoc_id, document=document, platform_id=platform_id,
        groups=groups,
    )  # fmt: skip
    deliveries.queue(session, Event.CREATED, channel, address, [notice.id])
    audit.record(session, None, "notice_queued", "notice", notice.id, case_id=case_id, channel=channel)
    due_at = due_at or gathering.due_at(session, channel, spoc_id)
    if due_at:
        notices.postpone(notice, due_at)
    work.enqueue(session, "deliver_notice", notice.id, due_at)
    return notice.id


def replaceable(session: Session, case_id: str) -> Notice | None:
    """The notice that a new one about this case would replace. Raises Refused("conflict") while it waits for its answer."""
    before = notices.active(session, case_id)
    if before and before.answer is None:
        message = deliveries.of_notice(session, before.id)
        if message is None or message.state != DeliveryState.FAILED:
            raise Refused(
                "conflict",
                sentence(
                    "Notice %(reference)s about this listing is still waiting for an answer.",
                    reference=before.reference,
                ),
            )
    return before


# --- One attempt -----------------------------------------------------------------------------------------------------


def leave(message_id: str) -> None:
    """Try once to send a message that waits; safe to repeat. A SPOC whose address bounces is passed over from now on.

    Raises work.Retry to be tried again, on the channel's own schedule; work.PermanentFailure when a person has to see to it.
    """
    lease.confirm()
    try:
        attempt = _start(message_id)
    except _AnotherWay:
        attempt = _start(message_id, goes=True) if rerouting.take_todays_way(message_id) else None
    if attempt is None:
        return
    channel, n = attempt.channel, attempt.n
    try:
        if channel.send:
            attempt.refuse_closed()
            _send(channel, message_to_send.plain_message(attempt))
    except NotNow as reason:
        if isinstance(reason, DestinationDown):
            resting.rest(channel.destination(attempt.message.address))
        if n >= channel.retries.attempts:
            _finish(attempt, AttemptOutcome.PERMANENT_FAILURE, reason)
            raise work.PermanentFailure(str(reason), reason.failure) from reason
        _finish(attempt, AttemptOutcome.RETRY, reason)
        after = max(channel.retries.pause(n, _chance()), reason.after or 0)
        again = work.Retry(str(reason), after=after, counts=False, failure=reason.failure)  # the schedule counts
        raise again from reason
    except ForGood as reason:
        _finish(attempt, AttemptOutcome.PERMANENT_FAILURE, reason, bounced=isinstance(reason, Bounced))
        other = rerouting.take_another_way(message_id, attempt.notice.id) if isinstance(reason, Closed) else None
        if other is None:
            raise
        if not message_to_send.gathers(other):
            leave(message_id)
        return
    except Exception as problem:
        _finish(attempt, AttemptOutcome.RETRY, NotNow(Failure.UNEXPECTED, error=type(problem).__name__))
        raise
    _finish(attempt, AttemptOutcome.SENT)


def _send(channel: Definition, message: PlainMessage) -> None:
    """Send it; a company's server that is slow rests afterwards. Raises as the channel does."""
    began = clock.now()
    try:
        if channel.send:
            channel.send(message)
    finally:
        if channel.server is None:  # ours serves everybody
            resting.rest_if_slow(channel.destination(message.address), clock.now() - began)


class _AnotherWay(Exception):
    """The directory says another way today than the message would go."""


def _start(message_id: str, *, goes: bool = False) -> message_to_send.MessageToSend | None:
    """Record the attempt before it is made. None when there is nothing to send (any more).

    All that decides whether it leaves is read with its notices and the message locked. goes: the way it takes was settled
    just now. Raises _AnotherWay.
    """
    with write() as session:
        message = session.get(Message, message_id)
        if message is None or message.state != DeliveryState.QUEUED:
            return None
        if message_to_send.gathers(message) and (notice_ids := deliveries.notice_ids(session, message_id)):
            gathering.alone_with(session, notice_ids[0])  # nothing joins it from here on: what has, leaves with it
        held = list(session.scalars(_CARRIED, {"id": message_id}))
        message = attempt_store.lock(session, message_id)
        if message is None or message.state != DeliveryState.QUEUED or not held:
            return None
        spoc = companies.spoc(session, held[0].spoc_id) if held[0].spoc_id else None  # read once, for all that asks
        if not goes and not rerouting.goes_today(session, message, held[0]):
            raise _AnotherWay
        event, gathered = Event(message.event), message_to_send.gathers(message)
        channel = registry.CHANNELS[Channel(message.channel)]
        carried = [notice for notice in held if gathered or message_to_send.is_due(session, event, notice)]
        if channel.departure is Departure.BY_HAND:
            rerouting.refuse_lapsed(session, message, held)
            rerouting.refuse_erased(session, message, carried)
            return None
        if not carried:
            return None
        _refuse_for_now(session, message, channel, held[0])
        answered = event is Event.CREATED and message.channel == Channel.MAIL and any(each.answer for each in carried)
        if answered and not deliveries.count_attempts(session, message_id):  # in the inbox, before its mail could leave
            gathering.leave_out(session, message, carried[0])
            return None
        if not gathered:
            if message_to_send.is_held_back(session, event, carried):
                rerouting.refuse_erased(session, message, carried)
                raise work.Retry(message_to_send.HELD, after=message_to_send.HELD_FOR, counts=False)
            rerouting.refuse_lapsed(session, message, carried)
        if (claim := attempt_store.claim(session, message)) is None:
            return None
        following = 0
        if gathered:
            carried, following = gathering.at_last(session, message, claim.n, carried, claim.copied)
            if not carried:
                return None
        elif event is Event.CREATED and not claim.copied:
            notices.mark_sent_late(carried[0], clock.now())
        elif event is Event.REPLIED and not claim.copied:
            reply_store.mark_sent(session, message.id, carried[0], clock.now())
        return message_to_send.prepared(session, message, claim.n, carried, spoc, following)


_CARRIED = (  # its notices, oldest first, locked; built once
    select(Notice)
    .join(MessageNotice, MessageNotice.notice_id == Notice.id)
    .where(MessageNotice.message_id == bindparam("id"))
    .order_by(Notice.id)
    .with_for_update(of=Notice)
)


def _refuse_for_now(session: Session, message: Message, channel: Definition, notice: Notice) -> None:
    """Raises work.Retry outside its contact's hours, while its mailbox has had enough, and while its destination rests."""
    gathering.refuse_closed(session, message, notice)
    if until := attempt_store.paced_until(session, message):
        raise work.Retry(PACED, after=(until - clock.now()).total_seconds(), counts=False)
    if resting.rests(channel.destination(message.address)):
        pause = channel.retries.pause(deliveries.count_attempts(session, message.id))
        raise resting.again(min(pause, LONGEST_REST))


def _finish(
    attempt: message_to_send.MessageToSend,
    outcome: AttemptOutcome,
    problem: NotNow | ForGood | None = None,
    bounced: bool = False,
) -> None:
    """Record how the attempt ended; where it got through, that the work of this is done, too: in one transaction."""
    with write() as session:
        if outcome is AttemptOutcome.SENT:
            work.done_with(session)
        attempt_store.record(session, attempt.message.id, attempt.n, outcome, problem)
        if bounced and attempt.spoc:
            companies.mark_bounced(session, attempt.spoc.id, attempt.message.address)


# --- What is sent when -----------------------------------------------------------------------------------------------


@work.handler("deliver_notice", sends=True)
def deliver_notice(notice_id: str) -> None:
    """Send a notice on its channel, or let it join the message that carries it; safe to repeat."""
    with read() as session:
        message = deliveries.of_notice(session, notice_id)
    if message is None:
        return
    if message.state == DeliveryState.FAILED:  # recorded before, by a worker that got no further
        raise work.PermanentFailure("It could not be delivered.")
    send(message, notice_id)


def send(message: Message, notice_id: str) -> None:
    """Send the message about one notice: now, or with all that waits for the same contact."""
    if not message_to_send.gathers(message) or gathering.gather(notice_id, Event(message.event)):
        leave(message.id)


@work.handler("deliver_digest", sends=True)
def deliver_digest(message_id: str) -> None:
    """Send what was gathered; safe to repeat."""
    with read() as session:
        state = deliveries.states(session, [message_id]).get(message_id)
    if state == DeliveryState.FAILED:
        raise work.PermanentFailure("It could not be delivered.")
    if state:
        leave(message_id)


@work.on_dead_letter("deliver_digest")
def digest_not_delivered(message_id: str, reason: str) -> None:
    """As of each notice by itself, where it was to come for the first time. Safe to repeat."""
    with write() as session:
        deliveries.give_up(session, message_id, reason)
        carried = deliveries.notice_ids(session, message_id)
        first = [each for each in carried if (own := deliveries.of_notice(session, each)) and own.id == message_id]
    for notice_id in first:
        not_delivered(notice_id, reason)


@work.on_dead_letter("deliver_notice")
def not_delivered(notice_id: str, reason: str) -> None:
    """It will not arrive by this way: the case is open again, and the spotters are told the truth. Safe to repeat."""
    with write() as session:
        case = cases.get(session, notices.get(session, None, notice_id).case_id, lock=True)
        notice = notices.lock(session, notice_id)
        if message := deliveries.of_notice(session, notice_id):
            deliveries.give_up(session, message.id, reason)
        later = decisions.is_pending(session, case.id) or not notices.stands(notice)  # notified by another decision
        if case.state == CaseState.NOTIFIED and not later:
            cases.move(session, case, "question", None)
            if message and (why := rerouting.lapsed(session, message, notice)):
                cases.put_first(case, Reason(ReasonCode.LAPSED, None, {"why": why.value}))
        for report in reports.of_notice(session, notice_id):
            if report.status in (Status.NOTIFIED, Status.NO_ANSWER):  # who never had it was not silent
                reports.move(session, report, Status.IN_REVIEW, Entry(FeedbackCode.NOT_DELIVERED))
