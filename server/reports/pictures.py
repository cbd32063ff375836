"""Re-encoding a picture in a process of its own, with little memory and time: what people see is never the original.

`copies(data)` is what the worker calls; `python -m server.reports.pictures` is the child.
"""

import io
import resource
import subprocess
import sys

from PIL import Image, ImageFilter, ImageOps

from server.reports.intake import MOST_PIXELS, PICTURES

LONGEST = 2000  # pixels a side of the copy
BLURRED = 320  # pixels a side of the blurred one
SECONDS, MEMORY = 20, 1024 * 1024 * 1024


def copies(data: bytes) -> tuple[bytes, bytes]:
    """A clean WebP copy and a small blurred one. Raises ValueError in words when the picture cannot be read."""
    child = [sys.executable, "-m", "server.reports.pictures"]
    try:
        done = subprocess.run(child, input=data, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise ValueError("The picture took too long to read.") from None
    except subprocess.CalledProcessError:
        raise ValueError("The picture is damaged.") from None
    size = int.from_bytes(done.stdout[:4], "big")
    return done.stdout[4 : 4 + size], done.stdout[4 + size :]


def _encode(data: bytes) -> tuple[bytes, bytes]:
    """EXIF turned into pixels, then dropped with everything else that is not a pixel."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(data), formats=list(PICTURES)) as original:
        picture = ImageOps.exif_transpose(original).convert("RGB")
    picture.thumbnail((LONGEST, LONGEST))
    small = picture.copy()
    small.thumbnail((BLURRED, BLURRED))
    return _webp(picture, 82), _webp(small.filter(ImageFilter.GaussianBlur(14)), 60)


def _webp(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality)
    return out.getvalue()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    clean, blurred = _encode(sys.stdin.buffer.read())
    sys.stdout.buffer.write(len(clean).to_bytes(4, "big") + clean + blurred)
