"""The only place that sends mail. One recipient a message, over verified TLS, with a timeout; or into files.

No text from an ad ever stands in a header: subjects are fixed words and a reference, and our own check refuses anything
else whatever the Python version does (the subject `=?UTF-8?Q?=0A?=Bcc: x@y` makes a Bcc header on versions before the
fixes of CVE-2024-6923). What leaves is checked as bytes: exactly the expected headers, each once. Bodies are base64, so
nothing in them can look like the end of a message to any relay on the way.
"""

import logging
import re
import smtplib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from email import charset, policy
from email.mime.text import MIMEText
from email.parser import BytesHeaderParser
from email.utils import quote
from typing import Any, cast
from urllib.parse import urlsplit

from flask import current_app
from flask_mail import Attachment, Message
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from server.core import (
    clock,
    heartbeats,
    languages,
    lease,
    mail_connection,
    mail_refusals,
    plain_text,
    return_address,
    wording,
)
from server.core.config import Settings
from server.core.failures import PermanentFailure, Retry, WorkFailure

log = logging.getLogger(__name__)

NOTED = MAIL_LEFT, MAIL_STUCK, MAIL_ANSWERED = "mail_left", "mail_stuck", "mail_answered"
NOTE_EVERY = timedelta(seconds=30)

_FIXED = re.compile(r"[A-Za-z0-9 .,:()-]{1,120}")
# Fixed words of any language, with the marks above and below letters that \w leaves out, and a reference.
_SUBJECT = re.compile(r"[\w\u0300-\u036f\u064b-\u0655\u0670 .,:;?!()«»’،؛؟\u00a0\u202f-]{1,120}")
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._-]{1,120}@[A-Za-z0-9.-]{1,120}>")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_ONE_CLICK = re.compile(r"https?://[A-Za-z0-9.:-]{1,255}(/[A-Za-z0-9._~-]{1,300}){1,8}")
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z-]{0,40}")
_HEADERS = ("Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Reply-To", "Auto-Submitted")


class Temporary(Retry):
    """It could not be sent now; the worker retries. `unreachable`: the mail server itself is down, so other mails wait as well.
    `may_have_left`: it broke off while the mail was handed over.
    """

    def __init__(self, reason: str, unreachable: bool = False, may_have_left: bool = False) -> None:
        super().__init__(reason)
        self.unreachable, self.may_have_left = unreachable, may_have_left
        self.failure = WorkFailure.MAIL_AWAY if unreachable else WorkFailure.REFUSED_FOR_NOW


class Permanent(PermanentFailure):
    """It will be refused however often it is tried: the worker dead-letters it."""

    failure = WorkFailure.REFUSED


class AddressRefused(Permanent):
    """The address itself accepts no email: somebody has to find the right one."""

    failure = WorkFailure.ADDRESS_REFUSED


def send(
    to: str,
    subject: str,
    text: str,
    html: str,
    *,
    message_id: str,
    in_reply_to: str | None = None,
    attachments: Sequence[tuple[str, str, bytes]] = (),
    headers: Mapping[str, str] | None = None,
    returning: tuple[str, int] | None = None,
    unsubscribe: str | None = None,
) -> None:
    """Send one mail to one address. `message_id` is the caller's and the same at every attempt.

    in_reply_to: the Message-ID of the mail that began the thread (RFC 5322, 3.6.4). attachments: (file name, type, bytes).
    headers: further ones, of fixed words. returning: id and attempt of the message, for what comes back of it to say so
    (`return_address`), where SPOTTER_RETURN_ADDRESS is set. unsubscribe: where one click, without signing in, turns such mails off
    (RFC 8058); only for those that somebody may switch off. Raises Temporary or Permanent.
    """
    settings = _settings()
    extra = {"Auto-Submitted": "auto-generated"} | dict(headers or {})
    _refuse_unfixed(to, subject, message_id, extra, [name for name, _, _ in attachments])
    if in_reply_to is not None:
        if not _MESSAGE_ID.fullmatch(in_reply_to):
            raise Permanent("This is not a valid Message-ID.")
        extra |= {"In-Reply-To": in_reply_to, "References": in_reply_to}
    if unsubscribe is not None:
        if not _ONE_CLICK.fullmatch(unsubscribe):
            raise Permanent("This is not a valid address to unsubscribe.")
        extra |= {"List-Unsubscribe": f"<{unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    envelope_from, reply_to = _ways_back(settings, returning)
    message = _Message(
        subject=subject,
        recipients=[to],
        body=text,
        html=html,
        sender=f'"{quote(settings.organisation)}" <{settings.mail_from}>',
        reply_to=reply_to,
        date=clock.now().timestamp(),
        extra_headers=extra,
        attachments=[Attachment(name, kind, data) for name, kind, data in attachments],
    )
    message.msgId = message_id
    begun = False
    try:
        with mail_connection.mailer().connect() as connection:
            lease.confirm()
            begun = True
            connection.send(message, envelope_from=envelope_from)
        _note(MAIL_LEFT)
    except smtplib.SMTPRecipientsRefused as refused:
        code, reply = next(iter(refused.recipients.values()))
        raise _reply(code, reply, of_address=True) from refused
    except smtplib.SMTPDataError as refused:
        raise _reply(refused.smtp_code, refused.smtp_error) from refused
    except (
        smtplib.SMTPException,
        OSError,
    ) as problem:  # no greeting, no TLS, wrong password, a sender that is refused: ours, not the recipient's
        _note(MAIL_STUCK)
        log.warning("the mail server does not take mail: %s: %s", type(problem).__name__, problem)
        raise Temporary(
            f"Cannot send through the mail server: {type(problem).__name__}: {problem}",
            unreachable=True,
            may_have_left=begun and not isinstance(problem, smtplib.SMTPResponseException),
        ) from problem


def _ways_back(settings: Settings, returning: tuple[str, int] | None) -> tuple[str, str]:
    """The envelope sender, to which mail servers write, and the address to which people reply."""
    if returning is None or not settings.return_address:
        return settings.mail_from, settings.contact_email
    back, reply = (
        return_address.make(settings.return_address, purpose, *returning, settings.secret_key)
        for purpose in (return_address.Purpose.RETURN, return_address.Purpose.REPLY)
    )
    return back, reply


def _note(what: str) -> None:
    """Record for monitors how sending went, but only if that has changed or was recorded some time ago.

    A database that is away is no reason to send a mail twice that has left.
    """
    at, before = clock.now(), mail_connection.mailer().noted
    if "sqlalchemy" not in current_app.extensions or (
        before.get("what") == what and abs(at - before["at"]) < NOTE_EVERY
    ):
        return
    try:
        heartbeats.note(what)
        before.update(what=what, at=at)
    except DBAPIError as problem:
        log.warning("cannot note how it goes with the mail server: %s", problem.orig)


def works(session: Session) -> bool:
    """Whether the mail server accepted the last email, or has answered since."""
    stuck = heartbeats.noted(session, MAIL_STUCK)
    well = [at for what in (MAIL_LEFT, MAIL_ANSWERED) if (at := heartbeats.noted(session, what))]
    return stuck is None or (bool(well) and max(well) >= stuck)


def send_template(
    name: str,
    to: str,
    subject: str,
    context: Mapping[str, Any],
    message_id: str,
    language: str | None = None,
    **options: Any,
) -> None:
    """Send the mail that templates/mail/<name>.txt and .html make of `context`, with subject and text in `language`.

    English when it is none that is offered. `options` as for `send`.
    """
    with languages.speaking(language):
        text, html = (render(f"mail/{name}.{kind}", context) for kind in ("txt", "html"))
        subject = languages.translated(subject)
    send(to, subject, text, html, message_id=message_id, **options)


def message_id(name: str) -> str:
    """The Message-ID of what `name` (ids, joined by dots) is about: the same whenever it is asked for."""
    return f"<{name}@{urlsplit(_settings().base_url).hostname}>"


def render(template: str, context: Mapping[str, Any]) -> str:
    """The text of an email. Rendered without the context of pages, which needs a request that the worker does not have."""
    locale = {"lang": languages.current(), "dir": languages.direction()}
    values = {
        "settings": _settings(), "locale": locale, "wording": wording,
        "row": plain_text.row, "wrapped": plain_text.wrapped, "plain": plain_text.plain, **context,
    }  # fmt: skip
    return current_app.jinja_env.get_template(template).render(values).strip() + "\n"


# --- The guard -------------------------------------------------------------------------------------------------------


def _refuse_unfixed(to: str, subject: str, message_id: str, extra: Mapping[str, str], names: Sequence[str]) -> None:
    """Raises Permanent for anything in a header that is not fixed words, a reference or one plain address."""
    everything = (to, subject, message_id, *extra, *extra.values(), *names)
    if any(sign in text for text in everything for sign in ("\r", "\n", "\0", "=?")):
        raise Permanent("A mail header contained a line break, a NUL or an encoded word.")
    if not (_ADDRESS.fullmatch(to) and len(to) <= 254):
        raise AddressRefused("This is not an address that can receive email.")
    if not _MESSAGE_ID.fullmatch(message_id):
        raise Permanent("This is not a valid Message-ID.")
    fixed = all(_FIXED.fullmatch(text) for text in (*extra.values(), *names))
    if not (_SUBJECT.fullmatch(subject) and fixed):
        raise Permanent("A mail header contained other text than fixed words.")
    if not all(_HEADER_NAME.fullmatch(name) for name in extra):
        raise Permanent("This is not a valid header name.")


class _AsWritten(policy.EmailPolicy):
    """Headers as they were written: folding them again turned encoded words into headers. Nor are they parsed each time the
    generator asks for one, which took longer than everything else in making an email."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


_AS_WRITTEN = _AsWritten(linesep="\r\n", refold_source="none")


class _Message(Message):
    """A message whose bytes are made once, checked, and sent as they were checked."""

    _bytes: bytes | None = None

    def _mimetext(self, text: str | None, subtype: str = "plain") -> MIMEText:
        return MIMEText(text or "", subtype, cast(str, _BASE64))

    def as_bytes(self) -> bytes:
        if self._bytes is None:
            self._bytes = self._message().as_bytes(policy=_AS_WRITTEN)
            head = self._bytes.partition(b"\r\n\r\n")[0]
            names = BytesHeaderParser(policy=policy.compat32).parsebytes(head).keys()
            if sorted(names) != sorted({*_HEADERS, *(self.extra_headers or {})}):
                raise Permanent("The mail would have had unexpected headers.")
        return self._bytes


_BASE64 = charset.Charset("utf-8")
_BASE64.body_encoding = charset.BASE64


def _reply(code: int, reply: bytes | str, of_address: bool = False) -> Temporary | Permanent:
    """What a mail server's refusal means. of_address: it was said of the recipient, though perhaps of us as the sender."""
    words = plain_text.plain(reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply)[:500]
    if code < 500:
        return Temporary(f"{code} {words}")
    status = found.group() if (found := _STATUS.match(words)) else ""
    of_us = mail_refusals.is_of_relaying(words) or not mail_refusals.is_of_address(status, words)
    return (AddressRefused if of_address and not of_us else Permanent)(f"{code} {words}")


_STATUS = re.compile(r"5\.\d{1,3}\.\d{1,3}\b")


def _settings() -> Settings:
    return cast(Settings, current_app.config["SPOTTER"])
