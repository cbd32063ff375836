"""When a listing is looked at again, by whom, and what the looks of several come to."""

from datetime import UTC, datetime, timedelta

import pytest

from server.core.words import Answer, CheckWhy, Level, Refused, Seen
from server.ledger.monitoring import checking
from server.ledger.monitoring.checking import Look, due_after, may_answer, may_look, read_reply, verdict

AT = datetime(2026, 11, 25, 10, tzinfo=UTC)
GONE, PRESENT, CANNOT_TELL = Seen.GONE, Seen.PRESENT, Seen.CANNOT_TELL


def spotter(name: str, seen: Seen) -> Look:
    return Look(name, False, seen)


def server(seen: Seen) -> Look:
    return Look(None, False, seen)


def coordinator(seen: Seen) -> Look:
    return Look("cora", True, seen)


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
        ([server(GONE), server(GONE)], None),
        ([server(GONE), spotter("ana", GONE)], GONE),
        ([server(GONE), spotter("ana", PRESENT)], None),
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


def test_only_trusted_and_lead_spotters_are_asked_and_never_who_reported_it() -> None:
    assert [may_look(level, False) for level in (None, *Level)] == [False, False, True, True]
    assert not any(may_look(level, True) for level in Level)


@pytest.mark.parametrize(
    ("status", "body", "seen"),
    [
        (404, "", GONE),
        (410, "", GONE),
        (200, "<h1>This  listing\nhas ended.</h1>", GONE),
        (200, "<h1>Grey parrot</h1>", CANNOT_TELL),  # that it is there, a person sees
        (403, "This listing has ended.", CANNOT_TELL),
        (302, "", CANNOT_TELL),
        (503, "", CANNOT_TELL),
    ],
)
def test_the_server_reads_only_that_a_listing_is_gone(status: int, body: str, seen: Seen) -> None:
    assert read_reply(status, body, ("This listing has ended",)) is seen
    assert status in (404, 410) or read_reply(status, body, ()) is CANNOT_TELL


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
