"""What a report must be before it is kept. Pure: plain values in, plain values or a refusal out."""

import hashlib
import io
import json
import re
import zlib
from dataclasses import dataclass
from typing import Any

from PIL import Image, UnidentifiedImageError

from server.core.words import Refused

PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
# A phone's JPEG with a second, hidden picture behind the first (its depth, its brightness), CIPA DC-007: the first is shown.
PHONES = {"MPO": "image/jpeg"}
PARTS = {"screenshot", "full_page", "page"}
MOST_PIXELS = 40_000_000  # read from the header: a bomb is refused before anything is decoded
MOST_PAGE = 40 * 1024 * 1024  # bytes of HTML once unpacked
KEY = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")

Image.MAX_IMAGE_PIXELS = MOST_PIXELS


@dataclass(frozen=True)
class File:
    """One evidence file, checked: its bytes, what they are, and how large the picture is in pixels."""

    name: str
    data: bytes
    sha256: str
    media_type: str
    width: int | None = None
    height: int | None = None


def read_key(header: str | None) -> str:
    """The idempotency key. Raises Refused("malformed") when it is absent or no UUID."""
    if not header or not KEY.fullmatch(header.strip()):
        raise Refused("malformed", "Send an Idempotency-Key header holding a UUID made once for this report.")
    return header.strip().lower()


def content_hash(report: dict[str, Any], parts: dict[str, bytes]) -> str:
    """What makes two sendings the same report: the parsed JSON and the hash of each part, not the bytes' order."""
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(parts.items())}
    same = json.dumps([report, hashes], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(same.encode()).hexdigest()


def check_files(evidence: list[dict[str, str]], parts: dict[str, bytes]) -> list[File]:
    """Every part has exactly one evidence entry and the other way round, and each is what it says.

    Raises Refused("invalid") naming the part whose hash differs, which is no picture, or which is a bomb.
    """
    stated = [entry["name"] for entry in evidence]
    if len(set(stated)) != len(stated):
        raise _bad("evidence", "Each file is named once.")
    for name in sorted(set(stated) ^ set(parts)):
        missing = "was announced but not sent" if name in stated else "was sent but is not listed in evidence"
        raise _bad(name, f"The file {name} {missing}.")
    return [_check(entry["name"], entry["sha256"].lower(), parts[entry["name"]]) for entry in evidence]


def _check(name: str, stated: str, data: bytes) -> File:
    found = hashlib.sha256(data).hexdigest()
    if found != stated:
        raise _bad(name, f"The file {name} is not the one whose SHA-256 was sent: it changed on the way.")
    if name == "page":
        _check_page(data)
        return File(name, data, found, "application/gzip")
    media_type, width, height = check_picture(name, data)
    return File(name, data, found, media_type, width, height)


def check_picture(name: str, data: bytes) -> tuple[str, int, int]:
    """The media type, width and height of a still PNG, JPEG or WebP picture of at most 40 megapixels."""
    try:
        with Image.open(io.BytesIO(data), formats=list(PICTURES)) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise _bad(
                    name, f"The picture {name} is larger than 40 megapixels.", "A picture is larger than 40 megapixels."
                )
            if picture.format not in PHONES and getattr(picture, "n_frames", 1) > 1:
                raise _bad(name, f"The picture {name} moves. Send a still one.", "A picture moves. Send a still one.")
            media_type = (PICTURES | PHONES)[picture.format or ""]
            picture.verify()
    except Image.DecompressionBombError:
        raise _bad(
            name, f"The picture {name} is larger than 40 megapixels.", "A picture is larger than 40 megapixels."
        ) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, KeyError, zlib.error):
        raise _bad(
            name,
            f"The file {name} is no PNG, JPEG or WebP picture we can read.",
            "A file is no PNG, JPEG or WebP picture we can read.",
        ) from None
    return media_type, width, height


def _check_page(data: bytes) -> None:
    """A gzipped page that unpacks to at most 40 MB, unpacked piece by piece."""
    unpacker, total = zlib.decompressobj(wbits=31), 0
    try:
        while data:
            total += len(unpacker.decompress(data, 1024 * 1024))
            data = unpacker.unconsumed_tail
            if total > MOST_PAGE:
                raise _bad("page", "The page is larger than 40 MB once unpacked.")
    except zlib.error:
        raise _bad("page", "The page is not gzipped HTML.") from None
    if not unpacker.eof:
        raise _bad("page", "The page is cut off.")


def _bad(name: str, detail: str, there: str = "") -> Refused:
    """`there`: what is said at the field itself, which knows what it is called."""
    return Refused("invalid", detail, errors={name: [there or detail]})
