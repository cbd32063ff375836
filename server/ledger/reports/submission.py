"""What a report must be before it is kept. Pure: plain values in, plain values or a refusal out."""

import hashlib
import io
import json
import re
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from PIL import Image, UnidentifiedImageError

from server.core.sentences import counted, sentence
from server.core.words import Refused

PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
# A phone's JPEG with a second, hidden picture behind the first (its depth, its brightness), CIPA DC-007: the first is shown.
PHONES = {"MPO": "image/jpeg"}
PHOTOS = {f"photo_{number}" for number in range(1, 9)}  # of the goods themselves
PARTS = {"screenshot", "full_page", "page", *PHOTOS}
ANSWERS = tuple(f"answer_{number}" for number in range(1, 13))  # sent with answers to questions, numbered through
MOST_ANSWERED = 4  # pictures with one answer
MAY_LEAVE = ("screenshot", *ANSWERS)  # a company sees these, once a person has marked them clean
MOST_PIXELS = 40_000_000  # read from the header: a bomb is refused before anything is decoded
MOST_LOADED = 2_000_000  # of a WebP, which shows only so whether there is a picture: 10 to 20 ms
FIRST = 65_536  # bytes that a PNG's first rows are unpacked to
MOST_PAGE = 40 * 1024 * 1024  # bytes of HTML once unpacked
SEGMENT = re.compile(rb"\xff([^\x00\xff])")  # how each part of a JPEG starts; its length follows
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


def kind_of(name: str) -> str:
    """What a file is a picture of: screenshot, full_page, page, photo or answer, whatever its number."""
    return "photo" if name in PHOTOS else "answer" if name in ANSWERS else name


def read_key(header: str | None) -> str:
    """The idempotency key. Raises Refused("malformed") when it is absent or no UUID."""
    if not header or not KEY.fullmatch(header.strip()):
        raise Refused("malformed", sentence("Send an Idempotency-Key header with a UUID created once for this report."))
    return header.strip().lower()


def content_hash(report: dict[str, Any], parts: dict[str, bytes]) -> str:
    """What makes two sendings the same report: the parsed JSON and the hash of each part, not the bytes' order."""
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(parts.items())}
    same = json.dumps([report, hashes], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(same.encode()).hexdigest()


def check_files(evidence: list[dict[str, str]], parts: dict[str, bytes]) -> list[File]:
    """Every part has exactly one evidence entry and the other way round, and each is what it says.

    Raises Refused("invalid") naming the part whose hash differs, which is no picture, or which is a bomb.
    """
    stated = [entry["name"] for entry in evidence]
    if len(set(stated)) != len(stated):
        raise _bad("evidence", sentence("Name each file once."))
    for name in sorted(set(stated) ^ set(parts)):
        if name in stated:
            raise _bad(name, sentence("The file %(name)s was announced but not sent.", name=name))
        raise _bad(name, sentence("The file %(name)s was sent but is not listed in evidence.", name=name))
    return [_check(entry["name"], entry["sha256"].lower(), parts[entry["name"]]) for entry in evidence]


def check_answer(pictures: list[bytes], there: Collection[str]) -> list[File]:
    """The pictures of an answer, checked as those of a report are, under the next free names. `there`: the report's files.

    Raises Refused("invalid") at `pictures` for too many, or one that is no picture.
    """
    free = [name for name in ANSWERS if name not in there]
    if len(pictures) > MOST_ANSWERED or len(pictures) > len(free):
        most = min(MOST_ANSWERED, len(free))
        detail = counted("Send at most %(number)s picture.", "Send at most %(number)s pictures.", most)
        if not free:
            detail = sentence("This report has as many pictures as it can hold. Send text alone.")
        raise Refused("invalid", detail, errors={"pictures": [detail]})
    parts = dict(zip(free, pictures, strict=False))
    entries = [{"name": name, "sha256": hashlib.sha256(data).hexdigest()} for name, data in parts.items()]
    try:
        return check_files(entries, parts)
    except Refused as refusal:
        raise Refused("invalid", refusal.detail, errors={"pictures": next(iter(refusal.errors.values()))}) from None


def _check(name: str, stated: str, data: bytes) -> File:
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 != stated:
        text = sentence("The SHA-256 of the file %(name)s does not match: it changed on the way.", name=name)
        raise _bad(name, text)
    if name == "page":
        _check_page(data)
        return File(name, data, sha256, "application/gzip")
    media_type, width, height = check_picture(name, data)
    return File(name, data, sha256, media_type, width, height)


def check_picture(name: str, data: bytes) -> tuple[str, int, int]:
    """The media type, width and height of a still PNG, JPEG or WebP picture of at most 40 megapixels."""
    try:
        with Image.open(io.BytesIO(data), formats=list(PICTURES)) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise _bad(
                    name,
                    sentence("The picture %(name)s is larger than 40 megapixels.", name=name),
                    sentence("A picture is larger than 40 megapixels."),
                )
            if picture.format not in PHONES and getattr(picture, "is_animated", False):
                raise _bad(
                    name,
                    sentence("The picture %(name)s is animated. Send a still one.", name=name),
                    sentence("A picture is animated. Send a still one."),
                )
            media_type = (PICTURES | PHONES)[picture.format or ""]
            _look_inside(picture, data, media_type)
            picture.verify()
    except Image.DecompressionBombError:
        raise _bad(
            name,
            sentence("The picture %(name)s is larger than 40 megapixels.", name=name),
            sentence("A picture is larger than 40 megapixels."),
        ) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, KeyError, zlib.error):
        raise _bad(
            name,
            sentence("The file %(name)s is not a readable PNG, JPEG or WebP picture.", name=name),
            sentence("A file is not a readable PNG, JPEG or WebP picture."),
        ) from None
    return media_type, width, height


def _look_inside(picture: Image.Image, data: bytes, media_type: str) -> None:
    """Raise ValueError, OSError or zlib.error for a sound header with no picture behind it.

    Checks only what costs next to nothing: the worker reads the whole picture and finds damage further on.
    """
    if media_type == "image/png":
        unpacker, start, first = zlib.decompressobj(), 8, b""
        while not first and start < len(data):
            size = int.from_bytes(data[start : start + 4])
            if data[start + 4 : start + 8] == b"IDAT":
                first = unpacker.decompress(data[start + 8 : start + 8 + size], FIRST)
            start += 12 + size
        if not first or first[0] > 4:  # how a row is filtered: 0 to 4
            raise ValueError(media_type)
    elif media_type == "image/jpeg":
        if data.find(b"\xff\xd9", _scan(data)) < 0:  # the picture's end: one that is cut off before it cannot be shown
            raise ValueError(media_type)
    elif picture.width * picture.height <= MOST_LOADED:
        with Image.open(io.BytesIO(data), formats=["WEBP"]) as again:
            again.load()


def _scan(data: bytes) -> int:
    """Where a JPEG's first scan starts, behind its segments: a small picture in one of them has a start and end of its own.

    Raises ValueError when there is none.
    """
    place = 2
    while marker := SEGMENT.search(data, place):
        if marker[1] == b"\xda":
            return marker.end()
        place = marker.end() + int.from_bytes(data[marker.end() : marker.end() + 2])
    raise ValueError("no scan")


def _check_page(data: bytes) -> None:
    """A gzipped page that unpacks to at most 40 MB, unpacked by no more at a time than was sent: a bomb fills no memory."""
    unpacker, total, piece = zlib.decompressobj(wbits=31), 0, len(data)
    try:
        while data:
            total += len(unpacker.decompress(data, piece))
            data = unpacker.unconsumed_tail
            if total > MOST_PAGE:
                raise _bad("page", sentence("The page is larger than 40 MB once unpacked."))
    except zlib.error:
        raise _bad("page", sentence("The page is not gzipped HTML.")) from None
    if not unpacker.eof:
        raise _bad("page", sentence("The page is cut off."))


def _bad(name: str, detail: str, at_field: str = "") -> Refused:
    """`at_field`: what is said at the field itself, which knows what it is called."""
    return Refused("invalid", detail, errors={name: [at_field or detail]})
