"""Step 12, by mail: the mailbox is read, and each mail is filed: once, and never answered.

A mail and how far the mailbox was read are kept in one transaction. A worker that dies before it reads the mail again; one
that dies after it finds it kept.
"""

import hashlib
import logging
import re
import time
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from server.core import audit, heartbeats, mailbox, recurring, return_address, web, work
from server.core.database import alone, read, write
from server.core.failures import log_problem
from server.core.mail_kinds import MailKind
from server.core.return_address import Purpose, ReturnToken
from server.core.words import Refused
from server.journeys.report import effect, naming, returned
from server.ledger.cases import store as cases
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import Message
from server.ledger.inbound import kinds, reading
from server.ledger.inbound import store as inbound
from server.ledger.inbound.kinds import BounceScope, SortedMail
from server.ledger.inbound.models import InboundMail, MailState
from server.ledger.inbound.reading import ReadMail
from server.ledger.notices import reply_store
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.ledger.reports import store as reports

log = logging.getLogger(__name__)

EVERY = 60.0  # seconds
AT_ONCE = 8.0  # seconds of reading until the worker sees to something else
_REFERENCE = re.compile(r"\bN-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\b", re.IGNORECASE)


class MailPlace(NamedTuple):
    """Where a mail lies in the mailbox, where that has numbers."""

    mailbox: str
    validity: str
    number: int


# --- Reading ---------------------------------------------------------------------------------------------------------


@recurring.every(EVERY, "ask_mailbox")
def ask_mailbox() -> None:
    """Ask for the mailbox to be read, unless that waits already."""
    if not web.settings().mailbox_url:
        return
    with write() as session:
        if not work.next_attempts(session, "read_mailbox", [""]):
            work.enqueue(session, "read_mailbox", "")


@work.handler("read_mailbox", low_priority=True)
def read_some(_subject: str) -> None:
    """Read for some seconds; what is left comes soon after. A mailbox that is away is told, and asked again a minute later."""
    try:
        _, left = read_mailbox(AT_ONCE)
    except mailbox.MailboxAway:
        return
    if left:
        raise work.Retry("There is more mail.", after=1, counts=False)


def read_mailbox(seconds: float = float("inf")) -> tuple[int, bool]:
    """File what has come: how many mails that were not known, and whether some are left. Raises mailbox.MailboxAway."""
    url, until, new = web.settings().mailbox_url, time.monotonic() + seconds, 0
    name = mailbox.name(url)
    try:
        with mailbox.opened(url) as box:
            with read() as session:
                validity, last = inbound.position(session, name)
            if validity == box.validity and 0 < box.next <= last:  # recreated, under the same validity
                with write() as session:
                    inbound.restart(session, name)
                last = 0
            for mail in box.after(last if validity == box.validity else 0, reading.LARGEST):
                place = MailPlace(name, box.validity, mail.number) if mail.number else None
                new += file(mail.content, mail.size, place) if mail.given else file_refused(place)
                box.kept(mail)
                if time.monotonic() > until:
                    return new, True
    except mailbox.MailboxAway as problem:
        log.warning("the mailbox cannot be read: %s", problem)
        heartbeats.note(inbound.STUCK)
        raise
    heartbeats.note(inbound.READ)
    return new, False


# --- Filing ----------------------------------------------------------------------------------------------------------


def file(content: bytes, size: int, place: MailPlace | None = None) -> bool:
    """File one mail, and record that it was read. False when it is known already."""
    mail = reading.read(content, size)
    settings = web.settings()
    sorted_ = kinds.sort(mail, {each.lower() for each in (settings.mail_from, settings.return_address) if each})
    try:
        return _file(mail, sorted_, size, place)
    except OperationalError:
        raise
    except DBAPIError as problem:
        # What no database holds is kept without its words, for a person to look in the mailbox.
        log_problem(log, problem, "a mail could not be filed")
        bare = ReadMail(hashlib.sha256(content).hexdigest(), readable=False)
        return _file(bare, SortedMail(MailKind.UNREADABLE), size, place)


def file_refused(place: MailPlace | None) -> bool:
    """File that there is a mail which the server does not give, for a person to look in the mailbox."""
    log.warning("the mail server does not give a mail: %s", place)
    bare = ReadMail(hashlib.sha256(repr(place).encode()).hexdigest(), readable=False)
    return _file(bare, SortedMail(MailKind.UNREADABLE), 0, place)


def _file(mail: ReadMail, sorted_: SortedMail, size: int, place: MailPlace | None) -> bool:
    with write() as session:
        alone(session, "inbound mail")
        if place:
            inbound.move(session, *place)
        if inbound.known(session, mail.digest):
            return False
        if mail.message_id and deliveries.by_stable_ids(session, [mail.message_id]):
            sorted_ = SortedMail(MailKind.OWN)  # by whatever way it came back
        about = _about(session, mail)
        row = inbound.add(
            session, mail, sorted_, min(size, 2**31 - 1),
            notice_id=about.notice.id if about.notice else None,
            message_id=about.message.id if about.message else None,
            proven=about.token is not None, state=_state(sorted_, about),
        )  # fmt: skip
        _follow(session, row, sorted_, about)
        if about.notice:
            audit.record(session, None, "mail_filed", "notice", about.notice.id, mail=row.id, is_a=row.kind)
        return True


class _About(NamedTuple):
    """What a mail is about, as far as it says."""

    message: Message | None = None
    notice: Notice | None = None
    token: ReturnToken | None = None  # what proves it


def _about(session: Session, mail: ReadMail) -> _About:
    """By the address we made for it; else by the Message-ID that it answers or returns; else by the reference it names."""
    settings = web.settings()
    token = None
    if settings.return_address:
        token = return_address.find(mail.recipients, settings.return_address, settings.secret_key)
    message = session.get(Message, token.message_id) if token else None
    if message is None:
        token = None
        message = deliveries.by_stable_ids(session, [*mail.references, *mail.returned])
    named = notices.with_references(session, [each.upper() for each in _REFERENCE.findall(mail.subject)[:5]])
    if message:
        carried = deliveries.notice_ids(session, message.id)
        meant = [notice.id for notice in named if notice.id in carried] or carried
        return _About(message, notices.get(session, None, meant[0]) if len(meant) == 1 else None, token)
    return _About(None, named[0] if len(named) == 1 else None)


def _state(sorted_: SortedMail, about: _About) -> MailState:
    """Whether a person has to look. What is not proven changes nothing before one has."""
    match sorted_.kind:
        case MailKind.OWN:
            return MailState.FILED
        case MailKind.COMPLAINT | MailKind.UNREADABLE:
            return MailState.WAITING
        case MailKind.BOUNCE:
            certain = (
                about.token and about.token.purpose is Purpose.RETURN and sorted_.refusal is not BounceScope.UNCLEAR
            )
            return MailState.FILED if certain else MailState.WAITING
        case MailKind.REPLY:
            return MailState.FILED if about.token and about.notice else MailState.WAITING
        case MailKind.AUTOMATIC if sorted_.doubtful and not (about.token and about.token.purpose is Purpose.RETURN):
            return MailState.WAITING  # to where bounces come no person writes, and no ticket system (RFC 3834, 4)
        case _:
            return MailState.FILED if about.notice or about.message else MailState.WAITING


def _follow(session: Session, row: InboundMail, sorted_: SortedMail, about: _About) -> None:
    """What follows for the notice."""
    if sorted_.kind is MailKind.REPLY and about.notice:
        try:
            joined = join_thread(session, row, about.notice, proven=about.token is not None)
        except Refused:  # withdrawn, replaced, too many
            joined = False
        if not joined:  # nothing is lost: a person looks
            inbound.wait(row)
    elif sorted_.kind is MailKind.BOUNCE and row.state == MailState.FILED and about.message and about.token:
        last = min(deliveries.count_attempts(session, about.message.id), 255)
        if about.token.attempt == last:  # else it is about an earlier one, which may have gone another way
            returned.came_back(session, about.message, sorted_.refusal or BounceScope.ADDRESS, server_reply(row))


def server_reply(mail: InboundMail) -> str:
    """What a mail server said, for the message that it gives back."""
    return " ".join(each for each in (mail.status, mail.said) if each) or mail.subject


def join_thread(
    session: Session, row: InboundMail, notice: Notice, *, proven: bool, instead: str = "", by_hand: bool = False
) -> bool:
    """A person's reply stands in the notice's thread; where it is proven it is our turn. Raises Refused as `add_mail` does.

    by_hand: a coordinator files it. False for one without words, files alone or nothing that we can read, unless something stands there `instead`.
    """
    text = row.text if row.text.strip() else instead
    if not text:
        return False
    case = cases.get(session, notice.case_id, lock=True)
    withheld = naming.names_somebody(session, text, reports.reporters(session, case.id))
    reply_store.add_mail(session, notice.id, text, row.id, proven=proven, withheld=withheld, by_hand=by_hand)
    if proven:
        audit.record(session, None, "notice_replied", "notice", notice.id, sender="company", mail=row.id)
        effect.overtake(session, case)
    return True
