"""The child that re-encodes one picture, or cuts photos out of it: bytes in on standard input, clean copies out.

Given boxes as an argument, it puts out three parts of each: a clean copy of what is in the box, a blurred one, and its
normal form, by which it is recognised.

Run by path, alone, so that it imports Pillow and nothing of ours: it starts fast and has nothing worth stealing. It has little
memory and time, and the lowest priority on the machine.
"""

import io
import json
import os
import resource
import sys

from PIL import Image, ImageFilter, ImageOps

MOST_PIXELS = 40_000_000
FORMATS = ["PNG", "JPEG", "WEBP"]
LONGEST = 2000  # pixels a side of the copy
BLURRED, BLURRED_QUALITY = 320, 60  # pixels a side of the blurred one
LONGEST_PHOTO = 800  # pixels a side of a photo's copy
NORMAL = 512  # pixels a side of a photo's normal form, whatever its shape
ORIENTATION = 0x0112  # the EXIF tag
TURNS = {  # what makes each orientation upright
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SECONDS, MEMORY = 20, 1024 * 1024 * 1024


def encode(data: bytes) -> tuple[bytes, bytes]:
    """A WebP of the pixels alone (EXIF turned into pixels, then dropped with everything else), and a small blurred one."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(data), formats=FORMATS) as original:
        picture = ImageOps.exif_transpose(original).convert("RGB")
    picture.thumbnail((LONGEST, LONGEST))
    return _webp(picture, 82), _webp(blurred(picture), BLURRED_QUALITY)


def cut(data: bytes, boxes: list[list[int] | None]) -> list[bytes]:
    """Of each box (left, top, right, bottom in the file's own pixels; None: all of it) a WebP, a small blurred one, and the
    pixels of its normal form."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(data), formats=FORMATS) as original:
        turn = TURNS.get(original.getexif().get(ORIENTATION, 1))
        if boxes == [None]:
            original.draft("RGB", (LONGEST_PHOTO, LONGEST_PHOTO))  # a large JPEG is decoded smaller at once
        whole = on_white(original)
    parts = []
    for box in boxes:
        photo = whole.crop((box[0], box[1], box[2], box[3])) if box else whole
        if turn is not None:
            photo = photo.transpose(turn)
        normal = photo.resize((NORMAL, NORMAL), Image.Resampling.LANCZOS)
        photo.thumbnail((LONGEST_PHOTO, LONGEST_PHOTO))
        parts += [_webp(photo, 82), _webp(blurred(photo), BLURRED_QUALITY), normal.tobytes()]
    return parts


def on_white(picture: Image.Image) -> Image.Image:
    """The picture as a page shows it: what is transparent is white."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")


def blurred(picture: Image.Image) -> Image.Image:
    """The small blurred picture that is seen first."""
    small = picture.copy()
    small.thumbnail((BLURRED, BLURRED))
    return small.filter(ImageFilter.GaussianBlur(14))


def _webp(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=2)
    return out.getvalue()


if __name__ == "__main__":
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    data = sys.stdin.buffer.read()
    for part in cut(data, json.loads(sys.argv[1])) if len(sys.argv) > 1 else encode(data):
        sys.stdout.buffer.write(len(part).to_bytes(4, "big") + part)
