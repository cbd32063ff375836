"""Somebody a report is about complains: kept with its deadline, confirmed by mail, and deleted when its time is over."""

from sqlalchemy.orm import Session

from server.core import audit, post, recurring, web, work
from server.core.database import read, write
from server.core.sentences import sentence
from server.ledger.complaints import store
from server.ledger.complaints.models import Complaint
from server.reads import named_case


def complain(about: str, text: str, email: str, language: str | None = None) -> str:
    """Record a complaint, with the case it names if there is one. Returns its reference.

    The answer is the same whether there is such a case. `language`: of the page they wrote on.
    """
    with write() as session:
        return _record(session, about, text, email, language).reference


def write_down(account_id: str, about: str, text: str, email: str, language: str) -> str:
    """Record a complaint that came by telephone or letter, as somebody of the desk wrote it down. Returns its id.

    It counts as one from the form: the same clock, the same confirmation. The same one again within a day is the first,
    whoever wrote that. `language`: in which the complainant is written to.
    """
    with write() as session:
        return _record(session, about, text, email, language, account_id).id


def _record(
    session: Session, about: str, text: str, email: str, language: str | None, account_id: str | None = None
) -> Complaint:
    case_id = named_case.find(session, about)
    complaint, new = store.add(session, about, text, email, language, case_id, account_id)
    if new:
        audit.record(session, account_id, "complaint_received", "complaint", complaint.id)
        work.enqueue(session, "mail_complaint_received", complaint.id)
    return complaint


@work.handler("mail_complaint_received")
def mail_received(complaint_id: str) -> None:
    """Confirm a complaint: its number, and by when it is answered; once a day to a mailbox.

    Whoever filled the form in may have typed somebody else's address, so nothing that they wrote is in it.
    """
    with write() as session:
        complaint = store.get(session, complaint_id, lock=True)
        if complaint.forgotten_at or not store.take_up_acknowledgement(session, complaint):
            return
        to, language = complaint.email, complaint.language
        context = {
            "reference": complaint.reference, "due_at": complaint.due_at, "written_down": complaint.written_by_id is not None,
            "privacy_url": f"{web.absolute('site.privacy')}#complainant",
        }  # fmt: skip
    subject = sentence("Your complaint %(reference)s", reference=context["reference"])
    post.send_template("complaint_received", to, subject, context, post.message_id(complaint_id), language)


@work.handler("mail_complaint_answer")
def mail_answer(complaint_id: str) -> None:
    """The answer to a complaint, once, to whoever complained."""
    with read() as session:
        complaint = store.get(session, complaint_id)
        if complaint.outcome is None or complaint.forgotten_at or complaint.mailed_at:
            return
        to, language = complaint.email, complaint.language
        context = {"reference": complaint.reference, "answer": complaint.answer}
        thread = post.message_id(complaint_id) if complaint.acknowledged_at else None
    subject = sentence("Your complaint %(reference)s", reference=context["reference"])
    message_id = post.message_id(f"{complaint_id}.answer")
    post.send_template("complaint_answer", to, subject, context, message_id, language, in_reply_to=thread)
    with write() as session:
        store.mailed(store.get(session, complaint_id, lock=True))


def send_answer_again(complaint_id: str, by_id: str) -> None:
    """Have an answer sent once more that could not be delivered, as it was, under its own Message-ID. On record.

    Raises Refused: not-found, conflict (it did not fail, or was sent again often enough).
    """
    with write() as session:
        store.send_again(store.get(session, complaint_id, lock=True))
        audit.record(session, by_id, "complaint_answer_sent_again", "complaint", complaint_id)
        work.enqueue(session, "mail_complaint_answer", complaint_id)


@work.on_dead_letter("mail_complaint_answer")
def answer_not_delivered(complaint_id: str, reason: str) -> None:
    """The complainant has no answer: the page of the complaint says so. Safe to repeat."""
    with write() as session:
        store.failed(store.get(session, complaint_id, lock=True))


@recurring.every(3600, "forget_complaints")
def forget_complaints() -> None:
    """Delete what complainants wrote, and their addresses, when their time is over."""
    with write() as session:
        for complaint in store.old(session):
            store.forget(complaint)
