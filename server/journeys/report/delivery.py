"""Step 11: a notice leaves, is asked about once more, is taken back; or it cannot be delivered, and that is said.

An attempt is recorded before it is made and its outcome after, each in a transaction of its own; what is between them is
outside any transaction. A worker that dies in between leaves an attempt without an end, and the next one may send a
second copy: with the same Message-ID, so that the receiver recognises it.
"""

import json
import random
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from server.core import audit, languages, post, work
from server.core.database import read, write
from server.core.sentences import sentence
from server.core.words import CaseState, Channel, DeliveryState, Event, FeedbackCode, Refused, Status
from server.journeys.report import rerouting
from server.ledger.cases import decisions
from server.ledger.cases import store as cases
from server.ledger.companies import store as companies
from server.ledger.companies.models import Spoc
from server.ledger.delivery import registry, resting
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
)  # fmt: skip
from server.ledger.delivery.models import AttemptOutcome, Message
from server.ledger.notices import compose, facts, link, reply_store
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.ledger.reports import store as reports
from server.ledger.reports.feedback_words import Entry
from server.people.accounts import frozen
from server.reads import outgoing

HELD_FOR = 60.0  # seconds until what a frozen account holds back is looked at again
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
) -> str:
    """Keep a complete notice and the message that carries it, in the caller's transaction; return the notice's id.

    The address is a mail or web address, or empty where the channel has none. `groups`: of the taxa that the notice names. A notice that was answered before is
    replaced, and one that could not be delivered. Raises Refused("conflict") while one still waits for its answer.
    """
    if before := replaceable(session, case_id):
        notices.replace(session, before)
    notice = notices.add(
        session, case_id=case_id, company_id=company_id, spoc_id=spoc_id, document=document, platform_id=platform_id,
        groups=groups,
    )  # fmt: skip
    deliveries.queue(session, Event.CREATED, channel, address, [notice.id])
    audit.record(session, None, "notice_queued", "notice", notice.id, case_id=case_id, channel=channel)
    work.enqueue(session, "deliver_notice", notice.id)
    return notice.id


def replaceable(session: Session, case_id: str) -> Notice | None:
    """The notice that a new one about this case would replace. Raises Refused("conflict") while it waits for its answer."""
    before = notices.standing(session, case_id)
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


@dataclass(frozen=True)
class _Attempt:
    """What an attempt needs, read in the transaction that recorded it."""

    message: Message
    n: int
    notice: Notice
    spoc: Spoc | None
    clean_picture: bool  # whether a person has marked the screenshot as one that may leave
    first: Message | None  # the notice's own message, where this one follows it
    reply: str | None  # what it brings, if it is a coordinator's reply
    question: str | None  # and what the company wrote before that

    @property
    def channel(self) -> Definition:
        return registry.CHANNELS[Channel(self.message.channel)]

    def refuse_closed(self) -> None:
        """Raises Closed for a webhook that its company has closed since: it is not called again."""
        by_hook = self.message.channel == Channel.WEBHOOK and self.spoc and self.spoc.bounced_at
        if by_hook and self.spoc and self.spoc.webhook_url == self.message.address:
            raise Closed(Failure.CLOSED)


def leave(message_id: str) -> None:
    """Try once to send a message that waits; safe to repeat. A SPOC whose address bounces is passed over from now on.

    Raises work.Retry to be tried again, on the channel's own schedule; work.PermanentFailure when a person has to see to it.
    """
    attempt = _start(message_id)
    if attempt is None:
        return
    channel, n = attempt.channel, attempt.n
    try:
        if channel.send:
            attempt.refuse_closed()
            channel.send(plain_message(attempt))
    except NotNow as reason:
        if isinstance(reason, DestinationDown):
            resting.rest(channel.destination(attempt.message.address))
        if n >= channel.retries.attempts:
            _finish(attempt, AttemptOutcome.PERMANENT_FAILURE, reason)
            raise work.PermanentFailure(str(reason)) from reason
        _finish(attempt, AttemptOutcome.RETRY, reason)
        after = max(channel.retries.pause(n, _chance()), reason.after or 0)
        raise work.Retry(str(reason), after=after, counts=False) from reason  # the schedule counts, not the worker
    except ForGood as reason:
        _finish(attempt, AttemptOutcome.PERMANENT_FAILURE, reason, bounced=isinstance(reason, Bounced))
        if not (isinstance(reason, Closed) and rerouting.take_another_way(attempt.message.id, attempt.notice.id)):
            raise
        leave(message_id)
        return
    except Exception as problem:
        _finish(attempt, AttemptOutcome.RETRY, NotNow(Failure.UNEXPECTED, error=type(problem).__name__))
        raise
    _finish(attempt, AttemptOutcome.SENT)


def _start(message_id: str) -> _Attempt | None:
    """Record the attempt before it is made. None when there is nothing to send (any more)."""
    with read() as session:
        message = session.get_one(Message, message_id)
        channel = registry.CHANNELS[Channel(message.channel)]
        if message.state != DeliveryState.QUEUED or channel.departure is Departure.BY_HAND:
            return None
        if resting.rests(channel.destination(message.address)):
            after = min(channel.retries.pause(deliveries.count_attempts(session, message_id)), LONGEST_REST)
            reason = "The destination did not answer a moment ago; it is left alone for some seconds."
            raise work.Retry(reason, after=after, counts=False)
        notice_ids = deliveries.notice_ids(session, message_id)
        if _held(session, notice_ids):
            raise work.Retry("Everybody who reported it has a frozen account.", after=HELD_FOR, counts=False)
    with write() as session:
        carried = [notice for notice in notices.locked(session, notice_ids) if leaves(Event(message.event), notice)]
        if not carried or (n := deliveries.claim(session, message_id)) is None:
            return None
        notice = carried[0]  # one each for now; a digest will word them all
        spoc = companies.spoc(session, notice.spoc_id) if notice.spoc_id else None
        first = None if message.event == Event.CREATED else deliveries.of_notice(session, notice.id)
        clean_picture = bool(outgoing.clean_pictures(session, [notice.case_id]))
        reply = reply_store.of_message(session, message_id)
        question = reply_store.replied_to(session, reply) if reply else None
        return _Attempt(message, n, notice, spoc, clean_picture, first, reply.text if reply else None, question)


def _held(session: Session, notice_ids: Collection[str]) -> bool:
    """Whether a message carries what frozen accounts alone reported: a threatened volunteer's words do not leave."""
    cases_ = [notices.get(session, None, notice_id).case_id for notice_id in notice_ids]
    return any(frozen.all_are(session, reports.reporters(session, case_id)) for case_id in cases_)


def leaves(event: Event, notice: Notice) -> bool:
    """Whether there is still reason to say this of a notice."""
    stands = notice.withdrawn_at is None and notice.replaced_at is None
    match event:
        case Event.CREATED:
            return stands
        case Event.REMINDED:
            return stands and notice.answer is None
        case Event.REPLIED:
            return notice.withdrawn_at is None  # what was asked is answered, also beside a later notice
        case Event.WITHDRAWN:
            return True


def _finish(
    attempt: _Attempt, outcome: AttemptOutcome, problem: NotNow | ForGood | None = None, bounced: bool = False
) -> None:
    """Record how the attempt ended."""
    with write() as session:
        deliveries.record(session, attempt.message.id, attempt.n, outcome, problem)
        if bounced and attempt.spoc:
            companies.mark_bounced(session, attempt.spoc.id)


TEMPLATES = {
    Event.CREATED: "notice", Event.REMINDED: "reminder", Event.REPLIED: "reply", Event.WITHDRAWN: "withdrawn",
}  # fmt: skip


def _subject(event: Event, reference: str) -> str:
    match event:
        case Event.CREATED:
            return sentence("Notice %(reference)s: suspected wildlife listing", reference=reference)
        case Event.REMINDED:
            return sentence("Notice %(reference)s waits for your answer", reference=reference)
        case Event.REPLIED:
            return sentence("Re: Notice %(reference)s: suspected wildlife listing", reference=reference)
        case Event.WITHDRAWN:
            return sentence("Notice %(reference)s is withdrawn", reference=reference)


def plain_message(attempt: _Attempt) -> PlainMessage:
    """The message in words, in the company's language, and as data: what a channel carries."""
    event = Event(attempt.message.event)
    url = link.answer_url(attempt.notice.id)
    with_picture = attempt.clean_picture and event != Event.WITHDRAWN
    document = compose.serialise(attempt.notice.document, url, f"{url}/screenshot?look=1" if with_picture else None)
    with languages.speaking(languages.of_company(attempt.spoc.languages if attempt.spoc else ())):
        context = facts.context(document) | {"reply": attempt.reply, "question": attempt.question}
        return PlainMessage(
            stable_id=attempt.message.stable_id,
            address=attempt.message.address,
            event=event,
            subject=languages.translated(_subject(event, document["reference"])),
            text=post.render(f"mail/{TEMPLATES[event]}.txt", context),
            html=post.render(f"mail/{TEMPLATES[event]}.html", context),
            data=compose.thin(document),
            attachments=(
                ("notice.json", "application/json", json.dumps(document, ensure_ascii=False, indent=2).encode()),
            ),
            secrets=tuple((attempt.spoc and attempt.spoc.webhook_secrets) or ()),
            in_reply_to=attempt.first.stable_id if attempt.first else None,
            returning=(attempt.message.id, attempt.n),
            headers={"Auto-Submitted": "no"} if attempt.reply else {},  # RFC 3834: a person wrote it
        )


# --- What leaves when ------------------------------------------------------------------------------------------------


@work.handler("deliver_notice")
def deliver_notice(notice_id: str) -> None:
    """Send a notice on its channel; safe to repeat."""
    with read() as session:
        message = deliveries.of_notice(session, notice_id)
    if message is None:
        return
    if message.state == DeliveryState.FAILED:  # recorded before, by a worker that got no further
        raise work.PermanentFailure("It could not be delivered.")
    leave(message.id)


@work.on_dead_letter("deliver_notice")
def not_delivered(notice_id: str, reason: str) -> None:
    """It will not arrive by this way: the case is open again, and the spotters are told the truth. Safe to repeat."""
    with write() as session:
        notice = notices.get(session, None, notice_id)
        case = cases.get(session, notice.case_id, lock=True)
        if message := deliveries.of_notice(session, notice_id):
            deliveries.give_up(session, message.id, reason)
        if case.state == CaseState.NOTIFIED and not decisions.waits(session, case.id):  # by a later decision
            cases.move(session, case, "question", None)
        for report in reports.of_notice(session, notice_id):
            if report.status == Status.NOTIFIED:
                reports.move(session, report, Status.IN_REVIEW, Entry(FeedbackCode.NOT_DELIVERED))


def form_sent(case_id: str, account_id: str) -> None:
    """A coordinator has filled in the company's own form with what waits about the case's notice: now it has left."""
    with write() as session:
        case = cases.get(session, case_id, lock=True)
        notice = notices.latest(session, case.id)
        if notice is None:
            raise Refused("conflict", sentence("There is no notice on this case."))
        waiting = deliveries.by_hand(session, notice.id) if leaves(Event.CREATED, notice) else []
        if not waiting:
            raise Refused("conflict", sentence("This notice has no form to fill in."))
        if _held(session, [notice.id]):
            raise Refused("conflict", sentence("Everybody who reported this has a frozen account."))
        if n := deliveries.claim(session, waiting[0].id):
            deliveries.record(session, waiting[0].id, n, AttemptOutcome.SENT)
        audit.record(session, account_id, "form_sent", "notice", notice.id)
