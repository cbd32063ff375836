"""Which texts are the same: edited copies are, ads that only share a shop's words are not, in any script."""

import hashlib
import random

import numpy as np
import pytest

from server.ledger.matches import common_texts, text
from tests.known_ads import PARROT, TUSK

COMMON = common_texts.phrases()[1]

RUSSIAN = (
    "Шкатулка из панциря черепахи\nСтаринная шкатулка девятнадцатого века, крышка из панциря морской черепахи с серебряной "
    "инкрустацией. Досталась от прабабушки, замок работает, ключ сохранился, внутри синий бархат."
)
CHINESE = "出两只苏卡达陆龟苗\n去年秋天自家繁殖的苏卡达，背甲十二公分左右，吃菜吃粮都很好，晒背灯和饲养箱一起带走，自提优先，广州天河附近，喜欢的朋友说一下养殖经验。"
ARABIC = "صقر حر جير للبيع\nصقر حر من الوكري العام الماضي، لونه أشقر وعيناه صافيتان، تم تدريبه على الملواح والحمام، يأكل جيدا وصحته ممتازة، مع البرقع والسبوق والوكر الخشبي، الموقع الدوحة قرب سوق واقف"
SHOP = (
    "Welcome to our little shop! Every parcel leaves our workshop within 24 hours and travels with a tracking number. We accept "
    "all major cards. If something is not as you hoped, send it back within 14 days and we refund you, no questions asked. "
    "Follow our page for weekly discounts and leave a review."
)


def swap_words(wording: str) -> str:
    return wording.replace("Beautiful", "Lovely").replace("living room", "kitchen").replace("Lisbon", "Porto")


EDITS = {
    "the same": lambda wording: wording,
    "another price": lambda wording: wording.replace("1,250 euros", "990 EUR"),
    "in capitals": str.upper,
    "words changed": swap_words,
    "emoji between all words": lambda wording: wording.replace(" ", " \U0001f99c "),
    "invisible signs": lambda wording: "\u200b".join(wording),
    "full-width letters": lambda wording: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in wording),
    "Cyrillic look-alikes": lambda wording: wording.translate(str.maketrans("aeopcx", "аеорсх")),
    "accents": lambda wording: wording.replace("e", "é").replace("a", "à"),
    "sentences in another order": lambda wording: ". ".join(reversed(wording.replace("\n", ". ").split(". "))),
    "another title": lambda wording: "Baby birds looking for a home\n" + wording.partition("\n")[2],
    "a shop's words before": lambda wording: (
        "Please read the description carefully. Free shipping worldwide. " + wording
    ),
    "a shop's words after": lambda wording: (
        wording + " Thanks for looking, please message me with any questions. No returns."
    ),
    "a sentence cut off": lambda wording: wording.replace("Big cage and perches go with them. ", ""),
}


def distance(one: str, other: str) -> float | None:
    return text.distance(text.read(one, COMMON), text.read(other, COMMON))


def share_a_band(one: str, other: str) -> bool:
    sketches = [text.sketch(text.shingles(wording, COMMON)) for wording in (one, other)]
    assert all(sketches)
    return any(a == b for a, b in zip(sketches[0].bands, sketches[1].bands, strict=True))


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_copy_is_the_same_text_and_is_found(edit: str) -> None:
    copy = EDITS[edit](PARROT)
    assert distance(PARROT, copy) is not None
    assert share_a_band(PARROT, copy)


@pytest.mark.parametrize(("wording", "old", "new"), [
    (RUSSIAN, "синий бархат", "красный шёлк"),
    (CHINESE, "广州天河", "深圳南山"),
    (ARABIC, "الدوحة", "المنامة"),
])  # fmt: skip
def test_copies_are_the_same_in_any_script(wording: str, old: str, new: str) -> None:
    copy = wording.replace(old, new)
    assert copy != wording and distance(wording, copy) is not None and share_a_band(wording, copy)


def test_a_copy_word_for_word_has_no_distance_and_another_price_is_none() -> None:
    assert distance(PARROT, PARROT) == distance(PARROT, PARROT.replace("1,250", "980")) == 0


def test_different_ads_are_not_the_same() -> None:
    ads = [PARROT, TUSK, RUSSIAN, CHINESE, ARABIC]
    assert [(a, b) for a in ads for b in ads if a < b and distance(a, b) is not None] == []


GERMAN = (
    "Privatverkauf, keine Garantie und keine Rücknahme. Versand gegen Aufpreis möglich, Zahlung per PayPal oder Überweisung. "
    "Bitte beachten Sie auch meine anderen Angebote. Bei Fragen einfach melden."
)


@pytest.mark.parametrize("end", [
    SHOP,
    GERMAN,
    "喜欢的可以直接拍下，全国包邮，偏远地区不包邮。二手物品售出不退不换，介意勿拍。有意者请私信联系，看中了直接拍。",
])  # fmt: skip
def test_unrelated_ads_with_one_shops_words_are_not_the_same(end: str) -> None:
    ads = [f"{wording} {end}" for wording in (PARROT, TUSK, RUSSIAN, CHINESE, ARABIC)]
    assert [(a, b) for a in ads for b in ads if a < b and distance(a, b) is not None] == []


def test_short_ads_that_agree_by_chance_are_not_the_same() -> None:
    assert distance("Ivory bracelet\nOld, nice.", "Ivory bracelet\nOld, nice.") is None
    assert text.sketch(text.shingles("Ivory bracelet, old", COMMON)) is None
    assert distance("", "") is None


def test_what_is_claimed_is_the_exact_share_of_shingles() -> None:
    one, other = "the quick brown fox jumps", "the quick brown fox leaps"
    first, second = ({f" {wording} "[n : n + 5] for n in range(len(wording) - 2)} for wording in (one, other))
    exact = len(first & second) / len(first | second)
    assert text.jaccard(text.hashes(one), text.hashes(other)) == pytest.approx(exact)


def test_the_estimate_is_near_the_exact_share() -> None:
    words = [f"word{n:03}" for n in range(400)]
    chance = random.Random(7)
    for kept in (0.9, 0.7, 0.5):
        one = chance.sample(words, 60)
        other = [word if chance.random() < kept else chance.choice(words) for word in one]
        a, b = (
            text.shingles(
                " ".join("".join(chr(97 + int(c)) if c.isdigit() else c for c in w) for w in ws), text.NO_HASHES
            )
            for ws in (one, other)
        )
        sketches = [text.sketch(values) for values in (a, b)]
        assert sketches[0] and sketches[1]
        assert abs(text.estimate(sketches[0].minima, sketches[1].minima) - text.jaccard(a, b)) < 0.2


def test_kept_sketches_mean_the_same_on_any_machine_and_with_any_numpy() -> None:
    sketch = text.sketch(text.shingles(PARROT, text.NO_HASHES))
    assert sketch and sketch.bands[:3] == (158734565, -1963406422, -930647539) and sketch.minima[:4].hex() == "3ad8777f"
    assert (len(sketch.bands), len(sketch.minima)) == (20, 80)
    assert hashlib.sha256(repr(tuple(sketch)).encode()).hexdigest()[:16] == "9597e04656530741"


@pytest.mark.parametrize(
    ("wording", "folded"),
    [
        ("Ivory, 1 250 €!", "ivory 0"),
        ("old  IVORY\tbox", "old ivory box"),
        ("象牙 box", "象象牙牙 box"),
        ("हाथी दांत", "हाथी दांत"),  # vowel signs are no gaps
        ("", ""),
    ],
)
def test_a_text_is_folded_before_it_is_cut(wording: str, folded: str) -> None:
    assert text.folded(wording) == folded


@pytest.mark.parametrize(("wording", "shingles"), [("", 0), ("abc", 0), ("abcd", 2), ("abcde", 3), ("abababababab", 4)])
def test_a_text_is_cut_into_shingles_of_five_signs_each_once(wording: str, shingles: int) -> None:
    assert len(text.hashes(wording)) == shingles


def test_a_title_is_a_first_line_with_something_below_it() -> None:
    assert len(text.read("A grey parrot\nvery tame", text.NO_HASHES).title) == len(text.hashes("a grey parrot"))
    assert not len(text.read("A grey parrot", text.NO_HASHES).title)
    assert not len(text.read("A grey parrot\n \n", text.NO_HASHES).title)


def test_no_text_is_like_none_and_common_words_are_left_out_wherever_they_stand() -> None:
    nothing, some = text.NO_HASHES, span(0, 9)
    assert text.jaccard(nothing, nothing) == text.jaccard(some, nothing) == text.jaccard(nothing, some) == 0
    for common, left in (((0, 1), (2, 9)), ((8, 9), (0, 7)), ((9, 9), (0, 8)), ((20, 30), (0, 9)), ((0, 9), None)):
        assert text.without(some, span(*common)).tolist() == (list(range(left[0], left[1] + 1)) if left else [])
    assert not len(text.common([]))


def test_a_sketch_is_like_itself_and_unlike_that_of_another_text() -> None:
    whole, other = (text.sketch(text.shingles(wording, COMMON)) for wording in (PARROT, RUSSIAN))
    assert whole and other
    assert text.estimate(whole.minima, whole.minima) == 1
    assert text.estimate(whole.minima, other.minima) == text.estimate(other.minima, whole.minima) < 0.2


@pytest.mark.parametrize(("shingles", "sketched"), [(23, False), (24, True)])
def test_a_text_of_few_shingles_has_no_sketch(shingles: int, sketched: bool) -> None:
    assert bool(text.sketch(span(1, shingles))) is sketched


def span(first: int, last: int) -> text.Hashes:
    return np.arange(first, last + 1).astype(np.uint64)


NO_TITLE = (1, 0)


@pytest.mark.parametrize(
    ("one", "other", "titles", "distance"),
    [
        # 45 of 100 shingles in common, and 44
        ((0, 71), (27, 99), (NO_TITLE, NO_TITLE), 0.55),
        ((0, 71), (28, 99), (NO_TITLE, NO_TITLE), None),
        # Texts of fewer than 60 have to agree better, those of fewer than 24 are many people's
        ((0, 59), (20, 79), (NO_TITLE, NO_TITLE), 0.5),
        ((0, 58), (20, 78), (NO_TITLE, NO_TITLE), None),
        ((0, 39), (7, 46), (NO_TITLE, NO_TITLE), 0.2979),
        ((0, 39), (8, 47), (NO_TITLE, NO_TITLE), None),
        ((0, 23), (0, 23), (NO_TITLE, NO_TITLE), 0),
        ((0, 22), (0, 22), (NO_TITLE, NO_TITLE), None),
        # 70 of 130: titles that stand in the other text, in neither, in one; a text without a title
        ((0, 99), (30, 129), ((40, 49), (40, 49)), 0.4615),
        ((0, 99), (30, 129), ((0, 9), (120, 129)), None),
        ((0, 99), (30, 129), ((40, 49), (120, 129)), 0.4615),
        ((0, 99), (30, 129), ((0, 9), (40, 49)), 0.4615),
        ((0, 99), (30, 129), ((0, 9), NO_TITLE), 0.4615),
        ((0, 99), (30, 129), (NO_TITLE, (120, 129)), 0.4615),
        ((0, 71), (27, 99), ((0, 9), (90, 99)), None),
        # Much in common is enough without them: 85 of 115
        ((0, 99), (15, 114), ((0, 9), (105, 114)), 0.2609),
        # Between: three eighths of the titles stand, so that 57.5 of 100 are needed
        ((0, 99), (26, 125), ((24, 31), (118, 125)), 0.4127),
        ((0, 99), (27, 126), ((25, 32), (119, 126)), None),
    ],
)
def test_how_much_two_texts_must_have_in_common(
    one: tuple[int, int],
    other: tuple[int, int],
    titles: tuple[tuple[int, int], tuple[int, int]],
    distance: float | None,
) -> None:
    first, second = (
        text.Text(span(*shingles), span(*title)) for shingles, title in zip((one, other), titles, strict=True)
    )
    assert text.distance(first, second) == text.distance(second, first) == distance


@pytest.mark.parametrize(
    "wording", ["", "\x00" * 5000, "\ud800" * 100, "a" * 50_000, "\u0301" * 2000, "1" * 3000, "🦜" * 500]
)
def test_hostile_texts_are_read(wording: str) -> None:
    values = text.shingles(wording, COMMON)
    assert text.sketch(values) is None or len(values) >= text.SHORTEST
