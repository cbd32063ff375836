"""What the words of an ad amount to, for and against: each rule of the score by itself, with words where they matter."""

from collections.abc import Sequence

import pytest

from server.core.reasons import ReasonCode
from server.core.words import Category
from server.ledger.species.judging import Key, judge
from server.ledger.species.terms import About, Match, TermKind, TermReach

ELEPHANT, TIGER = "loxodonta-africana", "panthera-tigris"
PHRASE, NEAR, AD = TermReach.PHRASE, TermReach.NEAR, TermReach.AD


def word(term: str, at: int, weight: float = 0.5, *taxa: str, kind: TermKind = TermKind.TAXON, **more: bool) -> Match:
    return Match(at, at + len(term), term, term, kind, taxa or (ELEPHANT,), weight, **more)


def trade(term: str, at: int, weight: float = 0.5, *taxa: str) -> Match:
    return word(term, at, weight, *taxa, kind=TermKind.TRADE)


def cue(term: str, at: int, about: About, weight: float = 1.0) -> Match:
    kind = TermKind.CONTEXT if about in (About.NEWS, About.TEACHING) else TermKind.TRADE
    return Match(at, at + len(term), term, term, kind, (), weight, about)


def against(term: str, at: int, reach: TermReach, weight: float = 0.75, *taxa: str) -> Match:
    return Match(at, at + len(term), term, term, TermKind.AGAINST, taxa, weight, reach=reach)


NAME = word("elephant", 100)  # 100 to 108
TAGGED = NAME._replace(tag=True)
GOODS = cue("tusk", 109, About.GOODS)
OFFERED = cue("for sale", 200, About.OFFER)


def less(total: float, part: float) -> float:
    """`total` with a word of weight `part` against it."""
    odds = total / (1 - total) * (1 - part) ** 2
    return odds / (1 + odds)


@pytest.mark.parametrize(
    ("matches", "category", "score"),
    [
        ([], None, 0),
        # A name alone is no trade signal; that the spotter saw an animal or a plant makes it one
        ([NAME], None, 0.25),
        ([NAME], Category.PRODUCT, 0.25),
        ([NAME], Category.LIVE, 0.5),
        ([NAME], Category.PLANT, 0.5),
        # Each word beside it takes its share of the doubt
        ([NAME, GOODS], None, 1 - 0.5 * (1 - 0.6)),
        ([NAME, cue("cub", 109, About.LIVE)], None, 1 - 0.5 * (1 - 0.45)),
        ([NAME, cue("real", 109, About.REAL)], None, (1 - 0.5 * (1 - 0.35)) / 2),
        ([NAME, cue("for sale", 109, About.OFFER)], None, 1 - 0.5 * (1 - 0.25)),
        ([NAME, GOODS, cue("for sale", 114, About.OFFER)], None, 1 - 0.5 * 0.4 * 0.75),
        ([NAME, GOODS._replace(weight=0.5)], None, 1 - 0.5 * (1 - 0.3)),
        # A currency sign alone offers nothing
        ([NAME, cue("$", 109, About.OFFER, 0.89)], None, (1 - 0.5 * (1 - 0.25 * 0.89)) / 2),
        ([NAME, cue("$ each", 109, About.OFFER, 0.9)], None, 1 - 0.5 * (1 - 0.25 * 0.9)),
        # Beside: up to forty signs before or behind; farther off it counts for four tenths
        ([NAME, cue("tusk", 148, About.GOODS)], None, 0.8),
        ([NAME, cue("tusk", 149, About.GOODS)], None, 1 - 0.5 * (1 - 0.24)),
        ([NAME, cue("tusk", 56, About.GOODS)], None, 0.8),
        ([NAME, cue("tusk", 55, About.GOODS)], None, 1 - 0.5 * (1 - 0.24)),
        ([NAME, cue("t" * 40, 20, About.GOODS)], None, 0.8),
        ([NAME, cue("elephant tusk", 100, About.GOODS)], None, 0.8),
        # A weak word makes what stands beside it weaker too, and a strong one no stronger
        ([word("horse", 100, 0.3), cue("skin", 106, About.GOODS)], None, 1 - 0.7 * (1 - 0.6 * 0.6)),
        ([word("rhino", 100, 0.8), cue("horn", 106, About.GOODS)], None, 1 - 0.2 * (1 - 0.6)),
        # Two names of one taxon say no more than one; a word of the trade beside a name does
        ([NAME, word("jumbo", 109, 0.4)], Category.LIVE, 0.5),
        ([NAME, trade("ivory", 109, 0.4)], None, 1 - 0.5 * 0.6),
        ([trade("ivory", 109, 0.4)], None, 0.4),
        ([trade("ivory", 109, 0.4), trade("ivory", 300, 0.4)], None, 0.4),  # said twice
        # Hiding a word adds to it
        ([word("e1ephant", 100, masked=True)], None, 1 - 0.5 * 0.5),
        # Something alive, where the spotter saw a part or a product: not counted, and the rest is
        ([cue("cub", 95, About.LIVE), NAME], Category.PART, 0.5),
        ([cue("cub", 95, About.LIVE), NAME, GOODS], Category.PART, 0.8),
        ([cue("cub", 95, About.LIVE), NAME, GOODS], Category.PRODUCT, 0.8),
        ([cue("cub", 95, About.LIVE), NAME, GOODS], Category.LIVE, 1 - 0.5 * 0.4 * 0.55),
        # No name at all: parts that come of animals alone, and what other things are too
        ([cue("skull", 0, About.GOODS, 0.7)], None, 0.6 * 0.7 * 0.52),
        ([cue("bracelet", 0, About.GOODS, 0.69)], None, 0.6 * 0.69 * 0.3),
        ([cue("bracelet", 0, About.GOODS, 0.5), cue("skull", 99, About.GOODS)], None, 0.6 * 0.52),
        ([cue("skull", 0, About.GOODS), cue("for sale", 9, About.OFFER)], None, 1 - (1 - 0.312) * (1 - 0.25 * 0.52)),
        ([cue("for sale", 9, About.OFFER), cue("real", 20, About.REAL)], None, 0),
    ],
)
def test_what_the_words_for_a_taxon_amount_to(matches: list[Match], category: Category | None, score: float) -> None:
    assert judge(matches, category).score == pytest.approx(score, abs=0.0006)


@pytest.mark.parametrize(
    ("matches", "score"),
    [
        # A word beside it takes what it weighs, of a word with innocent senses alone
        ([NAME, against("plush", 109, NEAR)], 0.5 * 0.25 / 2),
        ([NAME, against("plush", 148, NEAR)], 0.5 * 0.25 / 2),
        ([NAME, against("plush", 149, NEAR)], 0.25),
        ([word("elephant", 100, 0.51), against("plush", 109, NEAR)], 0.51 / 2),
        ([NAME, against("plush", 109, NEAR, 0.75, TIGER)], 0.25),  # one that speaks of others
        ([NAME, against("plush", 109, NEAR, 0.75, TIGER, ELEPHANT)], 0.5 * 0.25 / 2),
        ([NAME, against("plush", 109, NEAR, 1.0)], 0),
        ([NAME, against("plush", 109, NEAR, 1.0), trade("ivory", 300, 0.4)], 0.4),
        # A phrase takes the words inside it, whatever they weigh, and of the same word elsewhere three quarters
        ([word("elephant", 100, 0.9), against("elephant ears", 100, PHRASE, 1.0)], 0),
        ([word("ear", 109, 0.9), against("elephant ear", 100, PHRASE, 1.0)], 0),
        ([word("elephant", 100, 0.9), against("elephan", 100, PHRASE, 1.0)], 0.45),
        ([word("elephant", 100, 0.9), against("lephant ears", 101, PHRASE, 1.0)], 0.45),
        ([word("elephant", 100, 0.8), against("elephant ears", 100, PHRASE, 1.0, TIGER)], 0.4),
        ([word("elephant", 100), against("elephant ears", 100, PHRASE, 1.0), word("elephant", 300)], 0.5 * 0.25 / 2),
        ([word("elephant", 100), against("plush", 109, NEAR, 1.0), word("elephant", 300)], 0.25),
        # Of phrases inside phrases, the one that holds it
        (
            [
                against("white elephant parade at the zoo", 94, PHRASE, 1.0), *(against("x", at, PHRASE) for at in (95, 96, 97)),
                NAME, against("ears", 300, PHRASE),
            ],
            0,
        ),
        # What the ad denies does not speak against it: "not plastic" says that it is real
        ([NAME, against("plastic", 114, NEAR), cue("not plastic", 110, About.REAL)], (1 - 0.5 * 0.65) / 2),
        ([NAME, against("plastic", 114, AD), cue("not plastic", 110, About.REAL)], (1 - 0.5 * 0.65) / 2),
        ([NAME, against("elephant ears", 100, PHRASE), cue("real elephant ears", 95, About.REAL)], (1 - 0.875 * (1 - 0.35 * 0.25)) / 2),
        # Nor does what is only part of a longer word for: "hand" of "hand-fed", and the whole of one speaks
        ([NAME, against("phant", 103, NEAR)], 0.25),
        ([NAME, against("eleph", 100, AD)], 0.25),
        ([NAME, GOODS, against("tus", 109, AD, 0.5)], 0.8),
        ([NAME, GOODS, against("tusk", 109, AD, 0.5)], less(0.8, 0.5)),
        ([NAME, GOODS, against("tusks", 109, AD, 0.5)], less(0.8, 0.5)),
        ([trade("mammoth ivory", 100, 0.4), against("mammoth", 100, AD, 1.0, ELEPHANT)], 0),
        # Goods inside a phrase are none
        ([NAME, GOODS, against("tusk tattoo", 109, PHRASE, 0.5)], 0.25),
        # A word against the whole ad lowers the odds, less from afar, and each word once
        ([NAME, GOODS, against("toy", 114, AD, 0.5)], less(0.8, 0.5)),
        ([NAME, GOODS, against("toy", 149, AD, 0.5)], less(0.8, 0.2)),
        ([NAME, GOODS, against("toy", 300, AD, 0.5), against("toy", 114, AD, 0.5)], less(0.8, 0.5)),
        ([NAME, GOODS, against("toy", 114, AD, 0.5), against("fake", 118, AD, 0.3)], less(less(0.8, 0.5), 0.3)),
        ([word("elephant", 100, 0.8), against("toy", 114, AD, 0.5)], less(0.4, 0.5)),
        ([NAME, GOODS, against("toy", 114, AD, 0.5, TIGER)], 0.8),
        ([NAME, GOODS, against("toy", 114, AD, 0.5, ELEPHANT)], less(0.8, 0.5)),
        # No name: it counts wherever it stands, unless it speaks of some taxa alone
        ([cue("skull", 0, About.GOODS), against("toy", 300, AD, 0.5)], less(0.312, 0.5)),
        ([cue("skull", 0, About.GOODS), against("toy", 300, AD, 0.5, TIGER)], 0.312),
        # A hashtag is of its own: "#elephant #tusk #doll" offers three things, "elephant tusk #doll" says what one is
        ([TAGGED, GOODS, against("doll", 116, AD, 0.5)._replace(tag=True)], less(0.8, 0.2)),
        ([TAGGED, GOODS, against("doll", 115, AD, 0.5)], less(0.8, 0.5)),
        ([NAME, GOODS, against("doll", 116, AD, 0.5)._replace(tag=True)], less(0.8, 0.5)),
        ([TAGGED, NAME._replace(start=90, end=98), GOODS, against("doll", 116, AD, 0.5)._replace(tag=True)], less(0.8, 0.5)),
        ([TAGGED, GOODS, against("dress", 116, NEAR, 0.5)._replace(tag=True)], 1 - (1 - 0.25) * (1 - 0.6 * 0.5)),
        # What names another animal's: from afar too, but not where this one has its own name
        ([trade("ivory", 100, 0.4), against("mammoth", 300, AD, 1.0, ELEPHANT)], 0),
        ([trade("ivory", 100, 0.4), against("mammoth", 300, AD, 0.9, ELEPHANT)], less(0.4, 0.36)),
        ([NAME, GOODS, against("mammoth", 114, AD, 1.0, ELEPHANT)], 0.8),
        ([trade("elephant ivory", 100, 0.9), against("mammoth", 300, AD, 1.0, ELEPHANT)], 0.9),
        ([trade("ivory", 100, 0.89), against("mammoth", 300, AD, 1.0, ELEPHANT)], 0),
        ([NAME, GOODS, against("sculpture", 300, AD, 1.0)], less(0.8, 0.4)),
        # News and teaching, where words of the same weigh enough together and nothing is plainly offered
        ([NAME, GOODS, cue("seized", 120, About.NEWS)], less(0.8, 0.5)),
        ([NAME, GOODS, cue("seized", 120, About.NEWS, 0.5), cue("police", 130, About.NEWS, 0.5)], less(0.8, 0.5)),
        ([NAME, GOODS, cue("seized", 120, About.NEWS, 0.5), cue("seized", 130, About.NEWS, 0.5)], 0.8),
        # Twice as much is loud, and three times as much louder than an offer
        ([NAME, GOODS, cue("seized", 120, About.NEWS), cue("police", 130, About.NEWS, 0.9)], less(0.8, 0.5)),
        ([NAME, GOODS, cue("seized", 120, About.NEWS), cue("police", 130, About.NEWS)], less(0.8, 0.8)),
        ([NAME, GOODS, *(cue(news, 300, About.NEWS) for news in ("seized", "police")), OFFERED], 1 - 0.2 * 0.9),
        ([NAME, GOODS, *(cue(news, 300, About.NEWS) for news in ("seized", "police", "jailed")), OFFERED], less(1 - 0.2 * 0.9, 0.8)),
        ([NAME, GOODS, cue("seized", 120, About.NEWS, 0.5), cue("lesson", 130, About.TEACHING, 0.5)], 0.8),
        ([NAME, GOODS, cue("lesson", 120, About.TEACHING)], less(0.8, 0.5)),
        # What is only part of a longer word for teaches nothing: 生態 of 生態缸, a tank with plants
        ([NAME, cue("tank", 109, About.LIVE), cue("ta", 109, About.TEACHING)], 1 - 0.5 * (1 - 0.45)),
        ([NAME, GOODS, cue("seized", 120, About.NEWS), cue("for sale", 200, About.OFFER, 0.9)], 1 - 0.2 * (1 - 0.25 * 0.4 * 0.9)),
        ([NAME, GOODS, cue("seized", 120, About.NEWS), cue("$", 200, About.OFFER, 0.8)], less(1 - 0.2 * (1 - 0.25 * 0.4 * 0.8), 0.5)),
        ([NAME, GOODS, cue("seized", 120, About.NEWS), cue("genuine", 200, About.REAL, 0.6)], 1 - 0.2 * (1 - 0.35 * 0.4 * 0.6)),
        ([NAME, GOODS, cue("seized", 120, About.NEWS), cue("old", 200, About.REAL, 0.5)], less(1 - 0.2 * (1 - 0.35 * 0.4 * 0.5), 0.5)),
    ],
)  # fmt: skip
def test_what_speaks_against_it_takes_from_it(matches: list[Match], score: float) -> None:
    for ordered in (matches, matches[::-1]):
        assert judge(ordered).score == pytest.approx(score, abs=0.0006)


def said(matches: Sequence[Match], category: Category | None = None) -> list[Key]:
    return [(reason.code, reason.weight, *reason.params.values()) for reason in judge(matches, category).reasons]


@pytest.mark.parametrize(
    ("matches", "reasons"),
    [
        # Each for what it adds, the weightiest first; the same is said once
        (
            [NAME, trade("ivory", 109, 0.7), cue("for sale", 120, About.OFFER), cue("real", 300, About.REAL)],
            [(ReasonCode.TRADE_WORD, 0.7, "ivory"), (ReasonCode.NAME, 0.5, "elephant"), (ReasonCode.OFFER, 0.25, "for sale"),
             (ReasonCode.REAL, 0.14, "real")],
        ),
        ([word("e1ephant", 100, masked=True)], [(ReasonCode.NAME, 0.5, "e1ephant"), (ReasonCode.HIDDEN_WORD, 0.5, "e1ephant", "e1ephant")]),
        ([word("jumbo", 100, 0.004), trade("ivory", 109, 0.7)], [(ReasonCode.TRADE_WORD, 0.7, "ivory"), (ReasonCode.NAME, 0.0, "jumbo")]),
        # Of several words beside it the nearest is named, of equals the first; from afar the first of the ad
        ([cue("hide", 60, About.GOODS), NAME, cue("tusk", 110, About.GOODS), cue("skin", 120, About.GOODS)],
         [(ReasonCode.GOODS, 0.6, "tusk"), (ReasonCode.NAME, 0.5, "elephant")]),
        ([cue("hide", 94, About.GOODS), NAME, cue("tusk", 110, About.GOODS)],
         [(ReasonCode.GOODS, 0.6, "hide"), (ReasonCode.NAME, 0.5, "elephant")]),
        ([cue("hide", 0, About.GOODS), NAME, cue("tusk", 300, About.GOODS)],
         [(ReasonCode.NAME, 0.5, "elephant"), (ReasonCode.GOODS, 0.24, "hide")]),
        ([cue("elephant gun", 100, About.GOODS), NAME, cue("tusk", 108, About.GOODS)],
         [(ReasonCode.GOODS, 0.6, "elephant gun"), (ReasonCode.NAME, 0.5, "elephant")]),
        # What speaks against it, for what it takes
        ([NAME, against("plush", 109, NEAR)], [(ReasonCode.AGAINST_WORD, -0.38, "plush", "elephant"), (ReasonCode.NAME, 0.12, "elephant")]),
        ([NAME, GOODS, against("toy", 300, AD, 0.5)],
         [(ReasonCode.GOODS, 0.6, "tusk"), (ReasonCode.NAME, 0.5, "elephant"), (ReasonCode.AGAINST_AD, -0.2, "toy")]),
        ([NAME, GOODS, cue("police", 120, About.NEWS, 0.4), cue("seized", 130, About.NEWS, 0.6), cue("jailed", 140, About.NEWS, 0.6)],
         [(ReasonCode.GOODS, 0.6, "tusk"), (ReasonCode.NAME, 0.5, "elephant"), (ReasonCode.NEWS, -0.5, "seized")]),
        # Without a name
        ([cue("skull", 0, About.GOODS), cue("tusk", 9, About.GOODS), cue("for sale", 20, About.OFFER)],
         [(ReasonCode.GOODS, 0.31, "skull"), (ReasonCode.OFFER, 0.13, "for sale")]),
        ([cue("for sale", 9, About.OFFER)], []),
    ],
)  # fmt: skip
def test_the_reasons_say_which_word_did_what(matches: list[Match], reasons: list[Key]) -> None:
    assert said(matches) == reasons


def test_each_taxon_has_its_own_words_and_the_strongest_comes_first() -> None:
    tiger, skin = word("tiger", 0, 0.4, TIGER), trade("big five", 50, 0.3, TIGER, ELEPHANT)
    judgement = judge([skin, NAME, tiger])
    assert [(each.taxon, each.words) for each in judgement.suspected] == [
        (ELEPHANT, (skin, NAME)), (TIGER, (tiger, skin)),
    ]  # fmt: skip
    assert judgement.score == judgement.suspected[0].score == pytest.approx(1 - 0.5 * 0.7, abs=0.0006)
    assert judgement.suspected[1].score == pytest.approx(1 - 0.6 * 0.7, abs=0.0006)


def test_of_one_word_the_place_that_weighs_most_counts() -> None:
    weak, strong = trade("ivory", 0, 0.3), trade("ivory", 90, 0.4)
    for order in ([weak, strong], [strong, weak]):
        assert judge(order).suspected[0].words == (strong,)
    first, again = trade("ivory", 0, 0.4), trade("ivory", 90, 0.4)
    assert judge([first, again]).suspected[0].words == (first,)


def test_the_words_that_are_innocent_are_told_with_what_said_so() -> None:
    plush = against("plush", 109, NEAR, 1.0)
    judgement = judge([NAME, plush, trade("ivory", 300, 0.4)])
    assert [(each.word, each.because) for each in judgement.innocent] == [(NAME, plush)]
    assert [each.words for each in judgement.suspected] == [(trade("ivory", 300, 0.4),)]
