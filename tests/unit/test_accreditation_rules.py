"""Who may report, and who may say so: the rules as tables."""

from datetime import UTC, datetime, timedelta

import pytest

from server.training import accreditation as rules
from server.training.accreditation import Accreditation, Passed
from server.training.exam import COOL_DOWN, may_start
from server.words import Level, Refused, Role, Standing

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
YEAR = rules.LASTS


def decided(standing: Standing, ago: timedelta = timedelta(days=1), level: Level = Level.PROBATION) -> Accreditation:
    return Accreditation(level, standing, NOON - ago, NOON - ago + YEAR)


@pytest.mark.parametrize(
    ("last", "standing"),
    [
        (None, Standing.NONE),
        (decided(Standing.ACTIVE), Standing.ACTIVE),
        (decided(Standing.ACTIVE, YEAR - timedelta(seconds=1)), Standing.ACTIVE),
        (decided(Standing.ACTIVE, YEAR), Standing.LAPSED),
        (decided(Standing.SUSPENDED), Standing.SUSPENDED),
        (decided(Standing.SUSPENDED, 2 * YEAR), Standing.SUSPENDED),
        (decided(Standing.WITHDRAWN), Standing.WITHDRAWN),
    ],
)
def test_standing_today(last, standing):
    assert rules.standing(last, NOON) is standing


@pytest.mark.parametrize("level", list(Level))
def test_every_active_level_may_report(level):
    assert rules.may_report(decided(Standing.ACTIVE, level=level), NOON) is level


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (None, "finish the training"),
        (decided(Standing.ACTIVE, YEAR), "lapsed on 25 November 2026"),
        (decided(Standing.SUSPENDED), "is suspended. Ask your coordinator"),
        (decided(Standing.WITHDRAWN), "was withdrawn"),
    ],
)
def test_everybody_else_is_refused_with_a_sentence_and_the_way_there(last, said):
    with pytest.raises(Refused) as refused:
        rules.may_report(last, NOON, training_url="https://spotter.example/training")
    assert refused.value.kind == "not-accredited"
    assert said in refused.value.detail
    assert refused.value.extra == {"training_url": "https://spotter.example/training"}


@pytest.mark.parametrize(
    ("ago", "same", "counts"),
    [
        (timedelta(days=1), True, True),
        (timedelta(days=364), True, True),
        (timedelta(days=365), True, False),
        (timedelta(days=29), False, True),
        (timedelta(days=30), False, False),
    ],
)
def test_a_passed_exam_counts_for_a_year_and_after_a_change_of_the_module_for_thirty_days(ago, same, counts):
    passed = Passed("flagging-well", "a" * 64, NOON - ago)
    assert rules.counts(passed, ("a" if same else "b") * 64, NOON) is counts


@pytest.mark.parametrize(
    ("by", "role", "exam_passed", "waive", "outcome"),
    [
        ("cora", Role.COORDINATOR, True, False, False),
        ("cora", Role.COORDINATOR, True, True, False),  # nothing was waived: the exam is passed
        ("cora", Role.COORDINATOR, False, True, True),
        ("cora", Role.COORDINATOR, False, False, "conflict"),
        ("ana", Role.COORDINATOR, True, False, "forbidden"),
        ("ana", Role.COORDINATOR, False, True, "forbidden"),
        ("ben", Role.SPOTTER, True, False, "forbidden"),
        ("mia", Role.COMPANY, True, True, "forbidden"),
        ("ada", Role.ADMIN, True, True, "forbidden"),
    ],
)
def test_only_a_coordinator_who_is_somebody_else_accredits_after_an_exam_or_a_waiver(
    by, role, exam_passed, waive, outcome
):
    def accredit():
        return rules.may_accredit(candidate_id="ana", by_id=by, by_role=role, exam_passed=exam_passed, waive_exam=waive)

    if isinstance(outcome, bool):
        assert accredit() is outcome
    else:
        with pytest.raises(Refused) as refused:
            accredit()
        assert refused.value.kind == outcome


@pytest.mark.parametrize(
    ("last", "to", "possible"),
    [
        (Standing.ACTIVE, Standing.SUSPENDED, True),
        (Standing.ACTIVE, Standing.WITHDRAWN, True),
        (Standing.ACTIVE, Standing.ACTIVE, False),
        (Standing.SUSPENDED, Standing.ACTIVE, True),
        (Standing.SUSPENDED, Standing.WITHDRAWN, True),
        (Standing.SUSPENDED, Standing.SUSPENDED, False),
        (Standing.WITHDRAWN, Standing.ACTIVE, False),
        (Standing.WITHDRAWN, Standing.SUSPENDED, False),
        (None, Standing.SUSPENDED, False),
        (None, Standing.ACTIVE, False),
    ],
)
def test_what_may_become_of_an_accreditation(last, to, possible):
    held = decided(last, level=Level.TRUSTED) if last else None

    def change(by="cora", role=Role.COORDINATOR):
        return rules.may_change(candidate_id="ana", by_id=by, by_role=role, last=held, to=to)

    if possible:
        assert change() is Level.TRUSTED
    else:
        with pytest.raises(Refused, match="already") as refused:
            change()
        assert refused.value.kind == "conflict"
    for by, role in (("ana", Role.COORDINATOR), ("ben", Role.SPOTTER)):
        with pytest.raises(Refused) as refused:
            change(by, role)
        assert refused.value.kind == "forbidden"


@pytest.mark.parametrize(
    ("failed_ago", "wait"),
    [(None, None), (timedelta(0), COOL_DOWN), (timedelta(minutes=9, seconds=59), timedelta(seconds=1)),
     (timedelta(minutes=10), None), (timedelta(days=3), None)],
)  # fmt: skip
def test_after_a_failed_attempt_one_waits_ten_minutes(failed_ago, wait):
    until = may_start(None if failed_ago is None else NOON - failed_ago, NOON)
    assert until == (None if wait is None else NOON + wait)
