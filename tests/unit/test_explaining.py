"""What a model says of one ad, by hand-made weights: the likelihood, and what each word adds."""

import numpy as np
import pytest

from server.ledger.learning import explaining, features
from server.ledger.learning.calibration import AS_IT_IS, Scale
from server.ledger.learning.training import Weights

EVEN = 0.5  # what the rules give: log-odds 0


def buckets(text: str) -> list[int]:
    """Of two words: the first, the second, their pair; of one: itself."""
    there = features.occurrences([text])
    return there.bucket[(there.bucket < features.WORD_BUCKETS)].tolist()


def made(weights: dict[int, float], inverse: float = 1.0, rules: float = 1.0, base: float = 0.0) -> Weights:
    """A model that knows these buckets."""
    kept = sorted(weights)
    weight = np.array([weights[bucket] for bucket in kept], np.float32)
    return Weights(np.array(kept, np.uint32), weight, np.full(len(kept), inverse, np.float32), rules, base)


def likelihood(odds: float) -> float:
    return float(1 / (1 + np.exp(-odds)))


CARVED, IVORY, BOTH = buckets("carved ivory")
THREE = 3**0.5  # the length of an ad with three known features


@pytest.mark.parametrize("inverse", [1.0, 0.25, 6.0])
def test_each_word_adds_its_own_weight_and_half_of_each_pair(inverse: float) -> None:
    weights = made({CARVED: 1.0 * THREE, IVORY: -0.4 * THREE, BOTH: 0.6 * THREE}, inverse)
    likely, said = explaining.judge(weights, AS_IT_IS, "carved ivory", EVEN)
    assert likely == pytest.approx(likelihood(1.2))
    assert dict(said) == {
        "carved": pytest.approx(likelihood(1.2) - likelihood(-0.1), abs=0.006),
        "ivory": pytest.approx(likelihood(1.2) - likelihood(1.3), abs=0.006),
    }


def test_rarer_features_weigh_more() -> None:
    weights = made({CARVED: 1.0, IVORY: -1.0})
    weights.inverse[weights.bucket == IVORY] = 2.0
    assert explaining.judge(weights, AS_IT_IS, "carved ivory", EVEN)[0] == pytest.approx(likelihood(-1 / 5**0.5))


def test_pieces_are_scaled_by_themselves() -> None:
    piece = int(features.occurrences(["carved"]).bucket.max())
    weights = made({CARVED: 1.0, piece: 0.5})
    likely, said = explaining.judge(weights, AS_IT_IS, "carved", EVEN)
    assert likely == pytest.approx(likelihood(1.5)) and said[0].adds == round(likelihood(1.5) - 0.5, 2)


def test_a_word_said_twice_counts_once_and_is_named_once() -> None:
    likely, said = explaining.judge(made({CARVED: 1.0}), AS_IT_IS, "carved or carved", EVEN)
    assert likely == pytest.approx(likelihood(1.0)) and said == (("carved", round(likelihood(1.0) - 0.5, 2)),)


def test_the_rules_the_base_and_the_scale_count() -> None:
    weights = made({}, rules=0.3, base=-1.0)
    assert explaining.judge(weights, AS_IT_IS, "carved", 0.9)[0] == pytest.approx(likelihood(0.3 * np.log(9) - 1))
    assert explaining.judge(weights, Scale(2.0, 0.5), "", EVEN) == (pytest.approx(likelihood(-1.5)), ())


def test_what_moves_the_likelihood_by_less_than_two_in_a_hundred_is_not_said() -> None:
    words = "carved", "ivory"
    weights = made({CARVED: 0.08 * 2**0.5, IVORY: 0.05 * 2**0.5})
    said = explaining.judge(weights, AS_IT_IS, " ".join(words), EVEN)[1]
    assert [(each.word, each.adds) for each in said] == [("carved", 0.02)]


def test_the_five_words_that_move_it_most_are_said_most_first() -> None:
    words = ["aa", "bb", "cc", "dd", "ee", "ff"]
    adds = [0.1, -0.9, 0.5, 1.2, -0.3, 0.8]
    six = 6**0.5
    weights = made({buckets(word)[0]: value * six for word, value in zip(words, adds, strict=True)})
    said = explaining.judge(weights, AS_IT_IS, " ".join(words), EVEN)[1]
    assert [each.word for each in said] == ["dd", "ff", "bb", "cc", "ee"]
