"""The one quiet reminder of the review: by choice, once, in the reader's language, turned off with one click."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from server.core import clock, post, work
from server.core.database import read, write
from server.journeys.spotter import accrediting, erasing, review_mails
from server.people.accounts import stop_link
from server.people.accounts import store as accounts
from server.people.training.models import ReviewReminder
from tests.modules import items, of_exam
from tests.modules import write as write_module
from tests.round_stories import hand  # noqa: F401
from tests.small_module import read_lesson
from tests.statements import statements
from tests.story import mails

CHOICE = "/training/review/reminder"


@pytest.fixture(autouse=True)
def small(app, tmp_path):
    folder = write_module(tmp_path / "modules" / "small", bank=items(), exam=of_exam())
    app.config["TRAINING_MODULES"] = str(folder.parent)


@pytest.fixture
def post_box(settings, work_all, hand):
    """Let an hour pass and the worker work, and count what has come for somebody since the last look."""
    seen: dict[str, int] = {}

    def look(who, **passes):
        hand.shift(timedelta(**(passes or {"hours": 2})))
        work_all()
        every = [mail for mail in mails(settings, f"{who}@people.test") if mail["Message-ID"].startswith("<review.")]
        new = every[seen.get(who, 0) :]
        seen[who] = len(every)
        return new

    return look


def wants(people, who="ana", rhythm="daily"):
    browser = people.browser(who)
    read_lesson(browser, "one")
    assert browser.post(CHOICE, data={"rhythm": rhythm}).status_code == 302
    return browser


def text(mail):
    return " ".join(mail.get_body(("plain",)).get_content().split())


def test_nobody_is_reminded_who_did_not_choose_it(people, post_box):
    read_lesson(people.browser("ana"), "one")
    assert post_box("ana", days=2) == [] and post_box("ana", days=7) == []


def test_once_a_day_when_something_is_due_and_not_reviewed(people, post_box):
    wants(people)
    assert post_box("ana") == [], "she answered today, in the lesson"
    [mail] = post_box("ana", days=1)
    assert mail["Subject"] == "Your review" and "9 questions of your review are due." in text(mail)
    assert post_box("ana") == [], "and no second on that day"
    assert not re.search(r"streak|missed|overdue|don.t forget", text(mail), re.IGNORECASE)


def test_the_hourly_look_costs_no_statement_more_for_who_was_reminded_today(people, post_box):
    review_mails.remind_reviews()
    with statements() as of_nobody:
        review_mails.remind_reviews()
    for who in ("ana", "ben"):
        wants(people, who)
        assert len(post_box(who, days=1)) == 1
    post_box("ana", days=1)
    with statements() as asked:
        review_mails.remind_reviews()
    assert len(asked) == len(of_nobody)


def test_four_without_an_answer_are_enough_until_there_is_one(people, post_box):
    wants(people)
    assert [len(post_box("ana", days=1)) for _ in range(9)] == [1, 1, 1, 1, 0, 0, 0, 0, 0]
    read_lesson(people.browser("ana"), "two")
    assert len(post_box("ana", days=1)) == 1


def test_on_one_day_of_the_week(people, post_box):
    wants(people, rhythm=f"{clock.now() + timedelta(days=3):%A}".lower())
    assert [len(post_box("ana", days=1)) for _ in range(8)] == [0, 0, 1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("what", ["suspended", "paused", "erased", "off", "not read"])
def test_who_is_not_reminded(people, post_box, what):
    ana = wants(people)
    if what == "suspended":
        accrediting.suspend(people.ids["ana"], people.ids["dan"], "Stop.")
    elif what == "paused":
        ana.post("/profile/pause", data={"weeks": "4"})
    elif what == "erased":
        erasing.erase(people.ids["ana"], people.ids["cora"])
    elif what == "off":
        ana.post(CHOICE, data={"rhythm": ""})
    else:
        ana.post("/profile/topics", data={"avoids": []})
        with write() as session:
            from server.people.training.models import Reading

            session.query(Reading).delete()
    assert post_box("ana", days=1) == []


@pytest.mark.parametrize(("language", "subject"), [("fr", "Votre révision"), ("ar", "مراجعتك")])
def test_it_comes_in_her_language(people, post_box, language, subject):
    wants(people)
    with write() as session:
        accounts.choose_language(session, people.ids["ana"], language)
    [mail] = post_box("ana", days=1)
    assert mail["Subject"] == subject


def test_one_click_in_it_turns_it_off_without_signing_in(people, client, post_box):
    wants(people)
    [mail] = post_box("ana", days=1)
    address = re.search(r"/unsubscribe/\S+", text(mail))[0]
    assert "Turn the reminder off" in client.get(address).text
    with read() as session:
        assert session.scalars(select(ReviewReminder)).all(), "looking at it changes nothing"
    assert "The reminder is off." in client.post(address).text
    assert "The reminder is off." in client.post(address).text, "twice is once"
    assert post_box("ana", days=1) == []


@pytest.mark.parametrize("token", ["x", "a.b", "é"])
def test_a_forged_link_turns_nothing_off(people, client, token):
    wants(people)
    for forged in (token, stop_link.make(people.ids["ana"], stop_link.Mailing.REVIEW)[:-2] + "xx"):
        assert client.post(f"/unsubscribe/{forged}").status_code == 404
    with read() as session:
        assert session.scalars(select(ReviewReminder)).all()


def test_a_choice_that_is_none_changes_nothing(people):
    ana = wants(people)
    ana.post(CHOICE, data={"rhythm": "hourly"})
    assert "Choose from the list." in ana.get(CHOICE).text
    assert '<option value="daily" selected>' in ana.get(CHOICE).text


def test_a_mail_server_that_fails_makes_it_late_and_never_two(people, post_box, monkeypatch):
    wants(people)
    sent, send = [], post.send_template

    def broken(*arguments, **options):
        sent.append(1)
        raise post.Temporary("no server")

    monkeypatch.setattr(post, "send_template", broken)
    assert post_box("ana", days=1) == [] and sent
    monkeypatch.setattr(post, "send_template", send)
    with write() as session:
        work.enqueue(session, "mail_review", people.ids["ana"])
        work.enqueue(session, "mail_review", people.ids["ana"])
    assert len(post_box("ana")) == 1
