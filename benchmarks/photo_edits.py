"""Knowing a photo again after what people do to it: ours beside plain PDQ, on the same real photos.

    python -m benchmarks.photo_edits

Reads the photos of SPOTTER_REAL_DATA (default ../shared/data), which are no part of the project: each once, edited, and
sought among all as the worker does. *Plain PDQ* is the fingerprint of the whole photo, met within 31 bits; `crop 5 %`
takes 5 % off each side. *Others linked* counts pairs of different photos that were called the same.
"""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from server.ledger.matches import photo
from tests.photos import cropped, framed, recompressed

DATA = Path(os.environ.get("SPOTTER_REAL_DATA", "../shared/data")) / "near_duplicates"
# Edits of one photo, noise, pictures too small: no photos of goods.
NO_PHOTO = (
    "bridge-mods__[!a]*",
    "*dih__*[!l].jpg",
    "misc-images*",
    "ptx__*",
    "formats*",
    "mixed*",
    "*PROVENANCE",
    "*.txt",
    "*.csv",
)
PLOT = Path(__file__).parents[1] / "docs" / "benchmarks" / "photos.svg"
Edit = Callable[[Image.Image], Image.Image]


def scaled(picture: Image.Image, part: float) -> Image.Image:
    return picture.resize((max(int(picture.width * part), 1), max(int(picture.height * part), 1)))


def watermarked(picture: Image.Image) -> Image.Image:
    """A white box with a shop's name in it, in a corner."""
    marked, (wide, high) = picture.copy(), picture.size
    brush = ImageDraw.Draw(marked)
    brush.rectangle((wide * 0.55, high * 0.85, wide * 0.97, high * 0.95), "white")
    brush.text((wide * 0.57, high * 0.86), "shop.example", "black", font_size=max(int(high * 0.06), 8))
    return marked


def written_over(picture: Image.Image) -> Image.Image:
    """A shop's name across the middle, half seen through."""
    layer, (wide, high) = Image.new("RGBA", picture.size, (0, 0, 0, 0)), picture.size
    ImageDraw.Draw(layer).text(
        (wide * 0.1, high * 0.42), "shop.example", (255, 255, 255, 140), font_size=max(int(wide * 0.11), 8)
    )
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")


EDITS: dict[str, Edit] = {
    "recompressed, quality 30": lambda each: recompressed(each, 30),
    "half size": lambda each: scaled(each, 0.5),
    "quarter size, quality 40": lambda each: recompressed(scaled(each, 0.25), 40),
    "crop 2.5 %": lambda each: cropped(each, 0.025),
    "crop 5 %": lambda each: cropped(each, 0.05),
    "crop 10 %": lambda each: cropped(each, 0.1),
    "crop 12 %": lambda each: cropped(each, 0.12),
    "mirrored": ImageOps.mirror,
    "mirrored, crop 5 %": lambda each: cropped(ImageOps.mirror(each), 0.05),
    "white border 4 %": lambda each: recompressed(framed(each, 0.04, "white"), 85),
    "black border 10 %": lambda each: recompressed(framed(each, 0.1, "black"), 85),
    "watermark in a corner": watermarked,
    "watermark across": written_over,
    "brighter, 1.3": lambda each: ImageEnhance.Brightness(each).enhance(1.3),
    "turned by 2 degrees": lambda each: each.rotate(2),
}


def fingerprints(picture: Image.Image) -> list[photo.Fingerprint]:
    normal = picture.resize((photo.SIDE, photo.SIDE), Image.Resampling.LANCZOS)
    return photo.fingerprints(photo.grey(normal.tobytes()))


def photos() -> list[tuple[Image.Image, list[photo.Fingerprint]]]:
    """Each photo once: copies of one before it are left out."""
    kept: list[tuple[Image.Image, list[photo.Fingerprint]]] = []
    for path in sorted(DATA.glob("*/*")):
        if any(path.match(pattern) for pattern in NO_PHOTO):
            continue
        with Image.open(path) as file:
            picture = file.convert("RGB")
        picture.thumbnail((1000, 1000))
        own = fingerprints(picture)
        if own and not any(photo.distance(own, other) is not None for _, other in kept):
            kept.append((picture, own))
    return kept


BAR, HIGH = 300, 22  # pixels of a whole bar, and of a row


def plot(recalls: dict[str, tuple[float, float]]) -> str:
    """The recall after each edit as bars, ours above plain PDQ."""
    rows = [
        f'<text x="190" y="{at * HIGH + 15}" text-anchor="end">{name}</text>'
        f'<rect x="200" y="{at * HIGH + 3}" width="{ours * BAR:.0f}" height="9" fill="#1b6b4f"/>'
        f'<rect x="200" y="{at * HIGH + 12}" width="{plain * BAR:.0f}" height="5" fill="#b8860b"/>'
        for at, (name, (ours, plain)) in enumerate(recalls.items())
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="520" height="{len(rows) * HIGH + 8}" font-family="sans-serif" '
        f'font-size="12"><rect width="100%" height="100%" fill="#fff"/>{"".join(rows)}</svg>\n'
    )


def main() -> str:
    """The table; the plot goes beside it."""
    kept = photos()
    recalls: dict[str, tuple[float, float]] = {}
    rows = ["| edit | ours | plain PDQ | others linked |", "| --- | --: | --: | --: |"]
    for name, edit in EDITS.items():
        met, plain, others = [], [], 0
        for place, (picture, own) in enumerate(kept):
            edited = edit(picture)
            sought = fingerprints(edited)
            met.append(bool(sought) and photo.distance(sought, own) is not None)
            whole = [photo.pdq(photo.luminance(np.asarray(each)))[0] for each in (edited, picture)]
            plain.append(photo.distances(whole[:1], whole[1:])[0] <= photo.WITHIN)
            others += sum(
                photo.distance(sought, other) is not None
                for at, (_, other) in enumerate(kept)
                if sought and at != place
            )
        recalls[name] = float(np.mean(met)), float(np.mean(plain))
        rows.append(f"| {name} | {recalls[name][0]:.3f} | {recalls[name][1]:.3f} | {others} |")
    PLOT.write_text(plot(recalls))
    return (
        "\n".join(rows)
        + f"\n\nOf {len(kept)} photos, none like another.\n\n![Recall after each edit, ours above plain PDQ]({PLOT.name})\n"
    )


if __name__ == "__main__":
    print(main())
