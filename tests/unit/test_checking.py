"""When a listing is looked at again, by whom, and what the looks of several come to."""

from datetime import UTC, datetime, timedelta

import pytest

from server.core.words import Answer, CheckWhy, Level, Refused, Seen
from server.ledger.monitoring import checking
from server.ledger.monitoring.checking import Look, due_after, looks_again, may_answer, may_look, verdict
from server.ledger.monitoring.reading import PageKind

AT = datetime(2026, 11, 25, 10, tzinfo=UTC)
GONE, PRESENT, CANNOT_TELL = Seen.GONE, Seen.PRESENT, Seen.CANNOT_TELL


def spotter(name: str, seen: Seen, hours: float = 0) -> Look:
    return Look(name, False, seen, AT + timedelta(hours=hours))


def server(seen: Seen, hours: float = 0) -> Look:
    return Look(None, False, seen, AT + timedelta(hours=hours))


def coordinator(seen: Seen) -> Look:
    return Look("cora", True, seen, AT)


@pytest.mark.parametrize(
    ("looks", "established"),
    [
        ([], None),
        ([spotter("ana", GONE)], None),
        ([spotter("ana", GONE), spotter("ben", GONE)], GONE),
        ([spotter("ana", PRESENT), spotter("ben", PRESENT)], PRESENT),
        ([spotter("ana", GONE), spotter("ben", PRESENT)], None),
        ([spotter("noor", GONE), spotter("ben", PRESENT), spotter("ana", GONE)], GONE),
        ([spotter("a", GONE), spotter("b", PRESENT), spotter("c", GONE), spotter("d", PRESENT)], None),
        ([spotter("ana", GONE), spotter("ana", GONE)], None),  # one person is one, however often
        ([spotter("ana", CANNOT_TELL), spotter("ben", CANNOT_TELL), spotter("noor", GONE)], None),
        ([coordinator(PRESENT)], PRESENT),
        ([coordinator(GONE), spotter("ana", PRESENT), spotter("ben", PRESENT)], GONE),
        ([coordinator(CANNOT_TELL)], None),
        ([coordinator(CANNOT_TELL), spotter("ana", GONE), spotter("ben", GONE)], GONE),  # and says nothing against it
        ([server(GONE)], None),
        ([server(GONE, 1), server(GONE)], None),
        ([server(GONE, 5.9), server(GONE, 3), server(GONE)], None),
        ([server(GONE, 6), server(GONE)], GONE),  # the same outage would not last, and the page would not stay
        ([server(GONE, 9), server(CANNOT_TELL, 6), server(GONE)], GONE),
        ([server(GONE, 12), server(PRESENT, 6), server(GONE)], None),
        ([server(GONE, 18), server(GONE, 12), server(PRESENT, 6), server(GONE)], GONE),
        ([server(PRESENT, 12), server(GONE, 6), server(GONE)], None),
        ([server(GONE, 6), spotter("ana", GONE)], GONE),
        ([spotter("ana", GONE, 6), server(GONE)], GONE),
        ([server(GONE, 5), spotter("ana", GONE)], None),
        (
            [spotter("ben", GONE, 1), server(GONE, 1), spotter("ana", GONE)],
            GONE,
        ),  # two people need no hours between them
        ([server(GONE, 6), server(GONE), spotter("ana", PRESENT)], GONE),
        ([server(GONE, 6), server(GONE), spotter("ana", PRESENT), spotter("ben", PRESENT)], None),
        ([server(GONE, 6), spotter("ana", PRESENT)], None),
        ([server(PRESENT, 12), server(PRESENT)], None),  # a page may keep what its seller took away: a person sees it
        ([server(PRESENT), spotter("ana", PRESENT)], PRESENT),
        ([server(PRESENT, 6), spotter("ana", GONE)], None),
        # what was gone before the server saw it there says nothing of it now
        ([spotter("ben", GONE, 12), server(PRESENT, 6), spotter("ana", GONE)], None),
        ([spotter("noor", GONE, 13), spotter("ben", GONE, 12), server(PRESENT, 6), spotter("ana", GONE)], GONE),
        ([spotter("noor", GONE, 14), server(PRESENT, 13), spotter("ben", GONE, 12), server(PRESENT, 6)], None),
        ([server(GONE, 18), server(PRESENT, 6), spotter("ana", GONE)], None),
        ([spotter("ben", PRESENT, 7), server(PRESENT, 6), spotter("ana", GONE)], PRESENT),
        # nor does what was gone for the server before a person saw it there
        ([server(GONE, 12), spotter("ana", PRESENT, 6), server(GONE)], None),
        ([server(GONE, 18), server(GONE, 12), spotter("ana", PRESENT, 6), server(GONE)], GONE),
    ],
)
def test_two_independent_people_or_one_coordinator_establish_it(looks: list[Look], established: Seen | None) -> None:
    assert verdict(looks) is established


def test_only_an_answer_that_says_gone_and_silence_are_looked_into() -> None:
    asked = {answer: due_after(answer, AT) for answer in Answer}
    looked_into = {answer for answer, due in asked.items() if due}
    assert looked_into == {Answer.REMOVED, Answer.ACCESS_DISABLED, Answer.ACCOUNT_SUSPENDED, Answer.ALREADY_GONE}
    assert asked[Answer.REMOVED] == (CheckWhy.ANSWERED, AT + timedelta(days=1))
    assert due_after(None, AT) == (CheckWhy.UNANSWERED, AT)


def test_what_is_gone_is_looked_for_a_week_and_a_month_later_and_no_more() -> None:
    week, month = AT + timedelta(days=7), AT + timedelta(days=30)
    second = timedelta(seconds=1)
    for at, due, times in (
        (AT, week, 0), (week - second, week, 0), (week, month, 1), (month - second, month, 1), (month, None, 2)
    ):  # fmt: skip
        assert (checking.look_for_relisting(AT, at), checking.times_to_look(AT, at)) == (due, times)


def test_only_trusted_and_lead_spotters_are_asked_and_never_who_reported_it() -> None:
    assert [may_look(level, False) for level in (None, *Level)] == [False, False, True, True]
    assert not any(may_look(level, True) for level in Level)


@pytest.mark.parametrize(
    ("kind", "again"),
    [(PageKind.NOT_FOUND, True), (PageKind.SOFT_404, True), (PageKind.REMOVED, True), (PageKind.TROUBLE, True),
     (PageKind.LISTING, False), (PageKind.LOGIN, False), (PageKind.FORBIDDEN, False), (PageKind.UNCLEAR, False)],
)  # fmt: skip
def test_the_server_looks_again_at_what_is_gone_or_may_pass_but_a_few_times_only(kind: PageKind, again: bool) -> None:
    assert looks_again([server(GONE)], kind) is again
    assert looks_again([spotter("ana", GONE), spotter("ben", PRESENT), server(GONE), server(GONE)], kind) is again
    assert not looks_again([server(GONE)] * 3, kind)


@pytest.mark.parametrize(
    ("level", "reported_it", "due", "still_open", "looked_already", "refused"),
    [
        (Level.TRUSTED, False, True, True, False, None),
        (Level.TRUSTED, False, True, True, True, None),
        (Level.TRUSTED, False, True, False, True, None),  # the same again
        (Level.TRUSTED, False, True, False, False, "gone"),
        (Level.TRUSTED, False, False, True, False, "not-found"),
        (Level.TRUSTED, True, True, True, False, "not-found"),
        (Level.PROBATION, False, True, True, False, "not-found"),
    ],
)
def test_who_is_asked_may_answer_until_others_have_settled_it(
    level: Level, reported_it: bool, due: bool, still_open: bool, looked_already: bool, refused: str | None
) -> None:
    try:
        may_answer(level, reported_it, due=due, still_open=still_open, looked_already=looked_already)
        kind = None
    except Refused as refusal:
        kind = refusal.kind
    assert kind == refused


def test_the_pace_is_the_one_promised() -> None:
    # Ten seconds, or as long as robots.txt asks: docs/operating.md and decision 0010. Three at a time: a favour.
    assert (checking.PAUSE, checking.LONGEST_PAUSE, checking.OFFERED) == (10, 3600, 3)
    assert timedelta(days=30) == checking.LAPSES
