"""Is somebody who copied found among 62 candidates, with honest pairs left in peace? Simulated, seeded; writes a table.

62 candidates of different ability sit exams of three modules: 15 questions each, drawn from a bank of 60. Questions differ in
difficulty, their wrong answers in attractiveness, for weak and able people not the same. The last candidate copied from another,
drawn by lot: of the questions both saw, that share of the other's answers instead of their own, right or wrong.
`python -m benchmarks.similarity`
"""

from collections.abc import Callable, Iterable

import numpy as np

from benchmarks import similarity_peers
from server.people.exams import similarity
from server.people.exams.similarity import RIGHT, UNSEEN, Floats, Ints

PEOPLE, MODULES, BANK, ASKED, OPTIONS, SEED = 62, 3, 60, 15, 3, 20261128
HONEST, COPIED, MANY = (
    30,
    60,
    3,
)  # programmes without and with somebody who copied; of the first with four times as many people
FALSE_ALARMS = 0.001  # of pairs
PAIRS = np.triu_indices(PEOPLE, 1)


def programme(chance: np.random.Generator, sittings: int, people: int = PEOPLE) -> Ints:
    """What people who worked alone answered. Sittings of one person share no question here; in truth three at most."""
    items = MODULES * BANK
    hard, ability = chance.normal(-1.6, 1.0, items), chance.normal(0, 0.7, (people, 1))
    lure = chance.dirichlet([0.8] * OPTIONS, items) * np.exp(
        chance.normal(0, 0.5, (items, OPTIONS)) * ability[..., None]
    )
    up_to = np.cumsum(lure / lure.sum(2, keepdims=True), axis=2)
    option = 1 + (chance.random((people, items, 1)) > up_to[..., :-1]).sum(2)
    given = np.where(chance.random((people, items)) < 1 / (1 + np.exp(ability - hard)), option, RIGHT)
    asked = min(BANK, ASKED * sittings)
    drawn = chance.random((people, MODULES, BANK)).argsort(2).reshape(people, items) < asked
    return np.where(drawn, given, UNSEEN)


def copied(chance: np.random.Generator, given: Ints, share: float) -> int:
    """Let the last candidate copy that share of what they shared with somebody; whose place that is."""
    source = int(chance.integers(len(given) - 1))
    take = (given[-1] != UNSEEN) & (given[source] != UNSEEN) & (chance.random(given.shape[1]) < share)
    given[-1, take] = given[source, take]
    return source


def ours(given: Ints, rows: Iterable[int]) -> Floats:
    """The measure of our rule."""
    return _ours(given, rows)[0]


def on_page(given: Ints, rows: Iterable[int]) -> Floats:
    """The rule as it is: nobody is asked about fewer than `LEAST_SAME` identical wrong answers."""
    twice, same = _ours(given, rows)
    return np.where(same >= similarity.LEAST_SAME, twice, 1.0)


def _ours(given: Ints, rows: Iterable[int]) -> tuple[Floats, Ints]:
    errs, size = similarity.errors(given), (len(given), len(given))
    same, chance = np.zeros(size, np.int64), np.ones(size)
    for person in rows:
        same[person], _, chance[person] = similarity.against(given, errs, person)
    return np.minimum(1.0, 2 * np.minimum(chance, chance.T)), np.maximum(same, same.T)


METHODS: dict[str, Callable[[Ints, Iterable[int]], Floats]] = {
    "ours": ours, "before": similarity_peers.former, "generalised binomial test": similarity_peers.gbt,
}  # fmt: skip


def main() -> str:
    """Run it; the tables as Markdown."""
    chance, rows, shown = np.random.default_rng(SEED), [], []
    shared = ""
    for sittings in (1, 2, 3):
        null: dict[str, list[Floats]] = {name: [] for name in METHODS}
        shown_alone: list[Floats] = []
        for _ in range(HONEST):
            given = programme(chance, sittings)
            for name, method in METHODS.items():
                null[name].append(method(given, range(PEOPLE))[PAIRS])
            shown_alone.append(on_page(given, range(PEOPLE))[PAIRS])
            shared = f"{((given != UNSEEN).astype(int) @ (given != UNSEEN).astype(int).T)[PAIRS].mean():.0f}"
        limits = {
            name: np.sort(np.concatenate(of))[int(FALSE_ALARMS * HONEST * len(of[0]))] for name, of in null.items()
        }
        page = min(similarity.FALSE_ALARM, similarity.FALSE_PAIRS / len(PAIRS[0]))
        false = [int((of <= page).sum()) for of in shown_alone]
        cells = []
        for share in (1.0, 0.8, 0.6):
            hits, seen = dict.fromkeys(METHODS, 0), 0
            for _ in range(COPIED):
                given = programme(chance, sittings)
                source = copied(chance, given, share)
                for name, method in METHODS.items():
                    of_pair = method(given, (source, PEOPLE - 1))[-1, source]
                    hits[name] += of_pair < limits[name]
                seen += on_page(given, (source, PEOPLE - 1))[-1, source] <= page
            cells.append(f"{seen / COPIED:.0%}")
            found = " | ".join(f"{hits[name] / COPIED:.0%}" for name in METHODS)
            rows.append(f"| {sittings} | {shared} | {share:.0%} | {found} |")
        alarms = f"{sum(false)} of {HONEST * len(PAIRS[0]):,}"
        shown.append(f"| {sittings} | {shared} | {alarms} | {' | '.join(cells)} |")
    return "\n".join([
        (f"{PEOPLE} simulated candidates, exams of {MODULES} modules, {ASKED} of {BANK} questions each, seed {SEED}; {HONEST} "
         f"programmes without and {COPIED} with somebody who copied, a row."),
        "", "How often the pair is found where each method is set to a false alarm in 1 of 1,000 pairs of people who worked alone:", "",
        f"| sittings of each exam | questions a pair shares | copied | {' | '.join(METHODS)} |",
        "|---|---|---|" + "---|" * len(METHODS), *rows, "",
        f"As the page shows it ({similarity.LEAST_SAME} identical wrong answers at least, at most {similarity.FALSE_PAIRS} false pairs expected in a whole comparison, and at most 1 in 1,000):", "",
        "| sittings of each exam | questions a pair shares | false alarms | found: copied 100% | 80% | 60% |",
        "|---|---|---|---|---|---|", *shown, "",
        crowd(chance),
    ])  # fmt: skip


def crowd(chance: np.random.Generator) -> str:
    """Whether many people are left in peace, too: the shares of wrong answers are then well known, the pairs many."""
    people, false = 4 * PEOPLE, 0
    pairs = np.triu_indices(people, 1)
    for _ in range(MANY):
        false += int((on_page(programme(chance, 2, people), range(people))[pairs] <= similarity.FALSE_ALARM).sum())
    of = MANY * len(pairs[0])
    return (
        f"Among {people} people who worked alone, two sittings each, {false} of {of:,} pairs have a chance of 1 in 1,000 or less: "
        f"the rule promises {of * FALSE_ALARMS:.0f} at most."
    )


if __name__ == "__main__":
    print(main())
