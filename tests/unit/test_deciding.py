"""Who may say that somebody reports, is stopped, or is trusted more; and who decides an appeal: the rules as tables."""

from datetime import timedelta

import pytest

from server.core.words import Level, Refused, Standing
from server.people.accreditation import deciding, standings
from server.people.accreditation.standings import AccreditationScope, Candidate, Decider, Vouch
from tests.accreditations import DAY, NOON, YEAR, decided

BEN = Candidate("ben", invited_by=frozenset({"dan"}), signed=True, exam_passed=True)


CORA, DAN = Decider("cora", True), Decider("dan", True)


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


def test_while_an_appeal_is_open_nothing_else_is_decided():
    deciding.no_open_appeal(False)
    with pytest.raises(Refused, match="decided first") as refused:
        deciding.no_open_appeal(True)
    assert refused.value.kind == "stale"
