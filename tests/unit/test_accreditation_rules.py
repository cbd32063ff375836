"""Who may report, until when, what is asked of them again and what a level is good for: the rules as tables."""

from datetime import date, timedelta

import pytest

from server.core import wording
from server.core.words import Level, Refused, Standing
from server.ledger.species.entries import Group
from server.people.accreditation import asking, standings
from server.people.accreditation.asking import AskedAgain
from server.people.accreditation.standings import Accreditation, AccreditationScope
from server.people.courses.changes import Change
from tests.accreditations import DAY, NOON, YEAR, decided


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
    assert standings.standing(last, NOON) is standing


def test_an_accreditation_lasts_a_year():
    assert standings.LASTS == YEAR  # the head of the rule, and what every accredited person is told


@pytest.mark.parametrize("level", list(Level))
def test_every_active_level_may_report(level):
    assert standings.may_report(decided(Standing.ACTIVE, level=level), NOON).level is level


@pytest.mark.parametrize(
    ("last", "asked", "message"),
    [
        (None, None, "finish the training"),
        (decided(Standing.ACTIVE, YEAR), None, "lapsed on 25 November 2026"),
        (decided(Standing.SUSPENDED), None, "is suspended. The training page shows the reason"),
        (decided(Standing.WITHDRAWN), None, "was withdrawn"),
        (decided(Standing.ACTIVE), NOON, "“Ivory” has changed. Go through it again"),
    ],
)
def test_everybody_else_is_refused_with_a_sentence_and_the_way_there(last, asked, message):
    changed = (AskedAgain("ivory", "Ivory", asked),) if asked else ()
    with pytest.raises(Refused) as refused:
        standings.may_report(last, NOON, changed, training_url="https://spotter.example/training")
    assert refused.value.kind == "not-accredited"
    assert message in refused.value.detail
    assert refused.value.extra == {"training_url": "https://spotter.example/training"}


def test_what_is_asked_again_stops_nobody_before_its_day():
    asked = (AskedAgain("ivory", "Ivory", NOON + timedelta(seconds=1)),)
    assert standings.may_report(decided(Standing.ACTIVE), NOON, asked).level is Level.PROBATION


def end_of(day):
    """A day that is named counts to its end, in UTC."""
    return day.replace(hour=23, minute=59, second=59, microsecond=999_999)


@pytest.mark.parametrize(
    ("covers", "passed", "seen", "since", "until"),
    [
        ({"ivory": "old"}, set(), NOON - DAY, NOON - 9 * DAY, NOON + 29 * DAY),  # from the day it changed
        ({"ivory": "old"}, set(), NOON - 9 * DAY, NOON - DAY, NOON + 29 * DAY),  # not before one's own accreditation
        ({"ivory": "old"}, set(), None, NOON - 99 * DAY, NOON + 30 * DAY),  # just seen
        ({"ivory": "new"}, set(), NOON, NOON, None),
        ({"ivory": "old"}, {("ivory", "new")}, NOON, NOON, None),  # passed again
        ({"ivory": "old"}, {("ivory", "older")}, NOON, NOON, NOON + 30 * DAY),
        ({"bone": "old"}, set(), NOON, NOON, None),  # required only since: asked at the next renewal
        ({}, set(), NOON, NOON, None),  # before it was kept
    ],
)
def test_a_changed_module_is_asked_again_with_thirty_days_of_grace(covers, passed, seen, since, until):
    known = {("ivory", "new"): seen} if seen else {}
    asked = asking.asked_again(covers, {"ivory": ("new", "Ivory")}, passed, known, since, NOON)
    assert [grant.until for grant in asked] == ([end_of(until)] if until else [])


FIRST = Change("ivory", date(2026, 11, 1), True, ("horn", "bone"), "A date")


SECOND = Change("ivory", date(2026, 11, 20), True, ("teeth", "bone"), "A number")


@pytest.mark.parametrize(
    ("covers", "open_", "seen", "until", "lessons"),
    [
        ({"ivory": "x"}, [FIRST], {FIRST: 9}, 21, ("horn", "bone")),
        (
            {"ivory": "x"},
            [FIRST, SECOND],
            {FIRST: 9, SECOND: 2},
            21,
            ("horn", "bone", "teeth"),
        ),  # one test, by the first day
        (
            {"ivory": "x"},
            [FIRST],
            {FIRST: 90},
            20,
            ("horn", "bone"),
        ),  # not before one's own accreditation, ten days ago
        ({"ivory": "x"}, [FIRST], {}, 30, ("horn", "bone")),  # just seen
        ({"ivory": "x", FIRST.state[0]: FIRST.state[1]}, [FIRST, SECOND], {SECOND: 2}, 28, ("teeth", "bone")),
        ({"ivory": "x"}, [], {FIRST: 9}, None, ()),  # passed
        ({"bone": "x"}, [FIRST], {FIRST: 9}, None, ()),  # it was not given on that module
        ({}, [FIRST], {FIRST: 9}, None, ()),
    ],
)
def test_a_material_change_asks_for_a_short_test_on_it_with_thirty_days_of_grace(covers, open_, seen, until, lessons):
    known = {change.state: NOON - ago * DAY for change, ago in seen.items()}
    asked = asking.asked_about(covers, open_, {"ivory": ("x", "Ivory")}, known, NOON - 10 * DAY, NOON)
    assert [((each.until - NOON).days, each.lessons) for each in asked] == ([(until, lessons)] if until else [])
    assert [each.state for each in asked] == ([open_[-1].state[1]] if until else [])  # what passing it answers to


def test_who_has_not_passed_the_short_test_in_time_hears_what_to_do():
    overdue = AskedAgain("ivory", "Ivory", NOON, ("horn",))
    with pytest.raises(Refused, match="Pass the short test on it"):
        standings.may_report(decided(Standing.ACTIVE), NOON, [overdue])


INSTANT = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("standing", "ago", "shorter", "again"),
    [
        (None, 0 * DAY, False, False),
        (Standing.ACTIVE, 300 * DAY - INSTANT, False, False),
        (
            Standing.ACTIVE,
            300 * DAY,
            True,
            True,
        ),  # from day 300 exams count for the renewal, and the shorter one is enough
        (Standing.ACTIVE, YEAR, True, True),  # lapsed
        (Standing.ACTIVE, YEAR + 90 * DAY - INSTANT, True, True),
        (Standing.ACTIVE, YEAR + 90 * DAY, False, True),  # whole exams
        (Standing.SUSPENDED, 310 * DAY, False, False),
        (Standing.WITHDRAWN, 310 * DAY, False, False),
    ],
)
def test_from_day_300_until_ninety_days_after_the_end_a_shorter_exam_is_enough(standing, ago, shorter, again):
    last = decided(standing, ago)
    assert standings.renewal_open(last, NOON) is shorter
    assert (standings.exams_count_from(last, NOON) is not None) is again


@pytest.mark.parametrize(
    ("scope", "group", "language", "level"),
    [
        (AccreditationScope(), "bird", "fr", Level.LEAD),
        (AccreditationScope(("bird",)), "bird", "fr", Level.LEAD),
        (AccreditationScope(("bird",)), "reptile", "fr", Level.PROBATION),
        (AccreditationScope(("bird",)), None, None, Level.LEAD),
        (AccreditationScope((), ("fr",)), "bird", "fr-CA", Level.LEAD),
        (AccreditationScope((), ("fr",)), "bird", "en", Level.PROBATION),
        (AccreditationScope(("bird",), ("fr",)), "bird", "en", Level.PROBATION),
    ],
)
def test_a_level_counts_inside_its_scope(scope, group, language, level):
    held = Accreditation(Level.LEAD, Standing.ACTIVE, NOON, NOON + YEAR, scope=scope)
    assert held.level_for(group, language) is level


def test_the_scopes_groups_are_the_lexicons():
    assert list(wording.GROUP) == [group.value for group in Group]


@pytest.mark.parametrize(
    ("day", "now", "renewable"),
    [
        (0, None, False),
        (299, None, False),
        (300, 300, False),  # from here on exams count for the renewal
        (304, 300, False),
        (305, 300, True),
        (334, 300, True),
        (335, 300, True),
        (357, 300, True),
        (358, 300, True),
        (364, 300, True),
        (365, 300, False),  # lapsed: what was passed since day 300 still counts
        (500, 300, False),
    ],
)
def test_from_day_300_exams_are_passed_again_and_from_day_305_it_can_be_renewed(day, now, renewable):
    given = standings.Accreditation(Level.TRUSTED, Standing.ACTIVE, NOON, NOON + YEAR)
    counted = standings.exams_count_from(given, NOON + day * DAY)
    assert counted == (NOON + now * DAY if now is not None else None)
    assert standings.renewable(given, NOON + day * DAY) is renewable


@pytest.mark.parametrize("stopped", [Standing.SUSPENDED, Standing.WITHDRAWN])
def test_who_is_stopped_or_was_never_let_in_is_not_up_for_renewal(stopped):
    given = standings.Accreditation(Level.TRUSTED, stopped, NOON, NOON + YEAR)
    assert not standings.renewable(given, NOON + 350 * DAY) and not standings.renewable(None, NOON)
    assert standings.exams_count_from(given, NOON + 350 * DAY) is standings.exams_count_from(None, NOON) is None
