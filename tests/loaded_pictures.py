"""A folder of pictures for the picture lane, made for a test."""

import io
from datetime import date

import yaml
from PIL import Image


def photograph(colour="red", size=(640, 400), kind="JPEG", place=True):
    """A small picture whose metadata say where it was taken."""
    picture = Image.new("RGB", size, colour)
    exif = Image.Exif()
    if place:
        exif[0x010E] = "SECRET-PLACE Lisbon"
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (38.0, 43.0, 12.0)
    out = io.BytesIO()
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def entry(number=0, **changes):
    """One sound entry of a manifest: what is it? `changes` to None leave a key out."""
    fields = {
        "name": f"disc-{number}", "file": f"p{number}.jpg", "material": "ivory", "taxon": "Loxodonta africana",
        "group": "mammal", "choices": {"ivory": "Elephant or mammoth ivory", "bone": "Bone"}, "right": "ivory",
        "wrong_of_100": 10, "alt": "A pale disc with crossed lines.", "explanation": f"CANARY-P{number}: crossed lines.",
        "author": "Vera Lens", "licence": "CC-BY-4.0", "source": "SOURCE-TELLS example.org/tusk", "dated": date(2024, 5, 1),
    }  # fmt: skip
    return {key: value for key, value in (fields | changes).items() if value is not None}


def folder(path, entries=None, **changes):
    """A folder with a manifest and a picture for each of its entries."""
    path.mkdir(exist_ok=True)
    entries = entries or [entry(**changes)]
    for number, one in enumerate(entries):
        (path / one["file"]).write_bytes(photograph((10 + number, 60, 90)))
    return write(path, entries)


def write(path, entries):
    """The manifest alone."""
    (path / "pictures.yaml").write_text(yaml.safe_dump({"pictures": entries}, sort_keys=False, allow_unicode=True))
    return path
