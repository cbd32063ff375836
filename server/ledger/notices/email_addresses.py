"""Email addresses as texts may write them: with @ and dots in words, brackets or codes, in quotes, with remarks. Pure."""

import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from server.core import folding, mailboxes

Span = tuple[int, int]

_AT_WORDS = "at|arroba|chiocciola|arobase|chez|kukac"
_DOT_WORDS = "dot|punto|ponto|point|punkt"
_REMARK = r"\([^()]{1,40}\)"  # in an address it means nothing: ana(work)@… (RFC 5322, 3.2.2)
_AT_SIGN = r"@|=40|\\x40|\\u0040"  # also as quoted-printable and program texts write it
_DOT_SIGN = r"[.。·‧・•]|=2e"
_AT = re.compile(
    rf"[\s_-]?(?:{_AT_SIGN}|[(\[{{<]\s?(?:@|{_AT_WORDS})\s?[)\]}}>]|(?<=[\s_-])(?:{_AT_WORDS})(?=[\s_-]))[\s_-]?(?:{_REMARK}\s?)?"
)
_DOT = rf"[\s_-]?(?:{_DOT_SIGN}|[(\[{{<]\s?(?:\.|{_DOT_WORDS})\s?[)\]}}>]|(?<=[\s_-])(?:{_DOT_WORDS})(?=[\s_-]))[\s_-]?"
_BEFORE_AT = re.compile(rf"(?:[\s\"'“”]|{_REMARK})+\Z")
_SIGN = r"[_!#$%&'*+/=?^`{|}~-]"  # what may stand in a local part beside letters, figures and dots (RFC 5322, 3.2.3)
# Possessive: each character is read in a single way, whatever the text.
_LOCAL = re.compile(rf"(?:\w|{_SIGN})(?:{_DOT}(?=\w|{_SIGN})|\w|{_SIGN})*+\Z")
_HOST = re.compile(rf"[\w-](?:{_DOT}(?=[\w-])|[\w-])*+")
_DOTS = re.compile(_DOT)
# Between scripts, for Chinese words and others stand without a blank; before a number, as in QQ10086123@…
_SCRIPTS = r"(?<=[^\x00-\x7f])(?=[\x00-\x7f])|(?<=[\x00-\x7f])(?=[^\x00-\x7f])"
_LOCAL_JOINTS = re.compile(rf"{_DOT}|{_SIGN}|{_SCRIPTS}|(?<=[^\W\d_])(?=\d)")
_HOST_JOINTS = re.compile(rf"{_DOT}|[_-]|{_SCRIPTS}")
_BESIDE = 100  # characters on each side of an @ that are looked at: linear, whatever the text
_JOINTS = 12  # nearest to the @ at which an address may begin or end: few in number, whatever the text


def addresses(texts: Iterable[str | None]) -> set[str]:
    """Every email address that these texts may give, folded, with its tag and without."""
    given = set()
    for text in texts:
        for reading in readings(text or ""):
            folded = folding.fold(reading)
            for view in (folded.latin, folded.native):
                given |= {address for address, _ in given_in(view.text)}
    return given | {mailboxes.without_tag(address) for address in given}


def given_in(text: str) -> Iterator[tuple[str, Span]]:
    """What may be an address, and where; also where @ and dots are written in words or brackets."""
    for at in _AT.finditer(text):
        start = max(0, at.start() - _BESIDE)
        before = _BEFORE_AT.sub("", text[start : at.start()])
        local, host = _LOCAL.search(before), _HOST.match(text, at.end(), at.end() + _BESIDE)
        if not local or not host:
            continue
        for name, offset in _tails(local[0]):
            for domain, length in _heads(host[0]):
                yield f"{name}@{domain}", (start + local.start() + offset, host.start() + length)


def _tails(local: str) -> Iterator[tuple[str, int]]:
    """What a local part may be, and where it starts: other words may run into it ("write to.ana@…", "parrot-ana@…", "由ana@…")."""
    starts = [joint.end() for joint in _LOCAL_JOINTS.finditer(local) if joint.end() < len(local)]
    for start in (0, *starts[-_JOINTS:]):
        yield _DOTS.sub(".", local[start:]), start


def _heads(host: str) -> Iterator[tuple[str, int]]:
    """What a host may be, and where it ends: it may run into other words ("…@mail.test-2024", "…@mail.test分享")."""
    ends = [joint.start() for joint in _HOST_JOINTS.finditer(host)]
    for end in (len(host), *ends[:_JOINTS]):
        if "." in (domain := _DOTS.sub(".", host[:end])):  # nobody's address is without
            yield domain, end


def readings(text: str) -> Iterator[str]:
    """The text, and what it says once its encoding is undone, as often as it was done."""
    yield text
    for _ in range(3):
        plain = unquote(html.unescape(text), errors="replace")
        if plain == text:
            return
        yield (text := plain)
