"""Reads and writes of what stands in a notice's thread beside its answers, and of whose turn it is."""

import math
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.database import new_id
from server.core.sentences import sentence
from server.core.words import Refused, Sender
from server.ledger.notices import answers, store, thread
from server.ledger.notices.models import GivenAnswer, Notice, NoticeReply

DOUBLED = timedelta(minutes=10)  # who writes the same after that means it


def add(
    session: Session, notice_id: str, sender: Sender, text: str, account_id: str, failed: Collection[str] = ()
) -> tuple[NoticeReply, bool]:
    """Keep what one side writes; now it is the other side's turn. Returns it, and whether it is new.

    The same words again within `DOUBLED`, with nothing said since, are a doubled click, unless the message that brought them
    is among those that `failed` (ids). Raises Refused: "gone" for a withdrawn or replaced notice, "too-many" for a company
    that writes too often.
    """
    notice = store.lock(session, notice_id)
    store.refuse_closed(notice)
    before = session.scalars(
        select(NoticeReply).where(NoticeReply.notice_id == notice_id, NoticeReply.proven).order_by(NoticeReply.id)
    ).all()
    last, now = before[-1] if before else None, clock.now()
    same = last and (last.sender, last.text) == (sender, text) and last.message_id not in failed
    if last and same and (notice.answered_at or last.at) <= last.at and now - last.at <= DOUBLED:
        return last, False
    if sender is Sender.COMPANY:
        if pause := answers.wait((row.at for row in before if row.sender == sender and row.account_id), now):
            detail = sentence("You have written too often about this notice within an hour.")
            raise Refused("too-many", detail, retry_after=max(1, math.ceil(pause.total_seconds())))
        notice.our_turn_since = notice.our_turn_since or now
    else:
        if notice.our_turn_since and notice.decided_at is None:
            store.ask_anew(notice, now)
        notice.our_turn_since = None
    row = NoticeReply(id=new_id(), notice_id=notice_id, sender=sender, text=text, account_id=account_id, at=now)
    session.add(row)
    session.flush()
    return row, True


def add_mail(
    session: Session, notice_id: str, text: str, mail_id: str, *, proven: bool, withheld: bool, by_hand: bool
) -> None:
    """Keep what came by mail as a company's words. Only where it is proven to be theirs it is our turn.

    withheld: it names somebody of the programme. by_hand: a coordinator files it, however many there are. Raises Refused
    as `add` does.
    """
    notice = store.lock(session, notice_id)
    store.refuse_closed(notice)
    by_mail = NoticeReply.mail_id.is_not(None)  # what anybody may send keeps nobody from writing
    earlier = select(NoticeReply.at).where(NoticeReply.notice_id == notice_id, by_mail, NoticeReply.proven.is_(proven))
    now = clock.now()
    if not by_hand and (pause := answers.wait(session.scalars(earlier), now)):
        detail = sentence("You have written too often about this notice within an hour.")
        raise Refused("too-many", detail, retry_after=max(1, math.ceil(pause.total_seconds())))
    if proven:
        notice.our_turn_since = notice.our_turn_since or now
    row = NoticeReply(id=new_id(), notice_id=notice_id, sender=Sender.COMPANY, text=text, mail_id=mail_id, at=now)
    row.proven, row.withheld = proven, withheld
    session.add(row)
    session.flush()


def by_mail(session: Session, mail_id: str) -> NoticeReply | None:
    """The reply that came by this mail."""
    return session.scalars(select(NoticeReply).where(NoticeReply.mail_id == mail_id)).first()


def prove(session: Session, reply: NoticeReply) -> None:
    """A coordinator knows that it is the company's: now it is our turn."""
    notice = store.lock(session, reply.notice_id)
    store.refuse_closed(notice)
    reply.proven = True
    notice.our_turn_since = notice.our_turn_since or clock.now()


def drop(session: Session, reply: NoticeReply) -> None:
    """It is nobody's word on this notice."""
    session.delete(reply)
    session.flush()


def entry(session: Session, reply_id: str) -> thread.ThreadEntry:
    """A reply as its thread shows it."""
    return thread.replied(session.get_one(NoticeReply, reply_id))


def brought_by(reply: NoticeReply, message_id: str) -> None:
    """Which message brings it to the company."""
    reply.message_id = message_id


def mark_sent(session: Session, message_id: str, notice: Notice, at: datetime) -> None:
    """A reply leaves now: where the company's time to answer began when it was written, it begins now."""
    reply = of_message(session, message_id)
    awaited = notice.decided_at is None and notice.our_turn_since is None and store.stands(notice)
    if reply and awaited and reply.at <= store.asked_since(notice):  # what we write unasked begins none
        store.ask_anew(notice, at)


def of_message(session: Session, message_id: str) -> NoticeReply | None:
    """The reply that a message brings."""
    return session.scalars(select(NoticeReply).where(NoticeReply.message_id == message_id)).first()


def replied_at(session: Session, notice_ids: Collection[str]) -> dict[str, datetime]:
    """When a coordinator last replied in the threads of these notices; without those where nobody has."""
    ours = (NoticeReply.notice_id.in_(notice_ids), NoticeReply.sender == Sender.COORDINATOR)
    rows = select(NoticeReply.notice_id, func.max(NoticeReply.at)).where(*ours).group_by(NoticeReply.notice_id)
    return {notice_id: at for notice_id, at in session.execute(rows) if at}


def replied_to(session: Session, reply: NoticeReply) -> str | None:
    """What the company wrote last before this reply."""
    entries = threads(session, [session.get_one(Notice, reply.notice_id)])[reply.notice_id]
    theirs = [entry.text for entry in entries if entry.sender is Sender.COMPANY and entry.at <= reply.at and entry.text]
    return theirs[-1] if theirs else None


def not_brought(session: Session, reply: NoticeReply) -> None:
    """It did not arrive: what the company asked waits for us again, since then, unless the company has answered since."""
    notice = store.lock(session, reply.notice_id)
    before = [entry for entry in threads(session, [notice])[notice.id] if entry.at < reply.at]
    our_turn = before and before[-1].sender is Sender.COMPANY and before[-1].kind is not thread.EntryKind.ANSWER
    if notice.our_turn_since is None and (notice.answered_at or reply.at) <= reply.at and our_turn:
        notice.our_turn_since = before[-1].at


def threads(session: Session, notices: Sequence[Notice], desk: bool = False) -> dict[str, list[thread.ThreadEntry]]:
    """The thread of each of these notices, by its id. desk: with what companies do not see, by mail and not proven to be
    theirs, or naming somebody."""
    ids = [notice.id for notice in notices]
    answers_ = session.scalars(select(GivenAnswer).where(GivenAnswer.notice_id.in_(ids)).order_by(GivenAnswer.id)).all()
    chosen = select(NoticeReply).where(NoticeReply.notice_id.in_(ids))
    if not desk:
        chosen = chosen.where(NoticeReply.proven.is_(True), NoticeReply.withheld.is_(False))
    replies = session.scalars(chosen.order_by(NoticeReply.id)).all()
    return {
        notice.id: thread.thread(
            [row for row in answers_ if row.notice_id == notice.id],
            [row for row in replies if row.notice_id == notice.id],
            notice.withdrawn_at,
        )
        for notice in notices
    }


def waiting_cases() -> Select[str]:
    """The cases whose company has written, and nobody has replied yet."""
    return select(Notice.case_id).where(*store.OUR_TURN)


def our_turn(session: Session, case_ids: Sequence[str]) -> dict[str, datetime]:
    """Since when the companies of these cases wait for our reply; without those that do not."""
    rows = select(Notice.case_id, Notice.our_turn_since).where(Notice.case_id.in_(case_ids), *store.OUR_TURN)
    return {case_id: at for case_id, at in session.execute(rows) if at}
