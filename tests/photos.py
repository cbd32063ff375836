"""Pictures that stand for photos: patches of all sizes, as photos have, each number another; and what is done to photos."""

import io
import zlib
from functools import cache
from typing import Any

import numpy as np
from PIL import Image, ImageOps


@cache
def pixels(number: int, side: int = 512) -> Any:
    """A square photo as an array, for ever the same: halves, quarters, eighths ... of the side, the larger the stronger."""
    random = np.random.RandomState(number)
    picture = np.zeros((side, side, 3))
    for level in range(1, 8):
        patches = random.randint(-127, 128, (2**level, 2**level, 3)) / level
        picture += np.kron(patches, np.ones((side >> level, side >> level, 1)))
    picture -= picture.min()
    return (picture * (255 / picture.max())).astype(np.uint8)


def photo(number: int, width: int = 640, height: int = 480) -> Image.Image:
    """The same, scaled as a photo of that size would be."""
    return Image.fromarray(pixels(number)).resize((width, height), Image.Resampling.BICUBIC)


def encoded(picture: Image.Image, kind: str = "PNG", **how: Any) -> bytes:
    """The bytes of a file."""
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def damaged(width: int = 1280, height: int = 900) -> bytes:
    """A PNG that starts well, and whose last rows nobody can unpack."""
    whole = encoded(Image.effect_noise((width, height), 60).convert("RGB"))
    at = whole.rindex(b"IDAT")
    chunk = b"IDAT" + b"\xff" * int.from_bytes(whole[at - 4 : at])
    return whole[:at] + chunk + zlib.crc32(chunk).to_bytes(4) + whole[at + len(chunk) + 4 :]


def recompressed(picture: Image.Image, quality: int = 40) -> Image.Image:
    """As a site keeps it."""
    return Image.open(io.BytesIO(encoded(picture, "JPEG", quality=quality))).convert("RGB")


def cropped(picture: Image.Image, part: float) -> Image.Image:
    """Without `part` of each side."""
    x, y = round(picture.width * part), round(picture.height * part)
    return picture.crop((x, y, picture.width - x, picture.height - y))


def framed(picture: Image.Image, part: float, colour: str) -> Image.Image:
    """With a frame of `part` of its width."""
    return ImageOps.expand(picture, round(picture.width * part), colour)


def flat(width: int = 300, height: int = 300) -> Image.Image:
    """A placeholder: one colour, a little lighter at one side."""
    shades = np.linspace(200, 206, width).astype(np.uint8)
    return Image.fromarray(np.repeat(np.tile(shades, (height, 1))[:, :, None], 3, axis=2))
