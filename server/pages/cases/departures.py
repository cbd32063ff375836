"""What a coordinator is told once something is decided, written or reviewed: whether it is sent now, and where it waits."""

from server.core import rest
from server.core.database import db
from server.core.sentences import sentence
from server.core.words import Channel, Decision, Seen
from server.ledger.cases import decisions
from server.ledger.delivery import digest_store, registry
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.channel import Departure

DONE = {
    Decision.DISMISS: sentence("Dismissed. The spotters will read your reason."),
    Decision.ASK: sentence("Question sent. The case comes back with the answer."),
    Decision.HOLD: sentence("Held. It comes back on the day you chose, or when somebody decides."),
}
QUEUED = {
    Departure.SENT: sentence("Decided. The notice is being sent; the case shows when it has arrived."),
    Departure.FETCHED: sentence("Decided. The notice is in the company’s inbox."),
    Departure.BY_HAND: sentence("Decided. The notice waits: fill in the company’s own form to send it."),
}
REPLY_QUEUED = {
    Departure.SENT: sentence("Your reply is being sent. It is the company’s turn."),
    Departure.FETCHED: sentence("Your reply is in the company’s inbox. It is the company’s turn."),
    Departure.BY_HAND: sentence("Your reply waits: send it by the company’s own form or address."),
}


def break_offered(offer: rest.Offer) -> str:
    """Said once, after the decision that it follows; no page waits for it."""
    if offer.live:
        return sentence(
            "The last %(number)s cases were all about live animals. This is a good time for a break: nothing here is lost meanwhile.",
            number=offer.live,
        )
    return sentence(
        "You have been deciding for %(number)s minutes. This is a good time for a break: nothing here is lost meanwhile.",
        number=offer.minutes,
    )


def queued(case_id: str, notice_id: str) -> str:
    """What becomes of a notice that was just decided."""
    if pending := decisions.pending_on(db.session(), [case_id]).get(case_id):
        if pending.stop_id:
            return sentence(
                "Decided; the notice is on hold. It will be sent once a coordinator has reviewed the company’s answers."
            )
        return sentence(
            "Decided. The notice waits until the server has checked whether the ad is still there; the case shows when it is sent."
        )
    message = deliveries.of_notice(db.session(), notice_id)
    if message and digest_store.awaits_digest(db.session(), message):
        return sentence("Decided. The notice is sent with the company’s next digest; the case shows when.")
    return QUEUED[departure(notice_id)]


def departure(notice_id: str) -> Departure:
    """How a message about a notice is sent, by its channel."""
    message = deliveries.of_notice(db.session(), notice_id)
    return registry.CHANNELS[Channel(message.channel)].departure if message else Departure.SENT


LOOKED = {
    Seen.GONE: sentence("Checked: gone. The spotters see this in their reports."),
    Seen.PRESENT: sentence("Checked: still there. If the company had said it was gone, the case is open again."),
    Seen.CANNOT_TELL: sentence("Noted. Somebody else may check."),
}
