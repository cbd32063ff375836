"""The review: what Ben read comes back, later each time he knows it, and never from an exam's own bank."""

import re
from datetime import timedelta

import pytest
import time_machine
import yaml
from sqlalchemy import select

from server.core import clock
from server.core.database import db, read, write
from server.people.accreditation import store as accreditation
from server.people.courses import catalogue
from server.people.rounds import store as rounds
from server.people.training.models import PracticeAnswer, ReviewCard
from server.reads import review
from tests.modules import flag, items, of_exam
from tests.modules import write as write_module
from tests.round_stories import hand, join, plan  # noqa: F401
from tests.small_module import SMALL, places, read_lesson

REVIEW = "/training/review"


@pytest.fixture(autouse=True)
def small(app, tmp_path):
    """A module with an exam of its own, whose questions are named by numbers from 100."""
    folder = write_module(tmp_path / "modules" / "small", {"topics": {"two": ["bird"]}}, bank=items(), exam=of_exam())
    app.config["TRAINING_MODULES"] = str(folder.parent)
    return folder


def answer(client, page, wanted="right", **more):
    hidden = dict(re.findall(r'<input type="hidden" name="(module|question|asked|done)" value="([^"]*)"', page))
    sent = client.post(REVIEW, data=hidden | {"choice": places(page, wanted)} | more)
    assert sent.status_code == 302, sent.text
    return client.get(sent.location).text


def sitting(client, wanted="right", **more):
    """A whole sitting; how many questions it had, and its last page."""
    page, number = client.get(REVIEW).text, 0
    while 'name="asked"' in page:
        told = answer(client, page, wanted, **more)
        page = client.get(re.search(rf'href="({REVIEW}\?done=\d+)"', told)[1]).text
        number += 1
    return number, page


def due(people, who="ben"):
    with read() as session:
        return review.of(session, people.ids[who], clock.now()).due


def cards(people, who="ben"):
    with read() as session:
        return {row.question: row for row in session.scalars(select(ReviewCard)) if row.account_id == people.ids[who]}


def test_nothing_is_asked_before_something_was_read(people):
    ben = people.browser("ben")
    page = ben.get(REVIEW).text
    assert "Nothing to review yet" in page and "Read one first." in page and 'name="asked"' not in page
    assert '<span class="count">' not in ben.get("/training").text
    assert due(people) == ()


def test_what_was_read_is_asked_and_its_answer_told_at_once(people):
    ben = people.browser("ben")
    read_lesson(ben, "one")
    ten = [f"q{number}" for number in range(1, 20, 2)]
    assert [name for _, name in due(people)] == [name for name in ten if name != "q1"], "that of the lesson is answered"
    assert ">9<span" in ben.get("/training").text
    page = ben.get(REVIEW).text
    assert "Question 1 of 9" in page and "CANARY" not in page and "I guessed" in page
    told = answer(ben, page)
    assert "CANARY-3." in told and "This question comes back on" in told
    number, page = sitting(ben)
    assert number == 8 and "That was your review" in page and page.count("Comes back on") == 8
    assert "The next question comes back on" in page, "and nothing else is due"
    assert "Nothing is due" in ben.get(REVIEW).text and due(people) == ()


def test_a_sitting_has_at_most_twelve_questions_and_more_can_wait(people):
    ben = people.browser("ben")
    for lesson in ("one", "two"):
        read_lesson(ben, lesson)
    assert len(due(people)) == 18 and "Question 1 of 12" in ben.get(REVIEW).text
    number, page = sitting(ben)
    assert number == 12 and "6 more questions are due. They can wait until you have time." in page
    assert sitting(ben)[0] == 6


def test_what_is_known_comes_back_later_and_a_guess_sooner(people):
    ben = people.browser("ben")
    read_lesson(ben, "one")
    day = clock.now().date()
    for wanted, guessed, days in (("right", "", 3), ("right", "1", 1), ("wrong", "", 1), ("wrong", "1", 1)):
        name = due(people)[0][1]
        answer(ben, ben.get(REVIEW).text, wanted, guessed=guessed)
        assert cards(people)[name].due_on == day + timedelta(days=days)
    with read() as session:
        said = [(row.right, row.guessed) for row in session.scalars(select(PracticeAnswer).order_by(PracticeAnswer.at))]
    assert said[1:] == [(True, False), (True, True), (False, False), (False, True)]


def test_what_is_due_longest_comes_first_and_a_reload_asks_the_same(people, hand):
    ben = people.browser("ben")
    read_lesson(ben, "one")
    answer(ben, ben.get(REVIEW).text)  # q3: due in three days
    hand.shift(timedelta(days=2, hours=12))
    answer(ben, ben.get(REVIEW).text, "wrong")  # q5: due tomorrow
    hand.shift(timedelta(days=1))
    assert [name for _, name in due(people)][:3] == ["q1", "q3", "q5"]
    assert all(">Question 1?<" in ben.get(REVIEW).text for _ in range(2))


def test_two_windows_and_a_double_click_make_one_answer(people):
    ben = people.browser("ben")
    read_lesson(ben, "one")
    page = ben.get(REVIEW).text
    answer(ben, page)
    hidden = dict(re.findall(r'<input type="hidden" name="(module|question|asked|done)" value="([^"]*)"', page))
    again = ben.post(REVIEW, data=hidden | {"choice": places(page, "wrong")})
    assert again.location == REVIEW and cards(people)["q3"].box == 2


@pytest.mark.parametrize(
    "sent", [{"choice": []}, {"choice": ["9"]}, {"choice": ["x"]}, {"choice": ["0", "1"]}]
)  # fmt: skip
def test_an_answer_that_is_none_is_asked_for_again(people, sent):
    ben = people.browser("ben")
    read_lesson(ben, "one")
    page = ben.get(REVIEW).text
    hidden = dict(re.findall(r'<input type="hidden" name="(module|question|asked|done)" value="([^"]*)"', page))
    refused = ben.post(REVIEW, data=hidden | sent)
    assert refused.status_code == 422 and 'role="alert"' in refused.text and "CANARY" not in refused.text
    assert "q3" not in cards(people)


@pytest.mark.parametrize("done", ["x", "-1", "9999999", "٣", "13", "1.5", ""])
def test_a_count_that_is_none_breaks_nothing(people, done):
    ben = people.browser("ben")
    assert ben.get(f"{REVIEW}?done={done}").status_code == 200
    read_lesson(ben, "one")
    assert ben.get(f"{REVIEW}?done={done}").status_code == 200


def test_no_question_of_the_exam_alone_is_ever_asked_or_told(people, hand):
    ben, shown = people.browser("ben"), ""
    for lesson in ("one", "two"):
        read_lesson(ben, lesson)
    for _ in range(30):
        page = ben.get(REVIEW).text
        shown += page
        if 'name="asked"' in page:
            shown += answer(ben, page)
        else:
            hand.shift(timedelta(days=1))
    for number in range(100, 160):
        stolen = {"module": "small", "question": f"q{number}", "asked": "0", "choice": "0"}
        shown += ben.post(REVIEW, data=stolen, follow_redirects=True).text
    assert not re.search(r"Question 1\d\d\?|CANARY-1\d\d", shown) and "Question 3?" in shown
    assert not set(cards(people)) & {f"q{number}" for number in range(100, 160)}


def test_where_an_exam_draws_from_the_practice_bank_only_what_was_told_before_is_asked(people, small):
    (small / "exam.yaml").unlink()
    catalogue._modules.cache_clear()
    ben = people.browser("ben")
    read_lesson(ben, "one")
    read_lesson(ben, "two")
    assert due(people) == ()
    with time_machine.travel(clock.now() + timedelta(days=3)):
        assert {name for _, name in due(people)} == {"q0", "q1"}


def test_while_an_exam_is_open_its_module_waits(people):
    ben = people.browser("ben")
    read_lesson(ben, "one")
    page = ben.get(REVIEW).text
    told = ben.post(REVIEW, data=dict(re.findall(r'name="(module|question|asked|done)" value="([^"]*)"', page)) | {"choice": places(page)}).location  # fmt: skip
    assert ben.post(f"{SMALL}/exam").status_code == 302
    waits = ben.get(REVIEW).text
    assert "Some questions wait until your exam is over." in waits and 'name="asked"' not in waits
    assert "CANARY" not in ben.get(told, follow_redirects=True).text
    hidden = dict(re.findall(r'<input type="hidden" name="(module|question|asked|done)" value="([^"]*)"', page))
    assert ben.post(REVIEW, data=hidden | {"question": "q5", "choice": "0"}).location == REVIEW
    assert "q5" not in cards(people)


def test_topics_that_are_left_out_are_not_asked(people):
    ben = people.browser("ben")
    for lesson in ("one", "two"):
        read_lesson(ben, lesson)
    ben.post("/profile/topics", data={"avoids": ["bird"]})
    assert {int(name[1:]) % 2 for _, name in due(people)} == {1}, "lesson two is about birds"
    ben.post("/profile/topics", data={"avoids": ["fish"]})
    assert {int(name[1:]) % 2 for _, name in due(people)} == {0, 1}


def rewrite(small, change):
    bank = yaml.safe_load((small / "bank.yaml").read_text())
    change(bank["questions"][3])
    (small / "bank.yaml").write_text(yaml.safe_dump(bank, sort_keys=False))
    catalogue._modules.cache_clear()


@pytest.mark.parametrize(
    ("change", "anew"),
    [
        (lambda question: question.update(text="Question 3, newly?"), True),
        (lambda question: question["choices"][1].update(text="wrong 3z"), True),
        (lambda question: question["choices"].reverse(), True),
        (lambda question: question.update(text="Question 3 ?"), False),
        (lambda question: question.update(explanation="Better said."), False),
    ],
)
def test_a_question_that_changed_begins_anew(people, small, change, anew):
    ben = people.browser("ben")
    read_lesson(ben, "one")
    answer(ben, ben.get(REVIEW).text)
    rewrite(small, change)
    assert ("q3" in [name for _, name in due(people)]) is anew
    if anew:
        with time_machine.travel(clock.now() + timedelta(days=40)):
            ben = people.browser("ben")
            while "q3" in [name for _, name in due(people)]:
                answer(ben, ben.get(REVIEW).text)
        assert cards(people)["q3"].box == 2, "though forty days have passed since it was known"


def test_practice_and_the_review_share_one_rhythm(people):
    ben = people.browser("ben")
    read_lesson(ben, "one")
    page = ben.get(f"{SMALL}/practice").text
    hidden = dict(re.findall(r'<input type="hidden" name="(question|asked)" value="([^"]*)"', page))
    ben.post(f"{SMALL}/practice", data=hidden | {"choice": places(page), "guessed": "1"})
    assert cards(people)[hidden["question"]].box == 1
    assert hidden["question"] not in [name for _, name in due(people)]


def test_a_day_is_that_of_the_round_one_takes_part_in(people, hand):
    round_id = plan(people, starts_on=str(clock.now().date()), zone="Pacific/Auckland")
    join(people, "ana", round_id)
    with read() as session:
        assert rounds.mine(session, people.ids["ana"], clock.now())
    hand.move_to("2026-11-26T12:30:00Z")
    ana, ben = people.browser("ana"), people.browser("ben")
    for who in (ana, ben):
        read_lesson(who, "one")
    assert (
        str(cards(people, "ana")["q1"].asked_on) == "2026-11-27" and str(cards(people)["q1"].asked_on) == "2026-11-26"
    )


def test_it_counts_for_nothing_else_and_says_so(people):
    ben = people.browser("ben")
    read_lesson(ben, "one")
    sitting(ben)
    page = ben.get(REVIEW).text
    assert "not for your exams, your accreditation or your level" in page
    assert not re.search(r"streak|points|in a row|score|missed", page, re.IGNORECASE)
    with read() as session:
        assert accreditation.current(session, people.ids["ben"]) is None


def test_answers_of_others_are_not_found(people):
    ben = people.browser("ben")
    read_lesson(ben, "one")
    page = ben.get(REVIEW).text
    hidden = dict(re.findall(r'<input type="hidden" name="(module|question|asked|done)" value="([^"]*)"', page))
    told = ben.post(REVIEW, data=hidden | {"choice": places(page)}).location
    assert people.browser("ana").get(told).status_code == 404
    assert people.app.test_client().get(REVIEW).status_code == 302


def test_ben_takes_his_cards_with_him(people):
    ben = people.browser("ben")
    read_lesson(ben, "one")
    record = ben.get("/profile/record.json").json
    [card] = record["review_cards"]
    assert card["question"] == "q1" and card["box"] == 2
    with write() as session:
        assert session.scalars(select(ReviewCard)).all()
    db.session.remove()


def test_flags_are_asked_with_their_ad(people, small):
    (small / "bank.yaml").write_text(
        yaml.safe_dump({"questions": items(*[flag(n) for n in (21, 23)])}, sort_keys=False)
    )
    catalogue._modules.cache_clear()
    ben = people.browser("ben")
    read_lesson(ben, "one")
    seen = ""
    for _ in range(12):
        page = ben.get(REVIEW).text
        if 'name="asked"' in page:
            seen += page + answer(ben, page)
    assert "Simulated ad" in seen
