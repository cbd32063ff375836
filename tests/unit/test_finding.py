"""Words that over-appear in confirmed ads and stand in no lexicon: who is counted, what is never a word, what chance explains."""

from math import comb

import pytest

from server.ledger.species import finding, matching
from server.ledger.species.finding import DecidedAd, FoundWord
from tests.shipped_lexicon import matcher  # noqa: F401

GREY, CASQUE = "psittacus-erithacus", "rhinoplax-vigil"


def ads(text, count, sellers, confirmed=True, taxon=GREY, first=0):
    """So many ads of so many sellers; {} in the text is the ad's number."""
    return [
        DecidedAd(f"{first + at:04d}{text[:2]}", text.format(at), confirmed, f"{text[:4]}{at % sellers}" if sellers else "", taxon)
        for at in range(count)
    ]  # fmt: skip


ORDINARY = [
    *ads("parrot cage with toys nr {}, clean, price 30", 40, 40, confirmed=False, taxon=None, first=1000),
    *ads("african grey parrot, price {}", 15, 15, first=2000),
]


def texts(found):
    return {each.text for each in found}


def test_a_word_of_many_sellers_whose_ads_are_confirmed_is_proposed_with_its_evidence(matcher):
    [found] = finding.find([*ORDINARY, *ads("two zazzle chicks nr {}, tame, price 300", 12, 6)], matcher)
    assert (found.text, found.language, found.taxon) == ("zazzle chicks", "en", GREY)
    assert (found.confirmed, found.dismissed, found.sellers) == (12, 0, 6)
    assert len(set(found.examples)) == finding.EXAMPLES
    assert 0 < found.chance < 0.01


@pytest.mark.parametrize(
    ("text", "word", "language", "taxon"),
    [
        ("出售 红老头料 {}号 私聊", "红老头料", "zh", CASQUE),
        ("ขายน้องฟ้าใส {} พร้อมส่ง", "น้องฟ้าใส", "th", GREY),
        ("продам кроху зюзю {}, ручная, торг", "зюзю", "ru", GREY),
        ("زوج كركورة {} للبيع", "كركورة", "ar", GREY),
        ("🦜🧿 nr {} dm me", "🧿", "und", GREY),
    ],
)
def test_every_script_has_words(matcher, text, word, language, taxon):
    found = finding.find([*ORDINARY, *ads(text, 12, 8, taxon=taxon)], matcher)
    assert any(word in each.text or each.text in word for each in found), texts(found)
    assert all(each.taxon == taxon for each in found)
    assert any(each.language in (language, "und") for each in found)


@pytest.mark.parametrize(
    ("often", "seldom"), [("zazzle", "ｚａｚｚｌｅ"), ("ｚａｚｚｌｅ", "zazzle"), ("zazzle", "Zazzle")]
)
def test_a_word_is_shown_as_it_is_mostly_written(matcher, often, seldom):
    new = [*ads(f"grey parrot nr {{}} {often}", 8, 8), *ads(f"grey parrot nr {{}} {seldom}", 4, 4, first=100)]
    assert texts(finding.find([*ORDINARY, *new], matcher)) == {often}


@pytest.mark.parametrize(("cases", "sellers"), [(4, 4), (12, 2), (12, 1), (12, 0)])
def test_a_word_of_few_cases_or_few_sellers_is_not(matcher, cases, sellers):
    assert finding.find([*ORDINARY, *ads("two zazzle chicks nr {}", cases, sellers)], matcher) == []


@pytest.mark.parametrize(("cases", "sellers"), [(5, 5), (5, 3)])
def test_five_cases_of_three_sellers_are_enough(matcher, cases, sellers):
    honest = ads("parrot cage nr {}, price 30", 100, 100, confirmed=False, first=5000)
    found = finding.find([*ORDINARY, *honest, *ads("two zazzle chicks nr {}", cases, sellers)], matcher)
    assert texts(found) == {"zazzle chicks"}


def test_a_word_that_honest_ads_have_as_often_is_not(matcher):
    both = [
        *ads("zazzle nr {}, price 30", 20, 20, first=3000), *ads("zazzle nr {}, price 30", 40, 40, confirmed=False, first=4000)
    ]  # fmt: skip
    assert finding.find([*ORDINARY, *both], matcher) == []


def test_a_seller_counts_once_however_many_ads_they_have(matcher):
    """Three sellers of two hundred ads are three: chance explains them where every second ad is confirmed."""
    honest = ads("parrot cage nr {}, price 30", 20, 20, confirmed=False, first=5000)
    real = ads("african grey parrot, price {}", 20, 20, first=6000)
    assert finding.find([*honest, *real, *ads("two zazzle chicks nr {}", 200, 3)], matcher) == []


@pytest.mark.parametrize(
    "text",
    [
        "african grey parrot nr {}, tame, hand reared, whatsapp",  # all of it known
        "grey parrot nr {}, tame baby, price 300",  # two known words that stand together
        "grey parrot nr {}, Zelmira, price 300",  # a name: always with a capital
        "grey parrot nr {} 0612345678, price 300",
        "grey parrot nr {} with the and of",
        "grey parrot nr {} xq zz",  # too short
        "ivory dress nr {}, ivory tower, price 300",  # known to be innocent
    ],
)
def test_what_is_known_or_names_somebody_or_says_nothing_is_no_word(matcher, text):
    assert finding.find([*ORDINARY, *ads(text, 20, 20)], matcher) == []


@pytest.mark.parametrize("declined", ["zazzle chicks", "zazzle", "two zazzle chicks here"])
def test_what_was_declined_is_not_proposed_again_nor_its_parts_nor_phrases_with_it(matcher, declined):
    new = ads("two zazzle chicks nr {}, tame", 12, 6)
    assert finding.find([*ORDINARY, *new], matcher, never={matching.key(declined)}) == []


def test_a_word_is_proposed_alone_where_it_stands_in_many_phrases(matcher):
    new = [
        each
        for at, colour in enumerate(("tiny", "big", "lazy", "shy"))
        for each in ads(f"{colour} zazzle nr {{}}, tame", 5, 5, first=at * 100)
    ]
    assert "zazzle" in texts(finding.find([*ORDINARY, *new], matcher))


def test_nothing_is_proposed_where_nothing_was_dismissed_or_confirmed(matcher):
    new = ads("two zazzle chicks nr {}", 12, 6)
    assert finding.find(new, matcher) == []
    assert finding.find([ad._replace(confirmed=False) for ad in new], matcher) == []
    assert finding.find([], matcher) == []


@pytest.mark.parametrize(
    ("few", "confirmed", "many", "dismissed"), [(3, 5, 1, 6), (5, 10, 0, 10), (1, 4, 3, 9), (0, 5, 2, 5)]
)
def test_the_chance_is_the_tail_of_the_hypergeometric_distribution(few, confirmed, many, dismissed):
    having = few + many
    ways = sum(
        comb(confirmed, number) * comb(dismissed, having - number)
        for number in range(few, min(confirmed, having) + 1)
        if having - number <= dismissed
    )
    assert finding.fisher(few, confirmed, many, dismissed) == pytest.approx(ways / comb(confirmed + dismissed, having))


def test_many_words_without_a_cause_are_rarely_proposed(matcher):
    """Words strewn by lot over confirmed and dismissed ads alike: none in most runs."""
    import random

    lot = random.Random(11)
    words = [f"{a}{b}oq" for a in "bcdfghklmn" for b in "aeiou"]
    runs = []
    for _ in range(20):
        strewn = [
            DecidedAd(f"{at:04d}", " ; ".join(lot.sample(words, 6)), lot.random() < 0.5, f"s{at}", None)
            for at in range(120)
        ]
        runs.append(len(finding.find(strewn, matcher)))
    assert sum(count > 0 for count in runs) <= 3


@pytest.mark.parametrize(
    ("chances", "tried", "kept"),
    [
        ([0.05], 1, 1),
        ([0.051], 1, 0),
        ([0.05], 2, 0),  # the more were tried, the less one of them says
        ([0.01, 0.2], 2, 1),
        ([0.04, 0.03], 2, 2),  # together they say what neither says alone: Benjamini and Hochberg step up
        ([], 9, 0),
    ],
)
def test_one_in_twenty_of_those_proposed_is_there_by_chance(chances, tried, kept):
    words = [FoundWord(str(at), str(at), "en", None, 5, 0, 3, each, "", ()) for at, each in enumerate(chances)]
    assert [word.chance for word in finding._beyond_chance(words, tried)] == sorted(chances)[:kept]


@pytest.mark.parametrize(("dismissed", "proposed"), [(60, True), (61, False)])
def test_a_word_is_three_times_as_common_among_the_sellers_of_confirmed_ads(matcher, dismissed, proposed):
    """Of 100 sellers 60, and of 300 others 60: however many ads they have, and however sure it is."""
    given = [
        *ads("zazzle nr {}, price 30", 60, 60), *ads("african grey parrot nr {}", 40, 40, first=100),
        *ads("zazzle nr {}, price 30", dismissed, dismissed, confirmed=False, first=1000),
        *ads("parrot cage nr {}", 2 * (300 - dismissed), 300 - dismissed, confirmed=False, first=2000),
    ]  # fmt: skip
    assert ("zazzle" in texts(finding.find(given, matcher))) is proposed


def test_two_signs_are_a_word_where_no_spaces_are_written(matcher):
    assert "红料" in texts(finding.find([*ORDINARY, *ads("出售 红料 {}号 私聊", 12, 8, taxon=CASQUE)], matcher))


@pytest.mark.parametrize(
    ("run", "longest"),
    [
        ("ขคง", 0),
        ("ขคงจ", 4),
        ("ขคงจฉชซฌญฎฏฐ", 10),
        ("龘", 0),
        ("龘靐", 2),
        ("龘靐齉爩麤", 4),
    ],
)
def test_a_word_without_spaces_has_a_number_of_signs_by_its_script(matcher, run, longest):
    found = finding.find([*ORDINARY, *ads(f"nr {{}}: {run}", 12, 8)], matcher)
    assert max(map(len, texts(found)), default=0) == longest


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("zazzle zazzle ъыъыъыъ", "und"),  # 7 of 21 signs
        ("zazzle zazzle ъыъыъыъы", "ru"),  # 8 of 22
    ],
)
def test_a_script_that_has_more_than_a_third_of_an_ad_says_its_language(matcher, text, language):
    found = finding.find([*ORDINARY, *ads(text, 12, 8)], matcher)
    assert {each.language for each in found} == {language}


def test_a_phrase_begins_and_ends_with_a_word_of_three_letters_at_least(matcher):
    new = [*ads("xu zazzle nr {}", 12, 8), *ads("barzle qi nr {}", 12, 8, first=100)]
    assert texts(finding.find([*ORDINARY, *new], matcher)) == {"zazzle", "barzle"}
