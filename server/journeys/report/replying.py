"""Step 12, between answers: a coordinator replies to a company in the notice's thread, and the company writes back."""

from sqlalchemy.orm import Session

from server.core import audit, outcome, urls, work
from server.core.database import read, write
from server.core.words import CaseState, DeliveryState, Event, Refused, Sender
from server.journeys.report import delivery, effect, naming
from server.journeys.report.composing import FROZEN
from server.ledger.cases import decisions, states
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case
from server.ledger.companies import store as companies
from server.ledger.delivery import store as deliveries
from server.ledger.notices import reply_store
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.ledger.reports import store as reports
from server.reads import withheld


def reply_to_company(notice_id: str, account_id: str, text: str) -> str:
    """A coordinator's reply: it is sent on the notice's own channel, and it is the company's turn. Returns its id.

    Raises Refused: names-a-person, conflict while everybody who reported it is frozen, and as `reply_store.add` does.
    """
    with write() as session:
        notice = notices.get(session, None, notice_id)
        return reply_locked(session, cases.get(session, notice.case_id, lock=True), notice, account_id, text)


def reply_locked(session: Session, case: Case, notice: Notice, account_id: str, text: str) -> str:
    """The same in the caller's transaction, in which the case is locked."""
    text = urls.plain_in_text(text)
    naming.refuse_names(session, {"text": text}, reports.reporters(session, case.id))
    if withheld.is_held(session, case.id, notice.document):
        raise Refused("conflict", FROZEN)
    failed = deliveries.failed(session, notice.id)
    reply, new = reply_store.add(session, notice.id, Sender.COORDINATOR, text, account_id, failed)
    if new:
        audit.record(session, account_id, "notice_replied", "notice", notice.id, sender=Sender.COORDINATOR.value)
        effect.overtake(session, case)
        if notice.answer in outcome.ASKS and states.possible(case.state, "resume"):
            cases.move(session, case, "resume", account_id)
        if message_id := _queue(session, notice, reply.id):
            reply_store.brought_by(reply, message_id)
            work.enqueue(session, "deliver_reply", message_id)
    return reply.id


def reply_from_company(notice_id: str, account_id: str, text: str, company_id: str) -> str:
    """What a company's person or program writes beside an answer; now it is our turn. Returns its id.

    Raises Refused: not-found for a foreign notice, and as `reply_store.add` does.
    """
    with write() as session:
        notice = notices.get(session, company_id, notice_id)
        case = cases.get(session, notice.case_id, lock=True)
        reply, new = reply_store.add(session, notice.id, Sender.COMPANY, text, account_id)
        if new:
            audit.record(session, account_id, "notice_replied", "notice", notice_id, sender=Sender.COMPANY.value)
            effect.overtake(session, case)
        return reply.id


def _queue(session: Session, notice: Notice, reply_id: str) -> str | None:
    """The message that brings a reply on the way the notice took."""
    first = deliveries.of_notice(session, notice.id)
    if first is None:
        return None
    mailbox = companies.mailbox(session, notice.spoc_id)
    return deliveries.follow_up(session, first, notice.id, Event.REPLIED, reply_id, mailbox).id


@work.handler("deliver_reply", sends=True)
def deliver_reply(message_id: str) -> None:
    """Send a coordinator's reply on the channel of its notice; safe to repeat."""
    with read() as session:
        state = deliveries.states(session, [message_id])[message_id]
    if state == DeliveryState.FAILED:  # recorded before, by a worker that got no further
        raise work.PermanentFailure("It could not be delivered.")
    delivery.leave(message_id)


@work.on_dead_letter("deliver_reply")
def reply_not_delivered(message_id: str, reason: str) -> None:
    """The company has not got it: what it asked waits for us again. Safe to repeat."""
    with write() as session:
        reply = reply_store.of_message(session, message_id)
        if reply is None:
            return
        notice = notices.get(session, None, reply.notice_id)
        case = cases.get(session, notice.case_id, lock=True)
        deliveries.give_up(session, message_id, reason)
        reply_store.not_brought(session, reply)
        later = decisions.is_pending(session, case.id) or not notices.stands(notice)  # notified by another decision
        if notice.our_turn_since and notice.answer in outcome.ASKS and case.state == CaseState.NOTIFIED and not later:
            cases.move(session, case, "question", None)
