"""Every local name and code word that a lesson gives is found by the matcher: a spotter who learns it must see it marked.

Lessons set such words in italics or in their own script; in the lesson on code words they stand in quotation marks too.
What else is emphasised is listed here by hand: a new word is either known to the lexicon or put on one of these lists.
"""

import re
from pathlib import Path

import pytest

from server.ledger.species import matching
from tests.shipped_lexicon import documents, lexicon  # noqa: F401

MODULES = Path(__file__).parents[2] / "training_modules"
ITALIC = re.compile(r"(?<!\*)\*(?!\*)([^*\n]{2,40})\*(?!\*)")
QUOTED = re.compile(r"“([^”\n]{2,30})”")
FOREIGN = re.compile(r"[\u0370-\u1dff\u3040-\u9fff\uac00-\ud7a3]+(?: [\u0370-\u1dff\u3040-\u9fff\uac00-\ud7a3]+)*")

# Common words: alone they mean something else, so the lexicon has them with their companion.
WITH_A_COMPANION = {
    "oud": "oud chips",
    "عود": "عود كمبودي",
    "buche": "buche de totoaba",
    "cao": "cao hổ cốt",
    "yellow ivory": "yellow ivory casque",
    "antelope": "shahtoosh",
    "red material": "golden jade",
    "pod": "musk pod",
    "grain": "musk pod",
    "wild": "wild collected",
    "from the wild": "wild collected",
    "jungle": "wild collected",
    "habitat plant": "habitat collected plant",
    "mother plant, very old": "wild dug",
    "bare root, just arrived": "bare root",
    "elephant, tooth": "🐘🦷",
    "jelly, 340 grams, old": "果冻料",
    "price on request": "price",
}
# What is emphasised and is no word of the trade, or is innocent.
PLAIN = {
    word.strip()
    for word in """
    allowed|in the ad|before|seen|believed|frequently|manifestly illegal|knowing|restricted|passed on|not violating|received
    need more info|cannot locate|other notification|suspected|that|unsure|this|no|can|and|precision|what is left|reinstated
    animal welfare|none mentioned|claimed, not shown|a document is shown|seed grown|propagated|flask|nursery|offer to buy
    without|embossed|moc croc|croc effect|faux|coloured|moc|corozo|vegetable ivory|ivorine|cooling water|plaster|urso|likely
    ursodeoxycholic acid|the ad says|picture 2 shows|obviously|always|everyone knows|or|product|live|arrested|airport|part
    by the gram|2 left|adopted|da|emoji means goods|has stood for|how much?|live animal in stock|potato|rate|you know what I mean
    sent you a message|serious buyers only|shipping free|sold|tall|tested|yes|perhaps a scam, because …
    """.replace("\n", "|").split("|")
}
INNOCENT = {"人工", "人工麝香", "水牛角", "牛黄", "鹿茸", "人参", "川木香", "羚羊", "狗脊", "干", "象"}


def given():
    """(module, word) of each."""
    return list(_given())


def _given():
    for path in sorted(MODULES.glob("*/module.md")):
        text = path.read_text("utf-8")
        words = [*ITALIC.findall(text), *FOREIGN.findall(text)]
        words += QUOTED.findall(text) if path.parent.name == "code-words" else []
        for word in dict.fromkeys(word.strip(" ,.") for word in words):
            if (
                word
                and not word[0].isupper()
                and word not in PLAIN | INNOCENT
                and "(" not in word
                and " or " not in word
            ):
                yield path.parent.name, word


@pytest.fixture(scope="module")
def known(lexicon):
    matcher = matching.compile(lexicon.terms())
    names = {matching.key(name.text) for taxon in lexicon.taxa for name in taxon.names}
    languages = sorted({word.language for word in lexicon.words})

    def ask(word):
        if matching.key(word) in names:
            return True
        return any(match.start == 0 for language in languages for match in matcher.find(word, stated=language))

    return ask


def test_lessons_give_many_words():
    assert len(set(given())) > 60


@pytest.mark.parametrize(("module", "word"), given())
def test_a_word_that_a_lesson_gives_is_found(known, module, word):
    assert known(WITH_A_COMPANION.get(word, word)), f"{module} gives {word!r}"


def test_a_word_that_no_lexicon_has_is_not_found(known):
    assert not known("qwertzuiop")


@pytest.mark.parametrize("word", sorted(set(WITH_A_COMPANION.values())))
def test_each_companion_is_found(known, word):
    assert known(word)
