"""Answers that are alike: who copied is seen, who worked alone is left in peace. People here are simulated, with seeds."""

import random
from collections.abc import Iterator

import pytest

from server.people.exams import similarity
from server.people.exams.similarity import SharedAnswer, tail


def programme(seed: int, people: int = 40, items: int = 60, asked: int = 45) -> list[SharedAnswer]:
    """People who worked alone: abilities and items differ, and wrong choices are far from equally attractive."""
    chance = random.Random(seed)
    hard = [chance.gauss(-1.2, 0.9) for _ in range(items)]
    lures = [sorted((chance.random() ** 2 for _ in range(3)), reverse=True) for _ in range(items)]
    given = []
    for person in range(people):
        ability = chance.gauss(0, 0.8)
        for item in chance.sample(range(items), asked):
            wrong = chance.random() < 1 / (1 + 2.718 ** (ability - hard[item]))
            choice = chance.choices("bcd", lures[item])[0] if wrong else "a"
            given.append(SharedAnswer(f"p{person:02}", f"q{item:02}", choice, not wrong))
    return given


def copied(given: list[SharedAnswer], share: float, seed: int) -> Iterator[SharedAnswer]:
    """The last person takes that share of the weakest other's answers instead of their own."""
    chance = random.Random(seed)
    names = sorted({answer.person for answer in given})
    mine = {answer.item: answer for answer in given if answer.person == names[-1]}
    weakest = max(names[:-1], key=lambda name: sum(a.person == name and not a.right for a in given))
    source = {answer.item: answer for answer in given if answer.person == weakest}
    yield from (answer for answer in given if answer.person != names[-1])
    for item, answer in mine.items():
        take = source.get(item) if chance.random() < share else None
        yield SharedAnswer(names[-1], item, take.choice, take.right) if take else answer


def test_among_people_who_worked_alone_hardly_a_pair_is_shown():
    """At most one in twenty programmes is expected to show a pair; in 60 of them (46,800 pairs) that is three."""
    shown = sum(bool(similarity.compare(programme(seed))) for seed in range(60))
    assert shown <= 3


def test_small_programmes_show_no_more():
    shown = sum(bool(similarity.compare(programme(seed, people=8, items=30, asked=25))) for seed in range(150))
    assert shown <= 7


def test_who_copied_is_shown_beside_the_person_copied_from():
    comparisons = [similarity.compare(copied(programme(seed), 0.9, seed)) for seed in range(20)]
    assert sum(bool(pairs) and "p39" in (pairs[0].first, pairs[0].second) for pairs in comparisons) >= 18


def test_a_pair_without_enough_in_common_is_not_compared():
    shared = [SharedAnswer("ana", f"q{n}", "b", False) for n in range(9)]
    other = [SharedAnswer("ben", f"q{n}", "b", False) for n in range(9)]
    assert similarity.compare(shared + other) == []


def test_only_the_first_answer_to_an_item_counts():
    first = programme(3)
    again = [SharedAnswer(answer.person, answer.item, "d", False) for answer in first]
    assert similarity.compare(first + again) == similarity.compare(first)


@pytest.mark.parametrize(
    ("chances", "least", "expected"),
    [
        ([], 0, 1.0), ([], 1, 0.0), ([0.5], 1, 0.5), ([0.5, 0.5], 1, 0.75), ([0.5, 0.5], 2, 0.25),
        ([0.1, 0.2, 0.3], 2, 0.098), ([1.0, 1.0], 2, 1.0),
    ],
)  # fmt: skip
def test_the_tail_of_a_poisson_binomial(chances, least, expected):
    assert tail(chances, least) == pytest.approx(expected)
