"""A photo is known again: PDQ to the bit, and what people do to photos before they post them again."""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from server.ledger.matches import photo
from server.ledger.matches.photo import Variant
from tests.photos import cropped, flat, framed, pixels, recompressed
from tests.photos import photo as photo_of
from tests.real_data import REAL_DATA, needs

REAL = REAL_DATA / "near_duplicates"
MANY = range(20)


def prints(picture: Image.Image) -> list[photo.Fingerprint]:
    small = picture.convert("RGB").resize((photo.SIDE, photo.SIDE), Image.Resampling.LANCZOS)
    return photo.fingerprints(photo.grey(small.tobytes()))


def same(sought: Image.Image, kept: Image.Image) -> bool:
    return photo.distance(prints(sought), prints(kept)) is not None


# Of the reference implementation (the package pdqhash 0.2.8).
@pytest.mark.parametrize(
    ("number", "side", "high", "wide", "fingerprint", "quality"),
    [
        (1, 512, 512, 512, "b05bfd3833b35cd6282d7299a746035b83d670443ad14f2698aa3529ec669b9f", 100),
        (2, 512, 300, 411, "f700a0e5b62d6e3a0e7d74aaa8dc2b8832c579968583c8ed1b32b45969ae765d", 100),
        (3, 1024, 1024, 777, "5094af30cc18d4cd6522cd96311bda6bedd61ab00bec9a4dda354db672c753c9", 100),
        (4, 512, 200, 300, "27a073f364522b63d0ac9ae79c1c764be930a92950d6e08ff98cb97349a36f54", 100),
    ],
)
def test_it_is_pdq(number: int, side: int, high: int, wide: int, fingerprint: str, quality: int) -> None:
    bits, told = photo.pdq(photo.luminance(pixels(number, side)[:high, :wide]))
    assert photo.distances([bits], [bytes.fromhex(fingerprint)])[0] <= 2 and told == quality


def test_a_mirrored_photo_has_the_mirrored_fingerprint() -> None:
    for number in MANY:
        mirrored = prints(ImageOps.mirror(photo_of(number)))[0].bits
        assert photo.distances([prints(photo_of(number))[0].mirrored], [mirrored])[0] <= 16


# Fingerprints are kept: they must mean the same for ever, of each part of a photo and mirrored.
KEPT = [
    ("whole", "56ae31a972fee3031efb0fec4f6be013e3043eb8b005a456b9114f78ec44f183", "03fb64fc27abb6564bae5ab91a2eb446b6516bada550f103ec441a2db911a4d6"),
    ("middle_1", "feee73e9fff2cb469db97cec4545d053e104bef81111d44691112ff844448183", "8bbb66fcffa79e13c8ec69f950519546b451ebad45548113c4447aad1111d4d6"),
    ("middle_2", "7559a53073b15cd6283d7ad1a746035b035470443bd14e2698bbf5a9ece61b1f", "211df16da6e609837d683f84f2335e0ed60125116e845b73cdeea0fcb9b34e4a"),
    ("middle_3", "a1b38cbcb93568cb9d6cb31197421f2b2bd1e064b1d16ca618fb91a1c4e61f1f", "f4e6dde9ec603d9e4839e644c2174a7e7e849531e48439734daec4f491b34a4a"),
    ("upper", "661c1b38bc93deaf33fb62f6d3bb1fec4f6be1032e1cb091a444b9514c64b001", "33494e6dc9c68bfa66ae37b3866e4ab91a3eb4567b41e5c4f111ec041931e554"),
    ("framed", "705bbd3873b35cd6282d7299a746035b83d470443ad14f2698ba3529ec669b9f", "250ee86d26e609837d7827ccf213560ed6832d116f841a73cdef607cb933ceca"),
]  # fmt: skip


def test_kept_fingerprints_mean_the_same() -> None:
    made = prints(framed(photo_of(1), 0.1, "white"))
    assert [each.variant.value for each in made] == [variant for variant, *_ in KEPT]
    for each, (_, bits, mirrored) in zip(made, KEPT, strict=True):
        assert photo.distances([each.bits], [bytes.fromhex(bits)])[0] <= 2
        assert photo.distances([each.mirrored], [bytes.fromhex(mirrored)])[0] <= 2


def of(variant: Variant, flipped: int, mirrored: int = 256) -> photo.Fingerprint:
    """A fingerprint that differs from `NOTHING` in so many bits, and in so many once mirrored."""
    return photo.Fingerprint(variant, *(((1 << bits) - 1).to_bytes(32, "big") for bits in (flipped, mirrored)))


WHOLE, MIDDLE, FIRST, FRAMED, UPPER = Variant.WHOLE, Variant.MIDDLE_2, Variant.MIDDLE_1, Variant.FRAMED, Variant.UPPER


@pytest.mark.parametrize(
    ("sought", "kept", "distance"),
    [
        # The whole photos, with the edges that a template gives many: 20 bits; other parts: 31
        ([of(WHOLE, 20)], WHOLE, 20),
        ([of(WHOLE, 21)], WHOLE, None),
        ([of(FIRST, 21)], FIRST, None),
        ([of(FRAMED, 21)], FRAMED, None),
        ([of(FRAMED, 21)], WHOLE, None),
        ([of(WHOLE, 21)], FRAMED, None),
        ([of(WHOLE, 31)], FIRST, 31),
        ([of(MIDDLE, 31)], MIDDLE, 31),
        ([of(MIDDLE, 32)], MIDDLE, None),
        ([of(UPPER, 31)], UPPER, 31),
        # The nearest counts, once the middles agree too
        ([of(WHOLE, 25), of(MIDDLE, 31)], WHOLE, 25),
        ([of(WHOLE, 25), of(MIDDLE, 32)], WHOLE, None),
        # As it is or mirrored, whichever is nearer
        ([of(MIDDLE, 99, 30)], MIDDLE, 30),
        ([of(MIDDLE, 30, 10)], MIDDLE, 10),
        ([of(MIDDLE, 10, 30)], MIDDLE, 10),
        ([of(MIDDLE, 10, 10)], MIDDLE, 10),
        ([], WHOLE, None),
    ],
)
def test_how_near_two_photos_must_be(sought: list[photo.Fingerprint], kept: Variant, distance: int | None) -> None:
    assert photo.distance(sought, [of(kept, 0)]) == distance


def test_each_kept_fingerprint_is_as_far_as_the_nearest_of_ours() -> None:
    ours, theirs = ([of(WHOLE, bits).bits for bits in flipped] for flipped in ((0, 100), (10, 90, 255)))
    assert photo.distances(ours, theirs).tolist() == [10, 10, 155]
    assert photo.distance([of(MIDDLE, 0)], []) is None


def watermarked(picture: Image.Image) -> Image.Image:
    marked, (wide, high) = picture.copy(), picture.size
    ImageDraw.Draw(marked).rectangle((wide * 0.55, high * 0.85, wide * 0.97, high * 0.95), "white")
    return marked


def across(picture: Image.Image) -> Image.Image:
    wide, high = picture.size
    veil = Image.new("L", picture.size)
    ImageDraw.Draw(veil).rectangle((0, high * 0.43, wide, high * 0.57), 120)
    return Image.composite(Image.new("RGB", picture.size, "white"), picture, veil)


EDITS: dict[str, tuple[float, Callable[[Image.Image], Image.Image]]] = {
    "recompressed": (0.99, lambda each: recompressed(each, 30)),
    "half size": (0.99, lambda each: each.resize((each.width // 2, each.height // 2), Image.Resampling.BICUBIC)),
    "a quarter, recompressed": (0.95, lambda each: recompressed(each.resize((160, 120)), 50)),
    "mirrored": (0.97, ImageOps.mirror),
    "mirrored and cropped": (0.90, lambda each: cropped(ImageOps.mirror(each), 0.05)),
    "white frame": (0.95, lambda each: recompressed(framed(each, 0.04, "white"), 85)),
    "black frame": (0.95, lambda each: recompressed(framed(each, 0.1, "black"), 85)),
    "coloured frame": (0.95, lambda each: recompressed(framed(each, 0.06, "#2858c8"), 85)),
    "brighter": (0.95, lambda each: ImageEnhance.Brightness(each).enhance(1.2)),
    "watermark in a corner": (0.60, watermarked),
    "watermark across": (0.60, across),
}
CROPS = {0.01: 0.95, 0.025: 0.95, 0.03: 0.9, 0.05: 0.95, 0.08: 0.9, 0.1: 0.9, 0.12: 0.9}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_photo_is_the_same_photo(edit: str) -> None:
    recall, change = EDITS[edit]
    met = [same(change(photo_of(number)), photo_of(number)) for number in MANY]
    assert np.mean(met) >= recall, f"{edit}: {np.mean(met)}"


@pytest.mark.parametrize("part", CROPS)
def test_a_crop_is_the_same_photo_whichever_came_first(part: float) -> None:
    for first, second in ((0.0, part), (part, 0.0)):
        met = [same(cropped(photo_of(number), first), cropped(photo_of(number), second)) for number in MANY]
        assert np.mean(met) >= CROPS[part], f"{part}: {np.mean(met)}"


def test_other_photos_are_far_away() -> None:
    kept = [[each.bits for each in prints(photo_of(number))] for number in range(15)]
    assert min(photo.distances(a, b).min() for a, b in combinations(kept, 2)) > 48


def test_a_flat_picture_has_no_fingerprint() -> None:
    assert prints(flat()) == [] and prints(Image.new("RGB", (300, 300), "white")) == []
    assert {each.variant for each in prints(photo_of(1))} == set(Variant) - {Variant.FRAMED}
    assert {each.variant for each in prints(framed(photo_of(1), 0.1, "white"))} == set(Variant)


def noise(high: int = photo.SIDE, wide: int = photo.SIDE) -> photo.Grey:
    return np.random.default_rng(1).integers(0, 256, (high, wide)).astype(np.float32)


@pytest.mark.parametrize(("step", "quality"), [(0, 0), (127, 34), (128, 35), (255, 71)])
def test_the_quality_is_that_of_the_steps_between_samples(step: int, quality: int) -> None:
    """Of 64 rows with one step each, in whole hundredths of the range, by 90."""
    picture = np.zeros((64, 64), np.float32)
    picture[:, 32:] = step
    assert photo.pdq(picture)[1] == photo.pdq(picture.T)[1] == photo.pdq(255 - picture)[1] == quality
    assert photo.pdq(noise(64, 64))[1] == 100


@pytest.mark.parametrize(("high", "quality"), [(102, 49), (110, 50)])
def test_a_part_has_a_fingerprint_from_a_quality_of_fifty_on(high: int, quality: int) -> None:
    picture = np.zeros((photo.SIDE, photo.SIDE), np.float32)
    picture[:high, 256:] = 255
    assert photo.pdq(picture)[1] == quality
    assert (WHOLE in {each.variant for each in photo.fingerprints(picture)}) is (quality == 50)


@pytest.mark.parametrize(
    ("rows", "framed"), [(0, False), (1, True), (photo.SIDE - 64, True), (photo.SIDE - 63, False), (photo.SIDE, False)]
)
def test_a_frame_is_on_any_side_and_leaves_enough_inside(rows: int, framed: bool) -> None:
    picture = noise()
    picture[:rows] = 100
    for turned in range(4):
        variants = {each.variant for each in photo.fingerprints(np.rot90(picture, turned))}
        assert (FRAMED in variants) is framed


@pytest.mark.parametrize(
    ("pixels", "apart", "plain"), [(2, 99, True), (3, 99, False), (128, 16, True), (128, 17, False)]
)
def test_a_row_of_a_frame_is_plain_but_for_specks_and_shades(pixels: int, apart: int, plain: bool) -> None:
    picture = noise()
    picture[:20] = 100
    picture[:20, :pixels] += apart
    assert (FRAMED in {each.variant for each in photo.fingerprints(picture)}) is plain


# --- real photos (SPOTTER_REAL_DATA) ---


def real(folder: str) -> dict[str, Image.Image]:
    photos = {}
    for path in sorted(REAL.glob(f"{folder}/*.*")):
        if path.suffix in (".jpg", ".jpeg", ".png", ".webp") and "corrupt" not in path.name:
            with Image.open(path) as file:
                photos[path.name] = file.convert("RGB")
                photos[path.name].thumbnail((1000, 1000))
    return photos


@needs(REAL)
def test_real_look_alikes_stay_apart_and_the_same_photo_does_not() -> None:
    photos, told = real("natural_pairs"), {}
    for line in (REAL / "natural_pairs" / "pairs.csv").read_text().splitlines()[1:]:
        first, second, *_, label = line.split(",")
        told[first, second] = (label, same(photos[first], photos[second]))
    assert [pair for pair, (label, found) in told.items() if label == "different_item" and found] == []
    assert [pair for pair, (label, found) in told.items() if label.startswith("same_") and not found] == []
