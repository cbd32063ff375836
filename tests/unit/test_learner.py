"""What a model learns from decisions, what it never learns, and what it says about a word."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest

from server.ledger.learning import calibration, comparing, explaining, features, learner, store, training
from server.ledger.learning.learner import Example, Learned, NotYet

GOODS = ("bangle", "netsuke", "figurine", "bracelet", "knife handle", "chess set", "brooch", "pendant", "fan", "box")
SOLD = ("carved ivory {}", "old ivory {} with grain", "antique {} in real ivory", "{} of elephant tusk, ivory")
NOT = ("ivory coloured {}", "{} in ivory resin", "faux ivory {} of plastic", "satin {} in ivory white")


def examples(count: int, coordinators: int = 2) -> list[Example]:
    """Decisions that take turns: right ones about ivory, wrong ones about its colour. The rules cannot tell them apart."""
    made = []
    for place in range(count):
        right = place % 2 == 0
        text = (SOLD if right else NOT)[place // 2 % 4].format(GOODS[place % 7 % 10]) + f" nr {place}"
        by = place // 8 % coordinators
        made.append(Example(f"case{place}", text, f"text{place}", 0.5, right, 0.7, by, place % 23))
    return made


@pytest.fixture(scope="module")
def learned() -> Learned:
    found = learner.learn(examples(240))
    assert isinstance(found, Learned)
    return found


def likely(found: Learned, text: str, words: float = 0.5) -> float:
    return explaining.judge(found.weights, found.scale, text, words)[0]


def test_what_decisions_teach_tells_apart_what_the_rules_cannot(learned: Learned) -> None:
    assert likely(learned, "carved ivory bangle") > 0.8 > 0.2 > likely(learned, "ivory coloured bangle of resin")
    assert learned.model.average_precision > 0.95 > learned.rules.average_precision
    assert learned.model.brier < learned.rules.brier and learned.compared_on == 60


def test_an_ad_the_model_knows_nothing_of_stays_in_the_order_of_the_rules(learned: Learned) -> None:
    strange = "qqq www zzz"
    given = [likely(learned, strange, words) for words in (0.05, 0.3, 0.6, 0.95)]
    assert given == sorted(given) and len(set(given)) == 4


def test_the_same_decisions_make_the_same_model(learned: Learned) -> None:
    again = learner.learn(examples(240))
    assert isinstance(again, Learned)
    assert store.pack(again.weights) == store.pack(learned.weights) and again.scale == learned.scale


def test_what_is_kept_is_what_was_learnt_and_holds_no_word(learned: Learned) -> None:
    kept = store.pack(learned.weights)
    back = store.unpack(kept, learned.weights.rules, learned.weights.base)
    assert np.array_equal(back.bucket, learned.weights.bucket) and np.array_equal(back.weight, learned.weights.weight)
    assert b"ivory" not in kept


def test_each_word_says_what_it_adds_and_together_they_are_the_whole(learned: Learned) -> None:
    text = "carved ivory bangle, no resin"
    given, said = explaining.judge(learned.weights, learned.scale, text, 0.3)
    words = {each.word: each.adds for each in said}
    assert words["carved"] > 0 > words["resin"]
    scores = training.scored(learned.weights, features.features([text]), np.array([0.3]))
    assert given == pytest.approx(float(calibration.likelihood(scores, learned.scale)[0]), abs=1e-4)


@pytest.mark.parametrize("text", ["", "   ", "12345678901", "!?", "\ud800", "象牙", "a" * 50_000, "ا" * 3000])
def test_any_text_has_a_likelihood(learned: Learned, text: str) -> None:
    given, said = explaining.judge(learned.weights, learned.scale, text, 0.3)
    assert 0 < given < 1 and len(said) <= explaining.SHOWN


# --- What it waits for, and what it never learns ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "given", "reason"),
    [
        ("nothing", [], NotYet.FEW),
        ("too few", examples(59), NotYet.FEW),
        ("only right ones", [replace(each, right=True) for each in examples(100)], NotYet.ONE_SIDED),
        ("one coordinator", examples(200, coordinators=1), NotYet.ONE_COORDINATOR),
        ("one, and another who decided nine times", [
            replace(each, coordinator=int(place < 9)) for place, each in enumerate(examples(200))
        ], NotYet.ONE_COORDINATOR),
        ("one text, decided on a hundred times", [replace(each, text_sha256="same") for each in examples(100)], NotYet.FEW),
    ],
)  # fmt: skip
def test_there_is_no_model_before_there_is_enough(what: str, given: list[Example], reason: NotYet) -> None:
    assert learner.learn(given) is reason, what


def test_sixty_decisions_are_enough_and_ten_of_a_kind_among_those_it_learns_from() -> None:
    assert learner.not_yet(examples(60)) is None
    for right, reason in ((9, NotYet.ONE_SIDED), (10, None), (35, None), (36, NotYet.ONE_SIDED)):
        given = [replace(each, right=place < right) for place, each in enumerate(examples(60))]
        assert learner.not_yet(given) is reason, right
        assert isinstance(learner.learn(given), Learned) is (reason is None), right


@pytest.mark.parametrize(("ads", "read"), [(3, "nadia scarf"), (4, f"{learner.APART} {learner.APART}")])
def test_a_word_of_one_seller_is_left_out_from_four_ads_on(ads: int, read: str) -> None:
    given = [Example(f"own{n}", "Nadia scarf", f"own{n}", 0.5, True, 1.0, n % 2, 7) for n in range(ads)]
    assert learner.learnable(given) == [read] * ads


def test_an_ad_that_states_no_seller_is_a_seller_of_its_own() -> None:
    sellers = (None, 1, 0, None)
    given = [Example(f"c{n}", "", f"t{n}", 0.5, True, 2.0, n % 2, seller) for n, seller in enumerate(sellers)]
    assert learner.weighed(given).tolist() == [2.0] * 4


def moved(found: Learned | NotYet, text: str) -> float:
    """By how much its words, of which the rules know nothing, move an ad."""
    assert isinstance(found, Learned)
    return abs(likely(found, text) - likely(found, "qqq"))


def test_what_one_coordinator_alone_thinks_of_a_word_is_not_learnt() -> None:
    own = [
        Example(f"own{place}", f"walrus whisker {place % 9}", f"own{place}", 0.5, False, 0.7, 0, 100 + place)
        for place in range(80)
    ]
    others = examples(80)
    both = [replace(each, coordinator=place % 2) for place, each in enumerate(own)]
    mixed, shared = ([each for pair in zip(others, which, strict=True) for each in pair] for which in (own, both))
    alone, together = (moved(learner.learn(each), "walrus whisker") for each in (mixed, shared))
    assert alone < together / 4


def test_what_one_seller_alone_writes_is_not_learnt() -> None:
    ring = [
        Example(f"ring{place}", f"nadia weaves scarf {place}", f"ring{place}", 0.5, True, 1.0, place % 2, 500)
        for place in range(120)
    ]
    sellers = [replace(each, seller=500 + place) for place, each in enumerate(ring)]
    given = examples(240)
    alone, together = (
        moved(learner.learn([*given[:120], *which, *given[120:]]), "nadia weaves scarf") for which in (ring, sellers)
    )
    assert alone < together / 2, "what is left are pieces that other words share"


def test_neither_a_seller_nor_a_coordinator_outweighs_the_others() -> None:
    given = [replace(each, coordinator=int(place < 20), seller=7 if place < 100 else place)
             for place, each in enumerate(examples(200))]  # fmt: skip
    weights = learner.weighed(given)
    by = np.array([each.coordinator for each in given])
    assert weights[by == 0].sum() <= weights[by == 1].sum() * 1.001
    assert weights[:100].sum() <= learner.OF_ONE_SELLER + 1e-9


def test_the_newest_decision_on_a_text_is_the_one_that_counts() -> None:
    first = replace(examples(1)[0], right=True)
    kept = learner._each_text_once([first, replace(first, case_id="other", right=False)])
    assert [each.right for each in kept] == [False]


# --- Words, figures, likelihoods -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Süße Elfenbein-Figur", ["süsse", "elfenbein", "figur"]),
        ("象牙手镯", ["象牙", "牙手", "手镯"]),
        ("हाथी दाँत", ["हाथी", "दाँत"]),
        ("ＩＶＯＲＹ 14k, 265370482805", ["ivory", "14k"]),
        ("don't_touch", ["don", "t", "touch"]),
        ("x" * 40 + " " + "x" * 41, ["x" * 40]),
        ("1234 12345", ["1234"]),
        ("象", ["象"]),
    ],
)
def test_words_are_read_in_every_script_and_numbers_are_none(text: str, words: list[str]) -> None:
    assert features.words(text) == words


def test_the_weights_are_where_the_decisions_and_the_draw_to_the_rules_balance(monkeypatch: pytest.MonkeyPatch) -> None:
    """The slope of what is minimised, written out with the matrix: next to nothing at what was found."""
    given = [replace(each, words=0.1 + place % 9 / 10) for place, each in enumerate(examples(80))]
    texts = [each.text if place % 5 else "" for place, each in enumerate(given)]
    read, scores = features.features(texts), np.array([each.words for each in given])
    right, counts = np.array([each.right for each in given]), np.array([each.weight for each in given])
    buckets = np.unique(read.bucket)
    matrix = np.zeros((len(texts), len(buckets)))
    inverse = np.log((1 + len(texts)) / (1 + np.bincount(read.bucket)[buckets])) + 1
    for row, (start, middle, end) in enumerate(zip(read.start[:-1], read.middle, read.start[1:], strict=True)):
        for block in (read.bucket[start:middle], read.bucket[middle:end]):
            columns = np.searchsorted(buckets, block)
            matrix[row, columns] = inverse[columns] / max(np.linalg.norm(inverse[columns]), 1e-6)
    odds, sign = np.log(scores / (1 - scores)), np.where(right, 1, -1)

    def slope(weights: np.ndarray, rules: float, base: float) -> float:
        margin = sign * (matrix @ weights + rules * odds + base)
        errors = -sign * counts * 30 / (1 + np.exp(margin))
        parts = (matrix.T @ errors + weights, [errors @ odds + 3000 * (rules - 0.3), errors.sum()])
        return float(np.linalg.norm(np.concatenate(parts)))

    first = slope(np.zeros(len(buckets)), 0.3, 0)
    found = training.train(read, scores, right, counts, buckets)
    assert slope(found.weight, found.rules, found.base) < 0.0015 * first
    monkeypatch.setattr(training, "MOST_STEPS", 500)
    monkeypatch.setattr(training, "GOOD_ENOUGH", 1e-6)
    exact = training.train(read, scores, right, counts, buckets)
    assert slope(exact.weight, exact.rules, exact.base) < 0.0001 * first


def test_a_kept_model_reads_the_same_buckets_in_every_version() -> None:
    """Another bucket for a word would leave every kept weight to another word."""
    read = features.features(["Carved ivory bangle 12 cm, 象牙手镯", "x" * 40])
    assert hashlib.sha256(read.bucket.astype("<u4").tobytes()).hexdigest()[:16] == "0dec972bfedcf805"


def test_features_of_many_texts_are_those_of_each() -> None:
    texts = ["ivory bangle", "", "old ivory bangle with grain", "象牙", "bangle ivory"]
    together = features.features(texts)
    for place, text in enumerate(texts):
        alone = features.features([text])
        assert np.array_equal(together.bucket[together.start[place] : together.start[place + 1]], alone.bucket)
        assert together.middle[place] - together.start[place] == alone.middle[0]


@pytest.mark.parametrize(
    ("scores", "right", "expected"),
    [
        ([0.9, 0.8, 0.1], [True, True, False], 1.0),
        ([0.9, 0.8, 0.1], [False, True, True], (1 / 2 + 2 / 3) / 2),
        ([0.5, 0.5, 0.5, 0.5], [True, False, False, True], 0.5),  # ties are one place
        ([0.2, 0.1], [False, False], 0.0),
    ],
)
def test_average_precision(scores: list[float], right: list[bool], expected: float) -> None:
    assert comparing.average_precision(np.array(scores), np.array(right)) == pytest.approx(expected)


def test_a_likelihood_means_what_it_says() -> None:
    odds = np.linspace(-4, 4, 400)
    shares = 1 / (1 + np.exp(-(0.5 * odds - 1)))
    right = np.array([(place * 0.618) % 1 < share for place, share in enumerate(shares)])
    scale = calibration.fit(odds, right, np.ones(400))
    assert scale.slope == pytest.approx(0.5, abs=0.15) and scale.base == pytest.approx(-1, abs=0.3)
    after = calibration.error(calibration.likelihood(odds, scale), right)
    assert after < calibration.error(calibration.likelihood(odds), right)
    assert calibration.fit(np.zeros(0), np.zeros(0, bool), np.zeros(0)) == (1.0, 0.0)
