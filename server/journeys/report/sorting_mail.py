"""Step 12, by mail: a coordinator says where a mail that proves nothing by itself belongs, or that it belongs nowhere."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from server.core import audit, recurring
from server.core.database import write
from server.core.languages import translated
from server.core.mail_kinds import MailKind
from server.core.sentences import sentence
from server.core.words import DeliveryState, Refused
from server.journeys.report import effect, reading_mail, returned
from server.ledger.cases import store as cases
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import Message
from server.ledger.inbound import store as inbound
from server.ledger.inbound.kinds import BounceScope
from server.ledger.inbound.models import InboundMail, MailState
from server.ledger.notices import reply_store
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice


class Filed(NamedTuple):
    """Where a mail is now."""

    case_id: str
    is_old: bool = False  # a bounce of an attempt that another has followed: it changes nothing


def file_mail(mail_id: str, reference: str, account_id: str) -> Filed:
    """It belongs to this notice, as if it had proven so: a reply joins the thread, a bounce is one.

    Raises Refused: not-found, conflict when somebody has handled it already, "gone" for a reply to a withdrawn or replaced
    notice.
    """
    is_old = False
    with write() as session:
        mail = _waiting(session, mail_id)
        notice = next(iter(notices.with_references(session, [reference.strip().upper()])), None)
        if notice is None:
            raise Refused("not-found", sentence("There is no notice with this reference."))
        inbound.settle(mail, MailState.FILED, account_id, notice.id)
        if mail.kind in (MailKind.REPLY, MailKind.AUTOMATIC, MailKind.UNREADABLE):
            _reply(session, mail, notice)
        elif mail.kind == MailKind.BOUNCE:
            message = session.get(Message, mail.message_id) if mail.message_id else None
            if message is None or notice.id not in deliveries.notice_ids(session, message.id):
                message = deliveries.of_notice(session, notice.id)
            is_old = message is not None and _has_left_since(session, message, mail)
            if message and not is_old:
                refusal = BounceScope.MESSAGE if mail.refusal == BounceScope.MESSAGE else BounceScope.ADDRESS
                returned.came_back(session, message, refusal, reading_mail.server_reply(mail))
        audit.record(session, account_id, "mail_sorted", "notice", notice.id, mail=mail.id, is_a=mail.kind)
        return Filed(notice.case_id, is_old)


def _has_left_since(session: Session, message: Message, mail: InboundMail) -> bool:
    """Whether a message has left again after this mail came, perhaps for another address, or waits to."""
    later = any(each.started_at > mail.received_at for each in deliveries.attempts(session, message.id))
    return later or message.state == DeliveryState.QUEUED


def _reply(session: Session, mail: InboundMail, notice: Notice) -> None:
    case = cases.get(session, notice.case_id, lock=True)  # before the notice, as an answer locks them
    before = reply_store.by_mail(session, mail.id)
    if before and before.notice_id == notice.id:
        reply_store.prove(session, before)
        effect.overtake(session, case)
        return
    if before:
        reply_store.drop(session, before)
    reading_mail.join_thread(session, mail, notice, proven=True, instead=_without_words(mail), by_hand=True)


def _without_words(mail: InboundMail) -> str:
    """What stands in the thread for a reply that has none."""
    names = [name or kind for name, kind, _ in mail.attachments]
    if not names:
        return translated(sentence("An email without readable text."))
    return translated(sentence("An email without readable text. Its attachments: %(names)s", names=", ".join(names)))


def drop_mail(mail_id: str, account_id: str) -> None:
    """It belongs to nothing. Raises Refused: not-found, conflict when somebody has handled it already."""
    with write() as session:
        mail = _waiting(session, mail_id)
        if before := reply_store.by_mail(session, mail.id):
            reply_store.drop(session, before)
        inbound.settle(mail, MailState.DROPPED, account_id)
        audit.record(session, account_id, "mail_dropped", "mail", mail.id, is_a=mail.kind)


def _waiting(session: Session, mail_id: str) -> InboundMail:
    mail = inbound.locked(session, mail_id)
    if not inbound.to_sort(mail):
        raise Refused("conflict", sentence("Somebody has already handled this email."))
    return mail


@recurring.every(3600, "forget_mail")
def forget_mail() -> None:
    """Delete what old mails say that nobody needs any more, some hundred at a time."""
    forgotten = 1
    while forgotten:
        with write() as session:
            forgotten = inbound.forget(session)
