"""Step 11, when a message not yet sent must go another way: its channel is closed, its contact is gone, or the directory has changed."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from server.core import audit, clock, urls, work
from server.core.database import write
from server.core.reasons import Lapse
from server.core.words import REMINDERS, Channel, DeliveryState, Event
from server.journeys.report import message_to_send, notifier
from server.ledger.cases import store as cases
from server.ledger.companies import store as companies
from server.ledger.companies.routing import RoutedPlatform, RoutedSpoc
from server.ledger.delivery import attempt_store, registry, slots
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.channel import Departure
from server.ledger.delivery.models import Message
from server.ledger.listings.models import Listing
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.ledger.species import names
from server.reads import spoc_choice

LAPSED = {
    Lapse.ROUTE: "Its company does not run the listing's platform any more.",
    Lapse.AWARD: "It claims a priority that is not due any more.",
    Lapse.ERASED: "Whoever reported what it says was erased while their account was frozen.",
}


def take_another_way(message_id: str, notice_id: str) -> Message | None:
    """What a closed webhook does not take is sent the company's other way: to another SPOC, or the portal. None: it has none.

    Of a contact with a digest it leaves at their hour, by work of its own: the notice's does not send what was tried before.
    """
    with write() as session:
        notice = notices.lock(session, notice_id)
        spoc = other_spoc(session, notice)
        return _redirect(session, message_id, notice, spoc) if spoc else None


def take_todays_way(message_id: str) -> bool:
    """What still waits is sent to where the directory says today, whatever it said when the message was queued.

    False: it leaves later, by work of its own. Raises work.PermanentFailure for a notice whose contact is gone, or is reached
    otherwise now, where the company has no other way.
    """
    with write() as session:
        carried = deliveries.notice_ids(session, message_id)
        notice = notices.lock(session, carried[0]) if carried else None  # before the message, as an attempt locks them
        message = attempt_store.lock(session, message_id)
        if notice is None or message is None or deliveries.under_way(session, message_id):
            return True
        if goes_today(session, message, notice):
            return True
        spoc = _todays_spoc(session, notice)
        if spoc and spoc.channel.address_field == Channel(message.channel).address_field:  # a gathered mail stays one
            deliveries.redirect(session, message_id, Channel(message.channel), spoc.address)
            _record(session, notice, spoc)
            return True
        spoc = spoc or other_spoc(session, notice)
        # Nobody is asked to take a reminder to a form by hand.
        by_hand = spoc and message.event in REMINDERS and registry.CHANNELS[spoc.channel].departure is Departure.BY_HAND
        if message_to_send.gathers(message) or not spoc or by_hand:
            raise work.PermanentFailure("The contact is gone, and the company has no other.")
        return not message_to_send.gathers(_redirect(session, message_id, notice, spoc))


def goes_today(session: Session, message: Message, notice: Notice) -> bool:
    """Whether a message with this notice needs no other way: its SPOC is reached there today, or it follows what came this way.

    What asks for an answer is not mailed to an address that bounces, if the company has another contact; but what was gathered
    leaves as it is. A reminder does not follow to a contact that was taken out of the directory since.
    """
    channel = Channel(message.channel)
    if message.state != DeliveryState.QUEUED or registry.CHANNELS[channel].departure is Departure.FETCHED:
        return True
    spoc = companies.routed(session, notice.spoc_id) if notice.spoc_id else None
    bounced = spoc is not None and spoc.bounced and channel is Channel.MAIL and message.event in deliveries.ASKING
    passed_over = bounced and other_spoc(session, notice) is not None
    is_there = spoc and spoc.channel.address_field == channel.address_field and spoc.address == message.address
    if is_there and not passed_over:
        return True
    todays = _todays_spoc(session, notice)
    if todays and todays.channel.address_field == channel.address_field:
        return False
    gone = notice.spoc_id is not None and (spoc is None or passed_over)
    asks = message.event == Event.CREATED or (gone and message.event in REMINDERS)
    return not asks or not message_to_send.is_due(session, Event(message.event), notice)


def _todays_spoc(session: Session, notice: Notice) -> RoutedSpoc | None:
    """The notice's own SPOC, if it can be reached."""
    spoc = companies.routed(session, notice.spoc_id) if notice.spoc_id else None
    reached = spoc and not spoc.bounced and (spoc.address or spoc.channel.address_field is None)
    return spoc if reached else None


def _redirect(session: Session, message_id: str, notice: Notice, spoc: RoutedSpoc) -> Message:
    message = deliveries.redirect(session, message_id, spoc.channel, spoc.address)
    notices.hand_to(notice, spoc.id)
    _record(session, notice, spoc)
    if message_to_send.gathers(message):
        due_at = slots.next_slot(clock.now(), spoc.time_zone, spoc.digest_hour)
        if message.event == Event.CREATED:
            notices.postpone(notice, due_at)
        work.enqueue(session, "deliver_digest", message.id, due_at)
    return message


def _record(session: Session, notice: Notice, spoc: RoutedSpoc) -> None:
    audit.record(session, None, "notice_redirected", "notice", notice.id, channel=spoc.channel.value)


def other_spoc(session: Session, notice: Notice) -> RoutedSpoc | None:
    """Whom a notice on this matter would go to now; None also where it would claim a priority that is not due there."""
    if (platform := _platform(session, notice)) is None:
        return None
    case = cases.get(session, notice.case_id)
    address = urls.read(session.get_one(Listing, case.listing_id).url)
    taxa = names.known(session, [taxon["scientific_name"] for taxon in notice.document["suspicion"]["taxa"]])
    spoc = spoc_choice.choice(session, case.text, address, platform, taxa.values(), None).spoc
    return spoc if spoc and _claims(session, notice, notifier.Way(spoc.id, spoc.channel, spoc.address)) else None


def _platform(session: Session, notice: Notice) -> RoutedPlatform | None:
    """Where its listing is, while the notice's company runs that."""
    listing_id = cases.get(session, notice.case_id).listing_id
    platform = companies.directory(session).route(urls.read(session.get_one(Listing, listing_id).url))
    return platform if platform and platform.company.id == notice.company_id else None


def refuse_lapsed(session: Session, message: Message, carried: Iterable[Notice]) -> None:
    """Raises work.PermanentFailure for a notice that has not left and does not leave any more as it is."""
    for notice in carried:
        if why := lapsed(session, message, notice):
            raise work.PermanentFailure(LAPSED[why])


def refuse_erased(session: Session, message: Message, carried: Iterable[Notice]) -> None:
    """The same of a notice, or a reply about one, that is held for good: nobody is left to be unfrozen."""
    brings = message.event in (Event.CREATED, Event.REPLIED)
    if brings and any(message_to_send.is_held_for_good(session, notice) for notice in carried):
        raise work.PermanentFailure(LAPSED[Lapse.ERASED])


def lapsed(session: Session, message: Message, notice: Notice) -> Lapse | None:
    """Why a notice that a message brings for the first time does not leave any more: its listing is another company's or nobody's
    now, it claims a priority that is not due on its way, or it is held for good. None: it may leave.
    """
    if message.event != Event.CREATED:
        return None
    if _platform(session, notice) is None:
        return Lapse.ROUTE
    if not _claims(session, notice, notifier.Way(notice.spoc_id, message.channel, message.address)):
        return Lapse.AWARD
    return Lapse.ERASED if message_to_send.is_held_for_good(session, notice) else None


def _claims(session: Session, notice: Notice, way: notifier.Way) -> bool:
    return notifier.still_claims(session, notice.document, notice.company_id, way)
