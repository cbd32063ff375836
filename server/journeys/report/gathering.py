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
from server.core.words import Channel, Event
from server.journeys.report import leaving, rerouting
from server.ledger.companies import store as companies
from server.ledger.companies.routing import RoutedSpoc
from server.ledger.delivery import digest_store, registry, slots
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import Message
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice

_Waiting = list[tuple[Message, Notice]]
_KIND = {
    Event.CREATED: "deliver_notice",
    Event.REMINDED: "remind_notice",
}  # the work about one notice, until it is gathered


def gathers(message: Message) -> bool:
    """Whether what a message says waits for others, to leave with them."""
    return registry.CHANNELS[Channel(message.channel)].together is not None and message.event in leaving.GATHERED


def due_at(session: Session, channel: Channel, spoc_id: str | None) -> datetime | None:
    """When what comes for this SPOC on this channel leaves; None: at once."""
    if registry.CHANNELS[channel].together is None:
        return None
    return _next_slot(companies.routed(session, spoc_id) if spoc_id else None)


def gather(notice_id: str, event: Event) -> bool:
    """Gather what waits with this notice's message, and ask for it to be sent. True: the message leaves by itself, now.

    Raises work.Retry until a working day of the contact, and while frozen accounts alone reported it; work.PermanentFailure
    when the contact is gone and the company has no other way.
    """
    with write() as session:
        alone(session, f"digest {notices.get(session, None, notice_id).spoc_id}")
        message, notice = deliveries.of_notice(session, notice_id, event), notices.lock(session, notice_id)
        if message is None or not digest_store.waits(session, message) or not _asks(event, notice):
            if message and notice.answer and notice.answered_at and digest_store.waits(session, message):
                _leave_out(session, message, notice)
            return False
        waiting = _waiting(session, message, notice)
        if notice.id not in {each.id for _, each in waiting}:
            raise _later(
                companies.routed(session, notice.spoc_id) if notice.spoc_id else None,
                "Everybody who reported it has a frozen account.",
            )
        spoc = _way(session, message, notice, waiting)
        if registry.CHANNELS[spoc.channel].together is None:
            return True
        if not slots.is_working_day(clock.now(), spoc.time_zone):
            raise _later(spoc, "It is no working day of the contact.")
        most = registry.CHANNELS[spoc.channel].together or 1
        for start in range(0, len(waiting), most):
            _join(session, waiting[start : start + most], notice_id)
        return False


def _asks(event: Event, notice: Notice) -> bool:
    """Whether it still asks the company for its first answer."""
    return leaving.leaves(event, notice) and notice.answer is None


def _waiting(session: Session, message: Message, notice: Notice) -> _Waiting:
    """What leaves with this message, the oldest first: for a reminder, what follows the same mail."""
    event = Event(message.event)
    rows = digest_store.waiting(session, event, _of_spoc(notice))
    by_id = {each.id: each for each in notices.locked(session, [notice_id for _, notice_id in rows])}
    found = [(own, by_id[notice_id]) for own, notice_id in rows if _asks(event, by_id[notice_id])]
    if event is not Event.CREATED:
        thread = _thread(session, notice)
        found = [(own, each) for own, each in found if _thread(session, each) == thread]
    return [(own, each) for own, each in found if not leaving.held(session, [each.id])]


def _of_spoc(notice: Notice) -> Select[str]:
    return select(Notice.id).where(Notice.spoc_id == notice.spoc_id, Notice.company_id == notice.company_id)


def _thread(session: Session, notice: Notice) -> str | None:
    first = deliveries.of_notice(session, notice.id)
    return first.id if first else None


def _way(session: Session, message: Message, notice: Notice, waiting: _Waiting) -> RoutedSpoc:
    """Where what waits goes now: the directory may have changed since it was queued."""
    spoc = companies.routed(session, notice.spoc_id) if notice.spoc_id else None
    if spoc is None or spoc.bounced or not spoc.address:
        other = rerouting.other_spoc(session, notice)
        if other is None:
            raise work.PermanentFailure("The contact is gone, and the company has no other.")
        spoc = other
    for own, each in waiting:
        if (own.channel, own.address) != (spoc.channel, spoc.address):
            deliveries.redirect(session, own.id, spoc.channel, spoc.address)
            audit.record(session, None, "notice_redirected", "notice", each.id, channel=spoc.channel.value)
        notices.hand_to(each, spoc.id)
    session.flush()
    return spoc


def _join(session: Session, waiting: _Waiting, notice_id: str) -> None:
    """Make one message of some, and ask for it to be sent instead of each."""
    message, ids = waiting[0][0], [each.id for _, each in waiting]
    digest_store.join(session, message, ids)
    work.drop(session, _KIND[Event(message.event)], [each for each in ids if each != notice_id])
    if not work.waits(session, "deliver_digest", [message.id]):
        work.enqueue(session, "deliver_digest", message.id)


def at_last(
    session: Session, message: Message, n: int, carried: Iterable[Notice], copied: bool
) -> tuple[list[Notice], int]:
    """What a digest carries in the attempt that was just recorded, and how many notices leave in others after it.

    What was withdrawn or answered since it was gathered is taken out, unless an earlier attempt may have brought it (`copied`): it
    then stays among what the message carried, so that its withdrawal follows. What is held waits for another digest.
    """
    event, stays = Event(message.event), list[Notice]()
    for notice in carried:
        if leaving.held(session, [notice.id]):
            digest_store.take_out(session, message, notice.id)
            work.enqueue(session, _KIND[event], notice.id, due_at(session, Channel(message.channel), notice.spoc_id))
        elif _asks(event, notice):
            stays.append(notice)
        elif not copied:
            _leave_out(session, message, notice)
    if not stays:
        digest_store.unclaim(session, message.id, n)
        return [], 0
    if event is Event.CREATED and not copied:
        for notice in stays:
            notices.leaves(notice, clock.now())
    return stays, digest_store.count_following(session, message, _of_spoc(stays[0]))


def _leave_out(session: Session, message: Message, notice: Notice) -> None:
    """It asks for nothing any more. One that was answered reached its company another way: the portal, or a program."""
    answered = notice.answered_at if leaving.leaves(Event.CREATED, notice) else None
    digest_store.take_out(session, message, notice.id, had_at=answered)


def _next_slot(spoc: RoutedSpoc | None) -> datetime:
    return slots.next_slot(clock.now(), spoc.time_zone, spoc.digest_hour) if spoc else slots.next_slot(clock.now())


def _later(spoc: RoutedSpoc | None, why: str) -> work.Retry:
    return work.Retry(why, after=(_next_slot(spoc) - clock.now()).total_seconds(), counts=False)
