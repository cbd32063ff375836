"""Draw the picture lane's own pictures again: `python -m server.demo.rendered [FOLDER]`. A test compares them with the kept ones."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from server.demo import materials_fur as fur
from server.demo import materials_grown as grown
from server.demo import materials_pale as pale
from server.demo import materials_skin as skin
from server.ledger.reports import recode

FOLDER = Path(__file__).resolve().parents[2] / "training_modules" / "picture-lane"
PICTURES: dict[str, Callable[[], Image.Image]] = {  # by the name of the file, which says nothing of what it shows
    "a01": pale.tusk_end,
    "a02": pale.broken_slice,
    "a03": pale.table_knife,
    "a04": pale.hand_mirror,
    "a05": pale.oval_slice,
    "a06": pale.tooth_and_ruler,
    "a07": pale.nuts_and_coin,
    "a08": skin.high_comb,
    "a09": skin.spectacles,
    "a10": skin.long_skin,
    "a11": skin.handbag,
    "a12": skin.belly_panel,
    "a13": skin.belt,
    "a14": skin.flat_skin,
    "a15": grown.scales_on_pan,
    "a16": grown.slab_with_grain,
    "a17": grown.open_horn,
    "a18": grown.twig_in_cotton,
    "a19": grown.bead_string,
    "a20": fur.fur_collar,
    "a21": fur.throw_cushion,
    "a22": fur.striped_hide,
    "a23": grown.shell_on_gravel,
}


def encoded(drawn: Image.Image, quality: int) -> bytes:
    """A WebP of the pixels alone."""
    out = io.BytesIO()
    drawn.save(out, "WEBP", quality=quality, method=6)
    return out.getvalue()


def main(folder: Path) -> None:
    """Draw all of them into `folder`."""
    for name in PICTURES:
        clear = PICTURES[name]()
        (folder / f"{name}.webp").write_bytes(encoded(clear, 80))
        (folder / f"{name}.blurred.webp").write_bytes(encoded(recode.blurred(clear), recode.BLURRED_QUALITY))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
