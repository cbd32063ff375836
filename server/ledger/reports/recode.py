"""The child that re-encodes one picture: bytes in on standard input, a clean copy and a blurred one out.

Run by path, alone, so that it imports Pillow and nothing of ours: it starts fast and has nothing to surrender. It works
with little memory and time and behind everything else on the machine.
"""

import io
import os
import resource
import sys

from PIL import Image, ImageFilter, ImageOps

MOST_PIXELS = 40_000_000
FORMATS = ["PNG", "JPEG", "WEBP"]
LONGEST = 2000  # pixels a side of the copy
BLURRED = 320  # pixels a side of the blurred one
SECONDS, MEMORY = 20, 1024 * 1024 * 1024


def encode(data: bytes) -> tuple[bytes, bytes]:
    """A WebP of the pixels alone (EXIF turned into pixels, then dropped with everything else), and a small blurred one."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(data), formats=FORMATS) as original:
        picture = ImageOps.exif_transpose(original).convert("RGB")
    picture.thumbnail((LONGEST, LONGEST))
    small = picture.copy()
    small.thumbnail((BLURRED, BLURRED))
    return _webp(picture, 82), _webp(small.filter(ImageFilter.GaussianBlur(14)), 60)


def _webp(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=2)
    return out.getvalue()


if __name__ == "__main__":
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    clean, blurred = encode(sys.stdin.buffer.read())
    sys.stdout.buffer.write(len(clean).to_bytes(4, "big") + clean + blurred)
