"""Similar answers, on the desk: all exams of two people together, and what the page says of it."""

import re

import pytest

from server.core import clock
from server.core.database import new_id, write
from server.people.exams import findings
from server.people.exams.models import Attempt, AttemptAnswer
from tests.conftest import People
from tests.statements import statements

PAGE = "/training/alike"


def sat(people: People, who: str, answers: dict[str, int | None], module: str = "flagging-well") -> None:
    """An exam with these answers: by question, the place that was chosen; 0 is right, None "I cannot tell"."""
    at, attempt_id = clock.now(), new_id()
    with write() as session:
        session.add(Attempt(id=attempt_id, account_id=people.ids[who], module=module, content_hash="x", drawn=[], position=len(answers),
                            started_at=at, finished_at=at, right=0, of=len(answers), passed=False))  # fmt: skip
        session.flush()
        session.add_all(
            AttemptAnswer(attempt_id=attempt_id, position=at_, question=name, chosen=[9 if place is None else place],
                          right=None if place is None else place == 0, at=at)
            for at_, (name, place) in enumerate(answers.items())
        )  # fmt: skip


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_two_people_who_gave_the_same_rare_answers_in_several_exams_are_shown_to_the_desk(people: People) -> None:
    for sitting in range(3):
        mine = {f"q{sitting}-{n}": (n % 3 or 2) if n < 4 else 0 for n in range(15)}
        sat(people, "ana", mine)
        sat(people, "ben", mine)
    page = words(people.browser("cora").get(PAGE).text)
    assert "Ana and Ben" in page or "Ben and Ana" in page
    assert "12 identical wrong answers to 45 questions both answered" in page
    assert "Both answered 33 of them right." in page and "newest" not in page
    assert "1 pair compared." in page
    assert "does not say who copied" in page


def test_one_sitting_shares_too_few_questions_to_compare_and_the_page_says_so(people: People) -> None:
    for who in ("ana", "ben"):
        sat(people, who, {f"q{n}": 1 for n in range(9)} | {f"{who}{n}": 1 for n in range(6)})
    page = words(people.browser("cora").get(PAGE).text)
    assert "No two people’s answers are more similar than chance explains." in page
    assert "0 pairs compared. 1 more pair saw fewer than 10, too few to compare." in page


def test_a_second_answer_and_i_cannot_tell_say_nothing(people: People) -> None:
    sat(people, "ana", {f"q{n}": 0 for n in range(20)})
    sat(people, "ana", {f"q{n}": 1 for n in range(20)})
    sat(people, "ben", {f"q{n}": 1 for n in range(12)} | {f"q{n}": None for n in range(12, 20)})
    page = words(people.browser("cora").get(PAGE).text)
    assert "1 pair compared. 1 of them saw fewer than 45 of the same questions" in page
    assert "identical wrong answers to" not in page


def test_the_page_says_when_it_looks_at_the_newest_exams_alone(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    for sitting in range(3):
        for who in ("ana", "ben"):
            sat(people, who, {f"q{sitting}-{n}": 1 for n in range(15)})
    monkeypatch.setattr(findings, "NEWEST", 4)
    page = words(people.browser("cora").get(PAGE).text)
    assert "Only the newest 4 exams are compared." in page
    assert "30 identical wrong answers to 30 questions both answered" in page


def test_a_longer_list_asks_the_database_no_more(people: People) -> None:
    desk, counts = people.browser("cora"), []
    desk.get(PAGE)
    for whos in (("ana", "ben"), ("dan", "otto")):
        for who in whos:
            sat(people, who, {f"{whos[0]}{n}": n % 3 for n in range(45)})
        with statements() as asked:
            page = words(desk.get(PAGE).text)
        counts.append(len(asked))
    assert page.count("identical wrong answers to") == 2 and counts[0] == counts[1]
