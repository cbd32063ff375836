"""A mail as bytes, read into what we need of it. Pure, and it never fails: bytes that are no mail are a mail that says nothing.

Everything in it is hostile. What would be slow is counted before it is parsed, attachments are named and not opened, a
charset that is none is read as UTF-8, and no header holds a line break. Sources: RFC 5322 (messages), 2045 to 2047 (MIME),
3464 and 6533 (delivery status), 5965 (complaints).
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import collapse_rfc2231_value, getaddresses
from typing import NamedTuple

from server.ledger.inbound import html_text, quoting

LARGEST = 2_000_000  # bytes that are read of an email; the rest stays in the mailbox
LONGEST_WHOLE = 100_000  # characters kept of its text
LONGEST_TEXT = 10_000  # and of what somebody wrote in it, as in the portal
LONGEST_HEADER = 2_000
LONGEST_ID = 250
MOST_ATTACHMENTS = 50
_MOST_CONTAINERS = 60  # parts that hold others: their depth is what costs
_MOST_PARTS = 500

_MOST_LINES = 2_000  # that may begin a part

_LONGEST_PARAMETERS = 6_000  # bytes of a header that has parameters: the library parses them in quadratic time
_MOST_PARAMETERS = 160_000_000  # the squares of their lengths, of all such headers together

# Of lines that end in \n. The library strips more than \s stands for in bytes.
_BOUNDARIES = re.compile(rb"^--", re.MULTILINE)
_CONTAINERS = re.compile(rb"^content-type:[\s\x1c-\x1f]*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_WITH_PARAMETERS = re.compile(rb"^content-(?:type|disposition):[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,248}>")
_RETURNED_ID = re.compile(r"^\s{0,4}[>|]?\s?message-id:\s*(<[^<>\s]{3,248}>)", re.IGNORECASE | re.MULTILINE)
_CHARSETS = re.compile(  # those that are letters, and fast to read: "idna" and "zlib" are encodings, too
    r"(?:us-?)?ascii|utf-?(?:8|16(?:[bl]e)?|7)|iso-?8859-?\d{1,2}|latin-?\d|(?:windows-|cp)\d{3,4}|koi8-[rtu]|gb(?:2312|k|18030)|"
    r"big5(?:-?hkscs)?|shift[_-]?jis|sjis|euc[_-](?:jp|kr|cn|tw)|iso-2022-(?:jp|kr|cn)(?:-\d)?|ks_c_5601-1987|mac-?roman|tis-620",
    re.IGNORECASE,
)
# Where the address stands to which it was sent, by which server: the first ones are written by our own.
_RECIPIENTS = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-rcpt-to", "to", "cc", "received")


class Attachment(NamedTuple):
    """A file that came with a mail; its content is not kept."""

    name: str
    kind: str  # as it says
    size: int  # bytes, as they came


@dataclass(frozen=True)
class ReadMail:
    """What a mail says."""

    digest: str  # SHA-256 of what makes it this mail: the same of a second copy that came another way
    message_id: str = ""
    sender: str = ""  # its address; it proves nothing
    subject: str = ""
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by name in small letters
    text: str = ""  # what somebody wrote, without what they quote
    whole: str = ""
    attachments: tuple[Attachment, ...] = ()
    report: str = ""  # of multipart/report: "delivery-status", "feedback-report" ...
    blocks: tuple[Mapping[str, str], ...] = ()  # of a delivery status: that of the message, then of each recipient
    feedback: Mapping[str, str] = field(default_factory=dict)  # of a complaint
    returned: tuple[str, ...] = ()  # Message-IDs of the mail that it returns
    cut: bool = False  # it is larger than what was read
    readable: bool = True  # else there are only headers

    def header(self, name: str) -> str:
        """The first header of that name; empty when there is none."""
        return next(iter(self.headers.get(name, ())), "")

    @property
    def recipients(self) -> list[str]:
        """The headers that say to whom it was sent."""
        return [value for name in _RECIPIENTS for value in self.headers.get(name, ())]

    @property
    def references(self) -> list[str]:
        """Message-IDs of the mails it answers, the nearest first."""
        named = _MESSAGE_ID.findall(self.header("in-reply-to"))
        return list(dict.fromkeys(named + _MESSAGE_ID.findall(self.header("references"))[::-1]))

    @property
    def null_sender(self) -> bool:
        """Whether its envelope names nobody, as that of every bounce must (RFC 5321, 4.5.5)."""
        return self.header("return-path").replace(" ", "") == "<>"


def read(raw: bytes, size: int | None = None) -> ReadMail:
    """Read a mail. raw: its first `LARGEST` bytes; size: how many it has in all."""
    raw = raw[:LARGEST]
    cut = size is not None and size > len(raw)
    try:
        if _is_cheap(raw):
            return _whole(message_from_bytes(raw, policy=policy.compat32), raw, cut)
    except Exception:  # noqa: S110  whatever bytes can do to a parser
        pass
    try:
        headers = _headers(BytesHeaderParser(policy=policy.compat32).parsebytes(raw[:100_000]))
        return _named(headers, raw, cut=cut, readable=False)
    except Exception:
        return ReadMail(hashlib.sha256(raw).hexdigest(), cut=cut, readable=False)


def _is_cheap(raw: bytes) -> bool:
    """Whether the library parses it in little time, counted at any depth and whatever its lines end in."""
    lines = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if len(_CONTAINERS.findall(lines)) > _MOST_CONTAINERS or len(_BOUNDARIES.findall(lines)) > _MOST_LINES:
        return False
    lengths = [len(header) for header in _WITH_PARAMETERS.findall(lines)]
    short = all(length <= _LONGEST_PARAMETERS for length in lengths)
    return short and sum(length**2 for length in lengths) <= _MOST_PARAMETERS


def _whole(message: Message, raw: bytes, cut: bool) -> ReadMail:
    headers = _headers(message)
    parts = list(_parts(message))
    texts = [part for part in parts if not _is_file(part) and part.get_content_maintype() == "text"]
    shown = [part for part in texts if part.get_content_type() in ("text/plain", "text/html")]
    blocks = tuple(block for part in parts if _is_status(part) for block in _blocks(_raw_text(part)))
    feedback = next((_blocks(_raw_text(part)) for part in parts if part.get_content_subtype() == "feedback-report"), [])
    whole = _text(shown)
    return _named(
        headers,
        raw,
        text=clean(quoting.stripped(whole))[:LONGEST_TEXT],
        whole=whole,
        attachments=tuple(_attachment(part) for part in parts if part not in texts and not _is_of_report(part))[
            :MOST_ATTACHMENTS
        ],
        report=_report(message, blocks, feedback),
        blocks=blocks,
        feedback=feedback[0] if feedback else {},
        returned=tuple(dict.fromkeys(each for part in parts for each in _returned(part)))[:20],
        cut=cut,
    )


def _named(headers: Mapping[str, tuple[str, ...]], raw: bytes, **more: object) -> ReadMail:
    first = {name: next(iter(values), "") for name, values in headers.items()}
    message_id = next(iter(_MESSAGE_ID.findall(first.get("message-id", ""))), "")[:LONGEST_ID]
    senders = getaddresses([first.get("from", "")[:500]])
    sender = next((address for _, address in senders if "@" in address), "")[:254]
    body = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[-1].replace(b"\r\n", b"\n").rstrip()
    said = "\n".join([message_id, *(first.get(name, "") for name in ("from", "date", "subject"))])
    digest = hashlib.sha256(said.encode() + b"\0" + body).hexdigest()
    subject = first.get("subject", "")[:500]
    return ReadMail(digest, message_id, sender, subject, headers, **more)  # type: ignore[arg-type]


# --- Headers ---------------------------------------------------------------------------------------------------------


def _headers(message: Message) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, value in list(message.raw_items())[:300]:
        found.setdefault(name.lower()[:100], []).append(_header(str(value)))
    return {name: tuple(values) for name, values in found.items()}


def _header(value: str) -> str:
    """A header in letters, on one line."""
    value = _letters(value.encode("utf-8", "surrogateescape")[: 4 * LONGEST_HEADER], None)
    if "=?" in value:
        try:
            parts = decode_header(value[:LONGEST_HEADER])
            value = "".join(_letters(part, charset) if isinstance(part, bytes) else part for part, charset in parts)
        except (HeaderParseError, ValueError):
            pass
    return " ".join(clean(value).split())[:LONGEST_HEADER]


def _letters(data: bytes, charset: str | None) -> str:
    """Bytes as letters, whatever they say of themselves."""
    if charset and _CHARSETS.fullmatch(charset.strip("\"' ")):
        try:
            return data.decode(charset.strip("\"' "), "replace")
        except (LookupError, UnicodeError, ValueError):
            pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def clean(text: str) -> str:
    """Without what no text holds, and what would turn the reading direction of what follows."""
    return "".join(
        sign
        for sign in text
        if sign in "\n\t" or (unicodedata.category(sign) not in ("Cc", "Cs", "Cn") and sign not in _TURNING)
    )


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


# --- Parts -----------------------------------------------------------------------------------------------------------


def _parts(message: Message) -> Iterator[Message]:
    """What it is made of; a mail inside it is one part, whatever that holds."""
    left, count = [message], 0
    while left and count < _MOST_PARTS:
        part = left.pop(0)
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            left[:0] = [each for each in part.get_payload() if isinstance(each, Message)]
        else:
            count += 1
            yield part


def _is_file(part: Message) -> bool:
    disposition = str(part.get("Content-Disposition", "")).strip().lower()
    return disposition.startswith("attachment") or bool(part.get_filename())


def _is_status(part: Message) -> bool:
    return part.get_content_type() in ("message/delivery-status", "message/global-delivery-status")


def _is_of_report(part: Message) -> bool:
    """What a report is made of is no file."""
    return _is_status(part) or part.get_content_subtype() in (
        "feedback-report", "disposition-notification", "global-disposition-notification", "rfc822-headers", "global-headers",
    )  # fmt: skip


def _attachment(part: Message) -> Attachment:
    name = part.get_filename() or part.get_param("name") or ""
    words = _header(collapse_rfc2231_value(name) if not isinstance(name, str) else name)
    words = re.split(r"[/\\]", words)[-1].strip(". ")[:120]
    payload = part.get_payload()
    size = (
        len(payload)
        if isinstance(payload, str)
        else sum(len(_raw_text(each)) for each in payload if isinstance(each, Message))
    )
    encoded = str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64"
    return Attachment(words, clean(part.get_content_type())[:100], size * 3 // 4 if encoded else size)


def _text(parts: list[Message]) -> str:
    """What somebody reads: plain text where it has any, else its HTML as text."""
    plain = [text for part in parts if part.get_content_type() == "text/plain" if (text := _decoded(part).strip())]
    if plain:
        return clean("\n\n".join(plain))[:LONGEST_WHOLE]
    html = [html_text.text_of(_decoded(part)) for part in parts if part.get_content_type() == "text/html"]
    return clean("\n\n".join(html))[:LONGEST_WHOLE].strip()


def _decoded(part: Message) -> str:
    charset = part.get_param("charset")
    if charset:
        part.set_param("charset", "utf-8")  # the library would look the stated one up
    payload = part.get_payload(decode=True)
    text = _letters(payload if isinstance(payload, bytes) else b"", str(charset) if isinstance(charset, str) else None)
    return text[: 4 * LONGEST_WHOLE].replace("\r\n", "\n").replace("\r", "\n")


def _raw_text(part: Message) -> str:
    """The lines of a part, also where the parser has taken them for headers of mails."""
    payload = part.get_payload()
    if isinstance(payload, list):
        blocks = (_letters(each.as_bytes(), None).strip() for each in payload if isinstance(each, Message))
        return "\n\n".join(blocks)[:LONGEST_WHOLE]
    return _decoded(part)[:LONGEST_WHOLE]


# --- Reports ---------------------------------------------------------------------------------------------------------


def _report(message: Message, blocks: object, feedback: object) -> str:
    """What kind of report it is: as it says, or by the part that makes it a report, which gateways leave when they rewrite the rest."""
    stated = message.get_param("report-type")
    if message.get_content_type() == "multipart/report" and isinstance(stated, str):
        return stated.strip().lower()
    return "delivery-status" if blocks else "feedback-report" if feedback else ""


def _blocks(text: str) -> list[dict[str, str]]:
    """Groups of fields, a blank line between them."""
    groups: list[dict[str, str]] = []
    for lines in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        fields: dict[str, str] = {}
        for line in re.sub(r"\n[ \t]+", " ", lines).split("\n"):
            name, colon, value = line.partition(":")
            if colon and re.fullmatch(r"[A-Za-z][A-Za-z-]{1,60}", name.strip()):
                fields.setdefault(name.strip().lower(), " ".join(clean(value).split())[:LONGEST_HEADER])
        if fields:
            groups.append(fields)
    return groups[:100]


def _returned(part: Message) -> list[str]:
    """Message-IDs of the mail that a part is, or quotes."""
    kind, payload = part.get_content_type(), part.get_payload()
    if kind in ("message/rfc822", "message/global") and isinstance(payload, list):
        inner = [str(each.get("Message-ID", "")) for each in payload if isinstance(each, Message)]
        return [found for value in inner for found in _MESSAGE_ID.findall(value)]
    if part.get_content_maintype() == "text" or kind.endswith("headers"):
        return _RETURNED_ID.findall(_raw_text(part))
    return []
