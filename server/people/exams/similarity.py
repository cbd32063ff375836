"""Which two people gave the same wrong answers more often than chance explains. Pure.

The measure is the generalised binomial test (van der Linden and Sotaridona, 2006) on identical wrong answers. For two people
who worked alone, the chance of the same wrong answer to one item is: the chance that each errs there (their own share of
errors and the item's, combined as odds) times the chance that two who err choose the same. The number of such answers over
all items that both answered then has a Poisson-binomial distribution; its upper tail is `chance`. A pair is shown when
`chance` times the number of pairs compared stays under `FALSE_PAIRS` (Bonferroni), and when the agreement among the items
both got wrong is itself unlikely: two people who both found an item hard are not alike by that. It is a reason to ask, never
a finding.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

FALSE_PAIRS = 0.05  # expected in a whole comparison of people who all worked alone
LEAST_SHARED = 10  # items both answered
LEAST_SAME = 4  # identical wrong answers
AGREEMENT = 0.05  # the most likely that agreement among common errors may be
WEIGHT = 4.0  # answers' worth of the average added to each person's and each item's share of errors
SAME_BEFORE_DATA = 0.6  # two who err on an item few have answered are taken to choose the same that often: cautious


@dataclass(frozen=True, slots=True)
class SharedAnswer:
    """One person's answer to one item. Equal `choice` is the same answer. "I cannot tell" is left out by the caller."""

    person: str
    item: str
    choice: str
    right: bool


@dataclass(frozen=True, slots=True)
class Alike:
    """Two people whose answers are alike: of `shared` items `same` identical wrong ones, `expected` by chance."""

    first: str
    second: str
    shared: int
    same: int
    expected: float
    chance: float


def compare(answers: Iterable[SharedAnswer]) -> list[Alike]:
    """Every pair beyond chance, the least likely first. One answer per person and item; of several the first counts."""
    sheets: dict[str, dict[str, SharedAnswer]] = defaultdict(dict)
    for answer in answers:
        sheets[answer.person].setdefault(answer.item, answer)
    people = sorted(sheets)
    pairs = [
        (first, second)
        for first, second in combinations(people, 2)
        if len(sheets[first].keys() & sheets[second].keys()) >= LEAST_SHARED
    ]
    same_wrong = _same_wrong(sheets)
    errors = _Errors(sheets)
    alike = []
    for first, second in pairs:
        same = same_wrong[first, second]
        if same < LEAST_SAME:
            continue
        shared = sorted(sheets[first].keys() & sheets[second].keys())
        both_wrong = [item for item in shared if not sheets[first][item].right and not sheets[second][item].right]
        agree = {item: errors.agreement(item, (first, second)) for item in shared}
        expected = [errors.of(first, item) * errors.of(second, item) * agree[item] for item in shared]
        chance = tail(expected, same)
        if chance * len(pairs) < FALSE_PAIRS and tail([agree[item] for item in both_wrong], same) < AGREEMENT:
            alike.append(Alike(first, second, len(shared), same, sum(expected), chance))
    return sorted(alike, key=lambda pair: pair.chance)


def tail(chances: Sequence[float], least: int) -> float:
    """The probability that at least `least` of independent events with these chances happen (Poisson-binomial)."""
    below = [1.0] + [0.0] * (least - 1) if least > 0 else []
    for chance in chances:
        for count in range(len(below) - 1, 0, -1):
            below[count] = below[count] * (1 - chance) + below[count - 1] * chance
        if below:
            below[0] *= 1 - chance
    return max(0.0, 1.0 - sum(below))


def _same_wrong(sheets: Mapping[str, Mapping[str, SharedAnswer]]) -> Counter[tuple[str, str]]:
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for person in sorted(sheets):
        for answer in sheets[person].values():
            if not answer.right:
                alike[answer.item, answer.choice].append(person)
    return Counter(pair for people in alike.values() for pair in combinations(people, 2))


class _Errors:
    """How often people err and items are missed, and how often two who err choose the same."""

    def __init__(self, sheets: Mapping[str, Mapping[str, SharedAnswer]]) -> None:
        everything = [answer for sheet in sheets.values() for answer in sheet.values()]
        self.sheets = sheets
        wrong = [answer for answer in everything if not answer.right]
        share = (len(wrong) + 1) / (len(everything) + 2)
        self.odds = share / (1 - share)
        self.by_person = _odds(Counter(a.person for a in wrong), Counter(a.person for a in everything), share)
        self.by_item = _odds(Counter(a.item for a in wrong), Counter(a.item for a in everything), share)
        self.choices: dict[str, Counter[str]] = defaultdict(Counter)
        for answer in wrong:
            self.choices[answer.item][answer.choice] += 1

    def of(self, person: str, item: str) -> float:
        """The chance that this person errs on this item."""
        odds = self.by_person[person] * self.by_item[item] / self.odds
        return odds / (1 + odds)

    def agreement(self, item: str, pair: Collection[str]) -> float:
        """The chance that two who err on the item choose the same, from everybody's errors but the pair's own."""
        others = self.choices[item].copy()
        for person in pair:
            answer = self.sheets[person][item]
            if not answer.right:
                others[answer.choice] -= 1
        count = sum(others.values())
        alike = (
            sum(number * number for number in others.values()) / count if count else 0.0
        )  # count x sum of squared shares
        return (WEIGHT * SAME_BEFORE_DATA + alike) / (WEIGHT + count)


def _odds(wrong: Mapping[str, int], all_: Mapping[str, int], share: float) -> dict[str, float]:
    shares = {name: (wrong.get(name, 0) + WEIGHT * share) / (count + WEIGHT) for name, count in all_.items()}
    return {name: wrong_share / (1 - wrong_share) for name, wrong_share in shares.items()}
