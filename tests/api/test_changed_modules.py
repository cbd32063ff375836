"""A lesson changes in meaning: who passed before is asked about that alone, hears of it, and may report until the day.

And the shorter exam for a renewal, from day 300 on.
"""

import re
import uuid
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from server.core import clock
from server.core.database import read, write
from server.core.words import Level, Refused, Standing
from server.journeys.spotter import accrediting, gate
from server.people.accreditation import standings, store
from server.people.exams import exam
from server.people.exams import store as exams
from server.people.exams.models import Attempt
from server.people.rounds import choice_store
from server.reads import eligibility, onboarding
from tests.modules import BODY, of_exam
from tests.modules import write as write_module
from tests.small_module import SMALL, learn, sign, small_module, take_exam
from tests.statements import statements
from tests.story import mails

START = "2026-11-25 10:00:00+00:00"
ONE = {"day": date(2027, 2, 1), "kind": "material", "parts": ["one"], "what": "Another number"}
TWO = {"day": date(2027, 2, 11), "kind": "material", "parts": ["two"], "what": "Another rule"}


@pytest.fixture
def hand():
    with time_machine.travel(START, tick=False) as hand:
        yield hand


@pytest.fixture(autouse=True)
def teach(hand, app, tmp_path):
    """The small module as it is taught with these changes, from now on."""

    def teach(*changes):
        front = {"exam": "2026-11-25"}
        if changes:
            front |= {"changes": list(changes), "version": changes[-1]["day"]}
        body = BODY.replace("Read this.", f"Call {110 + len(changes)}.")
        folder = tmp_path / f"with-{len(changes)}" / "small"
        if not folder.exists():
            write_module(folder, front, body, exam=of_exam())
        app.config["TRAINING_MODULES"] = str(folder.parent)
        gate.note_content()

    teach()
    return teach


@pytest.fixture
def report(people, client, report_json):
    """Ben reports by token; the answer."""
    token = people.token("ben")
    return lambda: client.post(
        "/api/v1/reports", json=report_json(), headers=token | {"Idempotency-Key": str(uuid.uuid4())}
    )


def accredit(people, who="ben", **more):
    accrediting.accredit(people.ids[who], people.ids["cora"], "Careful.", Level.PROBATION, **more)


def kinds(people, who="ben"):
    with read() as session:
        mine = select(Attempt).where(Attempt.account_id == people.ids[who]).order_by(Attempt.started_at)
        return [
            (attempt.kind, len(attempt.drawn), attempt.lessons, attempt.passed) for attempt in session.scalars(mine)
        ]


def asked_about(people, who="ben"):
    """Of which lesson the questions of the last attempt are."""
    with read() as session:
        attempt = exams.last_attempt(session, people.ids[who], "small")
        return Counter(small_module().asked(item["name"]).lesson for item in attempt.drawn)


@pytest.fixture
def ben_accredited(people, hand):
    learn(people)
    accredit(people)
    hand.shift(timedelta(days=70))  # 3 February 2027


def test_who_is_accredited_passes_a_short_test_on_what_changed(
    people, ben_accredited, teach, hand, report, settings, work_all
):
    teach(ONE)
    ben = people.browser("ben")
    page = ben.get("/training").text
    assert "Changed since you were accredited" in page and "You can report." in page
    assert f'<a href="{SMALL}/exam">Short test</a> on “<bdi lang="en">Small</bdi>”: <a href="{SMALL}/one"' in page
    assert "by <time" in page and "5 March 2027" in page
    assert report().status_code == 201
    work_all()
    mail = " ".join(mails(settings, "ben@people.test")[-1].get_body(("plain",)).get_content().split())
    assert "In “Small” this has changed: “One”. Please pass a short test on it by 5 March 2027." in mail
    start = ben.get(f"{SMALL}/exam").text
    assert "This module has changed since you passed it." in start and "5 questions, one at a time" in start
    assert "15 minutes, by our clock" in start and "at least 4 answers must count" in start
    assert "You passed on" in start and "Start with question 1" in start
    seen = take_exam(ben)
    assert len(seen) == 5 and asked_about(people) == {"one": 5}
    assert "You are accredited and can report." in ben.get(f"{SMALL}/exam").text
    assert "Changed since" not in ben.get("/training").text
    assert kinds(people)[-1] == ("part", 5, ["one"], True)
    assert ben.post(f"{SMALL}/exam").status_code == 409, "and that is all"
    hand.shift(timedelta(days=60))
    assert report().status_code == 201


def test_after_the_day_no_page_says_that_one_may_report(people, ben_accredited, teach, hand, report):
    teach(ONE)
    hand.move_to("2027-03-05T23:59:59+00:00")  # the day that was named counts to its end
    assert report().status_code == 201
    hand.shift(timedelta(seconds=1))
    ben = people.browser("ben")
    refused = report()
    assert refused.status_code == 403 and "“Small” has changed. Pass the short test on it" in refused.json["detail"]
    assert "You cannot report until this is done" in ben.get("/training").text
    for path in ("/training", f"{SMALL}/exam", "/reports/new", "/reports", "/profile", "/skill", "/lane", "/rounds"):
        assert not re.search(r"(?i)you (can|may)( still)? report\b(?! again)", ben.get(path).text), path
    assert "Pass the short test on it; then you can report again" in ben.get("/reports/new").text
    failed = take_exam(ben, wrong=2)
    assert len(failed) == 5 and "3 of 5 answers correct" in ben.get(f"{SMALL}/exam").text
    assert report().status_code == 403
    hand.shift(exam.COOL_DOWN)
    take_exam(people.browser("ben"), wrong=1)
    assert report().status_code == 201


def test_another_level_or_scope_gives_no_more_time(people, ben_accredited, teach, hand, report):
    teach(ONE)
    hand.shift(timedelta(days=20))
    accrediting.change_level(people.ids["ben"], people.ids["dan"], "Sharp eyes.", Level.TRUSTED)
    assert "by <time" in (page := people.browser("ben").get("/training").text) and "5 March 2027" in page
    hand.move_to("2027-03-06T00:00:00+00:00")
    assert report().status_code == 403
    accrediting.change_level(people.ids["ben"], people.ids["cora"], "Birds.", Level.TRUSTED, groups=["bird"])
    assert report().status_code == 403


def test_who_is_reinstated_has_thirty_days_from_then(people, ben_accredited, teach, hand, report):
    accrediting.suspend(people.ids["ben"], people.ids["dan"], "Let us talk.")
    teach(ONE)
    hand.shift(timedelta(days=40))
    accrediting.reinstate(people.ids["ben"], people.ids["cora"], "We have talked.")
    accrediting.change_level(people.ids["ben"], people.ids["cora"], "Birds.", Level.PROBATION, groups=["bird"])
    hand.shift(timedelta(days=30))
    assert report().status_code == 201
    hand.shift(timedelta(days=1))
    assert report().status_code == 403


def test_two_changes_are_one_test_and_a_second_change_is_told_again(
    people, ben_accredited, teach, hand, settings, work_all
):
    teach(ONE)
    work_all()
    hand.shift(timedelta(days=10))
    teach(ONE, TWO)
    hand.shift(timedelta(hours=1))
    work_all()
    told = [mail["Subject"] for mail in mails(settings, "ben@people.test")]
    assert told.count("A module you passed has changed") == 2
    page = people.browser("ben").get("/training").text
    assert f'<a href="{SMALL}/two"' in page and page.count("5 March 2027") == 1, "by the first day"
    take_exam(people.browser("ben"))
    assert set(asked_about(people)) == {"one", "two"}
    assert "Changed since" not in people.browser("ben").get("/training").text


def test_a_mail_that_leaves_after_the_day_names_no_day_and_says_that_reports_wait(
    people, ben_accredited, teach, hand, report, settings, work_all
):
    teach(ONE)
    with write() as session:
        choice_store.pause(session, people.ids["ben"], clock.now().date() + timedelta(days=60))
    work_all()
    hand.shift(timedelta(days=60))
    work_all()
    assert report().status_code == 403
    [mail] = [sent for sent in mails(settings, "ben@people.test") if "has changed" in sent["Subject"]]
    words = " ".join(mail.get_body(("plain",)).get_content().split())
    assert "In “Small” this has changed: “One”. Pass a short test on it: until then you cannot report." in words
    assert "2027" not in words and "report as before" not in words
    hand.shift(timedelta(days=10))
    teach(ONE, TWO)
    hand.shift(timedelta(hours=1))
    work_all()
    mail = mails(settings, "ben@people.test")[-1]
    assert "until then you cannot report" in " ".join(mail.get_body(("plain",)).get_content().split())


def test_after_the_first_test_only_the_second_change_is_asked(people, ben_accredited, teach, hand):
    teach(ONE)
    take_exam(people.browser("ben"))
    hand.shift(timedelta(days=10))
    teach(ONE, TWO)
    take_exam(people.browser("ben"))
    assert asked_about(people) == {"two": 5}


def test_a_minor_change_asks_nobody(people, ben_accredited, teach):
    teach({"day": date(2027, 2, 1), "kind": "minor", "what": "Plainer words", "reworded": ["one"]})
    assert "Changed since" not in people.browser("ben").get("/training").text
    assert people.browser("ben").post(f"{SMALL}/exam").status_code == 409


def test_who_is_let_in_after_the_change_was_asked_about_it_and_hears_nothing(people, teach, hand, settings, work_all):
    teach(ONE)
    hand.shift(timedelta(days=1))
    learn(people)
    accredit(people)
    hand.shift(timedelta(days=40))
    work_all()
    assert "Changed since" not in people.browser("ben").get("/training").text
    assert not [m for m in mails(settings, "ben@people.test") if "has changed" in m["Subject"]]


def test_who_passed_before_the_change_and_waits_is_accredited_and_asked_afterwards(people, teach, hand, report):
    learn(people)
    hand.shift(timedelta(hours=1))
    teach(ONE)
    hand.shift(timedelta(days=5))
    accredit(people)  # the thirty days run from here
    assert "30 December 2026" in people.browser("ben").get("/training").text
    assert report().status_code == 201
    hand.shift(timedelta(days=31))
    assert report().status_code == 403


def test_who_waits_longer_passes_the_short_test_first(people, teach, hand):
    learn(people)
    hand.shift(timedelta(hours=1))
    teach(ONE)
    with read() as session:
        assert onboarding.awaiting(session, clock.now()) == [people.ids["ben"]]
    hand.shift(timedelta(days=30))
    with pytest.raises(Refused, match="The exam is not passed yet"):
        accredit(people)
    with read() as session:
        assert onboarding.awaiting(session, clock.now()) == []
        assert not eligibility.exam_passed(session, people.ids["ben"], clock.now())
    assert "This module has changed since you passed it" in people.browser("ben").get(f"{SMALL}/exam").text
    for path in ("/training", SMALL):
        page = people.browser("ben").get(path).text
        assert "Go to the exam" in page and f'href="{SMALL}/exam"' in page and "</i> Passed" not in page, path
    assert len(take_exam(people.browser("ben"))) == 5
    assert "Go to the exam" not in people.browser("ben").get("/training").text
    accredit(people)
    assert "Changed since" not in people.browser("ben").get("/training").text


def test_a_short_test_lets_in_nobody_who_never_passed(people, teach, hand):
    teach(ONE)
    assert len(take_exam(people.browser("ben"))) == 15


def test_where_the_exam_was_waived_a_later_change_is_asked_about_and_an_earlier_one_is_not(people, teach, hand):
    sign(people.browser("ben"))
    teach(ONE)
    accredit(people, waive_exam=True)
    assert "Changed since" not in people.browser("ben").get("/training").text
    hand.shift(timedelta(days=10))
    teach(ONE, TWO)
    assert "Short test" in people.browser("ben").get("/training").text
    take_exam(people.browser("ben"))
    assert asked_about(people) == {"two": 5}


def test_five_failed_short_tests_are_opened_again_by_a_coordinator(people, ben_accredited, teach, hand):
    teach(ONE)
    for _ in range(exam.MOST_FAILED):
        take_exam(people.browser("ben"), wrong=5)
        hand.shift(exam.COOL_DOWN)
    page = people.browser("ben").get(f"{SMALL}/exam").text
    assert "You have made 5 attempts in a month" in page
    opened = people.browser("cora").post(f"/people/{people.ids['ben']}/exams/small", data={"why": "They practised."})
    assert opened.status_code == 302
    assert len(take_exam(people.browser("ben"))) == 5


def test_the_desk_names_who_has_something_to_go_through_again(people, ben_accredited, teach, hand):
    def desk():
        return people.browser("cora").get("/people/desk/changes").text

    assert "Nobody has anything to go through again." in desk()
    teach(ONE)
    assert "Ben" in desk() and "short test on “Small”" in desk() and "overdue" not in desk()
    hand.shift(timedelta(days=31))
    assert "1 is overdue: until it is done, they cannot report." in desk() and "was due on" in desk()
    assert "Small (short test) by" in people.browser("cora").get(f"/people/{people.ids['ben']}").text


def test_who_is_asked_what_is_found_in_as_many_questions_for_many_as_for_one(app, people, ben_accredited, teach):
    teach(ONE)
    with read() as session:
        last = store.current(session, people.ids["ben"])
        counts = []
        for known in ({people.ids["ben"]: last}, {f"ben{at}": last for at in range(30)}):
            with statements() as sent:
                asked = eligibility.asked_of_people(session, known, clock.now())
            assert len(asked) == len(known)
            counts.append(len(sent))
    assert counts[0] == counts[1] <= 5


# --- The shorter exam for a renewal ----------------------------------------------------------------------------------


def day(hand, number):
    """The day of the accreditation's year."""
    hand.move_to(datetime(2026, 11, 25, 10, tzinfo=UTC) + timedelta(days=number))


def test_from_day_300_a_shorter_exam_renews_and_without_it_a_renewal_is_refused(people, teach, hand):
    learn(people)
    accredit(people)
    day(hand, 299)
    assert people.browser("ben").post(f"{SMALL}/exam").status_code == 409, "passed is passed"
    day(hand, 300)
    page = people.browser("ben").get(f"{SMALL}/exam").text
    assert "For your renewal, a shorter exam is enough." in page and "10 questions, one at a time" in page
    day(hand, 306)
    with pytest.raises(Refused, match="For a renewal, the exams must be passed again"):
        accredit(people)
    assert len(take_exam(people.browser("ben"))) == 10
    assert kinds(people)[-1] == ("renewal", 10, None, True)
    assert "You passed again." in people.browser("ben").get("/training").text
    accredit(people)
    with read() as session:
        assert standings.standing(store.current(session, people.ids["ben"]), clock.now()) is Standing.ACTIVE
    assert people.browser("ben").post(f"{SMALL}/exam").status_code == 409
    hand.shift(timedelta(days=300))
    assert len(take_exam(people.browser("ben"))) == 10, "and so again a year later"


def test_a_withdrawal_whose_appeal_was_granted_takes_no_exam_from_a_renewal(people, teach, hand):
    learn(people)
    accredit(people)
    ben, cora, dan = (people.ids[who] for who in ("ben", "cora", "dan"))
    day(hand, 301)
    take_exam(people.browser("ben"))
    day(hand, 303)
    accrediting.withdraw(ben, dan, "Careless.")
    accrediting.appeal(ben, "It was not me.")
    accrediting.decide_appeal(ben, cora, "It was somebody else.", granted=True)
    day(hand, 306)
    with read() as session:
        assert onboarding.awaiting(session, clock.now()) == [ben]
    accredit(people)


def test_it_asks_about_what_changed_since_and_what_was_wrong_before(people, teach, hand):
    ben = people.browser("ben")
    take_exam(ben, wrong=3)
    sign(ben)
    accredit(people)
    with read() as session:
        wrong = exams.wrong_lessons(session, people.ids["ben"], small_module())
    day(hand, 70)
    teach(ONE)
    take_exam(people.browser("ben"))  # the short test
    day(hand, 301)
    start = people.browser("ben").get(f"{SMALL}/exam").text
    assert "on what changed, and on what you got wrong before" in start and f'href="{SMALL}/one"' in start
    take_exam(people.browser("ben"))
    assert kinds(people)[-1][2] == [*dict.fromkeys(["one", *wrong])]
    assert set(asked_about(people)) == {"one", *wrong}


def test_a_renewal_exam_is_the_short_test_too(people, ben_accredited, teach, hand, report):
    day(hand, 310)
    teach(ONE)
    day(hand, 341)
    assert report().status_code == 403
    assert len(take_exam(people.browser("ben"))) == 10
    assert report().status_code == 201
    accredit(people)
    assert "Changed since" not in people.browser("ben").get("/training").text


@pytest.mark.parametrize(("number", "questions"), [(364, 10), (365, 10), (454, 10), (455, 15), (800, 15)])
def test_who_comes_back_late_passes_whole_exams(people, teach, hand, number, questions):
    learn(people)
    accredit(people)
    day(hand, number)
    assert len(take_exam(people.browser("ben"))) == questions
    accredit(people)


def test_a_waived_exam_is_passed_whole_for_the_renewal(people, teach, hand):
    sign(people.browser("ben"))
    accredit(people, waive_exam=True)
    day(hand, 301)
    assert len(take_exam(people.browser("ben"))) == 15


def test_after_a_withdrawal_the_exam_is_whole_again(people, teach, hand):
    learn(people)
    accredit(people)
    day(hand, 310)
    take_exam(people.browser("ben"))
    accrediting.withdraw(people.ids["ben"], people.ids["cora"], "Wrote to a seller.")
    hand.shift(timedelta(minutes=1))
    assert len(take_exam(people.browser("ben"))) == 15


def test_two_exams_of_a_renewal_share_little_with_those_before(people, teach, hand):
    learn(people)
    accredit(people)
    day(hand, 301)
    take_exam(people.browser("ben"), wrong=10)
    hand.shift(timedelta(minutes=11))
    take_exam(people.browser("ben"))
    with read() as session:
        drawn = [{item["name"] for item in names} for names in session.scalars(select(Attempt.drawn))]
    assert all(len(a & b) <= exam.MOST_SHARED for a in drawn for b in drawn if a is not b)
