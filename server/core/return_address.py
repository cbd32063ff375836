"""Addresses that say which message came back, as variable envelope return paths (VERP) do. Pure.

A message to a company leaves with an envelope sender and a Reply-To of its own: `notices+<token>@our.host`. The token names
the message and the attempt, and is sealed (HMAC-SHA-256, 80 bits), so that nobody can make one for a message that was not sent
to them. What comes to such an address was written by somebody who had that message; a reference in a subject proves nothing.
The two tokens of a message differ, because somebody who may reply must not be able to pose as a mail server that reports a
dead address.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

LONGEST_LOCAL = 64  # characters before the @ (RFC 5321, 4.5.3.1.1)
_ID, _ATTEMPT, _SEAL = 16, 1, 10  # bytes of each
TOKEN = 1 + len(base64.b32encode(bytes(_ID + _ATTEMPT + _SEAL)).rstrip(b"="))  # characters, with the purpose
LONGEST_OWN = LONGEST_LOCAL - TOKEN - 1  # characters that the setting may have before its @


class Purpose(StrEnum):
    """What an address is for."""

    RETURN = "b"  # the envelope sender: bounces and auto-replies come to it
    REPLY = "r"  # the Reply-To


class ReturnToken(NamedTuple):
    """What an address says that was sealed by us."""

    purpose: Purpose
    message_id: str  # of delivery: 32 hexadecimal digits
    attempt: int  # counted from 1; above 255 it says 255


def make(address: str, purpose: Purpose, message_id: str, attempt: int, secret: str) -> str:
    """Where what comes back of this attempt goes. address: ours, which takes mail with `+…` before its @."""
    local, _, host = address.rpartition("@")
    named = bytes.fromhex(message_id) + bytes([min(attempt, 255)])
    token = base64.b32encode(named + _seal(purpose, named, secret)).rstrip(b"=").decode().lower()
    return f"{local}+{purpose}{token}@{host}"


def find(texts: Iterable[str], address: str, secret: str) -> ReturnToken | None:
    """The first token of ours in these headers, which may hold several addresses; None: there is none that we sealed."""
    local, _, host = address.rpartition("@")
    # Mail servers may write a local part in capitals.
    pattern = re.compile(
        rf"{re.escape(local)}\+([br])([a-z2-7]{{{TOKEN - 1}}})@{re.escape(host)}(?![\w.-])", re.IGNORECASE
    )
    for text in texts:
        for purpose, token in pattern.findall(text):
            if read := _read(Purpose(purpose.lower()), token, secret):
                return read
    return None


def _read(purpose: Purpose, token: str, secret: str) -> ReturnToken | None:
    try:
        content = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except binascii.Error:
        return None
    named, seal = content[: _ID + _ATTEMPT], content[_ID + _ATTEMPT :]
    if not hmac.compare_digest(seal, _seal(purpose, named, secret)):
        return None
    return ReturnToken(purpose, named[:_ID].hex(), named[_ID])


def _seal(purpose: Purpose, named: bytes, secret: str) -> bytes:
    return hmac.new(secret.encode(), f"return address {purpose} ".encode() + named, hashlib.sha256).digest()[:_SEAL]
