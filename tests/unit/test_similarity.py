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


def pair(same: int, one_erred: int = 0, shared: int = 10, others: str = "") -> list[SharedAnswer]:
    """Ana and Ben, who made the `same` errors; Ana made `one_erred` more. Each of `others` erred on the same items, too."""
    answers = []
    for n in range(shared):
        ana, ben = "b" if n < same + one_erred else "a", "b" if n < same else "a"
        answers += [
            SharedAnswer("ana", f"q{n:02}", ana, ana == "a"),
            SharedAnswer("ben", f"q{n:02}", ben, ben == "a"),
        ]
        answers += [SharedAnswer(f"o{at}", f"q{n:02}", choice, False) for at, choice in enumerate(others) if n < same]
    return answers


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        (pair(6), True),
        (pair(6, one_erred=1), True),
        (pair(6, shared=9), False),  # too little in common, whatever it is
        (pair(5), False),  # where two err on an item nobody else missed, three in five choose the same
        (pair(4, others="cdefgh"), True),  # here everybody else chose otherwise
        (pair(4, others="bbbbbb"), False),  # and here the same: a lure, no copying
        (pair(3, others="cdefghijklmn"), False),  # three are too few to ask anybody about
    ],
)
def test_whose_errors_are_more_alike_than_chance_explains(answers, shown):
    assert [(found.first, found.second) for found in similarity.compare(answers)] == [("ana", "ben")] * shown


@pytest.mark.parametrize(
    ("others", "same_choice"),
    [
        ("", 0.6),  # nothing is known of these items yet
        ("c", 3.4 / 5),  # four answers' worth of 0.6, and one answer that agrees with itself
        ("cd", 3.4 / 6),  # of two who chose differently, each agrees with half
        ("bc", 3.4 / 6),  # the pair's own choices are left out
        ("ccd", (2.4 + 5 / 3) / 7),  # of three, those who chose the same agree more
    ],
)
def test_how_many_common_errors_chance_explains(others, same_choice):
    answers = pair(9, shared=13, others=others)

    def odds(share: float) -> float:
        return share / (1 - share)

    of_all = (18 + 9 * len(others) + 1) / (26 + 9 * len(others) + 2)
    person = odds((9 + 4 * of_all) / (13 + 4))
    hard = person * odds((2 + len(others) + 4 * of_all) / (2 + len(others) + 4)) / odds(of_all)
    easy = person * odds(4 * of_all / (2 + 4)) / odds(of_all)
    both_alike = [*[(hard / (1 + hard)) ** 2 * same_choice] * 9, *[(easy / (1 + easy)) ** 2 * 0.6] * 4]
    (found,) = similarity.compare(answers)
    assert (found.shared, found.same) == (13, 9)
    assert found.expected == pytest.approx(sum(both_alike))
    assert found.chance == pytest.approx(tail(both_alike, 9))


def test_a_chance_is_never_less_than_none():
    assert min(tail([chance / 10] * 20, 20) for chance in range(11)) == 0


@pytest.mark.parametrize(
    ("chances", "least", "expected"),
    [
        ([], 0, 1.0), ([], 1, 0.0), ([0.5], 1, 0.5), ([0.5, 0.5], 1, 0.75), ([0.5, 0.5], 2, 0.25),
        ([0.1, 0.2, 0.3], 2, 0.098), ([1.0, 1.0], 2, 1.0),
    ],
)  # fmt: skip
def test_the_tail_of_a_poisson_binomial(chances, least, expected):
    assert tail(chances, least) == pytest.approx(expected)
