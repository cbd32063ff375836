"""Draw the picture lane's own pictures again: `python -m server.demo.rendered [FOLDER]`. A test compares them with the kept ones."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from server.demo import materials, materials_grown
from server.demo.materials import Drawn
from server.ledger.reports import recode

FOLDER = Path(__file__).resolve().parents[2] / "training_modules" / "picture-lane"
CLOTHS = ((96, 104, 112), (150, 138, 120), (74, 92, 84), (122, 104, 108))  # what lies under the things, in turn
PICTURES: dict[str, Callable[[], Drawn]] = {
    "a01": materials.elephant,
    "a02": materials.mammoth,
    "a03": materials.bone,
    "a04": materials.celluloid,
    "a05": materials.walrus,
    "a06": materials.hippopotamus,
    "a07": materials.tagua,
    "a08": materials.tortoiseshell,
    "a09": materials.printed_shell,
    "a10": materials_grown.python_skin,
    "a11": materials_grown.pressed_leather,
    "a12": materials_grown.crocodile,
    "a13": materials_grown.alligator,
    "a14": materials_grown.monitor,
    "a15": materials_grown.pangolin,
    "a16": materials_grown.rhinoceros,
    "a17": materials_grown.buffalo,
    "a18": materials_grown.red_coral,
    "a19": materials_grown.bamboo_coral,
    "a20": materials_grown.rosettes,
    "a21": materials_grown.printed_spots,
    "a22": materials_grown.painted_stripes,
    "a23": materials_grown.star_tortoise,
}


def picture(name: str) -> Image.Image:
    """One picture by the name of its file, which says nothing of what it shows."""
    number = int(name[1:])
    return materials.photographed(PICTURES[name](), 1000 + 10 * number, CLOTHS[number % len(CLOTHS)])


def encoded(drawn: Image.Image, quality: int) -> bytes:
    """A WebP of the pixels alone."""
    out = io.BytesIO()
    drawn.save(out, "WEBP", quality=quality, method=6)
    return out.getvalue()


def main(folder: Path) -> None:
    """Draw all of them into `folder`."""
    for name in PICTURES:
        clear = picture(name)
        (folder / f"{name}.webp").write_bytes(encoded(clear, 80))
        (folder / f"{name}.blurred.webp").write_bytes(encoded(recode.blurred(clear), recode.BLURRED_QUALITY))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
