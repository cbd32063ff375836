"""What judgements say of a person, and what follows from it."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.words import Answer, DismissReason, Level, Status
from server.people.skill import lane
from server.people.skill.lane import Finding, Kind, Said, difficulty, finding, in_order, known_next, mark, next_up, rate
from server.people.skill.levels import Move, counted, move, still_to_judge
from server.people.skill.masked import MASK, masked
from server.people.skill.outcomes import Dismissal, StatusChange, of_report
from server.people.skill.posterior import COUNTS, Judgement, Outcome, Skill, after, beta_cdf, beta_quantile, skill
from tests.skills import ACTED, RIGHT, WRONG


def mixed(right: int, wrong: int) -> list[Judgement]:
    """Mistakes spread evenly among right judgements, of which every fifth is of a report."""
    judged = [RIGHT if number % 5 else ACTED for number in range(right)]
    for number in range(wrong):
        judged.insert(number * (right + wrong) // max(wrong, 1), WRONG)
    return judged


@pytest.mark.parametrize(
    ("x", "a", "b", "value"),  # closed forms: sums of binomial terms
    [(0.5, 2, 2, 0.5), (0.3, 2, 5, 1 - 0.7**6 - 6 * 0.3 * 0.7**5), (0.25, 1, 3, 1 - 0.75**3), (0.9, 4, 1, 0.9**4), (0, 3, 3, 0), (1, 3, 3, 1)],
)  # fmt: skip
def test_the_beta_distribution_is_that_of_the_books(x: float, a: float, b: float, value: float) -> None:
    assert beta_cdf(x, a, b) == pytest.approx(value, abs=1e-10)


def test_a_share_at_the_turn_of_the_fraction_has_its_value_from_either_side() -> None:
    """Seven in ten is a rounding error beyond the turn, and so are the three in ten on its other side."""
    at_the_turn = beta_cdf(0.7, 15.468760302082254, 6.058040129463823)
    assert at_the_turn == pytest.approx(beta_cdf(0.7 - 1e-12, 15.468760302082254, 6.058040129463823), abs=1e-10)


@given(st.floats(0.01, 0.99), st.floats(0.6, 200), st.floats(0.6, 200))
def test_a_quantile_is_where_the_share_lies(share: float, a: float, b: float) -> None:
    assert beta_cdf(beta_quantile(share, a, b), a, b) == pytest.approx(share, abs=1e-4)


def test_cannot_tell_is_never_wrong() -> None:
    assert skill([Judgement(Outcome.CANNOT_TELL)] * 50) == skill([])


@pytest.mark.parametrize(
    ("outcome", "difficulty", "right", "wrong", "judged"),
    [
        (Outcome.GOLD_RIGHT, 0.2, 1.0, 0.0, 1),
        (Outcome.GOLD_WRONG, 0.2, 0.0, 1.0, 1),
        (Outcome.CANNOT_TELL, 0.2, 0.0, 0.0, 0),
        (Outcome.NOTIFIED, 0.2, 0.7, 0.0, 1),
        (Outcome.ACTED, 0.2, 1.0, 0.0, 1),
        (Outcome.NOT_VIOLATING, 0.2, 0.0, 0.0, 0),
        (Outcome.DISMISSED_INNOCENT, 0.2, 0.0, 1.0, 1),
        (Outcome.DISMISSED_OTHERWISE, 0.2, 0.0, 0.0, 0),
        (Outcome.GOLD_RIGHT, 0.6, 1.4, 0.0, 1),
        (Outcome.GOLD_WRONG, 0.6, 0.0, 0.6, 1),
        (Outcome.GOLD_RIGHT, 7.0, 1.8, 0.0, 1),  # a share is at most all of the people
        (Outcome.GOLD_RIGHT, -7.0, 0.8, 0.0, 1),
    ],
)
def test_what_one_judgement_adds(outcome: Outcome, difficulty: float, right: float, wrong: float, judged: int) -> None:
    estimate = skill([Judgement(outcome, difficulty)])
    assert (estimate.right, estimate.wrong, estimate.judged) == (pytest.approx(right), pytest.approx(wrong), judged)


def test_before_anything_is_known_the_skill_is_a_half() -> None:
    unknown = Skill()
    assert (unknown.mean, unknown.above(0.5)) == (0.5, pytest.approx(0.5))
    assert (Skill(6.0, 0.0).mean, Skill(0.0, 6.0).mean) == (0.8, 0.2)  # two right and two wrong were assumed
    assert Skill(3.0, 1.0).above(0.4) == pytest.approx(1 - beta_cdf(0.4, 5, 3))
    low, high = unknown.interval()
    assert (beta_cdf(low, 2, 2), beta_cdf(high, 2, 2)) == (pytest.approx(0.1, abs=1e-6), pytest.approx(0.9, abs=1e-6))


def test_a_hard_listing_counts_more_when_judged_rightly_and_less_when_not() -> None:
    hard, easy = 0.6, 0.05
    assert skill([Judgement(Outcome.GOLD_RIGHT, hard)]).mean > skill([Judgement(Outcome.GOLD_RIGHT, easy)]).mean
    assert skill([Judgement(Outcome.GOLD_WRONG, hard)]).mean > skill([Judgement(Outcome.GOLD_WRONG, easy)]).mean


def test_the_more_is_known_the_narrower_the_span() -> None:
    few, many = skill(mixed(9, 1)).interval(), skill(mixed(90, 10)).interval()
    assert few[1] - few[0] > 2 * (many[1] - many[0])
    assert few[0] < 0.9 * 9 / 10 < few[1]


@pytest.mark.parametrize("later", [Outcome.NOT_VIOLATING, Outcome.DISMISSED_INNOCENT, Outcome.NOTIFIED])
def test_a_later_change_of_mind_never_punishes(later: Outcome) -> None:
    assert after(Outcome.ACTED, later) is Outcome.ACTED


def test_a_company_that_disagrees_with_the_coordinator_neither_credits_nor_blames() -> None:
    assert COUNTS[after(Outcome.NOTIFIED, Outcome.NOT_VIOLATING)] == 0


@pytest.mark.parametrize(
    ("level", "right", "wrong", "follows"),
    [
        (Level.PROBATION, 0, 0, Move.STAY),
        (Level.PROBATION, 19, 0, Move.STAY),  # too few to say, however good
        (Level.PROBATION, 20, 0, Move.UP),
        (Level.PROBATION, 28, 2, Move.UP),
        (Level.PROBATION, 16, 6, Move.STAY),
        (Level.PROBATION, 19, 5, Move.STAY),  # good on the whole, and not sure enough of it
        (Level.PROBATION, 9, 9, Move.STOP),
        (Level.PROBATION, 5, 5, Move.STOP),
        (Level.PROBATION, 2, 7, Move.STAY),  # nine judgements stop nobody
        (Level.TRUSTED, 40, 3, Move.STAY),
        (Level.TRUSTED, 20, 20, Move.DOWN),
        (Level.TRUSTED, 55, 5, Move.STAY),
        (Level.TRUSTED, 59, 0, Move.STAY),
        (Level.TRUSTED, 59, 1, Move.UP),  # may lead, if a coordinator agrees
        (Level.LEAD, 59, 1, Move.STAY),
        (Level.LEAD, 20, 20, Move.DOWN),
    ],
)
def test_what_follows_from_judgements(level: Level, right: int, wrong: int, follows: Move) -> None:
    assert move(level, mixed(right, wrong)) is follows


def test_only_the_latest_judgements_count_for_a_level() -> None:
    assert move(Level.TRUSTED, [WRONG] * 60 + [RIGHT] * 60) is not Move.DOWN
    assert move(Level.TRUSTED, [RIGHT] * 500 + [WRONG] * 30) is Move.DOWN
    assert (
        move(Level.TRUSTED, [WRONG, ACTED, *[RIGHT] * 55, *[WRONG] * 4]) is Move.UP
    )  # the mistake before the latest 60


@pytest.mark.parametrize(
    ("level", "judged", "follows"),
    [
        (Level.PROBATION, [RIGHT] * 60, Move.STAY),
        (Level.TRUSTED, [RIGHT] * 60, Move.STAY),
        (Level.PROBATION, [*[RIGHT] * 20, Judgement(Outcome.NOT_VIOLATING)], Move.STAY),  # it says nothing of skill
        (Level.PROBATION, [ACTED, *[RIGHT] * 60], Move.STAY),  # before the latest 60
        (Level.PROBATION, [*[RIGHT] * 19, ACTED], Move.UP),
        (Level.PROBATION, [*[RIGHT] * 20, Judgement(Outcome.NOTIFIED)], Move.UP),
        (Level.PROBATION, [*[RIGHT] * 30, Judgement(Outcome.DISMISSED_INNOCENT)], Move.UP),
        (Level.TRUSTED, [ACTED, *[RIGHT] * 59], Move.UP),
        (Level.TRUSTED, [WRONG] * 20, Move.DOWN),
        (Level.PROBATION, [WRONG] * 10, Move.STOP),
    ],
)
def test_answers_in_the_lanes_alone_raise_no_level(level: Level, judged: list[Judgement], follows: Move) -> None:
    assert move(level, judged) is follows


def test_who_is_told_how_many_judgements_are_missing() -> None:
    assert (still_to_judge(skill(mixed(5, 0))), still_to_judge(skill(mixed(30, 0)))) == (15, 0)
    assert still_to_judge(Skill()) == 20


def test_the_share_of_known_listings_falls() -> None:
    assert [rate(seen) for seen in (0, 19, 20, 49, 50, 99, 100, 5000)] == [0.4, 0.4, 0.3, 0.3, 0.2, 0.2, 0.1, 0.1]


@pytest.mark.parametrize(("start", "of_ten"), [(0, 4), (10, 4), (20, 3), (40, 3), (50, 2), (100, 1), (330, 1)])
def test_each_ten_holds_its_share_at_places_of_the_persons_own(start: int, of_ten: int) -> None:
    places = {tuple(n for n in range(start, start + 10) if known_next(seed, n)) for seed in range(40)}
    assert {len(place) for place in places} == {of_ten}
    assert len(places) > 5, "the same places for everybody could be told to others"
    assert known_next(7, start) == known_next(7, start)


def test_honest_careless_and_malicious_spotters_are_told_apart() -> None:
    """The small form of `benchmarks/skill.py`: 200 of each kind."""
    chance, share = random.Random(5), {}
    for name, ability in {"honest": 0.91, "careless": 0.68, "contrary": 0.1, "coin": 0.5}.items():
        ends = []
        for _ in range(200):
            judged, moved = list[Judgement](), Move.STAY
            while len(judged) < 40 and moved is Move.STAY:
                judged.append((RIGHT if len(judged) % 5 else ACTED) if chance.random() < ability else WRONG)
                moved = move(Level.PROBATION, judged)
            ends.append(moved)
        share[name] = (ends.count(Move.UP) / 200, ends.count(Move.STOP) / 200)
    assert share["honest"][0] >= 0.95
    assert share["contrary"][1] >= 0.95
    assert share["coin"][1] >= 0.95
    assert share["careless"][0] < 0.35


# --- The lane --------------------------------------------------------------------------------------------------------


def test_when_one_kind_has_run_out_the_other_goes_on() -> None:
    for seen in range(20):
        assert next_up(7, seen, ["a"], []) == (Kind.KNOWN, "a")
        assert next_up(7, seen, [], ["c"]) == (Kind.LIVE, "c")
        assert next_up(7, seen, [], []) is None
    mixed_up = [next_up(7, seen, ["a", "b"], ["c", "d"]) for seen in range(10)]  # each kind from its beginning
    assert (mixed_up.count((Kind.KNOWN, "a")), mixed_up.count((Kind.LIVE, "c"))) == (4, 6)


def test_a_persons_order_stays_when_listings_are_added() -> None:
    few, many = in_order(3, "acegik"), in_order(3, "abcdefghijkl")
    assert few == [name for name in many if name in "acegik"]
    assert in_order(4, "acegik") != few


@pytest.mark.parametrize(
    ("answer", "truth", "marked", "counts_as"),
    [
        (Said.FLAG, "flag", True, Outcome.GOLD_RIGHT),
        (Said.FLAG, "innocent", False, Outcome.GOLD_WRONG),
        (Said.INNOCENT, "innocent", True, Outcome.GOLD_RIGHT),
        (Said.INNOCENT, "flag", False, Outcome.GOLD_WRONG),
        (Said.CANNOT_TELL, "flag", None, Outcome.CANNOT_TELL),
        (Said.CANNOT_TELL, "innocent", None, Outcome.CANNOT_TELL),
    ],
)
def test_how_an_answer_is_marked(answer: Said, truth: str, marked: bool | None, counts_as: Outcome) -> None:
    assert mark(answer, truth) is marked
    assert lane.outcome(marked) is counts_as


def test_the_authors_guess_gives_way_to_what_people_answer() -> None:
    assert difficulty(0.2, 0, 0) == pytest.approx(0.2)
    assert difficulty(0.2, 8, 0) == pytest.approx(0.1)  # eight people answered: now their answers weigh as much
    assert difficulty(0.2, 5, 3) > 0.2
    assert difficulty(0.2, 300, 700) == pytest.approx(0.7, abs=0.01)


@pytest.mark.parametrize("before", [Outcome.NOTIFIED, Outcome.NOT_VIOLATING])
def test_who_flagged_what_a_coordinator_found_worth_a_notice_is_not_blamed_later(before: Outcome) -> None:
    assert COUNTS[after(before, Outcome.DISMISSED_INNOCENT)] == 0
    assert COUNTS[after(None, Outcome.DISMISSED_INNOCENT)] == -1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("call +351 912 345 678 now", f"call {MASK} now"),
        ("٠٥٠ ١٢٣ ٤٥٦٧ واتساب", f"{MASK} واتساب"),
        ("mail a.b+c@lx.example.org", f"mail {MASK}"),
        ("see https://t.me/room?x=1 or wa.me/351", f"see {MASK} or {MASK}"),
        ("my shop lx-birds.com has more", f"my shop {MASK} has more"),
        ("insta @bird_room.lx", f"insta {MASK}"),
        ("Birdroom_LX never lies", f"{MASK} never lies"),
        ("€ 1,250 each, 2.4 kg, 47.3 g, CB 2024, 10 pieces", "€ 1,250 each, 2.4 kg, 47.3 g, CB 2024, 10 pieces"),
        ("Nice. No papers. 12 to 15 cm", "Nice. No papers. 12 to 15 cm"),
        ("write @me@lx.example.org. or a@b.", f"write {MASK} or a@b."),
        ("look:lx-birds.example/itm/1 or more...lx.example/x", f"look:{MASK} or more...{MASK}"),
        ("Größe.de and -lx-birds.com", f"Größ{MASK} and {MASK}"),
        ("visit ivory.store, ivory-shop.online or MYSTORE.SHOP", f"visit {MASK}, {MASK} or {MASK}"),
        ("mystore.xyz", MASK),
        ("  Two rings.\r\n\r\n\tCall\u00a0me:\n912 345\n\n678 ", f"Two rings. Call me: {MASK}"),
        ("请访问ivory.store购买，或birds.com。", f"请访问{MASK}购买，或{MASK}。"),
        ("Fully grown.Live arrival.One pair, e.g. approx.5kg", "Fully grown.Live arrival.One pair, e.g. approx.5kg"),
        ("联系@bird_lx 购买", f"联系{MASK} 购买"),
        ("请联系birdroom_lx购买", f"请联系{MASK}购买"),
    ],
)
def test_ways_to_a_seller_are_masked_and_prices_and_weights_are_not(text: str, shown: str) -> None:
    assert masked(text, ["birdroom_lx", None, ""]) == shown


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("王小明", "王小明的象牙，请联系王小明购买", f"{MASK}的象牙，请联系{MASK}购买"),
        ("李娜", "联系 李娜 购买，找李娜。", f"联系 {MASK} 购买，找{MASK}。"),
        ("山田太郎", "ショップ山田太郎から購入", f"ショップ{MASK}から購入"),
        ("ヤマダ", "ヤマダさんのヤマダヤ", f"{MASK}さんのヤマダヤ"),
        ("김민수", "김민수에게 연락", f"{MASK}에게 연락"),
        ("สมชาย", "ติดต่อสมชายได้เลย", f"ติดต่อ{MASK}ได้เลย"),
        ("Al", "Al of Alfama", "Al of Alfama"),
        ("Ana  Silva", "ask Ana\nSilva", f"ask {MASK}"),
        ("王", "王小明", "王小明"),
        ("Jose\u0301", "ask JOSÉ, not Joséphine", f"ask {MASK}, not Joséphine"),
    ],
)
def test_the_sellers_name_is_masked_as_a_word_of_its_own_in_any_script(name: str, text: str, shown: str) -> None:
    assert masked(text, [name]) == shown


@pytest.mark.parametrize("unit", ["a@", "a.", "a-", "1-", "a@a.", "a b@", "@", "www.", "1 ", "a/", "é.", "."])
def test_no_text_is_so_made_that_masking_it_takes_long(unit: str) -> None:
    """The test's own time limit is the measure: an address looked for from each character takes hours of these."""
    for end in ("", "\x01", "/", "@", " "):
        assert masked(unit * (20_000 // len(unit)) + end, ["a.a", "-a-a-"])


def test_a_very_long_text_ends_at_a_word() -> None:
    ends_at_4000 = "words " * 666 + "last"
    assert masked(ends_at_4000) == ends_at_4000
    assert masked(ends_at_4000 + "s") == "words " * 666 + "…"


@pytest.mark.parametrize(
    ("right", "wrong", "unsure", "expected"),
    [
        (0, 0, 0, None), (0, 9, 0, None), (9, 0, 0, None),  # too few to say anything
        (0, 10, 0, Finding.ALL_WRONG), (10, 0, 0, Finding.ALL_RIGHT), (10, 0, 9, Finding.ALL_RIGHT),
        (3, 7, 0, None), (3, 8, 0, Finding.MOST_WRONG), (1, 9, 0, Finding.MOST_WRONG),
        (9, 0, 9, None),  # nine who decided are too few for "everybody"
        (4, 1, 6, Finding.UNSURE), (0, 0, 10, Finding.UNSURE), (0, 5, 6, Finding.UNSURE),
        (200, 1, 0, None),
    ],
)  # fmt: skip
def test_a_known_listing_is_pointed_out_when_enough_have_answered(right, wrong, unsure, expected) -> None:
    assert finding(right, wrong, unsure) is expected


# --- What became of a report -----------------------------------------------------------------------------------------

AT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("statuses", "answer", "outcome"),
    [
        ("", None, None),
        ("in_review needs_info", None, None),
        ("notified", None, Outcome.NOTIFIED),
        ("notified no_answer", None, Outcome.NOTIFIED),
        ("in_review notified in_review removed", Answer.REMOVED, Outcome.ACTED),  # reopened in between
        ("notified removed", Answer.REMOVED, Outcome.ACTED),
        ("notified removed", Answer.ALREADY_GONE, Outcome.NOTIFIED),  # no company agreed
        ("notified restricted", Answer.RESTRICTED, Outcome.ACTED),
        ("notified kept", Answer.NOT_VIOLATING, Outcome.NOT_VIOLATING),
        ("notified removed kept", Answer.REINSTATED, Outcome.ACTED),
        ("notified removed in_review", Answer.REMOVED, Outcome.ACTED),
        ("dismissed", None, Outcome.DISMISSED_OTHERWISE),  # no decision came with it
    ],
)
def test_what_a_spotter_was_told_becomes_an_outcome(statuses: str, answer: Answer | None, outcome: Outcome) -> None:
    changes = [StatusChange(Status(status), AT + HOUR * n) for n, status in enumerate(statuses.split())]
    assert of_report(AT, answer, changes, []) is outcome


@pytest.mark.parametrize("because", [None, *DismissReason])
def test_a_dismissal_blames_when_the_listing_was_innocent_alone(because: DismissReason | None) -> None:
    innocent = {
        DismissReason.INNOCENT_WORD,
        DismissReason.NOT_PROTECTED,
        DismissReason.LOOK_ALIKE,
        DismissReason.NOT_OFFERED,
    }
    dismissed = of_report(AT, None, [StatusChange(Status.DISMISSED, AT + HOUR)], [Dismissal(AT + HOUR, because)])
    assert dismissed is (Outcome.DISMISSED_INNOCENT if because in innocent else Outcome.DISMISSED_OTHERWISE)


def test_a_dismissal_counts_by_the_decision_it_came_with() -> None:
    scam, innocent = DismissReason.SCAM, DismissReason.LOOK_ALIKE
    history = [StatusChange(Status.DISMISSED, AT + 2 * HOUR)]
    at_once = of_report(AT, None, [StatusChange(Status.DISMISSED, AT)], [Dismissal(AT, innocent)])
    assert at_once is Outcome.DISMISSED_INNOCENT
    before_it_came = [Dismissal(AT - HOUR, innocent), Dismissal(AT + HOUR, scam)]
    assert of_report(AT, None, history, before_it_came) is Outcome.DISMISSED_OTHERWISE
    after_it_was_told = [Dismissal(AT, scam), Dismissal(AT + 3 * HOUR, innocent)]
    assert of_report(AT, None, history, after_it_was_told) is Outcome.DISMISSED_OTHERWISE
    assert (
        of_report(AT, None, history, [Dismissal(AT, scam), Dismissal(AT + 2 * HOUR, innocent)])
        is Outcome.DISMISSED_INNOCENT
    )


def test_what_led_to_a_step_down_counts_no_more_and_what_counts_nothing_never_does() -> None:
    judgements = [
        (RIGHT, AT),
        (WRONG, AT + HOUR),
        (Judgement(Outcome.CANNOT_TELL), AT + 2 * HOUR),
        (RIGHT, AT + 3 * HOUR),
    ]
    assert counted(judgements, None) == [RIGHT, WRONG, RIGHT]
    assert counted(judgements, AT + HOUR) == [RIGHT]
