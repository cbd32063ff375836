"""Ads as sellers write them, and everyday ads that use the same words innocently: many of each in each language.

The lines are in `tests/phrases`. A line that fails is one example of its kind: mend the kind.
"""

from collections import Counter
from pathlib import Path

import pytest

from server.ledger.species import judging, matching
from tests.shipped_lexicon import documents, lexicon  # noqa: F401

FOLDER = Path(__file__).parents[1] / "phrases"
WORTH_A_LOOK = 0.3
# The fewest lines of each language: the lexicon has known the last six for a shorter time.
FEWEST = dict.fromkeys(("ar", "de", "en", "es", "fa", "fr", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sw", "th", "tr", "uk", "vi", "zh"), 15)  # fmt: skip
FEWEST |= dict.fromkeys(("bn", "cs", "el", "hu", "ro", "ur"), 6)


def lines(name):
    """(language, text) of each line of a file."""
    language, found = "", []
    for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            language = line.strip("[]")
        elif line and not line.startswith("#"):
            found.append((language, line))
    return found


@pytest.fixture(scope="module")
def score(lexicon):
    matcher = matching.compile(lexicon.terms())
    return lambda text: judging.judge(matcher.find(text)).score


@pytest.mark.parametrize("name", ["innocent", "offers"])
def test_every_language_is_tried(name):
    counts = Counter(language for language, _ in lines(name))
    assert counts.keys() == FEWEST.keys()
    assert {language for language, fewest in FEWEST.items() if counts[language] < fewest} == set()


@pytest.mark.parametrize(("language", "text"), lines("innocent"))
def test_an_everyday_ad_is_not_worth_a_look(score, language, text):
    assert score(text) < WORTH_A_LOOK


@pytest.mark.parametrize(("language", "text"), lines("offers"))
def test_an_offer_is_worth_a_look(score, language, text):
    assert score(text) >= WORTH_A_LOOK
