"""Step 11: a notice leaves, is asked about once more, is taken back; or it cannot be delivered, and that is said."""

from collections.abc import Callable

from server.core import audit, wording, work
from server.core.database import read, write
from server.core.words import CaseState, DeliveryState, Refused, Status
from server.journeys.report import verification
from server.ledger.cases import store as cases
from server.ledger.companies import store as companies
from server.ledger.delivery import channels
from server.ledger.notices import store as notices
from server.ledger.reports import store as reports
from server.reads import outgoing


@work.handler("deliver_notice")
def deliver_notice(notice_id: str) -> None:
    """Send a notice on its channel; safe to repeat."""
    _leave(channels.deliver, notice_id)
    with read() as session:
        delivery, _ = notices.delivery(session, notice_id)
        if delivery and delivery.state == DeliveryState.FAILED:
            raise work.Never("It could not be delivered.")


@work.gives_up("deliver_notice")
def not_delivered(notice_id: str, reason: str) -> None:
    """It will not arrive by this way: the case is open again, and the spotters are told the truth. Safe to repeat."""
    with write() as session:
        notice = notices.one(session, None, notice_id)
        case = cases.one(session, notice.case_id, lock=True)
        notices.fail(session, notice_id, reason)
        if case.state == CaseState.NOTIFIED:
            cases.move(session, case, "question", None)
        for report in reports.of_notice(session, notice_id):
            if report.status == Status.NOTIFIED:
                reports.move(session, report, Status.IN_REVIEW, NOT_DELIVERED)


NOT_DELIVERED = "The notice could not be delivered. A coordinator looks for another way; nothing is lost."


def form_sent(case_id: str, account_id: str) -> None:
    """A coordinator has filled in the company's own form with the case's notice: now it has left."""
    with write() as session:
        case = cases.one(session, case_id, lock=True)
        notice = notices.latest(session, case.id)
        if notice is None:
            raise Refused("conflict", "There is no notice on this case.")
        notices.sent_by_hand(session, notice)
        audit.record(session, account_id, "form_sent", "notice", notice.id)


@work.handler("remind_notice")
def remind_notice(notice_id: str) -> None:
    """Ask once more, on the same channel."""
    _leave(channels.remind, notice_id)


@work.handler("notice_overdue")
def notice_overdue(notice_id: str) -> None:
    """No answer came in time: somebody looks whether the listing is still there, and the spotters hear. Safe to repeat.

    Apart from the reminder, for it is true on every channel, and also when the reminder does not arrive.
    """
    with write() as session:
        notice = notices.one(session, None, notice_id)
        case = cases.one(session, notice.case_id, lock=True)
        if not notices.is_overdue(session, notice_id):
            return
        verification.after_answer(session, case, notice, None)
        text = f"{notice.document['company_name']} has not answered by {wording.date(notice.answer_by)}."
        for report in reports.of_notice(session, notice_id):
            if report.status == Status.NOTIFIED:
                reports.move(session, report, Status.NO_ANSWER, text)


@work.handler("take_back_notice")
def take_back_notice(notice_id: str) -> None:
    """Tell a company that had the notice that it is withdrawn."""
    _leave(channels.take_back, notice_id)


def _leave(send: Callable[[str, str | None, bool], None], notice_id: str) -> None:
    """Let it leave; a SPOC whose address refuses for good is passed over from now on."""
    with read() as session:
        notice = notices.one(session, None, notice_id)
        spoc = companies.spoc(session, notice.spoc_id) if notice.spoc_id else None
        clean = bool(outgoing.clean_pictures(session, [notice.case_id]))
        secret = spoc.webhook_secret if spoc else None
        spoc_id = spoc.id if spoc else None
    try:
        send(notice_id, secret, clean)
    except channels.Bounced:
        with write() as session:
            companies.mark_bounced(session, spoc_id)  # type: ignore[arg-type]
        raise


@work.every(600, "remind")
def remind() -> None:
    """Notices that are due and have no answer are asked about once more."""
    with write() as session:
        notices.queue_overdue(session)
