"""Pictures as people's devices make them: taken in, and shown as a copy; what is none, or moves, is refused."""

import io
from typing import Any

import pytest
from PIL import Image

from server.core.words import Refused
from server.ledger.reports import pictures, submission

NOISE = Image.effect_noise((300, 200), 60).convert("RGB")


def picture(kind: str, mode: str = "RGB", **how: Any) -> bytes:
    out = io.BytesIO()
    NOISE.convert(mode).save(out, kind, **how)
    return out.getvalue()


def turned() -> Image.Exif:
    """As a phone says that it was held upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


DEEP = io.BytesIO()
Image.new("I;16", (300, 200), 30000).save(DEEP, "PNG")


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        pytest.param(picture("JPEG", progressive=True), "image/jpeg", id="a progressive JPEG"),
        pytest.param(picture("JPEG", "CMYK"), "image/jpeg", id="a printer's JPEG"),
        pytest.param(picture("JPEG", "L"), "image/jpeg", id="a grey JPEG"),
        pytest.param(picture("JPEG") + b"\0" * 500, "image/jpeg", id="a JPEG with something behind it"),
        pytest.param(
            picture("MPO", save_all=True, append_images=[NOISE.resize((80, 60))]),
            "image/jpeg",
            id="a phone's JPEG with a second picture inside",
        ),
        pytest.param(DEEP.getvalue(), "image/png", id="a PNG of sixteen bits"),
        pytest.param(picture("PNG", "1"), "image/png", id="a PNG of one bit"),
        pytest.param(picture("PNG", "P", transparency=0), "image/png", id="a PNG with a palette one can see through"),
        pytest.param(picture("WEBP", "RGBA"), "image/webp", id="a WebP one can see through"),
        pytest.param(picture("WEBP", lossless=True), "image/webp", id="a lossless WebP"),
    ],
)
def test_a_still_picture_is_taken_in_and_can_be_shown(data: bytes, media_type: str) -> None:
    assert submission.check_picture("screenshot", data) == (media_type, 300, 200)
    clean, blurred = (Image.open(io.BytesIO(copy)) for copy in pictures.copies(data))
    assert [(image.format, image.size, getattr(image, "n_frames", 1)) for image in (clean, blurred)] == [
        ("WEBP", (300, 200), 1),
        ("WEBP", (300, 200), 1),
    ]


def test_a_picture_held_upright_is_shown_upright_and_says_nothing_more_of_the_phone() -> None:
    clean, _ = pictures.copies(picture("JPEG", exif=turned()))
    shown = Image.open(io.BytesIO(clean))
    assert shown.size == (200, 300)
    assert not shown.getexif() and "exif" not in shown.info


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(picture("PNG", save_all=True, append_images=[NOISE.rotate(90)]), id="PNG"),
        pytest.param(picture("WEBP", save_all=True, append_images=[NOISE.rotate(90)]), id="WebP"),
    ],
)
def test_a_picture_that_moves_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="animated"):
        submission.check_picture("screenshot", data)


def test_a_picture_that_breaks_off_has_no_copy_and_says_so() -> None:
    with pytest.raises(pictures.NoCopy, match="damaged"):
        pictures.copies(picture("JPEG")[:-2000])
