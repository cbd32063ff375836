"""A guesser that knows nothing of wildlife: it says from an ad's price, weight and stock phrases whether to flag it.

Words that name an animal, a material or what the picture shows are no signs of its: to read these is what the lessons teach.
"""

import math
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

STEPS = 40  # times through the ads
RATE = 0.1
IN_EUROS = {"₹": 0.01, "¥": 0.006, "₩": 0.0007, "R ": 0.05}  # about; of what is not here one unit is about a euro
PHRASES = {
    "no papers": r"\b(no|without|nor|never got any|not need any|need not have) (\w+ )?(papers?|documents?|CITES|certificates?|permits?|number)\b"
    r"|papers? (is|are)? ?not (needed|necessary)",
    "worldwide": r"\b(world ?wide|abroad|anywhere|(any|all) countr\w+|all of Europe|to Europe|Europe and)\b",
    "weight": r"\d ?k?g\b|\d (kilos?|grams?)\b",
    "weight to a decimal": r"\d[.,]\d+ ?g\b",
}
UNSTATED = r"request|by message|PM|for friends"


@dataclass(frozen=True, slots=True)
class Judged:
    """An ad's words, its price as it stands there, and whether it is to be flagged."""

    words: str
    price: str
    flag: bool


def signs(ad: Judged) -> set[str]:
    """The signs that an ad wears. That it has no price at all is none: without an offer there is nothing to flag."""
    worn = {name for name, phrase in PHRASES.items() if re.search(phrase, f"{ad.words} {ad.price}", re.IGNORECASE)}
    if re.search(UNSTATED, ad.price):
        return worn | {"price on request"}
    if not (found := re.search(r"\d[\d,]*(\.\d+)?", ad.price)):
        return worn
    amount = float(found[0].replace(",", "")) * (1e6 if "million" in ad.price else 1)
    euros = amount * next((rate for sign, rate in IN_EUROS.items() if sign in ad.price), 1)
    bands = {"price up to 20": 20, "price up to 60": 60, "price up to 200": 200, "price up to 1,000": 1000}
    return worn | {next((band for band, most in bands.items() if euros <= most), "price over 1,000")}


def learn(ads: Iterable[Judged]) -> dict[str, float]:
    """Weights of the signs for a flag, by logistic regression."""
    seen = [(signs(ad), ad.flag) for ad in ads]
    weights: dict[str, float] = defaultdict(float)
    chance = random.Random(0)
    for step in range(STEPS):
        chance.shuffle(seen)
        for worn, flag in seen:
            miss = flag - 1 / (1 + math.exp(-sum(weights[sign] for sign in worn)))
            for sign in worn:
                weights[sign] += RATE * miss / (1 + step / 3)
    return weights


def held_out(groups: Mapping[str, Sequence[Judged]]) -> dict[str, tuple[int, int]]:
    """For every group, how many verdicts are guessed after learning from all the others, and of how many."""
    found = {}
    for name, ads in groups.items():
        weights = learn(ad for other, those in groups.items() if other != name for ad in those)
        right = sum((sum(weights.get(sign, 0.0) for sign in signs(ad)) > 0) == ad.flag for ad in ads)
        found[name] = (right, len(ads))
    return found
