"""Step 11 for a contact with a digest: what asks them for an answer is gathered into one message, at their hour.

Until then each notice waits in a message of its own that nobody has tried to send, so that it is withdrawn, answered and
held like any other. Gathering makes one message of them, together with the work that sends it: in one transaction, so that
a worker that dies leaves all of them waiting or all of them gathered. From then on it is a message like any other, with one
Message-ID and its channel's retries.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from server.core import audit, clock, work
from server.core.database import alone, write
from server.core.words import REMINDERS, Channel, DeliveryState, Event
from server.journeys.report import message_to_send, rerouting
from server.ledger.companies import store as companies
from server.ledger.companies.routing import RoutedSpoc
from server.ledger.delivery import digest_store, registry, slots
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import Message
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice

CLOSED = "Its contact is not at work."
_Waiting = list[tuple[Message, Notice]]
_KIND = {
    Event.CREATED: "deliver_notice",
    Event.DUE_SOON: "remind_early",
    Event.REMINDED: "remind_notice",
}  # the work about one notice, until it is gathered


def due_at(session: Session, channel: Channel, spoc_id: str | None) -> datetime | None:
    """When messages to this SPOC on this channel are sent; None: at once."""
    if registry.CHANNELS[channel].together is None:
        return None
    return _next_slot(companies.routed(session, spoc_id) if spoc_id else None)


def gather(notice_id: str, event: Event) -> bool:
    """Gather what is pending with this notice's message, and ask for it to be sent. True: the message is sent alone, now.

    Raises work.Retry until a working day of the contact, and while frozen accounts alone reported it; work.PermanentFailure
    when the contact is gone and the company has no other way.
    """
    with write() as session:
        alone_with(session, notice_id)
        message, notice = deliveries.of_notice(session, notice_id, event), notices.lock(session, notice_id)
        if message is None:
            return False
        if not message_to_send.gathers(message):  # redirected while this waited for its turn
            return True
        if not digest_store.awaits_digest(session, message):
            if message.state == DeliveryState.QUEUED:  # tried before: by a webhook, or by work that failed permanently
                _send_digest(session, message)
            return False
        if not _asks(session, event, notice):
            if event is not Event.CREATED or (notice.answer and notice.answered_at):
                leave_out(session, message, notice)
            return False
        waiting = _waiting(session, message, notice)
        if notice.id not in {each.id for _, each in waiting}:
            if not _is_asked_for(session, message):  # gathered before: its attempt takes it out
                rerouting.refuse_erased(session, message, [notice])
            raise _later(
                companies.routed(session, notice.spoc_id) if notice.spoc_id else None,
                message_to_send.HELD,
            )
        spoc = companies.routed(session, notice.spoc_id) if notice.spoc_id else None
        if spoc is None or spoc.bounced or not spoc.address:
            return _hand_over(session, message, notice)
        _follow(session, spoc, waiting)
        if not _is_asked_for(session, message):  # gathered before: its attempt takes out what has lapsed
            rerouting.refuse_lapsed(session, message, [notice])
        waiting = [(own, each) for own, each in waiting if each is notice or not rerouting.lapsed(session, own, each)]
        if registry.CHANNELS[spoc.channel].together is None:
            return True
        if not _is_open(event, spoc):
            raise _later(spoc, CLOSED)
        most = registry.CHANNELS[spoc.channel].together or 1
        for start in range(0, len(waiting), most):
            _join(session, waiting[start : start + most], notice_id)
        return False


def _is_open(event: Event, spoc: RoutedSpoc) -> bool:
    """Whether the contact gets this now: a reminder in their working hours, a notice on any working day."""
    if event is Event.CREATED:
        return slots.is_working_day(clock.now(), spoc.time_zone)
    return slots.is_open(clock.now(), spoc.time_zone, spoc.digest_hour)


def refuse_closed(session: Session, message: Message, notice: Notice) -> None:
    """Raises work.Retry for a reminder outside its contact's working hours; one that leaves by itself also while it is our turn."""
    if message.event not in REMINDERS:
        return
    zone, hour = message_to_send.hours(session, notice)
    after = (slots.next_slot(clock.now(), zone, hour) - clock.now()).total_seconds()
    if not slots.is_open(clock.now(), zone, hour):
        raise work.Retry(CLOSED, after=after, counts=False)
    if not message_to_send.gathers(message) and message_to_send.is_our_turn(session, notice):
        raise work.Retry(message_to_send.HELD, after=after, counts=False)


def alone_with(session: Session, notice_id: str) -> None:
    """Wait until nobody else gathers or begins to send what this notice's contact gets, and keep them from it.

    Read what waits afterwards. Raises work.Retry when the notice has gone to another contact meanwhile.
    """
    spoc_id = notices.spoc_id(session, notice_id)
    alone(session, f"digest {spoc_id}")
    if notices.spoc_id(session, notice_id) != spoc_id:
        raise work.Retry("It has gone to another contact this moment.", after=1, counts=False)


def _asks(session: Session, event: Event, notice: Notice) -> bool:
    """Whether it still asks the company: a notice for its first answer, a reminder for one that decides."""
    return message_to_send.is_due(session, event, notice) and (event is not Event.CREATED or notice.answer is None)


def _waiting(session: Session, message: Message, notice: Notice) -> _Waiting:
    """What this message carries, the oldest first: for a reminder, what follows the same mail."""
    event = Event(message.event)
    rows = digest_store.waiting(session, event, _of_spoc(notice))
    by_id = {each.id: each for each in notices.locked(session, [notice_id for _, notice_id in rows])}
    found = [(own, by_id[notice_id]) for own, notice_id in rows if _asks(session, event, by_id[notice_id])]
    if event is not Event.CREATED:
        firsts = deliveries.firsts(session, [notice.id, *(each.id for _, each in found)])
        found = [(own, each) for own, each in found if firsts.get(each.id) == firsts.get(notice.id)]
    return [(own, each) for own, each in found if not message_to_send.is_held_back(session, event, [each])]


def _of_spoc(notice: Notice) -> Select[str]:
    return select(Notice.id).where(Notice.spoc_id == notice.spoc_id, Notice.company_id == notice.company_id)


def _hand_over(session: Session, message: Message, notice: Notice) -> bool:
    """Its contact is gone: this notice goes to whom the company has for it. The others have work of their own.

    True: it leaves by itself, now. With a digest it waits for that contact's hour, among what else they get.
    """
    if _is_asked_for(session, message):  # gathered before: it leaves as it is, and what comes back says so
        return False
    other = rerouting.other_spoc(session, notice)
    if other is None:
        raise work.PermanentFailure("The contact is gone, and the company has no other.")
    _redirect(session, message, notice, other)
    notices.hand_to(notice, other.id)
    if not message_to_send.gathers(message):
        return True
    due_at = _next_slot(other)
    if message.event == Event.CREATED:
        notices.postpone(notice, due_at)
    work.enqueue(session, _KIND[Event(message.event)], notice.id, due_at)
    return False


def _follow(session: Session, spoc: RoutedSpoc, waiting: _Waiting) -> None:
    """Let what waits go where the directory says now: it may have changed since it was queued."""
    for own, notice in waiting:
        gathered = registry.CHANNELS[spoc.channel].together is None and _is_asked_for(session, own)
        if (own.channel, own.address) != (spoc.channel, spoc.address) and not gathered:  # only a digest says several
            _redirect(session, own, notice, spoc)
    session.flush()


def _redirect(session: Session, message: Message, notice: Notice, spoc: RoutedSpoc) -> None:
    deliveries.redirect(session, message.id, spoc.channel, spoc.address)
    audit.record(session, None, "notice_redirected", "notice", notice.id, channel=spoc.channel.value)


def _join(session: Session, waiting: _Waiting, notice_id: str) -> None:
    """Make one message of some, and ask for it to be sent instead of each."""
    message, ids = waiting[0][0], [each.id for _, each in waiting]
    digest_store.join(session, message, ids)
    work.drop(session, _KIND[Event(message.event)], [each for each in ids if each != notice_id])
    _send_digest(session, message)


def _send_digest(session: Session, message: Message) -> None:
    """Ask for a message to be sent, unless that is asked already."""
    if not _is_asked_for(session, message):
        work.enqueue(session, "deliver_digest", message.id)


def _is_asked_for(session: Session, message: Message) -> bool:
    return bool(work.next_attempts(session, "deliver_digest", [message.id]))


def at_last(
    session: Session, message: Message, n: int, carried: Iterable[Notice], copied: bool
) -> tuple[list[Notice], int]:
    """What a digest carries in the attempt that was just recorded, and how many notices leave in others after it.

    What was withdrawn or answered since it was gathered is taken out, and what is held, to wait for another digest; unless an
    earlier attempt may have brought it (`copied`): it then stays among what the message carried, so that its withdrawal
    follows. What does not leave any more as it is (`rerouting.lapsed`) is taken out, too, and comes back to the desk by work of its own.
    Raises work.Retry while nothing but what is held is left of such a message, work.PermanentFailure when nothing at all is.
    """
    event, stays, held, lapsed = Event(message.event), list[Notice](), False, None
    for notice in carried:
        if _asks(session, event, notice) and (why := rerouting.lapsed(session, message, notice)):
            lapsed = why
            if not copied:
                digest_store.take_out(session, message, notice.id)
                work.enqueue(session, _KIND[event], notice.id)
        elif not _asks(session, event, notice):
            if not copied:
                leave_out(session, message, notice)
        elif message_to_send.is_held_back(session, event, [notice]):
            held = True
            if copied:
                continue
            digest_store.take_out(session, message, notice.id, waits=True)
            work.enqueue(session, _KIND[event], notice.id, due_at(session, Channel(message.channel), notice.spoc_id))
        else:
            stays.append(notice)
    if not stays and held and copied:
        raise work.Retry(message_to_send.HELD, after=message_to_send.HELD_FOR, counts=False)
    if not stays and lapsed and copied:
        raise work.PermanentFailure(rerouting.LAPSED[lapsed])
    if not stays:
        digest_store.unclaim(session, message.id, n)
        return [], 0
    if event is Event.CREATED and not copied:
        for notice in stays:
            notices.mark_sent(notice, clock.now())
    return stays, digest_store.count_following(session, message, _of_spoc(stays[0]))


def leave_out(session: Session, message: Message, notice: Notice) -> None:
    """It asks for nothing any more. One that was answered reached its company another way: the portal, or a program."""
    answered = notice.answered_at if message_to_send.is_due(session, Event.CREATED, notice) else None
    digest_store.take_out(session, message, notice.id, had_at=answered)


def _next_slot(spoc: RoutedSpoc | None) -> datetime:
    return slots.next_slot(clock.now(), spoc.time_zone, spoc.digest_hour) if spoc else slots.next_slot(clock.now())


def _later(spoc: RoutedSpoc | None, why: str) -> work.Retry:
    return work.Retry(why, after=(_next_slot(spoc) - clock.now()).total_seconds(), counts=False)
