"""What a report must be before it is kept: its key, its content, its files and their limits."""

import gzip
import hashlib
import io
import random
import struct
import zlib
from typing import Any

import pytest
from PIL import Image

from server.core.words import Refused
from server.ledger.reports import submission

UUID = "0b7d3f1e-5a0c-4c1e-9d55-2f6f9a1b7c3d"


def refusal(function: Any, *given: Any) -> Refused | None:
    try:
        function(*given)
    except Refused as refused:
        return refused
    return None


@pytest.mark.parametrize(
    ("header", "key"),
    [
        (UUID, UUID),
        (f" {UUID.upper()} ", UUID),
        (None, None),
        ("", None),
        (UUID[:-1], None),
        (UUID + "0", None),
        (UUID.replace("-", ""), None),
        ("report 7", None),
    ],
)
def test_the_key_of_a_report_is_a_uuid(header: str | None, key: str | None) -> None:
    if key:
        assert submission.read_key(header) == key
    else:
        with pytest.raises(Refused) as refused:
            submission.read_key(header)
        assert refused.value.kind == "malformed"


def test_the_same_content_has_the_same_hash_in_any_order() -> None:
    same = submission.content_hash({"url": "u", "notes": "é"}, {"page": b"p", "screenshot": b"s"})
    assert submission.content_hash({"notes": "é", "url": "u"}, {"screenshot": b"s", "page": b"p"}) == same
    assert submission.content_hash({"url": "u", "notes": "e"}, {"page": b"p", "screenshot": b"s"}) != same
    assert submission.content_hash({"url": "u", "notes": "é"}, {"page": b"p", "screenshot": b"t"}) != same


def png(width: int, height: int, rows: bytes = zlib.compress(bytes(9))) -> bytes:
    """A grey PNG of this size with its first pixels: all that is read of a picture before it is taken in."""
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", rows),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


@pytest.mark.parametrize(
    ("width", "height", "fits"),
    [(8000, 5000, True), (40_000_000, 1, True), (40_000_001, 1, False), (8000, 5001, False), (80_000, 5000, False)],
)
def test_a_picture_has_at_most_40_megapixels(width: int, height: int, fits: bool) -> None:
    refused = refusal(submission.check_picture, "screenshot", png(width, height))
    assert (refused is None) is fits
    if refused:
        assert refused.errors == {"screenshot": ["A picture is larger than 40 megapixels."]}


def noise(form: str, **more: Any) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((64, 64), 60).convert("RGB").save(file, form, **more)
    return file.getvalue()


WITH_SMALL = Image.Exif()
WITH_SMALL[0x010E] = noise("JPEG")  # as a camera has one in its EXIF, with an end of its own
GARBAGE = random.Random(7).randbytes(2000)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(png(3, 2, GARBAGE), id="png of garbage"),
        pytest.param(png(3, 2, b""), id="png of nothing"),
        pytest.param(png(3, 2, zlib.compress(b"")), id="png packed of nothing"),
        pytest.param(png(3, 2, zlib.compress(b"\xff" * 9)), id="png with a row of no filter"),
        pytest.param(noise("WEBP")[:40] + GARBAGE, id="webp of garbage"),
        pytest.param(noise("WEBP", lossless=True)[:32] + GARBAGE * 9, id="lossless webp of garbage"),
        pytest.param(noise("JPEG").partition(b"\xff\xda")[0], id="jpeg without a scan"),
        pytest.param(noise("JPEG")[:-2], id="jpeg without its end"),
        pytest.param(noise("JPEG")[:-900], id="jpeg cut off"),
        pytest.param(noise("JPEG", progressive=True)[:-900], id="progressive jpeg cut off"),
        pytest.param(noise("JPEG", exif=WITH_SMALL)[:-900], id="jpeg cut off behind the small one inside it"),
    ],
)
def test_a_sound_header_alone_is_no_picture(data: bytes) -> None:
    refused = refusal(submission.check_picture, "screenshot", data)
    assert refused and refused.errors == {"screenshot": ["A file is not a readable PNG, JPEG or WebP picture."]}


def test_a_png_whose_data_stands_in_pieces_of_a_byte_is_one() -> None:
    rows = zlib.compress(bytes(9))
    whole, end = png(3, 2, b"")[:33], png(3, 2, b"")[-12:]
    pieces = [
        b"\0\0\0\1IDAT" + rows[at : at + 1] + zlib.crc32(b"IDAT" + rows[at : at + 1]).to_bytes(4)
        for at in range(len(rows))
    ]
    assert submission.check_picture("screenshot", whole + b"".join(pieces) + end)[1:] == (3, 2)


@pytest.mark.parametrize(
    "data",
    [noise("PNG"), noise("WEBP"), noise("JPEG"), noise("JPEG", progressive=True), noise("JPEG", exif=WITH_SMALL)],
)
def test_a_picture_is_one(data: bytes) -> None:
    assert submission.check_picture("screenshot", data)[1:] == (64, 64)


MB = 1024 * 1024


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(gzip.compress(b"<p>Ivory</p>"), None, id="a page"),
        pytest.param(gzip.compress(bytes(40 * MB), 1), None, id="40 MB"),
        pytest.param(gzip.compress(bytes(40 * MB + 1), 1), "larger than 40 MB", id="a byte more than 40 MB"),
        pytest.param(gzip.compress(random.Random(1).randbytes(20_000) * 2), None, id="a page that repeats itself"),
        pytest.param(gzip.compress(b"<p>Ivory</p>")[:-1], "cut off", id="cut off"),
        pytest.param(b"", "cut off", id="nothing"),
        pytest.param(b"<p>Ivory</p>", "not gzipped", id="plain HTML"),
        pytest.param(zlib.compress(b"<p>Ivory</p>"), "not gzipped", id="packed otherwise"),
    ],
)
def test_a_page_is_gzipped_whole_and_of_40_mb_at_most(data: bytes, message: str | None) -> None:
    evidence = [{"name": "page", "sha256": hashlib.sha256(data).hexdigest().upper()}]
    refused = refusal(submission.check_files, evidence, {"page": data})
    assert refused is None if message is None else message in str(refused and refused.detail)
    if not refused:
        assert submission.check_files(evidence, {"page": data})[0].media_type == "application/gzip"


SHOT = png(3, 2)
STATED = {"name": "screenshot", "sha256": hashlib.sha256(SHOT).hexdigest()}


@pytest.mark.parametrize(
    ("evidence", "parts", "at", "said"),
    [
        ([STATED], {"screenshot": SHOT}, None, None),
        ([STATED, STATED], {"screenshot": SHOT}, "evidence", "Name each file once."),
        ([STATED], {}, "screenshot", "announced but not sent"),
        ([], {"screenshot": SHOT}, "screenshot", "sent but is not listed"),
        ([STATED], {"screenshot": SHOT + b"0"}, "screenshot", "changed on the way"),
    ],
)
def test_every_file_is_announced_once_and_is_what_was_announced(evidence, parts, at, said) -> None:
    refused = refusal(submission.check_files, evidence, parts)
    assert (list(refused.errors) if refused else None) == ([at] if at else None)
    assert refused is None or said in refused.detail
    if not refused:
        file = submission.check_files(evidence, parts)[0]
        assert (file.name, file.data, file.sha256) == ("screenshot", SHOT, STATED["sha256"])
        assert (file.media_type, file.width, file.height) == ("image/png", 3, 2)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("photo_1", "photo"),
        ("photo_8", "photo"),
        ("photo_0", "photo_0"),  # eight photos of the goods, counted from one: a ninth is no part of a report
        ("photo_9", "photo_9"),
        ("screenshot", "screenshot"),
        ("full_page", "full_page"),
        ("page", "page"),
    ],
)
def test_eight_photos_of_the_goods_are_known_by_their_number(name: str, kind: str) -> None:
    assert submission.kind_of(name) == kind
    assert (name in submission.PARTS) is (kind == "photo" or not name.startswith("photo"))


@pytest.mark.parametrize("data", [b"", b"GIF89a", SHOT[:20], SHOT[:40] + b"0" + SHOT[41:]])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    refused = refusal(submission.check_picture, "screenshot", data)
    assert refused and "readable" in refused.detail


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (submission.ANSWERS, "This report has as many pictures as it can hold. Send text alone."),
        (submission.ANSWERS[:11], "Send at most 1 picture."),
        ((), "Send at most 4 pictures."),
    ],
)
def test_too_many_pictures_are_refused_with_how_many_still_fit(there: tuple[str, ...], said: str) -> None:
    refused = refusal(submission.check_answer, [b"a picture"] * 5, there)
    assert refused
    assert [str(detail) for detail in refused.errors["pictures"]] == [said]
