"""Which texts are the same: edited copies are, ads that only share a shop's words are not, in any script."""

import random

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
        assert abs(text.estimates(sketches[0].minima, [sketches[1].minima])[0] - text.jaccard(a, b)) < 0.2


def test_kept_sketches_mean_the_same_on_any_machine_and_with_any_numpy() -> None:
    sketch = text.sketch(text.shingles(PARROT, text.NO_HASHES))
    assert sketch and sketch.bands[:3] == (158734565, -1963406422, -930647539) and sketch.minima[:4].hex() == "3ad8777f"


@pytest.mark.parametrize(
    "wording", ["", "\x00" * 5000, "\ud800" * 100, "a" * 50_000, "\u0301" * 2000, "1" * 3000, "🦜" * 500]
)
def test_hostile_texts_are_read(wording: str) -> None:
    values = text.shingles(wording, COMMON)
    assert text.sketch(values) is None or len(values) >= text.SHORTEST
