"""Step 11, when a company has closed its webhook: what it does not take leaves another way that the company still has."""

from sqlalchemy.orm import Session

from server.core import audit, clock, urls, work
from server.core.database import write
from server.core.words import Event
from server.journeys.report import leaving
from server.ledger.cases import store as cases
from server.ledger.companies import store as companies
from server.ledger.companies.routing import RoutedSpoc
from server.ledger.delivery import slots
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import Message
from server.ledger.listings.models import Listing
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.ledger.species import names
from server.reads import spoc_choice


def take_another_way(message_id: str, notice_id: str) -> Message | None:
    """What a closed webhook does not take leaves the company's other way: another SPOC, or the portal. None: it has none.

    Of a contact with a digest it leaves at their hour, by work of its own: the notice's does not send what was tried before.
    """
    with write() as session:
        notice = notices.lock(session, notice_id)
        spoc = other_spoc(session, notice)
        if spoc is None:
            return None
        message = deliveries.redirect(session, message_id, spoc.channel, spoc.address)
        notices.hand_to(notice, spoc.id)
        audit.record(session, None, "notice_redirected", "notice", notice.id, channel=spoc.channel.value)
        if leaving.gathers(message):
            due_at = slots.next_slot(clock.now(), spoc.time_zone, spoc.digest_hour)
            if message.event == Event.CREATED:
                notices.leaves_later(notice, due_at)
            work.enqueue(session, "deliver_digest", message.id, due_at)
        return message


def other_spoc(session: Session, notice: Notice) -> RoutedSpoc | None:
    """Whom a notice on this matter would go to now."""
    case = cases.get(session, notice.case_id)
    address = urls.read(session.get_one(Listing, case.listing_id).url)
    platform = companies.directory(session).route(address)
    if platform is None or platform.company.id != notice.company_id:
        return None
    taxa = names.known(session, [taxon["scientific_name"] for taxon in notice.document["suspicion"]["taxa"]])
    return spoc_choice.choice(session, case.text, address, platform, taxa.values(), None).spoc
