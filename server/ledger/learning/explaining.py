"""What a model says of one ad, a word at a time. Pure."""

from typing import NamedTuple

import numpy as np

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
    (read,) = there.words
    kept, place = np.unique(there.bucket, return_inverse=True)
    known = np.isin(kept, weights.bucket)
    column = np.searchsorted(weights.bucket, kept[known])
    inverse = weights.inverse[column].astype(np.float64)
    value, length = np.zeros(len(kept)), np.zeros(len(kept))
    value[known], length[known] = weights.weight[column] * inverse, inverse**2
    for block in np.split(np.arange(len(kept)), [np.searchsorted(kept, WORD_BUCKETS)]):
        value[block] /= max(float(length[block].sum()), 1e-12) ** 0.5
    each = (value / np.bincount(place))[place]  # shared among its occurrences
    share = np.where(there.paired, each / 2, each)
    by_word = np.bincount(there.word, share, len(read))
    by_word = by_word + np.bincount(there.word[there.paired] + 1, share[there.paired], len(read))
    odds = float(value.sum()) + weights.rules * log_odds(np.array([words])).item() + weights.base
    likely = calibration.likelihood(np.array([odds]), scale).item()
    total: dict[str, float] = {}
    for word, adds in zip(read, by_word.tolist(), strict=True):
        total[word] = total.get(word, 0.0) + adds
    without = calibration.likelihood(odds - np.array(list(total.values())), scale)
    said = [WordAdds(word, round(likely - float(other), 2)) for word, other in zip(total, without, strict=True)]
    said = [each for each in said if abs(each.adds) >= WORTH_SAYING]
    return likely, tuple(sorted(said, key=lambda each: -abs(each.adds))[:SHOWN])
