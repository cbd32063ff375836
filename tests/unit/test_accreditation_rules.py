"""Who may report, and who may say so: the rules as tables."""

from datetime import UTC, date, datetime, timedelta

import pytest

from server.core import wording
from server.core.words import Level, Refused, Standing
from server.ledger.species.entries import Group
from server.people.accreditation import asking, deciding, standings
from server.people.accreditation.asking import AskedAgain
from server.people.accreditation.standings import Accreditation, AccreditationScope, Candidate, Decider, Vouch
from server.people.courses.changes import Change

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
YEAR, DAY = timedelta(days=365), timedelta(days=1)


def decided(standing: Standing | None, ago: timedelta = DAY, level: Level = Level.PROBATION, by: str = "cora"):
    if standing is None:
        return None
    return Accreditation(level, standing, NOON - ago, NOON - ago + YEAR, by_id=by)


BEN = Candidate("ben", invited_by=frozenset({"dan"}), signed=True, exam_passed=True)
CORA, DAN = Decider("cora", True), Decider("dan", True)


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
    asked = asking.asked_about(covers, open_, {"ivory": "Ivory"}, known, NOON - 10 * DAY, NOON)
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
    ("by", "candidate", "last", "waive", "outcome"),
    [
        (CORA, BEN, None, False, False),
        (CORA, BEN, None, True, False),  # nothing was waived: the exam is passed
        (CORA, BEN, decided(Standing.WITHDRAWN), False, False),
        (CORA, BEN, decided(Standing.ACTIVE, YEAR), False, False),  # lapsed
        (CORA, BEN, decided(Standing.ACTIVE, YEAR - 60 * DAY), False, False),  # in the last two months
        (CORA, BEN, decided(Standing.ACTIVE, YEAR - 60 * DAY - timedelta(seconds=1)), False, "conflict"),
        (CORA, BEN, decided(Standing.ACTIVE, DAY), False, "conflict"),  # far from lapsing
        (CORA, BEN, decided(Standing.SUSPENDED), False, "conflict"),
        (CORA, Candidate("ben", frozenset(), True, False), None, True, True),
        (CORA, Candidate("ben", frozenset(), True, False), None, False, "conflict"),
        (CORA, Candidate("ben", frozenset(), False, True), None, True, "conflict"),  # an agreement is never waived
        (Decider("ben", True), BEN, None, False, "forbidden"),
        (Decider("ben", True, alone=True, second="Eve"), BEN, None, True, "forbidden"),
        (DAN, BEN, None, False, "forbidden"),  # he invited Ben
        (Decider("dan", True, second="Eve, WWF"), BEN, None, False, "forbidden"),  # Cora could
        (Decider("dan", True, alone=True), BEN, None, False, "forbidden"),
        (Decider("dan", True, alone=True, second="Eve, WWF"), BEN, None, False, False),
        (Decider("ana", False), BEN, None, False, "forbidden"),
        (Decider("mia", False), BEN, None, True, "forbidden"),
        (Decider("ada", False), BEN, None, True, "forbidden"),
    ],
)
def test_who_accredits_whom_and_on_what(by, candidate, last, waive, outcome):
    if isinstance(outcome, bool):
        assert deciding.may_accredit(candidate, by, last, NOON, Level.PROBATION, waive_exam=waive) is outcome
    else:
        with pytest.raises(Refused) as refused:
            deciding.may_accredit(candidate, by, last, NOON, Level.PROBATION, waive_exam=waive)
        assert refused.value.kind == outcome


STOP = [Standing.SUSPENDED, Standing.WITHDRAWN]


@pytest.mark.parametrize(
    ("last", "to", "possible"),
    [
        (Standing.ACTIVE, Standing.SUSPENDED, True),
        (Standing.ACTIVE, Standing.WITHDRAWN, True),
        (Standing.SUSPENDED, Standing.WITHDRAWN, True),
        (Standing.SUSPENDED, Standing.SUSPENDED, False),
        (Standing.WITHDRAWN, Standing.SUSPENDED, False),
        (Standing.WITHDRAWN, Standing.WITHDRAWN, False),
        (None, Standing.SUSPENDED, False),
    ],
)
def test_what_may_be_stopped_and_by_whom(last, to, possible):
    held = decided(last)
    if possible:
        deciding.may_stop(BEN, CORA, held, to)
        deciding.may_stop(BEN, DAN, held, to)  # stopping is for everyone at the desk, also for who invited
    else:
        with pytest.raises(Refused) as refused:
            deciding.may_stop(BEN, CORA, held, to)
        assert refused.value.kind == "conflict"
    for by in (Decider("ben", True), Decider("ana", False)):
        with pytest.raises(Refused) as refused:
            deciding.may_stop(BEN, by, held, to)
        assert refused.value.kind == "forbidden"


@pytest.mark.parametrize("last", [None, *Standing])
def test_only_a_suspension_is_lifted_and_only_an_active_persons_level_changed(last):
    held = decided(last) if last not in (Standing.NONE, Standing.LAPSED) else decided(Standing.ACTIVE, YEAR)
    for rule, wanted in ((deciding.may_reinstate, Standing.SUSPENDED), (_change_level, Standing.ACTIVE)):
        if last is wanted:
            rule(BEN, CORA, held)
            with pytest.raises(Refused, match="You invited this person"):
                rule(BEN, DAN, held)
        else:
            with pytest.raises(Refused) as refused:
                rule(BEN, CORA, held)
            assert refused.value.kind == "conflict"


@pytest.mark.parametrize(
    ("last", "may"),
    [
        (decided(Standing.ACTIVE, level=Level.TRUSTED), True),
        (decided(Standing.ACTIVE, level=Level.LEAD), True),
        (decided(Standing.ACTIVE, level=Level.PROBATION), False),
        (decided(Standing.ACTIVE, YEAR, level=Level.TRUSTED), False),  # lapsed
        (decided(Standing.SUSPENDED, level=Level.TRUSTED), False),
        (None, False),
    ],
)
def test_the_rules_step_down_only_who_is_trusted_today(last, may):
    if may:
        deciding.may_step_down(last, NOON)
    else:
        with pytest.raises(Refused) as refused:
            deciding.may_step_down(last, NOON)
        assert refused.value.kind == "conflict"


def test_who_invited_somebody_is_the_second_person_when_their_level_is_raised():
    """Ben passed the exam; Dan invited him."""
    deciding.may_change_level(BEN, CORA, decided(Standing.ACTIVE), NOON, Level.TRUSTED)
    with pytest.raises(Refused, match="takes two people"):
        deciding.takes_two(BEN, CORA, decided(Standing.ACTIVE), Level.TRUSTED, waived=True)


NOBODY: frozenset[str] = frozenset()
ALONE = {"alone": True, "second": "Eve, WWF, eve@wwf.example"}


@pytest.mark.parametrize(
    ("by", "invited_by", "vouched", "last", "level", "waived", "allowed"),
    [
        # One person alone: never, whether the exam is passed or waived, and whoever joined in whatever way
        (CORA, NOBODY, NOBODY, None, Level.PROBATION, True, True),
        (CORA, NOBODY, NOBODY, None, Level.TRUSTED, True, False),
        (CORA, NOBODY, NOBODY, None, Level.TRUSTED, False, False),
        (CORA, NOBODY, NOBODY, None, Level.LEAD, False, False),
        (CORA, NOBODY, {"cora"}, decided(Standing.ACTIVE), Level.TRUSTED, False, False),
        # Two: another accredited them, invited them, or is named
        (CORA, NOBODY, {"dan"}, decided(Standing.ACTIVE, by="dan"), Level.TRUSTED, False, True),
        (DAN, NOBODY, {"cora"}, decided(Standing.ACTIVE), Level.LEAD, False, True),
        (CORA, {"dan"}, NOBODY, None, Level.TRUSTED, False, True),
        (CORA, {"dan"}, NOBODY, None, Level.TRUSTED, True, False),  # whoever invites has not looked at what they know
        (Decider("cora", True, second="dan@x.test", second_id="dan"), NOBODY, NOBODY, None, Level.TRUSTED, True, True),
        (Decider("cora", True, second_id="cora"), NOBODY, NOBODY, None, Level.TRUSTED, True, False),
        (Decider("cora", True, second_id="ben"), NOBODY, NOBODY, None, Level.TRUSTED, True, False),
        # The only coordinator asks somebody elsewhere; where there are others, that does not count
        (Decider("cora", True, **ALONE), NOBODY, NOBODY, None, Level.TRUSTED, True, True),
        (Decider("cora", True, alone=True), NOBODY, NOBODY, None, Level.TRUSTED, False, False),
        (Decider("cora", True, second=ALONE["second"]), NOBODY, NOBODY, None, Level.TRUSTED, False, False),
        # What somebody has is kept or lowered by one; after a withdrawal it takes two again
        (CORA, NOBODY, {"cora"}, decided(Standing.ACTIVE, YEAR, Level.TRUSTED), Level.TRUSTED, False, True),
        (CORA, NOBODY, {"cora"}, decided(Standing.ACTIVE, YEAR, Level.LEAD), Level.TRUSTED, False, True),
        (CORA, NOBODY, {"cora"}, decided(Standing.ACTIVE, YEAR, Level.TRUSTED), Level.LEAD, False, False),
        (CORA, NOBODY, NOBODY, decided(Standing.WITHDRAWN, DAY, Level.TRUSTED), Level.TRUSTED, False, False),
    ],
)  # fmt: skip
def test_one_person_alone_makes_nobody_trusted(by, invited_by, vouched, last, level, waived, allowed):
    candidate = Candidate("ben", frozenset(invited_by), True, not waived, frozenset(vouched))
    if allowed:
        deciding.takes_two(candidate, by, last, level, waived=waived)
    else:
        with pytest.raises(Refused, match="takes two people") as refused:
            deciding.takes_two(candidate, by, last, level, waived=waived)
        assert refused.value.kind == "forbidden"


@pytest.mark.parametrize(
    ("by", "says"),
    [
        (CORA, "Accredit on probation; then another coordinator"),
        (Decider("cora", True, alone=True), "As the only coordinator, name the person elsewhere"),
    ],
)
def test_who_makes_somebody_trusted_alone_is_told_what_there_is_to_do(by, says):
    with pytest.raises(Refused, match=says):
        deciding.takes_two(Candidate("ben", frozenset(), True, True), by, None, Level.TRUSTED)


TOMORROW = NOON + DAY


@pytest.mark.parametrize(
    ("colleagues", "says"),
    [
        ((("Dan", None), ("Eva", None)), "can raise the level: Dan, Eva."),
        ((("Dan", TOMORROW), ("Eva", None)), "can raise the level: Eva."),
        ((("Dan", NOON + 9 * DAY), ("Eva", TOMORROW)), "Eva can raise the level from 26 November 2026"),
    ],
)
def test_who_lacks_a_second_person_is_told_whom_to_ask_and_from_when(colleagues, says):
    with pytest.raises(Refused) as refused:
        deciding.takes_two(
            Candidate("ben", frozenset(), True, True), Decider("cora", True, colleagues=colleagues), None, Level.TRUSTED
        )
    assert says in refused.value.detail


@pytest.mark.parametrize(
    ("colleagues", "says"),
    [
        ((("Dan", None), ("Eva", TOMORROW)), "until then, ask Dan."),
        ((("Eva", TOMORROW),), "You can raise a level from 26 November 2026."),
    ],
)
def test_whose_account_is_new_is_told_from_when_and_whom_to_ask_until_then(colleagues, says):
    new = Decider("cora", True, new_until=TOMORROW, colleagues=colleagues)
    with pytest.raises(Refused) as refused:
        deciding.takes_two(Candidate("ben", frozenset({"dan"}), True, True), new, None, Level.TRUSTED)
    assert refused.value.detail.endswith(says)


def test_exams_that_are_too_old_for_a_renewal_may_be_waived_like_any():
    renewed = Candidate("ben", frozenset(), signed=True, exam_passed=False)
    near = decided(Standing.ACTIVE, 310 * DAY)
    assert deciding.may_accredit(renewed, CORA, near, NOON, Level.PROBATION, waive_exam=True) is True
    with pytest.raises(Refused, match="Those passed before"):
        deciding.may_accredit(renewed, CORA, near, NOON, Level.PROBATION, waive_exam=False)
    with pytest.raises(Refused, match="The exam is not passed yet"):
        deciding.may_accredit(renewed, CORA, None, NOON, Level.PROBATION, waive_exam=False)


BIRDS, ALL = AccreditationScope(groups=("bird",)), AccreditationScope()
BIRDS_IN_FRENCH = AccreditationScope(groups=("bird",), languages=("fr",))
MORE = AccreditationScope(groups=("bird", "reptile"))


def word(by, level=Level.TRUSTED, scope=ALL, standing=Standing.ACTIVE, second=False):
    return Vouch(by, standing, level, scope, second)


@pytest.mark.parametrize(
    ("history", "vouch"),
    [
        ([], set()),
        ([word("cora")], {"cora"}),
        ([word("cora"), word("dan")], {"cora", "dan"}),
        ([word("cora", second=True)], {"cora", standings.SECOND}),  # with a person elsewhere
        ([word("cora"), word("dan", Level.PROBATION)], {"cora"}),  # Dan lowered it
        ([word("cora"), word("dan", Level.PROBATION), word("dan")], {"cora", "dan"}),
        ([word("cora"), word("dan", standing=Standing.SUSPENDED)], {"cora"}),
        ([word("cora"), word("cora", standing=Standing.SUSPENDED)], set()),
        ([word("cora"), word("dan", scope=BIRDS)], {"cora"}),  # Dan narrowed it
        ([word("cora", scope=BIRDS), word("dan", scope=BIRDS_IN_FRENCH)], {"cora"}),
        ([word("cora", scope=MORE), word("dan", scope=BIRDS)], {"cora"}),
        ([word("cora", scope=BIRDS), word("dan", scope=BIRDS)], {"cora", "dan"}),
        ([word("cora", scope=BIRDS), word("dan", scope=MORE)], {"cora", "dan"}),  # widened
        ([word("cora", scope=BIRDS), word("dan", scope=ALL)], {"cora", "dan"}),
        ([word("cora"), word("dan", standing=Standing.WITHDRAWN)], set()),
        ([word("cora"), word("dan", standing=Standing.WITHDRAWN), word("eva", Level.PROBATION)], {"eva"}),
    ],
)
def test_who_vouches_for_somebody_is_whose_last_word_gave_kept_or_raised(history, vouch):
    assert deciding.vouching(history) == vouch


@pytest.mark.parametrize(
    ("by", "says"),
    [(DAN, "Ask another coordinator"), (Decider("dan", True, alone=True), "As the only coordinator, name the person")],
)
def test_who_invited_somebody_is_told_whom_to_ask(by, says):
    with pytest.raises(Refused, match=says):
        deciding.independent(Candidate("ben", frozenset({"dan"}), True, True), by)


@pytest.mark.parametrize(
    ("candidate", "invited_by", "waive", "refused"),
    [(True, {"dan"}, False, False), (False, {"dan"}, True, True), (False, {"dan"}, False, True)],
)
def test_who_invites_vouches_for_those_alone_who_pass_the_exam(candidate, invited_by, waive, refused):
    ben = Candidate("ben", frozenset(invited_by), True, candidate)
    if refused:
        with pytest.raises(Refused):
            deciding.may_accredit(ben, CORA, None, NOON, Level.TRUSTED, waive_exam=waive)
    else:
        assert deciding.may_accredit(ben, CORA, None, NOON, Level.TRUSTED, waive_exam=waive) is False


def test_a_step_down_by_the_rules_is_told_as_it_was_written_or_with_its_numbers():
    params = {"judged": 20, "low": 30, "high": 60, "asks": 70}
    assert deciding.why_stepped_down({}, "Too many errors.") == "Too many errors."
    assert "latest 20 judgements" in deciding.why_stepped_down(params, None)


@pytest.mark.parametrize(
    ("second", "address"),
    [("Eve Tan, WWF, Eve@WWF.example", "eve@wwf.example"), ("Eve <eve@wwf.example>", "eve@wwf.example"), ("Eve, WWF", ""),
     ("", ""), ("@", ""), ("eve@wwf", "")],
)  # fmt: skip
def test_the_second_persons_address_is_read_from_what_was_written(second, address):
    assert deciding.address_in(second) == address


def _change_level(candidate, by, last):
    deciding.may_change_level(candidate, by, last, NOON, Level.PROBATION)


@pytest.mark.parametrize("last", [None, Standing.ACTIVE, *STOP])
@pytest.mark.parametrize("already", [False, True])
def test_one_appeal_against_what_was_stopped(last, already):
    if last in STOP and not already:
        deciding.may_appeal(decided(last), already)
    else:
        with pytest.raises(Refused):
            deciding.may_appeal(decided(last), already)


@pytest.mark.parametrize(
    ("by", "message"),
    [
        (CORA, "You invited this person or decided before"),
        (DAN, "You invited this person or decided before"),
        (Decider("ben", True), "your own"),
        (Decider("ana", False), "Only coordinators"),
        (Decider("cora", True, alone=True), "Name the person elsewhere"),
        (Decider("dan", True, alone=True), "Name the person elsewhere"),
        (Decider("cora", True, alone=True, second="Eve, WWF"), None),
        (Decider("dan", True, alone=True, second="Eve, WWF"), None),
        (Decider("dan", True, second="Eve, WWF"), "Another coordinator or an administrator"),
        (Decider("eve", True), None),
    ],
)
def test_an_appeal_is_decided_by_somebody_else_than_who_decided(by, message):
    if message is None:
        deciding.may_decide_appeal(BEN, by, decided(Standing.SUSPENDED))
    else:
        with pytest.raises(Refused, match=message):
            deciding.may_decide_appeal(BEN, by, decided(Standing.SUSPENDED))


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


# --- Renewal ---------------------------------------------------------------------------------------------------------


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


def test_while_an_appeal_is_open_nothing_else_is_decided():
    deciding.no_open_appeal(False)
    with pytest.raises(Refused, match="decided first") as refused:
        deciding.no_open_appeal(True)
    assert refused.value.kind == "stale"
