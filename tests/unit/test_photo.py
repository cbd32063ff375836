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
from tests.reference_pictures import made

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


# The same of pictures of many kinds, with their quality; `python -m benchmarks.pdq` does it with real photos.
REFERENCE = {
    "slope 512x512": ("da9656d4dab25654cab25654cab25655cab25655cab25655c2b296153cb2e9e5", 100),
    "noise 512x512": ("160965fd42fae6cad6cd1335f423f637f1b6a8576e148d66e05931a0cbea2218", 100),
    "rings 512x512": ("3db818a82cb9f5c6d5c6c7472e3927392239ddc618c6d8c62639e7392239d9c6", 100),
    "shapes 512x512": ("c96939d0267bfa454b6eb5bbd242ad6f2104f6375bd00805f7bc48426b42f1ae", 100),
    "writing 512x512": ("1e9471d232a3721ced6bf509f15831d4e856e990e3b19cccd5df31c95b50c526", 100),
    "leaves 512x512": ("7bafbb2f08d57af2b22f77852af2d058322a7faa8059327a2e7acd0473325050", 100),
    "photo 512x512": ("da1cc19293be014ab27fe0596b8dff874f2039e8a9920b96ada56f946254ab8d", 100),
    "faint 512x512": ("b5a9ca72dbf0c107b6106a58b0613a7bc277e9b4c35ee4a165ee456a6c64f4a1", 0),
    "slope 300x411": ("5335bbea1a3dd1449aacd1445e2dabea1a2dd1459aac3144e62d5c6ae5cd2eb8", 100),
    "noise 300x411": ("5f74d55c55c626de048e1888c8b7b04ceb4bf654bd8debe0f854c80ae69813db", 100),
    "rings 300x411": ("d9390726e4c71b39070666c71b39072627c69b391b3a1726f939f939d93926c6", 100),
    "shapes 300x411": ("7b64527c187f6c046e444367c7c38c8d6c2c6c6c787d919f95848da401ff7a3b", 100),
    "writing 300x411": ("25391b864b140c67f43309b6770772582394a1ed97ebcf9b98d3863329947cf3", 100),
    "leaves 300x411": ("4b47f4cd2aa8f4ac233dcc06ab360ecd5bf95c6ae646aa97266c548d61d32e18", 100),
    "photo 300x411": ("645bd8480fd2066196abce40849c4b70f0fbf909df5c615e2733acab57c0f65d", 94),
    "faint 300x411": ("9b24f6199aa0a1aebc2df56670d90f264a9bf2b70a382d59d986aea9c9363741", 0),
    "slope 777x1024": ("aab0df6daaa28a6a58b50f6a78b5722a25b5716a823d75eaf7c8209777c0209d", 100),
    "noise 777x1024": ("6032db17a502b4716fb18f31582f6669a859bb66a2093f8b6d3758d5a14e331f", 100),
    "rings 777x1024": ("18e758ed58e5e746e4c6a8c647394739473998c698c618c6e739e739e73818c6", 100),
    "shapes 777x1024": ("2f87d128dfb964bc012cdfeda4942739fb0008dced0c6b29237fd48094ac3af7", 100),
    "writing 777x1024": ("029d4adb23cca5533b3329e324679cfb8927f8b4cdb321a48f3512c9694beb31", 100),
    "leaves 777x1024": ("6a7eabaa05805455af2ac0d540d555012a2a7e7f2faad4d5ab2a2f2ad72a7f2a", 100),
    "photo 777x1024": ("08c1174c38bf7e4fd154d4842e417da3faf841af362a3dc0bb15717c4b1d3b91", 100),
    "faint 777x1024": ("1a7300b8cfad47c732a49878bb55db0f178c1e5145c5353eb4e3f530858f8787", 0),
    "slope 130x97": ("a8973a35b5e23327a5c23227a5a97738a9eb5338a583733ea5c4533ab584333a", 0),
    "noise 130x97": ("b8d3e62e3ad3c61c6a2df41e969a15c0d43e2ae5ea3f0be107a030d3d52dcd19", 100),
    "rings 130x97": ("a926ea4694efab14ab109f35a526a946a8a55738573995397ac65ac57ac1a53e", 13),
    "shapes 130x97": ("d23827cca95cba26459b51bbb64f2aa4c836b7d865faf22c6ea805f69c459861", 100),
    "writing 130x97": ("3fb1e5843c011e03f784b0327cb17c6030c9ff188ff3dc067b9bc2ce184bd9da", 100),
    "leaves 130x97": ("a7d9ce66198ca6194ce63332d44731c2761d8a3d933c8e5931e675c68e3973cc", 100),
    "photo 130x97": ("f0c439e70df20f9468fd8e3955bc9608b84739f331c345b6853bba1d971845b8", 31),
    "faint 130x97": ("937d17d9dad8bb3653cf930707a3a94a9278f83d8e4cec12a5439349b92344c6", 0),
    "slope 600x200": ("5530df84563154c5ebffaaea5130ff86543054c555fdaaca2930bf8a2a30aace", 100),
    "noise 600x200": ("09baad6ad2f031cb99b3cd311e1c654f6aa3ee223d1f165f857199989d19c831", 100),
    "rings 600x200": ("55565555011557da5556555617ea5dfa557a14e86a2a56fa155551555515ab6a", 100),
    "shapes 600x200": ("054591f37e2c8b8be0dc9d1d0ec10aa03e1ff15ce31ce39ee23c0fc11fe09cf3", 100),
    "writing 600x200": ("98d493cc48b96f0cd98333c65ca94d344992106b6952c9d6f2d65c93dcb2fed9", 100),
    "leaves 600x200": ("1354d46c5c128cfcf0762b56ac7e61e2b28bf2b62ac68abd0feb3e30e82a4d34", 100),
    "photo 600x200": ("aa49aac183a70da20fa2513687d4fac7b2a55559f21d1f38555fe1c6691669b6", 100),
    "faint 600x200": ("4976e25f2a436b9236cdec84f4c68e496b4b69a6e8c61a5c6936b649aaa917c9", 0),
    "framed 0": ("9384c7293a512b9e6b94bc397e912b9ccb06d0e3846bb5b491ae9c6b446b6b9c", 100),
    "framed 1": ("9cb04629fb4470cbfe61b621fe493b9e0369cdb001b66e4644b69a7961beb594", 100),
    "framed 2": ("019a4ed911aef42f566f21aeea4b039b87362e64999196656a54318bfb854dbe", 100),
    "framed 3": ("36f96876952f8e4645abf861d06e259696cb7c342ad493096b94934cbe416cf6", 100),
}  # fmt: skip


def test_pictures_of_every_kind_have_the_fingerprint_and_quality_of_the_reference() -> None:
    found = {name: photo.pdq(photo.luminance(picture)) for name, picture in made()}
    apart = {name: photo.distances([found[name][0]], [bytes.fromhex(REFERENCE[name][0])])[0] for name in found}
    assert {name: bits for name, bits in apart.items() if bits > 2} == {} and len(found) >= 40
    assert {name: quality for name, (_, quality) in found.items()} == {
        name: told for name, (_, told) in REFERENCE.items()
    }


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
