"""Whether our PDQ is PDQ: our fingerprints beside those of the reference, of the same real photos.

    python -m benchmarks.pdq

SPOTTER_PEER_PYTHON names an interpreter with `pdqhash` 0.2.8, Meta's own C++ (it wants a compiler to install, so it is no
requirement of ours; `threatexchange` brings it along). The photos are those of SPOTTER_REAL_DATA (default ../shared/data), which
are no part of the project: each file as it is, then scaled and encoded again in two of the ways of `FORMS`, in turn.

*The same pixels*: both take the decoded photo, whatever its size and shape. This is what "within 2 bits on 99 %" means. *The
normal form*: both take the 512x512 pixels that the server's child makes of the file, and ours goes the server's whole way.
*From the file*: the server's fingerprint of the file, with the smaller decoding of a large JPEG and the 512x512 pixels, beside the
reference's of the photo in its own size: what a fingerprint that somebody else made with the reference would differ by.
"""

import io
import json
import os
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from server.ledger.matches import photo
from server.ledger.reports import recode

DATA = Path(os.environ.get("SPOTTER_REAL_DATA", "../shared/data")) / "near_duplicates"
GOAL = 2  # bits
REFERENCE = """
import json, sys
import numpy as np
import pdqhash
for line in sys.stdin.buffer:
    high, wide = json.loads(line)
    pixels = np.frombuffer(sys.stdin.buffer.read(high * wide * 3), np.uint8).reshape(high, wide, 3)
    bits, quality = pdqhash.compute(pixels)
    print(json.dumps([np.packbits(bits).tobytes().hex(), quality]), flush=True)
"""
FORMS: dict[str, tuple[int | None, str, dict[str, Any]]] = {  # the longer side, the kind of file, how it is encoded
    "JPEG 95, 2400 pixels": (2400, "JPEG", {"quality": 95}),
    "JPEG 85, own size": (None, "JPEG", {"quality": 85}),
    "JPEG 40, 1200 pixels": (1200, "JPEG", {"quality": 40}),
    "WebP 80, 800 pixels": (800, "WEBP", {"quality": 80}),
    "PNG, 512 pixels": (512, "PNG", {}),
    "PNG, 333 pixels": (333, "PNG", {}),
    "JPEG 75, 160 pixels": (160, "JPEG", {"quality": 75}),
}


class Reference:
    """pdqhash in a process of its own."""

    def __init__(self) -> None:
        command = [os.environ["SPOTTER_PEER_PYTHON"], "-c", REFERENCE]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def of(self, pixels: Any) -> tuple[bytes, int]:
        """Its fingerprint of these pixels, and the quality."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(pixels.shape[:2]).encode() + b"\n" + pixels.tobytes())
        self.process.stdin.flush()
        bits, quality = json.loads(self.process.stdout.readline())
        return bytes.fromhex(bits), quality

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


def files() -> Iterator[tuple[str, bytes]]:
    """The photos in their forms, with the form's name."""
    turns = cycle(FORMS.items())
    for path in sorted(DATA.glob("*/*")):
        try:
            with Image.open(path, formats=recode.FORMATS) as file:
                picture = ImageOps.exif_transpose(file).convert("RGB")
        except (UnidentifiedImageError, OSError):
            continue  # no picture, another kind, or a damaged file
        if min(picture.size) < photo.LEAST_SIDE:
            continue
        yield "as it is", path.read_bytes()
        for form, (longest, kind, how) in islice(turns, 2):
            part = longest / max(picture.size) if longest else 1.0
            out = io.BytesIO()
            size = (max(round(picture.width * part), 1), max(round(picture.height * part), 1))
            picture.resize(size, Image.Resampling.LANCZOS).save(out, kind, **how)
            yield form, out.getvalue()


def apart(ours: bytes, theirs: bytes) -> int:
    return int(photo.distances([ours], [theirs])[0])


def measured(reference: Reference) -> dict[str, list[tuple[int, int, int | None, int | None]]]:
    """Of each photo of each form, in bits: the same pixels, and by how much the quality differs; the normal form; the file.

    None where the server keeps no fingerprint, because the picture is flat.
    """
    found = defaultdict(list)
    for form, data in files():
        with Image.open(io.BytesIO(data)) as file:
            pixels = np.asarray(recode.on_white(ImageOps.exif_transpose(file)))
        theirs, quality = reference.of(pixels)
        ours, told = photo.pdq(photo.luminance(pixels))
        normal = recode.cut(data, [None])[2]  # what the child does
        kept = [each.bits for each in photo.fingerprints(photo.grey(normal)) if each.variant is photo.Variant.WHOLE]
        square = reference.of(np.frombuffer(normal, np.uint8).reshape(photo.SIDE, photo.SIDE, 3))[0]
        by_server = (apart(kept[0], square), apart(kept[0], theirs)) if kept else (None, None)
        found[form].append((apart(ours, theirs), abs(told - quality), *by_server))
    return found


def row(form: str, each: list[tuple[int, int, int | None, int | None]]) -> str:
    """A row of the table."""
    same, quality, normal, file = (
        [value for value in column if value is not None] for column in zip(*each, strict=True)
    )
    cells = [form, str(len(each))]
    for distances in (same, normal):
        cells += [f"{np.mean(np.array(distances) <= GOAL):.3f}", str(max(distances))]
    cells += [f"{np.median(file):.0f}", f"{np.mean(np.array(file) <= photo.WITHIN):.3f}", str(max(quality))]
    return f"| {' | '.join(cells)} |"


def main() -> str:
    """The table, or why there is none."""
    python = os.environ.get("SPOTTER_PEER_PYTHON")
    if not python or subprocess.run([python, "-c", "import pdqhash"], capture_output=True).returncode:
        return "Not compared: SPOTTER_PEER_PYTHON names no interpreter that has pdqhash."
    if not DATA.exists():
        return f"Not compared: no photos at {DATA}: set SPOTTER_REAL_DATA."
    reference = Reference()
    try:
        found = measured(reference)
    finally:
        reference.end()
    head = [
        "photos", "how many", "the same pixels: within 2 bits", "at most", "the normal form: within 2 bits", "at most",
        "from the file: median", "within 31", "quality differs by at most",
    ]  # fmt: skip
    rows = [f"| {' | '.join(head)} |", f"| --- | {' | '.join(['--:'] * (len(head) - 1))} |"]
    rows += [row(form, each) for form, each in found.items()]
    return "\n".join([*rows, row("all", [each for of_form in found.values() for each in of_form])])


if __name__ == "__main__":
    print(main())
