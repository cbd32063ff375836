"""What a model says of one ad, a word at a time. Pure."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from server.ledger.learning import calibration, features
from server.ledger.learning.calibration import Scale
from server.ledger.learning.features import WORD_BUCKETS
from server.ledger.learning.training import Weights, log_odds

SHOWN = 5  # words
WORTH_SAYING = 0.02  # of the likelihood


class WordAdds(NamedTuple):
    """A word, and what it adds to the likelihood (less than 0: takes from it)."""

    word: str
    adds: float


def judge(weights: Weights, scale: Scale, text: str, words: float) -> tuple[float, tuple[WordAdds, ...]]:
    """The likelihood of one ad, and the words that move it most: each as if it alone were missing.

    Every feature belongs to one word, a pair to both: what the words add and what the rules say make the whole exactly.
    """
    there = features.occurrences([text])
    kept, place = np.unique(there.bucket, return_inverse=True)
    column = np.searchsorted(weights.bucket, kept)
    known = weights.bucket[np.minimum(column, len(weights.bucket) - 1)] == kept if len(weights.bucket) else kept < 0
    column = np.where(known, column, 0)
    value = np.where(known, _at(weights.weight, column) * _at(weights.inverse, column), 0.0)
    length = np.where(known, _at(weights.inverse, column) ** 2, 0.0)
    is_word = kept < WORD_BUCKETS
    norms = [max(float(length[block].sum()), 1e-12) ** 0.5 for block in (is_word, ~is_word)]
    value = value / np.where(is_word, norms[0], norms[1])
    each = (value / np.maximum(np.bincount(place, minlength=len(kept)), 1))[place]  # shared among its occurrences
    share = np.where(there.paired, each / 2, each)
    by_word = np.bincount(there.word, share, len(there.words[0]))
    second = there.word[there.paired] + 1
    by_word = by_word + np.bincount(second, share[there.paired], len(by_word)) if len(second) else by_word
    odds = float(value.sum()) + weights.rules * float(log_odds(np.array([words]))[0]) + weights.base
    likely = float(calibration.likelihood(np.array([odds]), scale)[0])
    total: dict[str, float] = {}
    for word, adds in zip(there.words[0], by_word.tolist(), strict=True):
        total[word] = total.get(word, 0.0) + adds
    without = calibration.likelihood(odds - np.array(list(total.values()) or [0.0]), scale)
    said = [WordAdds(word, round(likely - float(other), 2)) for word, other in zip(total, without, strict=False)]
    said = [each for each in said if abs(each.adds) >= WORTH_SAYING]
    return likely, tuple(sorted(said, key=lambda each: -abs(each.adds))[:SHOWN])


def _at(values: NDArray[np.float32], places: NDArray[np.int64]) -> NDArray[np.float64]:
    return values[places].astype(np.float64) if len(values) else np.zeros(len(places))
