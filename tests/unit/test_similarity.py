"""Answers that are alike: who copied is seen, who worked alone is left in peace. People here are simulated, with seeds."""

import random
from collections import Counter
from collections.abc import Iterator

import numpy as np
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


def weakest(given: list[SharedAnswer]) -> str:
    """Who of all but the last erred most."""
    errors = Counter(answer.person for answer in given if not answer.right)
    del errors[max(answer.person for answer in given)]
    return max(errors, key=lambda name: errors[name])


def copied(given: list[SharedAnswer], share: float, seed: int) -> Iterator[SharedAnswer]:
    """The last person takes that share of the weakest other's answers instead of their own."""
    chance = random.Random(seed)
    names = sorted({answer.person for answer in given})
    mine = {answer.item: answer for answer in given if answer.person == names[-1]}
    weak = weakest(given)
    source = {answer.item: answer for answer in given if answer.person == weak}
    yield from (answer for answer in given if answer.person != names[-1])
    for item, answer in mine.items():
        take = source.get(item) if chance.random() < share else None
        yield SharedAnswer(names[-1], item, take.choice, take.right) if take else answer


def test_among_people_who_worked_alone_hardly_a_pair_is_shown():
    """One pair in four programmes is expected at most; the rule is cautious, and shows fewer."""
    shown = sum(len(similarity.compare(programme(seed)).alike) for seed in range(30))
    assert shown <= 5


def test_fewer_than_one_honest_pair_of_a_thousand_is_as_unlikely_as_one_in_a_thousand(monkeypatch):
    monkeypatch.setattr(similarity, "FALSE_PAIRS", 1e9)  # without the correction for the number of pairs
    comparisons = [similarity.compare(programme(seed)) for seed in range(30)]
    pairs = sum(comparison.compared for comparison in comparisons)
    assert pairs == 30 * 40 * 39 / 2
    assert sum(len(comparison.alike) for comparison in comparisons) <= pairs / 1000


def test_small_programmes_show_no_more():
    shown = sum(bool(similarity.compare(programme(seed, people=8, items=30, asked=25)).alike) for seed in range(100))
    assert shown <= 10


@pytest.mark.parametrize(("share", "least"), [(1.0, 20), (0.8, 20), (0.6, 18)])
def test_who_copied_is_found_among_62_beside_the_person_copied_from(share, least):
    """Nobody else is shown in most of these twenty programmes, and in the rest one pair more at most."""
    found = others = 0
    for seed in range(20):
        given = programme(seed, people=62, items=120, asked=75)
        source = weakest(given)
        pairs = {(pair.first, pair.second) for pair in similarity.compare(copied(given, share, seed)).alike}
        found += (source, "p61") in pairs
        others += len(pairs - {(source, "p61")})
    assert found >= least
    assert others <= 3


def test_a_pair_without_enough_in_common_is_not_compared():
    shared = [SharedAnswer("ana", f"q{n}", "b", False) for n in range(9)]
    other = [SharedAnswer("ben", f"q{n}", "b", False) for n in range(9)]
    comparison = similarity.compare(shared + other)
    assert comparison == similarity.Comparison((), compared=0, thin=0, apart=1)


def test_how_many_pairs_were_compared_is_told():
    given = pair(2, shared=44) + [SharedAnswer("cem", f"q{n:02}", "a", True) for n in range(9)]
    comparison = similarity.compare(given)
    assert (comparison.compared, comparison.thin, comparison.apart) == (1, 1, 2)
    assert similarity.compare(pair(2, shared=45)).thin == 0
    assert similarity.compare([]) == similarity.Comparison((), 0, 0, 0)


def test_only_the_first_answer_to_an_item_counts():
    first = programme(3)
    again = [SharedAnswer(answer.person, answer.item, "d", False) for answer in first]
    assert similarity.compare(first + again) == similarity.compare(first)


def test_the_order_of_people_and_answers_changes_nothing():
    given = list(copied(programme(5), 1.0, 5))
    names = {f"p{n:02}": f"p{39 - n:02}" for n in range(40)}
    turned = [
        SharedAnswer(names[answer.person], answer.item, answer.choice, answer.right) for answer in reversed(given)
    ]
    forth, back = similarity.compare(given).alike, similarity.compare(turned).alike
    assert [{pair.first, pair.second} for pair in forth] == [{names[pair.first], names[pair.second]} for pair in back]
    assert [pair.chance for pair in forth] == pytest.approx([pair.chance for pair in back])


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
        (pair(9, shared=30), True),
        (pair(9, one_erred=1, shared=30), True),
        (pair(9, shared=9), False),  # too little in common, whatever it is
        (pair(4, shared=30), True),  # thirty answers of thirty, four of them wrong
        (pair(4, one_erred=6, shared=30), False),  # four of ten errors, where half of those who err choose the same
        (pair(6, one_erred=3, shared=30, others="cdcdcd"), True),  # here everybody else chose otherwise
        (pair(6, one_erred=3, shared=30, others="bbbbbb"), False),  # and here the same: a lure, no copying
        (pair(2, shared=60, others="cdefghijklmn"), False),  # two are too few to ask anybody about
    ],
)
def test_whose_errors_are_more_alike_than_chance_explains(answers, shown):
    alike = [(found.first, found.second) for found in similarity.compare(answers).alike]
    assert (("ana", "ben") in alike) is shown


def test_the_chance_is_twice_the_smaller_one_of_the_two_directions():
    given = np.array([[1] * 9 + [0] * 21, [1] * 9 + [2] + [0] * 20])
    _, _, chance = similarity.against_everybody(given)
    [found] = similarity.compare(
        SharedAnswer(person, f"q{item:02}", str(choice), choice == 0)
        for person, row in zip(("ana", "ben"), given, strict=True) for item, choice in enumerate(row)
    ).alike  # fmt: skip
    assert found.chance == pytest.approx(2 * min(chance[0, 1], chance[1, 0]))
    assert found.chance < 0.001 and chance[0, 1] != chance[1, 0]


@pytest.mark.parametrize(("limit", "shown"), [(1.01, True), (0.99, False)])
def test_a_pair_is_shown_up_to_the_chance_of_a_false_alarm(monkeypatch, limit, shown):
    answers = pair(9, shared=30)
    [found] = similarity.compare(answers).alike
    monkeypatch.setattr(similarity, "FALSE_ALARM", limit * found.chance)
    monkeypatch.setattr(similarity, "FALSE_PAIRS", 1.0)
    assert bool(similarity.compare(answers).alike) is shown


UNSEEN = similarity.UNSEEN


@pytest.mark.parametrize(
    ("column", "share"),
    [
        # Ana (first) chose 1. What Ben (second) chose must not change what is expected of him.
        ([1, 1], 1.5 / 2.5), ([1, 2], 1.5 / 2.5), ([1, 0], 1.5 / 2.5),
        ([1, 1, 2], 1.5 / 3.5), ([1, 2, 2], 1.5 / 3.5),  # somebody else chose otherwise
        ([1, 0, 1, 1, 1], 4.5 / 5.5),  # and here everybody the same
        ([1, 0, 0, UNSEEN], 1.5 / 2.5),  # who was right, or did not see it, says nothing of the wrong answers
        ([1, UNSEEN, 1], 0),  # an item that Ben did not see
        ([0, 1, 1], 0), ([UNSEEN, 1, 1], 0),  # Ana was right, or did not see it
    ],
)  # fmt: skip
def test_how_likely_the_same_wrong_answer_is(column, share):
    given = np.array([column]).T
    _, expected, _ = similarity.against_everybody(given)
    assert expected[0, 1] == pytest.approx(similarity.errors(given)[1, 0] * share)


def test_the_more_difficult_an_item_and_the_weaker_a_person_the_likelier_an_error():
    rng = np.random.default_rng(4)
    hard, ability = np.linspace(-3, 1, 60), np.linspace(-1.5, 1.5, 80)
    truth = 1 / (1 + np.exp(ability[:, None] - hard))
    given = np.where(rng.random(truth.shape) < truth, 1, 0)
    given[rng.random(truth.shape) < 0.4] = UNSEEN
    learnt = similarity.errors(given)
    assert np.abs(learnt - truth).mean() < 0.1
    assert np.corrcoef(learnt.mean(0), truth.mean(0))[0, 1] > 0.95
    assert np.corrcoef(learnt.mean(1), truth.mean(1))[0, 1] > 0.85


def test_who_is_never_wrong_or_always_is_taken_to_be_neither():
    learnt = similarity.errors(np.array([[0] * 20, [1] * 20, [0, 1] * 10]))
    assert ((learnt > 0.001) & (learnt < 0.999)).all()


def test_an_item_that_nobody_answered_is_taken_to_be_like_the_others():
    right, wrong = (similarity.errors(np.array([[given] * 20 + [UNSEEN]]))[0, -1] for given in (0, 1))
    assert right < 0.1 and wrong > 0.9


@pytest.mark.parametrize(
    ("chances", "weights", "least", "expected"),
    [
        ([], [], 0, 1.0), ([], [], 1, 0.0), ([0.5], [1], 1, 0.5), ([0.5, 0.5], [1, 1], 1, 0.75),
        ([0.1, 0.2, 0.3], [1, 1, 1], 2, 0.098), ([1.0, 1.0], [1, 1], 2, 1.0), ([0.0, 0.4], [1, 1], 1, 0.4),
        ([0.01] * 9, [1] * 9, 9, 1e-18),
        ([0.5, 0.1], [1, 3], 2, 0.1), ([0.5, 0.1], [1, 3], 4, 0.05), ([0.5, 0.1], [1, 3], 5, 0.0),
        ([0.5, 0.1, 0.2], [1, 3, 2], 3, 0.1 + 0.9 * 0.5 * 0.2), ([0.5, 0.3], [1, 0], 1, 0.5),
    ],
)  # fmt: skip
def test_the_tail_of_a_weighted_sum(chances, weights, least, expected):
    assert tail(np.array(chances), np.array(weights, dtype=int), least) == pytest.approx(expected, rel=1e-9)


def test_the_tail_is_what_many_draws_show():
    rng = np.random.default_rng(5)
    chances, weights = rng.random(25) * 0.6, rng.integers(1, 40, 25)
    sums = ((rng.random((200_000, 25)) < chances) * weights).sum(1)
    for least in (50, 150, 250, 320):
        assert tail(chances, weights, least) == pytest.approx((sums >= least).mean(), abs=0.004)


def test_a_rare_wrong_answer_counts_much_and_a_right_one_that_all_know_little():
    rare, common, known = similarity.weigh(np.array([0.01, 0.3, 0.95]))
    assert rare > 2 * common > 2 * known > 0


def test_right_answers_in_common_are_counted_too():
    """Four identical errors of six show nothing; with twelve right answers to what everybody else got wrong they do."""
    errors = pair(4, one_erred=2, shared=30)
    both, only = (hard_and_known_to(*people) for people in (("ana", "ben"), ("ana",)))
    shown = [{(p.first, p.second) for p in similarity.compare(errors + more).alike} for more in (both, only)]
    assert [("ana", "ben") in pairs for pairs in shown] == [True, False]


def test_nobody_is_asked_about_right_answers_alone():
    assert similarity.compare(hard_and_known_to("ana", "ben")).alike == ()


def hard_and_known_to(*people: str) -> list[SharedAnswer]:
    """Twelve items that these people got right, and ten others wrong, each in another way."""
    items = [f"h{n:02}" for n in range(12)]
    wrong = [
        SharedAnswer(f"o{at}", item, "cdefghijkl"[(at + n) % 10], False)
        for at in range(10)
        for n, item in enumerate(items)
    ]
    return wrong + [SharedAnswer(person, item, "a", True) for person in people for item in items]
