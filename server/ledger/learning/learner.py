"""From decisions to a model beside the rules, or why there is none yet. Pure.

What keeps it honest:

- An ad counts once, however often it is decided on or copied: the newest decision on a text is the one that counts.
- How many people report an ad is no feature, and what one seller's ads teach is bounded: a ring teaches nothing.
- A word that comes back counts only when two coordinators have decided on ads with it, and two sellers have used it; one
  coordinator's decisions weigh half of all at most. Nobody's opinion alone becomes the model.
- The newest decisions are kept from it, to compare it with the rules as it would do tomorrow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from server.ledger.learning import calibration, comparing, features, training
from server.ledger.learning.calibration import Scale
from server.ledger.learning.comparing import OrderFigures
from server.ledger.learning.training import Weights

LEAST = 60  # decisions
LEAST_OF_A_KIND = 10  # right, and wrong; and by each of two coordinators
HELD_OUT, MOST_HELD_OUT = 0.25, 5000
OF_ONE_SELLER = 3.0  # what all ads of one seller weigh together at most
OF_ONE_COORDINATOR = 0.5  # of all weight
TWO = 2  # coordinators
FEW_ADS = 4  # with a word: from so many on it must be in ads of two coordinators, and of two sellers
APART = "\N{BULLET}"  # stands for a word that is not learnt from: no word itself
MOST_CHARACTERS = 60_000_000  # read at once: the newest decisions


@dataclass(frozen=True, slots=True)
class Example:
    """A decision to learn from. words: what the rules made of the ad's words, 0 to 1. seller None: of its own."""

    case_id: str
    text: str
    text_sha256: str
    words: float
    right: bool
    weight: float
    coordinator: int
    seller: int | None


class NotYet(StrEnum):
    """Why there is no model yet."""

    FEW = "few"
    ONE_SIDED = "one_sided"
    ONE_COORDINATOR = "one_coordinator"


@dataclass(frozen=True, slots=True)
class Learned:
    """A model, and how it does beside the rules on the decisions kept from it, in time order the newest."""

    weights: Weights
    scale: Scale
    learnt_from: int
    compared_on: int
    rules: OrderFigures
    model: OrderFigures
    different: tuple[
        tuple[str, float, float, bool], ...
    ]  # case's id, what the rules and the model give it, what was right


def learn(examples: Sequence[Example]) -> Learned | NotYet:
    """A model from decisions, oldest first."""
    different = _each_text_once(examples)
    past, newest = _held_out(different)
    if reason := _missing(different, past):
        return reason
    read = features.features(learnable(past))
    buckets = np.flatnonzero(features.frequencies(read)).astype(np.uint32)
    weights = training.train(read, _words(past), _right(past), weighed(past), buckets)
    del read
    scores = training.scored(weights, features.features([example.text for example in newest]), _words(newest))
    right = _right(newest)
    counts = np.array([example.weight for example in newest])
    scale = calibration.fit(scores, right, counts)
    model = calibration.likelihood(scores, scale)
    rules = _words(newest)
    return Learned(
        weights, scale, len(past), len(newest), comparing.figures(rules, right), comparing.figures(model, right),
        tuple(
            (newest[place].case_id, float(rules[place]), float(model[place]), newest[place].right)
            for place in comparing.most_different(rules, model)
        ),
    )  # fmt: skip


def not_yet(examples: Sequence[Example]) -> NotYet | None:
    """What is still missing before anything is learnt from these decisions."""
    different = _each_text_once(examples)
    return _missing(different, _held_out(different)[0])


def _held_out(different: Sequence[Example]) -> tuple[Sequence[Example], Sequence[Example]]:
    """Those that a model learns from, and the newest, on which it is compared."""
    held = min(round(len(different) * HELD_OUT), MOST_HELD_OUT)
    return different[: len(different) - held], different[len(different) - held :]


def _missing(different: Sequence[Example], past: Sequence[Example]) -> NotYet | None:
    return _too_little(different, LEAST) or _too_little(past, round(LEAST * (1 - HELD_OUT)))


def _too_little(examples: Sequence[Example], least: int) -> NotYet | None:
    if len(examples) < least:
        return NotYet.FEW
    right = sum(example.right for example in examples)
    if min(right, len(examples) - right) < LEAST_OF_A_KIND:
        return NotYet.ONE_SIDED
    by = np.bincount([example.coordinator for example in examples])
    return NotYet.ONE_COORDINATOR if (by >= LEAST_OF_A_KIND).sum() < TWO else None


def _each_text_once(examples: Sequence[Example]) -> list[Example]:
    """The newest example of each text, and of each case, in their order; the newest of them when they are very many."""
    newest = list({example.text_sha256: example for example in examples}.values())
    newest = list({example.case_id: example for example in newest}.values())
    read = np.cumsum([min(len(example.text), features.READ) for example in reversed(newest)])
    return newest[len(newest) - int(np.searchsorted(read, MOST_CHARACTERS)) :]


def weighed(examples: Sequence[Example]) -> NDArray[np.float64]:
    """What each example weighs, so that neither a seller nor a coordinator outweighs the others."""
    weights = np.array([example.weight for example in examples])
    _, seller = np.unique(_sellers(examples), return_inverse=True)
    weights *= (OF_ONE_SELLER / np.maximum(np.bincount(seller, weights), OF_ONE_SELLER))[seller]
    coordinators = np.array([example.coordinator for example in examples])
    for coordinator, total in _totals(coordinators, weights).items():
        others = weights.sum() - total
        if total > others > 0:
            weights[coordinators == coordinator] *= OF_ONE_COORDINATOR / (1 - OF_ONE_COORDINATOR) * others / total
    return weights


def learnable(examples: Sequence[Example]) -> list[str]:
    """The texts, of each only the words that are learnt from: those that `FEW_ADS` or more have in common which are all one
    coordinator's, or one seller's, are left out."""
    sellers = _sellers(examples).tolist()
    read = [features.words(example.text) for example in examples]
    seen: dict[str, list[int]] = {}  # how many ads, the first's coordinator and seller, and whether there are others
    for example, seller, words in zip(examples, sellers, read, strict=True):
        for word in set(words):
            if known := seen.get(word):
                known[0] += 1
                known[3] |= known[1] != example.coordinator
                known[4] |= known[2] != seller
            else:
                seen[word] = [1, example.coordinator, seller, False, False]
    own = {word for word, known in seen.items() if known[0] >= FEW_ADS and not (known[3] and known[4])}
    return [" ".join(APART if word in own else word for word in words) for words in read]


def _sellers(examples: Sequence[Example]) -> NDArray[np.int64]:
    """A number for each seller; an ad that states none is a seller's of its own."""
    return np.array([-1 - place if each.seller is None else each.seller for place, each in enumerate(examples)])


def _totals(who: NDArray[np.int64], weights: NDArray[np.float64]) -> dict[int, float]:
    names, places = np.unique(who, return_inverse=True)
    return dict(zip(names.tolist(), np.bincount(places, weights).tolist(), strict=True))


def _words(examples: Sequence[Example]) -> NDArray[np.float64]:
    return np.array([example.words for example in examples])


def _right(examples: Sequence[Example]) -> NDArray[np.bool_]:
    return np.array([example.right for example in examples])
