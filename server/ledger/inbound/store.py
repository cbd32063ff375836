"""Returned mail as it is stored: once each, and how far the mailbox was read."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from server.core import clock, cursors
from server.core.database import changed, first_id, new_id
from server.core.mail_kinds import MailKind
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.inbound.kinds import SortedMail
from server.ledger.inbound.models import KEPT_DAYS, InboundMail, MailboxCursor, MailState
from server.ledger.inbound.reading import ReadMail

PAGE = 50
READ, STUCK = "mailbox_read", "mailbox_stuck"  # heartbeats
FORGOTTEN_AT_ONCE = 500  # rows in one transaction

# --- Keeping ---------------------------------------------------------------------------------------------------------


def known(session: Session, digest: str) -> bool:
    """Whether this mail was kept before."""
    return session.scalar(select(InboundMail.id).where(InboundMail.digest == digest)) is not None


def add(
    session: Session, mail: ReadMail, sorted_: SortedMail, size: int, *,
    notice_id: str | None, message_id: str | None, proven: bool, state: MailState,
) -> InboundMail:  # fmt: skip
    """Keep a mail that is not known yet; the database refuses a second one like it."""
    row = InboundMail(
        id=new_id(), digest=mail.digest, stated_id=mail.message_id, received_at=clock.now(), kind=sorted_.kind,
        refusal=sorted_.refusal, state=state, notice_id=notice_id, message_id=message_id, proven=proven, sender=mail.sender,
        subject=mail.subject, text=mail.text, whole=mail.whole, attachments=[list(each) for each in mail.attachments],
        size=size, cut=mail.cut, recipient=sorted_.recipient, status=sorted_.status, said=sorted_.said,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def wait(mail: InboundMail) -> None:
    """A person has to look at it after all."""
    mail.state = MailState.WAITING


def settle(mail: InboundMail, state: MailState, account_id: str, notice_id: str | None = None) -> None:
    """A coordinator has said where it belongs."""
    mail.state, mail.handled_by, mail.handled_at = state, account_id, clock.now()
    mail.notice_id = notice_id or mail.notice_id


def to_sort(mail: InboundMail) -> bool:
    """Whether a coordinator can say where it belongs: it waits, or a program filed it as automatic. *Pure.*"""
    taken = mail.kind == MailKind.AUTOMATIC and mail.state == MailState.FILED and mail.handled_by is None
    return mail.state == MailState.WAITING or (taken and mail.forgotten_at is None)


def locked(session: Session, mail_id: str) -> InboundMail:
    """One mail, locked. Raises Refused("not-found")."""
    mail = session.scalars(select(InboundMail).where(InboundMail.id == mail_id).with_for_update()).first()
    if mail is None:
        raise Refused("not-found", sentence("There is no such email."))
    return mail


# --- Reading ---------------------------------------------------------------------------------------------------------


def get(session: Session, mail_id: str) -> InboundMail:
    """One mail. Raises Refused("not-found")."""
    mail = session.get(InboundMail, mail_id)
    if mail is None:
        raise Refused("not-found", sentence("There is no such email."))
    return mail


def waiting(session: Session, cursor: str | None = None) -> tuple[list[InboundMail], str | None]:
    """A page of what a coordinator has to look at, the oldest first, and the next cursor."""
    chosen = select(InboundMail).where(InboundMail.state == MailState.WAITING)
    if cursor:
        chosen = chosen.where(cursors.after(cursor, InboundMail.received_at, InboundMail.id))
    rows = list(session.scalars(chosen.order_by(InboundMail.received_at, InboundMail.id).limit(PAGE + 1)))
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], cursors.write(last.received_at, last.id) if last else None


def count_waiting(session: Session) -> tuple[int, datetime | None]:
    """How many of those there are, and since when the first one waits."""
    chosen = select(func.count(), func.min(InboundMail.received_at)).where(InboundMail.state == MailState.WAITING)
    number, since = session.execute(chosen).one()
    return number, since


def of_notice(session: Session, notice_id: str) -> list[InboundMail]:
    """What came back about a notice, oldest first; without what was dropped."""
    chosen = select(InboundMail).where(InboundMail.notice_id == notice_id, InboundMail.state != MailState.DROPPED)
    return list(session.scalars(chosen.order_by(InboundMail.id).limit(200)))


def senders(session: Session, mail_ids: Sequence[str]) -> Mapping[str, str]:
    """From whom each of these says that it is."""
    rows = session.execute(select(InboundMail.id, InboundMail.sender).where(InboundMail.id.in_(mail_ids)))
    return {mail_id: sender for mail_id, sender in rows}  # noqa: C416


# --- The cursor ------------------------------------------------------------------------------------------------------


def position(session: Session, mailbox: str) -> tuple[str, int]:
    """The validity of the numbers and the last one that was kept; ("", 0) before the first time."""
    row = session.get(MailboxCursor, mailbox)
    return (row.validity, row.last) if row else ("", 0)


def move(session: Session, mailbox: str, validity: str, last: int) -> None:
    """Record how far it was read; never back while the numbers are the same."""
    row = session.get(MailboxCursor, mailbox, with_for_update=True)
    if row is None:
        session.add(MailboxCursor(mailbox=mailbox, validity=validity, last=last))
    elif row.validity != validity:
        row.validity, row.last = validity, last
    else:
        row.last = max(row.last, last)


def restart(session: Session, mailbox: str) -> None:
    """The mailbox's numbering has restarted: it is read from the beginning, and known email is not stored twice."""
    if row := session.get(MailboxCursor, mailbox, with_for_update=True):
        row.last = 0


# --- Forgetting ------------------------------------------------------------------------------------------------------


def forget(session: Session) -> int:
    """Delete what old mails say that stand in no thread and wait for nobody; how many."""
    before = clock.now() - timedelta(days=KEPT_DAYS)
    old = select(InboundMail.id).where(
        InboundMail.id < first_id(before), InboundMail.forgotten_at.is_(None), InboundMail.state != MailState.WAITING,
        (InboundMail.kind != MailKind.REPLY) | (InboundMail.state == MailState.DROPPED),
    )  # fmt: skip
    nothing: dict[str, Any] = dict.fromkeys(("sender", "subject", "text", "whole", "recipient", "said"), "")
    forgotten = update(InboundMail).where(InboundMail.id.in_(old.limit(FORGOTTEN_AT_ONCE)))
    return changed(session, forgotten.values(forgotten_at=clock.now(), attachments=[], **nothing))
