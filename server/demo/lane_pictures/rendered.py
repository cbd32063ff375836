"""Draw the picture lane's own pictures again: `python -m server.demo.lane_pictures.rendered [FOLDER [NAME ...]]`. A test compares them with the kept ones."""

import io
import sys
from pathlib import Path

from PIL import Image

from server.demo.lane_pictures.table import PICTURES
from server.ledger.reports import recode

FOLDER = Path(__file__).resolve().parents[3] / "training_modules" / "picture-lane"


def encoded(drawn: Image.Image, quality: int) -> bytes:
    """A WebP of the pixels alone."""
    out = io.BytesIO()
    drawn.save(out, "WEBP", quality=quality, method=6)
    return out.getvalue()


def main(folder: Path, *names: str) -> None:
    """Draw all of them, or those named, into `folder`."""
    for name in names or PICTURES:
        clear = PICTURES[name]()
        (folder / f"{name}.webp").write_bytes(encoded(clear, 80))
        (folder / f"{name}.blurred.webp").write_bytes(encoded(recode.blurred(clear), recode.BLURRED_QUALITY))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, *sys.argv[2:])
