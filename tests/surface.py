"""A guesser that knows nothing of wildlife: it learns from the form of the choices alone which of them is right.

Its signs are those of the literature on flaws of multiple-choice items (Haladyna, Downing and Rodriguez 2002, "A review of
multiple-choice item-writing guidelines"): length, convergence, absolutes, hedges, echoes of the question, odd one out.
"""

import math
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

STEPS = 12  # times through the items
RATE = 0.1
DECAY = 0.9999  # a sign that is seen seldom is soon forgotten
WORDS = {
    "because": r"\b(because|since|so that|in order)\b",
    "hedge": r"\b(may|might|can|could|often|usually|mostly|sometimes|some|perhaps|likely|probably|seems?|looks?|suspected|as far as)\b",
    "absolute": r"\b(always|never|all|every|everything|any|anything|none|nothing|only|must|no one|nobody|everybody|alone|at once)\b",
    "negation": r"\b(not|no|nor|neither|without|cannot|n't)\b|n’t",
    "and": r"\band\b",
    "or": r"\bor\b",
    "but": r"\b(but|though|unless|except|however|yet|even)\b",
    "if": r"\b(if|when|where|until|while)\b",
    "pronoun": r"\b(it|its|they|them|their|he|she|his|her)\b",
    "you": r"\b(you|your|we|our|us)\b",
    "article": r"^(the|a|an)\b",
    "who": r"\b(who|whoever|which|that|what)\b",
    "compare": r"\b(more|most|less|least|than|too|enough|better|only)\b",
    "modal": r"\b(will|would|should|has to|have to|need|needs|is to)\b",
    "copula": r"\b(is|are|was|were|be|been)\b",
}
MARKS = {
    ";": ";",
    ",": ",",
    ":": r":",
    "quote": '[“”"‘«»]',
    "digit": r"\d",
    "hyphen": r"\w-\w",
    "paren": r"\(",
    "stop": r"[.!?]",
}
VERDICT = re.compile(r"(yes|no)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """What the guesser sees of an item: its question, its choices as they stand, and which of them is right."""

    question: str
    choices: tuple[str, ...]
    right: int


def _stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-zà-ÿ]{4,}", text.lower())}


def _counts(choice: str, question: set[str], others: set[str]) -> dict[str, float]:
    words = re.findall(r"\w+", choice)
    counts: dict[str, float] = {
        name: len(re.findall(sign, choice, re.IGNORECASE)) for name, sign in (WORDS | MARKS).items()
    }
    counts["long"] = len(choice)
    counts["words"] = len(words)
    counts["word length"] = sum(map(len, words)) / max(1, len(words))
    stems = _stems(choice)
    counts["echo"] = len(stems & question)
    counts["shared"] = len(stems & others)
    return counts


def signs(item: Item) -> list[dict[str, float]]:
    """The signs of every choice: what it has more or less of than the others, and where it stands alone."""
    question = _stems(item.question)
    stems = [_stems(choice) for choice in item.choices]
    counts = [
        _counts(choice, question, set().union(*stems[:at], *stems[at + 1 :])) for at, choice in enumerate(item.choices)
    ]
    verdicts = [(found[1].lower() if (found := VERDICT.match(choice)) else "") for choice in item.choices]
    firsts = [choice[:1].lower() for choice in item.choices]
    bodies = [re.sub(r"^\W*", "", VERDICT.sub("", choice)).partition(" ")[0].lower() for choice in item.choices]
    signs: list[dict[str, float]] = [{} for _ in item.choices]
    for name in counts[0]:
        values = [count[name] for count in counts]
        ranks = sorted(values)
        if ranks[0] == ranks[-1]:
            continue
        for at, value in enumerate(values):
            if value == ranks[-1]:
                signs[at][f"most {name}"] = 1 / values.count(value)
                if ranks[-2] < value:
                    signs[at][f"alone with {name}"] = 1
            if value == ranks[0]:
                signs[at][f"least {name}"] = 1 / values.count(value)
                if ranks[1] > value:
                    signs[at][f"alone without {name}"] = 1
            if name == "long":
                signs[at]["length"] = (value - sum(values) / len(values)) / (sum(values) / len(values))
                signs[at][f"length rank {ranks.index(value)}"] = 1
    for at in range(len(item.choices)):
        signs[at][f"place {at}"] = 1
        if verdicts[at]:
            same = verdicts.count(verdicts[at])
            signs[at][f"{verdicts[at]}, one of {same} of {len(item.choices)}"] = 1
        for letter in (firsts, bodies):
            if letter.count(letter[at]) == 1 and len(set(letter)) < len(letter):
                signs[at]["begins alone"] = 1
        signs[at][f"begins {firsts[at]}"] = 1
        signs[at][f"first word {bodies[at]}"] = 1
    return signs


def learn(items: Iterable[Item]) -> dict[str, float]:
    """Weights of the signs: a logistic choice among the choices of each item, by stochastic gradient."""
    seen = [(signs(item), item.right) for item in items]
    weights: dict[str, float] = defaultdict(float)
    chance = random.Random(0)
    for step in range(STEPS):
        chance.shuffle(seen)
        for choices, right in seen:
            odds = [math.exp(_score(weights, choice)) for choice in choices]
            whole = sum(odds)
            for place, choice in enumerate(choices):
                miss = (place == right) - odds[place] / whole
                for sign, value in choice.items():
                    weights[sign] = weights[sign] * DECAY + RATE * miss * value / (1 + step / 3)
    return weights


def _score(weights: Mapping[str, float], choice: Mapping[str, float]) -> float:
    return sum(weights.get(sign, 0.0) * value for sign, value in choice.items())


def guess(weights: Mapping[str, float], item: Item) -> int:
    """The place of the choice it takes for right; of equal ones the first."""
    scores = [_score(weights, choice) for choice in signs(item)]
    return scores.index(max(scores))


def held_out(modules: Mapping[str, Sequence[Item]], tried: Mapping[str, Sequence[Item]]) -> dict[str, tuple[int, int]]:
    """For every module, how many of the items `tried` it guesses after learning from all the others, and of how many."""
    found = {}
    for slug, items in tried.items():
        weights = learn(item for other, learnt in modules.items() if other != slug for item in learnt)
        found[slug] = (sum(guess(weights, item) == item.right for item in items), len(items))
    return found


@dataclass(frozen=True, slots=True)
class Several:
    """An item of which several choices are right: as it stands, with the places of those."""

    question: str
    choices: tuple[str, ...]
    right: frozenset[int]


def guess_several(weights: Mapping[str, float], item: Several) -> frozenset[int]:
    """As many places as are right, which the exam does not tell: those whose form speaks most for them."""
    scores = [_score(weights, choice) for choice in signs(Item(item.question, item.choices, 0))]
    return frozenset(sorted(range(len(scores)), key=lambda at: -scores[at])[: len(item.right)])


def held_out_several(
    modules: Mapping[str, Sequence[Several]], tried: Mapping[str, Sequence[Several]]
) -> tuple[int, int]:
    """How many of the items `tried` it guesses wholly after learning from other modules, and of how many."""
    hits = whole = 0
    for slug, items in tried.items():
        learnt = [item for other, those in modules.items() if other != slug for item in those]
        weights = learn(Item(item.question, item.choices, at) for item in learnt for at in sorted(item.right))
        hits += sum(guess_several(weights, item) == item.right for item in items)
        whole += len(items)
    return hits, whole


@dataclass(frozen=True, slots=True)
class Pairs:
    """An item to match: what stands left, what is offered for it as it stands, and the place that belongs to each."""

    lefts: tuple[str, ...]
    rights: tuple[str, ...]
    belongs: tuple[int, ...]


def _likeness(item: Pairs, left: int, right: int) -> float:
    """How far the two look alike: words they share, signs they share, and whether the longer goes with the longer."""
    one, other = item.lefts[left], item.rights[right]
    words = len(_stems(one) & _stems(other))
    marks = sum(
        bool(re.search(sign, one)) and bool(re.search(sign, other)) for sign in (r"\d", "[“”]", r"\w-\w", "[A-Z]{2}")
    )
    heights = [
        sorted(map(len, texts)).index(len(texts[at])) / len(texts)
        for texts, at in ((item.lefts, left), (item.rights, right))
    ]
    return 3 * words + marks - abs(heights[0] - heights[1])


def guess_pairs(item: Pairs) -> tuple[int, ...]:
    """The right place for each left, no place twice, by their looks alone."""
    places = range(len(item.rights))
    return max(
        permutations(places, len(item.lefts)),
        key=lambda taken: sum(_likeness(item, left, right) for left, right in enumerate(taken)),
    )
