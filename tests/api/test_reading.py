"""Lessons count as read by time on the page and by their question, never by clicks; and nobody is stuck in one."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from server.core import clock
from server.core.database import read, write
from server.people.training import store as training
from server.people.training.models import PracticeAnswer, Reading
from tests.modules import BODY
from tests.modules import write as write_module
from tests.small_module import SMALL, places

WORDS = 295  # and those of a drawing: half a minute
START = datetime(2026, 11, 25, 10, tzinfo=UTC)


@pytest.fixture
def hand():
    with time_machine.travel(START, tick=False) as hand:
        yield hand


@pytest.fixture(autouse=True)
def small(app, tmp_path, hand):
    body = BODY.replace("Read this.", "word " * WORDS) + "\n## Three {#three}\n\nNo question here.\n"
    module = write_module(tmp_path / "modules" / "small", {"minutes": 3}, body)
    app.config["TRAINING_MODULES"] = str(module.parent)
    return module


def opened(page):
    return re.search(r'name="opened" value="([^"]+)"', page)[1]


def answer(ben, page, **more):
    hidden = dict(re.findall(r'<input type="hidden" name="(question|asked|lesson|opened)" value="([^"]*)"', page))
    return ben.post(f"{SMALL}/practice", data=hidden | {"choice": places(page)} | more)


def read_by(people, who="ben"):
    with read() as session:
        return training.readings(session, people.ids[who]).get("small", {})


def test_a_click_reads_nothing_and_the_page_says_what_is_missing(people, hand):
    ben = people.browser("ben")
    page = ben.get(f"{SMALL}/one").text
    assert "counts as read once it has been open for 30 seconds. Its question has to be answered, too" in page
    hand.shift(timedelta(seconds=12))
    back = ben.post(f"{SMALL}/one", data={"opened": opened(page)}).location
    assert back == f"{SMALL}/one?more=1#missing"
    page = ben.get(back).text
    assert "Not counted as read yet." in page and "Give it 18 more seconds." in page
    assert "Answer its question above, rightly or wrongly." in page
    assert f'<a href="{SMALL}/two">go on without it</a>' in page
    assert read_by(people) == {}


def test_it_is_read_when_the_time_is_over_and_the_question_answered_in_any_order(people, hand):
    ben = people.browser("ben")
    page = ben.get(f"{SMALL}/one").text
    hand.shift(timedelta(seconds=10))
    assert answer(ben, page).location == f"{SMALL}/one#answered"
    page = ben.get(f"{SMALL}/one").text
    assert "CANARY" in page and "has to be answered" not in page, "the explanation stands in the lesson"
    assert read_by(people) == {}
    hand.shift(timedelta(seconds=20))
    assert ben.post(f"{SMALL}/one", data={"opened": opened(page)}).location == f"{SMALL}/two"
    assert read_by(people) == {"one": clock.now()}


def test_the_answer_alone_reads_it_once_the_time_is_over(people, hand):
    ben = people.browser("ben")
    page = ben.get(f"{SMALL}/one").text
    hand.shift(timedelta(seconds=30))
    answer(ben, page, choice=places(page, "wrong"))
    assert read_by(people) == {"one": clock.now()}, "a wrong answer is one"
    assert "counts as read" not in ben.get(f"{SMALL}/one").text


def test_no_explanation_is_in_the_page_before_the_answer(people, client):
    assert "CANARY" not in people.browser("ben").get(f"{SMALL}/one").text
    signed_out = client.get(f"{SMALL}/one").text
    assert "Question " not in signed_out and 'name="opened"' not in signed_out


def test_a_lesson_without_a_question_needs_its_time_alone(people, hand):
    ben = people.browser("ben")
    page = ben.get(f"{SMALL}/three").text
    assert "counts as read once it has been open for 1 second." in page and "question has to" not in page
    assert ben.post(f"{SMALL}/three", data={"opened": opened(page)}).location.endswith("#missing")
    hand.shift(timedelta(seconds=1))
    assert ben.post(f"{SMALL}/three", data={"opened": opened(page)}).location == f"{SMALL}/exam"


def test_the_clock_is_ours_and_the_time_is_of_this_reader_and_this_lesson(people, hand):
    ben, ana = people.browser("ben"), people.browser("ana")
    early = opened(ana.get(f"{SMALL}/three").text)
    other = opened(ben.get(f"{SMALL}/one").text)
    hand.shift(timedelta(hours=1))
    for forged in ("", "x", early, other, early[:-3] + "abc"):
        with write() as session:
            session.query(Reading).delete()
        assert ben.post(f"{SMALL}/three", data={"opened": forged}).location.endswith("#missing"), forged
    assert read_by(people) == {}


def test_since_when_it_is_open_lasts_over_reloads_devices_and_the_wait(people, hand):
    ben = people.browser("ben")
    page = ben.get(f"{SMALL}/one").text
    answer(ben, page)
    hand.shift(timedelta(seconds=29))
    ben.post(f"{SMALL}/one", data={"opened": opened(ben.get(f"{SMALL}/one").text)})
    assert "Give it 1 more second." in ben.get(f"{SMALL}/one?more=1").text
    hand.shift(timedelta(seconds=1))
    phone = people.browser("ben")
    page = phone.get(f"{SMALL}/one?more=1").text
    assert "Nothing is missing now: press the button below once more." in page
    phone.post(f"{SMALL}/one", data={"opened": opened(page)})
    assert list(read_by(people)) == ["one"]


def test_what_was_practised_before_is_answered(people, hand):
    ben = people.browser("ben")
    for _ in range(20):  # until the question of the lesson has come
        page = ben.get(f"{SMALL}/practice").text
        answer(ben, page)
    page = ben.get(f"{SMALL}/one").text
    assert "CANARY" in page and "has to be answered" not in page


def test_an_answer_that_is_none_is_asked_for_again_in_the_lesson(people):
    ben = people.browser("ben")
    page = answer(ben, ben.get(f"{SMALL}/one").text, choice=["9"])
    assert page.status_code == 422 and 'role="alert"' in page.text and "CANARY" not in page.text
    assert "<h1>One</h1>" in page.text and opened(page.text)
    with read() as session:
        assert session.scalars(select(PracticeAnswer)).all() == []


def test_while_an_exam_is_open_its_question_waits_and_the_page_says_so(people, hand):
    ben = people.browser("ben")
    before = ben.get(f"{SMALL}/one").text
    ben.post(f"{SMALL}/exam")
    page = ben.get(f"{SMALL}/one").text
    assert "Its question can be answered after your exam." in page and '<h2 id="question">' not in page
    assert answer(ben, before).location == f"{SMALL}/one"
    with read() as session:
        assert session.scalars(select(PracticeAnswer)).all() == []
    hand.shift(timedelta(seconds=40))
    back = ben.post(f"{SMALL}/one", data={"opened": opened(page)}).location
    assert "Its question can be answered after your exam." in ben.get(back).text
    assert "go on without it" in ben.get(back).text


def test_an_explanation_read_before_is_shut_while_an_exam_may_ask_the_same(people):
    ben = people.browser("ben")
    answer(ben, ben.get(f"{SMALL}/one").text)
    assert "CANARY" in ben.get(f"{SMALL}/one").text
    ben.post(f"{SMALL}/exam")
    assert "CANARY" not in ben.get(f"{SMALL}/one").text


def test_what_was_read_before_times_were_kept_stays_read(people):
    with write() as session:
        session.add(Reading(account_id=people.ids["ben"], module="small", section="one", at=START))
    ben = people.browser("ben")
    page = ben.get(f"{SMALL}/one").text
    assert "counts as read" not in page
    assert ben.post(f"{SMALL}/one", data={"opened": opened(page)}).location == f"{SMALL}/two"
    assert read_by(people) == {"one": START}


def test_opening_a_lesson_changes_nothing(people):
    ben = people.browser("ben")
    for _ in range(2):
        ben.get(f"{SMALL}/one?more=1")
    with read() as session:
        assert session.scalars(select(Reading)).all() == []
