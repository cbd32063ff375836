"""What a coordinator sees beside the decision about somebody: how their exams went, how long they took, what was read when."""

import re
from datetime import timedelta

import pytest
import time_machine

from server.core import clock
from server.core.database import read, write
from server.pages.people import learning_record
from server.people.exams import exam
from server.people.exams.models import Attempt
from server.people.training.models import Reading
from tests.small_module import SMALL, places, sign, take_exam, teach_small
from tests.statements import statements


@pytest.fixture(autouse=True)
def small(app, tmp_path):
    return teach_small(app, tmp_path)


@pytest.fixture
def hand():
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        yield hand


def panel(people):
    """The words of the panel beside the decision."""
    page = people.browser("cora").get(f"/people/{people.ids['ben']}").text
    shown = page.partition('aria-labelledby="learnt"')[2].partition("</section>")[0]
    return re.sub(r" ([.,;])", r"\1", " ".join(re.sub(r"<[^>]+>", " ", shown).split()))


def sit(people, hand, minutes, **how):
    """Ben takes the exam in so many minutes."""
    ben = people.browser("ben")
    ben.post(f"{SMALL}/exam")
    hand.shift(timedelta(minutes=minutes))
    take_exam(ben, **how)


def test_nothing_is_said_where_there_is_nothing(people):
    assert "0 of 2 lessons read. No exam yet." in panel(people)


def test_attempts_durations_failures_and_reading_stand_beside_the_decision(people, hand):
    with write() as session:
        session.add(Reading(account_id=people.ids["ben"], module="small", section="one", at=clock.now()))
    hand.shift(timedelta(days=2))
    sit(people, hand, 2, wrong=9)
    hand.shift(exam.COOL_DOWN)
    sit(people, hand, 31, wrong=2)
    with write() as session:
        session.add(Reading(account_id=people.ids["ben"], module="small", section="two", at=clock.now()))
    said = panel(people)
    assert "2 of 2 lessons read, from 25 November 2026 to 27 November 2026." in said
    assert "Passed on 27 November 2026, in 31 mins." in said and "1 attempt failed." in said
    assert "When they began the exam they passed, they had read 1 of 2 lessons." in said
    rows = said.partition("Exams, newest first")[2]
    assert re.search(r"31 mins passed, 13 of 15 right .* 2 mins failed, 6 of 15 right", rows)
    assert "One read on 25 November 2026" in said and "Two read on 27 November 2026" in said


def test_an_exam_in_progress_one_that_ran_out_and_one_laid_aside_are_told_apart(people, hand, app, tmp_path):
    ben = people.browser("ben")
    ben.post(f"{SMALL}/exam")
    assert "in progress" in panel(people) and "Not passed yet." in panel(people)
    ben.post(f"{SMALL}/exam/1", data={"choice": places(ben.get(f"{SMALL}/exam/1").text)})
    hand.shift(exam.time_for(exam.LENGTH))
    people.browser("ben").post(f"{SMALL}/exam/2", data={"choice": "0"})
    assert "45 mins, time ran out failed, 1 of 15 right" in panel(people)
    hand.shift(exam.COOL_DOWN)
    people.browser("ben").post(f"{SMALL}/exam")
    with write() as session:
        session.query(Attempt).filter_by(finished_at=None).update({"finished_at": clock.now()})
    assert "none: the module changed" in panel(people)


def test_too_many_failures_are_said_until_somebody_reopens_the_exam(people, hand):
    for _ in range(exam.MOST_FAILED):
        sit(people, hand, 1, wrong=15)
        hand.shift(exam.COOL_DOWN)
    assert "5 attempts failed. Too many attempts: it is closed to them" in panel(people)
    assert re.search(r"closed to them until \d+ \w+ 20\d\d, unless somebody reopens it\.", panel(people))
    people.browser("cora").post(f"/people/{people.ids['ben']}/exams/small", data={"why": "They practised."})
    assert "5 attempts failed." in panel(people) and "closed to them" not in panel(people)


def test_the_record_is_read_in_as_many_questions_for_ten_exams_as_for_none(people, hand):
    sign(people.browser("ben"))
    counts = []
    for attempts in (0, 10):
        for number in range(attempts):
            at = clock.now() + timedelta(hours=number)
            with write() as session:
                session.add(
                    Attempt(account_id=people.ids["ben"], module=f"m{number % 3}" if number % 2 else "small", content_hash="x",
                            drawn=[], started_at=at, finished_at=at, right=0, of=15, passed=False)
                )  # fmt: skip
        with read() as session, statements() as sent:
            learning_record.of(session, people.ids["ben"], clock.now())
        counts.append(len(sent))
    assert counts[0] == counts[1] == 3


def test_where_several_are_accredited_their_reading_is_said_too(people, hand):
    sign(people.browser("ben"))
    take_exam(people.browser("ben"))
    assert "0 of 2 lessons read" in people.browser("cora").get("/people/desk/accredit").text
    with write() as session:
        session.add(Reading(account_id=people.ids["ben"], module="small", section="one", at=clock.now()))
        session.add(Reading(account_id=people.ids["ben"], module="small", section="two", opened_at=clock.now()))
    assert "1 of 2 lessons read" in people.browser("cora").get("/people/desk/accredit").text
