"""Do the level rules tell honest, careless and malicious spotters apart? Simulated, seeded; writes a table and two plots.

Each simulated spotter judges listings of known answer, half of them innocent. A listing has a difficulty; the chance to
judge it rightly is the logistic of ability minus difficulty (Rasch 1960). The malicious judge in one of four ways: the
contrary of what they see, always "suspicious", always "innocent", or by a coin. `python -m benchmarks.skill`
"""

import math
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from server.core.words import Level
from server.people.skill.levels import Move, move
from server.people.skill.posterior import Judgement, Outcome, skill

PEOPLE, ITEMS, SEED = 1000, 40, 20261125
HONEST, CARELESS = (2.6, 0.4), (0.9, 0.4)  # ability: mean and spread; about 91 % and 70 % right
OUT = Path(__file__).parents[1] / "docs" / "benchmarks"

Person = Callable[[bool, float, random.Random], bool]  # suspicious?, logit of difficulty, chance -> right?


def able(mean: float, spread: float) -> Callable[[random.Random], Person]:
    """Somebody who looks, with an ability drawn around `mean`."""

    def make(chance: random.Random) -> Person:
        ability = chance.gauss(mean, spread)
        return lambda _suspicious, hard, chance: chance.random() < 1 / (1 + math.exp(hard - ability))

    return make


def malicious(chance: random.Random) -> Person:
    """Somebody who wants harm, in one of four ways."""
    contrary = able(*HONEST)(chance)
    ways: list[Person] = [
        lambda suspicious, hard, chance: not contrary(suspicious, hard, chance),
        lambda suspicious, _hard, _chance: suspicious,
        lambda suspicious, _hard, _chance: not suspicious,
        lambda _suspicious, _hard, chance: chance.random() < 0.5,
    ]
    return chance.choice(ways)


KINDS = {"honest": able(*HONEST), "careless": able(*CARELESS), "malicious": malicious}


def run(person: Person, chance: random.Random, items: int) -> tuple[list[Move], list[Judgement]]:
    """What the rules say after each of `items` judgements; once up or stopped, that stays."""
    moves, judged = list[Move](), list[Judgement]()
    for number in range(items):
        hard = chance.gauss(0, 0.8)
        right = person(number % 2 == 0, hard, chance)
        share_wrong = 1 / (1 + math.exp(HONEST[0] - 0.8 - hard))  # as learnt from people who look, careful or less
        lane, report = (Outcome.GOLD_WRONG, Outcome.GOLD_RIGHT), (Outcome.DISMISSED_INNOCENT, Outcome.ACTED)
        judged.append(Judgement((lane if number % 5 else report)[right], share_wrong))  # they weigh the same
        moves.append(moves[-1] if moves and moves[-1] != Move.STAY else move(Level.PROBATION, judged))
    return moves, judged


def sleeper(chance: random.Random) -> int:
    """How many judgements an honest spotter of 60 gets away with as a contrary one, once trusted."""
    honest = able(*HONEST)(chance)
    _, judged = run(honest, chance, 60)
    for more in range(1, 200):
        _, last = run(lambda *seen: not honest(*seen), chance, 1)
        judged += last
        if move(Level.TRUSTED, judged) == Move.DOWN:
            return more
    return 200


def main() -> str:
    """Run it; the table as Markdown. The plot goes beside it."""
    chance = random.Random(SEED)
    after: dict[str, list[Counter[Move]]] = {}
    rows = []
    for kind, make in KINDS.items():
        after[kind], means, right = [Counter() for _ in range(ITEMS)], [], 0
        for _ in range(PEOPLE):
            moves, judged = run(make(chance), chance, ITEMS)
            right += sum(judgement.outcome is Outcome.GOLD_RIGHT for judgement in judged)
            means.append(skill(judged).mean)
            for number, moved in enumerate(moves):
                after[kind][number][moved] += 1
        last, early = after[kind][-1], after[kind][19]
        middle = ", ".join(f"{sorted(means)[int(PEOPLE * share)]:.2f}" for share in (0.1, 0.5, 0.9))
        cells = [f"{right / PEOPLE / ITEMS:.0%}", *(f"{last[m] / PEOPLE:.1%}" for m in (Move.UP, Move.STOP, Move.STAY))]
        cells += [f"{early[m] / PEOPLE:.1%}" for m in (Move.UP, Move.STOP)]
        rows.append(f"| {kind} | {' | '.join(cells)} | {middle} |")
    slept = sorted(sleeper(chance) for _ in range(PEOPLE))
    (OUT / "skill.svg").write_text(plot(after), encoding="utf-8")
    return "\n".join(
        [
            f"{PEOPLE} simulated spotters of each kind, {ITEMS} judgements each, seed {SEED}.",
            "",
            "| spotter | judged rightly | trusted | stopped | still on probation | trusted after 20 | stopped after 20 | posterior mean: 10 %, half, 90 % |",
            "|---|---|---|---|---|---|---|---|",
            *rows,
            "",
            (
                f"Somebody trusted after 60 honest judgements who then judges the opposite of what they see is back on probation after "
                f"{slept[PEOPLE // 2]} such judgements (median; nine in ten within {slept[PEOPLE * 9 // 10]})."
            ),
            "",
            "![Shares of each kind trusted and stopped, by number of judgements](skill.svg)",
        ]
    )


def plot(after: dict[str, list[Counter[Move]]]) -> str:
    """Lines of the share trusted (full) and stopped (dashed) over the number of judgements, a panel for each kind."""
    wide, high, left, top = 220, 160, 56, 40
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + 3 * (wide + 24)} {top + high + 64}" '
            'font-family="sans-serif" font-size="13" fill="#1b2421"><rect width="100%" height="100%" fill="#fff"/>'
        )
    ]
    for panel, (kind, counts) in enumerate(after.items()):
        x0 = left + panel * (wide + 24)
        parts.append(f'<text x="{x0}" y="{top - 14}" font-weight="bold">{kind}</text>')
        for share in (0, 50, 100):
            y = top + high * (1 - share / 100)
            parts.append(f'<path d="M{x0} {y:.1f}h{wide}" stroke="#ccc"/>')
            if panel == 0:
                parts.append(f'<text x="{x0 - 6}" y="{y + 4:.1f}" text-anchor="end">{share} %</text>')
        for direction, style in ((Move.UP, 'stroke="#12535c"'), (Move.STOP, 'stroke="#a3241c" stroke-dasharray="5 4"')):
            spots = [
                f"{x0 + wide * number / (ITEMS - 1):.1f} {top + high * (1 - count[direction] / PEOPLE):.1f}"
                for number, count in enumerate(counts)
            ]
            parts.append(f'<path d="M{"L".join(spots)}" fill="none" stroke-width="2.5" {style}/>')
        parts += [
            f'<text x="{x0 + wide * (at - 1) / (ITEMS - 1):.1f}" y="{top + high + 18}" text-anchor="middle">{at}</text>'
            for at in (1, 20, 40)
        ]
    y = top + high + 46
    parts.append(
        f'<path d="M{left} {y - 4}h28" stroke="#12535c" stroke-width="2.5"/><text x="{left + 36}" y="{y}">trusted</text>'
        f'<path d="M{left + 110} {y - 4}h28" stroke="#a3241c" stroke-width="2.5" stroke-dasharray="5 4"/>'
        f'<text x="{left + 146}" y="{y}">stopped; across: judgements</text></svg>'
    )
    return "\n".join(parts)


if __name__ == "__main__":
    print(main())
